// How amounts are multiplied by fractions whose products no whole number of the machine holds.
#include "domain/core/exact_rate.h"

#include "domain/core/ensure.h"

#include <limits>

namespace kontor {

namespace {

__extension__ typedef unsigned __int128 Magnitude;

// What floor_of_product answers at most: all that a rounded amount or rate can come from.
constexpr Magnitude most_product = Magnitude{1} << 84;

// floor(factor x numerator / denominator), bit by bit of the factor, as the product itself may have
// two hundred bits; empty above most_product.
std::optional<Magnitude> floor_of_product(Magnitude factor, const ExactRate& rate) {
    const auto denominator = static_cast<Magnitude>(rate.denominator);
    const Magnitude whole = static_cast<Magnitude>(rate.numerator) / denominator;
    const Magnitude part = static_cast<Magnitude>(rate.numerator) % denominator;
    Magnitude quotient = 0;
    Magnitude rest = 0;
    for (int bit = 127; bit >= 0; --bit) {
        quotient *= 2;
        rest *= 2;
        if ((factor >> bit) & 1) {
            quotient += whole;
            rest += part;
        }
        while (rest >= denominator) {
            rest -= denominator;
            ++quotient;
        }
        if (quotient > most_product) return std::nullopt;
    }
    return quotient;
}

// factor x rate / divisor to the nearest whole number, halves up. With x = factor x rate it is
// floor((2x + divisor) / (2 divisor)), and what is floored in between changes nothing.
std::optional<Magnitude> nearest(Magnitude factor, const ExactRate& rate, Magnitude divisor) {
    const auto doubled = floor_of_product(2 * factor, rate);
    if (!doubled) return std::nullopt;
    return (*doubled + divisor) / (2 * divisor);
}

Wide one() { return ten_to(Rate::digits); }

}  // namespace

ExactRate exact(Leg leg) {
    ensure(leg.rate.units > 0, "a rate of exchange is above zero");
    return leg.inverse ? ExactRate{one(), leg.rate.units} : ExactRate{leg.rate.units, one()};
}

ExactRate chained(Leg first, Leg second) {
    const ExactRate a = exact(first);
    const ExactRate b = exact(second);
    return {a.numerator * b.numerator, a.denominator * b.denominator};
}

std::optional<Rate> rounded(const ExactRate& rate) {
    const auto units = nearest(static_cast<Magnitude>(one()), rate, 1);
    if (!units || *units > static_cast<Magnitude>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    return Rate{static_cast<std::int64_t>(*units)};
}

std::optional<Money> converted(Money money, const ExactRate& rate, Currency into) {
    // The digits of the two currencies differ by at most four.
    const int digits = minor_digits(into) - minor_digits(money.currency);
    const bool negative = money.minor < 0;
    Magnitude factor = static_cast<Magnitude>(negative ? -Wide{money.minor} : Wide{money.minor});
    Magnitude divisor = 1;
    (digits > 0 ? factor : divisor) *=
        static_cast<Magnitude>(ten_to(digits > 0 ? digits : -digits));
    const auto minor = nearest(factor, rate, divisor);
    if (!minor || *minor > static_cast<Magnitude>(most_money)) return std::nullopt;
    const auto amount = static_cast<std::int64_t>(*minor);
    return Money{negative ? -amount : amount, into};
}

}  // namespace kontor
