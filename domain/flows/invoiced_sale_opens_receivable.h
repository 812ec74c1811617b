// An invoice is one open item and one entry: what the customer owes, against what was unbilled,
// what is now owed to the customer in goods, and taxes. A credit note is the same the other way.
#pragma once

#include "domain/sales/sales_invoices.h"
#include "domain/settlement/open_items.h"

namespace kontor::flow {

inline constexpr Reason item_is_invoice{
    Refusal::conflict, "item_is_invoice",
    "The item is a sales invoice or a credit note, which stays in the books; give it back by a "
    "credit note."};

Decision<settlement::OpenItem> invoiced_sale_opens_receivable(const sales::SaleInvoiced&,
                                                              const World&);
Decision<settlement::OpenItem> credited_sale_opens_credit(const sales::SaleCredited&, const World&);
Decision<> sales_invoice_is_not_reversed(const settlement::ItemReversed&, const World&);

}  // namespace kontor::flow
