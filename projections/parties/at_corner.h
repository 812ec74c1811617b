// What is kept for every day, as it is on the day of a question. Without a day a question has no
// limit: then that holds which has no end.
#pragma once

#include "domain/parties/standing.h"
#include "domain/parties/term.h"
#include "projections/corner.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace kontor::parties {

inline Date day_of(const Corner& corner) { return corner.valid_at.value_or(latest_day); }

// Whether something with a first and perhaps a last day holds.
inline bool holds(const auto& term, const Corner& corner) {
    return term.since <= day_of(corner) && (!term.until || day_of(corner) <= *term.until);
}

// The newest of what is said from days on, in the order in which it was said; null before the
// first.
template <class Since>
const Since* newest(const std::vector<Since>& all, const Corner& corner) {
    const Since* found = nullptr;
    for (const Since& each : all)
        if (each.since <= day_of(corner) && (!found || found->since <= each.since)) found = &each;
    return found;
}

}  // namespace kontor::parties
