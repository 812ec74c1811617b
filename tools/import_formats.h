// How other programs write numbers and dates, read exactly: no binary fractions, no guessing.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decimal.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// A decimal number: units of 10^-scale. Products keep every digit.
struct Exact {
    Wide units = 0;
    int scale = 0;
};

// Empty where 38 digits do not hold the result.
std::optional<Exact> sum_of(const Exact& a, const Exact& b);
std::optional<Exact> product_of(const Exact& a, const Exact& b);
Exact negated(Exact number);
// -1, 0 or 1.
int sign_of(const Exact& number);
// With that many digits behind the point.
Exact rounded(const Exact& number, int digits, Rounding rounding);
// All digits of the scale: "15.30" for (1530, 2).
std::string to_text(const Exact& number);

std::optional<Rounding> rounding_from(std::string_view name);
std::string_view rounding_names();

// "1.234,50" has decimal mark ',' and thousands mark '.'.
struct NumberFormat {
    char decimal_mark = '.';
    char thousands_mark = 0;  // 0: none is allowed
};

// A sign before the digits, or a minus behind them as SAP prints it; marks of thousands, where they
// stand at all, between each three digits. Empty for everything else, exponents too.
std::optional<Exact> number_from(std::string_view text, const NumberFormat& format);

// Patterns such as "YYYY-MM-DD hh:mm:ss" and "D.M.YY": YYYY or YY (69 to 99 are 19..: POSIX),
// MM and DD with two digits, M and D with one or two, hh, mm and ss, which are checked and dropped;
// `*` at the end takes whatever follows; everything else stands for itself. What is wrong with a
// pattern, or an empty text:
std::string fault_of_pattern(std::string_view pattern);
// The day that the text names; empty when it does not follow the pattern or there is no such day.
std::optional<Date> date_by(std::string_view text, std::string_view pattern);

}  // namespace kontor
