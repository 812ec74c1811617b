// The list of aggregates of stock.
#include "domain/inventory/inventory.h"

#include "domain/inventory/counts.h"
#include "domain/inventory/landed_costs.h"
#include "domain/inventory/reorder_rules.h"
#include "domain/inventory/returns.h"
#include "domain/inventory/standard_costs.h"
#include "domain/inventory/stock_documents.h"
#include "domain/inventory/stock_policy.h"
#include "domain/inventory/transfers.h"
#include "domain/inventory/write_downs.h"

namespace kontor::inventory {

BusinessContext inventory() {
    return {"inventory",
            "Stock: warehouses, what comes in and goes out, and what it is worth.",
            {warehouses(), locations(), stock_accounts(), stock_policy(), stock_documents(),
             counts(), returns(), landed_costs(), standard_costs(), write_downs(), transfers(),
             lots(), expectations(), reservations(), reorder_rules()}};
}

}  // namespace kontor::inventory
