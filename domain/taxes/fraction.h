// Fractions of whole numbers: what a tax comes to before anybody rounds it.
#pragma once

#include "domain/core/decimal.h"

#include <optional>
#include <span>

namespace kontor::taxes {

// In its lowest terms; the denominator is above zero.
struct Fraction {
    Wide numerator = 0;
    Wide denominator = 1;
    bool operator==(const Fraction&) const = default;
};

// All of these are empty where a part would not fit.
std::optional<Fraction> fraction(Wide numerator, Wide denominator);
std::optional<Fraction> plus(const Fraction& a, const Fraction& b);
std::optional<Fraction> times(const Fraction& a, const Fraction& b);
// The divisor is not zero.
std::optional<Fraction> over(const Fraction& a, const Fraction& b);
Fraction minus(const Fraction& a);

// The whole number below, and what is above it: 0 <= rest < 1.
Wide floor_of(const Fraction& a);
Fraction rest_of(const Fraction& a);
// Whether a < b, both from 0 to below 1; exact, however long they are.
bool is_less(Fraction a, Fraction b);

// A number as the whole one below it and what is above that: 0 <= rest < 1.
struct Split {
    Wide whole = 0;
    Fraction rest;
};
// A sum that does not fit as a fraction is added up to 96 binary digits after the point, and what
// is so near to a half is one.
Split sum_of(std::span<const Fraction> parts);
// To the nearest whole number, halves away from zero.
Wide rounded(const Split& number);

}  // namespace kontor::taxes
