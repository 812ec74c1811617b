// Amounts: their text, fair division, conversion, and what happens where they do not fit.
#include "domain/core/money.h"

#include "tests/domain/core/aborts.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace kontor {
namespace {

using Limits = std::numeric_limits<std::int64_t>;

Currency in(std::string_view code) {
    const auto currency = currency_from(code);
    REQUIRE(currency);
    return *currency;
}

Money eur(std::int64_t cents) { return {cents, in("EUR")}; }

// "100.00 EUR": as a person would write it.
Money money(std::string_view amount, std::string_view currency) {
    const auto read = money_from(amount, in(currency));
    REQUIRE(read);
    return *read;
}

Rate rate(std::string_view text) {
    const auto units = decimal_from(text, Rate::digits);
    REQUIRE(units);
    return {*units};
}

Percent percent(std::string_view text) {
    const auto units = decimal_from(text, Percent::digits);
    REQUIRE(units);
    return {*units};
}

std::vector<std::int64_t> minors(const std::vector<Money>& amounts) {
    std::vector<std::int64_t> all;
    for (const Money amount : amounts) all.push_back(amount.minor);
    return all;
}

using Minors = std::vector<std::int64_t>;

Wide sum(const std::vector<Money>& amounts) {
    Wide total = 0;
    for (const Money amount : amounts) total += amount.minor;
    return total;
}

}  // namespace

TEST_CASE("an amount is written and read in the digits of its currency") {
    CHECK(to_text(money("1000", "EUR")) == "1000.00 EUR");
    CHECK(to_text(money("1000", "JPY")) == "1000 JPY");
    CHECK(to_text(money("-0.5", "KWD")) == "-0.500 KWD");
    CHECK(amount_text(money("0.0001", "CLF")) == "0.0001");
    CHECK(money_from("0.01", in("EUR")) == eur(1));
    CHECK(money_from("0.001", in("EUR")) == std::nullopt);
    CHECK(money_from("0.5", in("JPY")) == std::nullopt);
    CHECK(money_from("1.0", in("JPY")) == Money{1, in("JPY")});
    CHECK(money_from("1,00", in("EUR")) == std::nullopt);
    CHECK(to_text(Money{}) == "0");
}

TEST_CASE("an amount is at most ten to the fifteen smallest units") {
    CHECK(money_from("10000000000000.00", in("EUR")) == eur(most_money));
    CHECK(money_from("-10000000000000.00", in("EUR")) == eur(-most_money));
    CHECK(money_from("10000000000000.01", in("EUR")) == std::nullopt);
    CHECK(money_from("-10000000000000.01", in("EUR")) == std::nullopt);
    CHECK(money_from("1000000000000000", in("JPY")) == Money{most_money, in("JPY")});
    CHECK(money_from("1000000000000001", in("JPY")) == std::nullopt);
}

TEST_CASE("amounts are added in one currency only") {
    CHECK(eur(150) + eur(-50) == eur(100));
    CHECK(eur(150) - eur(250) == eur(-100));
    CHECK(-eur(5) == eur(-5));
    CHECK(aborts([] { (void)(eur(1) + money("1", "USD")); }));
    CHECK(aborts([] { (void)(eur(1) - Money{}); }));
    CHECK(aborts([] { (void)(eur(Limits::max()) + eur(1)); }));
    CHECK(aborts([] { (void)-eur(Limits::min()); }));
    CHECK(-eur(Limits::max()) == eur(-Limits::max()));
}

TEST_CASE("a split loses no cent, larger shares first") {
    CHECK(split(eur(10'000), 3) == std::vector{eur(3'334), eur(3'333), eur(3'333)});
    CHECK(minors(split(eur(-10'000), 3)) == Minors{-3'334, -3'333, -3'333});
    CHECK(minors(split(eur(5), 1)) == Minors{5});
    CHECK(minors(split(eur(2), 4)) == Minors{1, 1, 0, 0});
    CHECK(minors(split(eur(0), 2)) == Minors{0, 0});
    CHECK(minors(split(eur(Limits::min()), 1)) == Minors{Limits::min()});
    CHECK(aborts([] { (void)split(eur(1), 0); }));

    std::mt19937_64 random(100);
    for (int i = 0; i < 2'000; ++i) {
        const Money whole = eur(static_cast<std::int64_t>(random()) >> (random() % 64));
        const std::size_t parts = random() % 40 + 1;
        const auto shares = split(whole, parts);
        REQUIRE(shares.size() == parts);
        REQUIRE(sum(shares) == whole.minor);
        for (std::size_t n = 1; n < parts; ++n) {
            const Wide less = Wide{shares[n - 1].minor} - shares[n].minor;
            REQUIRE((whole.minor < 0 ? -less : less) >= 0);
        }
        const Wide apart = Wide{shares.front().minor} - shares.back().minor;
        REQUIRE((apart < 0 ? -apart : apart) <= 1);
    }
}

TEST_CASE("landed cost is allocated by value, and a receipt worth nothing bears nothing") {
    const std::int64_t worth[] = {12'000, 20'000, 0};
    CHECK(allocate(eur(8'000), worth) == std::vector{eur(3'000), eur(5'000), eur(0)});
}

TEST_CASE("four cents over seven equal lines make no negative share") {
    const std::vector<std::int64_t> equal(7, 1'589);
    CHECK(minors(allocate(eur(4), equal)) == Minors{1, 1, 1, 1, 0, 0, 0});
    CHECK(minors(allocate(eur(-4), equal)) == Minors{-1, -1, -1, -1, 0, 0, 0});
}

TEST_CASE("the largest remainders get what is left over, equal ones the earlier") {
    // Exact shares of 100: 47, 16, 15.8, 12, 6.1, 3.1 (the textbook example of Hamilton's method).
    const std::int64_t votes[] = {47'000, 16'000, 15'800, 12'000, 6'100, 3'100};
    CHECK(minors(allocate(eur(10), votes)) == Minors{5, 2, 1, 1, 1, 0});
    const std::int64_t halves[] = {1, 1, 2};
    CHECK(minors(allocate(eur(2), halves)) == Minors{1, 0, 1});
    const std::int64_t nothing[] = {0, 0, 0};
    CHECK(minors(allocate(eur(100), nothing)) == Minors{34, 33, 33});
    CHECK(aborts([] { (void)allocate(eur(1), {}); }));
    const std::int64_t negative[] = {2, -1};
    CHECK(aborts([&] { (void)allocate(eur(1), negative); }));
}

TEST_CASE("the largest amount and weights are allocated without overflow") {
    const std::int64_t most[] = {Limits::max(), Limits::max(), Limits::max()};
    const auto shares = allocate(eur(Limits::min()), most);
    CHECK(minors(shares) ==
          Minors{-3074457345618258603, -3074457345618258603, -3074457345618258602});
    const std::int64_t one[] = {Limits::max()};
    CHECK(minors(allocate(eur(Limits::min()), one)) == Minors{Limits::min()});
}

TEST_CASE("any allocation adds up, and each share is the exact one rounded down or up") {
    std::mt19937_64 random(1792);
    for (int i = 0; i < 3'000; ++i) {
        std::vector<std::int64_t> weights(random() % 40 + 1);
        // Small weights make equal remainders, large ones make long products.
        const auto range = random() % 2 ? std::uint64_t{4} : std::uint64_t{1} << 62;
        Wide total = 0;
        for (auto& weight : weights) {
            weight = static_cast<std::int64_t>(random() % range);
            total += weight;
        }
        if (total == 0) continue;
        const Money whole = eur(static_cast<std::int64_t>(random()) >> (random() % 63 + 1));
        const auto shares = allocate(whole, weights);
        REQUIRE(shares.size() == weights.size());
        REQUIRE(sum(shares) == whole.minor);

        std::vector<Wide> remainders;
        std::vector<bool> raised;
        for (std::size_t n = 0; n < shares.size(); ++n) {
            const Wide exact = Wide{whole.minor} * weights[n];
            const Wide down = divide(exact, total, Rounding::down);
            const Wide up = divide(exact, total, Rounding::up);
            REQUIRE((shares[n].minor == down || shares[n].minor == up));
            REQUIRE(shares[n].currency == whole.currency);
            remainders.push_back(exact < 0 ? down * total - exact : exact - down * total);
            raised.push_back(shares[n].minor != down);
        }
        bool largest_first = true;
        for (std::size_t a = 0; a < shares.size(); ++a)
            for (std::size_t b = 0; b < shares.size(); ++b)
                if (raised[a] && !raised[b] &&
                    (remainders[a] < remainders[b] || (remainders[a] == remainders[b] && a > b)))
                    largest_first = false;
        REQUIRE(largest_first);

        auto mirrored = minors(allocate(-whole, weights));
        for (auto& minor : mirrored) minor = -minor;
        REQUIRE(mirrored == minors(shares));
    }
}

TEST_CASE("an amount is converted at a rate and rounded once, in the digits of the other") {
    const auto half_up = Rounding::half_up;
    CHECK(converted(money("29930", "EUR"), rate("1.130373"), in("USD"), half_up) ==
          money("33832.06", "USD"));
    CHECK(converted(money("1560", "EUR"), rate("0.858762"), in("GBP"), half_up) ==
          money("1339.67", "GBP"));
    CHECK(converted(money("1000", "JPY"), rate("0.0061234567"), in("EUR"), half_up) ==
          money("6.12", "EUR"));
    CHECK(converted(money("1.234", "KWD"), rate("3.25"), in("USD"), half_up) ==
          money("4.01", "USD"));
    CHECK(converted(money("1", "USD"), rate("0.0237"), in("CLF"), half_up) ==
          money("0.0237", "CLF"));
    CHECK(converted(money("1.5000", "CLF"), rate("4000"), in("JPY"), half_up) ==
          money("6000", "JPY"));
    // 161.5 and 162.5 yen: both halves.
    const Money one = money("1", "EUR");
    CHECK(converted(one, rate("161.5"), in("JPY"), half_up) == money("162", "JPY"));
    CHECK(converted(one, rate("162.5"), in("JPY"), half_up) == money("163", "JPY"));
    CHECK(converted(one, rate("162.5"), in("JPY"), Rounding::half_even) == money("162", "JPY"));
    CHECK(converted(-one, rate("162.5"), in("JPY"), half_up) == money("-163", "JPY"));
    CHECK(converted(-one, rate("162.5"), in("JPY"), Rounding::down) == money("-162", "JPY"));
}

TEST_CASE("a conversion above the largest amount is empty, however large its factors") {
    const Currency usd = in("USD");
    const auto convert = [&](std::int64_t minor, std::int64_t units) {
        return converted(eur(minor), Rate{units}, usd, Rounding::half_up);
    };
    CHECK(convert(most_money, 10'000'000'000) == Money{most_money, usd});
    CHECK(convert(-most_money, 10'000'000'000) == Money{-most_money, usd});
    CHECK(convert(most_money, 10'000'000'001) == std::nullopt);
    CHECK(convert(-most_money, 10'000'000'001) == std::nullopt);
    CHECK(convert(Limits::min(), Limits::min()) == std::nullopt);
    CHECK(convert(Limits::max(), Limits::min()) == std::nullopt);
    CHECK(convert(0, Limits::max()) == Money{0, usd});
    CHECK(converted({Limits::max(), in("JPY")}, Rate{Limits::max()}, in("CLF"), Rounding::up) ==
          std::nullopt);
}

TEST_CASE("two taxed lines of 15.89 come to what rounding per line and once come to") {
    // t1 6 % joins the base, t2 6 % on the original, t3 3 % on base + t1 + t2.
    const auto taxes = [](Money base) {
        const auto rounding = Rounding::half_up;
        const Money one = *percent_of(base, percent("6"), rounding);
        const Money two = *percent_of(base, percent("6"), rounding);
        return one + two + *percent_of(base + one + two, percent("3"), rounding);
    };
    CHECK(taxes(eur(1'589)) + taxes(eur(1'589)) == eur(486));
    CHECK(taxes(eur(3'178)) == eur(489));
}

TEST_CASE("a percentage is rounded as it is named") {
    const auto of_cents = [](std::int64_t cents, std::string_view text, Rounding rounding) {
        return percent_of(eur(cents), percent(text), rounding)->minor;
    };
    CHECK(of_cents(10'000, "21", Rounding::half_up) == 2'100);
    CHECK(of_cents(10'000, "21.5", Rounding::down) == 2'150);
    CHECK(of_cents(10'000, "-5", Rounding::down) == -500);
    // Half a cent, and a cent and a half.
    CHECK(of_cents(5, "10", Rounding::half_up) == 1);
    CHECK(of_cents(5, "10", Rounding::half_even) == 0);
    CHECK(of_cents(15, "10", Rounding::half_even) == 2);
    CHECK(of_cents(-5, "10", Rounding::half_up) == -1);
    CHECK(of_cents(-5, "10", Rounding::ceiling) == 0);
    CHECK(of_cents(-5, "10", Rounding::floor) == -1);
    CHECK(of_cents(1, "0.000001", Rounding::up) == 1);
    CHECK(percent_of(eur(most_money), percent("100"), Rounding::down) == eur(most_money));
    CHECK(percent_of(eur(most_money), percent("100.000001"), Rounding::down) == std::nullopt);
    CHECK(percent_of(eur(Limits::min()), Percent{Limits::min()}, Rounding::up) == std::nullopt);
}

}  // namespace kontor
