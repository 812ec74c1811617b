// A supplier's invoice is owed from the commit that records it; what is blocked is held back from
// payment; what its prices are more than the order's is part of what the goods cost.
#pragma once

#include "domain/inventory/landed_costs.h"
#include "domain/purchasing/supplier_invoices.h"
#include "domain/settlement/open_items.h"

namespace kontor::flow {

Decision<inventory::AddLandedCost> invoiced_prices_reach_stock(const purchasing::SupplierInvoiced&,
                                                               const World&);
Decision<settlement::OpenItem, settlement::HoldItemPayment> supplier_invoice_is_owed(
    const purchasing::SupplierInvoiced&, const World&);
Decision<settlement::ReleaseItemPayment> released_invoice_may_be_paid(
    const purchasing::SupplierInvoiceReleased&, const World&);

}  // namespace kontor::flow
