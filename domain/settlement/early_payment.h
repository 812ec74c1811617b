// What an early payment takes off an instalment, and off which of its parts.
#pragma once

#include "domain/settlement/kept_items.h"

namespace kontor::settlement {

// What of an instalment a payment settles.
struct Taken {
    Money paid;
    Money discount;          // settled beyond what is paid
    std::vector<Money> off;  // the discount, off the net amount and off each tax of the item
    std::optional<Percent> percent;  // of the discount, where there is one
};

// For `offered` money, where `room` of the instalment is open. Of several payments each takes what
// is more than before, so that they come to the discount of the whole; whoever pays all but the
// discount has all of it. `discount` is null where none is open.
Taken taken_by(const KeptItem&, std::int64_t instalment, Money offered, Money room,
               const ItemDiscount* discount);

// The best discount of an instalment that is open on a day; null when there is none.
const ItemDiscount* discount_on(const KeptInstalment&, Date);

}  // namespace kontor::settlement
