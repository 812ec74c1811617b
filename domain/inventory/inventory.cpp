// The list of aggregates of stock.
#include "domain/inventory/inventory.h"

#include "domain/inventory/reorder_rules.h"
#include "domain/inventory/stock_documents.h"
#include "domain/inventory/transfers.h"

namespace kontor::inventory {

BusinessContext inventory() {
    return {"inventory",
            "Stock: warehouses, what comes in and goes out, and what it is worth.",
            {warehouses(), locations(), stock_accounts(), lots(), expectations(), reservations(),
             reorder_rules(), stock_documents(), transfers()}};
}

}  // namespace kontor::inventory
