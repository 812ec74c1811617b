// What is still to come of an order's lines.
#include "domain/purchasing/purchase_order.h"

namespace kontor::purchasing {

namespace {

std::int64_t times(std::int64_t quantity, std::int64_t percent_units, Rounding rounding) {
    return static_cast<std::int64_t>(
        divide(Wide{quantity} * percent_units, ten_to(Percent::digits + 2), rounding));
}

constexpr std::int64_t all = 100'000'000;  // per cent, as Percent keeps them

}  // namespace

std::string to_text(const OrderNumber& number) {
    return number.series + std::to_string(number.count);
}

Valued& Valued::operator+=(const Valued& more) {
    quantity += more.quantity;
    amount += more.amount;
    base += more.base;
    return *this;
}

Valued& Valued::operator-=(const Valued& less) {
    quantity -= less.quantity;
    amount -= less.amount;
    base -= less.base;
    return *this;
}

Valued Valued::part(std::int64_t of_quantity) const {
    if (of_quantity == quantity) return *this;
    if (of_quantity == 0) return {};
    const auto share = [&](std::int64_t value) {
        return static_cast<std::int64_t>(
            divide(Wide{value} * of_quantity, quantity, Rounding::half_up));
    };
    return {of_quantity, share(amount), share(base)};
}

std::int64_t most_to_receive(const OrderedLine& line) {
    return times(line.base.micro, all + line.over_receipt.units, Rounding::down);
}

std::int64_t least_to_receive(const OrderedLine& line) {
    return times(line.base.micro, all - line.under_receipt.units, Rounding::up);
}

std::int64_t open_of(const OrderLineState& line) {
    const std::int64_t delivered = line.progress.delivered();
    if (line.closed || delivered >= least_to_receive(line.ordered)) return 0;
    return line.ordered.base.micro - delivered;
}

const OrderLineState* PurchaseOrder::line(std::int64_t number) const {
    if (number < 1 || number > std::ssize(lines)) return nullptr;
    return &lines[static_cast<std::size_t>(number - 1)];
}

}  // namespace kontor::purchasing
