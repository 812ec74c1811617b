// Kits: what each holds on any day, as it was said or opened down to what is in stock.
#pragma once

#include "domain/items/kits.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::items {

struct ListedComponent {
    ItemCode item;
    std::string name;
    Quantity quantity;
    bool exact = true;

    bool operator==(const ListedComponent&) const = default;
    static void describe(auto& row) {
        row.record("ListedComponent", "What of an item is in a kit.")
            .field("item", &ListedComponent::item, "The item.")
            .field("name", &ListedComponent::name, "Its name.")
            .field("quantity", &ListedComponent::quantity,
                   "How much of it; opened, in its base unit, to the millionth.")
            .field("exact", &ListedComponent::exact, "Whether that is all of it.");
    }
};

struct KitComponents {
    CompanyCode company;
    ItemCode kit;
    bool opened = false;
    std::int64_t count = 1;

    static void describe(auto& query) {
        query
            .record("kit_components",
                    "What one base unit of a kit holds on the day `valid_at`, or several.")
            .company(&KitComponents::company)
            .field("company", &KitComponents::company, "Whose kit.")
            .field("kit", &KitComponents::kit, "An item that is a kit.")
            .field("opened", &KitComponents::opened,
                   "True: kits in it are opened too, and all of an item is one row, in its base "
                   "unit, by item.")
            .otherwise(false)
            .field("count", &KitComponents::count, "Of so many base units of the kit.")
            .otherwise(std::int64_t{1})
            .least(1)
            .most(1'000'000'000)
            .template answers<ListedComponent>(Times::both);
    }
};

class KitsModel {
public:
    explicit KitsModel(const Place& place) : kits_(place.table(1)) {}

    void on(const KitComponentsSet&, const Recorded&);
    void answer(const KitComponents&, const AsOf&, Page<ListedComponent>&) const;

private:
    std::optional<std::vector<KitShare>> opened(const KitComponents&, const AsOf&) const;

    DescribedRows<ItemKey, Kit> kits_;
};

ReadModelSpec kit_list();

}  // namespace kontor::items
