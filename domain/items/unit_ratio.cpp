// Arithmetic on fractions that stay in their lowest terms.
#include "domain/items/unit_ratio.h"

#include "domain/core/common_divisor.h"
#include "domain/core/ensure.h"

namespace kontor::items {

namespace {

Wide magnitude(Wide number) { return number < 0 ? -number : number; }

// Of micros as a fraction; the denominator is above zero.
std::optional<ExactQuantity> in_lowest_terms(Wide numerator, Wide denominator, Unit unit) {
    const Wide divisor = common_divisor(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
    if (magnitude(numerator) > most_ratio || denominator > most_ratio) return std::nullopt;
    return ExactQuantity{static_cast<std::int64_t>(numerator),
                         static_cast<std::int64_t>(denominator), unit};
}

}  // namespace

std::optional<UnitRatio> ratio_of(Wide numerator, Wide denominator) {
    if (numerator <= 0 || denominator <= 0) return std::nullopt;
    const auto lowest = in_lowest_terms(numerator, denominator, {});
    if (!lowest) return std::nullopt;
    return UnitRatio{lowest->numerator, lowest->denominator};
}

UnitRatio inverse(UnitRatio ratio) { return {ratio.denominator, ratio.numerator}; }

std::optional<UnitRatio> chained(UnitRatio first, UnitRatio second) {
    return ratio_of(Wide{first.numerator} * second.numerator,
                    Wide{first.denominator} * second.denominator);
}

ExactQuantity exact(Quantity quantity) { return {quantity.micro, 1, quantity.unit}; }

std::optional<ExactQuantity> converted(const ExactQuantity& quantity, UnitRatio ratio, Unit into) {
    return in_lowest_terms(Wide{quantity.numerator} * ratio.numerator,
                           Wide{quantity.denominator} * ratio.denominator, into);
}

std::optional<ExactQuantity> sum(const ExactQuantity& a, const ExactQuantity& b) {
    ensure(a.unit == b.unit, "quantities that are added are of one unit");
    return in_lowest_terms(Wide{a.numerator} * b.denominator + Wide{b.numerator} * a.denominator,
                           Wide{a.denominator} * b.denominator, a.unit);
}

std::optional<ExactQuantity> times(const ExactQuantity& each, const ExactQuantity& count) {
    constexpr std::int64_t micro = 1'000'000;
    const auto units = in_lowest_terms(count.numerator, Wide{count.denominator} * micro, {});
    if (!units) return std::nullopt;
    return in_lowest_terms(Wide{each.numerator} * units->numerator,
                           Wide{each.denominator} * units->denominator, each.unit);
}

std::optional<Quantity> whole(const ExactQuantity& quantity) {
    if (quantity.denominator != 1) return std::nullopt;
    return Quantity{quantity.numerator, quantity.unit};
}

std::optional<Quantity> rounded(const ExactQuantity& quantity, Rounding rounding) {
    const Wide micro = divide(quantity.numerator, quantity.denominator, rounding);
    if (magnitude(micro) > most_quantity) return std::nullopt;
    return Quantity{static_cast<std::int64_t>(micro), quantity.unit};
}

}  // namespace kontor::items
