// How lines become a document that is to be paid: their taxes, what it comes to, and what it books.
#pragma once

#include "domain/sales/sales_invoices.h"

namespace kontor::sales {

// Fills the amounts of a document whose lines have their amounts as agreed: net amounts, taxes,
// totals, and what is payable at a rate. Why it cannot: tax_unknown and what follows it,
// sales_too_large or tax_account_missing.
Objection find_document_totals(const World&, const CompanyCode&, Date tax_day, const DayRate&,
                               SalesDocument&);

}  // namespace kontor::sales
