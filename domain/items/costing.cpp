// How costing is set and found.
#include "domain/items/costing.h"

#include "domain/core/catalog.h"

#include <set>

namespace kontor::items {

namespace {

CostingRules rules_on(const World& world, const CompanyCode& company, Date day) {
    CostingRules rules;
    rules.newest = [&world, company, day](
                       const std::optional<ItemCategoryCode>& category,
                       const std::optional<ItemCode>& item) -> std::optional<DatedCosting> {
        const auto* row = world.of<Costings>().last_until({company, category, item, day});
        if (!row || row->first != CostingKey{company, category, item, row->first.from})
            return std::nullopt;
        return DatedCosting{row->second, row->first.from};
    };
    rules.parent_of = [&world,
                       company](const ItemCategoryCode& code) -> std::optional<ItemCategoryCode> {
        const ItemCategory* category = world.of<ItemCategories>().find({company, code});
        return category ? category->parent : std::nullopt;
    };
    return rules;
}

// Why an item cannot be costed so; null when it can.
Objection fault_of_item(const World& world, const SetCosting& set) {
    const Item* item = world.of<Items>().find({set.company, *set.item});
    if (!item) return item_unknown.about(*set.item);
    if (item->kind != ItemKind::goods || item->is_template)
        return item_keeps_no_stock.about(*set.item);
    if (set.method == CostingMethod::lot && item->tracking == Tracking::none)
        return lot_costing_needs_tracking.about(*set.item);
    return {};
}

}  // namespace

FoundCosting costing_among(const CostingRules& rules, const std::optional<ItemCode>& item,
                           std::optional<ItemCategoryCode> category) {
    if (item)
        if (const auto own = rules.newest(std::nullopt, item))
            return {own->costing, CostingSource::item, std::nullopt, own->from};
    for (; category; category = rules.parent_of(*category))
        if (const auto set = rules.newest(category, std::nullopt))
            return {set->costing, CostingSource::category, category, set->from};
    if (const auto set = rules.newest(std::nullopt, std::nullopt))
        return {set->costing, CostingSource::company, std::nullopt, set->from};
    return {};
}

Costing costing_for(const Costing& costing, Tracking tracking) {
    if (costing.method != CostingMethod::lot || tracking != Tracking::none) return costing;
    return {CostingMethod::fifo, costing.area};
}

std::optional<FoundCosting> costing_of(const World& world, const CompanyCode& company,
                                       const ItemCode& code, Date day) {
    const Item* item = world.of<Items>().find({company, code});
    if (!item || item->kind != ItemKind::goods || item->is_template) return std::nullopt;
    FoundCosting found =
        costing_among(rules_on(world, company, day), code, category_of(world, company, code, day));
    found.costing = costing_for(found.costing, item->tracking);
    return found;
}

std::optional<Date> first_day_costed_otherwise(const World& world, const CompanyCode& company,
                                               const ItemCategoryCode& category,
                                               const std::optional<ItemCategoryCode>& parent,
                                               const std::optional<ItemCategoryCode>& other) {
    // Between two days on which anything is set, nothing changes.
    std::set<Date> days{first_date};
    for (const auto& [key, costing] : world.of<Costings>().from({company, {}, {}, first_date})) {
        if (key.company != company) break;
        days.insert(key.from);
    }
    for (const Date day : days) {
        const CostingRules rules = rules_on(world, company, day);
        if (rules.newest(category, std::nullopt)) continue;
        const Costing is = costing_among(rules, std::nullopt, parent).costing;
        if (is != costing_among(rules, std::nullopt, other).costing) return day;
    }
    return std::nullopt;
}

Decision<CostingSet> decide(const World& world, const SetCosting& set, const Context& context) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (set.category && set.item) return costing_of_both.about(*set.category, *set.item);
    if (set.category && !world.of<ItemCategories>().find({set.company, *set.category}))
        return item_category_unknown.about(*set.category);
    if (set.item)
        if (const Objection fault = fault_of_item(world, set)) return fault;
    const Date from = set.from.value_or(context.today);
    const auto was = rules_on(world, set.company, from).newest(set.category, set.item);
    if (was && was->costing == Costing{set.method, set.area})
        return costing_unchanged.about(set.method, set.area, from);
    return CostingSet{set.company, set.category, set.item, from, set.method, set.area};
}

Decision<CostingWithdrawn> decide(const World& world, const WithdrawCosting& withdraw,
                                  const Context&) {
    const CostingKey key{withdraw.company, withdraw.category, withdraw.item, withdraw.from};
    if (!world.of<Costings>().find(key)) return costing_not_set.about(withdraw.from);
    return CostingWithdrawn{withdraw.company, withdraw.category, withdraw.item, withdraw.from};
}

void evolve(Costings& costings, const CostingSet& set) {
    costings.put({set.company, set.category, set.item, set.from}, {set.method, set.area});
}

void evolve(Costings& costings, const CostingWithdrawn& withdrawn) {
    costings.erase({withdrawn.company, withdrawn.category, withdrawn.item, withdrawn.from});
}

Part costing() {
    return Part()
        .table<Costings>("items.costings")
        .commands<SetCosting, WithdrawCosting>()
        .event<CostingSet, Costings>()
        .event<CostingWithdrawn, Costings>();
}

}  // namespace kontor::items
