// How items are costed: the method and the area of valuation, by company, category and item, from a
// day on.
#pragma once

#include "domain/items/item_records.h"

#include <functional>
#include <optional>

namespace kontor::items {

// IAS 2.21 to 2.25.
enum class CostingMethod : std::uint8_t { fifo, moving_average, standard, lot };

void describe(auto& choice, CostingMethod) {
    choice.choice("CostingMethod", "What an issue from stock costs.")
        .value("fifo", "What came first goes first, at what it cost (IAS 2.27).")
        .value("moving_average", "Each receipt makes a new average of what is there (IAS 2.27).")
        .value("standard", "A cost that is set; what receipts cost else is a variance (IAS 2.21).")
        .value("lot",
               "What the lot or the piece itself cost, as it is told by its number (IAS 2.23). An "
               "item that is not tracked is costed by fifo instead.");
}

enum class ValuationArea : std::uint8_t { company, warehouse };

void describe(auto& choice, ValuationArea) {
    choice.choice("ValuationArea", "What stock of an item has one cost.")
        .value("company", "All that the company has, wherever it lies.")
        .value("warehouse", "What lies in one warehouse; a transfer carries its cost along.");
}

inline constexpr Reason costing_of_both{
    Refusal::invalid, "costing_of_both",
    "Costing is set for a category or for an item, or for the company where neither is named."};
inline constexpr Reason item_keeps_no_stock{
    Refusal::invalid, "item_keeps_no_stock",
    "Only goods are in stock and costed; services, kits and templates are not."};
inline constexpr Reason lot_costing_needs_tracking{
    Refusal::invalid, "lot_costing_needs_tracking",
    "The item has neither lots nor serial numbers that a cost could be told by."};
inline constexpr Reason costing_unchanged{Refusal::conflict, "costing_unchanged",
                                          "It is set so on that day already."};
inline constexpr Reason costing_not_set{Refusal::missing, "costing_not_set",
                                        "No costing is set so from that day on."};

struct CostingSet {
    CompanyCode company;
    std::optional<ItemCategoryCode> category;
    std::optional<ItemCode> item;
    Date from;
    CostingMethod method = CostingMethod::fifo;
    ValuationArea area = ValuationArea::company;

    bool operator==(const CostingSet&) const = default;
    static void describe(auto& event) {
        event.record("CostingSet", "Items are costed another way from a day on.")
            .company(&CostingSet::company)
            .stream(&CostingSet::company)
            .on(&CostingSet::from)
            .field("company", &CostingSet::company, "Whose items.")
            .field("category", &CostingSet::category, "Those of this category and below it.")
            .field("item", &CostingSet::item, "This one only.")
            .field("from", &CostingSet::from, "The first day.")
            .field("method", &CostingSet::method, "What an issue costs.")
            .field("area", &CostingSet::area, "What has one cost.");
    }
};

struct CostingWithdrawn {
    CompanyCode company;
    std::optional<ItemCategoryCode> category;
    std::optional<ItemCode> item;
    Date from;

    bool operator==(const CostingWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("CostingWithdrawn", "How items are costed from a day on was set by mistake.")
            .company(&CostingWithdrawn::company)
            .stream(&CostingWithdrawn::company)
            .on(&CostingWithdrawn::from)
            .field("company", &CostingWithdrawn::company, "Whose items.")
            .field("category", &CostingWithdrawn::category, "Those of this category.")
            .field("item", &CostingWithdrawn::item, "This one only.")
            .field("from", &CostingWithdrawn::from, "The first day.");
    }
};

struct SetCosting {
    CompanyCode company;
    std::optional<ItemCategoryCode> category;
    std::optional<ItemCode> item;
    std::optional<Date> from;
    CostingMethod method = CostingMethod::fifo;
    ValuationArea area = ValuationArea::company;

    static void describe(auto& command) {
        command
            .record("SetCosting",
                    "Says how items are costed from a day on: one item, a category with all that "
                    "is below it, or all of the company. What is nearest to the item counts: its "
                    "own setting, else that of the nearest category, else the company's, else "
                    "fifo over the whole company.")
            .company(&SetCosting::company)
            .stream(&SetCosting::company)
            .example(R"({"company": "DEMO", "category": "MUGS", "from": "2026-01-01", "method":
                "moving_average"})")
            .field("company", &SetCosting::company, "Whose items.")
            .field("category", &SetCosting::category, "Those of this category and below it.")
            .field("item", &SetCosting::item, "This item only.")
            .field("from", &SetCosting::from,
                   "The first day: what moves on it is costed so. Absent: today.")
            .field("method", &SetCosting::method, "What an issue costs.")
            .field("area", &SetCosting::area, "What has one cost.")
            .otherwise(ValuationArea::company)
            .refuses(companies::company_unknown, costing_of_both, item_category_unknown,
                     item_unknown, item_keeps_no_stock, lot_costing_needs_tracking,
                     costing_unchanged);
    }
};

struct WithdrawCosting {
    CompanyCode company;
    std::optional<ItemCategoryCode> category;
    std::optional<ItemCode> item;
    Date from;

    static void describe(auto& command) {
        command
            .record("WithdrawCosting",
                    "Takes back what was set from a day on; what was set before holds again.")
            .company(&WithdrawCosting::company)
            .stream(&WithdrawCosting::company)
            .example(R"({"company": "DEMO", "category": "MUGS", "from": "2026-01-01"})")
            .field("company", &WithdrawCosting::company, "Whose items.")
            .field("category", &WithdrawCosting::category, "Those of this category.")
            .field("item", &WithdrawCosting::item, "This item only.")
            .field("from", &WithdrawCosting::from, "The first day.")
            .refuses(costing_not_set);
    }
};

struct CostingKey {
    CompanyCode company;
    std::optional<ItemCategoryCode> category;
    std::optional<ItemCode> item;
    Date from;

    auto operator<=>(const CostingKey&) const = default;
    static void describe(auto& key) {
        key.record("CostingKey", "What is costed in a way from a day on.")
            .field("company", &CostingKey::company, "Whose items.")
            .field("category", &CostingKey::category, "Those of this category.")
            .field("item", &CostingKey::item, "This one only.")
            .field("from", &CostingKey::from, "The first day.");
    }
};

struct Costing {
    CostingMethod method = CostingMethod::fifo;
    ValuationArea area = ValuationArea::company;

    bool operator==(const Costing&) const = default;
    static void describe(auto& record) {
        record.record("Costing", "How something is costed.")
            .field("method", &Costing::method, "What an issue costs.")
            .field("area", &Costing::area, "What has one cost.");
    }
};
using Costings = Table<CostingKey, Costing>;

enum class CostingSource : std::uint8_t { item, category, company, nothing };

void describe(auto& choice, CostingSource) {
    choice.choice("CostingSource", "What says how an item is costed.")
        .value("item", "Its own setting.")
        .value("category", "That of its category, or of one above that.")
        .value("company", "The company's.")
        .value("nothing", "Nothing is set: fifo over the whole company.");
}

struct FoundCosting {
    Costing costing;
    CostingSource source = CostingSource::nothing;
    std::optional<ItemCategoryCode> category;  // whose setting it is
    std::optional<Date> from;                  // since when it is set
    bool operator==(const FoundCosting&) const = default;
};

struct DatedCosting {
    Costing costing;
    Date from;
};
// Where settings of a day and the tree are looked up: the decisions' tables, or a read model's
// rows.
struct CostingRules {
    std::function<std::optional<DatedCosting>(const std::optional<ItemCategoryCode>&,
                                              const std::optional<ItemCode>&)>
        newest;
    std::function<std::optional<ItemCategoryCode>(const ItemCategoryCode&)> parent_of;
};
// By what is nearest: the item where one is named, its category and those above, the company.
FoundCosting costing_among(const CostingRules&, const std::optional<ItemCode>& item,
                           std::optional<ItemCategoryCode> category);
// What a costing comes to for an item that is tracked so.
Costing costing_for(const Costing&, Tracking);

// How an item is costed on a day; empty for what is no goods, and for an item that is not there.
std::optional<FoundCosting> costing_of(const World&, const CompanyCode&, const ItemCode&, Date);

// The first day on which a category would be costed another way below another parent; empty when
// there is none.
std::optional<Date> first_day_costed_otherwise(const World&, const CompanyCode&,
                                               const ItemCategoryCode&,
                                               const std::optional<ItemCategoryCode>& parent,
                                               const std::optional<ItemCategoryCode>& other);

Decision<CostingSet> decide(const World&, const SetCosting&, const Context&);
Decision<CostingWithdrawn> decide(const World&, const WithdrawCosting&, const Context&);
void evolve(Costings&, const CostingSet&);
void evolve(Costings&, const CostingWithdrawn&);

Part costing();

}  // namespace kontor::items
