// When a supplier's document is recorded, what it clears, and who lets it be paid.
#include "domain/purchasing/supplier_invoices.h"

#include "domain/core/catalog.h"
#include "domain/purchasing/invoicing.h"

namespace kontor::purchasing {

Decision<SupplierInvoiced> decide(const World& world, const RecordSupplierInvoice& record,
                                  const Context& context) {
    const AskedDocument asked{record.company, record.invoice, false,       record.number,
                              record.order,   record.date,    record.due,  record.terms,
                              record.lines,   record.charges, record.rate, record.total,
                              record.text};
    SupplierInvoiced invoiced;
    if (Objection fault = find_document(world, asked, context, invoiced)) return fault;
    return invoiced;
}

Decision<SupplierInvoiced> decide(const World& world, const RecordSupplierCreditNote& record,
                                  const Context& context) {
    const AskedDocument asked{
        record.company, record.invoice, true,         record.number, record.order,
        record.date,    std::nullopt,   std::nullopt, record.lines,  {},
        record.rate,    record.total,   record.text};
    SupplierInvoiced invoiced;
    if (Objection fault = find_document(world, asked, context, invoiced)) return fault;
    return invoiced;
}

Decision<SupplierInvoiceReleased> decide(const World& world, const ReleaseSupplierInvoice& release,
                                         const Context& context) {
    const SupplierInvoice* invoice =
        world.of<SupplierInvoices>().find({release.company, release.invoice});
    if (!invoice) return supplier_invoice_unknown.about(release.invoice);
    if (!invoice->blocked) return invoice_not_blocked.about(release.invoice);
    const auto& role = purchase_policy_of(world, release.company).releases;
    if (!role || !access::has_role(world, context.actor, *role, release.company))
        return release_needs_role.about(role);
    return SupplierInvoiceReleased{release.company, release.invoice, release.reason};
}

void evolve(SupplierInvoices& invoices, const SupplierInvoiced& invoiced) {
    invoices.put({invoiced.company, invoiced.invoice}, {invoiced.credit, !invoiced.faults.empty()});
}

void evolve(SupplierInvoices& invoices, const SupplierInvoiceReleased& released) {
    invoices.change({released.company, released.invoice},
                    [](SupplierInvoice& invoice) { invoice.blocked = false; });
}

void evolve(SupplierNumbers& numbers, const SupplierInvoiced& invoiced) {
    numbers.put({invoiced.company, invoiced.counterparty, invoiced.number}, {invoiced.invoice});
}

void evolve(PurchaseOrders& orders, const SupplierInvoiced& invoiced) {
    const int sign = invoiced.credit ? -1 : +1;
    for (const InvoicedLine& line : invoiced.lines)
        orders.change({invoiced.company, line.order}, [&](PurchaseOrder& order) {
            OrderLineState& state = order.lines[static_cast<std::size_t>(line.order_line - 1)];
            state.progress.invoiced += sign * line.quantity.micro;
            state.progress.invoiced_minor += sign * line.amount.minor;
            state.progress.ordered_minor += sign * line.ordered.minor;
            if (invoiced.credit)
                state.ahead -= line.ahead;
            else
                state.ahead += line.ahead;
        });
}

void evolve(PurchaseReceipts& receipts, const SupplierInvoiced& invoiced) {
    for (const InvoicedLine& line : invoiced.lines)
        for (const ClearedReceipt& cleared : line.cleared)
            receipts.change(
                {invoiced.company, cleared.receipt.receipt}, [&](PurchaseReceipt& receipt) {
                    ReceiptLineState& state =
                        receipt.lines[static_cast<std::size_t>(cleared.receipt.line - 1)];
                    if (invoiced.credit) {
                        state.credit -= cleared.cleared;
                    } else {
                        state.open -= cleared.cleared;
                        state.open_prepaid -= cleared.prepaid;
                    }
                });
}

Part supplier_invoices() {
    return Part()
        .table<SupplierInvoices>("purchasing.invoices")
        .table<SupplierNumbers>("purchasing.supplier_numbers")
        .commands<RecordSupplierInvoice, RecordSupplierCreditNote, ReleaseSupplierInvoice>()
        .event<SupplierInvoiced, SupplierInvoices, SupplierNumbers, PurchaseOrders,
               PurchaseReceipts>()
        .event<SupplierInvoiceReleased, SupplierInvoices>();
}

}  // namespace kontor::purchasing
