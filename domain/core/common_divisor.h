// The greatest common divisor of numbers that the library's own has no room for.
#pragma once

#include "domain/core/decimal.h"

#include <utility>

namespace kontor {

// Of their magnitudes; of zero and another, the other.
constexpr Wide common_divisor(Wide a, Wide b) {
    if (a < 0) a = -a;
    if (b < 0) b = -b;
    while (b != 0) a = std::exchange(b, a % b);
    return a;
}

}  // namespace kontor
