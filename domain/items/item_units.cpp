// How units of items are defined, and how quantities of an item convert.
#include "domain/items/item_units.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::items {

namespace {

using Way = std::vector<std::pair<Unit, UnitRatio>>;

// How two units convert by the company's conversions, and over how many of them.
struct Path {
    std::size_t steps = 0;
    UnitRatio ratio;
};

std::optional<Path> path_between(const Way& from, const Way& to) {
    for (std::size_t steps = 0; steps < from.size(); ++steps) {
        const auto met =
            std::ranges::find(to, from[steps].first, &std::pair<Unit, UnitRatio>::first);
        if (met == to.end()) continue;
        const auto ratio = chained(from[steps].second, inverse(met->second));
        if (!ratio) return std::nullopt;
        return Path{steps + static_cast<std::size_t>(met - to.begin()), *ratio};
    }
    return std::nullopt;
}

UnitsOfItem units_of(const World& world, const ItemKey& key, const Item& item) {
    UnitsOfItem units{item.base_unit, {}};
    for (const auto& [at, unit] : world.of<ItemUnits>().from({key.company, key.item, {}})) {
        if (at.company != key.company || at.item != key.item) break;
        units.own[at.unit] = unit.ratio();
    }
    return units;
}

}  // namespace

std::optional<UnitRatio> to_base_among(const LinkOf& link_of, const UnitsOfItem& units, Unit from) {
    if (from == units.base) return UnitRatio{};
    if (const auto own = units.own.find(from); own != units.own.end()) return own->second;
    std::map<Unit, UnitRatio> known = units.own;
    known[units.base] = {};
    const Way way = way_of(link_of, from);
    std::optional<UnitRatio> found;
    std::size_t nearest = 0;
    for (const auto& [unit, to_base] : known) {
        const auto path = path_between(way, way_of(link_of, unit));
        if (!path || (found && path->steps >= nearest)) continue;
        const auto ratio = chained(path->ratio, to_base);
        if (!ratio) continue;
        found = ratio;
        nearest = path->steps;
    }
    return found;
}

std::optional<UnitRatio> ratio_to_base(const World& world, const CompanyCode& company,
                                       const ItemCode& code, Unit from) {
    const Item* item = world.of<Items>().find({company, code});
    if (!item) return std::nullopt;
    return to_base_among(links_of(world, company), units_of(world, {company, code}, *item), from);
}

std::optional<UnitRatio> ratio_between(const World& world, const CompanyCode& company,
                                       const ItemCode& item, Unit from, Unit to) {
    const auto into_base = ratio_to_base(world, company, item, from);
    const auto out_of_base = ratio_to_base(world, company, item, to);
    if (!into_base || !out_of_base) return std::nullopt;
    return chained(*into_base, inverse(*out_of_base));
}

std::optional<ExactQuantity> in_base_unit(const World& world, const CompanyCode& company,
                                          const ItemCode& code, const Quantity& quantity) {
    const auto ratio = ratio_to_base(world, company, code, quantity.unit);
    if (!ratio) return std::nullopt;
    return converted(exact(quantity), *ratio, world.of<Items>().find({company, code})->base_unit);
}

Decision<ItemUnitDefined> decide(const World& world, const DefineItemUnit& define, const Context&) {
    const Item* item = world.of<Items>().find({define.company, define.item});
    if (!item) return item_unknown.about(define.item);
    for (const Unit unit : {define.unit, define.equals.unit})
        if (!world.of<Units>().find({define.company, unit})) return unit_unknown.about(unit);
    if (define.unit == item->base_unit) return unit_is_base.about(define.unit);
    // By what holds without the unit itself, which would otherwise be told by itself.
    UnitsOfItem others = units_of(world, {define.company, define.item}, *item);
    others.own.erase(define.unit);
    const auto rest =
        define.equals.unit == define.unit
            ? std::nullopt
            : to_base_among(links_of(world, define.company), others, define.equals.unit);
    if (!rest) return units_do_not_convert.about(define.equals.unit, item->base_unit);
    const auto link = link_of(define.equals, define.per);
    const auto ratio = link ? chained(link->ratio(), *rest) : std::nullopt;
    if (!ratio) return conversion_not_positive.about(define.equals);
    const ItemUnit* was = world.of<ItemUnits>().find({define.company, define.item, define.unit});
    if (was && was->ratio() == *ratio) return conversion_unchanged.about(define.unit);
    return ItemUnitDefined{define.company, define.item,      define.unit,       define.equals,
                           define.per,     ratio->numerator, ratio->denominator};
}

Decision<ItemUnitWithdrawn> decide(const World& world, const WithdrawItemUnit& withdraw,
                                   const Context&) {
    if (!world.of<Items>().find({withdraw.company, withdraw.item}))
        return item_unknown.about(withdraw.item);
    if (!world.of<ItemUnits>().find({withdraw.company, withdraw.item, withdraw.unit}))
        return conversion_unknown.about(withdraw.unit);
    return ItemUnitWithdrawn{withdraw.company, withdraw.item, withdraw.unit};
}

void evolve(ItemUnits& units, const ItemUnitDefined& defined) {
    units.put({defined.company, defined.item, defined.unit},
              {defined.numerator, defined.denominator});
}

void evolve(ItemUnits& units, const ItemUnitWithdrawn& withdrawn) {
    units.erase({withdrawn.company, withdrawn.item, withdrawn.unit});
}

Part item_units() {
    return Part()
        .table<ItemUnits>("items.item_units")
        .commands<DefineItemUnit, WithdrawItemUnit>()
        .event<ItemUnitDefined, ItemUnits>()
        .event<ItemUnitWithdrawn, ItemUnits>();
}

}  // namespace kontor::items
