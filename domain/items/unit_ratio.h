// So many of one unit for one of another, as a fraction: a dozen is exactly twelve pieces, and a
// piece exactly a twelfth of a dozen.
#pragma once

#include "domain/core/quantity.h"

#include <cstdint>
#include <optional>

namespace kontor::items {

// Neither part of a fraction is larger, so that products of two of them stay within Wide.
constexpr std::int64_t most_ratio = 1'000'000'000'000'000'000;

// Both parts are above zero, at most `most_ratio`, and have no common divisor.
struct UnitRatio {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    bool operator==(const UnitRatio&) const = default;
};

// The fraction in its lowest terms; empty where a part is not above zero or too large even so.
std::optional<UnitRatio> ratio_of(Wide numerator, Wide denominator);
UnitRatio inverse(UnitRatio ratio);
// One upon another; empty where it is too large.
std::optional<UnitRatio> chained(UnitRatio first, UnitRatio second);

// Millionths of a unit as a fraction in its lowest terms: what a conversion came to before anybody
// rounds it. The denominator is above zero; neither part is larger than `most_ratio`.
struct ExactQuantity {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
    Unit unit;
    bool operator==(const ExactQuantity&) const = default;
};

ExactQuantity exact(Quantity quantity);
// All of these are empty where a part would be too large.
std::optional<ExactQuantity> converted(const ExactQuantity& quantity, UnitRatio ratio, Unit into);
// Both of one unit.
std::optional<ExactQuantity> sum(const ExactQuantity& a, const ExactQuantity& b);
// So much for each unit of `count`, whatever its unit.
std::optional<ExactQuantity> times(const ExactQuantity& each, const ExactQuantity& count);

// The quantity itself, where it is a whole number of millionths; empty otherwise.
std::optional<Quantity> whole(const ExactQuantity& quantity);
// Empty above most_quantity.
std::optional<Quantity> rounded(const ExactQuantity& quantity, Rounding rounding);

}  // namespace kontor::items
