// A rate of exchange that is told by other rates: the inverse of one, or one upon another. It stays
// a fraction, as ten digits of it would be of another amount from some million on.
#pragma once

#include "domain/core/money.h"

#include <optional>

namespace kontor {

// So many units of one currency for one of another. Both are above zero and below 2^126.
struct ExactRate {
    Wide numerator = 1;
    Wide denominator = 1;
    bool operator==(const ExactRate&) const = default;
};

// A rate as it is quoted, or its inverse. It is above zero.
struct Leg {
    Rate rate;
    bool inverse = false;
    bool operator==(const Leg&) const = default;
};
ExactRate exact(Leg leg);
// One upon another: so many of the last currency for one of the first.
ExactRate chained(Leg first, Leg second);

// The same to ten digits, for people: halves away from zero; empty where it is too large.
std::optional<Rate> rounded(const ExactRate& rate);

// money x rate in the other currency, rounded once to its smallest unit, halves away from zero;
// empty above most_money.
std::optional<Money> converted(Money money, const ExactRate& rate, Currency into);

}  // namespace kontor
