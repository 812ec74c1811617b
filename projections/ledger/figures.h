// What the ledger's figures share: sums as money, and the part of a corner before a day.
#pragma once

#include "domain/core/money.h"
#include "eventstore/storage_broken.h"
#include "projections/corner_index.h"
#include "projections/figure_too_large.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace kontor::ledger {

// A sum in smallest units; throws FigureTooLarge where no amount is so large.
inline Money money_of(Wide minor, Currency currency) {
    using Limits = std::numeric_limits<std::int64_t>;
    if (minor > Limits::max() || minor < Limits::min())
        throw FigureTooLarge("a sum of the ledger is larger than any amount");
    return {static_cast<std::int64_t>(minor), currency};
}

// A balance, debit positive, as its two sides show it.
inline Wide debit_of(Wide balance) { return balance > 0 ? balance : 0; }
inline Wide credit_of(Wide balance) { return balance < 0 ? -balance : 0; }

// What of a corner lies before a day.
inline Corner before(const Corner& corner, Date day) {
    Corner earlier = corner;
    if (!earlier.valid_at || *earlier.valid_at >= day) earlier.valid_at = day - 1;
    return earlier;
}

// The place behind everything up to a day.
inline DayPlace behind_day(Date day) { return {day, {{UINT64_MAX, UINT32_MAX}}}; }

// The last possible place before any posting of the event.
inline PostingPlace before_event(const EventRef& event) {
    if (event.n > 0) return {{event.position, event.n - 1}};
    return {{event.position - 1, UINT32_MAX}};
}

// Whether something of one event and one day is in the corner.
inline bool in_corner(const Corner& corner, const EventRef& event, Date day) {
    return event <= corner.known() && (!corner.valid_at || day <= *corner.valid_at);
}

// As many columns as an answer has at most, one a value of a dimension.
constexpr std::size_t most_columns = 200;

// "DE" of the field "columns[DE]", or of another map.
inline std::optional<std::string> column_named(std::string_view field,
                                               std::string_view map = "columns") {
    if (!field.starts_with(map) || !field.ends_with(']')) return std::nullopt;
    field.remove_prefix(map.size());
    if (!field.starts_with('[')) return std::nullopt;
    return std::string(field.substr(1, field.size() - 2));
}

}  // namespace kontor::ledger
