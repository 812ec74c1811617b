// Rates of exchange: how they are set, mended and taken back, and which one a day has.
#include "domain/ledger/rates.h"

#include "domain/ledger/policy.h"
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::currency;
using test::day;
using test::given;

namespace {

Rate rate(std::string_view text) { return {decimal_from(text, Rate::digits).value()}; }

SetRate set(std::string_view from, std::string_view to, std::string_view date,
            std::string_view units, RateType type = RateType::spot) {
    return {acme, type, currency(from), currency(to), day(date), rate(units)};
}

RateSet was_set(std::string_view from, std::string_view to, std::string_view date,
                std::string_view units, RateType type = RateType::spot) {
    return {acme, type, currency(from), currency(to), day(date), rate(units)};
}

WithdrawRate withdraw(std::string_view from, std::string_view to, std::string_view date) {
    return {acme, RateType::spot, currency(from), currency(to), day(date)};
}

LedgerPolicySet policy_with(std::string_view through, std::int64_t days) {
    LedgerPolicySet set{acme, {}};
    if (!through.empty()) set.policy.rates_through = currency(through);
    set.policy.rate_days = days;
    return set;
}

// "1.25 direct 2026-03-02", or "none".
std::string found(const test::Given& story, std::string_view from, std::string_view to,
                  std::string_view date, RateType type = RateType::spot) {
    const auto rate = rate_on(story.world(), acme, type, currency(from), currency(to), day(date));
    if (!rate) return "none";
    return short_decimal_text(rounded(rate->rate).value().units, Rate::digits) + " " +
           std::string(type_of<RateWay>().choices[static_cast<std::size_t>(rate->way)].name) + " " +
           to_text(rate->date);
}

std::string euros(const test::Given& story, Money money) {
    const auto rate = rate_on(story.world(), acme, RateType::spot, money.currency, currency("EUR"),
                              day("2026-03-02"));
    REQUIRE(rate);
    return amount_text(converted(money, rate->rate, currency("EUR")).value());
}

}  // namespace

TEST_CASE("a rate is set once for a day, and another one after it mends it") {
    auto story = given(open_books());
    story.when(set("USD", "EUR", "2026-03-02", "0.92"))
        .then(was_set("USD", "EUR", "2026-03-02", "0.92"));
    story.happened(was_set("USD", "EUR", "2026-03-02", "0.92"));
    story.when(set("USD", "EUR", "2026-03-02", "0.92")).refused(rate_unchanged);
    story.when(set("USD", "EUR", "2026-03-02", "0.91"))
        .then(was_set("USD", "EUR", "2026-03-02", "0.91"));
    for (const SetRate& other :
         {set("USD", "EUR", "2026-03-03", "0.92"), set("EUR", "USD", "2026-03-02", "0.92"),
          set("USD", "EUR", "2026-03-02", "0.92", RateType::closing)})
        story.when(other).accepted();
    story.happened(was_set("USD", "EUR", "2026-03-02", "0.91"));
    CHECK(found(story, "USD", "EUR", "2026-03-02") == "0.91 direct 2026-03-02");
}

TEST_CASE("what is wrong with a rate is said in a fixed order") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-03-02", "0.92"));
    SetRate wrong = set("USD", "USD", "2026-03-02", "0");
    wrong.company = {"OTHER"};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(rate_of_one_currency);
    wrong.to = currency("EUR");
    story.when(wrong).refused(rate_not_positive);
    wrong.rate = rate("-0.92");
    story.when(wrong).refused(rate_not_positive);
    wrong.rate = rate("0.92");
    story.when(wrong).refused(rate_unchanged);
    wrong.rate = Rate{1};
    story.when(wrong).accepted();
}

TEST_CASE("a rate that is withdrawn leaves the one before it") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-03-02", "0.92"),
                       was_set("USD", "EUR", "2026-03-03", "9.2"));
    story.when(withdraw("USD", "EUR", "2026-03-04")).refused(rate_not_set);
    story.when(withdraw("EUR", "USD", "2026-03-03")).refused(rate_not_set);
    CHECK(found(story, "USD", "EUR", "2026-03-04") == "9.2 direct 2026-03-03");
    const RateWithdrawn gone{acme, RateType::spot, currency("USD"), currency("EUR"),
                             day("2026-03-03")};
    story.when(withdraw("USD", "EUR", "2026-03-03")).then(gone);
    story.happened(gone);
    CHECK(found(story, "USD", "EUR", "2026-03-04") == "0.92 direct 2026-03-02");
    story.when(withdraw("USD", "EUR", "2026-03-03")).refused(rate_not_set);
}

TEST_CASE("the newest rate that is not after the day counts, of its own type and company alone") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-03-02", "0.92"),
                       was_set("USD", "EUR", "2026-03-04", "0.94"),
                       was_set("USD", "EUR", "2026-03-03", "0.9", RateType::average),
                       RateSet{{"ACME2"},
                               RateType::spot,
                               currency("USD"),
                               currency("EUR"),
                               day("2026-03-03"),
                               rate("7")});
    CHECK(found(story, "USD", "EUR", "2026-03-01") == "none");
    CHECK(found(story, "USD", "EUR", "2026-03-02") == "0.92 direct 2026-03-02");
    CHECK(found(story, "USD", "EUR", "2026-03-03") == "0.92 direct 2026-03-02");
    CHECK(found(story, "USD", "EUR", "2026-03-04") == "0.94 direct 2026-03-04");
    CHECK(found(story, "USD", "EUR", "2026-03-05") == "0.94 direct 2026-03-04");
    CHECK(found(story, "USD", "EUR", "2026-03-05", RateType::average) == "0.9 direct 2026-03-03");
    CHECK(found(story, "USD", "EUR", "2026-03-05", RateType::closing) == "none");
    CHECK(found(story, "USD", "USD", "2026-03-05", RateType::closing) == "1 same 2026-03-05");
}

TEST_CASE("of a rate and one the other way round the newer counts, of one day the direct one") {
    auto story = given(open_books(), was_set("EUR", "USD", "2026-03-02", "1.25"));
    CHECK(found(story, "USD", "EUR", "2026-03-02") == "0.8 inverse 2026-03-02");
    CHECK(found(story, "EUR", "USD", "2026-03-02") == "1.25 direct 2026-03-02");
    story.happened(was_set("USD", "EUR", "2026-03-02", "0.79"));
    CHECK(found(story, "USD", "EUR", "2026-03-02") == "0.79 direct 2026-03-02");
    story.happened(was_set("EUR", "USD", "2026-03-03", "1.28"));
    CHECK(found(story, "USD", "EUR", "2026-03-02") == "0.79 direct 2026-03-02");
    CHECK(found(story, "USD", "EUR", "2026-03-03") == "0.78125 inverse 2026-03-03");
}

TEST_CASE("where two currencies have no rate, theirs with the base currency give one") {
    auto story = given(open_books(), was_set("EUR", "USD", "2026-03-02", "1.25"),
                       was_set("EUR", "JPY", "2026-03-04", "160"));
    CHECK(found(story, "USD", "JPY", "2026-03-03") == "none");
    CHECK(found(story, "USD", "JPY", "2026-03-05") == "128 through 2026-03-02");
    CHECK(found(story, "JPY", "USD", "2026-03-05") == "0.0078125 through 2026-03-02");
    CHECK(found(story, "JPY", "KWD", "2026-03-05") == "none");
    story.happened(was_set("USD", "JPY", "2026-03-01", "130"));
    CHECK(found(story, "USD", "JPY", "2026-03-05") == "130 direct 2026-03-01");
}

TEST_CASE("two rates meet in the currency that the company names") {
    auto story = given(open_books(), was_set("KWD", "USD", "2026-03-02", "3.25"),
                       was_set("USD", "EUR", "2026-03-02", "0.8"));
    CHECK(found(story, "KWD", "EUR", "2026-03-02") == "none");
    story.happened(policy_with("USD", 31));
    CHECK(found(story, "KWD", "EUR", "2026-03-02") == "2.6 through 2026-03-02");
    CHECK(found(story, "USD", "EUR", "2026-03-02") == "0.8 direct 2026-03-02");
    CHECK(found(story, "USD", "JPY", "2026-03-02") == "none");
    CHECK(euros(story, test::money("1000.005", "KWD")) == "2600.01");
}

TEST_CASE("a quotation grows old, by the company's own measure; a rate of a span does not") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-03-02", "0.92"),
                       was_set("USD", "EUR", "2026-03-02", "0.93", RateType::closing),
                       was_set("USD", "EUR", "2026-03-02", "0.94", RateType::average),
                       was_set("USD", "EUR", "2026-03-02", "0.95", RateType::own));
    CHECK(found(story, "USD", "EUR", "2026-04-02") == "0.92 direct 2026-03-02");
    CHECK(found(story, "USD", "EUR", "2026-04-03") == "none");
    CHECK(found(story, "USD", "EUR", "2026-04-03", RateType::closing) == "none");
    CHECK(found(story, "USD", "EUR", "2030-01-01", RateType::average) == "0.94 direct 2026-03-02");
    CHECK(found(story, "USD", "EUR", "2030-01-01", RateType::own) == "0.95 direct 2026-03-02");
    story.happened(policy_with("", 0));
    CHECK(found(story, "USD", "EUR", "2026-03-02") == "0.92 direct 2026-03-02");
    CHECK(found(story, "USD", "EUR", "2026-03-03") == "none");
    // What is too old between two does not keep their rates with a third from being used.
    story.happened(policy_with("GBP", 0));
    story.happened(was_set("USD", "GBP", "2026-03-03", "0.75"));
    story.happened(was_set("GBP", "EUR", "2026-03-03", "1.2"));
    CHECK(found(story, "USD", "EUR", "2026-03-03") == "0.9 through 2026-03-03");
}

TEST_CASE("amounts come out as they were published, at a rate and at its inverse") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-03-02", "1.130373"),
                       was_set("EUR", "GBP", "2026-03-02", "3"));
    CHECK(euros(story, usd("29930.00")) == "33832.06");
    CHECK(euros(story, test::money("9000000000000.00", "GBP")) == "3000000000000.00");
    story.happened(was_set("USD", "EUR", "2026-03-02", "0.858762"));
    CHECK(euros(story, usd("1560.00")) == "1339.67");
}
