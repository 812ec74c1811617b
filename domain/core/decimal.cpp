// Arithmetic on whole numbers of a smallest unit, and their decimal text both ways.
#include "domain/core/decimal.h"

#include "domain/core/ensure.h"

#include <algorithm>
#include <limits>

namespace kontor {

namespace {

__extension__ typedef unsigned __int128 Magnitude;

constexpr Wide least_wide = static_cast<Wide>(Magnitude{1} << 127);

// Without the sign; also of the one number whose negation does not fit.
Magnitude magnitude(Wide number) {
    const auto bits = static_cast<Magnitude>(number);
    return number < 0 ? ~bits + 1 : bits;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether the truncated quotient moves one away from zero. `rest` is what division left over, not
// zero; halves are compared without doubling, which could overflow.
bool moves_away(Rounding rounding, Magnitude rest, Magnitude denominator, bool negative, bool odd) {
    const Magnitude missing = denominator - rest;
    switch (rounding) {
        case Rounding::half_up: return rest >= missing;
        case Rounding::half_even: return rest > missing || (rest == missing && odd);
        case Rounding::down: return false;
        case Rounding::up: return true;
        case Rounding::floor: return negative;
        case Rounding::ceiling: return !negative;
    }
    ensure(false, "a rounding is one of the named ones");
    return false;
}

// Digits appended to a number that may not pass `most`.
class Accumulator {
public:
    explicit Accumulator(std::uint64_t most) : most_(most) {}
    bool append(unsigned digit) {
        if (number_ > (most_ - digit) / 10) return false;
        number_ = number_ * 10 + digit;
        return true;
    }
    std::uint64_t number() const { return number_; }

private:
    std::uint64_t most_;
    std::uint64_t number_ = 0;
};

}  // namespace

Wide divide(Wide numerator, Wide denominator, Rounding rounding) {
    ensure(denominator != 0, "a denominator is not zero");
    ensure(denominator != -1 || numerator != least_wide, "a quotient fits");
    const Wide quotient = numerator / denominator;
    const Wide rest = numerator % denominator;
    if (rest == 0) return quotient;
    const bool negative = (numerator < 0) != (denominator < 0);
    if (!moves_away(rounding, magnitude(rest), magnitude(denominator), negative, quotient % 2 != 0))
        return quotient;
    return negative ? quotient - 1 : quotient + 1;
}

Wide ten_to(int exponent) {
    ensure(exponent >= 0 && exponent <= 38, "a power of ten that fits");
    Wide power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

std::string decimal_text(Wide units, int scale) {
    ensure(scale >= 0 && scale <= 38, "a scale that fits");
    std::string text;  // last digit first
    Magnitude rest = magnitude(units);
    for (int digits = 0; rest != 0 || digits <= scale; ++digits) {
        if (scale > 0 && digits == scale) text.push_back('.');
        text.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
        rest /= 10;
    }
    if (units < 0) text.push_back('-');
    std::reverse(text.begin(), text.end());
    return text;
}

std::string short_decimal_text(Wide units, int scale) {
    std::string text = decimal_text(units, scale);
    if (scale == 0) return text;
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

std::optional<std::int64_t> decimal_from(std::string_view text, int scale) {
    ensure(scale >= 0 && scale <= 38, "a scale that fits");
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);

    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return std::nullopt;
    std::string_view fraction;
    if (point != std::string_view::npos) {
        fraction = text.substr(point + 1);
        if (fraction.empty()) return std::nullopt;
    }
    if (!std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(fraction, is_digit))
        return std::nullopt;

    const auto fits = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    Accumulator units(negative ? fits + 1 : fits);
    for (const char digit : whole)
        if (!units.append(static_cast<unsigned>(digit - '0'))) return std::nullopt;
    const auto kept = static_cast<std::size_t>(scale);
    for (std::size_t i = 0; i < kept; ++i) {
        const char digit = i < fraction.size() ? fraction[i] : '0';
        if (!units.append(static_cast<unsigned>(digit - '0'))) return std::nullopt;
    }
    if (fraction.size() > kept && fraction.find_first_not_of('0', kept) != std::string_view::npos)
        return std::nullopt;
    return static_cast<std::int64_t>(negative ? 0 - units.number() : units.number());
}

std::optional<std::int64_t> integer_from(std::string_view text) {
    if (text.find('.') != std::string_view::npos) return std::nullopt;
    return decimal_from(text, 0);
}

std::optional<std::int64_t> added(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
    return sum;
}

std::optional<std::int64_t> subtracted(std::int64_t a, std::int64_t b) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a, b, &difference)) return std::nullopt;
    return difference;
}

std::optional<std::int64_t> multiplied(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
    return product;
}

}  // namespace kontor
