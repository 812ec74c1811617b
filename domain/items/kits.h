// Kits: several items sold as one, and what of each goes into it.
#pragma once

#include "domain/items/item_units.h"
#include "domain/items/lifecycle.h"

#include <functional>
#include <optional>
#include <vector>

namespace kontor::items {

inline constexpr Reason item_no_kit{Refusal::invalid, "item_no_kit",
                                    "The item is no kit, so it has no components."};
inline constexpr Reason kit_is_empty{
    Refusal::conflict, "kit_is_empty",
    "The kit holds nothing: say what with SetKitComponents before it is used."};
inline constexpr Reason component_repeated{Refusal::invalid, "component_repeated",
                                           "The item stands twice among the components."};
inline constexpr Reason component_not_positive{Refusal::invalid, "component_not_positive",
                                               "A kit holds more than nothing of a component."};
inline constexpr Reason kit_contains_itself{
    Refusal::invalid, "kit_contains_itself",
    "The component is the kit itself, or holds it, on whatever day."};
inline constexpr Reason kit_components_unchanged{
    Refusal::conflict, "kit_components_unchanged",
    "These are the components of the kit on the day already."};

struct KitComponent {
    ItemCode item;
    Quantity quantity;

    bool operator==(const KitComponent&) const = default;
    static void describe(auto& record) {
        record.record("KitComponent", "What of an item goes into a kit.")
            .field("item", &KitComponent::item, "The item: goods, a service or another kit.")
            .field("quantity", &KitComponent::quantity,
                   "How much of it, for one base unit of the kit; above zero.");
    }
};

struct KitComponentsSet {
    CompanyCode company;
    ItemCode kit;
    Date from;
    std::vector<KitComponent> components;

    bool operator==(const KitComponentsSet&) const = default;
    static void describe(auto& event) {
        event.record("KitComponentsSet", "A kit holds these from a day on.")
            .company(&KitComponentsSet::company)
            .stream(&KitComponentsSet::kit)
            .on(&KitComponentsSet::from)
            .field("company", &KitComponentsSet::company, "Whose kit.")
            .field("kit", &KitComponentsSet::kit, "Its code.")
            .field("from", &KitComponentsSet::from, "The first day.")
            .field("components", &KitComponentsSet::components, "All that it holds.");
    }
};

struct SetKitComponents {
    CompanyCode company;
    ItemCode kit;
    std::optional<Date> from;
    std::vector<KitComponent> components;

    static void describe(auto& command) {
        command
            .record("SetKitComponents",
                    "Says what a kit holds from a day on, until that is said for a later day. What "
                    "was sold before stays as it was.")
            .company(&SetKitComponents::company)
            .stream(&SetKitComponents::kit)
            .example(R"({"company": "DEMO", "kit": "GIFT", "components": [{"item": "MUG-01",
                "quantity": {"amount": "2", "unit": "pcs"}}]})")
            .field("company", &SetKitComponents::company, "Whose kit.")
            .field("kit", &SetKitComponents::kit, "An item that is a kit.")
            .field("from", &SetKitComponents::from, "The first day. Absent: today.")
            .field("components", &SetKitComponents::components,
                   "All that it holds, in units that convert to the component's base unit; at "
                   "least one.")
            .shortest(1)
            .longest(1'000)
            .refuses(item_unknown, item_no_kit, item_is_template, component_repeated,
                     component_not_positive, units_do_not_convert, kit_contains_itself,
                     kit_components_unchanged);
    }
};

struct KitKey {
    CompanyCode company;
    ItemCode kit;
    Date from;

    auto operator<=>(const KitKey&) const = default;
    static void describe(auto& key) {
        key.record("KitKey", "A kit from a day on.")
            .field("company", &KitKey::company, "Whose kit.")
            .field("kit", &KitKey::kit, "Its code.")
            .field("from", &KitKey::from, "The first day.");
    }
};

struct Kit {
    std::vector<KitComponent> components;

    static void describe(auto& record) {
        record.record("Kit", "What a kit holds.")
            .field("components", &Kit::components, "All that it holds.");
    }
};
using Kits = Table<KitKey, Kit>;

// What a kit holds on a day; null before it holds anything, and for what is no kit.
const std::vector<KitComponent>* components_of(const World&, const CompanyCode&, const ItemCode&,
                                               Date);

// Goods and services that a kit comes to, kits in kits opened, in base units, by item.
struct KitShare {
    ItemCode item;
    ExactQuantity quantity;
    bool operator==(const KitShare&) const = default;
};
// Where components and conversions are looked up: the decisions' tables, or a read model's rows.
struct KitRules {
    // One base unit of an item; empty for one that is not there.
    std::function<std::optional<ExactQuantity>(const ItemCode&)> one;
    // What a kit holds, which may be nothing yet; empty for what is no kit.
    std::function<std::optional<std::vector<KitComponent>>(const ItemCode&)> components;
    std::function<std::optional<ExactQuantity>(const ItemCode&, const Quantity&)> in_base_unit;
};
// What so much of a kit, in its base unit, comes to. Empty where a kit in it holds nothing yet, a
// unit does not convert any more, a quantity is too large, or kits lie over a hundred deep.
std::optional<std::vector<KitShare>> opened_among(const KitRules&, const ItemCode& kit,
                                                  const ExactQuantity& quantity);
std::optional<std::vector<KitShare>> opened(const World&, const CompanyCode&, const ItemCode& kit,
                                            const ExactQuantity& quantity, Date);

Decision<KitComponentsSet> decide(const World&, const SetKitComponents&, const Context&);
void evolve(Kits&, const KitComponentsSet&);

Part kits();

}  // namespace kontor::items
