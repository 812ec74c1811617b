// Where a message belongs: whose it is, in which stream, on which day it is true.
#pragma once

#include "domain/core/date.h"
#include "domain/core/describe.h"

#include <string>
#include <string_view>

namespace kontor {

// The company that a described message names; empty for what belongs to every company.
std::string company_of(const Type& type, const void* message);

// <thing>/<company>/<key>, without the company where there is none or where it is the key itself;
// empty for a message without a stream. A slash or per cent sign within a part is written %2F, %25.
std::string stream_of(const Type& type, const void* message);

// The business day of an event: its own date, the day of its own instant in the zone, or the day
// on which it is recorded in the zone.
Date day_of(const Type& type, const void* event, Timestamp recorded, std::string_view zone);

}  // namespace kontor
