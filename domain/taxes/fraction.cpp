// Arithmetic on fractions that notices when a part no longer fits.
#include "domain/taxes/fraction.h"

#include "domain/core/common_divisor.h"
#include "domain/core/ensure.h"

#include <utility>

namespace kontor::taxes {

namespace {

std::optional<Wide> product(Wide a, Wide b) {
    Wide result = 0;
    if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
    return result;
}

constexpr int binary_digits = 96;

// The first binary digits after the point of what is below one.
Wide digits_of(const Fraction& rest) {
    Wide digits = 0, left = rest.numerator;
    for (int n = 0; n < binary_digits; ++n) {
        const Wide missing = rest.denominator - left;  // twice what is left might not fit
        const bool one = left >= missing;
        left = one ? left - missing : left + left;
        digits = digits * 2 + (one ? 1 : 0);
    }
    return digits;
}

std::optional<Fraction> of(std::optional<Wide> numerator, std::optional<Wide> denominator) {
    if (!numerator || !denominator) return std::nullopt;
    return fraction(*numerator, *denominator);
}

}  // namespace

std::optional<Fraction> fraction(Wide numerator, Wide denominator) {
    // The least number of all has no negation.
    constexpr Wide most = ((Wide{1} << 126) - 1) + (Wide{1} << 126);
    if (denominator == 0 || denominator < -most || numerator < -most) return std::nullopt;
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    const Wide divisor = common_divisor(numerator, denominator);
    return Fraction{numerator / divisor, denominator / divisor};
}

std::optional<Fraction> plus(const Fraction& a, const Fraction& b) {
    const Wide shared = common_divisor(a.denominator, b.denominator);
    const auto left = product(a.numerator, b.denominator / shared);
    const auto right = product(b.numerator, a.denominator / shared);
    Wide sum = 0;
    if (!left || !right || __builtin_add_overflow(*left, *right, &sum)) return std::nullopt;
    return of(sum, product(a.denominator, b.denominator / shared));
}

std::optional<Fraction> times(const Fraction& a, const Fraction& b) {
    const Wide across = common_divisor(a.numerator, b.denominator);
    const Wide back = common_divisor(b.numerator, a.denominator);
    if (across == 0 || back == 0) return Fraction{};
    return of(product(a.numerator / across, b.numerator / back),
              product(a.denominator / back, b.denominator / across));
}

std::optional<Fraction> over(const Fraction& a, const Fraction& b) {
    ensure(b.numerator != 0, "a divisor is not zero");
    const auto inverse = fraction(b.denominator, b.numerator);
    return inverse ? times(a, *inverse) : std::nullopt;
}

Fraction minus(const Fraction& a) { return {-a.numerator, a.denominator}; }

Wide floor_of(const Fraction& a) { return divide(a.numerator, a.denominator, Rounding::floor); }

Fraction rest_of(const Fraction& a) {
    return {a.numerator - floor_of(a) * a.denominator, a.denominator};
}

bool is_less(Fraction a, Fraction b) {
    // By their continued fractions, as cross products might not fit: of two that are below one, the
    // one with the larger inverse is less.
    while (true) {
        if (b.numerator == 0) return false;
        if (a.numerator == 0) return true;
        const Wide whole_a = a.denominator / a.numerator, whole_b = b.denominator / b.numerator;
        if (whole_a != whole_b) return whole_a > whole_b;
        // Their inverses have the same whole part: of the rests the larger is that of the less.
        a = {a.denominator % a.numerator, a.numerator};
        b = {b.denominator % b.numerator, b.numerator};
        std::swap(a, b);
    }
}

Split sum_of(std::span<const Fraction> parts) {
    Split sum;
    std::optional<Fraction> rest = Fraction{};
    for (const Fraction& part : parts) {
        sum.whole += floor_of(part);
        if (rest) rest = plus(*rest, rest_of(part));
    }
    if (!rest) {
        constexpr Wide one = Wide{1} << binary_digits;
        Wide digits = 0;
        for (const Fraction& part : parts) digits += digits_of(rest_of(part));
        // Each part may be more by less than one of the last digit.
        const auto short_by = static_cast<Wide>(parts.size());
        const Wide to_half = (digits / one) * one + one / 2 - digits;
        if (to_half >= 0 && to_half <= short_by) digits += to_half;
        rest = fraction(digits, one);
    }
    sum.whole += floor_of(*rest);
    sum.rest = rest_of(*rest);
    return sum;
}

Wide rounded(const Split& number) {
    const Wide above = number.rest.numerator, below = number.rest.denominator - above;
    const bool up = above == below ? number.whole >= 0 : above > below;
    return up ? number.whole + 1 : number.whole;
}

}  // namespace kontor::taxes
