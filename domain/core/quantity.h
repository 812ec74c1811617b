// Quantity: a number of units of something, to the millionth.
#pragma once

#include "domain/core/decimal.h"
#include "domain/core/describe.h"
#include "domain/core/money.h"

#include <array>
#include <compare>
#include <string>
#include <string_view>

namespace kontor {

// The company's own name of a unit: 1 to 8 printable ASCII characters ("kg", "pcs", "m3").
struct Unit {
    std::array<char, 8> code{};
    auto operator<=>(const Unit&) const = default;
    std::string_view text() const;
};

// Empty when the text is no unit.
std::optional<Unit> unit_from(std::string_view text);

struct Quantity {
    static constexpr int digits = 6;
    std::int64_t micro = 0;
    Unit unit;
    bool operator==(const Quantity&) const = default;
};

// At most this many millionths in a described quantity.
constexpr std::int64_t most_quantity = 1'000'000'000'000'000'000;

// Both of one unit; the result within int64. Anything else is a bug of the caller.
Quantity operator+(Quantity a, Quantity b);
Quantity operator-(Quantity a, Quantity b);
Quantity operator-(Quantity a);

// "1.5"
std::string amount_text(Quantity quantity);
// "1.5 kg"
std::string to_text(Quantity quantity);
// Empty when malformed, finer than a millionth or above most_quantity.
std::optional<Quantity> quantity_from(std::string_view amount, Unit unit);

// quantity x price, rounded to the currency's smallest unit; empty above most_money.
std::optional<Money> priced(Quantity quantity, UnitPrice price, Rounding rounding);

template <>
struct Shape<Unit> {
    static Type make() {
        Type type = living<Unit>(Kind::unit, "Unit");
        type.thing = {"unit", {}};
        return type;
    }
};
template <>
struct Shape<Quantity> {
    static Type make() { return living<Quantity>(Kind::quantity, "Quantity"); }
};

}  // namespace kontor
