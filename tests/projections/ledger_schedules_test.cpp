// What comes due: recurring entries with their next day, deferrals with what is left of them.
#include "projections/ledger/deferrals.h"
#include "projections/ledger/journal.h"
#include "projections/ledger/recurring_entries.h"
#include "tests/projections/reading.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::ledger;
using test::day;

namespace {

const CompanyCode acme{"ACME"};
const Date today = day("2026-03-01");

RecurringDefined rent(const char* code, std::optional<std::int64_t> times = {}) {
    RecurringDefined defined;
    defined.company = acme;
    defined.recurring = {code};
    defined.journal = {"GEN"};
    defined.schedule.from = day("2026-01-31");
    defined.schedule.times = times;
    defined.defined_by = "ann";
    return defined;
}

RecurringPosted posted(const char* code, const char* due) {
    return {acme, {code}, day(due), test::nth<EntryId>(1), {}};
}

std::string told(const ListedRecurring& row) {
    static constexpr std::string_view states[] = {"running", "paused", "ended"};
    return row.recurring.text + " " + std::string(states[static_cast<int>(row.state)]) + " " +
           std::to_string(row.posted) + " " + (row.next_due ? to_text(*row.next_due) : "-");
}

}  // namespace

TEST_CASE("a recurring entry tells its next due day, whatever was posted before its time") {
    test::Reading books;
    const auto list = [&](Position known_at, RecurringList query = {acme, {}, {}}) {
        std::string all;
        for (const auto& row : books.ask<ListedRecurring>(query, {{}, known_at}, 1).rows)
            all += (all.empty() ? "" : "; ") + told(row);
        return all;
    };
    books.happened(rent("RENT"), today);
    books.happened(rent("TWICE", 2), today);
    books.happened(posted("RENT", "2026-02-28"), today);
    CHECK(list(3) == "RENT running 1 2026-01-31; TWICE running 0 2026-01-31");
    books.happened(posted("RENT", "2026-01-31"), today);
    books.happened(posted("RENT", "2026-01-31"), today);  // a difference
    books.happened(posted("TWICE", "2026-01-31"), today);
    books.happened(posted("TWICE", "2026-02-28"), today);
    CHECK(list(7) == "RENT running 2 2026-03-31; TWICE ended 2 -");
    books.happened(RecurringPaused{acme, {"RENT"}}, today);
    CHECK(list(8) == "RENT paused 2 2026-03-31; TWICE ended 2 -");
    CHECK(list(8, {acme, RecurringState::paused, {}}) == "RENT paused 2 2026-03-31");
    CHECK(list(8, {acme, {}, day("2026-03-31")}) == "RENT paused 2 2026-03-31");
    CHECK(list(8, {acme, {}, day("2026-03-30")}).empty());
    books.happened(RecurringResumed{acme, {"RENT"}, day("2026-05-01")}, today);
    CHECK(list(9, {acme, RecurringState::running, {}}) == "RENT running 2 2026-05-31");
    books.happened(RecurringApproved{acme, {"RENT"}}, today);
    books.happened(RecurringEnded{acme, {"RENT"}, day("2026-05-30")}, today);
    CHECK(list(11) == "RENT ended 2 -; TWICE ended 2 -");
    const auto rows = books.ask<ListedRecurring>(RecurringList{acme, {}, {}}).rows;
    CHECK(rows[0].approved_by == "ann");
    CHECK(rows[0].last == day("2026-05-30"));
    CHECK(rows[0].last_posted == day("2026-02-28"));
    CHECK(list(3) == "RENT running 1 2026-01-31; TWICE running 0 2026-01-31");
    CHECK(list(11, {{"OTHER"}, {}, {}}).empty());
}

TEST_CASE("a deferral tells what is released by a day and left, and which events say so") {
    test::Reading books;
    const Money whole = test::money("100.00", "EUR");
    for (const char* code : {"D1", "D2"}) {
        AmountDeferred deferred;
        deferred.company = acme;
        deferred.deferral = {code};
        deferred.amount = whole;
        deferred.held_on = {"prepaid"};
        deferred.span = {day("2026-01-01"), day("2026-03-31")};
        deferred.deferred_by = "ann";
        books.happened(deferred, today);
    }
    std::uint64_t entries = 0;
    const auto release = [&](const char* date, const char* amount, bool taken_back = false) {
        const Money money = test::money(amount, "EUR");
        EntryPosted entry;
        entry.company = acme;
        entry.entry = test::nth<EntryId>(++entries);
        entry.date = day(date);
        entry.lines = {{{"insurance"}, Side::debit, money, money, {}, {}},
                       {{"prepaid"}, Side::credit, money, money, {}, {}}};
        entry.origin = EntryOrigin{EntryRule::deferral, "D1", {"2026"}, 1};
        if (taken_back) {
            std::swap(entry.lines[0].side, entry.lines[1].side);
            entry.reverses = test::nth<EntryId>(1);
        }
        return books.happened(entry, day(date));
    };
    const EventRef first = release("2026-01-31", "33.34");
    const EventRef second = release("2026-02-28", "33.33");
    books.happened(DeferralApproved{acme, {"D1"}}, today);
    const auto released = [&](Corner corner) {
        const auto row = books.ask<ListedDeferral>(DeferralList{acme}, corner, 1).rows.at(0);
        CHECK(row.amount == whole);
        CHECK(row.released + row.left == whole);
        return amount_text(row.released);
    };
    CHECK(released({}) == "66.67");
    CHECK(released({day("2026-02-27"), 5}) == "33.34");
    CHECK(released({day("2026-01-30"), 5}) == "0.00");
    CHECK(released({{}, 3}) == "33.34");
    CHECK(books.ask<ListedDeferral>(DeferralList{acme}).rows.at(0).approved_by == "ann");

    const auto why = books.explain(DeferralList{acme}, {"D1", "released"}, {}, 1);
    REQUIRE(why.items.size() == 2);
    CHECK(why.items[0].event == first);
    CHECK(why.items[1].event == second);
    CHECK((why.sum() == 6'667 && why.figure->units == 6'667));
    CHECK(books.explain(DeferralList{acme}, {"D1", "left"}).missing);
    CHECK(books.explain(DeferralList{acme}, {"D3", "released"}).missing);

    release("2026-01-31", "33.34", true);
    CHECK(released({}) == "33.33");
    release("2026-03-31", "66.67");
    const auto rest = books.ask<ListedDeferral>(DeferralList{acme, true}).rows;
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].deferral.text == "D2");
}

TEST_CASE("an entry shows the files of its posting and those attached since") {
    test::Reading books;
    const Attachment bill{"bill.pdf", std::string(64, 'a'), 5},
        order{"order.pdf", std::string(64, 'b'), 6};
    EntryPosted posted;
    posted.company = acme;
    posted.entry = test::nth<EntryId>(1);
    posted.journal = {"GEN"};
    posted.fiscal_year = {"2026"};
    posted.number = 1;
    posted.date = day("2026-05-04");
    const Money one = test::money("1.00", "EUR");
    posted.lines = {{{"1"}, Side::debit, one, one, {}, {}},
                    {{"2"}, Side::credit, one, one, {}, {}}};
    posted.attachments = {bill};
    posted.origin = EntryOrigin{EntryRule::recurrence, "RENT", {"2026"}, 5};
    books.happened(posted, posted.date);
    books.happened(AttachmentAdded{acme, posted.entry, order}, day("2026-07-01"));
    const auto entry = [&](Corner corner) {
        return books.ask<FullEntry>(OneEntry{acme, posted.entry}, corner).rows.at(0);
    };
    const ListedAttachment first{bill, {1'000'000}, "ann"}, later{order, {2'000'000}, "ann"};
    CHECK(entry({}).attachments == std::vector{first, later});
    CHECK(entry({day("2026-05-04"), 2}).attachments == std::vector{first, later});
    CHECK(entry({{}, 1}).attachments == std::vector{first});
    CHECK(entry({}).origin == posted.origin);
}
