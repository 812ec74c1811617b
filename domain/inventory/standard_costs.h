// Standard costs, and how stock that is there follows what is set of its costing.
#pragma once

#include "domain/inventory/costing_steps.h"
#include "domain/inventory/stock_documents.h"

namespace kontor::inventory {

inline constexpr Reason standard_cost_unchanged{Refusal::conflict, "standard_cost_unchanged",
                                                "The standard is so from that day on already."};
inline constexpr Reason stock_area_in_use{
    Refusal::conflict, "stock_area_in_use",
    "Stock of the item has moved: whether it has one cost in the company, by warehouse or by lot "
    "cannot change any more, only the formula."};

struct StandardCostSet {
    CompanyCode company;
    items::ItemCode item;
    Date from;
    Money cost;
    Quantity per;

    bool operator==(const StandardCostSet&) const = default;
    static void describe(auto& event) {
        event.record("StandardCostSet", "An item has a standard cost from a day on.")
            .company(&StandardCostSet::company)
            .stream(&StandardCostSet::item)
            .on(&StandardCostSet::from)
            .field("company", &StandardCostSet::company, "Whose item.")
            .field("item", &StandardCostSet::item, "The item.")
            .field("from", &StandardCostSet::from, "The first day.")
            .field("cost", &StandardCostSet::cost, "In base currency.")
            .field("per", &StandardCostSet::per, "For so much of it, in its base unit.");
    }
};

struct SetStandardCost {
    CompanyCode company;
    items::ItemCode item;
    std::optional<Date> from;
    Money cost;
    Quantity per;

    static void describe(auto& command) {
        command
            .record("SetStandardCost",
                    "Sets what stock of an item is kept at from the beginning of a day, where it "
                    "is costed by standard. What is there then is worth more or less by it, late "
                    "receipts of earlier days included. Elsewhere it is what an issue costs of "
                    "which nothing ever was in stock, where that is allowed.")
            .company(&SetStandardCost::company)
            .stream(&SetStandardCost::item)
            .example(R"({"company": "DEMO", "item": "CANDLE", "from": "2026-01-01", "cost":
                {"amount": "1.50", "currency": "EUR"}, "per": {"amount": "1", "unit": "ea"}})")
            .field("company", &SetStandardCost::company, "Whose item.")
            .field("item", &SetStandardCost::item, "An item of goods.")
            .field("from", &SetStandardCost::from, "The first day. Absent: the company's today.")
            .field("cost", &SetStandardCost::cost, "In base currency, not below zero.")
            .field("per", &SetStandardCost::per, "For so much of it, above zero, in any unit.")
            .refuses(companies::company_unknown, items::item_unknown, item_not_in_stock,
                     quantity_not_positive, quantity_not_whole, cost_not_in_base_currency,
                     cost_negative, standard_cost_unchanged, cost_missing, stock_too_large,
                     stock_accounts_missing, stock_day_closed);
    }
};

struct RecostStock {
    CompanyCode company;
    items::ItemCode item;
    std::optional<Date> from;

    static void describe(auto& command) {
        command
            .record("RecostStock",
                    "Values stock of an item by the formulas that its costing says from day to "
                    "day. Each change of costing does it by itself, and nothing is left to be done "
                    "by hand. What is there on such a day keeps its value, unless it comes to a "
                    "standard.")
            .company(&RecostStock::company)
            .stream(&RecostStock::item)
            .example(R"({"company": "DEMO", "item": "CANDLE"})")
            .field("company", &RecostStock::company, "Whose stock.")
            .field("item", &RecostStock::item, "The item.")
            .field("from", &RecostStock::from,
                   "The first day whose costing has changed. Absent: any.")
            .refuses(items::item_unknown, stock_area_in_use, cost_missing, stock_too_large,
                     stock_accounts_missing, stock_day_closed);
    }
};

// What follows for stock of an item from its costing, as it is set now: the steps that become
// others.
std::vector<ChangedStep> recosted_steps(const World&, const CompanyCode&, const items::ItemCode&);
// Whether its stock would have another area, or be costed by lot otherwise, on a day from then on.
bool changes_area(const World&, const CompanyCode&, const items::ItemCode&, Date from);

Decision<StandardCostSet, StockRevalued> decide(const World&, const SetStandardCost&,
                                                const Context&);
Decision<StockRevalued> decide(const World&, const RecostStock&, const Context&);
void evolve(StandardCosts&, const StandardCostSet&);

Part standard_costs();

}  // namespace kontor::inventory
