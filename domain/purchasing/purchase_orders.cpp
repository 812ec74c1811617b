// When something is ordered, and how an order becomes another one.
#include "domain/purchasing/purchase_orders.h"

#include "domain/core/catalog.h"
#include "domain/purchasing/ordering.h"

#include <algorithm>
#include <set>
#include <utility>

namespace kontor::purchasing {

namespace {

Objection find_counterparty(const World& world, const PlacePurchaseOrder& place, Date day,
                            parties::CounterpartyCode& counterparty) {
    if (place.counterparty) {
        counterparty = *place.counterparty;
        return parties::fault_of_serving(world, place.company, place.supplier, counterparty, day);
    }
    const auto preferred = parties::default_counterparty(world, place.company, place.supplier, day);
    if (!preferred) return supplier_without_counterparty.about(place.supplier, day);
    counterparty = *preferred;
    return {};
}

// The contract that is named, or the one that a document of this dealing is under.
Objection find_contract(const World& world, const PlacePurchaseOrder& place,
                        PurchaseOrderPlaced& placed) {
    const contracts::ContractWanted wanted{contracts::ContractKind::purchase, placed.supplier,
                                           placed.counterparty, placed.currency, placed.date};
    if (place.contract) {
        placed.contract = *place.contract;
        return contracts::fault_of_contract(world, place.company, *place.contract, wanted);
    }
    placed.contract = contracts::contract_for(world, place.company, wanted).contract;
    return {};
}

// Why a line of an order cannot be changed; none when it can.
Objection find_open(const PurchaseOrder& order, std::int64_t number, const OrderLineState*& line) {
    line = order.line(number);
    if (!line) return purchase_line_unknown.about(number);
    if (line->closed) return purchase_line_closed.about(number, line->ordered.item);
    return {};
}

// The lines that a command names, or all for which it holds where it names none.
Objection find_named(const PurchaseOrder& order, const std::vector<std::int64_t>& named,
                     bool closed, const Reason& otherwise,
                     std::vector<const OrderLineState*>& lines) {
    if (named.empty())
        for (const OrderLineState& line : order.lines)
            if (line.closed == closed) lines.push_back(&line);
    std::set<std::int64_t> seen;
    for (std::size_t at = 0; at < named.size(); ++at) {
        const OrderLineState* line = order.line(named[at]);
        if (!line) return purchase_line_unknown.about(named[at]).at("lines", at);
        if (!seen.insert(named[at]).second)
            return purchase_line_twice.about(named[at]).at("lines", at);
        if (line->closed != closed) return otherwise.about(named[at]).at("lines", at);
        lines.push_back(line);
    }
    if (lines.empty()) return otherwise;
    return {};
}

UndeliveredLine undelivered_of(const OrderLineState& line) {
    const OrderedLine& ordered = line.ordered;
    const std::int64_t micro =
        std::max<std::int64_t>(0, ordered.base.micro - line.progress.delivered());
    const auto amount = amount_of(ordered.price, ordered.quantity, ordered.base, micro);
    return {ordered.line, ordered.item, Quantity{micro, ordered.base.unit},
            amount.value_or(ordered.amount), ordered.framework};
}

CallOff call_off_of(const UndeliveredLine& line, int sign) {
    return {*line.framework, line.item, sign * line.undelivered.micro, sign * line.amount.minor};
}

std::vector<CallOff> call_offs_of(const std::vector<OrderedLine>& lines, int sign) {
    std::vector<CallOff> all;
    for (const OrderedLine& line : lines)
        if (line.framework) all.push_back(call_off_of(line, sign));
    return all;
}

OrderHead head_of(const CompanyCode& company, const PurchaseOrder& order, Date today) {
    return {company,        order.supplier, order.date, std::max(order.date, today), {}, {},
            order.contract, order.currency, today};
}

}  // namespace

Decision<PurchaseOrderPlaced> decide(const World& world, const PlacePurchaseOrder& place,
                                     const Context& context) {
    if (!world.of<companies::Companies>().find(place.company))
        return companies::company_unknown.about(place.company);
    if (world.of<PurchaseOrders>().find({place.company, place.order}))
        return purchase_order_exists.about(place.order);
    const Date day = place.date.value_or(context.today);
    if (Objection fault = parties::fault_of_buying_from(world, place.company, place.supplier, day))
        return fault;
    PurchaseOrderPlaced placed;
    placed.company = place.company;
    placed.order = place.order;
    placed.supplier = place.supplier;
    placed.date = day;
    placed.text = place.text;
    if (Objection fault = find_counterparty(world, place, day, placed.counterparty)) return fault;
    OrderHead head{place.company,           place.supplier,  day,
                   place.due.value_or(day), place.warehouse, place.taxes,
                   place.contract,          std::nullopt,    context.today};
    for (std::size_t at = 0; at < place.lines.size(); ++at) {
        OrderedLine line;
        line.line = static_cast<std::int64_t>(at) + 1;
        if (Objection fault = find_ordered_line(world, head, place.lines[at], line))
            return std::move(fault).at("lines", at);
        placed.lines.push_back(std::move(line));
    }
    placed.currency = *head.currency;
    if (Objection fault = find_contract(world, place, placed)) return fault;
    if (Objection fault = fault_of_call_offs(world, place.company, call_offs_of(placed.lines, +1)))
        return fault;
    if (const auto& series = purchase_policy_of(world, place.company).order_numbers) {
        const OrderSeries* last = world.of<AllOrderSeries>().find({place.company, *series});
        placed.number = OrderNumber{*series, (last ? last->last : 0) + 1};
    }
    return placed;
}

Decision<PurchaseOrderAmended> decide(const World& world, const AmendPurchaseOrder& amend,
                                      const Context& context) {
    const PurchaseOrder* order = world.of<PurchaseOrders>().find({amend.company, amend.order});
    if (!order) return purchase_order_unknown.about(amend.order);
    PurchaseOrderAmended amended{amend.company, amend.order, order->version + 1, {}, {},
                                 amend.reason};
    OrderHead head = head_of(amend.company, *order, context.today);
    std::vector<OrderedLine> added;
    std::set<std::int64_t> named;
    for (std::size_t at = 0; at < amend.lines.size(); ++at) {
        const AmendedLine& one = amend.lines[at];
        if (!one.line) {
            OrderedLine line;
            line.line = std::ssize(order->lines) + std::ssize(added) + 1;
            Objection fault = one.added ? find_ordered_line(world, head, *one.added, line)
                                        : Objection(purchase_line_incomplete);
            if (fault) return std::move(fault).at("lines", at);
            added.push_back(std::move(line));
            continue;
        }
        const OrderLineState* was = order->line(*one.line);
        if (!was) return purchase_line_unknown.about(*one.line).at("lines", at);
        if (!named.insert(*one.line).second)
            return purchase_line_twice.about(*one.line).at("lines", at);
        if (was->closed) return purchase_line_closed.about(*one.line).at("lines", at);
        OrderedLine becomes = was->ordered;
        if (Objection fault = find_amended_line(world, head, one, becomes))
            return std::move(fault).at("lines", at);
        if (becomes.base.micro < std::max(was->progress.delivered(), was->progress.invoiced))
            return purchase_below_received.about(becomes.item, becomes.base).at("lines", at);
        if (becomes == was->ordered) return purchase_unchanged.about(*one.line).at("lines", at);
        amended.was.push_back(was->ordered);
        amended.becomes.push_back(std::move(becomes));
    }
    amended.becomes.insert(amended.becomes.end(), added.begin(), added.end());
    auto call_offs = call_offs_of(amended.becomes, +1);
    for (const CallOff& back : call_offs_of(amended.was, -1)) call_offs.push_back(back);
    if (Objection fault = fault_of_call_offs(world, amend.company, call_offs)) return fault;
    return amended;
}

Decision<PurchaseOrderConfirmed> decide(const World& world, const ConfirmPurchaseOrder& confirm,
                                        const Context&) {
    const PurchaseOrder* order = world.of<PurchaseOrders>().find({confirm.company, confirm.order});
    if (!order) return purchase_order_unknown.about(confirm.order);
    PurchaseOrderConfirmed confirmed{confirm.company, confirm.order, {}, confirm.reference};
    if (confirm.lines.empty())
        for (const OrderLineState& line : order->lines)
            if (!line.closed)
                confirmed.lines.push_back(
                    {line.ordered.line, std::nullopt, line.ordered.deliveries});
    std::set<std::int64_t> named;
    for (std::size_t at = 0; at < confirm.lines.size(); ++at) {
        ConfirmedLine one = confirm.lines[at];
        const OrderLineState* line = nullptr;
        Objection fault = find_open(*order, one.line, line);
        if (!fault && !named.insert(one.line).second) fault = purchase_line_twice.about(one.line);
        if (fault) return std::move(fault).at("lines", at);
        if (one.deliveries.empty())
            one.deliveries = one.date
                                 ? std::vector{ScheduledDelivery{*one.date, line->ordered.quantity}}
                                 : line->ordered.deliveries;
        one.date.reset();
        std::ranges::stable_sort(one.deliveries, {}, &ScheduledDelivery::date);
        fault = fault_of_deliveries(one.deliveries, line->ordered.quantity, order->date);
        if (fault) return std::move(fault).at("lines", at);
        confirmed.lines.push_back(std::move(one));
    }
    if (confirmed.lines.empty()) return purchase_line_closed;
    return confirmed;
}

Decision<PurchaseLinesClosed> decide(const World& world, const ClosePurchaseLines& close,
                                     const Context&) {
    const PurchaseOrder* order = world.of<PurchaseOrders>().find({close.company, close.order});
    if (!order) return purchase_order_unknown.about(close.order);
    std::vector<const OrderLineState*> lines;
    if (Objection fault = find_named(*order, close.lines, false, purchase_line_closed, lines))
        return fault;
    PurchaseLinesClosed closed{close.company, close.order, {}, close.reason};
    for (const OrderLineState* line : lines) closed.lines.push_back(undelivered_of(*line));
    return closed;
}

Decision<PurchaseLinesReopened> decide(const World& world, const ReopenPurchaseLines& reopen,
                                       const Context&) {
    const PurchaseOrder* order = world.of<PurchaseOrders>().find({reopen.company, reopen.order});
    if (!order) return purchase_order_unknown.about(reopen.order);
    std::vector<const OrderLineState*> lines;
    if (Objection fault = find_named(*order, reopen.lines, true, purchase_line_open, lines))
        return fault;
    PurchaseLinesReopened reopened{reopen.company, reopen.order, {}, reopen.reason};
    std::vector<CallOff> call_offs;
    for (const OrderLineState* line : lines) {
        reopened.lines.push_back(undelivered_of(*line));
        if (line->ordered.framework) call_offs.push_back(call_off_of(reopened.lines.back(), +1));
    }
    if (Objection fault = fault_of_call_offs(world, reopen.company, call_offs)) return fault;
    return reopened;
}

void evolve(PurchaseOrders& orders, const PurchaseOrderPlaced& placed) {
    PurchaseOrder order{
        placed.supplier, placed.counterparty, placed.contract, placed.currency, placed.date, 1, {}};
    for (const OrderedLine& line : placed.lines)
        order.lines.push_back({line, {}, {}, false, {}, {}});
    orders.put({placed.company, placed.order}, std::move(order));
}

void evolve(PurchaseOrders& orders, const PurchaseOrderAmended& amended) {
    orders.change({amended.company, amended.order}, [&](PurchaseOrder& order) {
        order.version = amended.version;
        for (const OrderedLine& line : amended.becomes) {
            const auto at = static_cast<std::size_t>(line.line - 1);
            if (at == order.lines.size()) {
                order.lines.push_back({line, {}, {}, false, {}, {}});
            } else {
                order.lines[at].ordered = line;
                order.lines[at].confirmed.clear();
            }
        }
    });
}

void evolve(PurchaseOrders& orders, const PurchaseOrderConfirmed& confirmed) {
    orders.change({confirmed.company, confirmed.order}, [&](PurchaseOrder& order) {
        for (const ConfirmedLine& line : confirmed.lines)
            order.lines[static_cast<std::size_t>(line.line - 1)].confirmed = line.deliveries;
    });
}

namespace {

void set_closed(PurchaseOrders& orders, const PurchaseOrderKey& key,
                const std::vector<UndeliveredLine>& lines, bool closed) {
    orders.change(key, [&](PurchaseOrder& order) {
        for (const UndeliveredLine& line : lines)
            order.lines[static_cast<std::size_t>(line.line - 1)].closed = closed;
    });
}

void count_orders(Requisitions& requisitions, const CompanyCode& company,
                  const std::vector<OrderedLine>& lines, int sign) {
    for (const OrderedLine& line : lines)
        if (line.requisition)
            requisitions.change({company, line.requisition->requisition},
                                [&](Requisition& requisition) { requisition.orders += sign; });
}

}  // namespace

void evolve(PurchaseOrders& orders, const PurchaseLinesClosed& closed) {
    set_closed(orders, {closed.company, closed.order}, closed.lines, true);
}

void evolve(PurchaseOrders& orders, const PurchaseLinesReopened& reopened) {
    set_closed(orders, {reopened.company, reopened.order}, reopened.lines, false);
}

void evolve(AllOrderSeries& series, const PurchaseOrderPlaced& placed) {
    if (placed.number) series.put({placed.company, placed.number->series}, {placed.number->count});
}

void evolve(Requisitions& requisitions, const PurchaseOrderPlaced& placed) {
    count_orders(requisitions, placed.company, placed.lines, +1);
}

void evolve(Requisitions& requisitions, const PurchaseOrderAmended& amended) {
    count_orders(requisitions, amended.company, amended.was, -1);
    count_orders(requisitions, amended.company, amended.becomes, +1);
}

void evolve(Frameworks& frameworks, const PurchaseOrderPlaced& placed) {
    for (const CallOff& one : call_offs_of(placed.lines, +1))
        call_off(frameworks, placed.company, one);
}

void evolve(Frameworks& frameworks, const PurchaseOrderAmended& amended) {
    for (const CallOff& one : call_offs_of(amended.was, -1))
        call_off(frameworks, amended.company, one);
    for (const CallOff& one : call_offs_of(amended.becomes, +1))
        call_off(frameworks, amended.company, one);
}

void evolve(Frameworks& frameworks, const PurchaseLinesClosed& closed) {
    for (const UndeliveredLine& line : closed.lines)
        if (line.framework) call_off(frameworks, closed.company, call_off_of(line, -1));
}

void evolve(Frameworks& frameworks, const PurchaseLinesReopened& reopened) {
    for (const UndeliveredLine& line : reopened.lines)
        if (line.framework) call_off(frameworks, reopened.company, call_off_of(line, +1));
}

Part purchase_orders() {
    return Part()
        .table<PurchaseOrders>("purchasing.orders")
        .table<AllOrderSeries>("purchasing.order_series")
        .commands<PlacePurchaseOrder, AmendPurchaseOrder, ConfirmPurchaseOrder, ClosePurchaseLines,
                  ReopenPurchaseLines>()
        .event<PurchaseOrderPlaced, PurchaseOrders, AllOrderSeries, Requisitions, Frameworks>()
        .event<PurchaseOrderAmended, PurchaseOrders, Requisitions, Frameworks>()
        .event<PurchaseOrderConfirmed, PurchaseOrders>()
        .event<PurchaseLinesClosed, PurchaseOrders, Frameworks>()
        .event<PurchaseLinesReopened, PurchaseOrders, Frameworks>();
}

}  // namespace kontor::purchasing
