// Lines in other currencies: at which rate they become base currency, and where what rates leave
// between debits and credits goes.
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::currency;
using test::day;
using test::given;

namespace {

Rate rate(std::string_view text) { return {decimal_from(text, Rate::digits).value()}; }

RateSet was_set(std::string_view from, std::string_view to, std::string_view date,
                std::string_view units, RateType type = RateType::spot) {
    return {acme, type, currency(from), currency(to), day(date), rate(units)};
}

LedgerPolicySet rounding(std::int64_t tolerance) {
    LedgerPolicySet set{acme, {}};
    set.policy.rounding_account = {"differences"};
    set.policy.rounding_tolerance = tolerance;
    return set;
}

test::Past differences() { return {opened("differences", AccountKind::expense)}; }

// Dollars for sales on 4 May 2026.
PostEntry dollar_sale(std::string_view dollars, std::string_view euros) {
    PostEntry post = sale();
    post.lines = {debit("dollars", usd(dollars)), credit("sales", eur(euros))};
    return post;
}

EntryPosted dollar_sale_posted(std::string_view dollars, std::string_view euros,
                               std::optional<LineRate> rate) {
    EntryPosted posted = sale_posted();
    posted.lines = {{{"dollars"}, Side::debit, usd(dollars), eur(euros), {}, {}, rate},
                    {{"sales"}, Side::credit, eur(euros), eur(euros), {}, {}}};
    return posted;
}

EntryPosted posted_by(const test::Then& then) {
    then.accepted();
    return *then.events().front().as<EntryPosted>();
}

}  // namespace

TEST_CASE("a foreign line is posted at the spot rate of the entry's day, which it keeps") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-05-01", "0.92"),
                       was_set("USD", "EUR", "2026-05-05", "0.5"));
    story.when(dollar_sale("1020.00", "938.40"))
        .then(dollar_sale_posted("1020.00", "938.40",
                                 LineRate{rate("0.92"), RateType::spot, day("2026-05-01")}));
}

TEST_CASE("an inverse rate is kept to ten digits and used with all of them") {
    // 3,000,000,000.00 / 3 is a round billion; ten digits of a third would leave 0.10 of it out.
    given(open_books(), was_set("EUR", "USD", "2026-05-04", "3"))
        .when(dollar_sale("3000000000.00", "1000000000.00"))
        .then(
            dollar_sale_posted("3000000000.00", "1000000000.00",
                               LineRate{rate("0.3333333333"), RateType::spot, day("2026-05-04")}));
}

TEST_CASE("which rates are looked up is said by the line, else by the company") {
    LedgerPolicySet by_closing{acme, {}};
    by_closing.policy.rate_type = RateType::closing;
    auto story = given(open_books(), was_set("USD", "EUR", "2026-05-04", "0.92"),
                       was_set("USD", "EUR", "2026-05-04", "0.93", RateType::closing),
                       was_set("USD", "EUR", "2026-05-04", "0.94", RateType::own));
    const auto base_of_100 = [&](std::optional<RateType> type, const char* expected) {
        PostEntry post = dollar_sale("100.00", expected);
        post.lines[0].rate_type = type;
        return amount_text(posted_by(story.when(post)).lines[0].base) == expected;
    };
    CHECK(base_of_100({}, "92.00"));
    CHECK(base_of_100(RateType::own, "94.00"));
    story.happened(by_closing);
    CHECK(base_of_100({}, "93.00"));
    CHECK(base_of_100(RateType::spot, "92.00"));
    PostEntry average = dollar_sale("100.00", "92.00");
    average.lines[0].rate_type = RateType::average;
    story.when(average).refused(rate_unknown);
}

TEST_CASE("what the line says wins over what is known: its base, else its rate") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-05-04", "0.92"));
    PostEntry post = dollar_sale("100.00", "91.00");
    post.lines[0].base = eur("91.00");
    story.when(post).then(dollar_sale_posted("100.00", "91.00", {}));
    post.lines[0].rate = rate("0.91");
    story.when(post).then(dollar_sale_posted("100.00", "91.00", LineRate{rate("0.91"), {}, {}}));
    post.lines[0].base.reset();
    story.when(post).then(dollar_sale_posted("100.00", "91.00", LineRate{rate("0.91"), {}, {}}));
    post.lines[0].base = eur("91.01");
    story.when(post).refused(rate_contradicts_base);
    post.lines[0].rate = rate("-0.91");
    story.when(post).refused(rate_not_positive);
}

TEST_CASE("a rate of a line in base currency can only be one for one") {
    PostEntry post = sale();
    post.lines[0].rate = rate("1");
    given(open_books()).when(post).then(sale_posted());
    post.lines[0].rate = rate("1.5");
    given(open_books()).when(post).refused(rate_contradicts_base);
    post.lines[0].rate = rate("0");
    given(open_books()).when(post).refused(rate_not_positive);
}

TEST_CASE("a rate that is not known on the day, or too old, posts nothing") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-05-05", "0.92"));
    story.when(dollar_sale("100.00", "92.00")).refused(rate_unknown);
    story.happened(was_set("USD", "EUR", "2026-04-02", "0.92"));
    story.when(dollar_sale("100.00", "92.00")).refused(rate_unknown);
    story.happened(was_set("USD", "EUR", "2026-04-03", "0.92"));
    story.when(dollar_sale("100.00", "92.00")).accepted();
}

TEST_CASE("a late entry is converted at the rate of the day on which it happened") {
    const LedgerPolicySet late{acme, {LateEntries::first_open_period}};
    auto story = given(open_books(), late, PeriodClosed{acme, {"2026"}, 5},
                       was_set("USD", "EUR", "2026-05-04", "0.92"),
                       was_set("USD", "EUR", "2026-06-01", "0.5"));
    const EntryPosted posted = posted_by(story.when(dollar_sale("100.00", "92.00")));
    CHECK(posted.date == day("2026-06-01"));
    CHECK(posted.lines[0].base == eur("92.00"));
    CHECK(posted.lines[0].rate->date == day("2026-05-04"));
}

TEST_CASE("what becomes more than an amount may be is too large") {
    auto story = given(open_books(), was_set("USD", "EUR", "2026-05-04", "800000000"));
    story.when(dollar_sale("10000000000000.00", "92.00")).refused(entry_too_large);
    PostEntry post = dollar_sale("10000000000000.00", "92.00");
    post.lines[0].rate = rate("1.0000000001");
    story.when(post).refused(entry_too_large);
}

TEST_CASE("what conversions leave open goes to the rounding account, within the tolerance") {
    // Three times 33.33 USD at 0.92 are 30.66 each (30.6636), 99.99 USD are 91.99 (91.9908).
    PostEntry post = sale();
    post.lines = {debit("cash", usd("33.33")), debit("cash", usd("33.33")),
                  debit("cash", usd("33.33")), credit("sales", usd("99.99"))};
    auto story = given(open_books(), differences(), was_set("USD", "EUR", "2026-05-04", "0.92"));
    story.when(post).refused(entry_unbalanced);
    story.happened(rounding(1));
    const EntryPosted posted = posted_by(story.when(post));
    REQUIRE(posted.lines.size() == 5);
    const PostedLine expected{
        {"differences"}, Side::debit, eur("0.01"), eur("0.01"), {}, {}, {}, true};
    CHECK(posted.lines.back() == expected);
    CHECK(std::ranges::count_if(posted.lines, &PostedLine::rounding) == 1);

    // Turned round, the cent is on the other side.
    for (EntryLine& line : post.lines)
        line.side = line.side == Side::debit ? Side::credit : Side::debit;
    CHECK(posted_by(story.when(post)).lines.back().side == Side::credit);

    // Two cents are more than the company lets go.
    post.lines.push_back(credit("cash", eur("0.01")));
    CHECK(posted_by(story.when(post)).lines.size() == 5);
    post.lines.back() = debit("cash", eur("0.01"));
    story.when(post).refused(entry_unbalanced);
    story.happened(rounding(2));
    CHECK(posted_by(story.when(post)).lines.back().base == eur("0.02"));
}

TEST_CASE("a slip of the pen is no rounding: without a rate there is no such line") {
    auto story = given(open_books(), differences(), rounding(5),
                       was_set("USD", "EUR", "2026-05-04", "0.92"));
    PostEntry post = sale();
    post.lines[1].amount = eur("99.99");
    story.when(post).refused(entry_unbalanced);
    // Amounts that were said in both currencies are meant so.
    post = dollar_sale("100.00", "92.01");
    post.lines[0].base = eur("92.00");
    story.when(post).refused(entry_unbalanced);
    post.lines[0].base.reset();
    CHECK(posted_by(story.when(post)).lines.size() == 3);
}

TEST_CASE("the rounding account takes the line only while it takes lines") {
    auto story = given(open_books(), differences(), rounding(5),
                       was_set("USD", "EUR", "2026-05-04", "0.92"));
    const PostEntry post = dollar_sale("100.00", "92.01");
    story.when(post).accepted();
    story.happened(DimensionsRequired{acme, {"differences"}, {{"project"}}});
    story.when(post).refused(dimension_missing);
    story.happened(AccountBlocked{acme, {"differences"}});
    story.when(post).refused(account_blocked);
    story.when(dollar_sale("100.00", "92.00")).accepted();
}

TEST_CASE("a reversal takes rounding and rates back as they were") {
    auto story = given(open_books(), differences(), rounding(5),
                       was_set("USD", "EUR", "2026-05-04", "0.92"));
    const EntryPosted posted = posted_by(story.when(dollar_sale("100.00", "92.01")));
    story.happened(posted);
    story.happened(was_set("USD", "EUR", "2026-05-04", "0.5"));
    story.happened(rounding(0));
    const EntryPosted back = posted_by(story.when(ReverseEntry{acme, entry(2), entry(1), {}, {}}));
    REQUIRE(back.lines.size() == 3);
    for (std::size_t at = 0; at < 3; ++at) {
        CHECK(back.lines[at].base == posted.lines[at].base);
        CHECK(back.lines[at].rate == posted.lines[at].rate);
        CHECK(back.lines[at].rounding == posted.lines[at].rounding);
        CHECK(back.lines[at].side != posted.lines[at].side);
    }
}
