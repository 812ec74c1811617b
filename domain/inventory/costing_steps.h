// How stock of an item is costed over time: by which formula from which day on, and at which
// standard. It follows from settings of days, so the order in which those were made is no part of
// it.
#pragma once

#include "domain/inventory/stock_moves.h"

#include <set>
#include <utility>
#include <vector>

namespace kontor::inventory {

struct StandardCostKey {
    CompanyCode company;
    items::ItemCode item;
    Date from;

    auto operator<=>(const StandardCostKey&) const = default;
    static void describe(auto& key) {
        key.record("StandardCostKey", "An item from a day on.")
            .field("company", &StandardCostKey::company, "Whose item.")
            .field("item", &StandardCostKey::item, "Its code.")
            .field("from", &StandardCostKey::from, "The first day.");
    }
};

struct StandardCost {
    UnitCost cost;

    static void describe(auto& record) {
        record.record("StandardCost", "What stock of an item is kept at.")
            .field("cost", &StandardCost::cost, "For a quantity in the item's base unit.");
    }
};
using StandardCosts = Table<StandardCostKey, StandardCost>;

CostFormula formula_of(items::CostingMethod);

// A standard and a formula from a day on: at the beginning of it, before all that moves.
Move step_to_standard(Date from, const UnitCost&);
Move step_to_formula(Date from, CostFormula);

// Days between which nothing changes of how the item is costed.
std::set<Date> days_of_settings(const World&, const CompanyCode&, const items::ItemCode&);
// How a series of the item begins that begins now.
SeriesBegun costing_over_time(const World&, const CompanyCode&, const items::ItemCode&,
                              const StockAccounts&);
// The formulas of an item by the days from which they hold, the first of them `first_date`.
std::vector<std::pair<Date, CostFormula>> formulas_over_time(const World&, const CompanyCode&,
                                                             const items::ItemCode&);

}  // namespace kontor::inventory
