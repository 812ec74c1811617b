// How quantities are read, written, added and priced.
#include "domain/core/quantity.h"

#include "domain/core/ensure.h"

#include <algorithm>

namespace kontor {

namespace {

Quantity of_one_unit(std::optional<std::int64_t> micro, Quantity a, Quantity b) {
    ensure(a.unit == b.unit, "quantities that are added are of one unit");
    ensure(micro.has_value(), "a sum of two quantities fits");
    return {*micro, a.unit};
}

}  // namespace

std::string_view Unit::text() const {
    const auto end = std::ranges::find(code, '\0');
    return {code.data(), static_cast<std::size_t>(end - code.begin())};
}

std::optional<Unit> unit_from(std::string_view text) {
    Unit unit;
    if (text.empty() || text.size() > unit.code.size()) return std::nullopt;
    if (!std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; })) return std::nullopt;
    std::ranges::copy(text, unit.code.begin());
    return unit;
}

Quantity operator+(Quantity a, Quantity b) { return of_one_unit(added(a.micro, b.micro), a, b); }

Quantity operator-(Quantity a, Quantity b) {
    return of_one_unit(subtracted(a.micro, b.micro), a, b);
}

Quantity operator-(Quantity a) { return Quantity{0, a.unit} - a; }

std::string amount_text(Quantity quantity) {
    return short_decimal_text(quantity.micro, Quantity::digits);
}

std::string to_text(Quantity quantity) {
    std::string text = amount_text(quantity);
    if (quantity.unit == Unit{}) return text;
    return text.append(" ").append(quantity.unit.text());
}

std::optional<Quantity> quantity_from(std::string_view amount, Unit unit) {
    const auto micro = decimal_from(amount, Quantity::digits);
    if (!micro || *micro > most_quantity || *micro < -most_quantity) return std::nullopt;
    return Quantity{*micro, unit};
}

std::optional<Money> priced(Quantity quantity, UnitPrice price, Rounding rounding) {
    const int digits = Quantity::digits + UnitPrice::digits - minor_digits(price.currency);
    const Wide minor = divide(Wide{quantity.micro} * price.units, ten_to(digits), rounding);
    if (minor > most_money || minor < -most_money) return std::nullopt;
    return Money{static_cast<std::int64_t>(minor), price.currency};
}

}  // namespace kontor
