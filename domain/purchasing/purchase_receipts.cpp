// What came of an order, at which cost, and how a receipt is taken back.
#include "domain/purchasing/purchase_receipts.h"

#include "domain/core/catalog.h"
#include "domain/inventory/moving.h"
#include "domain/ledger/policy.h"
#include "domain/ledger/rates.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kontor::purchasing {

namespace {

// What is left of an order's line while the lines of one receipt are looked at.
struct Left {
    std::int64_t delivered = 0;
    Valued ahead;
};

class Receiving {
public:
    Receiving(const World& world, const ReceivePurchase& receive, const PurchaseOrder& order,
              Date day, const RateOfDocument& rate)
        : world_(world),
          receive_(receive),
          order_(order),
          day_(day),
          rate_(rate),
          base_(world.of<companies::Companies>().find(receive.company)->base_currency),
          prepaid_(order.prepaid) {}

    Objection add(const CameOfLine& came, ReceivedLine& line) {
        const OrderLineState* state = order_.line(came.line);
        if (!state) return purchase_line_unknown.about(came.line);
        if (state->closed) return purchase_line_closed.about(came.line, state->ordered.item);
        const OrderedLine& ordered = state->ordered;
        Left& left = left_.try_emplace(came.line, Left{state->progress.delivered(), state->ahead})
                         .first->second;
        line.order_line = came.line;
        line.item = ordered.item;
        if (Objection fault = find_quantities(came, ordered, left, line)) return fault;
        line.rejected_because = came.rejected_because;
        line.price = ordered.price;
        if (Objection fault = find_accounts(ordered, line)) return fault;
        if (ordered.stocked) {
            line.warehouse = came.warehouse ? came.warehouse : ordered.warehouse;
            line.lot = came.lot;
            line.expires = came.expires;
            if (line.accepted().micro > 0) line.stock_line = ++stock_lines_;
        }
        return find_cost(ordered, left, line);
    }

private:
    Objection find_quantities(const CameOfLine& came, const OrderedLine& ordered, Left& left,
                              ReceivedLine& line) {
        const Quantity rest{std::max<std::int64_t>(0, ordered.base.micro - left.delivered),
                            ordered.base.unit};
        if (Objection fault = find_quantity(world_, receive_.company, ordered.item,
                                            came.quantity.value_or(rest), line.received))
            return fault;
        line.rejected = {0, ordered.base.unit};
        if (came.rejected)
            if (Objection fault = find_quantity(world_, receive_.company, ordered.item,
                                                *came.rejected, line.rejected))
                return fault;
        if (line.rejected.micro > line.received.micro)
            return rejected_beyond_received.about(ordered.item, line.rejected);
        left.delivered += line.accepted().micro;
        if (left.delivered > most_to_receive(ordered))
            return received_beyond_order.about(
                ordered.item, Quantity{left.delivered, ordered.base.unit},
                Quantity{most_to_receive(ordered), ordered.base.unit});
        return {};
    }

    Objection find_accounts(const OrderedLine& ordered, ReceivedLine& line) const {
        if (ordered.stocked) {
            const auto* posting =
                inventory::stock_posting_of(world_, receive_.company, ordered.item, day_);
            if (!posting) return inventory::stock_accounts_missing.about(ordered.item);
            line.account = posting->accounts.received;
            return {};
        }
        const auto* accounts = world_.of<PurchasePostings>().find(receive_.company);
        if (!accounts) return purchase_accounts_missing.about(ordered.item);
        line.account = accounts->received;
        line.expense = ordered.expense.value_or(accounts->expense);
        return {};
    }

    // What was invoiced before comes in at that; of the rest, what was paid before at the rate of
    // that payment, and what is left at the rate of the receipt.
    Objection find_cost(const OrderedLine& ordered, Left& left, ReceivedLine& line) {
        const std::int64_t accepted = line.accepted().micro;
        const std::int64_t of_ahead = std::min(accepted, left.ahead.quantity);
        if (of_ahead > 0) line.ahead = left.ahead.part(of_ahead);
        left.ahead -= line.ahead;
        const auto owed =
            amount_of(ordered.price, ordered.quantity, ordered.base, accepted - of_ahead);
        if (!owed) return purchase_too_large.about(ordered.item);
        line.prepaid.amount = std::min(owed->minor, prepaid_.amount);
        if (line.prepaid.amount > 0)
            line.prepaid.base =
                line.prepaid.amount == prepaid_.amount
                    ? prepaid_.base
                    : static_cast<std::int64_t>(divide(Wide{prepaid_.base} * line.prepaid.amount,
                                                       prepaid_.amount, Rounding::half_up));
        prepaid_ -= line.prepaid;
        const auto cost =
            rate_.in_base({owed->minor - line.prepaid.amount, order_.currency}, base_);
        if (!cost) return purchase_too_large.about(ordered.item);
        line.owed = {owed->minor + line.ahead.amount, order_.currency};
        line.cost = {cost->minor + line.prepaid.base + line.ahead.base, base_};
        if (line.cost.minor > most_money || line.owed.minor > most_money)
            return purchase_too_large.about(ordered.item);
        return {};
    }

    const World& world_;
    const ReceivePurchase& receive_;
    const PurchaseOrder& order_;
    const Date day_;
    const RateOfDocument& rate_;
    const Currency base_;
    Valued prepaid_;
    std::map<std::int64_t, Left> left_;
    std::int64_t stock_lines_ = 0;
};

// All that is open, where a receipt names no lines.
std::vector<CameOfLine> all_open(const PurchaseOrder& order) {
    std::vector<CameOfLine> lines;
    for (const OrderLineState& line : order.lines)
        if (open_of(line) > 0) {
            CameOfLine came;
            came.line = line.ordered.line;
            lines.push_back(std::move(came));
        }
    return lines;
}

}  // namespace

std::optional<Money> RateOfDocument::in_base(Money amount, Currency base) const {
    if (amount.currency == base) return amount;
    return said ? converted(amount, *said, base, Rounding::half_up)
                : converted(amount, *found, base);
}

std::optional<Rate> RateOfDocument::shown() const {
    return said ? said : found ? rounded(*found) : std::nullopt;
}

Objection find_rate(const World& world, const CompanyCode& company, Currency currency,
                    const std::optional<Rate>& said, Date day, RateOfDocument& rate) {
    const Currency base = world.of<companies::Companies>().find(company)->base_currency;
    if (said && (said->units <= 0 || currency == base))
        return receipt_rate_unfit.about(currency, base);
    rate.said = said;
    if (said || currency == base) return {};
    const auto found = ledger::rate_on(world, company, ledger::policy_of(world, company).rate_type,
                                       currency, base, day);
    if (!found) return receipt_rate_unknown.about(currency, day);
    rate.found = found->rate;
    return {};
}

const ReceiptLineState* PurchaseReceipt::line(std::int64_t number) const {
    if (number < 1 || number > std::ssize(lines)) return nullptr;
    return &lines[static_cast<std::size_t>(number - 1)];
}

Decision<PurchaseReceived> decide(const World& world, const ReceivePurchase& receive,
                                  const Context& context) {
    const PurchaseOrder* order = world.of<PurchaseOrders>().find({receive.company, receive.order});
    if (!order) return purchase_order_unknown.about(receive.order);
    if (world.of<PurchaseReceipts>().find({receive.company, receive.receipt}))
        return purchase_receipt_exists.about(receive.receipt);
    const Date day = receive.date.value_or(context.today);
    RateOfDocument rate;
    if (Objection fault =
            find_rate(world, receive.company, order->currency, receive.rate, day, rate))
        return fault;
    if (!ledger::fiscal_day(world, receive.company, day))
        return ledger::date_outside_calendar.about(day);
    const auto posted_on = inventory::day_of_entry(world, receive.company, day, context);
    if (!posted_on) return inventory::stock_day_closed.about(day);
    PurchaseReceived received{receive.company,
                              receive.receipt,
                              receive.order,
                              order->supplier,
                              day,
                              *posted_on,
                              rate.shown(),
                              {},
                              receive.delivery_note};
    const auto came = receive.lines.empty() ? all_open(*order) : receive.lines;
    if (came.empty()) return purchase_line_closed;
    Receiving receiving(world, receive, *order, day, rate);
    for (std::size_t at = 0; at < came.size(); ++at) {
        ReceivedLine line;
        line.line = static_cast<std::int64_t>(at) + 1;
        if (Objection fault = receiving.add(came[at], line))
            return std::move(fault).at("lines", at);
        received.lines.push_back(std::move(line));
    }
    return received;
}

Decision<PurchaseReceiptReversed> decide(const World& world, const ReversePurchaseReceipt& reverse,
                                         const Context& context) {
    const PurchaseReceipt* receipt =
        world.of<PurchaseReceipts>().find({reverse.company, reverse.receipt});
    if (!receipt) return purchase_receipt_unknown.about(reverse.receipt);
    if (receipt->reversed) return purchase_receipt_reversed.about(reverse.receipt);
    PurchaseReceiptReversed reversed{reverse.company, reverse.receipt, receipt->order,
                                     receipt->date,   receipt->date,   {},
                                     reverse.reason};
    for (const ReceiptLineState& line : receipt->lines) {
        Valued open = line.received.valued();
        open -= line.received.ahead;
        if (line.open != open || line.returned.quantity != 0)
            return purchase_receipt_settled.about(line.received.item);
        reversed.lines.push_back(line.received);
    }
    const auto posted_on = inventory::day_of_entry(world, reverse.company, receipt->date, context);
    if (!posted_on) return inventory::stock_day_closed.about(receipt->date);
    reversed.posted_on = *posted_on;
    return reversed;
}

Decision<OrderPrepaid> decide(const World& world, const PrepayOrder& prepay, const Context&) {
    const PurchaseOrder* order = world.of<PurchaseOrders>().find({prepay.company, prepay.order});
    if (!order) return purchase_order_unknown.about(prepay.order);
    const Currency base = world.of<companies::Companies>().find(prepay.company)->base_currency;
    if (prepay.amount.currency != order->currency || prepay.base.currency != base ||
        (order->currency == base && prepay.amount != prepay.base))
        return prepaid_currency_differs.about(order->currency, base);
    return OrderPrepaid{prepay.company, prepay.order, prepay.amount, prepay.base};
}

void evolve(PurchaseReceipts& receipts, const PurchaseReceived& received) {
    PurchaseReceipt receipt{received.order, received.date, received.rate, false, {}};
    for (const ReceivedLine& line : received.lines) {
        ReceiptLineState state{line, line.valued(), line.prepaid, {}, {}};
        state.open -= line.ahead;
        state.open_prepaid.quantity = state.open.quantity;
        receipt.lines.push_back(std::move(state));
    }
    receipts.put({received.company, received.receipt}, std::move(receipt));
}

void evolve(PurchaseReceipts& receipts, const PurchaseReceiptReversed& reversed) {
    receipts.change({reversed.company, reversed.receipt},
                    [](PurchaseReceipt& receipt) { receipt.reversed = true; });
}

namespace {

void count_receipt(PurchaseOrders& orders, const PurchaseOrderKey& key,
                   const PurchaseReceiptId& receipt, const std::vector<ReceivedLine>& lines,
                   int sign) {
    orders.change(key, [&](PurchaseOrder& order) {
        for (const ReceivedLine& line : lines) {
            auto& of = order.lines[static_cast<std::size_t>(line.order_line - 1)];
            of.progress.received += sign * line.received.micro;
            of.progress.rejected += sign * line.rejected.micro;
            const PurchaseReceiptLineRef ref{receipt, line.line};
            if (sign > 0) {
                of.ahead -= line.ahead;
                order.prepaid -= line.prepaid;
                of.receipts.push_back(ref);
            } else {
                of.ahead += line.ahead;
                order.prepaid += line.prepaid;
                std::erase(of.receipts, ref);
            }
        }
    });
}

}  // namespace

void evolve(PurchaseOrders& orders, const PurchaseReceived& received) {
    count_receipt(orders, {received.company, received.order}, received.receipt, received.lines, +1);
}

void evolve(PurchaseOrders& orders, const PurchaseReceiptReversed& reversed) {
    count_receipt(orders, {reversed.company, reversed.order}, reversed.receipt, reversed.lines, -1);
}

void evolve(PurchaseOrders& orders, const OrderPrepaid& prepaid) {
    orders.change({prepaid.company, prepaid.order}, [&](PurchaseOrder& order) {
        order.prepaid += Valued{0, prepaid.amount.minor, prepaid.base.minor};
    });
}

Part purchase_receipts() {
    return Part()
        .table<PurchaseReceipts>("purchasing.receipts")
        .commands<ReceivePurchase, ReversePurchaseReceipt, PrepayOrder>()
        .event<PurchaseReceived, PurchaseReceipts, PurchaseOrders>()
        .event<PurchaseReceiptReversed, PurchaseReceipts, PurchaseOrders>()
        .event<OrderPrepaid, PurchaseOrders>();
}

}  // namespace kontor::purchasing
