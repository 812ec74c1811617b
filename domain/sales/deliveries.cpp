// When something may be delivered, and what is earned by it.
#include "domain/sales/deliveries.h"

#include "domain/core/catalog.h"

#include <utility>

namespace kontor::sales {

namespace {

// A delivery that is being made of its lines. Several lines may be of one line of the order, such
// as of two lots, so each counts those before it.
class Delivering {
public:
    Delivering(const World& world, SaleDelivered& delivered, const SalesOrder& order,
               const DayRate& rate)
        : world_(world), delivered_(delivered), order_(order), rate_(rate) {}

    Objection add(const DeliveryAsk& ask) {
        if (ask.line < 1 || ask.line > std::ssize(order_.lines))
            return sales_line_unknown.about(ask.line);
        SalesLineState& line = order_.lines[static_cast<std::size_t>(ask.line - 1)];
        if (line.closed) return sales_line_closed.about(ask.line, line.sold.item);
        DeliveredSaleLine goes;
        if (Objection fault = find_quantity_of(line, ask, goes)) return fault;
        if (Objection fault = find_stock(line.sold, ask, goes)) return fault;
        if (Objection fault = find_earned(line, goes)) return fault;
        delivered_.lines.push_back(std::move(goes));
        return {};
    }
    // All that is still to go.
    Objection add_open() {
        for (std::size_t at = 0; at < order_.lines.size(); ++at) {
            if (undelivered_of(order_.lines[at]) == 0) continue;
            DeliveryAsk ask;
            ask.line = order_.lines[at].sold.line;
            if (Objection fault = add(ask)) return std::move(fault).of_what_is_kept();
        }
        return {};
    }

private:
    Objection find_quantity_of(const SalesLineState& line, const DeliveryAsk& ask,
                               DeliveredSaleLine& goes) {
        const SoldLine& sold = line.sold;
        const std::int64_t open = undelivered_of(line);
        goes.base = Quantity{open, sold.base.unit};
        if (ask.quantity)
            if (Objection fault = inventory::find_quantity(world_, delivered_.company, sold.item,
                                                           *ask.quantity, goes.base))
                return fault;
        if (goes.base.micro > open || open == 0)
            return delivered_beyond_order.about(sold.item, Quantity{open, sold.base.unit});
        goes.line = sold.line;
        goes.item = sold.item;
        goes.due = sold.due;
        goes.accounts = sold.accounts;
        goes.journal = sold.journal;
        return {};
    }
    Objection find_stock(const SoldLine& sold, const DeliveryAsk& ask, DeliveredSaleLine& goes) {
        if (sold.kind == items::ItemKind::service)
            return ask.warehouse || ask.location || ask.lot
                       ? sales_warehouse_unwanted.about(sold.item)
                       : Objection();
        goes.warehouse = ask.warehouse ? ask.warehouse : sold.warehouse;
        goes.location = ask.location;
        goes.lot = ask.lot;
        for (const LeavingStock& whole : sold.leaves) {
            const Wide part = Wide{whole.quantity.micro} * goes.base.micro;
            LeavingStock leaving = whole;
            leaving.quantity.micro = static_cast<std::int64_t>(part / sold.base.micro);
            if (part % sold.base.micro != 0 ||
                !items::fits_unit(world_, delivered_.company, leaving.quantity))
                return kit_not_openable.about(sold.item, whole.item);
            goes.leaves.push_back(leaving);
        }
        return {};
    }
    Objection find_earned(SalesLineState& line, DeliveredSaleLine& goes) {
        SoldProgress& progress = line.progress;
        const std::int64_t left = line.sold.base.micro - progress.kept();
        goes.earned.amount =
            Money{share_of_rest(line.sold.net.minor - progress.earned_minor, left, goes.base.micro),
                  order_.currency};
        const auto move = delivered_for(progress, goes.earned.amount, rate_);
        if (!move) return sales_too_large.about(line.sold.item);
        goes.position = *move;
        goes.earned.base = move->unbilled.base - move->liability.base;
        progress.delivered += goes.base.micro;
        progress.earned_minor += goes.earned.amount.minor;
        progress.earned_base += goes.earned.base.minor;
        apply(progress, goes.position);
        return {};
    }

    const World& world_;
    SaleDelivered& delivered_;
    SalesOrder order_;  // as it will stand
    const DayRate& rate_;
};

// What is wrong with a delivery that is no line's.
Objection fault_of_head(const World& world, const DeliverSale& deliver, const SalesOrder& order,
                        const SaleDelivered& delivered) {
    if (order.held) return sales_order_held.about(deliver.order, *order.held);
    if (delivered.date < order.date)
        return delivered_before_order.about(delivered.date, order.date);
    if (deliver.carrier && !world.of<parties::Parties>().find({deliver.company, *deliver.carrier}))
        return parties::party_unknown.about(*deliver.carrier);
    if (deliver.freight && deliver.freight->minor < 0) return freight_unfit.about(*deliver.freight);
    if (!ledger::fiscal_day(world, deliver.company, delivered.date))
        return ledger::date_outside_calendar.about(delivered.date);
    return {};
}

void change_line(SalesOrder& order, const DeliveredSaleLine& goes, std::int64_t sign) {
    SoldProgress& progress = order.lines[static_cast<std::size_t>(goes.line - 1)].progress;
    progress.delivered += sign * goes.base.micro;
    progress.earned_minor += goes.earned.amount.minor;
    progress.earned_base += goes.earned.base.minor;
    apply(progress, goes.position);
}

}  // namespace

Decision<SaleDelivered> decide(const World& world, const DeliverSale& deliver,
                               const Context& context) {
    const SalesOrder* order = world.of<SalesOrders>().find({deliver.company, deliver.order});
    if (!order) return sales_order_unknown.about(deliver.order);
    if (world.of<SaleDeliveries>().find({deliver.company, deliver.delivery}))
        return sale_delivery_exists.about(deliver.delivery);
    SaleDelivered delivered{deliver.company,
                            deliver.delivery,
                            deliver.order,
                            order->customer,
                            order->counterparty,
                            deliver.date.value_or(context.today),
                            {},
                            deliver.carrier,
                            deliver.consignment,
                            deliver.freight,
                            deliver.text,
                            {}};
    if (Objection fault = fault_of_head(world, deliver, *order, delivered)) return fault;
    DayRate rate;
    if (Objection fault =
            find_day_rate(world, deliver.company, order->currency, delivered.date, rate))
        return fault;
    Delivering delivering(world, delivered, *order, rate);
    for (std::size_t at = 0; at < deliver.lines.size(); ++at)
        if (Objection fault = delivering.add(deliver.lines[at]))
            return std::move(fault).at("lines", at);
    if (deliver.lines.empty())
        if (Objection fault = delivering.add_open()) return fault;
    if (delivered.lines.empty()) return nothing_to_deliver.about(deliver.order);
    delivered.posted = day_posted(world, deliver.company, delivered.date, context);
    return delivered;
}

Decision<SaleDeliveryReversed> decide(const World& world, const ReverseSaleDelivery& reverse,
                                      const Context& context) {
    const SaleDelivery* delivery =
        world.of<SaleDeliveries>().find({reverse.company, reverse.delivery});
    if (!delivery) return sale_delivery_unknown.about(reverse.delivery);
    if (delivery->reversed) return sale_delivery_reversed.about(reverse.delivery);
    for (const std::int64_t returned : delivery->returned)
        if (returned != 0) return delivery_returned.about(reverse.delivery);
    const SalesOrder& before = *world.of<SalesOrders>().find({reverse.company, delivery->order});
    SalesOrder order = before;
    SaleDeliveryReversed reversed{reverse.company,
                                  reverse.delivery,
                                  delivery->order,
                                  delivery->date,
                                  delivery->lines,
                                  reverse.reason,
                                  {},
                                  day_posted(world, reverse.company, delivery->date, context)};
    for (DeliveredSaleLine& line : reversed.lines) {
        SalesLineState& state = order.lines[static_cast<std::size_t>(line.line - 1)];
        line.position = returned_for(state.progress, line.earned.amount, line.earned.base);
        line.earned = {-line.earned.amount, -line.earned.base};
        change_line(order, line, -1);
    }
    reversed.uninvoiced = change_between(before, order);
    return reversed;
}

void evolve(SaleDeliveries& deliveries, const SaleDelivered& delivered) {
    deliveries.put({delivered.company, delivered.delivery},
                   {delivered.order, delivered.date, delivered.lines, false, {}});
}

void evolve(SaleDeliveries& deliveries, const SaleDeliveryReversed& reversed) {
    deliveries.change({reversed.company, reversed.delivery},
                      [](SaleDelivery& delivery) { delivery.reversed = true; });
}

void evolve(SalesOrders& orders, const SaleDelivered& delivered) {
    orders.change({delivered.company, delivered.order}, [&](SalesOrder& order) {
        for (const DeliveredSaleLine& line : delivered.lines) change_line(order, line, +1);
    });
}

void evolve(SalesOrders& orders, const SaleDeliveryReversed& reversed) {
    orders.change({reversed.company, reversed.order}, [&](SalesOrder& order) {
        for (const DeliveredSaleLine& line : reversed.lines) change_line(order, line, -1);
    });
}

void evolve(UninvoicedSales& sales, const SaleDeliveryReversed& reversed) {
    apply(sales, reversed.company, reversed.uninvoiced);
}

Part sale_deliveries() {
    return Part()
        .table<SaleDeliveries>("sales.deliveries")
        .commands<DeliverSale, ReverseSaleDelivery>()
        .event<SaleDelivered, SaleDeliveries, SalesOrders>()
        .event<SaleDeliveryReversed, SaleDeliveries, SalesOrders, UninvoicedSales>();
}

}  // namespace kontor::sales
