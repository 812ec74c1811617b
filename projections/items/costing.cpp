// How costing is listed, and found for each item as the domain finds it.
#include "projections/items/costing.h"

#include "projections/items/item_list.h"

namespace kontor::items {

void CostingModel::on(const CostingSet& set, const Recorded& recorded) {
    costings_.put(recorded, {set.company, set.category, set.item, -set.from.days}, set.from,
                  {set.category, set.item, set.from, set.method, set.area});
}

void CostingModel::on(const CostingWithdrawn& gone, const Recorded& recorded) {
    costings_.erase(recorded, {gone.company, gone.category, gone.item, -gone.from.days}, gone.from);
}

void CostingModel::answer(const CostingList& query, const AsOf& as_of,
                          Page<ListedCosting>& page) const {
    costings_.list(as_of, ordered_key(query.company), page);
}

void CostingModel::answer(const ItemCostings& query, const AsOf& as_of,
                          Page<ItemCosting>& page) const {
    const auto& items = as_of.models.of<ItemsModel>();
    const auto tree = items.categories(as_of, query.company);
    std::set<ItemCategoryCode> within;
    if (query.category) within = items.within(as_of, query.company, *query.category);
    CostingRules rules;
    rules.newest = [&](const std::optional<ItemCategoryCode>& category,
                       const std::optional<ItemCode>& item) -> std::optional<DatedCosting> {
        const std::string of =
            ordered_key(query.company) + ordered_key(category) + ordered_key(item);
        const auto row = costings_.first(as_of.rows, of, of, as_of.corner);
        if (!row) return std::nullopt;
        return DatedCosting{{row->method, row->area}, row->from};
    };
    rules.parent_of = [&](const ItemCategoryCode& code) { return tree.at(code).parent; };
    // False when the page is full.
    const auto show = [&](std::string key, const ListedItem& item) {
        if (item.kind != ItemKind::goods || item.is_template) return true;
        if (query.category && !(item.category && within.contains(*item.category))) return true;
        const FoundCosting found = costing_among(rules, item.item, item.category);
        const Costing costing = costing_for(found.costing, item.tracking);
        if (query.method && costing.method != *query.method) return true;
        return page.add(std::move(key), {item.item, item.name, costing.method, costing.area,
                                         found.source, found.category, found.from});
    };
    std::string place = page.after();
    if (query.item) {
        const auto item = items.find(as_of, query.company, *query.item);
        if (item && place.empty()) show("item", *item);
        return;
    }
    while (const auto item = items.next(as_of, query.company, place))
        if (!show(place, *item)) return;
}

ReadModelSpec costing_list() {
    return ReadModelSpec::of<CostingModel>("costing_list", 1, "items")
        .folding<CostingModel, CostingSet, CostingWithdrawn>()
        .answering<CostingModel, CostingList, ListedCosting>()
        .answering<CostingModel, ItemCostings, ItemCosting>();
}

}  // namespace kontor::items
