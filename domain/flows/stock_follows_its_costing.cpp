// Which stock a setting of costing is about.
#include "domain/flows/stock_follows_its_costing.h"

#include <optional>

namespace kontor::flow {

namespace {

void add(const World& world, const CompanyCode& company, const items::ItemCode& item, Date from,
         Decision<inventory::RecostStock>& recosts) {
    if (inventory::changes_area(world, company, item, from) ||
        !inventory::recosted_steps(world, company, item).empty())
        recosts.add(inventory::RecostStock{company, item, from});
}

// Of one item, or of all that the company has in stock: those of a category are among them.
Decision<inventory::RecostStock> recosts(const World& world, const CompanyCode& company,
                                         const std::optional<items::ItemCode>& item, Date from) {
    Decision<inventory::RecostStock> recosts;
    if (item) {
        add(world, company, *item, from, recosts);
        return recosts;
    }
    std::vector<items::ItemCode> stocked;
    world.of<inventory::AllStockSeries>().each_from(
        {company, {}, {}, {}}, [&](const inventory::SeriesKey& key, const inventory::StockSeries&) {
            if (key.company != company) return false;
            if (stocked.empty() || stocked.back() != key.item) stocked.push_back(key.item);
            return true;
        });
    for (const items::ItemCode& of : stocked) add(world, company, of, from, recosts);
    return recosts;
}

}  // namespace

Decision<inventory::RecostStock> set_costing_values_stock(const items::CostingSet& set,
                                                          const World& world) {
    return recosts(world, set.company, set.item, set.from);
}

Decision<inventory::RecostStock> withdrawn_costing_values_stock(
    const items::CostingWithdrawn& withdrawn, const World& world) {
    return recosts(world, withdrawn.company, withdrawn.item, withdrawn.from);
}

Decision<inventory::RecostStock> categorized_item_values_stock(
    const items::ItemCategorized& categorized, const World& world) {
    return recosts(world, categorized.company, categorized.item, categorized.from);
}

Decision<inventory::RecostStock> tracking_of_stock_stays(const items::ItemTrackingChanged& changed,
                                                         const World& world) {
    bool stocked = false;
    inventory::each_series(
        world, changed.company, changed.item,
        [&](const inventory::SeriesKey&, const inventory::StockSeries&) { stocked = true; });
    if (stocked) return stock_tracked_otherwise.about(changed.item);
    return {};
}

}  // namespace kontor::flow
