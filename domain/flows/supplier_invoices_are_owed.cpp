// The open item of an invoice has the invoice's id.
#include "domain/flows/supplier_invoices_are_owed.h"

#include <utility>

namespace kontor::flow {

namespace {

using namespace purchasing;

std::string words_of(const MatchFault& fault) {
    std::string words = fault.item.text;
    switch (fault.kind) {
        case MatchFaultKind::more_than_accepted:
            words += ": " + to_text(*fault.quantity) + " more than accepted";
            break;
        case MatchFaultKind::dearer:
            words += ": " + to_text(fault.amount) + " dearer than ordered";
            break;
        case MatchFaultKind::cheaper:
            words += ": " + to_text(fault.amount) + " cheaper than ordered";
            break;
    }
    return words;
}

// As many reasons as a line of text has room for.
std::string words_of(const std::vector<MatchFault>& faults) {
    constexpr std::size_t room = 480;
    std::string words;
    for (const MatchFault& fault : faults) {
        const std::string more = (words.empty() ? "" : "; ") + words_of(fault);
        if (words.size() + more.size() > room) return words + " ...";
        words += more;
    }
    return words;
}

}  // namespace

Decision<inventory::AddLandedCost> invoiced_prices_reach_stock(const SupplierInvoiced& invoiced,
                                                               const World&) {
    Decision<inventory::AddLandedCost> adds;
    std::uint64_t count = 0;
    for (const InvoicedLine& line : invoiced.lines)
        for (const ClearedReceipt& cleared : line.cleared) {
            if (cleared.stock_line == 0 || cleared.price_difference.minor == 0) continue;
            inventory::AddLandedCost add;
            add.company = invoiced.company;
            add.landed_cost = {
                derived_uuid(invoiced.invoice.uuid, "invoiced_prices_reach_stock", count++)};
            add.date = invoiced.date;
            add.basis = inventory::LandedBasis::equal;
            add.amount = cleared.price_difference;
            add.lines = {{{cleared.receipt.receipt.uuid}, cleared.stock_line}};
            add.counterpart = cleared.account;
            add.text = "Price by invoice " + invoiced.number;
            adds.add(std::move(add));
        }
    return adds;
}

Decision<settlement::OpenItem, settlement::HoldItemPayment> supplier_invoice_is_owed(
    const SupplierInvoiced& invoiced, const World&) {
    settlement::OpenItem open;
    open.company = invoiced.company;
    open.item = {invoiced.invoice.uuid};
    open.kind = invoiced.credit ? settlement::ItemKind::credit_note : settlement::ItemKind::invoice;
    open.side = settlement::ItemSide::payable;
    open.party = invoiced.supplier;
    open.counterparty = invoiced.counterparty;
    open.contract = invoiced.contract;
    open.document = invoiced.number;
    open.date = invoiced.date;
    open.amount = invoiced.payable;
    open.base = invoiced.payable_base;
    if (invoiced.due) open.instalments = {{*invoiced.due, invoiced.payable, {}, {}}};
    open.terms = invoiced.terms;
    for (const InvoicedTax& tax : invoiced.taxes)
        if (tax.effect == taxes::TaxEffect::charged && tax.amount.minor > 0)
            open.taxes.push_back({tax.account, tax.amount, tax.tax});
    open.lines = invoiced.postings;
    open.text = (invoiced.credit ? "Credit note " : "Invoice ") + invoiced.number;
    Decision<settlement::OpenItem, settlement::HoldItemPayment> commands;
    commands.add(std::move(open));
    if (!invoiced.faults.empty())
        commands.add(settlement::HoldItemPayment{
            invoiced.company, {invoiced.invoice.uuid}, words_of(invoiced.faults)});
    return commands;
}

Decision<settlement::ReleaseItemPayment> released_invoice_may_be_paid(
    const SupplierInvoiceReleased& released, const World&) {
    return settlement::ReleaseItemPayment{
        released.company, {released.invoice.uuid}, released.reason};
}

}  // namespace kontor::flow
