// When something is sold, and how an order becomes another one.
#include "domain/sales/sales_orders.h"

#include "domain/core/catalog.h"
#include "domain/sales/selling.h"

#include <algorithm>
#include <set>
#include <utility>

namespace kontor::sales {

namespace {

Objection find_counterparty(const World& world, const PlaceSalesOrder& place, Date day,
                            parties::CounterpartyCode& counterparty) {
    if (place.counterparty) {
        counterparty = *place.counterparty;
        return parties::fault_of_serving(world, place.company, place.customer, counterparty, day);
    }
    const auto preferred = parties::default_counterparty(world, place.company, place.customer, day);
    if (!preferred) return customer_without_counterparty.about(place.customer, day);
    counterparty = *preferred;
    return {};
}

Currency currency_of(const World& world, const PlaceSalesOrder& place) {
    if (place.currency) return *place.currency;
    for (const SalesLine& line : place.lines)
        if (line.price) return line.price->currency;
    return world.of<companies::Companies>().find(place.company)->base_currency;
}

Objection find_contract(const World& world, const PlaceSalesOrder& place,
                        SalesOrderPlaced& placed) {
    const contracts::ContractWanted wanted{contracts::ContractKind::sale, placed.customer,
                                           placed.counterparty, placed.currency, placed.date};
    if (place.contract) {
        placed.contract = *place.contract;
        return contracts::fault_of_contract(world, place.company, placed.contract, wanted);
    }
    const contracts::ContractChosen chosen = contracts::contract_for(world, place.company, wanted);
    placed.contract = chosen.contract;
    placed.contract_by_default = !chosen.exists;
    return {};
}

// The lines that a command names, or all that are as closed as it says where it names none.
Objection find_named(const SalesOrder& order, const std::vector<std::int64_t>& named, bool closed,
                     const Reason& otherwise, std::vector<std::int64_t>& lines) {
    if (named.empty())
        for (const SalesLineState& line : order.lines)
            if (line.closed == closed) lines.push_back(line.sold.line);
    std::set<std::int64_t> seen;
    for (std::size_t at = 0; at < named.size(); ++at) {
        const SalesLineState* line = order.line(named[at]);
        if (!line) return sales_line_unknown.about(named[at]).at("lines", at);
        if (!seen.insert(named[at]).second)
            return sales_line_twice.about(named[at]).at("lines", at);
        if (line->closed != closed) return otherwise.about(named[at]).at("lines", at);
        lines.push_back(named[at]);
    }
    if (lines.empty()) return otherwise;
    return {};
}

void set_closed(SalesOrder& order, const std::vector<std::int64_t>& lines, bool closed) {
    for (const std::int64_t line : lines)
        order.lines[static_cast<std::size_t>(line - 1)].closed = closed;
}

UninvoicedChange change_by_closing(const SalesOrder& order, const std::vector<std::int64_t>& lines,
                                   bool closed) {
    SalesOrder after = order;
    set_closed(after, lines, closed);
    return change_between(order, after);
}

void become(SalesOrder& order, const std::vector<SoldLine>& lines) {
    for (const SoldLine& line : lines) {
        const auto at = static_cast<std::size_t>(line.line - 1);
        if (at == order.lines.size()) order.lines.push_back({line, {}, false});
        order.lines[at].sold = line;
    }
}

}  // namespace

Decision<SalesOrderPlaced> decide(const World& world, const PlaceSalesOrder& place,
                                  const Context& context) {
    if (!world.of<companies::Companies>().find(place.company))
        return companies::company_unknown.about(place.company);
    if (world.of<SalesOrders>().find({place.company, place.order}))
        return sales_order_exists.about(place.order);
    SalesOrderPlaced placed;
    placed.company = place.company;
    placed.order = place.order;
    placed.customer = place.customer;
    placed.date = place.date.value_or(context.today);
    placed.reference = place.reference;
    placed.seller = place.seller;
    placed.text = place.text;
    if (Objection fault =
            parties::fault_of_selling_to(world, place.company, place.customer, placed.date))
        return fault;
    if (place.seller && !world.of<parties::Parties>().find({place.company, *place.seller}))
        return parties::party_unknown.about(*place.seller);
    if (Objection fault = find_counterparty(world, place, placed.date, placed.counterparty))
        return fault;
    placed.country = place.country.value_or(
        world.of<parties::Counterparties>().find({place.company, placed.counterparty})->country);
    if (!parties::is_country(placed.country.text))
        return parties::country_unknown.about(placed.country);
    placed.currency = currency_of(world, place);
    if (Objection fault = find_contract(world, place, placed)) return fault;
    const SaleHead head{place.company,   placed.customer, placed.contract,
                        placed.currency, placed.date,     place.due.value_or(placed.date),
                        place.warehouse};
    std::vector<AskedLine> asked;
    for (std::size_t at = 0; at < place.lines.size(); ++at)
        asked.push_back({at, static_cast<std::int64_t>(at) + 1, &place.lines[at]});
    const SaleOffer offer{place.promotions, pricing::UsingDocumentId{place.order.uuid}};
    if (Objection fault = find_sold_lines(world, head, offer, asked, placed.lines)) return fault;
    SaleTotals totals;
    if (Objection fault =
            find_totals(world, place.company, placed.currency, placed.date, placed.lines, totals))
        return fault;
    placed.net = totals.net;
    placed.gross = totals.gross;
    placed.number = next_number(world, place.company, sales_policy_of(world, place.company).orders,
                                placed.date);
    return placed;
}

Decision<SalesOrderAmended> decide(const World& world, const AmendSalesOrder& amend,
                                   const Context& context) {
    const SalesOrder* order = world.of<SalesOrders>().find({amend.company, amend.order});
    if (!order) return sales_order_unknown.about(amend.order);
    const SaleHead head{amend.company,   order->customer, order->contract,
                        order->currency, order->date,     std::max(order->date, context.today),
                        std::nullopt};
    SalesOrderAmended amended{
        amend.company, amend.order, order->version + 1, {}, {}, {}, {}, amend.reason,
        context.today, {}};
    std::vector<AskedLine> added;
    std::vector<SoldLine> all;
    for (const SalesLineState& line : order->lines) all.push_back(line.sold);
    std::set<std::int64_t> named;
    for (std::size_t at = 0; at < amend.lines.size(); ++at) {
        const AmendedSalesLine& one = amend.lines[at];
        SoldLine line;
        if (!one.line) {
            if (!one.added) return Objection(sales_line_unknown).at("lines", at);
            added.push_back({at, std::ssize(order->lines) + std::ssize(added) + 1, &*one.added});
            continue;
        }
        const SalesLineState* was = order->line(*one.line);
        if (!was) return sales_line_unknown.about(*one.line).at("lines", at);
        if (!named.insert(*one.line).second)
            return sales_line_twice.about(*one.line).at("lines", at);
        if (was->closed) return sales_line_closed.about(*one.line).at("lines", at);
        if (Objection fault = find_amended_line(world, head, *was, one, line))
            return std::move(fault).at("lines", at);
        all[static_cast<std::size_t>(*one.line - 1)] = std::move(line);
    }
    const SaleOffer offer{{}, pricing::UsingDocumentId{amend.order.uuid}};
    if (Objection fault = find_sold_lines(world, head, offer, added, all)) return fault;
    SaleTotals totals;
    if (Objection fault =
            find_totals(world, amend.company, order->currency, order->date, all, totals))
        return std::move(fault).of_what_is_kept();
    amended.net = amended.gross = Money{0, order->currency};
    for (const SoldLine& line : all) {
        const SalesLineState* was = order->line(line.line);
        // What is included of a tax is shared out anew; lines that nobody named keep their share.
        const bool kept = was && (!named.contains(line.line) || was->sold == line);
        amended.net = amended.net + (kept ? was->sold.net : line.net);
        amended.gross = amended.gross + (kept ? was->sold.gross : line.gross);
        if (kept) continue;
        if (was) amended.was.push_back(was->sold);
        amended.becomes.push_back(line);
    }
    if (amended.becomes.empty()) return sales_order_unchanged.about(amend.order);
    SalesOrder after = *order;
    become(after, amended.becomes);
    amended.uninvoiced = change_between(*order, after);
    return amended;
}

Decision<SalesLinesClosed> decide(const World& world, const CloseSalesLines& close,
                                  const Context&) {
    const SalesOrder* order = world.of<SalesOrders>().find({close.company, close.order});
    if (!order) return sales_order_unknown.about(close.order);
    SalesLinesClosed closed{close.company, close.order, {}, close.reason, {}};
    if (Objection fault = find_named(*order, close.lines, false, sales_line_closed, closed.lines))
        return fault;
    closed.uninvoiced = change_by_closing(*order, closed.lines, true);
    return closed;
}

Decision<SalesLinesReopened> decide(const World& world, const ReopenSalesLines& reopen,
                                    const Context&) {
    const SalesOrder* order = world.of<SalesOrders>().find({reopen.company, reopen.order});
    if (!order) return sales_order_unknown.about(reopen.order);
    SalesLinesReopened reopened{reopen.company, reopen.order, {}, reopen.reason, {}};
    if (Objection fault = find_named(*order, reopen.lines, true, sales_line_open, reopened.lines))
        return fault;
    reopened.uninvoiced = change_by_closing(*order, reopened.lines, false);
    return reopened;
}

Decision<SalesOrderHeld> decide(const World& world, const HoldSalesOrder& hold, const Context&) {
    const SalesOrder* order = world.of<SalesOrders>().find({hold.company, hold.order});
    if (!order) return sales_order_unknown.about(hold.order);
    if (order->held) return sales_order_held.about(hold.order, *order->held);
    return SalesOrderHeld{hold.company, hold.order, hold.reason};
}

Decision<SalesOrderReleased> decide(const World& world, const ReleaseSalesOrder& release,
                                    const Context&) {
    const SalesOrder* order = world.of<SalesOrders>().find({release.company, release.order});
    if (!order) return sales_order_unknown.about(release.order);
    if (!order->held && order->released) return sales_order_not_held.about(release.order);
    return SalesOrderReleased{release.company, release.order, release.reason};
}

void evolve(SalesOrders& orders, const SalesOrderPlaced& placed) {
    SalesOrder order{placed.customer,
                     placed.counterparty,
                     placed.contract,
                     placed.currency,
                     placed.date,
                     1,
                     std::nullopt,
                     {},
                     false};
    for (const SoldLine& line : placed.lines) order.lines.push_back({line, {}, false});
    orders.put({placed.company, placed.order}, std::move(order));
}

void evolve(SalesOrders& orders, const SalesOrderAmended& amended) {
    orders.change({amended.company, amended.order}, [&](SalesOrder& order) {
        order.version = amended.version;
        become(order, amended.becomes);
        // Who released it answered for what it came to then.
        if (amended.uninvoiced.amount.minor > 0) order.released = false;
    });
}

void evolve(SalesOrders& orders, const SalesLinesClosed& closed) {
    orders.change({closed.company, closed.order},
                  [&](SalesOrder& order) { set_closed(order, closed.lines, true); });
}

void evolve(SalesOrders& orders, const SalesLinesReopened& reopened) {
    orders.change({reopened.company, reopened.order},
                  [&](SalesOrder& order) { set_closed(order, reopened.lines, false); });
}

void evolve(SalesOrders& orders, const SalesOrderHeld& held) {
    orders.change({held.company, held.order}, [&](SalesOrder& order) { order.held = held.reason; });
}

void evolve(SalesOrders& orders, const SalesOrderReleased& released) {
    orders.change({released.company, released.order}, [](SalesOrder& order) {
        order.held.reset();
        order.released = true;
    });
}

void evolve(UninvoicedSales& sales, const SalesOrderPlaced& placed) {
    apply(sales, placed.company, {placed.counterparty, placed.contract, placed.gross});
}

void evolve(UninvoicedSales& sales, const SalesOrderAmended& amended) {
    apply(sales, amended.company, amended.uninvoiced);
}

void evolve(UninvoicedSales& sales, const SalesLinesClosed& closed) {
    apply(sales, closed.company, closed.uninvoiced);
}

void evolve(UninvoicedSales& sales, const SalesLinesReopened& reopened) {
    apply(sales, reopened.company, reopened.uninvoiced);
}

void evolve(SalesSeries& series, const SalesOrderPlaced& placed) {
    count(series, placed.company, placed.number);
}

Part sales_orders() {
    return Part()
        .table<SalesOrders>("sales.orders")
        .table<UninvoicedSales>("sales.uninvoiced")
        .commands<PlaceSalesOrder, AmendSalesOrder, CloseSalesLines, ReopenSalesLines,
                  HoldSalesOrder, ReleaseSalesOrder>()
        .event<SalesOrderPlaced, SalesOrders, SalesSeries, UninvoicedSales>()
        .event<SalesOrderAmended, SalesOrders, UninvoicedSales>()
        .event<SalesLinesClosed, SalesOrders, UninvoicedSales>()
        .event<SalesLinesReopened, SalesOrders, UninvoicedSales>()
        .event<SalesOrderHeld, SalesOrders>()
        .event<SalesOrderReleased, SalesOrders>();
}

}  // namespace kontor::sales
