// How a supplier's document is matched with orders and receipts, and what it posts.
#pragma once

#include "domain/purchasing/supplier_invoices.h"

namespace kontor::purchasing {

// What is asked for by either command.
struct AskedDocument {
    CompanyCode company;
    SupplierInvoiceId invoice;
    bool credit = false;
    const std::string& number;
    PurchaseOrderId order;
    std::optional<Date> date;
    std::optional<Date> due;
    std::optional<contracts::PaymentTermsCode> terms;
    std::vector<InvoiceLine> lines;
    std::vector<OtherCharge> charges;
    std::optional<Rate> rate;
    std::optional<Money> total;
    const std::string& text;
};

// Why it cannot be recorded, the first of refuses_as_supplier_document and what follows there; none
// when it can.
Objection find_document(const World&, const AskedDocument&, const Context&, SupplierInvoiced&);

}  // namespace kontor::purchasing
