// Deferrals: which part belongs to which days, and that no cent is lost on the way.
#include "domain/ledger/deferrals.h"

#include "domain/ledger/due_entries.h"
#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

const DeferralCode insurance{"INSURANCE"};

test::Past books_with_prepaid() {
    test::Past past = open_books();
    past.push_back(opened("prepaid", AccountKind::asset));
    past.push_back(opened("insurance", AccountKind::expense));
    past.push_back(opened("advances", AccountKind::liability));
    return past;
}

// 100.00 paid in January for January to March.
DeferAmount defer(ReleaseBy by = ReleaseBy::months) {
    DeferAmount defer;
    defer.company = acme;
    defer.deferral = insurance;
    defer.journal = {"GEN"};
    defer.text = "Insurance";
    defer.amount = eur("100.00");
    defer.held_on = {"prepaid"};
    defer.released_to = {"insurance"};
    defer.span = {day("2026-01-01"), day("2026-03-31")};
    defer.by = by;
    return defer;
}

AmountDeferred deferred(const DeferAmount& defer) {
    return {acme,
            insurance,
            defer.journal,
            defer.text,
            defer.amount,
            defer.held_on,
            defer.released_to,
            defer.span,
            defer.by,
            defer.dimensions,
            defer.books,
            "ann",
            {}};
}

EntryId id_of(const char* through) {
    return {derived_uuid(std::string("ACME\nINSURANCE\n") + through, "deferral", 0)};
}

EntryPosted release_posted(const char* through, std::int64_t period, const char* amount,
                           std::int64_t number) {
    EntryPosted posted = sale_posted(1, number);
    posted.entry = id_of(through);
    posted.date = day(through);
    posted.period = period;
    posted.text = "Insurance";
    posted.lines = {books::posted(Side::debit, "insurance", eur(amount)),
                    books::posted(Side::credit, "prepaid", eur(amount))};
    posted.origin = EntryOrigin{EntryRule::deferral, "INSURANCE", {"2026"}, period};
    return posted;
}

DeferralReleased part(const char* through, const char* amount) {
    return {acme, insurance, day(through), day(through), eur(amount), id_of(through)};
}

ReleaseDeferral release(const char* through) { return {acme, insurance, day(through)}; }

Context by(const char* actor) {
    Context context;
    context.actor = actor;
    context.today = day("2026-02-15");
    return context;
}

}  // namespace

TEST_CASE("by months each month takes as much, larger parts first") {
    const Period quarter{day("2026-01-01"), day("2026-03-31")};
    const auto through = [&](const char* date) {
        return amount_text(part_through(eur("100.00"), quarter, ReleaseBy::months, day(date)));
    };
    CHECK(through("2025-12-31") == "0.00");
    CHECK(through("2026-01-30") == "0.00");
    CHECK(through("2026-01-31") == "33.34");
    CHECK(through("2026-02-28") == "66.67");
    CHECK(through("2026-03-30") == "66.67");
    CHECK(through("2026-03-31") == "100.00");
    // Months that are touched count whole: 15 January to 2 March are three.
    const Period ragged{day("2026-01-15"), day("2026-03-02")};
    CHECK(part_through(eur("99.00"), ragged, ReleaseBy::months, day("2026-01-31")) == eur("33.00"));
    CHECK(part_through(eur("99.00"), ragged, ReleaseBy::months, day("2026-03-02")) == eur("99.00"));
}

TEST_CASE("by days each day takes as much: 365.00 over a year is 31.00 for January") {
    const Period year{day("2026-01-01"), day("2026-12-31")};
    const auto through = [&](const char* date) {
        return amount_text(part_through(eur("365.00"), year, ReleaseBy::days, day(date)));
    };
    CHECK(through("2026-01-01") == "1.00");
    CHECK(through("2026-01-31") == "31.00");
    CHECK(through("2026-02-28") == "59.00");
    CHECK(through("2026-12-30") == "364.00");
    CHECK(through("2026-12-31") == "365.00");
    // 100.00 over 90 days: 31 days are 34.444..., 59 days are 65.555...
    const Period quarter{day("2026-01-01"), day("2026-03-31")};
    CHECK(part_through(eur("100.00"), quarter, ReleaseBy::days, day("2026-01-31")) == eur("34.44"));
    CHECK(part_through(eur("100.00"), quarter, ReleaseBy::days, day("2026-02-28")) == eur("65.56"));
}

TEST_CASE("by periods each fiscal period takes as much, whatever its weeks or months are") {
    // 52 weeks of 4-4-5 from 5 January 2026: the first periods end on 1 February, 1 March, 5 April.
    test::Past past{Message::of(companies::CompanyCreated{acme, "Acme", test::currency("EUR"),
                                                          "UTC", 1, 0, companies::Chart::none})};
    past.push_back(Message::of(
        FiscalYearOpened{acme, {"2026"}, day("2026-01-05"), 12, YearPattern::weeks_4_4_5, 52, 1}));
    for (const auto& [code, kind] :
         {std::pair{"prepaid", AccountKind::asset}, std::pair{"insurance", AccountKind::expense}})
        past.push_back(opened(code, kind));
    past.push_back(Message::of(JournalOpened{acme, {"GEN"}, "General"}));
    DeferAmount quarter = defer(ReleaseBy::periods);
    // Touched periods count whole, and the last part ends with the span.
    quarter.span = {day("2026-01-20"), day("2026-04-06")};
    AmountDeferred spread = deferred(quarter);
    spread.part_ends = {day("2026-02-01"), day("2026-03-01"), day("2026-04-05"), day("2026-04-06")};
    auto story = given(past);
    story.when(quarter, by("ann")).then(spread);
    const auto through = [&](const char* date) {
        return amount_text(part_through(quarter.amount, quarter.span, ReleaseBy::periods, day(date),
                                        spread.part_ends));
    };
    CHECK(through("2026-01-31") == "0.00");
    CHECK(through("2026-02-01") == "25.00");
    CHECK(through("2026-02-28") == "25.00");
    CHECK(through("2026-03-01") == "50.00");
    CHECK(through("2026-04-05") == "75.00");
    CHECK(through("2026-04-06") == "100.00");
    // Three parts of 100.00: no cent is lost, and the first has the one that is over.
    DeferAmount three = quarter;
    three.span = {day("2026-01-05"), day("2026-04-05")};
    AmountDeferred in_three = deferred(three);
    in_three.part_ends = {day("2026-02-01"), day("2026-03-01"), day("2026-04-05")};
    auto released = given(past, in_three);
    EntryPosted first = release_posted("2026-02-01", 1, "33.34", 1);
    released.when(release("2026-02-01")).then(first, part("2026-02-01", "33.34"));
    // What the calendar does not have cannot be shared out.
    for (const Period span : {Period{day("2026-01-04"), day("2026-02-01")},
                              Period{day("2026-01-05"), day("2027-01-04")}}) {
        DeferAmount outside = quarter;
        outside.span = span;
        story.when(outside).refused(deferral_beyond_calendar);
        outside.by = ReleaseBy::months;
        story.when(outside, by("ann")).then(deferred(outside));
    }
    DeferAmount last = quarter;
    last.span = {day("2026-12-31"), day("2027-01-03")};
    AmountDeferred at_end = deferred(last);
    at_end.part_ends = {day("2027-01-03")};
    story.when(last, by("ann")).then(at_end);
}

TEST_CASE("parts never go back, and all of them are the amount, whatever it is") {
    for (const ReleaseBy by : {ReleaseBy::days, ReleaseBy::months, ReleaseBy::periods})
        for (const std::int64_t minor :
             std::initializer_list<std::int64_t>{1, 7, 364, 99'999, 100'000'000'000'003})
            for (const char* last : {"2026-01-10", "2026-04-05", "2028-03-01"}) {
                const Money amount{minor, eur("0.00").currency};
                const Period span{day("2026-01-10"), day(last)};
                std::vector<Date> part_ends;
                for (Date end = span.first + 20; end < span.last; end = end + 28)
                    part_ends.push_back(end);
                part_ends.push_back(span.last);
                Money before{0, amount.currency};
                for (Date date = span.first - 2; date <= span.last; date = date + 1) {
                    const Money now = part_through(amount, span, by, date, part_ends);
                    CHECK(now.minor >= before.minor);
                    before = now;
                }
                CHECK(before == amount);
            }
}

TEST_CASE("an amount is deferred from the balance sheet to income or expense") {
    const auto but = [&](const auto& change) {
        DeferAmount changed = defer();
        change(changed);
        return changed;
    };
    auto story = given(books_with_prepaid());
    story.when(defer(), by("ann")).then(deferred(defer()));
    story.when(but([](auto& of) { of.company = {"OTHER"}; })).refused(companies::company_unknown);
    story.when(but([](auto& of) { of.journal = {"NO"}; })).refused(journal_unknown);
    story.when(but([](auto& of) { of.books = {{"IFRS"}}; })).refused(book_unknown);
    story.when(but([](auto& of) { of.span.last = day("2025-12-31"); }))
        .refused(deferral_without_days);
    story
        .when(but([](auto& of) {
            of.by = ReleaseBy::periods;
            of.span.last = day("2031-12-31");
            of.amount = usd("1.00");
        }))
        .refused(deferral_beyond_calendar);
    story.when(but([](auto& of) { of.amount = usd("1.00"); })).refused(deferral_currency_differs);
    story.when(but([](auto& of) { of.amount = eur("0.00"); })).refused(amount_not_positive);
    story.when(but([](auto& of) { of.held_on = {"nowhere"}; })).refused(account_unknown);
    story.when(but([](auto& of) { of.released_to = {"nowhere"}; })).refused(account_unknown);
    story.when(but([](auto& of) { of.held_on = {"assets"}; })).refused(account_is_summary);
    story.when(but([](auto& of) { of.held_on = {"dollars"}; })).refused(account_currency_differs);
    story.when(but([](auto& of) { of.released_to = {"wages"}; })).refused(dimension_missing);
    story.when(but([](auto& of) {
             of.dimensions = {{{"nothing"}, {"P1"}}};
         }))
        .refused(dimension_unknown);
    story.when(but([](auto& of) {
             of.dimensions = {{{"project"}, {"P9"}}};
         }))
        .refused(dimension_value_unknown);
    story.when(but([](auto& of) { of.held_on = {"sales"}; })).refused(deferral_accounts_unfit);
    story.when(but([](auto& of) { of.released_to = {"cash"}; })).refused(deferral_accounts_unfit);
    story.happened(AccountUseChanged{acme, {"prepaid"}, true, false});
    story.when(defer()).refused(account_is_control);
    story.happened(AccountBlocked{acme, {"prepaid"}});
    story.when(defer()).refused(account_blocked);
    story.happened(deferred(defer()));
    story.when(defer()).refused(deferral_exists);
}

TEST_CASE("a blocked value is on no new deferral") {
    DeferAmount tagged = defer();
    tagged.dimensions = {{{"project"}, {"P1"}}};
    given(books_with_prepaid(), DimensionValueBlocked{acme, {"project"}, {"P1"}})
        .when(tagged)
        .refused(dimension_value_blocked);
}

TEST_CASE("each period takes its part on its last day, once, and the last one takes the rest") {
    auto story = given(books_with_prepaid(), deferred(defer()));
    const std::array<std::tuple<const char*, std::int64_t, const char*>, 3> parts{
        {{"2026-01-31", 1, "33.34"}, {"2026-02-28", 2, "33.33"}, {"2026-03-31", 3, "33.33"}}};
    for (const auto& [through, period, amount] : parts) {
        story.when(release(through))
            .then(release_posted(through, period, amount, period), part(through, amount));
        story.happened(release_posted(through, period, amount, period));
        story.happened(part(through, amount));
        story.when(release(through)).then();
    }
    story.when(release("2026-01-31")).then();
}

TEST_CASE("income is released by its credit, and dimensions are on both lines") {
    DeferAmount income = defer();
    income.held_on = {"advances"};
    income.released_to = {"sales"};
    income.dimensions = {{{"project"}, {"P1"}}};
    EntryPosted expected = release_posted("2026-01-31", 1, "33.34", 1);
    expected.lines = {posted(Side::credit, "sales", eur("33.34")),
                      posted(Side::debit, "advances", eur("33.34"))};
    for (PostedLine& line : expected.lines) line.dimensions = income.dimensions;
    given(books_with_prepaid(), deferred(income))
        .when(release("2026-01-31"))
        .then(expected, part("2026-01-31", "33.34"));
}

TEST_CASE("a release that comes late takes with it what closed periods did not take") {
    given(books_with_prepaid(), deferred(defer()), PeriodClosed{acme, {"2026"}, 1})
        .when(release("2026-02-28"))
        .then(release_posted("2026-02-28", 2, "66.67", 1), part("2026-02-28", "66.67"));
}

TEST_CASE("only days that end a period or the span are released through") {
    given(books_with_prepaid()).when(release("2026-01-31")).refused(deferral_unknown);
    DeferAmount ragged = defer();
    ragged.span.last = day("2026-03-15");
    auto story = given(books_with_prepaid(), deferred(ragged));
    for (const char* never : {"2025-12-31", "2026-01-30", "2026-03-31"})
        story.when(release(never)).refused(release_not_due);
    story.when(release("2026-03-15")).accepted();
}

TEST_CASE("a part of less than a cent is no entry") {
    DeferAmount cent = defer();
    cent.amount = eur("0.01");
    cent.by = ReleaseBy::days;
    auto story = given(books_with_prepaid(), deferred(cent));
    DeferralReleased nothing = part("2026-01-31", "0.00");
    nothing.entry.reset();
    story.when(release("2026-01-31")).then(nothing);
    story.happened(nothing);
    story.when(release("2026-01-31")).then();
    story.when(release("2026-03-31"))
        .then(release_posted("2026-03-31", 3, "0.01", 1), part("2026-03-31", "0.01"));
}

TEST_CASE("a release has what every entry must have") {
    auto story = given(books_with_prepaid(), deferred(defer()), PeriodClosed{acme, {"2026"}, 1});
    story.when(release("2026-01-31")).refused(period_closed);
    LedgerPolicySet four_eyes{acme, {}};
    four_eyes.policy.four_eyes_above = eur("50.00");
    story.happened(four_eyes);
    story.when(release("2026-02-28")).refused(approval_required);
    const ApproveDeferral approve{acme, insurance};
    story.when(approve, by("ann")).refused(deferral_started_by_approver);
    story.when(approve, by("ben")).then(DeferralApproved{acme, insurance});
    story.happened(DeferralApproved{acme, insurance});
    story.when(approve, by("ben")).refused(deferral_approved);
    story.when(release("2026-02-28")).accepted();
    given(books_with_prepaid()).when(approve).refused(deferral_unknown);
}

TEST_CASE("a release that is reversed is given back, and the next one takes it along") {
    auto story = given(books_with_prepaid(), deferred(defer()),
                       release_posted("2026-01-31", 1, "33.34", 1), part("2026-01-31", "33.34"));
    EntryPosted back = release_posted("2026-01-31", 1, "33.34", 2);
    std::swap(back.lines[0].side, back.lines[1].side);
    back.entry = entry(20);
    back.reverses = id_of("2026-01-31");
    story.happened(back);
    story.when(PostDueEntries{acme, day("2026-02-15")}).then();  // not by itself
    EntryPosted again = release_posted("2026-01-31", 1, "33.34", 3);
    again.entry = {derived_uuid("ACME\nINSURANCE\n2026-01-31", "deferral", 1)};
    DeferralReleased again_part = part("2026-01-31", "33.34");
    again_part.entry = again.entry;
    story.when(release("2026-01-31")).then(again, again_part);
    story.when(release("2026-02-28"))
        .then(release_posted("2026-02-28", 2, "66.67", 3), part("2026-02-28", "66.67"));
    // What replaces a release has released, and on another account too.
    EntryPosted right = release_posted("2026-01-31", 1, "33.34", 3);
    right.entry = entry(21);
    right.replaces = id_of("2026-01-31");
    right.lines[0].account = {"sales"};
    story.happened(right);
    story.when(release("2026-02-28"))
        .then(release_posted("2026-02-28", 2, "33.33", 4), part("2026-02-28", "33.33"));
}

TEST_CASE("an end that is taken back opens the days behind it again") {
    EntryPosted end = release_posted("2026-01-31", 2, "66.66", 2);
    end.entry = entry(9);
    end.date = day("2026-02-10");
    EntryPosted back = end;
    std::swap(back.lines[0].side, back.lines[1].side);
    back.entry = entry(20);
    back.reverses = entry(9);
    back.number = 3;
    auto story =
        given(books_with_prepaid(), deferred(defer()), release_posted("2026-01-31", 1, "33.34", 1),
              part("2026-01-31", "33.34"), end,
              DeferralReleased{acme, insurance, day("2026-02-10"), day("2026-03-31"), eur("66.66"),
                               entry(9)});
    story.when(release("2026-02-28")).then();
    story.happened(back);
    story.when(release("2026-02-28"))
        .then(release_posted("2026-02-28", 2, "33.33", 4), part("2026-02-28", "33.33"));
    // An earlier release that is taken back opens nothing: what comes later is there.
    auto all_released =
        given(books_with_prepaid(), deferred(defer()), release_posted("2026-01-31", 1, "33.34", 1),
              part("2026-01-31", "33.34"), release_posted("2026-03-31", 3, "66.66", 2),
              part("2026-03-31", "66.66"));
    EntryPosted january = release_posted("2026-01-31", 1, "33.34", 3);
    std::swap(january.lines[0].side, january.lines[1].side);
    january.entry = entry(21);
    january.reverses = id_of("2026-01-31");
    all_released.happened(january);
    const auto then = all_released.when(PostDueEntries{acme, day("2026-04-01")});
    then.accepted();
    REQUIRE(then.events().size() == 2);
    CHECK(then.events()[1].as<DeferralReleased>()->amount == eur("33.34"));
}

TEST_CASE("what replaces a release is of its deferral") {
    auto story = given(books_with_prepaid(), deferred(defer()),
                       release_posted("2026-01-31", 1, "33.34", 1), part("2026-01-31", "33.34"));
    EntryPosted back = release_posted("2026-01-31", 1, "33.34", 2);
    back.entry = entry(20);
    back.reverses = id_of("2026-01-31");
    story.happened(back);
    PostEntry right = sale(21);
    right.lines = {debit("insurance", eur("33.34")), credit("prepaid", eur("33.34"))};
    right.replaces = id_of("2026-01-31");
    const auto then = story.when(right);
    then.accepted();
    CHECK(then.events().front().as<EntryPosted>()->origin ==
          EntryOrigin{EntryRule::deferral, "INSURANCE", {"2026"}, 1});
    // What puts more there instead releases nothing.
    for (EntryLine& line : right.lines)
        line.side = line.side == Side::debit ? Side::credit : Side::debit;
    const auto other = story.when(right);
    other.accepted();
    CHECK_FALSE(other.events().front().as<EntryPosted>()->origin);
}

TEST_CASE("the last release is due once more when it was reversed, under another id") {
    DeferAmount january = defer();
    january.span.last = day("2026-01-31");
    EntryPosted back = release_posted("2026-01-31", 1, "100.00", 2);
    back.entry = entry(20);
    back.reverses = id_of("2026-01-31");
    auto story = given(books_with_prepaid(), deferred(january),
                       release_posted("2026-01-31", 1, "100.00", 1), part("2026-01-31", "100.00"));
    story.when(release("2026-01-31")).then();
    story.happened(back);
    EntryPosted again = release_posted("2026-01-31", 1, "100.00", 3);
    again.entry = {derived_uuid("ACME\nINSURANCE\n2026-01-31", "deferral", 1)};
    DeferralReleased again_part = part("2026-01-31", "100.00");
    again_part.entry = again.entry;
    story.when(PostDueEntries{acme, day("2026-02-28")}).then(again, again_part);
    story.when(release("2026-01-31")).then(again, again_part);
}

TEST_CASE(
    "what is released again is not so before it was given back, and never beyond the amount") {
    auto story = given(books_with_prepaid(), deferred(defer()),
                       release_posted("2026-03-31", 3, "100.00", 1), part("2026-03-31", "100.00"));
    EntryPosted back = release_posted("2026-03-31", 6, "100.00", 2);
    std::swap(back.lines[0].side, back.lines[1].side);
    back.entry = entry(20);
    back.reverses = id_of("2026-03-31");
    back.date = day("2026-06-30");
    story.happened(back);
    const auto again = story.when(release("2026-03-31"));
    again.accepted();
    CHECK(again.events()[0].as<EntryPosted>()->date == day("2026-06-30"));
    story.happened(again.events());
    PostEntry right = sale(21);
    right.lines = {debit("insurance", eur("100.00")), credit("prepaid", eur("100.00"))};
    right.replaces = id_of("2026-03-31");
    const auto beside = story.when(right);
    beside.accepted();
    CHECK_FALSE(beside.events()[0].as<EntryPosted>()->origin);  // nothing is left to release
}

TEST_CASE("what belongs to days before the calendar is released with its first period") {
    DeferAmount old = defer();
    old.span.first = day("2024-12-01");  // sixteen months, one of them before 2025
    old.amount = eur("160.00");
    const DeferralReleased first{
        acme, insurance, day("2025-01-31"), day("2025-01-31"), eur("20.00"), id_of("2025-01-31")};
    const auto then =
        given(books_with_prepaid(), deferred(old)).when(PostDueEntries{acme, day("2025-02-15")});
    then.accepted();
    REQUIRE(then.events().size() == 2);
    CHECK(*then.events()[1].as<DeferralReleased>() == first);
    // Where all of it lies before, it is released on the calendar's first day.
    old.span = {day("2024-10-01"), day("2024-12-31")};
    const auto all =
        given(books_with_prepaid(), deferred(old)).when(PostDueEntries{acme, day("2025-01-01")});
    all.accepted();
    REQUIRE(all.events().size() == 2);
    CHECK(all.events()[0].as<EntryPosted>()->date == day("2025-01-01"));
    CHECK(all.events()[1].as<DeferralReleased>()->amount == eur("160.00"));
}

TEST_CASE("a deferral that ends before its time releases all that is left") {
    EndDeferral end{acme, insurance, entry(9), {}, {}};
    given(books_with_prepaid()).when(end).refused(deferral_unknown);
    auto story = given(books_with_prepaid(), deferred(defer()),
                       release_posted("2026-01-31", 1, "33.34", 1), part("2026-01-31", "33.34"));
    EntryPosted expected = release_posted("2026-01-31", 2, "66.66", 2);
    expected.entry = entry(9);
    expected.date = day("2026-02-15");
    DeferralReleased rest{acme,         insurance, day("2026-02-15"), day("2026-03-31"),
                          eur("66.66"), entry(9)};
    story.when(end, by("ann")).then(expected, rest);
    end.date = day("2026-02-20");
    end.text = "Cancelled";
    expected.date = day("2026-02-20");
    expected.text = "Cancelled";
    rest.date = day("2026-02-20");
    story.when(end).then(expected, rest);
    end.entry = id_of("2026-01-31");
    story.when(end).refused(entry_exists);
    story.happened(expected);
    story.happened(rest);
    end.entry = entry(10);
    story.when(end).refused(deferral_released);
    story.when(release("2026-02-28")).then();
    story.when(release("2026-03-31")).then();
}

TEST_CASE("weeks of a fiscal year are periods too: parts are due on their last days") {
    FiscalYearOpened weeks{acme, {"2027"}, day("2027-01-01"), 0};
    weeks.pattern = YearPattern::periods_of_4_weeks;
    weeks.weeks = 52;
    DeferAmount by_days = defer(ReleaseBy::days);
    by_days.span = {day("2027-01-01"), day("2027-02-28")};
    const auto story = given(books_with_prepaid(), weeks);
    const Deferral state{{}, {}, by_days.amount, {},         {}, by_days.span, by_days.by, {},
                         {}, {}, false,          eur("0.00")};
    const auto days = release_days(story.world(), acme, state, day("2030-01-01"));
    // Four weeks end on 28 January, eight on 25 February; the span ends on the 28th.
    CHECK(days == std::vector{day("2027-01-28"), day("2027-02-25"), day("2027-02-28")});
    CHECK(release_days(story.world(), acme, state, day("2027-02-27")).size() == 2);
}
