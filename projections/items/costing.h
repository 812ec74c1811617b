// Costing: what is set, and how each item is costed on any day and why.
#pragma once

#include "domain/items/costing.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>

namespace kontor::items {

struct ListedCosting {
    std::optional<ItemCategoryCode> category;
    std::optional<ItemCode> item;
    Date from;
    CostingMethod method = CostingMethod::fifo;
    ValuationArea area = ValuationArea::company;

    bool operator==(const ListedCosting&) const = default;
    static void describe(auto& row) {
        row.record("ListedCosting", "How something is costed from a day on.")
            .field("category", &ListedCosting::category, "Items of this category and below it.")
            .field("item", &ListedCosting::item, "This item; without both: the company.")
            .field("from", &ListedCosting::from, "The first day.")
            .field("method", &ListedCosting::method, "What an issue costs.")
            .field("area", &ListedCosting::area, "What has one cost.");
    }
};

struct CostingList {
    CompanyCode company;

    static void describe(auto& query) {
        query
            .record("costings",
                    "How items are costed from days up to `valid_at`: the company, items and "
                    "categories, the newest of each first.")
            .company(&CostingList::company)
            .field("company", &CostingList::company, "Whose items.")
            .template answers<ListedCosting>(Times::both);
    }
};

struct ItemCosting {
    ItemCode item;
    std::string name;
    CostingMethod method = CostingMethod::fifo;
    ValuationArea area = ValuationArea::company;
    CostingSource source = CostingSource::nothing;
    std::optional<ItemCategoryCode> category;
    std::optional<Date> from;

    bool operator==(const ItemCosting&) const = default;
    static void describe(auto& row) {
        row.record("ItemCosting", "How an item is costed.")
            .field("item", &ItemCosting::item, "The item.")
            .field("name", &ItemCosting::name, "Its name.")
            .field("method", &ItemCosting::method, "What an issue costs.")
            .field("area", &ItemCosting::area, "What has one cost.")
            .field("source", &ItemCosting::source, "What says so.")
            .field("category", &ItemCosting::category, "The category that says so.")
            .field("from", &ItemCosting::from, "Since when that is set.");
    }
};

struct ItemCostings {
    CompanyCode company;
    std::optional<ItemCode> item;
    std::optional<ItemCategoryCode> category;
    std::optional<CostingMethod> method;

    static void describe(auto& query) {
        query
            .record("item_costings",
                    "How goods are costed on the day `valid_at`, by code, and what says so.")
            .company(&ItemCostings::company)
            .field("company", &ItemCostings::company, "Whose items.")
            .field("item", &ItemCostings::item, "Only this one.")
            .field("category", &ItemCostings::category, "Only those of this category and below it.")
            .field("method", &ItemCostings::method, "Only those that are costed so.")
            .template answers<ItemCosting>(Times::both);
    }
};

class CostingModel {
public:
    explicit CostingModel(const Place& place) : costings_(place.table(1)) {}

    void on(const CostingSet&, const Recorded&);
    void on(const CostingWithdrawn&, const Recorded&);
    void answer(const CostingList&, const AsOf&, Page<ListedCosting>&) const;
    void answer(const ItemCostings&, const AsOf&, Page<ItemCosting>&) const;

private:
    // Of one thing the newest comes first: its number is below those of earlier days.
    struct Key {
        CompanyCode company;
        std::optional<ItemCategoryCode> category;
        std::optional<ItemCode> item;
        std::int64_t days_back = 0;
        static void describe(auto& key) {
            key.record("ListedCostingKey", "What is costed in a way from a day on.")
                .field("company", &Key::company, "Whose items.")
                .field("category", &Key::category, "Those of this category.")
                .field("item", &Key::item, "This one only.")
                .field("days_back", &Key::days_back, "Days from its first to 1970.");
        }
    };
    DescribedRows<Key, ListedCosting> costings_;
};

ReadModelSpec costing_list();

}  // namespace kontor::items
