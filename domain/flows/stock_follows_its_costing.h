// Stock that is there is valued as its costing says from day to day, whenever that is said; and
// what it is told apart by does not change under it.
#pragma once

#include "domain/inventory/standard_costs.h"

namespace kontor::flow {

inline constexpr Reason stock_tracked_otherwise{
    Refusal::conflict, "stock_tracked_otherwise",
    "Stock of the item has moved: how single goods are told apart cannot change any more."};

Decision<inventory::RecostStock> set_costing_values_stock(const items::CostingSet&, const World&);
Decision<inventory::RecostStock> withdrawn_costing_values_stock(const items::CostingWithdrawn&,
                                                                const World&);
Decision<inventory::RecostStock> categorized_item_values_stock(const items::ItemCategorized&,
                                                               const World&);
Decision<inventory::RecostStock> tracking_of_stock_stays(const items::ItemTrackingChanged&,
                                                         const World&);

}  // namespace kontor::flow
