// What the ledger's figures share: sums as money, and the part of a corner before a day.
#pragma once

#include "domain/core/money.h"
#include "eventstore/storage_broken.h"
#include "projections/corner.h"

#include <limits>

namespace kontor::ledger {

// A sum in smallest units; throws StorageBroken where no amount is so large.
inline Money money_of(Wide minor, Currency currency) {
    using Limits = std::numeric_limits<std::int64_t>;
    if (minor > Limits::max() || minor < Limits::min())
        throw StorageBroken("a sum of the ledger is larger than any amount");
    return {static_cast<std::int64_t>(minor), currency};
}

// What of a corner lies before a day.
inline Corner before(const Corner& corner, Date day) {
    Corner earlier = corner;
    if (!earlier.valid_at || *earlier.valid_at >= day) earlier.valid_at = day - 1;
    return earlier;
}

// Whether something of one event and one day is in the corner.
inline bool in_corner(const Corner& corner, const EventRef& event, Date day) {
    return event.position <= corner.known_at && (!corner.valid_at || day <= *corner.valid_at);
}

}  // namespace kontor::ledger
