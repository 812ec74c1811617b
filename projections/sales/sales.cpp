// How orders, deliveries and invoices are folded into sums by line of order, and listed.
#include "projections/sales/sales.h"

#include "domain/flows/delivered_sale_earns_revenue.h"
#include "domain/flows/delivered_sale_leaves_stock.h"

#include <array>

namespace kontor::sales {

namespace {

std::int64_t minor(Wide sum) { return static_cast<std::int64_t>(sum); }

}  // namespace

void SalesModel::add_done(const Recorded& recorded, const LineRow& line, Date day,
                          std::int64_t delivered, std::int64_t invoiced,
                          std::int64_t returned) const {
    const std::array<std::int64_t, 3> amounts{delivered, returned, invoiced};
    done_.add(recorded.rows, ordered_key(line), day, recorded.event, amounts);
}

void SalesModel::book(const Recorded& recorded, const LineRow& line, Date day,
                      const Booking& booking) const {
    const std::array<std::int64_t, 7> amounts{booking.earned.amount.minor,
                                              booking.earned.base.minor,
                                              booking.invoiced_net,
                                              booking.position.unbilled.amount.minor,
                                              booking.position.unbilled.base.minor,
                                              booking.position.liability.amount.minor,
                                              booking.position.liability.base.minor};
    booked_.add(recorded.rows, ordered_key(line), day, recorded.event, amounts);
}

void SalesModel::add_due(const Recorded& recorded, const LineRow& line, Date due, Date day,
                         std::int64_t more) const {
    if (more == 0) return;
    due_.add(recorded.rows,
             ordered_key(line.company) + ordered_key(due) + ordered_key(line.order) +
                 ordered_key(line.line),
             day, recorded.event, {&more, 1});
}

void SalesModel::expose(const Recorded& recorded, const CompanyCode& company, Date day,
                        const UninvoicedChange& change) const {
    if (change.amount.minor == 0) return;
    uninvoiced_.add(recorded.rows,
                    ordered_key(UninvoicedKey{company, change.counterparty, change.contract,
                                              change.amount.currency}),
                    day, recorded.event, {&change.amount.minor, 1});
}

std::int64_t SalesModel::still_due(const Recorded& recorded, const LineRow& line, Date due) const {
    Wide sum = 0;
    due_.sum(recorded.rows,
             ordered_key(line.company) + ordered_key(due) + ordered_key(line.order) +
                 ordered_key(line.line),
             Corner{}, {&sum, 1});
    return minor(sum);
}

SalesModel::KeptLine SalesModel::line_as_known(const Recorded& recorded,
                                               const LineRow& line) const {
    const auto kept = lines_.get(recorded.rows, line, Corner{});
    if (!kept) throw StorageBroken("a line of a sales order is not there");
    return *kept;
}

void SalesModel::link(const Recorded& recorded, const CompanyCode& company, ThreadKind kind,
                      Date date, const std::string& from, const std::string& to,
                      ThreadKind kind_of_from, Date date_of_from) const {
    links_.put(recorded, {company, from, kind, date, to}, date, {kind, date, to});
    links_.put(recorded, {company, to, kind_of_from, date_of_from, from}, date,
               {kind_of_from, date_of_from, from});
}

void SalesModel::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    bases_.put(recorded, {created.company}, first_date, {created.base_currency});
}

void SalesModel::on(const SalesOrderPlaced& placed, const Recorded& recorded) {
    expose(recorded, placed.company, placed.date,
           {placed.counterparty, placed.contract, placed.gross});
    const Money none{0, placed.currency};
    orders_.put(recorded, {placed.company, placed.order}, placed.date,
                {placed.order,
                 companies::to_text(placed.number),
                 placed.customer,
                 placed.counterparty,
                 placed.contract,
                 placed.date,
                 placed.reference,
                 placed.seller,
                 placed.country,
                 1,
                 {},
                 placed.net,
                 placed.gross,
                 none,
                 none,
                 none,
                 none,
                 placed.text});
    for (const SoldLine& line : placed.lines) {
        const LineRow row{placed.company, placed.order, line.line};
        lines_.put(recorded, row, placed.date, {line, false});
        add_due(recorded, row, line.due, placed.date, line.base.micro);
    }
}

void SalesModel::on(const SalesOrderAmended& amended, const Recorded& recorded) {
    expose(recorded, amended.company, amended.date, amended.uninvoiced);
    orders_.change(recorded, {amended.company, amended.order}, [&](ListedSalesOrder& order) {
        order.version = amended.version;
        order.net = amended.net;
        order.gross = amended.gross;
    });
    for (const SoldLine& line : amended.becomes) {
        const LineRow row{amended.company, amended.order, line.line};
        const auto was = lines_.get(recorded.rows, row, Corner{});
        std::int64_t due = line.base.micro;
        if (was) {
            const std::int64_t before = still_due(recorded, row, was->sold.due);
            add_due(recorded, row, was->sold.due, recorded.day, -before);
            due += before - was->sold.base.micro;
        }
        add_due(recorded, row, line.due, recorded.day, due);
        if (was)
            lines_.change(recorded, row, [&](KeptLine& kept) { kept.sold = line; });
        else
            lines_.put(recorded, row, recorded.day, {line, false});
    }
}

void SalesModel::close(const Recorded& recorded, const CompanyCode& company,
                       const SalesOrderId& order, const std::vector<std::int64_t>& lines,
                       bool closed) const {
    for (const std::int64_t number : lines) {
        const LineRow row{company, order, number};
        const SoldLine sold = line_as_known(recorded, row).sold;
        const std::int64_t before = still_due(recorded, row, sold.due);
        std::int64_t becomes = 0;
        if (!closed) {
            std::array<Wide, 3> done{};
            done_.sum(recorded.rows, ordered_key(row), Corner{}, done);
            becomes = sold.base.micro - minor(done[0]);
        }
        add_due(recorded, row, sold.due, recorded.day, becomes - before);
        lines_.change(recorded, row, [&](KeptLine& kept) { kept.closed = closed; });
    }
}

void SalesModel::on(const SalesLinesClosed& closed, const Recorded& recorded) {
    expose(recorded, closed.company, recorded.day, closed.uninvoiced);
    close(recorded, closed.company, closed.order, closed.lines, true);
}

void SalesModel::on(const SalesLinesReopened& reopened, const Recorded& recorded) {
    expose(recorded, reopened.company, recorded.day, reopened.uninvoiced);
    close(recorded, reopened.company, reopened.order, reopened.lines, false);
}

void SalesModel::on(const SalesOrderHeld& held, const Recorded& recorded) {
    orders_.change(recorded, {held.company, held.order},
                   [&](ListedSalesOrder& order) { order.held = held.reason; });
}

void SalesModel::on(const SalesOrderReleased& released, const Recorded& recorded) {
    orders_.change(recorded, {released.company, released.order},
                   [](ListedSalesOrder& order) { order.held.reset(); });
}

void SalesModel::on(const SaleDelivered& delivered, const Recorded& recorded) {
    const auto order = orders_.get(recorded.rows, {delivered.company, delivered.order}, Corner{});
    if (!order) throw StorageBroken("the order of a delivery is not there");
    Money earned{0, order->net.currency};
    bool late = false;
    for (const DeliveredSaleLine& line : delivered.lines) {
        const LineRow row{delivered.company, delivered.order, line.line};
        add_done(recorded, row, delivered.date, line.base.micro, 0);
        add_due(recorded, row, line_as_known(recorded, row).sold.due, delivered.date,
                -line.base.micro);
        book(recorded, row, delivered.posted, {line.earned, 0, line.position});
        earned = earned + line.earned.amount;
        late = late || line.due < delivered.date;
    }
    deliveries_.put(recorded, {delivered.company, delivered.date, delivered.delivery},
                    delivered.date,
                    {delivered.delivery, delivered.order, order->number, delivered.customer,
                     delivered.date, delivered.carrier, delivered.consignment, earned,
                     delivered.freight, late, delivered.text});
    const std::string id = to_text(delivered.delivery.uuid);
    link(recorded, delivered.company, ThreadKind::delivery, delivered.date,
         to_text(delivered.order.uuid), id, ThreadKind::sales_order, order->date);
    for (const inventory::StockDocumentId& issue : flow::issues_of(delivered))
        link(recorded, delivered.company, ThreadKind::stock_document, delivered.date, id,
             to_text(issue.uuid), ThreadKind::delivery, delivered.date);
    for (const ledger::EntryId& entry : flow::revenue_entries_of(delivered))
        link(recorded, delivered.company, ThreadKind::entry, delivered.posted, id,
             to_text(entry.uuid), ThreadKind::delivery, delivered.date);
}

void SalesModel::on(const SaleDeliveryReversed& reversed, const Recorded& recorded) {
    expose(recorded, reversed.company, reversed.date, reversed.uninvoiced);
    for (const DeliveredSaleLine& line : reversed.lines) {
        const LineRow row{reversed.company, reversed.order, line.line};
        add_done(recorded, row, reversed.date, -line.base.micro, 0);
        const KeptLine kept = line_as_known(recorded, row);
        if (!kept.closed) add_due(recorded, row, kept.sold.due, reversed.date, line.base.micro);
        book(recorded, row, reversed.posted, {line.earned, 0, line.position});
    }
    deliveries_.erase(recorded, {reversed.company, reversed.date, reversed.delivery},
                      reversed.date);
}

void SalesModel::on(const SaleReturned& returned, const Recorded& recorded) {
    expose(recorded, returned.company, returned.date, returned.uninvoiced);
    for (const ReturnedSaleLine& line : returned.lines) {
        const LineRow row{returned.company, returned.order, line.order_line};
        add_done(recorded, row, returned.date, 0, 0, line.base.micro);
        book(recorded, row, returned.posted, {line.earned, 0, line.position});
    }
    const auto order = orders_.get(recorded.rows, {returned.company, returned.order}, Corner{});
    if (!order) throw StorageBroken("the order of a return is not there");
    link(recorded, returned.company, ThreadKind::sale_return, returned.date,
         to_text(returned.order.uuid), to_text(returned.sale_return.uuid), ThreadKind::sales_order,
         order->date);
}

void SalesModel::put_invoice(const Recorded& recorded, const CompanyCode& company,
                             const SalesInvoiceId& id, const SalesDocument& document,
                             std::optional<SalesInvoiceId> credits) const {
    const auto kind = credits ? SalesDocumentKind::credit_note : SalesDocumentKind::invoice;
    const ListedSalesInvoice listed{id,
                                    kind,
                                    companies::to_text(document.number),
                                    document.date,
                                    document.customer,
                                    document.counterparty,
                                    document.contract,
                                    document.net,
                                    document.charged,
                                    document.gross,
                                    document.withheld,
                                    document.payable,
                                    document.booked.base,
                                    credits};
    invoices_.put(recorded, {company, document.date, id}, document.date, listed);
    documents_.put(recorded, {company, id}, document.date, document);
    const auto linked = credits ? ThreadKind::credit_note : ThreadKind::invoice;
    std::set<SalesOrderId> orders;
    for (const InvoicedSaleLine& line : document.lines) orders.insert(line.order);
    for (const SalesOrderId& order : orders) {
        const auto of = orders_.get(recorded.rows, {company, order}, Corner{});
        if (!of) throw StorageBroken("the order of an invoice is not there");
        link(recorded, company, linked, document.date, to_text(order.uuid), to_text(id.uuid),
             ThreadKind::sales_order, of->date);
    }
}

void SalesModel::on(const SaleInvoiced& invoiced, const Recorded& recorded) {
    expose(recorded, invoiced.company, invoiced.date, invoiced.uninvoiced);
    for (const InvoicedSaleLine& line : invoiced.document.lines) {
        const LineRow row{invoiced.company, line.order, line.order_line};
        add_done(recorded, row, invoiced.date, 0, line.base.micro);
        const BookedAmount none{{0, line.net.currency}, {0, line.revenue.base.currency}};
        book(recorded, row, invoiced.posted,
             {none, line.net.minor + line.revenue.amount.minor, line.position});
    }
    put_invoice(recorded, invoiced.company, invoiced.invoice, invoiced.document, {});
}

void SalesModel::on(const SaleCredited& credited, const Recorded& recorded) {
    expose(recorded, credited.company, credited.date, credited.uninvoiced);
    for (const InvoicedSaleLine& line : credited.document.lines) {
        const LineRow row{credited.company, line.order, line.order_line};
        add_done(recorded, row, credited.date, 0, -line.base.micro);
        book(recorded, row, credited.posted,
             {{-line.revenue.amount, -line.revenue.base}, -line.net.minor, line.position});
    }
    put_invoice(recorded, credited.company, credited.credit_note, credited.document,
                credited.invoice);
}

void SalesModel::settle(const Recorded& recorded, const CompanyCode& company,
                        const std::string& allocation, Date date,
                        const std::vector<settlement::AllocatedPart>& parts,
                        bool taken_back) const {
    for (const settlement::AllocatedPart& part : parts) {
        if (part.settled.side != settlement::ItemSide::receivable) continue;
        const PaymentRow row{company,    to_text(part.settled.item.uuid),
                             date,       to_text(part.by.item.uuid),
                             allocation, part.line};
        // What is taken back is taken back from a day on; until then it has settled something.
        if (taken_back)
            payments_.put(recorded, {row.company, row.item, date, row.by, allocation, -part.line},
                          date, {date, row.by, -part.settled.amount});
        else
            payments_.put(recorded, row, date, {date, row.by, part.settled.amount});
    }
}

void SalesModel::on(const settlement::ItemsAllocated& allocated, const Recorded& recorded) {
    settle(recorded, allocated.company, to_text(allocated.allocation.uuid), allocated.date,
           allocated.parts, false);
}

void SalesModel::on(const settlement::AllocationTakenBack& back, const Recorded& recorded) {
    settle(recorded, back.company, to_text(back.allocation.uuid), back.date, back.parts, true);
}

void SalesModel::on(const settlement::PaymentRecorded& paid, const Recorded& recorded) {
    settle(recorded, paid.company, to_text(paid.payment.uuid), paid.date, paid.parts, false);
}

void SalesModel::on(const settlement::ItemWrittenOff& written, const Recorded& recorded) {
    settle(recorded, written.company, to_text(written.write_off.uuid), written.date, written.parts,
           false);
}

ReadModelSpec sales_model() {
    return ReadModelSpec::of<SalesModel>("sales", 1, "sales")
        .folding<SalesModel, companies::CompanyCreated, SalesOrderPlaced, SalesOrderAmended,
                 SalesLinesClosed, SalesLinesReopened, SalesOrderHeld, SalesOrderReleased,
                 SaleDelivered, SaleDeliveryReversed, SaleReturned, SaleInvoiced, SaleCredited,
                 settlement::ItemsAllocated, settlement::AllocationTakenBack,
                 settlement::PaymentRecorded, settlement::ItemWrittenOff>()
        .answering<SalesModel, SalesOrderList, ListedSalesOrder>()
        .answering<SalesModel, SalesOrderQuestion, SalesOrderLine>()
        .answering<SalesModel, DeliveriesDue, DueSalesLine>()
        .answering<SalesModel, UnbilledSales, UnbilledSale>()
        .answering<SalesModel, SaleDeliveryList, ListedSaleDelivery>()
        .answering<SalesModel, SalesInvoiceList, ListedSalesInvoice>()
        .answering<SalesModel, SalesInvoiceQuestion, InvoicedSaleLine>()
        .answering<SalesModel, CreditExposures, ListedCreditExposure>()
        .answering<SalesModel, SalesThread, ThreadStep>();
}

}  // namespace kontor::sales
