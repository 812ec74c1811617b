// How lines of orders are kept with what comes of them, and what is told of suppliers by it.
#include "projections/purchasing/purchase_orders.h"

#include "projections/any_day.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace kontor::purchasing {

namespace {

PurchaseDocumentId document_of(const auto& id) { return {id.uuid}; }

Money sum_of(const std::vector<OrderedLine>& lines, Currency currency) {
    Money sum{0, currency};
    for (const OrderedLine& line : lines) sum.minor += line.amount.minor;
    return sum;
}

Percent part_of(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return {};
    return {static_cast<std::int64_t>(
        divide(Wide{part} * ten_to(Percent::digits + 2), whole, Rounding::half_up))};
}

}  // namespace

OrderLineState PurchaseOrdersModel::Line::state() const {
    OrderLineState state;
    state.ordered = row.ordered;
    state.confirmed = row.confirmed;
    state.progress = progress;
    state.closed = row.closed;
    return state;
}

const std::vector<ScheduledDelivery>& PurchaseOrdersModel::Line::deliveries() const {
    return row.confirmed.empty() ? row.ordered.deliveries : row.confirmed;
}

void PurchaseOrdersModel::step(const Recorded& recorded, const CompanyCode& company,
                               PurchaseThreadStep step, std::int64_t within) const {
    const auto position = static_cast<std::int64_t>(recorded.event.position);
    const std::int64_t n = static_cast<std::int64_t>(recorded.event.n) * 10'000 + within;
    links_.put(recorded, {company, step.document, step.order}, first_date,
               {step.document, step.order});
    const PurchaseOrderId order = step.order;
    steps_.put(recorded, {company, order, position, n}, first_date, std::move(step));
}

void PurchaseOrdersModel::put_lines(const Recorded& recorded, const CompanyCode& company,
                                    const ListedPurchaseOrder& order,
                                    const std::vector<OrderedLine>& lines, Date day) const {
    for (const OrderedLine& line : lines)
        lines_.put(recorded, {company, order.order, line.line}, day,
                   {order.order, order.number, order.supplier, line, {}, false});
}

void PurchaseOrdersModel::on(const PurchaseOrderPlaced& placed, const Recorded& recorded) {
    ListedPurchaseOrder order{placed.order,
                              placed.number ? to_text(*placed.number) : std::string(),
                              placed.date,
                              placed.supplier,
                              placed.counterparty,
                              placed.contract,
                              sum_of(placed.lines, placed.currency),
                              1,
                              {}};
    orders_.put(recorded, {placed.company, placed.order}, placed.date, order);
    put_lines(recorded, placed.company, order, placed.lines, placed.date);
    std::int64_t within = 0;
    std::set<PurchaseDocumentId> before;
    for (const OrderedLine& line : placed.lines) {
        if (line.requisition && before.insert(document_of(line.requisition->requisition)).second)
            step(recorded, placed.company,
                 {document_of(line.requisition->requisition), PurchaseStep::requisition,
                  placed.order, placed.date, line.item.text, std::nullopt},
                 within++);
        if (line.quotation && before.insert(document_of(line.quotation->quotation)).second)
            step(recorded, placed.company,
                 {document_of(line.quotation->quotation), PurchaseStep::quotation, placed.order,
                  placed.date, line.item.text, std::nullopt},
                 within++);
    }
    step(recorded, placed.company,
         {document_of(placed.order), PurchaseStep::order, placed.order, placed.date, order.number,
          order.amount},
         within);
}

void PurchaseOrdersModel::on(const PurchaseOrderAmended& amended, const Recorded& recorded) {
    const OrderKey key{amended.company, amended.order};
    orders_.change(recorded, key, [&](ListedPurchaseOrder& order) {
        order.version = amended.version;
        for (const OrderedLine& line : amended.was) order.amount.minor -= line.amount.minor;
        for (const OrderedLine& line : amended.becomes) order.amount.minor += line.amount.minor;
    });
    const auto order = *orders_.get(recorded.rows, key, Corner{});
    const Date day = std::max(recorded.day, order.date);
    put_lines(recorded, amended.company, order, amended.becomes, day);
    step(recorded, amended.company,
         {document_of(amended.order), PurchaseStep::amendment, amended.order, recorded.day,
          amended.reason, order.amount},
         0);
}

void PurchaseOrdersModel::on(const PurchaseOrderConfirmed& confirmed, const Recorded& recorded) {
    orders_.change(recorded, {confirmed.company, confirmed.order}, [&](ListedPurchaseOrder& order) {
        if (!confirmed.reference.empty()) order.confirmation = confirmed.reference;
    });
    for (const ConfirmedLine& line : confirmed.lines)
        lines_.change(recorded, {confirmed.company, confirmed.order, line.line},
                      [&](LineRow& row) { row.confirmed = line.deliveries; });
    step(recorded, confirmed.company,
         {document_of(confirmed.order), PurchaseStep::confirmation, confirmed.order, recorded.day,
          confirmed.reference, std::nullopt},
         0);
}

void PurchaseOrdersModel::on(const PurchaseLinesClosed& closed, const Recorded& recorded) {
    for (const UndeliveredLine& line : closed.lines)
        lines_.change(recorded, {closed.company, closed.order, line.line},
                      [](LineRow& row) { row.closed = true; });
    step(recorded, closed.company,
         {document_of(closed.order), PurchaseStep::closing, closed.order, recorded.day,
          closed.reason, std::nullopt},
         0);
}

void PurchaseOrdersModel::on(const PurchaseLinesReopened& reopened, const Recorded& recorded) {
    for (const UndeliveredLine& line : reopened.lines)
        lines_.change(recorded, {reopened.company, reopened.order, line.line},
                      [](LineRow& row) { row.closed = false; });
    step(recorded, reopened.company,
         {document_of(reopened.order), PurchaseStep::reopening, reopened.order, recorded.day,
          reopened.reason, std::nullopt},
         0);
}

void PurchaseOrdersModel::count(const Recorded& recorded, const CompanyCode& company,
                                const PurchaseOrderId& order, std::int64_t line,
                                const LineProgress& more, int sign, Date day) const {
    std::array<std::int64_t, 7> amounts{more.received,     more.rejected, more.returned,
                                        more.replaced,     more.invoiced, more.invoiced_minor,
                                        more.ordered_minor};
    for (std::int64_t& amount : amounts) amount *= sign;
    progress_.add(recorded.rows, ordered_key(LineKey{company, order, line}), day, recorded.event,
                  amounts);
}

void PurchaseOrdersModel::on(const PurchaseReceived& received, const Recorded& recorded) {
    Money owed{0, received.lines.front().owed.currency};
    for (const ReceivedLine& line : received.lines) {
        LineProgress more;
        more.received = line.received.micro;
        more.rejected = line.rejected.micro;
        count(recorded, received.company, received.order, line.order_line, more, +1, received.date);
        owed.minor += line.owed.minor;
    }
    step(recorded, received.company,
         {document_of(received.receipt), PurchaseStep::receipt, received.order, received.date,
          received.delivery_note, owed},
         0);
}

void PurchaseOrdersModel::on(const PurchaseReceiptReversed& reversed, const Recorded& recorded) {
    for (const ReceivedLine& line : reversed.lines) {
        LineProgress less;
        less.received = line.received.micro;
        less.rejected = line.rejected.micro;
        count(recorded, reversed.company, reversed.order, line.order_line, less, -1, reversed.date);
    }
    step(recorded, reversed.company,
         {document_of(reversed.receipt), PurchaseStep::receipt_reversed, reversed.order,
          reversed.date, reversed.reason, std::nullopt},
         0);
}

void PurchaseOrdersModel::on(const PurchaseReturned& returned, const Recorded& recorded) {
    for (const ReturnedLine& line : returned.lines) {
        LineProgress more;
        more.returned = line.quantity.micro;
        if (returned.replacement) more.replaced = line.quantity.micro;
        count(recorded, returned.company, returned.order, line.order_line, more, +1, returned.date);
    }
    step(recorded, returned.company,
         {document_of(returned.supplier_return), PurchaseStep::returned, returned.order,
          returned.date, returned.reason, std::nullopt},
         0);
}

void PurchaseOrdersModel::on(const SupplierInvoiced& invoiced, const Recorded& recorded) {
    std::set<PurchaseOrderId> orders;
    for (const InvoicedLine& line : invoiced.lines) {
        LineProgress more;
        more.invoiced = line.quantity.micro;
        more.invoiced_minor = line.amount.minor;
        more.ordered_minor = line.ordered.minor;
        count(recorded, invoiced.company, line.order, line.order_line, more,
              invoiced.credit ? -1 : +1, invoiced.date);
        orders.insert(line.order);
    }
    std::int64_t within = 0;
    for (const PurchaseOrderId& order : orders)
        step(recorded, invoiced.company,
             {document_of(invoiced.invoice),
              invoiced.credit ? PurchaseStep::credit_note : PurchaseStep::invoice, order,
              invoiced.date, invoiced.number, invoiced.payable},
             within++);
}

void PurchaseOrdersModel::on(const SupplierInvoiceReleased& released, const Recorded& recorded) {
    std::vector<PurchaseOrderId> orders;
    const std::string of_document =
        ordered_key(released.company) + ordered_key(document_of(released.invoice));
    std::string after;
    while (const auto link = links_.first(recorded.rows, of_document, after, Corner{})) {
        orders.push_back(link->order);
        after = ordered_key(LinkKey{released.company, link->document, link->order});
    }
    std::int64_t within = 0;
    for (const PurchaseOrderId& order : orders)
        step(recorded, released.company,
             {document_of(released.invoice), PurchaseStep::release, order, recorded.day,
              released.reason, std::nullopt},
             within++);
}

LineProgress PurchaseOrdersModel::progress_of(const AsOf& as_of, const std::string& key,
                                              const std::optional<Date>& until) const {
    Corner corner = as_of.corner;
    if (until && (!corner.valid_at || *until < *corner.valid_at)) corner.valid_at = until;
    std::array<Wide, 7> sums{};
    progress_.sum(as_of.rows, key, corner, sums);
    const auto of = [&](std::size_t at) { return static_cast<std::int64_t>(sums[at]); };
    return {of(0), of(1), of(2), of(3), of(4), of(5), of(6)};
}

void PurchaseOrdersModel::each_line(
    const AsOf& as_of, const std::string& begins_with,
    const std::function<bool(const std::string& key, const Line&)>& call) const {
    bool go_on = true;
    std::string_view octets = begins_with;
    const auto company = taken<CompanyCode>(octets);
    lines_.each(as_of, begins_with, [&](LineRow row) {
        if (!go_on) return;
        const std::string key = ordered_key(LineKey{company, row.order, row.ordered.line});
        const LineProgress progress = progress_of(as_of, key, std::nullopt);
        go_on = call(key, {std::move(row), progress});
    });
}

void PurchaseOrdersModel::answer(const PurchaseOrderList& query, const AsOf& as_of,
                                 Page<ListedPurchaseOrder>& page) const {
    orders_.list(as_of, ordered_key(query.company), page, [&](const ListedPurchaseOrder& order) {
        return !query.supplier || order.supplier == *query.supplier;
    });
}

void PurchaseOrdersModel::answer(const OpenPurchaseOrders& query, const AsOf& as_of,
                                 Page<OpenPurchaseLine>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.order) begins_with += ordered_key(*query.order);
    each_line(as_of, begins_with, [&](const std::string& key, const Line& line) {
        if (key <= page.after()) return true;
        const OrderedLine& ordered = line.row.ordered;
        if (query.supplier && line.row.supplier != *query.supplier) return true;
        if (query.item && ordered.item != *query.item) return true;
        const std::int64_t open = open_of(line.state());
        if (open == 0 && !query.all) return true;
        const auto in_base = [&](std::int64_t micro) { return Quantity{micro, ordered.base.unit}; };
        std::int64_t covered = static_cast<std::int64_t>(
            divide(Wide{line.progress.delivered()} * ordered.quantity.micro, ordered.base.micro,
                   Rounding::down));
        Date due = line.deliveries().back().date;
        for (const ScheduledDelivery& delivery : line.deliveries()) {
            covered -= delivery.quantity.micro;
            if (covered >= 0) continue;
            due = delivery.date;
            break;
        }
        const auto amount = amount_of(ordered.price, ordered.quantity, ordered.base, open);
        return page.add(
            key, {line.row.order, ordered.line, line.row.number, line.row.supplier, ordered.item,
                  ordered.warehouse, ordered.base, in_base(line.progress.received),
                  in_base(line.progress.rejected), in_base(line.progress.returned),
                  in_base(line.progress.invoiced), in_base(open), amount.value_or(ordered.amount),
                  due, !line.row.confirmed.empty(), line.row.closed});
    });
}

void PurchaseOrdersModel::answer(const DeliveriesDue& query, const AsOf& as_of,
                                 Page<DueDelivery>& page) const {
    std::map<std::string, DueDelivery> due;
    each_line(as_of, ordered_key(query.company), [&](const std::string& key, const Line& line) {
        const OrderedLine& ordered = line.row.ordered;
        if (query.supplier && line.row.supplier != *query.supplier) return true;
        if (query.warehouse && ordered.warehouse != query.warehouse) return true;
        if (open_of(line.state()) == 0) return true;
        std::int64_t covered = static_cast<std::int64_t>(
            divide(Wide{line.progress.delivered()} * ordered.quantity.micro, ordered.base.micro,
                   Rounding::down));
        for (const ScheduledDelivery& delivery : line.deliveries()) {
            const std::int64_t open =
                delivery.quantity.micro - std::min(covered, delivery.quantity.micro);
            covered -= delivery.quantity.micro - open;
            if (open == 0 || (query.until && delivery.date > *query.until)) continue;
            const std::string place = ordered_key(delivery.date) + key;
            auto& row = due.try_emplace(place, DueDelivery{delivery.date,
                                                           line.row.order,
                                                           ordered.line,
                                                           line.row.number,
                                                           line.row.supplier,
                                                           ordered.item,
                                                           ordered.warehouse,
                                                           {0, ordered.quantity.unit},
                                                           !line.row.confirmed.empty()})
                            .first->second;
            row.quantity.micro += open;
        }
        return true;
    });
    for (auto& [key, row] : due)
        if (key > page.after() && !page.add(key, row)) return;
}

void PurchaseOrdersModel::answer(const SupplierScorecard& query, const AsOf& as_of,
                                 Page<ScoredSupplier>& page) const {
    struct Score {
        std::int64_t lines = 0, on_time = 0, in_full = 0, both = 0, came = 0, clean = 0,
                     invoiced = 0, priced = 0;
    };
    std::map<parties::PartyCode, Score> scores;
    each_line(as_of, ordered_key(query.company), [&](const std::string& key, const Line& line) {
        if (query.supplier && line.row.supplier != *query.supplier) return true;
        const Date due = line.deliveries().back().date;
        if ((query.from && due < *query.from) ||
            (as_of.corner.valid_at && due > *as_of.corner.valid_at))
            return true;
        Score& score = scores[line.row.supplier];
        const LineProgress& all = line.progress;
        const std::int64_t by_then = progress_of(as_of, key, due).delivered();
        const std::int64_t least = least_to_receive(line.row.ordered);
        ++score.lines;
        score.on_time += by_then > 0 && by_then >= all.delivered();
        score.in_full += all.delivered() >= least;
        score.both += by_then >= least;
        score.came += all.received > 0;
        score.clean += all.received > 0 && all.rejected == 0 && all.returned == 0;
        score.invoiced += all.invoiced > 0;
        score.priced += all.invoiced > 0 && all.invoiced_minor <= all.ordered_minor;
        return true;
    });
    for (const auto& [supplier, score] : scores) {
        std::string key = ordered_key(supplier);
        if (key <= page.after()) continue;
        if (!page.add(std::move(key),
                      {supplier, score.lines, part_of(score.on_time, score.lines),
                       part_of(score.in_full, score.lines), part_of(score.both, score.lines),
                       part_of(score.clean, score.came), part_of(score.priced, score.invoiced)}))
            return;
    }
}

void PurchaseOrdersModel::answer(const PurchaseThread& query, const AsOf& as_of,
                                 Page<PurchaseThreadStep>& page) const {
    const AsOf any_day = on_any_day(as_of);
    std::vector<PurchaseOrderId> orders;
    links_.each(any_day, ordered_key(query.company) + ordered_key(query.document),
                [&](const LinkRow& link) { orders.push_back(link.order); });
    if (orders.empty())
        return page.missing("No document of a purchase has the id " + to_text(query.document.uuid) +
                            ".");
    // By order, then as it happened; what several orders share stands with each.
    bool full = false;
    for (const PurchaseOrderId& order : orders) {
        std::int64_t count = 0;
        steps_.each(any_day, ordered_key(query.company) + ordered_key(order),
                    [&](PurchaseThreadStep step) {
                        std::string key = ordered_key(order) + ordered_key(count++);
                        if (!full && key > page.after())
                            full = !page.add(std::move(key), std::move(step));
                    });
    }
}

ReadModelSpec purchase_orders_model() {
    return ReadModelSpec::of<PurchaseOrdersModel>("purchase_orders", 1, "purchasing")
        .folding<PurchaseOrdersModel, PurchaseOrderPlaced, PurchaseOrderAmended,
                 PurchaseOrderConfirmed, PurchaseLinesClosed, PurchaseLinesReopened,
                 PurchaseReceived, PurchaseReceiptReversed, PurchaseReturned, SupplierInvoiced,
                 SupplierInvoiceReleased>()
        .answering<PurchaseOrdersModel, PurchaseOrderList, ListedPurchaseOrder>()
        .answering<PurchaseOrdersModel, OpenPurchaseOrders, OpenPurchaseLine>()
        .answering<PurchaseOrdersModel, DeliveriesDue, DueDelivery>()
        .answering<PurchaseOrdersModel, SupplierScorecard, ScoredSupplier>()
        .answering<PurchaseOrdersModel, PurchaseThread, PurchaseThreadStep>();
}

}  // namespace kontor::purchasing
