// The journal: entries by number and by day, and what later happened to them.
#include "projections/ledger/journal.h"
#include "tests/projections/reading.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::ledger;
using test::day;

namespace {

const CompanyCode acme{"ACME"};

test::Reading::In commit(bool last) {
    return last ? test::Reading::In::the_last_commit : test::Reading::In::a_commit_of_its_own;
}

EntryId entry(std::uint64_t number) { return test::nth<EntryId>(number); }

EntryPosted posted(std::uint64_t id, std::int64_t number, Date date, std::int64_t minor = 100) {
    const Money amount{minor, test::currency("EUR")};
    return {acme,
            entry(id),
            {"GEN"},
            {"2026"},
            number,
            date,
            "Entry",
            {},
            {{{"cash"}, Side::debit, amount, amount, {}, {}},
             {{"sales"}, Side::credit, amount, amount, {}, {}}},
            {},
            {}};
}

companies::CompanyCreated founded() {
    return {acme, "Acme", test::currency("EUR"), "UTC", 1, 2026, companies::Chart::none};
}

FiscalYearOpened year() { return {acme, {"2026"}, day("2026-01-01"), 12}; }

std::vector<EntryId> ids(const std::vector<JournalEntry>& rows) {
    std::vector<EntryId> ids;
    for (const JournalEntry& row : rows) ids.push_back(row.entry);
    return ids;
}

}  // namespace

TEST_CASE("an entry's fate is told as of the day and the moment asked for") {
    test::Reading books;
    books.happened(JournalOpened{acme, {"GEN"}, "General"}, day("2026-01-01"));
    books.happened(founded(), day("2026-01-01"), commit(true));
    books.happened(year(), day("2026-01-01"), commit(true));
    books.happened(posted(1, 1, day("2026-05-04")), day("2026-05-04"));
    EntryPosted reversal = posted(2, 2, day("2026-06-01"));
    reversal.reverses = entry(1);
    books.happened(reversal, reversal.date);
    EntryPosted replacement = posted(3, 3, day("2026-05-05"), 90);
    replacement.replaces = entry(1);
    books.happened(replacement, replacement.date);

    const auto one = [&](std::uint64_t id, Corner corner) {
        return books.ask<FullEntry>(OneEntry{acme, entry(id)}, corner);
    };
    const auto now = one(1, {});
    REQUIRE(now.rows.size() == 1);
    CHECK(now.rows[0].reversed_by == entry(2));
    CHECK(now.rows[0].replaced_by == std::vector<EntryId>{entry(3)});
    CHECK(now.rows[0].total == Money{100, test::currency("EUR")});
    CHECK(now.rows[0].lines == posted(1, 1, day("2026-05-04")).lines);
    CHECK(now.rows[0].recorded_at == Timestamp{2'000'000});
    CHECK(now.rows[0].recorded_by == "ann");
    CHECK(one(2, {}).rows[0].reverses == entry(1));
    CHECK(one(3, {}).rows[0].replaces == entry(1));
    // Before the reversal was known, and before the day on which it counts.
    CHECK(one(1, {{}, 2}).rows[0].reversed_by == std::nullopt);
    CHECK(one(1, {day("2026-05-31"), 4}).rows[0].reversed_by == std::nullopt);
    CHECK(one(1, {day("2026-05-31"), 4}).rows[0].replaced_by == std::vector<EntryId>{entry(3)});
    CHECK(one(1, {day("2026-05-03"), 4}).missing);
    CHECK(one(1, {{}, 1}).missing);
    CHECK(one(9, {}).missing);

    const auto list =
        books.ask<JournalEntry>(JournalListing{acme, {"GEN"}, JournalOrder::number, {}});
    CHECK(ids(list.rows) == std::vector<EntryId>{entry(1), entry(2), entry(3)});
    CHECK(list.rows[0].reversed_by == entry(2));
    REQUIRE(list.totals);
    CHECK(*list.totals->as<JournalTotals>() == JournalTotals{3, {290, test::currency("EUR")}});
    const auto by_date =
        books.ask<JournalEntry>(JournalListing{acme, {"GEN"}, JournalOrder::date, {}});
    CHECK(ids(by_date.rows) == std::vector<EntryId>{entry(1), entry(3), entry(2)});
}

TEST_CASE("a journal lists what a plain filter would, at any corner and page size") {
    test::Dice dice(7);
    test::Reading books;
    books.happened(founded(), day("2026-01-01"));
    books.happened(year(), day("2026-01-01"), commit(true));
    books.happened(JournalOpened{acme, {"GEN"}, "General"}, day("2026-01-01"));
    books.happened(JournalOpened{acme, {"SAL"}, "Sales"}, day("2026-01-01"));
    struct Known {
        EventRef event;
        EntryPosted posted;
    };
    std::vector<Known> all;
    std::map<JournalCode, std::int64_t> numbers;
    for (std::uint64_t id = 1; id <= 200; ++id) {
        EntryPosted entry = posted(id, 0, day("2026-01-01") + static_cast<int>(dice.below(90)),
                                   dice.between(1, 999));
        entry.journal = {dice.one_in(3) ? "SAL" : "GEN"};
        entry.number = ++numbers[entry.journal];
        all.push_back({books.happened(entry, entry.date, commit(dice.one_in(4))), entry});
    }
    for (int question = 0; question < 60; ++question) {
        Corner corner;
        if (dice.one_in(2)) corner.valid_at = day("2026-01-01") + static_cast<int>(dice.below(91));
        if (dice.one_in(2)) corner.known_at = 2 + dice.below(books.position() - 1);
        JournalListing query{acme, {dice.one_in(2) ? "SAL" : "GEN"}, JournalOrder::number, {}};
        if (dice.one_in(2)) query.order = JournalOrder::date;
        if (dice.one_in(2)) query.from = day("2026-01-01") + static_cast<int>(dice.below(90));
        std::vector<const Known*> shown;
        std::int64_t total = 0;
        for (const Known& known : all) {
            if (known.posted.journal != query.journal) continue;
            if (known.event.position > corner.known_at) continue;
            if (corner.valid_at && known.posted.date > *corner.valid_at) continue;
            if (query.from && known.posted.date < *query.from) continue;
            shown.push_back(&known);
            total += known.posted.lines[0].base.minor;
        }
        if (query.order == JournalOrder::date)
            std::ranges::stable_sort(shown, {},
                                     [](const Known* known) { return known->posted.date; });
        std::vector<EntryId> expected;
        for (const Known* known : shown) expected.push_back(known->posted.entry);
        const auto answer = books.ask<JournalEntry>(query, corner, 1 + dice.below(30));
        CHECK(ids(answer.rows) == expected);
        REQUIRE(answer.totals);
        CHECK(*answer.totals->as<JournalTotals>() ==
              JournalTotals{static_cast<std::int64_t>(expected.size()),
                            {total, test::currency("EUR")}});
        const auto why = books.explain(query, {"", "total"}, corner, 1 + dice.below(30));
        REQUIRE(why.figure);
        CHECK((why.figure->units == total));
        CHECK((why.sum() == total));
        CHECK(why.items.size() == expected.size());
        if (expected.empty()) continue;
        const auto one = books.explain(query, {to_text(expected[0].uuid), "total"}, corner);
        REQUIRE(one.figure);
        CHECK((one.sum() == one.figure->units));
    }
}

TEST_CASE("a journal without entries amounts to nothing, in the company's currency") {
    test::Reading books;
    books.happened(founded(), day("2026-01-01"));
    books.happened(year(), day("2026-01-01"), commit(true));
    books.happened(JournalOpened{acme, {"GEN"}, "General"}, day("2026-01-01"));
    const JournalListing query{acme, {"GEN"}, JournalOrder::number, {}};
    const auto answer = books.ask<JournalEntry>(query);
    CHECK(answer.rows.empty());
    REQUIRE(answer.totals);
    CHECK(*answer.totals->as<JournalTotals>() == JournalTotals{0, {0, test::currency("EUR")}});
    const auto why = books.explain(query, {"", "total"});
    REQUIRE(why.figure);
    CHECK((why.figure->units == 0));
    CHECK(why.items.empty());
    const JournalListing unknown{acme, {"SAL"}, JournalOrder::number, {}};
    CHECK(books.ask<JournalEntry>(unknown).missing);
    CHECK(books.explain(unknown, {"", "total"}).missing);
}
