// Money: a whole number of the smallest unit of a currency, and the ways to divide it fairly.
#pragma once

#include "domain/core/decimal.h"
#include "domain/core/describe.h"

#include <array>
#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// ISO 4217 alphabetic code; the fourth character is zero. The zero value is no currency.
struct Currency {
    std::array<char, 4> code{};
    auto operator<=>(const Currency&) const = default;
    std::string_view text() const { return {code.data(), code[0] ? 3u : 0u}; }
};

// A currency as the standard lists it.
struct CurrencyEntry {
    std::string_view code;     // alphabetic
    std::uint16_t number;      // numeric
    std::int8_t minor_digits;  // digits after the point; -1 where the standard has none (XAU ...)
    std::string_view name;     // English
};

// All of ISO 4217 list one, sorted by code.
std::span<const CurrencyEntry> currencies();
// Empty when the standard has no such code (upper case as written).
std::optional<Currency> currency_from(std::string_view code);
// Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD; 0 where the standard has none.
int minor_digits(Currency currency);

// At most this many smallest units in a described amount; sums are Wide.
constexpr std::int64_t most_money = 1'000'000'000'000'000;

struct Money {
    std::int64_t minor = 0;
    Currency currency;
    bool operator==(const Money&) const = default;
};

// Both of one currency; the result within int64. Anything else is a bug of the caller.
Money operator+(Money a, Money b);
Money operator-(Money a, Money b);
Money operator-(Money a);

// "1000.00"
std::string amount_text(Money money);
// "1000.00 EUR"
std::string to_text(Money money);
// An amount in the currency's own digits; empty when malformed, too fine or above most_money.
std::optional<Money> money_from(std::string_view amount, Currency currency);

// `parts` shares that differ by at most one smallest unit and add up to the whole, larger first:
// 100.00 in three is 33.34, 33.33, 33.33. Negative amounts mirror positive ones. parts >= 1.
std::vector<Money> split(Money whole, std::size_t parts);

// Shares in proportion to the weights by the largest remainder (Hamilton): each is the exact share
// rounded down or up, no share has the other sign, they add up to the whole; equal remainders go to
// the earlier. Weights are not negative; when all are zero the split is even.
std::vector<Money> allocate(Money whole, std::span<const std::int64_t> weights);

// A fixed decimal number: units of 10^-digits.
template <class Of, int Digits>
struct Fixed {
    static constexpr int digits = Digits;
    std::int64_t units = 0;
    auto operator<=>(const Fixed&) const = default;
};
// So many units of one currency for one of another; ten digits after the point.
using Rate = Fixed<struct RateTag, 10>;
// Per hundred; six digits after the point. 21.5 is 21.5 %.
using Percent = Fixed<struct PercentTag, 6>;

// Price of one unit of something: six digits after the point, in a currency.
struct UnitPrice {
    static constexpr int digits = 6;
    std::int64_t units = 0;
    Currency currency;
    bool operator==(const UnitPrice&) const = default;
};

// money x rate in the other currency, rounded to its smallest unit; empty above most_money.
std::optional<Money> converted(Money money, Rate rate, Currency into, Rounding rounding);
// money x percent / 100; empty above most_money.
std::optional<Money> percent_of(Money money, Percent percent, Rounding rounding);

template <>
struct Shape<Currency> {
    static Type make() {
        Type type = living<Currency>(Kind::currency, "Currency");
        type.thing = {"currency", "currencies"};
        return type;
    }
};
template <>
struct Shape<Money> {
    static Type make() { return living<Money>(Kind::money, "Money"); }
};
template <>
struct Shape<Rate> {
    static Type make() { return living<Rate>(Kind::rate, "Rate"); }
};
template <>
struct Shape<Percent> {
    static Type make() { return living<Percent>(Kind::percent, "Percent"); }
};
template <>
struct Shape<UnitPrice> {
    static Type make() { return living<UnitPrice>(Kind::unit_price, "UnitPrice"); }
};

}  // namespace kontor
