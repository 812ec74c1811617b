// Cash flow and changes in equity against a plain recomputation, and what always holds for them.
#include "projections/ledger/financial_statements.h"
#include "tests/projections/layered_history.h"

using namespace kontor;
using namespace kontor::ledger;
using test::LayeredHistory;

namespace {

Money eur(Wide minor) { return LayeredHistory::eur(minor); }

StatementLine line(const char* code, std::vector<AccountCode> accounts,
                   LineFigure figure = LineFigure::movement) {
    StatementLine line;
    line.line = {code};
    line.name = code;
    line.accounts = std::move(accounts);
    line.figure = figure;
    return line;
}

StatementLine adding(const char* code, std::vector<StatementLineCode> adds) {
    StatementLine line;
    line.line = {code};
    line.name = code;
    line.adds = std::move(adds);
    return line;
}

// A0 is cash, and the heading above it does not take it into a line of movements. L0 and Q2 are in
// no line.
StatementDefined cash_flow() {
    StatementLine back;
    back.line = {"back"};
    back.name = "back";
    back.adds_back = {{"X0"}};
    back.against = StatementLineCode{"assets"};
    return {{"ACME"},
            {"flow"},
            "Cash flow",
            StatementKind::cash_flow,
            {line("result", {{"I0"}, {"X0"}}), back, line("assets", {{"H"}}),
             line("equity", {{"Q0"}, {"Q1"}}),
             adding("change", {{"result"}, {"back"}, {"assets"}, {"equity"}}),
             line("begin", {{"A0"}}, LineFigure::opening), adding("sum", {{"begin"}, {"change"}}),
             line("end", {{"A0"}}, LineFigure::closing)}};
}

StatementDefined equity_layout() {
    StatementDefined layout{
        {"ACME"},
        {"changes_in_equity"},
        "Equity",
        StatementKind::changes_in_equity,
        {line("capital", {{"Q0"}}), line("reserve", {{"Q1"}}), line("result", {{"I0"}, {"X0"}}),
         adding("equity", {{"capital"}, {"reserve"}, {"result"}})}};
    layout.lines[1].comprehensive = true;
    return layout;
}

template <class Query>
void check_explained(LayeredHistory& history, const Query& query, const std::string& row,
                     const std::string& field, Money figure, const Corner& corner) {
    CAPTURE(row, field);
    const auto why = history.books.explain(query, {row, field}, corner, 1 + history.dice.below(9));
    REQUIRE(why.figure);
    CHECK((why.figure->units == figure.minor));
    CHECK((why.sum() == figure.minor));
}

}  // namespace

TEST_CASE("a cash flow comes to the movement of cash, but for what no line takes") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        LayeredHistory history(seed, 120);
        history.books.happened(cash_flow(), LayeredHistory::first_day());
        for (int question = 0; question < 30; ++question) {
            CAPTURE(seed, question);
            Corner corner = history.corner();
            corner.known_at = std::numeric_limits<std::uint64_t>::max();
            FinancialStatement query;
            query.company = history.acme;
            query.statement = {"flow"};
            query.from =
                LayeredHistory::first_day() + static_cast<int>(history.dice.between(0, 40));
            if (history.dice.one_in(2)) query.dimensions = history.filter();
            if (history.dice.one_in(2)) query.book = BookCode{"LOCAL"};
            std::map<std::string, Wide> before, since;
            FinancialStatement counted = query;  // closing entries are left out unasked
            counted.closing_entries = ClosingEntries::excluded;
            for (const auto* each : history.shown(counted, corner, {}))
                (each->posted.date < *query.from ? before : since)[each->line.account.text] +=
                    each->net();
            const auto answer = history.books.ask<StatementFigure>(query, corner, 3);
            REQUIRE_FALSE(answer.missing);
            std::map<std::string, Money> figures;
            for (const StatementFigure& row : answer.rows) figures[row.line.text] = *row.amount;
            CHECK(figures["result"] == eur(-since["I0"] - since["X0"]));
            CHECK(figures["back"] == eur(since["X0"]));
            CHECK(figures["assets"] == eur(-since["A1"] - since["X0"]));
            CHECK(figures["equity"] == eur(-since["Q0"] - since["Q1"]));
            CHECK(figures["begin"] == eur(before["A0"]));
            CHECK(figures["end"] == eur(before["A0"] + since["A0"]));
            const auto& totals = *answer.totals->as<FinancialStatementTotals>();
            CHECK(totals.unassigned == eur(since["L0"] + since["Q2"]));
            CHECK(totals.cash_movement == eur(since["A0"]));
            if (query.dimensions.empty())
                CHECK(figures["change"].minor == since["A0"] + totals.unassigned.minor);
            CHECK(figures["sum"] == figures["begin"] + figures["change"]);
            for (const auto& [code, figure] : figures)
                check_explained(history, query, code, "amount", figure, corner);
            check_explained(history, query, "", "unassigned", totals.unassigned, corner);
            check_explained(history, query, "", "cash_movement", *totals.cash_movement, corner);
        }
    }
}

TEST_CASE("what moved equity adds up from opening to closing in each component and in all") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        LayeredHistory history(seed, 150);
        history.books.happened(equity_layout(), LayeredHistory::first_day());
        for (int question = 0; question < 30; ++question) {
            CAPTURE(seed, question);
            Corner corner = history.corner();
            corner.known_at = std::numeric_limits<std::uint64_t>::max();
            ChangesInEquity query;
            query.company = history.acme;
            query.from =
                LayeredHistory::first_day() + static_cast<int>(history.dice.between(0, 40));
            history.draw_scope(query);
            std::map<std::string, Wide> before, since, result;
            for (const auto* each : history.shown(query, corner, {})) {
                const std::string account = each->line.account.text;
                const bool early = each->posted.date < *query.from;
                (early ? before : since)[account] -= each->net();
                if (!early && each->posted.kind != EntryKind::closing)
                    result[account] -= each->net();
            }
            const auto answer = history.books.ask<EquityComponent>(query, corner, 3);
            REQUIRE_FALSE(answer.missing);
            REQUIRE(answer.rows.size() == 4);
            const EquityComponent& capital = answer.rows[0];
            const EquityComponent& reserve = answer.rows[1];
            const EquityComponent& carried = answer.rows[2];
            CHECK(capital.opening == eur(before["Q0"]));
            CHECK(capital.closing == eur(before["Q0"] + since["Q0"]));
            CHECK(reserve.closing == eur(before["Q1"] + since["Q1"]));
            CHECK(carried.closing == eur(before["I0"] + since["I0"] + before["X0"] + since["X0"]));
            CHECK(carried.profit == eur(result["I0"] + result["X0"]));
            CHECK(capital.profit == eur(0));
            CHECK(capital.other_comprehensive_income == eur(0));
            CHECK(reserve.contributions == eur(0));
            CHECK(reserve.distributions == eur(0));
            CHECK(answer.totals->as<ChangesInEquityTotals>()->unassigned ==
                  eur(-before["Q2"] - since["Q2"]));
            check_explained(history, query, "", "unassigned",
                            answer.totals->as<ChangesInEquityTotals>()->unassigned, corner);
            for (const EquityComponent& row : answer.rows) {
                CHECK(row.closing == row.opening + row.profit + row.other_comprehensive_income +
                                         row.contributions + row.distributions +
                                         row.against_profit + row.transfers);
                const std::string code = row.line.text;
                check_explained(history, query, code, "opening", row.opening, corner);
                check_explained(history, query, code, "profit", row.profit, corner);
                check_explained(history, query, code, "other_comprehensive_income",
                                row.other_comprehensive_income, corner);
                check_explained(history, query, code, "contributions", row.contributions, corner);
                check_explained(history, query, code, "distributions", row.distributions, corner);
                check_explained(history, query, code, "against_profit", row.against_profit, corner);
                check_explained(history, query, code, "transfers", row.transfers, corner);
                check_explained(history, query, code, "closing", row.closing, corner);
            }
        }
    }
}

TEST_CASE("an entry on equity is taken against other equity, then the result, then the rest") {
    LayeredHistory history(1, 0);
    StatementDefined layout = equity_layout();
    layout.lines[1].comprehensive = false;
    history.books.happened(layout, LayeredHistory::first_day());
    std::uint64_t id = 0;
    const auto post = [&](std::vector<std::pair<const char*, std::int64_t>> credits,
                          EntryKind kind = EntryKind::ordinary, bool reverses = false) {
        EntryPosted entry;
        entry.company = history.acme;
        entry.entry = test::nth<EntryId>(++id);
        entry.date = LayeredHistory::first_day();
        entry.kind = kind;
        if (reverses) entry.reverses = test::nth<EntryId>(id - 1);
        for (const auto& [account, credit] : credits)
            entry.lines.push_back({{account},
                                   credit > 0 ? Side::credit : Side::debit,
                                   eur(credit > 0 ? credit : -credit),
                                   eur(credit > 0 ? credit : -credit),
                                   {},
                                   {}});
        history.books.happened(entry, entry.date);
    };
    const auto told = [&](std::size_t component) {
        ChangesInEquity query;
        query.company = history.acme;
        query.from = LayeredHistory::first_day();
        const auto row = history.books.ask<EquityComponent>(query).rows[component];
        return std::array<std::int64_t, 5>{row.contributions.minor, row.distributions.minor,
                                           row.against_profit.minor, row.transfers.minor,
                                           row.profit.minor};
    };
    using Told = std::array<std::int64_t, 5>;
    post({{"A0", -100}, {"Q0", 100}});
    CHECK(told(0) == Told{100, 0, 0, 0, 0});
    post({{"Q0", -30}, {"A0", 30}});
    CHECK(told(0) == Told{100, -30, 0, 0, 0});
    // 50 given up: 20 to the reserve, 30 to the owners.
    post({{"Q0", -50}, {"Q1", 20}, {"L0", 30}});
    CHECK(told(0) == Told{100, -60, 0, -20, 0});
    CHECK(told(1) == Told{0, 0, 0, 20, 0});
    // Paid in shares: 7 of expense, and 3 in cash.
    post({{"X0", -7}, {"A0", -3}, {"Q1", 10}});
    CHECK(told(1) == Told{3, 0, 7, 20, 0});
    CHECK(told(2) == Told{0, 0, 0, 0, -7});
    // A reversal takes back where its entry was, whichever way round it is written.
    post({{"A0", -11}, {"Q0", 11}});
    post({{"A0", 11}, {"Q0", -11}}, EntryKind::ordinary, true);
    CHECK(told(0) == Told{100, -60, 0, -20, 0});
    // A closing entry moves the result to equity and is no profit.
    post({{"X0", 7}, {"Q0", -7}}, EntryKind::closing);
    CHECK(told(0) == Told{100, -60, 0, -27, 0});
    CHECK(told(2) == Told{0, 0, 0, 7, -7});
    CHECK(told(3) == Told{103, -60, 7, 0, -7});
}

TEST_CASE("a statement is asked for by the query of its kind") {
    LayeredHistory history(1, 5);
    history.books.happened(cash_flow(), LayeredHistory::first_day());
    history.books.happened(equity_layout(), LayeredHistory::first_day());
    FinancialStatement statement;
    statement.company = history.acme;
    statement.statement = {"changes_in_equity"};
    statement.from = LayeredHistory::first_day();
    CHECK(history.books.ask<StatementFigure>(statement).missing ==
          "This is a statement of changes in equity; ask `changes_in_equity`.");
    CHECK(history.books.explain(statement, {"capital", "amount"}).missing);
    ChangesInEquity equity;
    equity.company = history.acme;
    equity.from = LayeredHistory::first_day();
    equity.statement = {"flow"};
    CHECK(history.books.ask<EquityComponent>(equity).missing ==
          "This is no statement of changes in equity; ask `financial_statement`.");
    equity.statement = {"none"};
    CHECK(history.books.ask<EquityComponent>(equity).missing ==
          "The company has laid out no statement with this code.");
    equity.statement = {"changes_in_equity"};
    CHECK(history.books.explain(equity, {"capital", "name"}).missing);
    CHECK(history.books.explain(equity, {"nothing", "closing"}).missing);
}
