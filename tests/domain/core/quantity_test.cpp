// Quantities: their text, their units, and what they cost.
#include "domain/core/quantity.h"

#include "tests/domain/core/aborts.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <string>

namespace kontor {
namespace {

using Limits = std::numeric_limits<std::int64_t>;

Unit unit(std::string_view text) {
    const auto read = unit_from(text);
    REQUIRE(read);
    return *read;
}

Quantity kilograms(std::int64_t micro) { return {micro, unit("kg")}; }

std::optional<Money> cost(std::string_view amount, std::string_view price, std::string_view code,
                          Rounding rounding) {
    const auto quantity = quantity_from(amount, unit("kg"));
    const auto units = decimal_from(price, UnitPrice::digits);
    const auto currency = currency_from(code);
    REQUIRE(quantity);
    REQUIRE(units);
    REQUIRE(currency);
    return priced(*quantity, UnitPrice{*units, *currency}, rounding);
}

std::string cost_text(std::string_view amount, std::string_view price, std::string_view code,
                      Rounding rounding = Rounding::half_up) {
    const auto money = cost(amount, price, code, rounding);
    return money ? to_text(*money) : "none";
}

}  // namespace

TEST_CASE("a unit is one to eight printable ASCII characters") {
    using namespace std::string_view_literals;
    for (const auto text : {"kg"sv, "pcs"sv, "m3"sv, "h"sv, "12345678"sv, "%"sv, "!~"sv}) {
        REQUIRE(unit_from(text));
        CHECK(unit_from(text)->text() == text);
    }
    for (const auto text : {""sv, " "sv, "k g"sv, " kg"sv, "kg "sv, "123456789"sv, "m\xC2\xB2"sv,
                            "kg\0"sv, "\0"sv, "a\tb"sv, "\x7F"sv, "\x80"sv, "\xFF"sv})
        CHECK_FALSE(unit_from(text));
    CHECK(Unit{}.text().empty());
    CHECK(unit("kg") < unit("pcs"));
    CHECK(unit("kg") != unit("Kg"));
}

TEST_CASE("a quantity is written without trailing zeros and read to the millionth") {
    CHECK(to_text(kilograms(1'500'000)) == "1.5 kg");
    CHECK(to_text(kilograms(-1)) == "-0.000001 kg");
    CHECK(to_text(kilograms(12'000'000)) == "12 kg");
    CHECK(to_text(Quantity{}) == "0");
    CHECK(quantity_from("1.5", unit("kg")) == kilograms(1'500'000));
    CHECK(quantity_from("0.0000001", unit("kg")) == std::nullopt);
    CHECK(quantity_from("", unit("kg")) == std::nullopt);
    CHECK(quantity_from("1.5 kg", unit("kg")) == std::nullopt);

    CHECK(quantity_from("1000000000000", unit("kg")) == kilograms(most_quantity));
    CHECK(quantity_from("-1000000000000", unit("kg")) == kilograms(-most_quantity));
    CHECK(quantity_from("1000000000000.000001", unit("kg")) == std::nullopt);
    CHECK(quantity_from("-1000000000000.000001", unit("kg")) == std::nullopt);
    CHECK(quantity_from("9223372036854.775808", unit("kg")) == std::nullopt);

    std::mt19937_64 random(6);
    for (int i = 0; i < 5'000; ++i) {
        const auto micro = static_cast<std::int64_t>(random()) >> (random() % 64);
        const Quantity quantity = kilograms(micro % (most_quantity + 1));
        REQUIRE(quantity_from(amount_text(quantity), quantity.unit) == quantity);
    }
}

TEST_CASE("quantities are added in one unit only") {
    CHECK(kilograms(2) + kilograms(-3) == kilograms(-1));
    CHECK(kilograms(2) - kilograms(3) == kilograms(-1));
    CHECK(-kilograms(2) == kilograms(-2));
    CHECK(aborts([] { (void)(kilograms(1) + Quantity{1, unit("g")}); }));
    CHECK(aborts([] { (void)(kilograms(1) - Quantity{}); }));
    CHECK(aborts([] { (void)(kilograms(Limits::min()) - kilograms(1)); }));
    CHECK(aborts([] { (void)-kilograms(Limits::min()); }));
}

TEST_CASE("a quantity at a price is rounded once, to the smallest unit of the currency") {
    CHECK(cost_text("10", "12.34", "EUR") == "123.40 EUR");
    CHECK(cost_text("0.1", "4.25", "EUR") == "0.43 EUR");
    CHECK(cost_text("0.1", "4.25", "EUR", Rounding::half_even) == "0.42 EUR");
    CHECK(cost_text("-0.1", "4.25", "EUR") == "-0.43 EUR");
    CHECK(cost_text("-0.1", "4.25", "EUR", Rounding::floor) == "-0.43 EUR");
    CHECK(cost_text("-0.1", "4.25", "EUR", Rounding::ceiling) == "-0.42 EUR");
    CHECK(cost_text("2.5", "3", "JPY") == "8 JPY");
    CHECK(cost_text("2.5", "3", "JPY", Rounding::down) == "7 JPY");
    CHECK(cost_text("0.5", "0.001", "KWD") == "0.001 KWD");
    CHECK(cost_text("0.5", "0.001", "KWD", Rounding::half_even) == "0.000 KWD");
    CHECK(cost_text("0.000001", "0.000001", "CLF", Rounding::up) == "0.0001 CLF");
    CHECK(cost_text("1000", "0.000005", "EUR") == "0.01 EUR");
}

TEST_CASE("a cost above the largest amount is empty, however large its factors") {
    CHECK(cost_text("1000000000000", "10", "EUR") == "10000000000000.00 EUR");
    CHECK(cost_text("-1000000000000", "10", "EUR") == "-10000000000000.00 EUR");
    CHECK(cost_text("1000000000000", "10.000001", "EUR") == "none");
    CHECK(cost_text("-1000000000000", "10.000001", "EUR") == "none");
    const Currency clf = *currency_from("CLF");
    for (const std::int64_t micro : {Limits::min(), Limits::max()})
        for (const std::int64_t units : {Limits::min(), Limits::max()})
            CHECK(priced(kilograms(micro), {units, clf}, Rounding::up) == std::nullopt);
    CHECK(priced(kilograms(0), {Limits::max(), clf}, Rounding::up) == Money{0, clf});
}

}  // namespace kontor
