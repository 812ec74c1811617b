// Ids that the server makes itself: UUID version 7 (RFC 9562), ordered by time.
#pragma once

#include "domain/core/date.h"
#include "domain/core/id.h"

namespace kontor {

// A new id: 48 bits of milliseconds, then 74 bits of the system's randomness.
Uuid new_uuid7(Timestamp now);

}  // namespace kontor
