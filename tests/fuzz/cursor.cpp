// A cursor that comes back from outside, as somebody may have made it.
#include "api/cursor.h"

#include "eventstore/canonical.h"
#include "tests/fuzz/targets.h"

namespace kontor::fuzz {

void cursor(std::string_view octets) {
    const Exactly text(octets);
    const auto taken = cursor_from(text.view());
    if (!taken) return;
    const std::string written = to_text(*taken);
    holds(written.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789-_") == std::string::npos,
          "a cursor needs no escaping in an address");
    const auto again = cursor_from(written);
    holds(again.has_value(), "a cursor that was written is taken");
    holds(canonical(*again) == canonical(*taken), "and means the same");
}

}  // namespace kontor::fuzz
