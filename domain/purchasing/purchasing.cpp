// The list of aggregates of purchasing.
#include "domain/purchasing/purchasing.h"

#include "domain/purchasing/supplier_invoices.h"
#include "domain/purchasing/supplier_returns.h"

namespace kontor::purchasing {

BusinessContext purchasing() {
    return {"purchasing",
            "Purchasing: what is needed, quoted, ordered, received and invoiced.",
            {purchase_policy(), requisitions(), supplier_quotations(), framework_agreements(),
             purchase_orders(), purchase_receipts(), supplier_invoices(), supplier_returns()}};
}

}  // namespace kontor::purchasing
