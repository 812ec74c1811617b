// Countries and territories by their two letters (ISO 3166-1 alpha-2).
#pragma once

#include "domain/core/id.h"

#include <string_view>

namespace kontor::parties {

struct CountryThing {
    static constexpr Thing thing{"country", ""};
};
using CountryCode = Code<CountryThing>;

// Whether the text is a code that ISO 3166-1 assigns, or XK, by which banks and the European
// Commission name Kosovo. Capitals only.
bool is_country(std::string_view code);

}  // namespace kontor::parties
