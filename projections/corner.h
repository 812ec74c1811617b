// The corner of the two times: when something was true, and when it was known.
#pragma once

#include "domain/core/date.h"

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

namespace kontor {

// An event of the log: the n-th (from 0) of the commit at a position.
struct EventRef {
    std::uint64_t position = 0;
    std::uint32_t n = 0;
    auto operator<=>(const EventRef&) const = default;
};

constexpr Date earliest_day{std::numeric_limits<std::int32_t>::min()};
constexpr Date latest_day{std::numeric_limits<std::int32_t>::max()};

struct Corner {
    std::optional<Date> valid_at;  // days up to and with this one; absent: no limit
    std::uint64_t known_at = std::numeric_limits<std::uint64_t>::max();  // position, included
    // Of that position's events, those up to this one. All, but where something is asked for as it
    // was within a commit.
    std::uint32_t known_n = std::numeric_limits<std::uint32_t>::max();

    EventRef known() const { return {known_at, known_n}; }
};

}  // namespace kontor
