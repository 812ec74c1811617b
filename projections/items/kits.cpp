// How kits are shown and opened, by what was known of them, of their items and of units.
#include "projections/items/kits.h"

#include "projections/items/item_list.h"
#include "projections/items/units.h"

namespace kontor::items {

void KitsModel::on(const KitComponentsSet& set, const Recorded& recorded) {
    kits_.put(recorded, {set.company, set.kit}, set.from, {set.components});
}

std::optional<std::vector<KitShare>> KitsModel::opened(const KitComponents& query,
                                                       const AsOf& as_of) const {
    const auto& items = as_of.models.of<ItemsModel>();
    const auto& units = as_of.models.of<UnitsModel>();
    const auto one_of = [&](const ItemCode& code) -> std::optional<ExactQuantity> {
        const auto base = units.base_of(as_of, query.company, code);
        if (!base) return std::nullopt;
        return ExactQuantity{1'000'000, 1, *base};
    };
    KitRules rules;
    rules.one = one_of;
    rules.components = [&](const ItemCode& code) -> std::optional<std::vector<KitComponent>> {
        const auto item = items.find(as_of, query.company, code);
        if (!item || item->kind != ItemKind::kit) return std::nullopt;
        const auto kit = kits_.get(as_of.rows, {query.company, code}, as_of.corner);
        return kit ? kit->components : std::vector<KitComponent>();
    };
    rules.in_base_unit = [&](const ItemCode& code,
                             const Quantity& each) -> std::optional<ExactQuantity> {
        const auto base = units.base_of(as_of, query.company, code);
        if (!base) return std::nullopt;
        const auto ratio = units.ratio(as_of, query.company, code, each.unit, *base);
        return ratio ? converted(exact(each), *ratio, *base) : std::nullopt;
    };
    const auto one = one_of(query.kit);
    if (!one) return std::nullopt;
    ExactQuantity count = *one;
    count.numerator *= query.count;
    return opened_among(rules, query.kit, count);
}

void KitsModel::answer(const KitComponents& query, const AsOf& as_of,
                       Page<ListedComponent>& page) const {
    const auto kit = kits_.get(as_of.rows, {query.company, query.kit}, as_of.corner);
    if (!kit) return page.missing("The item " + query.kit.text + " holds nothing on the day.");
    std::vector<KitShare> shares;
    if (query.opened) {
        auto all = opened(query, as_of);
        if (!all)
            return page.missing("The kit " + query.kit.text +
                                " cannot be opened: a kit in it holds nothing, or a unit does not "
                                "convert.");
        shares = std::move(*all);
    } else {
        const ExactQuantity count{query.count * 1'000'000, 1, {}};
        for (const KitComponent& component : kit->components) {
            const auto all = times(exact(component.quantity), count);
            if (!all) return page.missing("It is more than a quantity can be.");
            shares.push_back({component.item, *all});
        }
    }
    const auto& items = as_of.models.of<ItemsModel>();
    for (std::size_t n = 0; n < shares.size(); ++n) {
        std::string key = ordered_key(static_cast<std::int64_t>(n));
        if (key <= page.after()) continue;
        const auto quantity = rounded(shares[n].quantity, Rounding::half_up);
        if (!quantity) return page.missing("It is more than a quantity can be.");
        const auto item = items.find(as_of, query.company, shares[n].item);
        if (!page.add(std::move(key), {shares[n].item, item ? item->name : std::string(), *quantity,
                                       whole(shares[n].quantity).has_value()}))
            return;
    }
}

ReadModelSpec kit_list() {
    return ReadModelSpec::of<KitsModel>("kit_list", 1, "items")
        .folding<KitsModel, KitComponentsSet>()
        .answering<KitsModel, KitComponents, ListedComponent>();
}

}  // namespace kontor::items
