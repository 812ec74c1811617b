// Randomness from libsodium, in the layout of RFC 9562 section 5.7.
#include "eventstore/uuid7.h"

#include <sodium.h>

namespace kontor {

Uuid new_uuid7(Timestamp now) {
    Uuid uuid;
    randombytes_buf(&uuid, sizeof uuid);
    const auto millis = static_cast<std::uint64_t>(now.micros / 1000);
    uuid.high = millis << 16 | 0x7000 | (uuid.high & 0x0fff);
    uuid.low = (uuid.low & 0x3fff'ffff'ffff'ffff) | 0x8000'0000'0000'0000;
    return uuid;
}

}  // namespace kontor
