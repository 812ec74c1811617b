// The business day of an instant: the civil day in a company's own time zone.
#pragma once

#include "domain/core/date.h"

#include <string_view>

namespace kontor {

// The civil day of the instant in an IANA time zone, by the system's tz database. A zone that the
// database does not have counts as UTC; companies are created with known zones only.
Date day_in_zone(Timestamp instant, std::string_view zone);

// Whether the system's tz database has the zone.
bool zone_known(std::string_view zone);

}  // namespace kontor
