// How price lists are defined and computed, and how their prices are set.
#include "domain/pricing/price_lists.h"

#include "domain/items/item_records.h"

#include <algorithm>
#include <set>

namespace kontor::pricing {

namespace {

constexpr std::int64_t whole = 100'000'000;  // 100 % as a Percent has it

bool is_step(const std::optional<UnitPrice>& step, Currency currency) {
    return !step || (step->units > 0 && step->currency == currency);
}

// What the prices of a line are for one of, so that its quantities can be told in it; empty where
// that differs from item to item.
std::optional<Unit> priced_unit(const World& world, const CompanyCode& company,
                                const PricedLineOfList& line) {
    if (line.unit || !line.item) return line.unit;
    return world.of<items::Items>().find({company, *line.item})->base_unit;
}

Objection fault_of_breaks(const PricedLineOfList& line, std::optional<Unit> unit,
                          Currency currency) {
    std::int64_t before = 0;
    for (std::size_t n = 0; n < line.breaks.size(); ++n) {
        const auto& [quantity, price] = line.breaks[n];
        const bool sound = price.units >= 0 && price.currency == currency &&
                           (quantity ? unit == quantity->unit && quantity->micro > before : n == 0);
        if (!sound) return Objection(price_breaks_unfit).at("breaks", n);
        if (quantity) before = quantity->micro;
    }
    return {};
}

Objection fault_of_line(const World& world, const CompanyCode& company, Currency currency,
                        const PricedLineOfList& line) {
    if (line.item.has_value() == line.category.has_value()) return price_of_one_thing;
    if (line.item && !world.of<items::Items>().find({company, *line.item}))
        return items::item_unknown.about(*line.item);
    if (line.category && !world.of<items::ItemCategories>().find({company, *line.category}))
        return items::item_category_unknown.about(*line.category);
    if (line.unit && !world.of<items::Units>().find({company, *line.unit}))
        return items::unit_unknown.about(*line.unit);
    if (line.item && line.unit && !items::ratio_to_base(world, company, *line.item, *line.unit))
        return items::units_do_not_convert.about(*line.item, *line.unit);
    return fault_of_breaks(line, priced_unit(world, company, line), currency);
}

// A price for one of the base unit names no unit, whichever way it was told.
std::optional<Unit> kept_unit(const World& world, const CompanyCode& company,
                              const std::optional<items::ItemCode>& item,
                              std::optional<Unit> unit) {
    if (!item) return unit;
    const auto* known = world.of<items::Items>().find({company, *item});
    return known && unit == known->base_unit ? std::nullopt : unit;
}

}  // namespace

const PriceAdjustment& adjustment_on(const PriceList& list, Date day) {
    const PriceAdjustment* found = &list.adjustments.front();
    for (const PriceAdjustment& each : list.adjustments)
        if (each.from <= day) found = &each;
    return *found;
}

Decision<PriceListDefined> decide(const World& world, const DefinePriceList& define,
                                  const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<PriceLists>().find({define.company, define.list}))
        return price_list_exists.about(define.list);
    if (define.based_on) {
        const PriceList* base = world.of<PriceLists>().find({define.company, *define.based_on});
        if (!base) return price_list_unknown.about(*define.based_on);
        if (base->use != define.use || base->currency != define.currency)
            return price_list_unfit.about(*define.based_on, base->use, base->currency);
    }
    const Percent percent = define.percent.value_or(Percent{});
    const bool computed = define.percent || define.round_to;
    if ((computed && !define.based_on) || percent.units <= -whole ||
        !is_step(define.round_to, define.currency))
        return price_adjustment_unfit;
    return PriceListDefined{define.company,  define.list,     define.name, define.use,
                            define.currency, define.based_on, percent,     define.round_to};
}

Decision<PriceListRenamed> decide(const World& world, const RenamePriceList& rename,
                                  const Context&) {
    if (!world.of<PriceLists>().find({rename.company, rename.list}))
        return price_list_unknown.about(rename.list);
    return PriceListRenamed{rename.company, rename.list, rename.name};
}

Decision<PriceListAdjusted> decide(const World& world, const AdjustPriceList& adjust,
                                   const Context& context) {
    const PriceList* list = world.of<PriceLists>().find({adjust.company, adjust.list});
    if (!list) return price_list_unknown.about(adjust.list);
    if (!list->based_on || adjust.percent.units <= -whole ||
        !is_step(adjust.round_to, list->currency))
        return price_adjustment_unfit.about(adjust.list);
    const Date from = adjust.from.value_or(context.today);
    const PriceAdjustment& before = adjustment_on(*list, from);
    if (before.percent == adjust.percent && before.round_to == adjust.round_to)
        return price_list_unchanged.about(adjust.list, from);
    return PriceListAdjusted{adjust.company, adjust.list, from, adjust.percent, adjust.round_to};
}

Decision<PricesSet> decide(const World& world, const SetPrices& set, const Context& context) {
    const PriceList* list = world.of<PriceLists>().find({set.company, set.list});
    if (!list) return price_list_unknown.about(set.list);
    PricesSet event{set.company, set.list, set.from.value_or(context.today), set.prices};
    for (std::size_t n = 0; n < event.prices.size(); ++n) {
        PricedLineOfList& line = event.prices[n];
        if (Objection fault = fault_of_line(world, set.company, list->currency, line))
            return std::move(fault).at("prices", n);
        if (line.until && *line.until < event.from)
            return parties::end_before_beginning.about(event.from, *line.until).at("prices", n);
    }
    std::set<PriceKey> named;
    for (std::size_t n = 0; n < event.prices.size(); ++n) {
        PricedLineOfList& line = event.prices[n];
        line.unit = kept_unit(world, set.company, line.item, line.unit);
        if (!named.insert({set.company, set.list, line.item, line.category, line.unit, event.from})
                 .second)
            return Objection(price_named_twice).at("prices", n);
    }
    return event;
}

Decision<PriceWithdrawn> decide(const World& world, const WithdrawPrice& withdraw, const Context&) {
    if (!world.of<PriceLists>().find({withdraw.company, withdraw.list}))
        return price_list_unknown.about(withdraw.list);
    if (withdraw.item.has_value() == withdraw.category.has_value()) return price_of_one_thing;
    const auto unit = kept_unit(world, withdraw.company, withdraw.item, withdraw.unit);
    if (!world.of<Prices>().find({withdraw.company, withdraw.list, withdraw.item, withdraw.category,
                                  unit, withdraw.from}))
        return price_not_set.about(withdraw.list, withdraw.from);
    return PriceWithdrawn{withdraw.company,  withdraw.list, withdraw.item,
                          withdraw.category, unit,          withdraw.from};
}

void evolve(PriceLists& lists, const PriceListDefined& defined) {
    lists.put({defined.company, defined.list}, {defined.use,
                                                defined.currency,
                                                defined.based_on,
                                                {{first_date, defined.percent, defined.round_to}}});
}

void evolve(PriceLists& lists, const PriceListAdjusted& adjusted) {
    lists.change({adjusted.company, adjusted.list}, [&](PriceList& list) {
        auto& all = list.adjustments;
        const PriceAdjustment adjustment{adjusted.from, adjusted.percent, adjusted.round_to};
        const auto at = std::ranges::lower_bound(all, adjusted.from, {}, &PriceAdjustment::from);
        if (at != all.end() && at->from == adjusted.from)
            *at = adjustment;
        else
            all.insert(at, adjustment);
    });
}

void evolve(Prices& prices, const PricesSet& set) {
    for (const PricedLineOfList& line : set.prices)
        prices.put({set.company, set.list, line.item, line.category, line.unit, set.from},
                   {line.breaks, line.until});
}

void evolve(Prices& prices, const PriceWithdrawn& withdrawn) {
    prices.erase({withdrawn.company, withdrawn.list, withdrawn.item, withdrawn.category,
                  withdrawn.unit, withdrawn.from});
}

Part price_lists() {
    return Part()
        .table<PriceLists>("pricing.lists")
        .table<Prices>("pricing.prices")
        .commands<DefinePriceList, RenamePriceList, AdjustPriceList, SetPrices, WithdrawPrice>()
        .event<PriceListDefined, PriceLists>()
        .event<PriceListRenamed>()
        .event<PriceListAdjusted, PriceLists>()
        .event<PricesSet, Prices>()
        .event<PriceWithdrawn, Prices>();
}

}  // namespace kontor::pricing
