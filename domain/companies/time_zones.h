// Which names of time zones exist: a company's days begin and end in one of them.
#pragma once

#include <string_view>

namespace kontor::companies {

// Whether the IANA time zone database has this name, such as "Europe/Berlin" or "UTC". Case
// matters.
bool is_time_zone(std::string_view name);

}  // namespace kontor::companies
