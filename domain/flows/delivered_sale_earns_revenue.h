// Revenue is earned when control passes, and by nothing else (IFRS 15.31): what was invoiced before
// is no longer owed, and the rest is unbilled until it is invoiced.
#pragma once

#include "domain/ledger/entries.h"
#include "domain/sales/sales_returns.h"

namespace kontor::flow {

Decision<ledger::PostEntry> delivered_sale_earns_revenue(const sales::SaleDelivered&, const World&);
Decision<ledger::PostEntry> reversed_delivery_earns_nothing(const sales::SaleDeliveryReversed&,
                                                            const World&);

Decision<ledger::PostEntry> returned_sale_earns_less(const sales::SaleReturned&, const World&);

// The entries that a delivery is posted by, one for each journal.
std::vector<ledger::EntryId> revenue_entries_of(const sales::SaleDelivered&);

}  // namespace kontor::flow
