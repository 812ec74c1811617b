// Reorder rules: when more of an item is to be ordered, and how much.
#pragma once

#include "domain/inventory/promises.h"

namespace kontor::inventory {

inline constexpr Reason reorder_up_to_below_point{
    Refusal::invalid, "reorder_up_to_below_point",
    "What is ordered up to is not below the point at which it is ordered."};
inline constexpr Reason reorder_rule_unchanged{Refusal::conflict, "reorder_rule_unchanged",
                                               "It is reordered so already."};
inline constexpr Reason reorder_rule_unknown{Refusal::missing, "reorder_rule_unknown",
                                             "The item has no such rule there."};

struct ReorderRuleSet {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Quantity point;
    Quantity up_to;
    Quantity multiple;
    std::int64_t lead_time_days = 0;

    bool operator==(const ReorderRuleSet&) const = default;
    static void describe(auto& event) {
        event.record("ReorderRuleSet", "An item is reordered by a rule.")
            .company(&ReorderRuleSet::company)
            .stream(&ReorderRuleSet::item)
            .on_recorded_day()
            .field("company", &ReorderRuleSet::company, "Whose stock.")
            .field("item", &ReorderRuleSet::item, "The item.")
            .field("warehouse", &ReorderRuleSet::warehouse,
                   "Of stock in this warehouse; absent: in all of them.")
            .field("point", &ReorderRuleSet::point,
                   "What there is to be at least: at that or below, more is "
                   "ordered.")
            .field("up_to", &ReorderRuleSet::up_to, "What there is to be then.")
            .field("multiple", &ReorderRuleSet::multiple,
                   "Only whole multiples of that are ordered.")
            .field("lead_time_days", &ReorderRuleSet::lead_time_days,
                   "How long it takes until it comes.");
    }
};

struct ReorderRuleWithdrawn {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;

    bool operator==(const ReorderRuleWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("ReorderRuleWithdrawn", "An item is no longer reordered by a rule.")
            .company(&ReorderRuleWithdrawn::company)
            .stream(&ReorderRuleWithdrawn::item)
            .on_recorded_day()
            .field("company", &ReorderRuleWithdrawn::company, "Whose stock.")
            .field("item", &ReorderRuleWithdrawn::item, "The item.")
            .field("warehouse", &ReorderRuleWithdrawn::warehouse,
                   "Of stock in this warehouse; absent: in all of them.");
    }
};

struct SetReorderRule {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Quantity point;
    std::optional<Quantity> up_to;
    std::optional<Quantity> multiple;
    std::int64_t lead_time_days = 0;

    static void describe(auto& command) {
        command
            .record("SetReorderRule",
                    "Says when more of an item is to be ordered, and how much: once "
                    "what is there, with what comes and less what is needed until a "
                    "new order would come, is at a point or below it, as much as "
                    "brings it up to a level.")
            .company(&SetReorderRule::company)
            .stream(&SetReorderRule::item)
            .example(R"({"company": "DEMO", "item": "CANDLE", "point": {"amount": "20", "unit":
                "ea"}, "up_to": {"amount": "50", "unit": "ea"}, "multiple": {"amount": "12",
                "unit": "ea"}, "lead_time_days": 14})")
            .field("company", &SetReorderRule::company, "Whose stock.")
            .field("item", &SetReorderRule::item, "An item of goods.")
            .field("warehouse", &SetReorderRule::warehouse,
                   "Of stock in this warehouse; absent: in all of them.")
            .field("point", &SetReorderRule::point,
                   "The reorder point, not below zero, in any unit of the item.")
            .field("up_to", &SetReorderRule::up_to,
                   "The level that it is brought up to. Absent: the point itself.")
            .field("multiple", &SetReorderRule::multiple,
                   "Only whole multiples of that are ordered, such as a carton. "
                   "Absent: any quantity.")
            .field("lead_time_days", &SetReorderRule::lead_time_days,
                   "Days from the order until it comes.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(3'650)
            .refuses(companies::company_unknown, items::item_unknown, items::item_is_template,
                     item_not_in_stock, warehouse_unknown, quantity_not_positive,
                     quantity_not_whole, reorder_up_to_below_point, reorder_rule_unchanged);
    }
};

struct WithdrawReorderRule {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;

    static void describe(auto& command) {
        command.record("WithdrawReorderRule", "An item is no longer reordered by a rule.")
            .company(&WithdrawReorderRule::company)
            .stream(&WithdrawReorderRule::item)
            .example(R"({"company": "DEMO", "item": "CANDLE"})")
            .field("company", &WithdrawReorderRule::company, "Whose stock.")
            .field("item", &WithdrawReorderRule::item, "The item.")
            .field("warehouse", &WithdrawReorderRule::warehouse,
                   "Of stock in this warehouse; absent: in all of them.")
            .refuses(reorder_rule_unknown);
    }
};

struct ReorderRuleKey {
    CompanyCode company;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;

    auto operator<=>(const ReorderRuleKey&) const = default;
    static void describe(auto& key) {
        key.record("ReorderRuleKey", "An item that is reordered.")
            .field("company", &ReorderRuleKey::company, "Whose stock.")
            .field("item", &ReorderRuleKey::item, "The item.")
            .field("warehouse", &ReorderRuleKey::warehouse,
                   "Of stock in this warehouse; absent: in all of them.");
    }
};

struct ReorderRule {
    std::int64_t point = 0;
    std::int64_t up_to = 0;
    std::int64_t multiple = 0;
    std::int64_t lead_time_days = 0;

    bool operator==(const ReorderRule&) const = default;
    static void describe(auto& record) {
        record
            .record("ReorderRule",
                    "When more of an item is ordered. Quantities in millionths of "
                    "the base unit.")
            .field("point", &ReorderRule::point, "The reorder point.")
            .field("up_to", &ReorderRule::up_to, "The level that it is brought up to.")
            .field("multiple", &ReorderRule::multiple,
                   "Only whole multiples of that; 0: any quantity.")
            .field("lead_time_days", &ReorderRule::lead_time_days, "Days until it comes.");
    }
};

using ReorderRules = Table<ReorderRuleKey, ReorderRule>;

// What there is, with all that is to come and less what is needed through a day.
Wide position_through(const FreeStock&, const std::vector<PlannedMove>&,
                      const std::optional<WarehouseCode>&, Date);
// What is to be ordered at a position, in whole multiples; 0 where nothing is.
Wide to_reorder(const ReorderRule&, Wide position);

Decision<ReorderRuleSet> decide(const World&, const SetReorderRule&, const Context&);
Decision<ReorderRuleWithdrawn> decide(const World&, const WithdrawReorderRule&, const Context&);
void evolve(ReorderRules&, const ReorderRuleSet&);
void evolve(ReorderRules&, const ReorderRuleWithdrawn&);

Part reorder_rules();

}  // namespace kontor::inventory
