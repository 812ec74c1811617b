// The list of aggregates of stock.
#include "domain/inventory/inventory.h"

#include "domain/inventory/reservations.h"
#include "domain/inventory/stock_documents.h"
#include "domain/inventory/transfers.h"

namespace kontor::inventory {

BusinessContext inventory() {
    return {"inventory",
            "Stock: warehouses, what comes in and goes out, and what it is worth.",
            {warehouses(), locations(), stock_accounts(), lots(), expectations(), reservations(),
             stock_documents(), transfers()}};
}

}  // namespace kontor::inventory
