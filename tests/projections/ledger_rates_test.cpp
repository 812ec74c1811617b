// Rates of exchange as they were known at any moment: listed, and found for a day.
#include "projections/ledger/rates.h"

#include "tests/projections/reading.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::ledger;
using test::currency;
using test::day;

namespace {

const CompanyCode acme{"ACME"};

Rate rate(std::string_view text) { return {decimal_from(text, Rate::digits).value()}; }

companies::CompanyCreated company() {
    return {acme, "Acme", currency("EUR"), "UTC", 1, 2026, companies::Chart::none};
}
RateSet set(std::string_view from, std::string_view to, std::string_view date,
            std::string_view units, RateType type = RateType::spot) {
    return {acme, type, currency(from), currency(to), day(date), rate(units)};
}

// "USD EUR 2026-03-02 0.92", one a rate.
std::vector<std::string> listed(test::Reading& books, const RateList& query, Corner corner = {}) {
    std::vector<std::string> lines;
    for (const ListedRate& row : books.ask<ListedRate>(query, corner, 2).rows)
        lines.push_back(std::string(row.from.text()) + " " + std::string(row.to.text()) + " " +
                        to_text(row.date) + " " + short_decimal_text(row.rate.units, Rate::digits));
    return lines;
}
using Lines = std::vector<std::string>;

std::optional<RateInUse> one(test::Reading& books, std::string_view from, std::string_view to,
                             Corner corner, RateType type = RateType::spot) {
    const auto answer =
        books.ask<RateInUse>(OneRate{acme, type, currency(from), currency(to)}, corner);
    CHECK(answer.missing.has_value() == answer.rows.empty());
    if (answer.rows.empty()) return std::nullopt;
    return answer.rows.front();
}

}  // namespace

TEST_CASE("rates are listed by their currencies, the newest first, as they were known") {
    test::Reading books;
    books.happened(company(), day("2026-03-01"));
    books.happened(set("USD", "EUR", "2026-03-02", "0.92"), day("2026-03-02"));  // 2
    books.happened(set("USD", "EUR", "2026-03-04", "0.94"), day("2026-03-04"));  // 3
    books.happened(set("USD", "EUR", "2026-03-03", "9.3"), day("2026-03-03"));   // 4
    books.happened(set("EUR", "USD", "2026-03-02", "1.08"), day("2026-03-02"));  // 5
    books.happened(set("USD", "EUR", "2026-03-03", "0.93"), day("2026-03-03"));  // 6, mends 4
    books.happened(set("USD", "EUR", "2026-03-31", "0.9", RateType::closing), day("2026-03-31"));
    books.happened(RateSet{{"OTHER"},
                           RateType::spot,
                           currency("USD"),
                           currency("EUR"),
                           day("2026-03-02"),
                           rate("7")},
                   day("2026-03-02"));
    books.happened(
        RateWithdrawn{acme, RateType::spot, currency("USD"), currency("EUR"), day("2026-03-04")},
        day("2026-03-04"));  // 9
    const RateList spot{acme, RateType::spot, {}, {}};
    CHECK(listed(books, spot) ==
          Lines{"EUR USD 2026-03-02 1.08", "USD EUR 2026-03-03 0.93", "USD EUR 2026-03-02 0.92"});
    CHECK(listed(books, spot, {{}, 5}) == Lines{"EUR USD 2026-03-02 1.08",
                                                "USD EUR 2026-03-04 0.94", "USD EUR 2026-03-03 9.3",
                                                "USD EUR 2026-03-02 0.92"});
    CHECK(listed(books, spot, {day("2026-03-02"), 9}) ==
          Lines{"EUR USD 2026-03-02 1.08", "USD EUR 2026-03-02 0.92"});
    CHECK(listed(books, {acme, {}, currency("USD"), {}}) ==
          Lines{"USD EUR 2026-03-03 0.93", "USD EUR 2026-03-02 0.92", "USD EUR 2026-03-31 0.9"});
    CHECK(listed(books, {acme, RateType::spot, currency("EUR"), {}}) ==
          Lines{"EUR USD 2026-03-02 1.08"});
    CHECK(listed(books, {acme, {}, {}, currency("USD")}) == Lines{"EUR USD 2026-03-02 1.08"});
    CHECK(listed(books, {{"NONE"}, {}, {}, {}}).empty());
}

TEST_CASE("the rate of a day says how it was found") {
    test::Reading books;
    books.happened(company(), day("2026-03-01"));
    books.happened(set("EUR", "USD", "2026-03-02", "1.25"), day("2026-03-02"));
    books.happened(set("EUR", "JPY", "2026-03-04", "160"), day("2026-03-04"));  // 3
    const Currency usd = currency("USD"), eur = currency("EUR"), jpy = currency("JPY");
    const auto spot = RateType::spot;
    CHECK(one(books, "EUR", "USD", {day("2026-03-03"), 3}) ==
          RateInUse{spot, eur, usd, rate("1.25"), RateWay::direct, day("2026-03-02"), {}});
    CHECK(one(books, "USD", "EUR", {day("2026-03-03"), 3}) ==
          RateInUse{spot, usd, eur, rate("0.8"), RateWay::inverse, day("2026-03-02"), {}});
    CHECK(one(books, "USD", "JPY", {day("2026-03-04"), 3}) ==
          RateInUse{spot, usd, jpy, rate("128"), RateWay::through, day("2026-03-02"), eur});
    CHECK(one(books, "USD", "USD", {day("2026-03-04"), 3}) ==
          RateInUse{spot, usd, usd, rate("1"), RateWay::same, {}, {}});
    CHECK_FALSE(one(books, "USD", "JPY", {day("2026-03-03"), 3}));
    CHECK_FALSE(one(books, "USD", "JPY", {day("2026-03-04"), 2}));
    // Too old on the day; without a day the newest, however old.
    CHECK(one(books, "USD", "EUR", {day("2026-04-02"), 3}));
    CHECK_FALSE(one(books, "USD", "EUR", {day("2026-04-03"), 3}));
    CHECK(one(books, "USD", "EUR", {{}, 3}));
    CHECK(books.ask<RateInUse>(OneRate{{"NONE"}, spot, usd, eur}).missing);
}

TEST_CASE("the rate of a day is what the domain found at that moment, whatever happened") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        test::Dice dice(seed);
        test::Reading books;
        test::Given story(test::the_catalog());
        const char* const codes[] = {"EUR", "USD", "JPY"};
        const auto any = [&] { return currency(codes[dice.below(3)]); };
        const auto any_type = [&] { return dice.one_in(2) ? RateType::spot : RateType::own; };
        const auto any_day = [&] { return day("2026-01-01") + static_cast<int>(dice.below(60)); };
        const auto tell = [&](const auto& event, Date on) {
            books.happened(event, on);
            story.happened(event);
        };
        tell(company(), day("2026-01-01"));
        for (int step = 0; step < 60; ++step) {
            if (dice.one_in(10)) {
                LedgerPolicySet set{acme, {}};
                set.policy.rate_days = dice.between(0, 40);
                if (dice.one_in(2)) set.policy.rates_through = any();
                tell(set, day("2026-01-01"));
            }
            const RateSet set{acme, any_type(), any(), any(), any_day(), {dice.between(1, 99)}};
            if (set.from == set.to) continue;
            if (dice.one_in(4) &&
                story.world().of<Rates>().find({acme, set.type, set.from, set.to, set.date}))
                tell(RateWithdrawn{acme, set.type, set.from, set.to, set.date}, set.date);
            else
                tell(set, set.date);
            const Corner now{any_day(), books.position()};
            const RateType type = any_type();
            const Currency from = any(), to = any();
            const auto expected = rate_on(story.world(), acme, type, from, to, *now.valid_at);
            const std::string_view ends[] = {from.text(), to.text()};
            const auto told = one(books, ends[0], ends[1], now, type);
            REQUIRE(told.has_value() == expected.has_value());
            if (!told) continue;
            CHECK(told->way == expected->way);
            CHECK(told->rate == rounded(expected->rate));
            if (told->date) CHECK(*told->date == expected->date);
        }
    }
}
