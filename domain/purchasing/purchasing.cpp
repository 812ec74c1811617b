// The list of aggregates of purchasing.
#include "domain/purchasing/purchasing.h"

#include "domain/purchasing/purchase_orders.h"

namespace kontor::purchasing {

BusinessContext purchasing() {
    return {"purchasing",
            "Purchasing: what is needed, quoted, ordered, received and invoiced.",
            {purchase_policy(), requisitions(), supplier_quotations(), framework_agreements(),
             purchase_orders()}};
}

}  // namespace kontor::purchasing
