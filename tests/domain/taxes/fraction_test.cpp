// Fractions: exact, in their lowest terms, and empty rather than wrong.
#include "domain/taxes/fraction.h"

#include "tests/support/dice.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace kontor;
using namespace kontor::taxes;

namespace {

Fraction of(Wide numerator, Wide denominator) { return fraction(numerator, denominator).value(); }

}  // namespace

TEST_CASE("fractions are in their lowest terms with the sign above") {
    CHECK((of(6, -4) == Fraction{-3, 2}));
    CHECK((of(0, -4) == Fraction{0, 1}));
    CHECK((plus(of(1, 6), of(1, 10)) == of(4, 15)));
    CHECK((times(of(-2, 3), of(9, 4)) == of(-3, 2)));
    CHECK((over(of(1, 2), of(-1, 4)) == of(-2, 1)));
    CHECK((minus(of(1, 2)) == of(-1, 2)));
    CHECK_FALSE(fraction(1, 0));
}

TEST_CASE("the whole number below and what is above it") {
    CHECK((floor_of(of(-7, 2)) == -4));
    CHECK((rest_of(of(-7, 2)) == of(1, 2)));
    CHECK((floor_of(of(7, 2)) == 3));
    CHECK((rest_of(of(8, 2)) == of(0, 1)));
}

TEST_CASE("what does not fit is empty") {
    const Wide large = Wide{1} << 100;
    CHECK_FALSE(times({large, 1}, {large, 1}));
    CHECK_FALSE(plus({1, large}, {1, large + 1}));
    CHECK_FALSE(fraction((Wide{1} << 126) * -2, 1));
    CHECK((times({large, 3}, {3, large}) == of(1, 1)));
}

TEST_CASE("order is exact for parts whose products would not fit") {
    const Wide large = Wide{1} << 100;
    CHECK(is_less({large - 1, large + 1}, {large, large + 1}));
    CHECK_FALSE(is_less({large, large + 1}, {large - 1, large + 1}));
    CHECK_FALSE(is_less({large, large + 1}, {large, large + 1}));
    CHECK(is_less({0, 1}, {1, large}));
    test::Dice dice(3);
    for (int n = 0; n < 2'000; ++n) {
        const Wide a = dice.between(0, 50), b = dice.between(0, 50);
        const Wide c = a + dice.between(1, 20), d = b + dice.between(1, 20);
        CHECK(is_less({a, c}, {b, d}) == (a * d < b * c));
    }
}

TEST_CASE("a sum is rounded once, also where it does not fit as a fraction") {
    const std::vector<Fraction> halves{of(1, 3), of(1, 6), of(-7, 2)};
    CHECK((rounded(sum_of(halves)) == -3));
    CHECK((rounded(sum_of(std::vector{of(1, 3), of(1, 7)})) == 0));
    CHECK((rounded(sum_of(std::vector{of(1, 3), of(1, 6)})) == 1));
    CHECK((rounded(sum_of(std::vector{of(-1, 3), of(-1, 6)})) == -1));
    CHECK((rounded(sum_of(std::vector{of(-1, 3), of(-1, 7)})) == 0));
    // Each pair is a half of its own, and together they are three: denominators of 2^61 and more.
    std::vector<Fraction> parts;
    for (const Wide odd : {(Wide{1} << 61) - 1, (Wide{1} << 62) - 57, (Wide{1} << 63) - 25}) {
        parts.push_back(of(odd / 2, odd));
        parts.push_back(of(odd / 2 + 1, odd));
    }
    CHECK((rounded(sum_of(parts)) == 3));
    parts.push_back(of(1, 2));
    CHECK((rounded(sum_of(parts)) == 4));
    parts.back() = of(49, 100);
    CHECK((rounded(sum_of(parts)) == 3));
}
