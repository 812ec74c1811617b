// The general journal against a plain filter of the entries, at random corners, scopes and pages.
#include "projections/ledger/general_journal.h"
#include "tests/projections/layered_history.h"

using namespace kontor;
using namespace kontor::ledger;
using test::LayeredHistory;

namespace {

Money eur(Wide minor) { return LayeredHistory::eur(minor); }

bool has_line(const EntryPosted& entry, const GeneralJournal& query) {
    for (const PostedLine& line : entry.lines) {
        bool there = !query.account || line.account == *query.account ||
                     (query.account->text == "H" && line.account.text.starts_with('A'));
        for (const auto& [dimension, value] : query.dimensions) {
            const auto found = line.dimensions.find(dimension);
            there = there && found != line.dimensions.end() && found->second == value;
        }
        if (there) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("the general journal lists what a plain filter would, at any corner, scope and page") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        LayeredHistory history(seed, 700);
        std::size_t lines = 0;
        for (int question = 0; question < 40; ++question) {
            CAPTURE(seed, question);
            test::Dice& dice = history.dice;
            const Corner corner = history.corner();
            GeneralJournal query;
            query.company = history.acme;
            if (dice.one_in(2))
                query.from = LayeredHistory::first_day() + static_cast<int>(dice.between(-20, 59));
            if (dice.one_in(3)) query.journal = JournalCode{"SAL"};
            if (dice.one_in(2)) query.account = AccountCode{dice.one_in(2) ? "H" : "Q1"};
            if (dice.one_in(5)) query.document = "D-" + std::to_string(dice.below(20));
            if (dice.one_in(4)) query.text = "eNTRY 1";
            history.draw_scope(query);
            if (dice.one_in(2)) query.dimensions.clear();
            if (dice.one_in(3)) {
                query.fiscal_year = FiscalYearCode{"2025"};
                query.through_period = dice.between(1, 3);
            }
            std::vector<std::pair<EventRef, const EntryPosted*>> shown;
            for (const auto& [event, entry] : history.entries)
                if (history.shows(query, entry, event, corner, query.through_period) &&
                    (!query.from || entry.date >= *query.from) &&
                    (!query.journal || entry.journal == *query.journal) &&
                    (!query.document || entry.document == query.document) &&
                    (!query.text || entry.text.starts_with("Entry 1")) && has_line(entry, query))
                    shown.emplace_back(event, &entry);
            std::ranges::stable_sort(shown, {}, [](const auto& each) {
                return std::pair(each.second->date, each.first);
            });
            std::vector<GeneralJournalLine> expected;
            for (const auto& [event, entry] : shown) {
                std::int64_t number = 0;
                for (const PostedLine& line : entry->lines) {
                    const bool debit = line.side == Side::debit;
                    expected.push_back({entry->entry,
                                        ++number,
                                        entry->date,
                                        entry->fiscal_year,
                                        entry->period,
                                        entry->journal,
                                        entry->number,
                                        entry->document,
                                        entry->text,
                                        line.account,
                                        "Account " + line.account.text,
                                        debit ? line.base : eur(0),
                                        debit ? eur(0) : line.base,
                                        line.amount,
                                        line.dimensions,
                                        {},
                                        {},
                                        {static_cast<std::int64_t>(event.position) * 1'000'000},
                                        "ann"});
                }
            }
            const auto answer = history.books.ask<GeneralJournalLine>(
                query, corner, dice.one_in(4) ? 1000 : 20 + dice.below(50));
            REQUIRE_FALSE(answer.missing);
            CHECK(answer.rows == expected);
            lines += answer.rows.size();
        }
        CHECK(lines > 1000);
    }
}

TEST_CASE("a text is found in an entry and its lines, in capitals or not, in several scripts") {
    test::Reading books;
    const CompanyCode acme{"ACME"};
    const Date today = test::day("2025-01-01");
    books.happened(companies::CompanyCreated{acme, "Acme", test::currency("EUR"), "UTC", 1, 2025,
                                             companies::Chart::none},
                   today);
    books.happened(JournalOpened{acme, {"GEN"}, "General"}, today);
    std::int64_t number = 0;
    const auto post = [&](const char* text, const char* of_line) {
        EntryPosted entry;
        entry.company = acme;
        entry.journal = {"GEN"};
        entry.entry = test::nth<EntryId>(static_cast<std::uint64_t>(++number));
        entry.number = number;
        entry.date = today;
        entry.text = text;
        entry.lines = {{{"1"}, Side::debit, eur(5), eur(5), of_line, {}},
                       {{"2"}, Side::credit, eur(5), eur(5), {}, {}}};
        books.happened(entry, today);
    };
    post("Rent of March", "");
    post("Zahlung", "M\xc3\x9cLLER GmbH");
    post("\xd0\x90\xd1\x80\xd0\xb5\xd0\xbd\xd0\xb4\xd0\xb0 \xd0\x81\xd0\x9b\xd0\x9a\xd0\x98", "");
    const auto found = [&](const char* text) {
        GeneralJournal query;
        query.company = acme;
        query.text = text;
        std::string numbers;
        for (const GeneralJournalLine& line : books.ask<GeneralJournalLine>(query).rows)
            numbers += std::to_string(line.number) + "." + std::to_string(line.line) + " ";
        return numbers;
    };
    CHECK(found("rENT") == "1.1 1.2 ");
    CHECK(found("m\xc3\xbcller") == "2.1 2.2 ");
    CHECK(found("\xd0\x90\xd0\xa0\xd0\x95\xd0\x9d\xd0\x94\xd0\x90 \xd1\x91\xd0\xbb") == "3.1 3.2 ");
    CHECK(found("lease").empty());
}

TEST_CASE("a general journal says what nobody knows") {
    LayeredHistory history(1, 10);
    GeneralJournal query;
    query.company = history.acme;
    query.journal = JournalCode{"NONE"};
    CHECK(history.books.ask<GeneralJournalLine>(query).missing ==
          "The company has no journal with this code.");
    query.journal.reset();
    query.account = AccountCode{"NONE"};
    CHECK(history.books.ask<GeneralJournalLine>(query).missing ==
          "The company has no account with this code.");
    query.account.reset();
    query.book = BookCode{"NONE"};
    CHECK(history.books.ask<GeneralJournalLine>(query).missing == "The company has no book NONE.");
    query.company = {"NONE"};
    CHECK(history.books.ask<GeneralJournalLine>(query).missing == "No company has this code.");
}
