// How kits get their components, and what a kit comes to.
#include "domain/items/kits.h"

#include "domain/core/catalog.h"

#include <map>
#include <set>

namespace kontor::items {

namespace {

// Whether an item is the kit or holds it by any list it ever had: days are not asked, so that no
// day, past or to come, has a circle.
bool holds(const World& world, const CompanyCode& company, const ItemCode& item,
           const ItemCode& kit) {
    std::set<ItemCode> seen;
    std::vector<ItemCode> open{item};
    while (!open.empty()) {
        const ItemCode at = open.back();
        open.pop_back();
        if (at == kit) return true;
        if (!seen.insert(at).second) continue;
        for (const auto& [key, list] : world.of<Kits>().from({company, at, first_date})) {
            if (key.company != company || key.kit != at) break;
            for (const KitComponent& component : list.components) open.push_back(component.item);
        }
    }
    return false;
}

Objection fault_of_component(const World& world, const SetKitComponents& set,
                             const KitComponent& component) {
    const Item* item = world.of<Items>().find({set.company, component.item});
    if (!item) return item_unknown.about(component.item);
    if (item->is_template) return item_is_template.about(component.item);
    std::size_t times = 0;
    for (const KitComponent& each : set.components) times += each.item == component.item;
    if (times > 1) return component_repeated.about(component.item);
    if (component.quantity.micro <= 0) return component_not_positive.about(component.quantity);
    if (!in_base_unit(world, set.company, component.item, component.quantity))
        return units_do_not_convert.about(component.item, component.quantity.unit);
    if (holds(world, set.company, component.item, set.kit))
        return kit_contains_itself.about(component.item);
    return {};
}

using Shares = std::map<ItemCode, ExactQuantity>;

bool add(Shares& shares, const ItemCode& item, const ExactQuantity& quantity) {
    const auto [share, added] = shares.try_emplace(item, quantity);
    if (added) return true;
    const auto both = sum(share->second, quantity);
    if (both) share->second = *both;
    return both.has_value();
}

// Opens kits, each once however many others hold it.
class Opening {
public:
    explicit Opening(const KitRules& rules) : rules_(rules) {}

    // Adds what so much of an item comes to; false where it cannot be told.
    bool into(Shares& shares, const ItemCode& item, const ExactQuantity& quantity, int depth = 0) {
        const Shares* one = of_one(item, depth);
        if (!one) return false;
        for (const auto& [part, each] : *one) {
            const auto all = times(each, quantity);
            if (!all || !add(shares, part, *all)) return false;
        }
        return true;
    }

private:
    // For one base unit; an item that is no kit comes to itself.
    const Shares* of_one(const ItemCode& item, int depth) {
        if (const auto known = of_one_.find(item); known != of_one_.end()) return &known->second;
        constexpr int deepest = 100;
        const auto components = rules_.components(item);
        Shares shares;
        if (!components) {
            const auto one = rules_.one(item);
            if (!one) return nullptr;
            shares.emplace(item, *one);
        } else {
            if (components->empty() || depth == deepest) return nullptr;
            for (const KitComponent& component : *components) {
                const auto each = rules_.in_base_unit(component.item, component.quantity);
                if (!each || !into(shares, component.item, *each, depth + 1)) return nullptr;
            }
        }
        return &of_one_.emplace(item, std::move(shares)).first->second;
    }

    const KitRules& rules_;
    std::map<ItemCode, Shares> of_one_;
};

}  // namespace

const std::vector<KitComponent>* components_of(const World& world, const CompanyCode& company,
                                               const ItemCode& kit, Date day) {
    const auto* row = world.of<Kits>().last_until({company, kit, day});
    if (!row || row->first.company != company || row->first.kit != kit) return nullptr;
    return &row->second.components;
}

std::optional<std::vector<KitShare>> opened_among(const KitRules& rules, const ItemCode& kit,
                                                  const ExactQuantity& quantity) {
    Shares shares;
    if (!Opening(rules).into(shares, kit, quantity)) return std::nullopt;
    std::vector<KitShare> list;
    for (const auto& [item, share] : shares) list.push_back({item, share});
    return list;
}

std::optional<std::vector<KitShare>> opened(const World& world, const CompanyCode& company,
                                            const ItemCode& kit, const ExactQuantity& quantity,
                                            Date day) {
    KitRules rules;
    rules.one = [&](const ItemCode& item) -> std::optional<ExactQuantity> {
        const Item* record = world.of<Items>().find({company, item});
        if (!record) return std::nullopt;
        return ExactQuantity{1'000'000, 1, record->base_unit};
    };
    rules.components = [&](const ItemCode& item) -> std::optional<std::vector<KitComponent>> {
        const Item* record = world.of<Items>().find({company, item});
        if (!record || record->kind != ItemKind::kit) return std::nullopt;
        const auto* components = components_of(world, company, item, day);
        return components ? *components : std::vector<KitComponent>();
    };
    rules.in_base_unit = [&](const ItemCode& item, const Quantity& each) {
        return in_base_unit(world, company, item, each);
    };
    return opened_among(rules, kit, quantity);
}

Decision<KitComponentsSet> decide(const World& world, const SetKitComponents& set,
                                  const Context& context) {
    const Item* kit = world.of<Items>().find({set.company, set.kit});
    if (!kit) return item_unknown.about(set.kit);
    if (kit->kind != ItemKind::kit) return item_no_kit.about(set.kit);
    for (std::size_t n = 0; n < set.components.size(); ++n)
        if (Objection fault = fault_of_component(world, set, set.components[n]))
            return std::move(fault).at("components", n);
    const Date from = set.from.value_or(context.today);
    const auto* was = components_of(world, set.company, set.kit, from);
    if (was && *was == set.components) return kit_components_unchanged.about(set.kit, from);
    return KitComponentsSet{set.company, set.kit, from, set.components};
}

void evolve(Kits& kits, const KitComponentsSet& set) {
    kits.put({set.company, set.kit, set.from}, {set.components});
}

Part kits() {
    return Part()
        .table<Kits>("items.kits")
        .commands<SetKitComponents>()
        .event<KitComponentsSet, Kits>();
}

}  // namespace kontor::items
