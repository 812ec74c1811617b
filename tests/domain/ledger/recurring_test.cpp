// Recurring entries: when they are due, what they come to, and that a due day is posted once.
#include "domain/ledger/recurring.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

const RecurringCode rent{"RENT"};

RecurringLine fixed(const char* account, Side side, Money amount) {
    RecurringLine line;
    line.account = {account};
    line.side = side;
    line.amount = amount;
    return line;
}
RecurringLine rest(const char* account, Side side) {
    RecurringLine line;
    line.account = {account};
    line.side = side;
    return line;
}
// Per cent of what an account comes to in the period of the due day.
RecurringLine share(const char* account, Side side, const char* percent, const char* of) {
    RecurringLine line = rest(account, side);
    line.formula = AmountFormula{{decimal_from(percent, Percent::digits).value()}, {{of}}, {}};
    return line;
}

Schedule monthly(const char* from, std::optional<std::int64_t> on_day = {}) {
    Schedule schedule;
    schedule.from = day(from);
    schedule.day = on_day;
    return schedule;
}

DefineRecurring rent_from(const char* from) {
    return {
        acme,
        rent,
        {"GEN"},
        "Sale",
        {fixed("cash", Side::debit, eur("100.00")), fixed("sales", Side::credit, eur("100.00"))},
        monthly(from),
        {}};
}
RecurringDefined defined(const DefineRecurring& define) {
    return {acme,         rent, define.journal, define.text, define.lines, define.schedule,
            define.books, "ann"};
}

// Royalties of 5 % of the month's sales, and cash takes the rest.
DefineRecurring royalties() {
    DefineRecurring define = rent_from("2026-05-31");
    define.lines = {share("royalties", Side::debit, "5", "sales"), rest("cash", Side::credit)};
    return define;
}

Context by(const char* actor) {
    Context context;
    context.actor = actor;
    context.today = day("2026-07-15");
    return context;
}

PostRecurring post_on(const char* due) { return {acme, rent, day(due)}; }

EntryId id_of(const char* due, std::uint64_t times = 0) {
    return {derived_uuid(std::string("ACME\nRENT\n") + due, "recurring", times)};
}

EntryPosted rent_posted(const char* due, std::int64_t period, std::int64_t number = 1) {
    EntryPosted posted = sale_posted(1, number);
    posted.entry = id_of(due);
    posted.date = day(due);
    posted.period = period;
    posted.origin = EntryOrigin{EntryRule::recurrence, "RENT", {"2026"}, period};
    return posted;
}
RecurringPosted run(const char* due) { return {acme, rent, day(due), id_of(due), {}}; }

std::string days_of(const Schedule& schedule, std::int64_t most) {
    std::string days;
    for (std::int64_t n = 0; n < most; ++n)
        if (const auto due = schedule.due(n)) days += to_text(*due) + " ";
    return days;
}

}  // namespace

TEST_CASE("a schedule is of days of the month, its last ones, weeks, quarters or years") {
    CHECK(days_of(monthly("2026-01-31"), 4) == "2026-01-31 2026-02-28 2026-03-31 2026-04-30 ");
    CHECK(days_of(monthly("2026-02-10", 31), 3) == "2026-02-28 2026-03-31 2026-04-30 ");
    CHECK(days_of(monthly("2026-02-10", 5), 2) == "2026-03-05 2026-04-05 ");
    CHECK(days_of(monthly("2026-02-10", 10), 2) == "2026-02-10 2026-03-10 ");
    CHECK(days_of(monthly("2024-01-30", 30), 3) == "2024-01-30 2024-02-29 2024-03-30 ");
    Schedule schedule = monthly("2026-12-28");
    schedule.every = Frequency::weekly;
    CHECK(days_of(schedule, 3) == "2026-12-28 2027-01-04 2027-01-11 ");
    schedule.every = Frequency::quarterly;
    schedule.from = day("2026-11-30");
    CHECK(days_of(schedule, 3) == "2026-11-30 2027-02-28 2027-05-30 ");
    schedule.every = Frequency::yearly;
    schedule.from = day("2024-02-29");
    CHECK(days_of(schedule, 5) == "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29 ");
}

TEST_CASE("a schedule ends on a day, after so many times, or with the calendar") {
    Schedule schedule = monthly("2026-01-31");
    schedule.until = day("2026-03-31");
    CHECK(days_of(schedule, 9) == "2026-01-31 2026-02-28 2026-03-31 ");
    schedule.until = day("2026-03-30");
    CHECK(days_of(schedule, 9) == "2026-01-31 2026-02-28 ");
    schedule.times = 1;
    CHECK(days_of(schedule, 9) == "2026-01-31 ");
    schedule = monthly("9999-11-30");
    CHECK(days_of(schedule, 9) == "9999-11-30 9999-12-30 ");
}

TEST_CASE("each due day has its number, and no other day has one") {
    for (Frequency every :
         {Frequency::weekly, Frequency::monthly, Frequency::quarterly, Frequency::yearly})
        for (const char* until : {"2027-12-31", "9999-12-31"}) {
            Schedule schedule = monthly("2026-01-31");
            schedule.every = every;
            schedule.until = day(until);
            std::int64_t n = 0;
            for (Date date = day("2025-12-01"); date < day("2029-01-01"); date = date + 1) {
                const bool due = schedule.due(n) == date;
                CHECK(schedule.number_of(date) == (due ? std::optional(n) : std::nullopt));
                if (due) ++n;
            }
            CHECK(n > 1);
        }
}

TEST_CASE("a recurring entry is defined once, in what the company has") {
    const DefineRecurring define = rent_from("2026-05-31");
    const auto but = [&](const auto& change) {
        DefineRecurring changed = define;
        change(changed);
        return changed;
    };
    auto story = given(open_books());
    story.when(define, by("ann")).then(defined(define));
    story.when(but([](auto& of) { of.company = {"OTHER"}; })).refused(companies::company_unknown);
    story.when(but([](auto& of) { of.journal = {"NO"}; })).refused(journal_unknown);
    story.when(but([](auto& of) { of.books = {{"IFRS"}}; })).refused(book_unknown);
    story.when(but([](auto& of) { of.lines.pop_back(); })).refused(too_few_lines);
    story.when(but([](auto& of) { of.lines.assign(1'001, of.lines[0]); })).refused(too_many_lines);
    story.when(but([](auto& of) { of.schedule.until = day("2026-05-30"); }))
        .refused(schedule_empty);
    story.when(but([](auto& of) { of.lines[0].account = {"nowhere"}; })).refused(account_unknown);
    story.when(but([](auto& of) { of.lines[0].amount = eur("0.00"); }))
        .refused(amount_not_positive);
    story.happened(defined(define));
    story.when(define).refused(recurring_exists);
}

TEST_CASE("due days before the first fiscal year fall away") {
    DefineRecurring old = rent_from("2024-10-31");
    const auto then = given(open_books()).when(old);
    then.accepted();
    CHECK(then.events().front().as<RecurringDefined>()->settled == 3);  // through December 2024
    auto story = given(open_books());
    story.happened(then.events());
    PostRecurring post = post_on("2024-12-31");
    story.when(post).refused(day_not_due);
    post.due = day("2025-01-31");
    story.when(post).accepted();
}

TEST_CASE("amounts are fixed, computed or the rest, and what is computed never feeds itself") {
    const auto with = [](std::vector<RecurringLine> lines) {
        DefineRecurring define = rent_from("2026-05-31");
        define.lines = std::move(lines);
        return given(open_books()).when(define);
    };
    RecurringLine twofold = share("cash", Side::debit, "5", "sales");
    twofold.amount = eur("1.00");
    with({twofold, rest("wages", Side::credit)}).refused(amount_unclear);
    with({rest("cash", Side::debit), rest("wages", Side::credit)}).refused(amount_unclear);
    with({fixed("dollars", Side::debit, usd("1.00")), rest("cash", Side::credit)})
        .refused(formula_without_base);
    with({share("cash", Side::debit, "5", "nowhere"), rest("wages", Side::credit)})
        .refused(account_unknown);
    with({share("cash", Side::debit, "5", "assets"), rest("wages", Side::credit)})
        .refused(account_is_summary);
    with({share("cash", Side::debit, "5", "sales"), rest("sales", Side::credit)})
        .refused(formula_of_own_account);
    DefineRecurring both = rent_from("2026-05-31");
    both.lines = {share("cash", Side::debit, "5", "sales"), rest("wages", Side::credit)};
    both.books = {{"HGB"}, {"IFRS"}};
    given(open_books(), BookOpened{acme, {"HGB"}, "Local", true},
          BookOpened{acme, {"IFRS"}, "Group", false})
        .when(both)
        .refused(formula_of_several_books);
    RecurringLine weighed = share("cash", Side::debit, "5", "sales");
    weighed.base = eur("1.00");
    with({weighed, rest("wages", Side::credit)}).refused(amount_unclear);
}

TEST_CASE("a due day is posted once, under an id that follows from it") {
    auto story = given(open_books(), defined(rent_from("2026-05-31")));
    story.when(post_on("2026-05-31")).then(rent_posted("2026-05-31", 5), run("2026-05-31"));
    story.happened(rent_posted("2026-05-31", 5));
    story.happened(run("2026-05-31"));
    story.when(post_on("2026-05-31")).then();
    story.when(post_on("2026-06-30")).then(rent_posted("2026-06-30", 6, 2), run("2026-06-30"));
    // What is taken back by hand is not posted again.
    EntryPosted reversal = sale_posted(2, 2);
    reversal.reverses = id_of("2026-05-31");
    story.happened(reversal);
    story.when(post_on("2026-05-31")).then();
}

TEST_CASE("only what is known, due, running and not ended is posted") {
    given(open_books()).when(post_on("2026-05-31")).refused(recurring_unknown);
    auto story = given(open_books(), defined(rent_from("2026-05-31")));
    story.when(post_on("2026-05-30")).refused(day_not_due);
    story.happened(RecurringPaused{acme, rent});
    story.when(post_on("2026-05-30")).refused(day_not_due);
    story.when(post_on("2026-05-31")).refused(recurring_paused);
    story.happened(RecurringResumed{acme, rent, day("2026-06-30")});
    story.when(post_on("2026-05-31")).refused(day_not_due);  // it fell away
    story.when(post_on("2026-06-30")).accepted();
    story.happened(RecurringEnded{acme, rent, day("2026-07-01")});
    story.when(post_on("2026-06-30")).accepted();
    story.when(post_on("2026-07-31")).refused(recurring_ended);
}

TEST_CASE("what is posted has what every entry must have") {
    auto story = given(open_books(), defined(rent_from("2026-05-31")));
    story.when(post_on("2027-01-31")).refused(date_outside_calendar);
    story.happened(PeriodClosed{acme, {"2026"}, 5});
    story.when(post_on("2026-05-31")).refused(period_closed);
    story.happened(AccountBlocked{acme, {"cash"}});
    story.when(post_on("2026-06-30")).refused(account_blocked);
    story.happened(AccountUnblocked{acme, {"cash"}});
    LedgerPolicySet late{acme, {}};
    late.policy.late_entries = LateEntries::first_open_period;
    story.happened(late);
    EntryPosted expected = rent_posted("2026-05-31", 5);
    expected.date = day("2026-06-01");
    expected.period = 6;
    expected.belongs_to = day("2026-05-31");
    story.when(post_on("2026-05-31")).then(expected, run("2026-05-31"));
    DefineRecurring lopsided = rent_from("2026-05-31");
    lopsided.lines[0].amount = eur("99.99");
    given(open_books(), defined(lopsided)).when(post_on("2026-05-31")).refused(entry_unbalanced);
}

TEST_CASE("above the amount of the policy somebody else approves what recurs") {
    LedgerPolicySet four_eyes{acme, {}};
    four_eyes.policy.four_eyes_above = eur("99.99");
    const ApproveRecurring approve{acme, rent};
    given(open_books()).when(approve, by("ben")).refused(recurring_unknown);
    auto story = given(open_books(), four_eyes, defined(rent_from("2026-05-31")));
    story.when(post_on("2026-05-31")).refused(approval_required);
    story.when(approve, by("ann")).refused(recurring_defined_by_approver);
    story.when(approve, by("ben")).then(RecurringApproved{acme, rent});
    story.happened(RecurringApproved{acme, rent});
    story.when(approve, by("ann")).refused(recurring_approved);
    story.when(post_on("2026-05-31")).accepted();
}

TEST_CASE("a recurring entry is paused and resumed in turn, and ended earlier each time") {
    const PauseRecurring pause{acme, rent};
    const ResumeRecurring resume{acme, rent, day("2026-07-01")};
    given(open_books()).when(pause).refused(recurring_unknown);
    given(open_books()).when(resume).refused(recurring_unknown);
    given(open_books()).when(EndRecurring{acme, rent, {}}).refused(recurring_unknown);
    auto story = given(open_books(), defined(rent_from("2026-05-31")));
    story.when(resume).refused(recurring_not_paused);
    story.when(pause).then(RecurringPaused{acme, rent});
    story.happened(RecurringPaused{acme, rent});
    story.when(pause).refused(recurring_paused);
    story.when(resume).then(RecurringResumed{acme, rent, day("2026-07-01")});
    story.when(EndRecurring{acme, rent, {}}, by("ann"))
        .then(RecurringEnded{acme, rent, day("2026-07-15")});
    story.happened(RecurringEnded{acme, rent, day("2026-07-15")});
    story.when(EndRecurring{acme, rent, day("2026-07-15")}).refused(recurring_ended);
    story.when(EndRecurring{acme, rent, day("2026-07-14")})
        .then(RecurringEnded{acme, rent, day("2026-07-14")});
}

TEST_CASE("a formula takes a share of what accounts moved, and once more only what has changed") {
    auto story = given(open_books(), test::Past{opened("royalties", AccountKind::expense)},
                       sale_posted(), defined(royalties()));
    // 5 % of 100.00 in May.
    EntryPosted first = rent_posted("2026-05-31", 5, 2);
    first.lines = {posted(Side::debit, "royalties", eur("5.00")),
                   posted(Side::credit, "cash", eur("5.00"))};
    RecurringPosted came = run("2026-05-31");
    came.amounts = {eur("5.00"), eur("5.00")};
    story.when(post_on("2026-05-31")).then(first, came);
    story.happened(first);
    story.happened(came);
    story.when(post_on("2026-05-31")).then();
    // Late: 0.30 more are sold, of which 0.015 are rounded to 0.02.
    EntryPosted late = sale_posted(8, 3);
    late.lines = {posted(Side::debit, "cash", eur("0.30")),
                  posted(Side::credit, "sales", eur("0.30"))};
    story.happened(late);
    EntryPosted difference = first;
    difference.entry = id_of("2026-05-31", 1);
    difference.number = 4;
    difference.lines = {posted(Side::debit, "royalties", eur("0.02")),
                        posted(Side::credit, "cash", eur("0.02"))};
    RecurringPosted more = came;
    more.entry = difference.entry;
    more.amounts = {eur("5.02"), eur("5.02")};
    story.when(post_on("2026-05-31")).then(difference, more);
    story.happened(difference);
    story.happened(more);
    // The sale is taken back: 5 % of 0.30 are left, the lines change their sides.
    EntryPosted back = sale_posted(9, 5);
    back.lines = {posted(Side::credit, "cash", eur("100.00")),
                  posted(Side::debit, "sales", eur("100.00"))};
    story.happened(back);
    EntryPosted less = first;
    less.entry = id_of("2026-05-31", 2);
    less.number = 6;
    less.lines = {posted(Side::credit, "royalties", eur("5.00")),
                  posted(Side::debit, "cash", eur("5.00"))};
    RecurringPosted fewer = came;
    fewer.entry = less.entry;
    fewer.amounts = {eur("0.02"), eur("0.02")};
    story.when(post_on("2026-05-31")).then(less, fewer);
}

TEST_CASE("a formula that comes to nothing posts nothing, and the day is done") {
    auto story = given(open_books(), test::Past{opened("royalties", AccountKind::expense)},
                       defined(royalties()));
    RecurringPosted nothing = run("2026-05-31");
    nothing.entry.reset();
    nothing.amounts = {eur("0.00"), eur("0.00")};
    story.when(post_on("2026-05-31")).then(nothing);
    story.happened(nothing);
    story.when(post_on("2026-05-31")).then();
    // What is sold late is still shared, under the first id.
    story.happened(sale_posted());
    const auto then = story.when(post_on("2026-05-31"));
    then.accepted();
    CHECK(then.events().front().as<EntryPosted>()->entry == id_of("2026-05-31"));
}

TEST_CASE("a balance counts all periods through the due day's, a movement that one alone") {
    EntryPosted april = sale_posted(7, 1);
    april.date = day("2026-04-30");
    april.period = 4;
    const auto debit_of = [&](BalanceMeasure measure) {
        DefineRecurring define = royalties();
        define.lines[0].formula->measure = measure;
        const auto then = given(open_books(), test::Past{opened("royalties", AccountKind::expense)},
                                april, sale_posted(8, 2), defined(define))
                              .when(post_on("2026-05-31"));
        then.accepted();
        return to_text(then.events().front().as<EntryPosted>()->lines.front().base);
    };
    CHECK(debit_of(BalanceMeasure::movement) == "5.00 EUR");
    CHECK(debit_of(BalanceMeasure::balance) == "10.00 EUR");
}

TEST_CASE("what a formula comes to must be an amount") {
    EntryPosted huge = sale_posted();
    for (PostedLine& line : huge.lines)
        line.amount = line.base = Money{most_money, eur("0.00").currency};
    EntryPosted again = huge;
    again.entry = entry(2);
    again.number = 2;
    given(open_books(), test::Past{opened("royalties", AccountKind::expense)}, huge, again,
          defined(royalties()))
        .when(post_on("2026-05-31"))
        .refused(entry_too_large);
}
