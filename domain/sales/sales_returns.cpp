// What can come back of a delivery, and what of revenue goes with it.
#include "domain/sales/sales_returns.h"

#include "domain/core/catalog.h"

#include <algorithm>
#include <utility>

namespace kontor::sales {

namespace {

void change_line(SalesOrder& order, const ReturnedSaleLine& line) {
    SoldProgress& progress = order.lines[static_cast<std::size_t>(line.order_line - 1)].progress;
    progress.returned += line.base.micro;
    progress.earned_minor += line.earned.amount.minor;
    progress.earned_base += line.earned.base.minor;
    apply(progress, line.position);
}

// A return that is being made of lines of a delivery, which are kept as they will stand.
class Returning {
public:
    Returning(const World& world, const ReturnSale& asked, const SaleDelivery& delivery,
              SaleReturned& returned)
        : world_(world),
          asked_(asked),
          delivery_(delivery),
          returned_(returned),
          order_(*world.of<SalesOrders>().find({asked.company, delivery.order})) {
        delivery_.returned.resize(delivery_.lines.size());
    }

    Objection add(const SaleReturnAsk& ask) {
        if (ask.line < 1 || ask.line > std::ssize(delivery_.lines))
            return delivery_line_unknown.about(ask.line);
        const DeliveredSaleLine& went = line_of(ask.line);
        ReturnedSaleLine line;
        if (Objection fault = find_quantity_of(ask, went, line)) return fault;
        line.line = ask.line;
        line.order_line = went.line;
        line.item = went.item;
        line.warehouse = ask.warehouse ? ask.warehouse : went.warehouse;
        line.location = ask.location;
        line.lot = went.lot;
        line.state = ask.state;
        line.accounts = went.accounts;
        line.journal = went.journal;
        if (!asked_.without_goods)
            if (Objection fault = find_goods(went, line)) return fault;
        take_back(line);
        returned_.lines.push_back(std::move(line));
        return {};
    }
    // All that is not back yet.
    Objection add_all() {
        for (std::size_t at = 0; at < delivery_.lines.size(); ++at) {
            if (delivery_.returned[at] == delivery_.lines[at].base.micro) continue;
            SaleReturnAsk ask;
            ask.line = static_cast<std::int64_t>(at) + 1;
            if (Objection fault = add(ask)) return std::move(fault).of_what_is_kept();
        }
        return returned_.lines.empty() ? Objection(returned_beyond_delivery) : Objection();
    }
    const SalesOrder& order() const { return order_; }

private:
    const DeliveredSaleLine& line_of(std::int64_t number) const {
        return delivery_.lines[static_cast<std::size_t>(number - 1)];
    }
    Objection find_quantity_of(const SaleReturnAsk& ask, const DeliveredSaleLine& went,
                               ReturnedSaleLine& line) {
        std::int64_t& returned = delivery_.returned[static_cast<std::size_t>(ask.line - 1)];
        const std::int64_t left = went.base.micro - returned;
        line.base = {left, went.base.unit};
        if (ask.quantity)
            if (Objection fault = inventory::find_quantity(world_, asked_.company, went.item,
                                                           *ask.quantity, line.base))
                return fault;
        if (left == 0 || line.base.micro > left)
            return returned_beyond_delivery.about(went.item, Quantity{left, went.base.unit});
        returned += line.base.micro;
        return {};
    }
    Objection find_goods(const DeliveredSaleLine& went, ReturnedSaleLine& line) {
        std::int64_t before = 0;
        for (std::int64_t number = 1; number < line.line; ++number)
            before += std::ssize(line_of(number).leaves);
        for (const LeavingStock& leaving : went.leaves) {
            const Wide part = Wide{leaving.quantity.micro} * line.base.micro;
            ComingBack back{leaving.item, leaving.quantity, ++before};
            back.quantity.micro = static_cast<std::int64_t>(part / went.base.micro);
            if (part % went.base.micro != 0 ||
                !items::fits_unit(world_, asked_.company, back.quantity))
                return kit_not_openable.about(went.item, leaving.item);
            line.back.push_back(std::move(back));
        }
        return {};
    }
    // What is not invoiced comes back first, at what is unbilled of it; the rest at its share of
    // what the line has earned beside that, which credits of the price have made less.
    void take_back(ReturnedSaleLine& line) {
        const SoldProgress& progress =
            order_.lines[static_cast<std::size_t>(line.order_line - 1)].progress;
        const Currency base = world_.of<companies::Companies>().find(asked_.company)->base_currency;
        const std::int64_t uninvoiced =
            std::max<std::int64_t>(0, progress.kept() - progress.invoiced);
        const std::int64_t part = std::min(line.base.micro, uninvoiced);
        const std::int64_t rest = line.base.micro - part;
        const auto share = [&](std::int64_t unbilled, std::int64_t earned) {
            std::int64_t sum = part == 0 ? 0 : share_of_rest(unbilled, uninvoiced, part);
            if (rest > 0)
                sum += share_of_rest(earned - unbilled, progress.kept() - uninvoiced, rest);
            return sum;
        };
        const Money amount{share(progress.unbilled_minor, progress.earned_minor), order_.currency};
        const Money booked{share(progress.unbilled_base, progress.earned_base), base};
        line.position = returned_for(progress, amount, booked);
        line.earned = {-amount, -booked};
        change_line(order_, line);
    }

    const World& world_;
    const ReturnSale& asked_;
    SaleDelivery delivery_;  // as it will stand
    SaleReturned& returned_;
    SalesOrder order_;  // as it will stand
};

}  // namespace

Decision<SaleReturned> decide(const World& world, const ReturnSale& asked, const Context& context) {
    const SaleDelivery* delivery = world.of<SaleDeliveries>().find({asked.company, asked.delivery});
    if (!delivery) return sale_delivery_unknown.about(asked.delivery);
    if (world.of<SaleReturns>().find({asked.company, asked.sale_return}))
        return sale_return_exists.about(asked.sale_return);
    if (delivery->reversed) return sale_delivery_reversed.about(asked.delivery);
    const SalesOrder& order = *world.of<SalesOrders>().find({asked.company, delivery->order});
    SaleReturned returned{asked.company,
                          asked.sale_return,
                          asked.delivery,
                          delivery->order,
                          order.customer,
                          asked.date.value_or(context.today),
                          {},
                          asked.reason,
                          {},
                          {}};
    if (returned.date < delivery->date)
        return returned_before_delivery.about(returned.date, delivery->date);
    if (!ledger::fiscal_day(world, asked.company, returned.date))
        return ledger::date_outside_calendar.about(returned.date);
    Returning returning(world, asked, *delivery, returned);
    for (std::size_t at = 0; at < asked.lines.size(); ++at)
        if (Objection fault = returning.add(asked.lines[at]))
            return std::move(fault).at("lines", at);
    if (asked.lines.empty())
        if (Objection fault = returning.add_all()) return fault;
    returned.uninvoiced = change_between(order, returning.order());
    returned.posted = day_posted(world, asked.company, returned.date, context);
    return returned;
}

void evolve(SaleReturns& returns, const SaleReturned& returned) {
    returns.put({returned.company, returned.sale_return}, {returned.delivery});
}

void evolve(SaleDeliveries& deliveries, const SaleReturned& returned) {
    deliveries.change({returned.company, returned.delivery}, [&](SaleDelivery& delivery) {
        delivery.returned.resize(delivery.lines.size());
        for (const ReturnedSaleLine& line : returned.lines)
            delivery.returned[static_cast<std::size_t>(line.line - 1)] += line.base.micro;
    });
}

void evolve(SalesOrders& orders, const SaleReturned& returned) {
    orders.change({returned.company, returned.order}, [&](SalesOrder& order) {
        for (const ReturnedSaleLine& line : returned.lines) change_line(order, line);
    });
}

void evolve(UninvoicedSales& sales, const SaleReturned& returned) {
    apply(sales, returned.company, returned.uninvoiced);
}

Part sale_returns() {
    return Part()
        .table<SaleReturns>("sales.returns")
        .commands<ReturnSale>()
        .event<SaleReturned, SaleReturns, SaleDeliveries, SalesOrders, UninvoicedSales>();
}

}  // namespace kontor::sales
