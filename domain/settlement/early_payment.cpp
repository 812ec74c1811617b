// How early discounts of part payments add up.
#include "domain/settlement/early_payment.h"

#include <algorithm>
#include <numeric>

namespace kontor::settlement {

namespace {

constexpr std::int64_t whole_percent = 100'000'000;

std::int64_t sum_of(const std::vector<Money>& parts) {
    return std::accumulate(parts.begin(), parts.end(), std::int64_t{0},
                           [](std::int64_t sum, Money part) { return sum + part.minor; });
}

std::vector<Money> shares_of(Money whole, const std::vector<Money>& weights) {
    std::vector<std::int64_t> minors;
    for (const Money& weight : weights) minors.push_back(weight.minor);
    return allocate(whole, minors);
}

// The net amount and the taxes that are in an instalment.
std::vector<Money> parts_of(const KeptItem& item, Money instalment) {
    std::vector<Money> parts{item.amount};
    for (const ItemTax& tax : item.taxes) {
        parts.front() = parts.front() - tax.amount;
        parts.push_back(tax.amount);
    }
    return shares_of(instalment, parts);
}

// What is taken off each part once so much is paid in all.
std::vector<Money> off_at(const std::vector<Money>& parts, const ItemDiscount& discount,
                          Money paid) {
    if (!discount.of_net) {
        const auto early = taxes::early_discount(parts.front(), std::span(parts).subspan(1),
                                                 discount.percent, paid);
        std::vector<Money> off{early.net};
        off.insert(off.end(), early.taxes.begin(), early.taxes.end());
        return off;
    }
    const Wide whole = divide(Wide{parts.front().minor} * discount.percent.units, whole_percent,
                              Rounding::half_up);
    const Wide all = sum_of(parts) - whole;
    const Wide taken =
        paid.minor >= all ? whole : divide(Wide{paid.minor} * whole, all, Rounding::half_up);
    std::vector<Money> off(parts.size(), {0, paid.currency});
    off.front().minor = static_cast<std::int64_t>(taken);
    return off;
}

// What is off beyond what was off before; where rounding would take from a part what it gave it
// before, in proportion.
std::vector<Money> beyond(const std::vector<Money>& off, const std::vector<Money>& before,
                          std::int64_t discount, const std::vector<Money>& parts) {
    std::vector<Money> more;
    for (std::size_t at = 0; at < off.size(); ++at) more.push_back(off[at] - before[at]);
    const bool fits = sum_of(more) == discount &&
                      std::ranges::all_of(more, [](Money part) { return part.minor >= 0; });
    return fits ? more : shares_of({discount, parts.front().currency}, parts);
}

}  // namespace

Taken taken_by(const KeptItem& item, std::int64_t number, Money offered, Money room,
               const ItemDiscount* discount) {
    const Money nothing{0, room.currency};
    const Money paid = offered.minor < room.minor ? offered : room;
    if (!discount || paid.minor <= 0) return {paid, nothing, {}, {}};
    const Money amount = item.instalments.at(static_cast<std::size_t>(number - 1)).amount;
    const std::vector<Money> parts = parts_of(item, amount);
    Money paid_before = nothing;
    for (const AllocatedSpell& spell : item.spells)
        if (spell.instalment == number && !spell.until && spell.percent == discount->percent)
            paid_before.minor += spell.paid;
    const std::vector<Money> before = off_at(parts, *discount, paid_before);
    const std::vector<Money> whole = off_at(parts, *discount, amount);
    // Of what was settled without a discount there is none.
    const Wide of_room = divide(Wide{sum_of(whole)} * room.minor, amount.minor, Rounding::half_up);
    const auto rest =
        static_cast<std::int64_t>(std::min(Wide{sum_of(whole) - sum_of(before)}, of_room));
    if (offered.minor >= room.minor - rest)
        return {room - Money{rest, room.currency},
                {rest, room.currency},
                beyond(whole, before, rest, parts),
                discount->percent};
    const std::vector<Money> after = off_at(parts, *discount, paid_before + offered);
    const std::int64_t more = std::max<std::int64_t>(
        0, std::min(sum_of(after) - sum_of(before), room.minor - offered.minor));
    return {offered, {more, room.currency}, beyond(after, before, more, parts), discount->percent};
}

const ItemDiscount* discount_on(const KeptInstalment& instalment, Date day) {
    const ItemDiscount* best = nullptr;
    for (const ItemDiscount& each : instalment.discounts)
        if (day <= each.until && (!best || best->percent < each.percent)) best = &each;
    return best;
}

}  // namespace kontor::settlement
