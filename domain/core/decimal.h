// Decimal numbers as text and as whole numbers of a smallest unit; every rounding is named.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

__extension__ typedef __int128 Wide;  // ISO C++ has no name for it

// How a number that does not fit the smallest unit becomes one that does.
enum class Rounding : std::uint8_t {
    half_up,    // to the nearest, halves away from zero: commercial rounding, IAS practice
    half_even,  // to the nearest, halves to the even neighbour: bankers' rounding, ISO 80000-1
    down,       // towards zero
    up,         // away from zero
    floor,      // towards minus infinity
    ceiling,    // towards plus infinity
};

// numerator / denominator as a whole number. The denominator is not zero and the quotient fits.
Wide divide(Wide numerator, Wide denominator, Rounding rounding);

// Ten to the power; 0 <= exponent <= 38.
Wide ten_to(int exponent);

// "-12.50" for (-1250, 2). Always `scale` digits after the point; no point when scale is 0.
std::string decimal_text(Wide units, int scale);
// The same without trailing zeros after the point: "12.5".
std::string short_decimal_text(Wide units, int scale);

// Units of 10^-scale from text such as "-12.5" or "12.50". No exponent, no plus sign, no leading or
// trailing point, no spaces, no superfluous leading zero; digits beyond the scale must be zero.
// "-0.00" is zero: other programs print so what they rounded to nothing, and it can mean nothing
// else; it is never written. Empty when the text is not such a number or does not fit.
std::optional<std::int64_t> decimal_from(std::string_view text, int scale);

// A whole number in decimal digits with an optional minus; empty otherwise or when it overflows.
std::optional<std::int64_t> integer_from(std::string_view text);

// a + b, a - b, a * b; empty when the result does not fit.
std::optional<std::int64_t> added(std::int64_t a, std::int64_t b);
std::optional<std::int64_t> subtracted(std::int64_t a, std::int64_t b);
std::optional<std::int64_t> multiplied(std::int64_t a, std::int64_t b);

}  // namespace kontor
