// Years closed to retained earnings and reopened; what is left after late facts.
#include "domain/ledger/closing.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

test::Past books_with_equity() {
    test::Past past = open_books();
    past.push_back(opened("retained", AccountKind::equity));
    past.push_back(opened("earmarked", AccountKind::equity, {}, {DimensionCode{"project"}}));
    past.push_back(Message::of(BookOpened{acme, {"HGB"}, "Local", true}));
    return past;
}

CloseFiscalYear close_2026(std::uint64_t number = 90) {
    return {acme, {"2026"}, entry(number), {"GEN"}, AccountCode{"retained"}, {}, "Result"};
}

PostedLine with_project(PostedLine line, std::string_view project) {
    line.dimensions[{"project"}] = {std::string(project)};
    return line;
}

// Wages of 30 EUR for a project on 30 June 2026, paid in cash.
EntryPosted wages_posted(std::uint64_t number, std::string_view project) {
    EntryPosted posted_ = sale_posted(number, static_cast<std::int64_t>(number));
    posted_.date = day("2026-06-30");
    posted_.period = 6;
    posted_.lines = {with_project(posted(Side::debit, "wages", eur("30.00")), project),
                     posted(Side::credit, "cash", eur("30.00"))};
    return posted_;
}

// Lines are in the order of their accounts.
EntryPosted closing_posted(std::int64_t number, std::vector<PostedLine> lines) {
    std::ranges::sort(
        lines, {}, [](const PostedLine& line) { return std::pair(line.account, line.dimensions); });
    EntryPosted closing{acme,     entry(90), {"GEN"},          {"2026"}, number, day("2026-12-31"),
                        "Result", {},        std::move(lines), {},       {},     12};
    closing.kind = EntryKind::closing;
    closing.origin = EntryOrigin{EntryRule::closing, {}, {"2026"}, 0};
    return closing;
}

FiscalYearClosed closed_with(std::vector<EntryId> entries) {
    return {acme, {"2026"}, {"retained"}, std::move(entries)};
}

}  // namespace

TEST_CASE("a year's income and expenses are carried to equity in each of their dimensions") {
    auto story =
        given(books_with_equity(), sale_posted(1, 1), wages_posted(2, "P1"), wages_posted(3, "P2"));
    story.when(close_2026())
        .then(closing_posted(4, {posted(Side::credit, "retained", eur("40.00")),
                                 posted(Side::debit, "sales", eur("100.00")),
                                 with_project(posted(Side::credit, "wages", eur("30.00")), "P1"),
                                 with_project(posted(Side::credit, "wages", eur("30.00")), "P2")}),
              closed_with({entry(90)}));
}

TEST_CASE("closing again carries what is left, and with nothing left posts nothing") {
    auto story = given(books_with_equity(), sale_posted(1, 1),
                       closing_posted(2, {posted(Side::credit, "retained", eur("100.00")),
                                          posted(Side::debit, "sales", eur("100.00"))}));
    story.when(close_2026(91)).then(closed_with({}));
    story.happened(wages_posted(3, "P1"));
    EntryPosted rest =
        closing_posted(4, {with_project(posted(Side::credit, "wages", eur("30.00")), "P1"),
                           posted(Side::debit, "retained", eur("30.00"))});
    rest.entry = entry(91);
    story.when(close_2026(91)).then(rest, closed_with({entry(91)}));
}

TEST_CASE("what only one book tells is carried in that book") {
    EntryPosted local = wages_posted(2, "P1");
    local.books = {{"HGB"}};
    auto story = given(books_with_equity(), sale_posted(1, 1), local);
    EntryPosted common = closing_posted(3, {posted(Side::debit, "sales", eur("100.00")),
                                            posted(Side::credit, "retained", eur("100.00"))});
    EntryPosted in_local =
        closing_posted(4, {with_project(posted(Side::credit, "wages", eur("30.00")), "P1"),
                           posted(Side::debit, "retained", eur("30.00"))});
    in_local.entry = {derived_uuid(entry(90).uuid, "rule", 1)};
    in_local.books = {{"HGB"}};
    story.when(close_2026()).then(common, in_local, closed_with({common.entry, in_local.entry}));
}

TEST_CASE("income in a foreign currency is carried in the base currency") {
    EntryPosted in_dollars = sale_posted(1, 1);
    in_dollars.lines[1].amount = usd("110.00");
    auto story = given(books_with_equity(), in_dollars);
    story.when(close_2026())
        .then(closing_posted(2, {posted(Side::debit, "sales", eur("100.00")),
                                 posted(Side::credit, "retained", eur("100.00"))}),
              closed_with({entry(90)}));
}

TEST_CASE("the result is carried to the account of the policy, in the period that is named") {
    FiscalYearOpened adjusted{acme, {"2027"}, day("2027-01-01"), 12};
    adjusted.adjustment_periods = 1;
    auto story = given(books_with_equity(), adjusted);
    LedgerPolicySet policy{acme, {}};
    policy.policy.retained_earnings = AccountCode{"retained"};
    CloseFiscalYear close = close_2026();
    close.fiscal_year = {"2027"};
    close.retained_earnings.reset();
    story.when(close).refused(retained_earnings_missing);
    EntryPosted sale = sale_posted();
    sale.fiscal_year = {"2027"};
    sale.date = day("2027-05-04");
    story.happened(sale);
    story.happened(policy);
    close.period = 13;
    const auto then = story.when(close);
    then.accepted();
    const auto* posted_ = then.events().front().as<EntryPosted>();
    CHECK(posted_->period == 13);
    CHECK(posted_->adjustment == 1);
    CHECK(posted_->date == day("2027-12-31"));
}

TEST_CASE("a year is closed for these reasons alone not, in this order") {
    auto story = given(books_with_equity(), sale_posted(1, 1));
    CloseFiscalYear close = close_2026(1);
    close.fiscal_year = {"2030"};
    close.journal = {"XXX"};
    close.retained_earnings = AccountCode{"nowhere"};
    close.period = 11;
    story.when(close).refused(fiscal_year_unknown);
    close.fiscal_year = {"2026"};
    story.when(close).refused(entry_exists);
    close.entry = entry(90);
    story.when(close).refused(journal_unknown);
    close.journal = {"GEN"};
    story.when(close).refused(account_unknown);
    close.retained_earnings = AccountCode{"assets"};
    story.when(close).refused(account_is_summary);
    close.retained_earnings = AccountCode{"cash"};
    story.when(close).refused(account_not_equity);
    close.retained_earnings = AccountCode{"earmarked"};
    story.when(close).refused(dimension_missing);
    close.retained_earnings = AccountCode{"retained"};
    story.when(close).refused(date_outside_period);
    close.period = 12;
    story.happened(AccountBlocked{acme, {"retained"}});
    story.when(close).refused(account_blocked);
    story.happened(AccountUnblocked{acme, {"retained"}});
    story.happened(PeriodClosed{acme, {"2026"}, 12});
    story.when(close).refused(period_closed);
    story.happened(PeriodReopened{acme, {"2026"}, 12, "why"});
    story.when(close).accepted();
}

TEST_CASE("years are closed one after the other") {
    EntryPosted last_year = sale_posted(1, 1);
    last_year.fiscal_year = {"2025"};
    last_year.date = day("2025-05-04");
    auto story = given(books_with_equity(), last_year, sale_posted(2, 1));
    story.when(close_2026()).refused(earlier_year_not_closed);
    CloseFiscalYear close_2025 = close_2026();
    close_2025.fiscal_year = {"2025"};
    const auto then = story.when(close_2025);
    then.accepted();
    story.happened(then.events());
    story.when(close_2026(91)).accepted();
}

TEST_CASE("what replaces a closing entry closes the year as it did") {
    auto story = given(books_with_equity(), sale_posted(1, 1));
    const auto closed = story.when(close_2026());
    closed.accepted();
    story.happened(closed.events());
    EntryPosted back = *closed.events().front().as<EntryPosted>();
    back.entry = entry(95);
    back.reverses = entry(90);
    story.happened(back);
    PostEntry right = sale(96);
    right.date = day("2026-12-31");
    right.replaces = entry(90);
    const auto then = story.when(right);
    then.accepted();
    const auto* replaced = then.events().front().as<EntryPosted>();
    CHECK(replaced->kind == EntryKind::closing);
    CHECK(replaced->origin == EntryOrigin{EntryRule::closing, {}, {"2026"}, 0});
    story.happened(then.events());
    story.when(ReopenFiscalYear{acme, {"2026"}, "why"}).accepted();
}

TEST_CASE("a close lies behind the adjustments of its year") {
    FiscalYearOpened adjusted{acme, {"2027"}, day("2027-01-01"), 12};
    adjusted.adjustment_periods = 3;
    EntryPosted late = sale_posted();
    late.fiscal_year = {"2027"};
    late.date = day("2027-12-31");
    late.period = 14;
    late.adjustment = 2;
    auto story = given(books_with_equity(), adjusted);
    CloseFiscalYear close = close_2026();
    close.fiscal_year = {"2027"};
    const auto period_of = [&] {
        const auto then = story.when(close);
        then.accepted();
        return then.events().front().as<EntryPosted>()->period;
    };
    story.happened(late);
    CHECK(period_of() == 14);
    close.period = 15;
    CHECK(period_of() == 15);
    for (const std::int64_t before : {12, 13}) {
        close.period = before;
        story.when(close).refused(closing_before_adjustments);
    }
}

TEST_CASE("a result that one entry cannot hold is carried by several, as far as it can be told") {
    auto story = given(books_with_equity());
    std::int64_t number = 0;
    const auto sell = [&] {
        ++number;
        EntryPosted sale = sale_posted(static_cast<std::uint64_t>(1'000 + number), number);
        for (PostedLine& line : sale.lines) line.amount.minor = line.base.minor = most_money;
        story.happened(sale);
    };
    sell();
    sell();
    story.happened(sale_posted(1, ++number));
    const auto then = story.when(close_2026());
    then.accepted();
    Wide carried = 0;
    for (const Message& event : then.events())
        if (const auto* entry = event.as<EntryPosted>()) {
            REQUIRE(entry->lines.size() == 2);
            CHECK(entry->lines[0].base.minor <= most_money);
            CHECK(entry->lines[0].base == entry->lines[1].base);
            carried += entry->lines[0].base.minor;
        }
    CHECK(then.events().size() == 4);  // three entries, and that the year is closed
    CHECK(carried == 2 * Wide{most_money} + 100'00);
    while (number < 9'300) sell();  // beyond 64 bits, where the sum of the period stays
    story.when(close_2026()).refused(entry_too_large);
    for (int back = 0; back < 200; ++back) {  // and stays, as nobody knows by how much
        EntryPosted credit_note = sale_posted(static_cast<std::uint64_t>(20'000 + back), ++number);
        for (PostedLine& line : credit_note.lines) {
            line.amount.minor = line.base.minor = most_money;
            line.side = line.side == Side::debit ? Side::credit : Side::debit;
        }
        story.happened(credit_note);
    }
    story.when(close_2026()).refused(entry_too_large);
}

TEST_CASE("a year is reopened by taking its closing entries back, in a period that is opened") {
    auto story = given(books_with_equity(), sale_posted(1, 1));
    const ReopenFiscalYear reopen{acme, {"2026"}, "An unposted bill"};
    story.when(ReopenFiscalYear{acme, {"2030"}, "why"}).refused(fiscal_year_unknown);
    story.when(reopen).refused(fiscal_year_not_closed);
    const EntryPosted closing =
        closing_posted(2, {posted(Side::debit, "sales", eur("100.00")),
                           posted(Side::credit, "retained", eur("100.00"))});
    story.happened(closing);
    EntryPosted taken_back = closing;
    taken_back.entry = {derived_uuid(closing.entry.uuid, "reopening", 0)};
    taken_back.number = 3;
    taken_back.text = "An unposted bill";
    taken_back.reverses = closing.entry;
    taken_back.lines = {posted(Side::debit, "retained", eur("100.00")),
                        posted(Side::credit, "sales", eur("100.00"))};
    story.when(reopen).then(taken_back);
    story.happened(PeriodClosed{acme, {"2026"}, 12});
    story.when(reopen).then(PeriodReopened{acme, {"2026"}, 12, "An unposted bill"}, taken_back);
    story.happened(taken_back);
    story.when(reopen).refused(fiscal_year_not_closed);
}

TEST_CASE("the close of a year is taken back in that year alone, whatever its accounts became") {
    auto story = given(books_with_equity(), FiscalYearOpened{acme, {"2027"}, day("2027-01-01"), 12},
                       sale_posted(1, 1),
                       closing_posted(2, {posted(Side::debit, "sales", eur("100.00")),
                                          posted(Side::credit, "retained", eur("100.00"))}));
    story.when(ReverseEntry{acme, entry(95), entry(90), day("2027-02-01"), "why"})
        .refused(date_outside_period);
    LedgerPolicySet moves{acme, {}};
    moves.policy.late_entries = LateEntries::first_open_period;
    story.happened(moves);
    story.happened(PeriodClosed{acme, {"2026"}, 12});
    story.when(ReverseEntry{acme, entry(95), entry(90), {}, "why"}).refused(period_closed);
    story.happened(AccountUseChanged{acme, {"retained"}, true, false});
    story.when(ReopenFiscalYear{acme, {"2026"}, "why"}).accepted();
}
