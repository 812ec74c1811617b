// Trial balance and statement of account against a plain recomputation, at random corners.
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/journal.h"
#include "tests/projections/reading.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::ledger;

namespace {

const CompanyCode acme{"ACME"};

test::Reading::In commit(bool last) {
    return last ? test::Reading::In::the_last_commit : test::Reading::In::a_commit_of_its_own;
}
const Date start = Date{20'000};

Money eur(std::int64_t minor) { return {minor, test::currency("EUR")}; }

AccountCode account(std::uint64_t number) { return {"A" + std::to_string(number)}; }

// A random history that the test remembers as it is.
struct History {
    struct Line {
        EventRef event;
        EntryPosted posted;
        std::size_t index;  // of the line
        const PostedLine& line() const { return posted.lines[index]; }
    };

    explicit History(std::uint64_t seed, int entries) : dice(seed) {
        books.happened(companies::CompanyCreated{acme, "Acme", test::currency("EUR"), "UTC", 1,
                                                 2024, companies::Chart::none},
                       start);
        // Another company's books lie beside, and show nowhere.
        books.happened(
            companies::CompanyCreated{
                {"ACME2"}, "Other", test::currency("EUR"), "UTC", 1, 2024, companies::Chart::none},
            start);
        for (const char* dimension : {"country", "customer", "project"})
            books.happened(DimensionDefined{acme, {dimension}, dimension, ValueRule::any}, start);
        for (std::uint64_t number = 0; number < 4; ++number) {
            AccountOpened opened;
            opened.company = acme;
            opened.account = account(number);
            opened.name = "Account " + std::to_string(number);
            books.happened(opened, start + 90);
        }
        for (int number = 1; number <= entries; ++number) post(number);
    }

    void post(int number) {
        EntryPosted posted;
        posted.company = dice.one_in(8) ? CompanyCode{"ACME2"} : acme;
        posted.entry = test::nth<EntryId>(static_cast<std::uint64_t>(number));
        posted.journal = {dice.one_in(3) ? "SAL" : "GEN"};
        posted.fiscal_year = {"2024"};
        posted.number = ++last_number[{posted.company, posted.journal}];
        posted.date = start + static_cast<int>(dice.between(0, 60));
        posted.text = "Entry " + std::to_string(number);
        std::int64_t open = 0;
        for (std::uint64_t left = dice.below(4) + 1; left > 0; --left) {
            const std::int64_t minor = dice.between(1, 10'000);
            const bool debit = dice.one_in(2);
            open += debit ? minor : -minor;
            posted.lines.push_back(line(debit ? Side::debit : Side::credit, minor));
        }
        if (open == 0) posted.lines.push_back(line(Side::debit, open = 1));
        posted.lines.push_back(
            line(open > 0 ? Side::credit : Side::debit, open > 0 ? open : -open));
        const EventRef event = books.happened(posted, posted.date, commit(dice.one_in(5)));
        for (std::size_t at = 0; at < posted.lines.size(); ++at)
            if (posted.company == acme) lines.push_back({event, posted, at});
    }
    PostedLine line(Side side, std::int64_t minor) {
        PostedLine line{account(dice.below(4)), side, eur(minor), eur(minor), {}, {}};
        if (dice.one_in(3)) line.text = "Line " + std::to_string(minor);
        for (const char* dimension : {"country", "customer", "project"})
            if (dice.one_in(2)) line.dimensions[{dimension}] = {std::to_string(dice.below(3))};
        return line;
    }
    Corner corner() {
        Corner corner;
        if (!dice.one_in(4)) corner.valid_at = start + static_cast<int>(dice.between(-1, 61));
        if (!dice.one_in(4)) corner.known_at = 9 + dice.below(books.position() - 7);
        return corner;
    }
    DimensionFilter filter() {
        DimensionFilter filter;
        for (const char* dimension : {"country", "customer", "project"})
            if (dice.one_in(3)) filter[{dimension}] = {std::to_string(dice.below(3))};
        return filter;
    }
    // The lines of an answer, in the order of a statement.
    std::vector<const Line*> shown(const Corner& corner, const DimensionFilter& filter) const {
        std::vector<const Line*> shown;
        for (const Line& line : lines) {
            if (line.event.position > corner.known_at) continue;
            if (corner.valid_at && line.posted.date > *corner.valid_at) continue;
            bool carries = true;
            for (const auto& [dimension, value] : filter) {
                const auto found = line.line().dimensions.find(dimension);
                carries =
                    carries && found != line.line().dimensions.end() && found->second == value;
            }
            if (carries) shown.push_back(&line);
        }
        std::ranges::stable_sort(
            shown, {}, [](const Line* line) { return std::pair(line->posted.date, line->event); });
        return shown;
    }

    test::Dice dice;
    test::Reading books;
    std::vector<Line> lines;
    std::map<std::pair<CompanyCode, JournalCode>, std::int64_t> last_number;
};

std::int64_t net(const PostedLine& line) {
    return line.side == Side::debit ? line.base.minor : -line.base.minor;
}

std::string id_text(const EntryId& entry) { return to_text(entry.uuid); }

}  // namespace

TEST_CASE("the trial balance is the plain sum at any corner, for any dimensions") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        History history(seed, 150);
        for (int question = 0; question < 60; ++question) {
            const Corner corner = history.corner();
            const DimensionFilter filter = history.filter();
            std::map<AccountCode, std::int64_t> balances;
            for (const History::Line* line : history.shown(corner, filter))
                balances[line->line().account] += net(line->line());
            std::vector<TrialBalanceRow> expected;
            std::int64_t debit = 0, credit = 0;
            for (const auto& [code, balance] : balances) {
                const std::int64_t left = std::max<std::int64_t>(balance, 0);
                const std::int64_t right = std::max<std::int64_t>(-balance, 0);
                expected.push_back({code, "Account " + code.text.substr(1), eur(left), eur(right)});
                debit += left;
                credit += right;
            }
            if (filter.empty()) CHECK(debit == credit);
            const auto answer = history.books.ask<TrialBalanceRow>(
                TrialBalance{acme, filter}, corner, 1 + history.dice.below(5));
            CHECK(answer.rows == expected);
            REQUIRE(answer.totals);
            CHECK(*answer.totals->as<TrialBalanceTotals>() ==
                  TrialBalanceTotals{eur(debit), eur(credit)});
            for (const TrialBalanceRow& row : answer.rows) {
                const bool left = row.debit.minor > 0;
                const auto why = history.books.explain(
                    TrialBalance{acme, filter}, {row.account.text, left ? "debit" : "credit"},
                    corner, 1 + history.dice.below(9));
                REQUIRE(why.figure);
                CHECK((why.figure->units == (left ? row.debit : row.credit).minor));
                CHECK((why.sum() == why.figure->units));
            }
        }
    }
}

TEST_CASE("a statement shows every movement with its balance, on pages of any size") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        History history(seed, 150);
        for (int question = 0; question < 40; ++question) {
            const Corner corner = history.corner();
            StatementOfAccount query{acme, account(history.dice.below(4)), {}, history.filter()};
            if (history.dice.one_in(2))
                query.from = start + static_cast<int>(history.dice.between(0, 60));
            std::int64_t opening = 0, balance = 0, debit = 0, credit = 0;
            // Lines of one entry may stand in another order where combinations are walked, so each
            // entry's lines are compared as a set; balances at the end of each entry.
            std::map<EventRef, std::multiset<std::string>> expected, actual;
            std::map<EventRef, std::int64_t> balance_behind, shown_behind;
            std::vector<EventRef> order, shown_order;
            std::map<EntryId, EventRef> event_of;
            for (const History::Line* at : history.shown(corner, query.dimensions)) {
                const PostedLine& line = at->line();
                if (line.account != query.account) continue;
                balance += net(line);
                if (query.from && at->posted.date < *query.from) {
                    opening = balance;
                    continue;
                }
                (line.side == Side::debit ? debit : credit) += line.base.minor;
                expected[at->event].insert(
                    (line.text.empty() ? at->posted.text : line.text) + " " +
                    std::to_string(net(line)) + " " +
                    test::shown(type_of<DimensionFilter>(), &line.dimensions));
                balance_behind[at->event] = balance;
                if (order.empty() || order.back() != at->event) order.push_back(at->event);
                event_of[at->posted.entry] = at->event;
            }
            const auto answer =
                history.books.ask<StatementRow>(query, corner, 1 + history.dice.below(7));
            std::int64_t running = opening;
            for (const StatementRow& row : answer.rows) {
                const EventRef event = event_of.at(row.entry);
                running += row.debit.minor - row.credit.minor;
                CHECK(row.balance == eur(running));
                CHECK((row.debit.minor == 0) != (row.credit.minor == 0));
                CHECK(row.amount == eur(row.debit.minor + row.credit.minor));
                actual[event].insert(row.text + " " +
                                     std::to_string(row.debit.minor - row.credit.minor) + " " +
                                     test::shown(type_of<DimensionFilter>(), &row.dimensions));
                shown_behind[event] = row.balance.minor;
                if (shown_order.empty() || shown_order.back() != event)
                    shown_order.push_back(event);
            }
            CHECK(actual == expected);
            CHECK(shown_order == order);
            CHECK(shown_behind == balance_behind);
            REQUIRE(answer.totals);
            CHECK(*answer.totals->as<StatementTotals>() ==
                  StatementTotals{eur(opening), eur(debit), eur(credit), eur(balance)});

            const std::size_t limit = 1 + history.dice.below(9);
            for (const auto& [field, figure] :
                 std::map<std::string, std::int64_t>{{"opening", opening},
                                                     {"debit", debit},
                                                     {"credit", credit},
                                                     {"closing", balance}}) {
                const auto why = history.books.explain(query, {"", field}, corner, limit);
                REQUIRE(why.figure);
                CHECK((why.figure->units == figure));
                CHECK((why.sum() == figure));
            }
            if (answer.rows.empty()) continue;
            const StatementRow& row = answer.rows[history.dice.below(answer.rows.size())];
            const std::string named = id_text(row.entry) + "." + std::to_string(row.line);
            for (const auto& [field, figure] :
                 std::map<std::string, std::int64_t>{{"debit", row.debit.minor},
                                                     {"credit", row.credit.minor},
                                                     {"balance", row.balance.minor}}) {
                const auto why = history.books.explain(query, {named, field}, corner, limit);
                REQUIRE(why.figure);
                CHECK((why.figure->units == figure));
                CHECK((why.sum() == figure));
            }
            // The entry alone is enough where it has one line there, and says so where it has not.
            const auto lines = std::ranges::count(answer.rows, row.entry, &StatementRow::entry);
            CHECK(history.books.explain(query, {id_text(row.entry), "balance"}, corner)
                      .missing.has_value() == (lines > 1));
        }
    }
}

TEST_CASE("what nobody knows has no statement and no figure") {
    History history(1, 5);
    CHECK(history.books.ask<TrialBalanceRow>(TrialBalance{{"NONE"}, {}}).missing);
    CHECK(
        history.books.ask<StatementRow>(StatementOfAccount{{"NONE"}, account(0), {}, {}}).missing);
    CHECK(history.books.ask<StatementRow>(StatementOfAccount{acme, {"X"}, {}, {}}).missing);
    // The fourth account was opened last, in the sixth commit.
    CHECK(history.books.ask<StatementRow>(StatementOfAccount{acme, account(3), {}, {}}, {{}, 5})
              .missing);
    CHECK(history.books.explain(TrialBalance{acme, {}}, {"X", "debit"}).missing);
    CHECK(history.books.explain(TrialBalance{acme, {}}, {"A1", "name"}).missing);
    const StatementOfAccount first{acme, account(0), {}, {}};
    CHECK(history.books.explain(first, {"", "amount"}).missing);
    CHECK(history.books.explain(first, {"", "balance"}).missing);
    CHECK(history.books.explain(first, {id_text(test::nth<EntryId>(99)), "balance"}).missing);
    CHECK(history.books.explain(first, {"no id", "balance"}).missing);
    CHECK(history.books.explain(StatementOfAccount{acme, {"X"}, {}, {}}, {"", "closing"}).missing);
}

TEST_CASE("a heading has no statement, because nothing lies on it") {
    History history(1, 5);
    AccountOpened heading;
    heading.company = acme;
    heading.account = {"A"};
    heading.name = "All";
    heading.summary = true;
    history.books.happened(heading, start);
    const auto answer = history.books.ask<StatementRow>(StatementOfAccount{acme, {"A"}, {}, {}});
    REQUIRE(answer.missing);
    CHECK(*answer.missing == "The account is a heading; ask for an account below it.");
    CHECK_FALSE(answer.totals);
}

namespace {

// As a running company is while one of its read models is stopped or being built.
struct Without : test::Reading {
    explicit Without(std::type_index which) : out(which) {
        happened(companies::CompanyCreated{acme, "Acme", test::currency("EUR"), "UTC", 1, 2024,
                                           companies::Chart::none},
                 start);
        AccountOpened opened;
        opened.company = acme;
        opened.account = account(0);
        happened(opened, start);
        happened(JournalOpened{acme, {"GEN"}, "General"}, start);
    }
    const void* model(std::type_index type) const override {
        if (type == out) throw StorageBroken("it is being built");
        return Reading::model(type);
    }
    std::type_index out;
};

}  // namespace

TEST_CASE("what another read model would have to tell is refused while that one is out") {
    const StatementOfAccount statement{acme, account(0), {}, {}};
    const TrialBalance balance{acme, {}};
    const JournalListing journal{acme, {"GEN"}, {}, {}};
    {
        Without books(typeid(JournalModel));
        CHECK_THROWS_AS(books.ask<StatementRow>(statement), StorageBroken);
        CHECK_THROWS_AS(books.explain(statement, {id_text(test::nth<EntryId>(1)), "balance"}),
                        StorageBroken);
        CHECK_FALSE(books.ask<TrialBalanceRow>(balance).missing);
    }
    for (const std::type_index out :
         {std::type_index(typeid(ChartModel)), std::type_index(typeid(BooksModel))}) {
        Without books(out);
        CHECK_THROWS_AS(books.ask<StatementRow>(statement), StorageBroken);
        CHECK_THROWS_AS(books.ask<TrialBalanceRow>(balance), StorageBroken);
    }
    for (const std::type_index out :
         {std::type_index(typeid(LedgerTotals)), std::type_index(typeid(BooksModel))}) {
        Without books(out);
        CHECK_THROWS_AS(books.ask<JournalEntry>(journal), StorageBroken);
        CHECK_THROWS_AS(books.explain(journal, {"", "total"}), StorageBroken);
    }
}
