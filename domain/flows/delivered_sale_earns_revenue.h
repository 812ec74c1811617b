// Revenue is earned when control passes, and by nothing else (IFRS 15.31): what was invoiced before
// is no longer owed, and the rest is unbilled until it is invoiced.
#pragma once

#include "domain/ledger/entries.h"
#include "domain/sales/deliveries.h"

namespace kontor::flow {

Decision<ledger::PostEntry> delivered_sale_earns_revenue(const sales::SaleDelivered&, const World&);
Decision<ledger::PostEntry> reversed_delivery_earns_nothing(const sales::SaleDeliveryReversed&,
                                                            const World&);

}  // namespace kontor::flow
