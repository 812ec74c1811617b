// Rates that are fractions: inverses and rates upon rates, with no digit lost before the rounding.
#include "domain/core/exact_rate.h"

#include "tests/domain/core/aborts.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

namespace kontor {
namespace {

using Limits = std::numeric_limits<std::int64_t>;

Currency in(std::string_view code) { return currency_from(code).value(); }
Money money(std::string_view amount, std::string_view code) {
    return money_from(amount, in(code)).value();
}
Rate rate(std::string_view text) { return {decimal_from(text, Rate::digits).value()}; }
Leg direct(std::string_view text) { return {rate(text), false}; }
Leg inverse(std::string_view text) { return {rate(text), true}; }

TEST_CASE("an exact rate that is one rate converts as that rate does") {
    CHECK(converted(money("29930.00", "USD"), exact(direct("1.130373")), in("EUR")) ==
          money("33832.06", "EUR"));
    CHECK(converted(money("1560.00", "EUR"), exact(direct("0.858762")), in("USD")) ==
          money("1339.67", "USD"));
    std::mt19937_64 draw(20'260'302);
    for (int round = 0; round < 2'000; ++round) {
        const Rate any{static_cast<std::int64_t>(draw() % (std::uint64_t{1} << (draw() % 63)) + 1)};
        const auto minor = static_cast<std::int64_t>(draw() % 2'000'000'000'000'001);
        const Money amount{minor - most_money, in("KWD")};
        for (const char* into : {"JPY", "USD", "KWD", "CLF"})
            CHECK(converted(amount, exact({any, false}), in(into)) ==
                  converted(amount, any, in(into), Rounding::half_up));
    }
}

TEST_CASE("an inverse is not rounded before it is multiplied") {
    // 3.3333333333 times as much would be a hundred less.
    CHECK(converted(money("3000000000000.00", "USD"), exact(inverse("0.3")), in("EUR")) ==
          money("10000000000000.00", "EUR"));
    CHECK(converted(money("9000000000000.00", "USD"), exact(inverse("3")), in("EUR")) ==
          money("3000000000000.00", "EUR"));
    // One dollar is 150 yen: 1,000,000 yen are 6,666.67 dollars.
    CHECK(converted(money("1000000", "JPY"), exact(inverse("150")), in("USD")) ==
          money("6666.67", "USD"));
    CHECK(converted(money("-1000000", "JPY"), exact(inverse("150")), in("USD")) ==
          money("-6666.67", "USD"));
}

TEST_CASE("one rate upon another is rounded once") {
    // 10,000 yen into euros at 0.9 a dollar, which is 150 yen: 66.666... dollars, 60.00 euros.
    CHECK(converted(money("10000", "JPY"), chained(inverse("150"), direct("0.9")), in("EUR")) ==
          money("60.00", "EUR"));
    // Rounded to cents in between it would be 66.67 x 0.75007 = 50.0072, a cent more.
    CHECK(converted(money("10000", "JPY"), chained(inverse("150"), direct("0.75007")), in("EUR")) ==
          money("50.00", "EUR"));
    // Three dinars, at 3.25 dollars each, at 0.8 euros each.
    CHECK(converted(money("3.000", "KWD"), chained(direct("3.25"), direct("0.8")), in("EUR")) ==
          money("7.80", "EUR"));
    CHECK(converted(money("78.00", "EUR"), chained(inverse("0.8"), inverse("3.25")), in("KWD")) ==
          money("30.000", "KWD"));
}

TEST_CASE("halves go away from zero, after all digits were seen") {
    const auto cents_of = [](std::int64_t cents, Leg leg) {
        return converted({cents, in("USD")}, exact(leg), in("EUR"))->minor;
    };
    CHECK(cents_of(1, inverse("2")) == 1);  // 0.5
    CHECK(cents_of(-1, inverse("2")) == -1);
    CHECK(cents_of(5, inverse("2")) == 3);  // 2.5
    CHECK(cents_of(1, inverse("2.0000000001")) == 0);
    CHECK(cents_of(1, inverse("1.9999999999")) == 1);
    // Between currencies of no digits and of three.
    CHECK(converted(money("1", "JPY"), exact(inverse("2000")), in("KWD")) == money("0.001", "KWD"));
    CHECK(converted(money("0.499", "KWD"), exact(direct("1")), in("JPY")) == money("0", "JPY"));
    CHECK(converted(money("0.500", "KWD"), exact(direct("1")), in("JPY")) == money("1", "JPY"));
    CHECK(converted(money("0.999", "KWD"), exact(inverse("2")), in("JPY")) == money("0", "JPY"));
    CHECK(converted(money("1.000", "KWD"), exact(inverse("2")), in("JPY")) == money("1", "JPY"));
}

TEST_CASE("what is above the largest amount is empty, however large the fraction is") {
    const Leg largest{Rate{Limits::max()}, false};
    const Leg least{Rate{1}, false};
    const Leg from_largest{Rate{Limits::max()}, true};
    const Leg from_least{Rate{1}, true};
    const Money most{most_money, in("USD")};
    for (const ExactRate& beyond :
         {exact(largest), exact(from_least), chained(largest, largest),
          chained(largest, from_least), chained(from_least, from_least)}) {
        CHECK(converted(most, beyond, in("CLF")) == std::nullopt);
        CHECK(converted(-most, beyond, in("EUR")) == std::nullopt);
        CHECK(converted({0, in("USD")}, beyond, in("EUR")) == Money{0, in("EUR")});
    }
    CHECK(converted(most, chained(largest, from_largest), in("EUR")) ==
          Money{most_money, in("EUR")});
    CHECK(converted(most, chained(least, from_least), in("EUR")) == Money{most_money, in("EUR")});
    CHECK(converted(most, chained(least, least), in("EUR")) == Money{0, in("EUR")});
    CHECK(converted(most, chained(from_largest, from_largest), in("EUR")) == Money{0, in("EUR")});
    CHECK(converted({Limits::min(), in("CLF")}, exact(direct("0.0001")), in("JPY")) ==
          Money{-92'233'720'369, in("JPY")});
}

TEST_CASE("for people an exact rate has ten digits") {
    CHECK(rounded(exact(direct("1.130373"))) == rate("1.130373"));
    CHECK(rounded(exact(inverse("3"))) == rate("0.3333333333"));
    CHECK(rounded(exact(inverse("0.3"))) == rate("3.3333333333"));
    CHECK(rounded(exact(inverse("1.5"))) == rate("0.6666666667"));
    CHECK(rounded(chained(inverse("150"), direct("0.9"))) == rate("0.006"));
    CHECK(rounded(exact({Rate{Limits::max()}, false})) == Rate{Limits::max()});
    CHECK(rounded(exact({Rate{100}, true})) == rate("100000000"));
    CHECK(rounded(exact({Rate{10}, true})) == std::nullopt);
    CHECK(rounded(chained({Rate{1}, false}, {Rate{1}, false})) == Rate{0});
}

TEST_CASE("a rate that is not above zero is a defect") {
    CHECK(aborts([] { exact({Rate{0}, false}); }));
    CHECK(aborts([] { chained(direct("1"), {Rate{-1}, true}); }));
}

}  // namespace
}  // namespace kontor
