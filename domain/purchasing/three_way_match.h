// Whether an invoice agrees with what was ordered and what came, line by line and cumulatively.
#pragma once

#include "domain/purchasing/purchase_order.h"

#include <optional>
#include <vector>

namespace kontor::purchasing {

enum class MatchFaultKind : std::uint8_t { more_than_accepted, dearer, cheaper };

void describe(auto& choice, MatchFaultKind) {
    choice.choice("MatchFaultKind", "How a line of an invoice does not match.")
        .value("more_than_accepted",
               "More is invoiced than was received and neither rejected nor returned.")
        .value("dearer", "It is dearer than it was ordered.")
        .value("cheaper", "It is cheaper than it was ordered.");
}

// How a line of an order and all its invoices differ by more than the company tolerates.
struct MatchFault {
    PurchaseOrderId order;
    std::int64_t order_line = 1;
    items::ItemCode item;
    MatchFaultKind kind = MatchFaultKind::more_than_accepted;
    std::optional<Quantity> quantity;
    Money amount;

    bool operator==(const MatchFault&) const = default;
    static void describe(auto& record) {
        record.record("MatchFault", "How a line of an order and its invoices differ too much.")
            .field("order", &MatchFault::order, "The order.")
            .field("order_line", &MatchFault::order_line, "The line of the order.")
            .field("item", &MatchFault::item, "The item.")
            .field("kind", &MatchFault::kind, "How.")
            .field("quantity", &MatchFault::quantity,
                   "So much more than was accepted, in the base unit.")
            .field("amount", &MatchFault::amount,
                   "By so much, in base currency; of a quantity, at the order's price.");
    }
};

// Whether a difference is more than a tolerance allows of what should be. None of them is below
// zero; the amount is in base currency.
bool is_beyond(const MatchTolerance&, std::int64_t difference, std::int64_t of, Money amount);

// What of a line does not match once all of `progress` is invoiced. `in_base` turns an amount in
// the order's currency into base currency.
template <class ToBaseCurrency>
std::vector<MatchFault> faults_of_match(const PurchasePolicy& policy, const PurchaseOrderId& order,
                                        const OrderedLine& line, const LineProgress& progress,
                                        const ToBaseCurrency& in_base) {
    std::vector<MatchFault> faults;
    const auto add = [&](MatchFaultKind kind, std::optional<Quantity> quantity, Money amount) {
        faults.push_back({order, line.line, line.item, kind, quantity, amount});
    };
    if (const std::int64_t more = progress.invoiced - progress.accepted(); more > 0) {
        const auto worth = amount_of(line.price, line.quantity, line.base, more);
        const Money amount = in_base(worth.value_or(Money{most_money, line.price.currency}));
        if (is_beyond(policy.more, more, progress.accepted(), amount))
            add(MatchFaultKind::more_than_accepted, Quantity{more, line.base.unit}, amount);
    }
    const std::int64_t dearer = progress.invoiced_minor - progress.ordered_minor;
    const std::int64_t size = dearer < 0 ? -dearer : dearer;
    const Money amount = in_base(Money{size, line.price.currency});
    if (dearer > 0 && is_beyond(policy.dearer, size, progress.ordered_minor, amount))
        add(MatchFaultKind::dearer, std::nullopt, amount);
    if (dearer < 0 && is_beyond(policy.cheaper, size, progress.ordered_minor, amount))
        add(MatchFaultKind::cheaper, std::nullopt, amount);
    return faults;
}

}  // namespace kontor::purchasing
