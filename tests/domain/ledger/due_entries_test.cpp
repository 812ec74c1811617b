// What is due: all of it in the order of its days, once, and nothing holds the rest up.
#include "domain/ledger/due_entries.h"

#include "tests/domain/ledger/books.h"

#include <string>

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

RecurringDefined recurring(const char* code, const char* from, Frequency every) {
    RecurringDefined defined;
    defined.company = acme;
    defined.recurring = {code};
    defined.journal = {"GEN"};
    defined.lines.resize(2);
    defined.lines[0].account = {"cash"};
    defined.lines[1].account = {"sales"};
    defined.lines[1].side = Side::credit;
    for (RecurringLine& line : defined.lines) line.amount = eur("10.00");
    defined.schedule.from = day(from);
    defined.schedule.every = every;
    return defined;
}

AmountDeferred deferral() {
    AmountDeferred deferred;
    deferred.company = acme;
    deferred.deferral = {"D"};
    deferred.journal = {"GEN"};
    deferred.amount = eur("3.00");
    deferred.held_on = {"cash"};
    deferred.released_to = {"sales"};
    deferred.span = {day("2026-01-01"), day("2026-03-31")};
    deferred.by = ReleaseBy::months;
    return deferred;
}

// Posts what is due and tells it: the origins and days of the entries, in order.
std::string told(test::Given& story, const char* through) {
    const auto then = story.when(PostDueEntries{acme, day(through)});
    then.accepted();
    std::string told;
    for (const Message& event : then.events())
        if (const auto* entry = event.as<EntryPosted>())
            told += entry->origin->of + " " + to_text(entry->date) + " #" +
                    std::to_string(entry->number) + "\n";
    story.happened(then.events());
    return told;
}

}  // namespace

TEST_CASE("what is due through a day is posted in the order of its days, once") {
    auto story = given(open_books(), recurring("WEEK", "2026-01-20", Frequency::weekly),
                       recurring("MONTH", "2026-01-31", Frequency::monthly), deferral());
    CHECK(told(story, "2026-01-19").empty());
    CHECK(told(story, "2026-01-31") ==
          "WEEK 2026-01-20 #1\nWEEK 2026-01-27 #2\nMONTH 2026-01-31 #3\nD 2026-01-31 #4\n");
    CHECK(told(story, "2026-01-31").empty());
    CHECK(told(story, "2026-02-10") == "WEEK 2026-02-03 #5\nWEEK 2026-02-10 #6\n");
    CHECK(told(story, "2026-02-28") ==
          "WEEK 2026-02-17 #7\nWEEK 2026-02-24 #8\nMONTH 2026-02-28 #9\nD 2026-02-28 #10\n");
}

TEST_CASE("without a day it is through today") {
    auto story = given(open_books(), recurring("MONTH", "2026-01-31", Frequency::monthly));
    Context context;
    context.today = day("2026-02-28");
    CHECK(story.when(PostDueEntries{acme, {}}, context).events().size() == 4);
}

TEST_CASE("what cannot be posted stays due and holds nothing else up") {
    auto story = given(open_books(), recurring("MONTH", "2026-01-31", Frequency::monthly),
                       deferral(), PeriodClosed{acme, {"2026"}, 1});
    CHECK(told(story, "2026-02-28") == "MONTH 2026-02-28 #1\nD 2026-02-28 #2\n");
    CHECK(told(story, "2026-02-28").empty());
    story.happened(PeriodReopened{acme, {"2026"}, 1, "late"});
    // The deferral took January with February; the recurring entry is posted where it belongs.
    CHECK(told(story, "2026-02-28") == "MONTH 2026-01-31 #3\n");
    CHECK(told(story, "2026-03-31") == "MONTH 2026-03-31 #4\nD 2026-03-31 #5\n");
}

TEST_CASE("what is paused waits, and comes up or falls away when it is resumed") {
    const auto paused = [] {
        return given(open_books(), recurring("MONTH", "2026-01-31", Frequency::monthly),
                     RecurringPaused{acme, {"MONTH"}});
    };
    auto caught_up = paused();
    CHECK(told(caught_up, "2026-02-28").empty());
    caught_up.happened(RecurringResumed{acme, {"MONTH"}, {}});
    CHECK(told(caught_up, "2026-02-28") == "MONTH 2026-01-31 #1\nMONTH 2026-02-28 #2\n");
    auto let_go = paused();
    let_go.happened(RecurringResumed{acme, {"MONTH"}, day("2026-02-01")});
    CHECK(told(let_go, "2026-02-28") == "MONTH 2026-02-28 #1\n");
}

TEST_CASE("what has ended is posted through its last day") {
    auto story = given(open_books(), recurring("MONTH", "2026-01-31", Frequency::monthly),
                       RecurringEnded{acme, {"MONTH"}, day("2026-02-28")});
    CHECK(told(story, "2026-12-31") == "MONTH 2026-01-31 #1\nMONTH 2026-02-28 #2\n");
}

TEST_CASE("five hundred at a time") {
    auto story = given(open_books());
    for (const char* code : {"A", "B", "C", "D", "E", "F"})
        story.happened(recurring(code, "2025-01-01", Frequency::weekly));
    // 105 Wednesdays from 1 January 2025 to 30 December 2026, 630 in all.
    const auto lines = [](const std::string& told) { return std::ranges::count(told, '\n'); };
    CHECK(lines(told(story, "2026-12-30")) == 500);
    CHECK(lines(told(story, "2026-12-30")) == 130);
    CHECK(told(story, "2026-12-30").empty());
}

TEST_CASE("days that no fiscal year has hold nothing up, however many they are") {
    auto story = given(open_books(), recurring("OLD", "1990-01-03", Frequency::weekly),
                       recurring("NEW", "2026-12-30", Frequency::weekly));
    const auto lines = [](const std::string& told) { return std::ranges::count(told, '\n'); };
    CHECK(lines(told(story, "2025-01-31")) == 5);  // the Wednesdays of January 2025
    CHECK(lines(told(story, "9999-12-31")) == 101);
}

TEST_CASE("what an entry before it makes impossible is left out, and the rest is posted") {
    // A tenth of what cash moved in the month needs approval once the sale of the 15th is posted.
    RecurringDefined sale = recurring("A", "2026-01-15", Frequency::monthly);
    for (RecurringLine& line : sale.lines) line.amount = eur("900.00");
    RecurringDefined tenth = recurring("B", "2026-01-31", Frequency::monthly);
    tenth.lines[0].account = {"reserve"};
    tenth.lines[1].account = {"fees"};
    for (RecurringLine& line : tenth.lines) line.amount.reset();
    tenth.lines[0].formula = AmountFormula{Percent{10'000'000}, {{"cash"}}};
    test::Past books = open_books();
    books.push_back(opened("reserve", AccountKind::asset));
    books.push_back(opened("fees", AccountKind::income));
    LedgerPolicySet four_eyes{acme, {}};
    four_eyes.policy.four_eyes_above = eur("50.00");
    auto story = given(books, four_eyes, sale, RecurringApproved{acme, {"A"}}, tenth,
                       recurring("C", "2026-01-31", Frequency::monthly));
    CHECK(told(story, "2026-01-31") == "A 2026-01-15 #1\nC 2026-01-31 #2\n");
    story.happened(RecurringApproved{acme, {"B"}});
    CHECK(told(story, "2026-01-31") == "B 2026-01-31 #3\n");
}

TEST_CASE("what is due is of a known company, and of that one alone") {
    auto story =
        given(open_books(), recurring("MONTH", "2026-01-31", Frequency::monthly),
              companies::CompanyCreated{
                  {"BETA"}, "Beta", test::currency("EUR"), "UTC", 1, 2025, companies::Chart::none});
    story.when(PostDueEntries{{"OTHER"}, {}}).refused(companies::company_unknown);
    story.when(PostDueEntries{{"BETA"}, day("2026-12-31")}).then();
}
