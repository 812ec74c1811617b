// How reorder rules are set, and what they come to.
#include "domain/inventory/reorder_rules.h"

namespace kontor::inventory {

namespace {

ReorderRule rule_of(const ReorderRuleSet& set) {
    return {set.point.micro, set.up_to.micro, set.multiple.micro, set.lead_time_days};
}

// A quantity of the item that may be zero.
Objection find_level(const World& world, const SetReorderRule& set, const Quantity& asked,
                     Quantity& level) {
    if (asked.micro != 0) return find_quantity(world, set.company, set.item, asked, level);
    level = {0, world.of<items::Items>().find({set.company, set.item})->base_unit};
    return {};
}

}  // namespace

Wide position_through(const FreeStock& free, const std::vector<PlannedMove>& moves,
                      const std::optional<WarehouseCode>& warehouse, Date day) {
    Wide position = 0;
    for (const auto& [where, quantity] : free)
        if (!warehouse || where == *warehouse) position += quantity;
    for (const PlannedMove& move : moves) {
        const bool counts = move.quantity > 0 || move.day <= day;
        if (counts && (!warehouse || move.warehouse == warehouse)) position += move.quantity;
    }
    return position;
}

Wide to_reorder(const ReorderRule& rule, Wide position) {
    if (position > rule.point || position >= rule.up_to) return 0;
    const Wide missing = rule.up_to - position;
    if (rule.multiple == 0) return missing;
    return (missing + rule.multiple - 1) / rule.multiple * rule.multiple;
}

Decision<ReorderRuleSet> decide(const World& world, const SetReorderRule& set, const Context&) {
    const CompanyCode& company = set.company;
    if (!world.of<companies::Companies>().find(company))
        return companies::company_unknown.about(company);
    if (Objection fault = fault_of_stocked(world, company, set.item)) return fault;
    if (set.warehouse && !world.of<Warehouses>().find({company, *set.warehouse}))
        return warehouse_unknown.about(*set.warehouse);
    ReorderRuleSet is{company, set.item, set.warehouse, {}, {}, {}, set.lead_time_days};
    if (Objection fault = find_level(world, set, set.point, is.point)) return fault;
    is.up_to = is.point;
    if (set.up_to)
        if (Objection fault = find_level(world, set, *set.up_to, is.up_to)) return fault;
    is.multiple = {0, is.point.unit};
    if (set.multiple)
        if (Objection fault = find_quantity(world, company, set.item, *set.multiple, is.multiple))
            return fault;
    if (is.up_to.micro < is.point.micro) return reorder_up_to_below_point.about(is.up_to);
    const ReorderRule* was = world.of<ReorderRules>().find({company, set.item, set.warehouse});
    if (was && *was == rule_of(is)) return reorder_rule_unchanged.about(set.item);
    return is;
}

Decision<ReorderRuleWithdrawn> decide(const World& world, const WithdrawReorderRule& withdraw,
                                      const Context&) {
    if (!world.of<ReorderRules>().find({withdraw.company, withdraw.item, withdraw.warehouse}))
        return reorder_rule_unknown.about(withdraw.item);
    return ReorderRuleWithdrawn{withdraw.company, withdraw.item, withdraw.warehouse};
}

void evolve(ReorderRules& rules, const ReorderRuleSet& set) {
    rules.put({set.company, set.item, set.warehouse}, rule_of(set));
}

void evolve(ReorderRules& rules, const ReorderRuleWithdrawn& withdrawn) {
    rules.erase({withdrawn.company, withdrawn.item, withdrawn.warehouse});
}

Part reorder_rules() {
    return Part()
        .table<ReorderRules>("inventory.reorder_rules")
        .commands<SetReorderRule, WithdrawReorderRule>()
        .event<ReorderRuleSet, ReorderRules>()
        .event<ReorderRuleWithdrawn, ReorderRules>();
}

}  // namespace kontor::inventory
