// Decimal text, named roundings and arithmetic that notices when a result does not fit.
#include "domain/core/decimal.h"

#include "tests/domain/core/aborts.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace kontor {
namespace {

using Limits = std::numeric_limits<std::int64_t>;

constexpr Rounding every_rounding[] = {Rounding::half_up, Rounding::half_even, Rounding::down,
                                       Rounding::up,      Rounding::floor,     Rounding::ceiling};

// Tenths and the whole number that each rounding makes of them, in the order of every_rounding.
struct Rounded {
    int tenths;
    int whole[6];
};

constexpr Rounded rounded[] = {
    // tenths  half_up  half_even  down  up  floor  ceiling
    {0, {0, 0, 0, 0, 0, 0}},
    {1, {0, 0, 0, 1, 0, 1}},
    {4, {0, 0, 0, 1, 0, 1}},
    {5, {1, 0, 0, 1, 0, 1}},
    {6, {1, 1, 0, 1, 0, 1}},
    {9, {1, 1, 0, 1, 0, 1}},
    {10, {1, 1, 1, 1, 1, 1}},
    {14, {1, 1, 1, 2, 1, 2}},
    {15, {2, 2, 1, 2, 1, 2}},
    {16, {2, 2, 1, 2, 1, 2}},
    {20, {2, 2, 2, 2, 2, 2}},
    {25, {3, 2, 2, 3, 2, 3}},
    {35, {4, 4, 3, 4, 3, 4}},
    {95, {10, 10, 9, 10, 9, 10}},
    {105, {11, 10, 10, 11, 10, 11}},
    {-1, {0, 0, 0, -1, -1, 0}},
    {-4, {0, 0, 0, -1, -1, 0}},
    {-5, {-1, 0, 0, -1, -1, 0}},
    {-6, {-1, -1, 0, -1, -1, 0}},
    {-9, {-1, -1, 0, -1, -1, 0}},
    {-10, {-1, -1, -1, -1, -1, -1}},
    {-14, {-1, -1, -1, -2, -2, -1}},
    {-15, {-2, -2, -1, -2, -2, -1}},
    {-16, {-2, -2, -1, -2, -2, -1}},
    {-20, {-2, -2, -2, -2, -2, -2}},
    {-25, {-3, -2, -2, -3, -3, -2}},
    {-35, {-4, -4, -3, -4, -4, -3}},
    {-95, {-10, -10, -9, -10, -10, -9}},
    {-105, {-11, -10, -10, -11, -11, -10}},
};

}  // namespace

TEST_CASE("each rounding treats halves, and what lies beside them, as it is named") {
    for (const Rounded& row : rounded) {
        for (std::size_t i = 0; i < 6; ++i) {
            // The same number at many scales, and written with two minuses.
            for (int scale = 0; scale <= 35; ++scale) {
                const Wide numerator = row.tenths * ten_to(scale);
                const Wide denominator = ten_to(scale + 1);
                INFO(row.tenths << " tenths, rounding " << i << ", scale " << scale);
                REQUIRE(divide(numerator, denominator, every_rounding[i]) == row.whole[i]);
                REQUIRE(divide(-numerator, -denominator, every_rounding[i]) == row.whole[i]);
            }
        }
    }
}

TEST_CASE("a rounded quotient lies beside the exact one, on the named side") {
    std::mt19937_64 random(20260217);
    for (int i = 0; i < 20'000; ++i) {
        // Divisors of all sizes, so that small ones make many halves.
        const auto divisor = static_cast<std::int64_t>(random() >> (random() % 63 + 1));
        const Wide denominator = (random() % 2 ? 1 : -1) * Wide{divisor == 0 ? 2 : divisor};
        const Wide numerator = Wide{static_cast<std::int64_t>(random())} * 1'000;
        const Wide magnitude = denominator < 0 ? -denominator : denominator;
        const Wide down = divide(numerator, denominator, Rounding::down);
        for (const Rounding rounding : every_rounding) {
            const Wide quotient = divide(numerator, denominator, rounding);
            // Signed as if the denominator were positive: what the quotient has too little.
            const Wide missing = (numerator - quotient * denominator) * (denominator < 0 ? -1 : 1);
            const Wide apart = missing < 0 ? -missing : missing;
            REQUIRE(apart < magnitude);
            if (rounding == Rounding::floor) REQUIRE(missing >= 0);
            if (rounding == Rounding::ceiling) REQUIRE(missing <= 0);
            if (rounding == Rounding::half_up || rounding == Rounding::half_even)
                REQUIRE(2 * apart <= magnitude);
            if (rounding == Rounding::half_even && 2 * apart == magnitude)
                REQUIRE(quotient % 2 == 0);
            if (rounding == Rounding::half_up && 2 * apart == magnitude) REQUIRE(quotient != down);
            if (rounding == Rounding::up) REQUIRE((quotient != down) == (apart != 0));
        }
    }
}

TEST_CASE("rounding does not overflow where doubling the remainder would") {
    const Wide most = ~(Wide{1} << 127);  // 2^127 - 1, odd
    CHECK(divide(most, 2, Rounding::half_up) == Wide{1} << 126);
    CHECK(divide(most, 2, Rounding::half_even) == Wide{1} << 126);
    CHECK(divide(most, 2, Rounding::down) == (Wide{1} << 126) - 1);
    CHECK(divide(Wide{1} << 126, most, Rounding::half_even) == 1);
    CHECK(divide((Wide{1} << 126) - 1, most, Rounding::half_up) == 0);
    CHECK(divide(-most - 1, most, Rounding::half_up) == -1);
    CHECK(divide(-most - 1, most, Rounding::up) == -2);
    CHECK(divide(-most, -most - 1, Rounding::half_up) == 1);
    CHECK(aborts([] { (void)divide(1, 0, Rounding::down); }));
    CHECK(aborts([&] { (void)divide(-most - 1, -1, Rounding::down); }));
    CHECK_FALSE(aborts([&] { (void)divide(-most, -1, Rounding::down); }));
}

TEST_CASE("powers of ten reach to the largest that fits") {
    CHECK(ten_to(0) == 1);
    CHECK(ten_to(6) == 1'000'000);
    CHECK(ten_to(38) / ten_to(37) == 10);
    CHECK(decimal_text(ten_to(38), 0) == "1" + std::string(38, '0'));
    CHECK(aborts([] { (void)ten_to(39); }));
    CHECK(aborts([] { (void)ten_to(-1); }));
}

TEST_CASE("a decimal is written with all its digits, or without trailing zeros") {
    struct Written {
        std::int64_t units;
        int scale;
        const char* full;
        const char* brief;
    };
    const Written all[] = {
        {0, 0, "0", "0"},
        {0, 2, "0.00", "0"},
        {5, 2, "0.05", "0.05"},
        {-5, 2, "-0.05", "-0.05"},
        {-1250, 2, "-12.50", "-12.5"},
        {100, 0, "100", "100"},
        {100, 2, "1.00", "1"},
        {-100'000, 2, "-1000.00", "-1000"},
        {1'500'000, 6, "1.500000", "1.5"},
        {1, 10, "0.0000000001", "0.0000000001"},
        {Limits::max(), 0, "9223372036854775807", "9223372036854775807"},
        {Limits::min(), 0, "-9223372036854775808", "-9223372036854775808"},
        {Limits::min(), 6, "-9223372036854.775808", "-9223372036854.775808"},
        {Limits::max(), 19, "0.9223372036854775807", "0.9223372036854775807"},
    };
    for (const Written& one : all) {
        CHECK(decimal_text(one.units, one.scale) == one.full);
        CHECK(short_decimal_text(one.units, one.scale) == one.brief);
    }
    const Wide least = Wide{1} << 127;
    CHECK(decimal_text(least, 0) == "-170141183460469231731687303715884105728");
    CHECK(decimal_text(least, 38) == "-1.70141183460469231731687303715884105728");
}

TEST_CASE("a decimal is read in units of its scale") {
    CHECK(decimal_from("0", 2) == 0);
    CHECK(decimal_from("-12.5", 2) == -1250);
    CHECK(decimal_from("12.50", 2) == 1250);
    CHECK(decimal_from("12", 2) == 1200);
    CHECK(decimal_from("0.05", 2) == 5);
    CHECK(decimal_from("10", 0) == 10);
    CHECK(decimal_from("0.000001", 6) == 1);
    // Zeros beyond the scale change nothing, anything else there would be lost.
    CHECK(decimal_from("12.5000000000000000000000000000", 2) == 1250);
    CHECK(decimal_from("12.505", 2) == std::nullopt);
    CHECK(decimal_from("12.500000000000000000000000001", 2) == std::nullopt);
    CHECK(decimal_from("7.0", 0) == 7);
    CHECK(decimal_from("7.1", 0) == std::nullopt);
}

TEST_CASE("zero has no sign: a minus before it is read and never written") {
    CHECK(decimal_from("-0", 2) == 0);
    CHECK(decimal_from("-0.00", 2) == 0);
    CHECK(integer_from("-0") == 0);
    CHECK(decimal_text(*decimal_from("-0.00", 2), 2) == "0.00");
}

TEST_CASE("what is no decimal is refused") {
    using namespace std::string_literals;
    const std::vector<std::string> hostile = {
        "",     "-",      ".",     "-.",     "1.",      "-1.",    ".5",       "-.5",     "+1",
        "--1",  "1-",     "01",    "00",     "-01",     "00.5",   "1e3",      "1E3",     "0x10",
        "1 ",   " 1",     "\t1",   "1\n",    "1,5",     "1_000",  "1'000",    "1.2.3",   "1..2",
        "NaN",  "inf",    "-inf",  "\u0663", "1\u0663", "\uFF11", "1.\u0663", "\u22121", "\0"s,
        "1\0"s, "\0001"s, "1.\0"s, "1.5\0"s, "1\0002"s, "1/",     "1:",       "\xFF",    "1\x80"};
    for (const std::string& text : hostile) {
        INFO(text);
        CHECK(decimal_from(text, 2) == std::nullopt);
        CHECK(integer_from(text) == std::nullopt);
    }
    CHECK(integer_from("1.0") == std::nullopt);
    CHECK(integer_from("1.5") == std::nullopt);
}

TEST_CASE("a decimal that does not fit is refused, the last that fits is read") {
    CHECK(integer_from("9223372036854775807") == Limits::max());
    CHECK(integer_from("9223372036854775808") == std::nullopt);
    CHECK(integer_from("-9223372036854775808") == Limits::min());
    CHECK(integer_from("-9223372036854775809") == std::nullopt);
    CHECK(integer_from("18446744073709551616") == std::nullopt);
    CHECK(integer_from("18446744073709551617") == std::nullopt);
    CHECK(integer_from("-" + std::string(400, '9')) == std::nullopt);
    CHECK(decimal_from("92233720368547758.07", 2) == Limits::max());
    CHECK(decimal_from("92233720368547758.08", 2) == std::nullopt);
    CHECK(decimal_from("-92233720368547758.08", 2) == Limits::min());
    CHECK(decimal_from("-92233720368547758.09", 2) == std::nullopt);
    CHECK(decimal_from("92233720368547759", 2) == std::nullopt);
    CHECK(decimal_from("9", 18) == 9'000'000'000'000'000'000);
    CHECK(decimal_from("10", 18) == std::nullopt);
    CHECK(decimal_from("0", 38) == 0);
}

TEST_CASE("any number of units is read back from both its texts, at every scale") {
    std::mt19937_64 random(4217);
    std::vector<std::int64_t> numbers = {0, 1, -1, Limits::max(), Limits::min()};
    for (int i = 0; i < 1'000; ++i)
        numbers.push_back(static_cast<std::int64_t>(random()) >> (random() % 64));
    for (const std::int64_t number : numbers) {
        for (int scale = 0; scale <= 20; ++scale) {
            REQUIRE(decimal_from(decimal_text(number, scale), scale) == number);
            REQUIRE(decimal_from(short_decimal_text(number, scale), scale) == number);
        }
        REQUIRE(integer_from(std::to_string(number)) == number);
    }
}

TEST_CASE("arithmetic is empty where the result does not fit") {
    CHECK(added(2, -3) == -1);
    CHECK(added(Limits::max(), 0) == Limits::max());
    CHECK(added(Limits::max(), 1) == std::nullopt);
    CHECK(added(Limits::min(), -1) == std::nullopt);
    CHECK(subtracted(Limits::min(), 1) == std::nullopt);
    CHECK(subtracted(0, Limits::min()) == std::nullopt);
    CHECK(subtracted(-1, Limits::min()) == Limits::max());
    CHECK(multiplied(3, -7) == -21);
    CHECK(multiplied(Limits::min(), -1) == std::nullopt);
    CHECK(multiplied(Limits::min(), 1) == Limits::min());
    CHECK(multiplied(std::int64_t{1} << 32, std::int64_t{1} << 31) == std::nullopt);
}

}  // namespace kontor
