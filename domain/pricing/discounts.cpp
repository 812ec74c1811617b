// How discounts are defined, ended and found.
#include "domain/pricing/discounts.h"

#include "domain/items/item_records.h"

namespace kontor::pricing {

namespace {

Objection fault_of_amount(const DiscountTerms& terms) {
    constexpr std::int64_t whole = 100'000'000;  // 100 % as a Percent has it
    if (terms.percent.has_value() == terms.per_unit.has_value()) return discount_is_one_of;
    if (terms.percent && (terms.percent->units <= 0 || terms.percent->units > whole))
        return discount_is_one_of;
    if (terms.per_unit && terms.per_unit->units <= 0) return discount_is_one_of;
    if (terms.from_quantity && terms.from_quantity->micro <= 0)
        return discount_quantity_unfit.about(*terms.from_quantity);
    return {};
}

// Why what the discount is for is not there.
Objection fault_of_subjects(const World& world, const CompanyCode& company,
                            const DiscountTerms& terms) {
    if (terms.party)
        if (Objection fault = parties::fault_of_party(world, company, *terms.party)) return fault;
    if (terms.group && !world.of<PriceGroups>().find({company, *terms.group}))
        return price_group_unknown.about(*terms.group);
    if (terms.contract && !world.of<contracts::Contracts>().find({company, *terms.contract}))
        return contracts::contract_unknown.about(*terms.contract);
    if (terms.item && !world.of<items::Items>().find({company, *terms.item}))
        return items::item_unknown.about(*terms.item);
    if (terms.category && !world.of<items::ItemCategories>().find({company, *terms.category}))
        return items::item_category_unknown.about(*terms.category);
    if (terms.list && !world.of<PriceLists>().find({company, *terms.list}))
        return price_list_unknown.about(*terms.list);
    return {};
}

}  // namespace

ShelvedDiscountKey shelved(const CompanyCode& company, const DiscountCode& discount,
                           const DiscountTerms& terms) {
    ShelvedDiscountKey key{company, terms.use, DiscountShelf::all, "", discount};
    const auto put = [&](DiscountShelf shelf, const auto& code) {
        if (!code || key.shelf != DiscountShelf::all) return;
        key.shelf = shelf;
        key.of = code->text;
    };
    put(DiscountShelf::party, terms.party);
    put(DiscountShelf::contract, terms.contract);
    put(DiscountShelf::group, terms.group);
    put(DiscountShelf::item, terms.item);
    put(DiscountShelf::category, terms.category);
    put(DiscountShelf::list, terms.list);
    return key;
}

Decision<DiscountDefined> decide(const World& world, const DefineDiscount& define, const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (world.of<Discounts>().find({define.company, define.discount}))
        return discount_exists.about(define.discount);
    const DiscountTerms& terms = define.terms;
    if (Objection fault = fault_of_amount(terms)) return fault;
    if (terms.until && *terms.until < terms.from)
        return parties::end_before_beginning.about(terms.from, *terms.until);
    if (Objection fault = fault_of_subjects(world, define.company, terms)) return fault;
    return DiscountDefined{define.company, define.discount, define.name, terms};
}

Decision<DiscountEnded> decide(const World& world, const EndDiscount& end, const Context& context) {
    const DiscountTerms* terms = world.of<Discounts>().find({end.company, end.discount});
    if (!terms) return discount_unknown.about(end.discount);
    const Date until = end.until.value_or(context.today);
    if (until < terms->from) return parties::end_before_beginning.about(terms->from, until);
    if (terms->until && *terms->until <= until)
        return discount_ends_earlier.about(end.discount, *terms->until);
    return DiscountEnded{end.company, end.discount, until};
}

void evolve(Discounts& discounts, const DiscountDefined& defined) {
    discounts.put({defined.company, defined.discount}, defined.terms);
}

void evolve(Discounts& discounts, const DiscountEnded& ended) {
    discounts.change({ended.company, ended.discount},
                     [&](DiscountTerms& terms) { terms.until = ended.until; });
}

void evolve(ShelvedDiscounts& discounts, const DiscountDefined& defined) {
    discounts.put(shelved(defined.company, defined.discount, defined.terms), {defined.terms.from});
}

Part discounts() {
    return Part()
        .table<Discounts>("pricing.discounts")
        .table<ShelvedDiscounts>("pricing.shelved_discounts")
        .commands<DefineDiscount, EndDiscount>()
        .event<DiscountDefined, Discounts, ShelvedDiscounts>()
        .event<DiscountEnded, Discounts>();
}

}  // namespace kontor::pricing
