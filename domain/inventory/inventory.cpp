// The list of aggregates of stock.
#include "domain/inventory/inventory.h"

#include "domain/inventory/stock_documents.h"

namespace kontor::inventory {

BusinessContext inventory() {
    return {"inventory",
            "Stock: warehouses, what comes in and goes out, and what it is worth.",
            {warehouses(), stock_accounts(), stock_documents()}};
}

}  // namespace kontor::inventory
