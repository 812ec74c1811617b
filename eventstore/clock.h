// The machine's clock, which says when something was recorded.
#pragma once

#include "domain/core/date.h"

namespace kontor {

// Now, in UTC. May jump either way; record times are made monotone by who uses it.
Timestamp system_now();

}  // namespace kontor
