// A bug stops the program: always on, so that nothing wrong is ever appended.
#pragma once

#include <source_location>

namespace kontor {

// Says where on standard error and aborts.
[[noreturn]] void abort_on_bug(const char* claim, const std::source_location& where);

// States what the code relies on. A false claim is a defect of the program, never of its input.
constexpr void ensure(bool holds, const char* claim = "an assumption of the program",
                      const std::source_location& where = std::source_location::current()) {
    if (!holds) abort_on_bug(claim, where);
}

}  // namespace kontor
