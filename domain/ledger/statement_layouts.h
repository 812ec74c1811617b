// Financial statements as a company lays them out: lines that sum what stands in the chart's tree.
//
// What a balance sheet or an income statement shows is described and not programmed: a line names
// headings and accounts, or adds lines above it. An account is in the line that names it, or else
// in that of the nearest heading above it, so no figure is counted twice.
//
// A cash flow is described by the same means: as debits equal credits, what moved cash is what
// moved everything else. Each account that is no cash is in one line, and the lines add up to the
// change of cash. A line may add back what did not move cash, such as depreciation, against the
// line that the other side of it is in.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/ledger/accounts.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct StatementThing {
    static constexpr Thing thing{"statement", "statements"};
};
using StatementCode = Code<StatementThing>;

struct StatementLineThing {
    static constexpr Thing thing{"statement_line", {}};
};
using StatementLineCode = Code<StatementLineThing>;

enum class StatementKind : std::uint8_t { position, performance, cash_flow, changes_in_equity };

void describe(auto& choice, StatementKind) {
    choice.choice("StatementKind", "What the figures of a statement are.")
        .value("position", "Balances on a day: a statement of financial position.")
        .value("performance",
               "Movements from one day to another, without the entries that close a year: an "
               "income statement.")
        .value("cash_flow",
               "The same movements as cash sees them: a statement of cash flows by the indirect "
               "method (IAS 7.18b).")
        .value("changes_in_equity",
               "The components of equity, a line each, from one day to another (IAS 1.106).");
}

// What a line of a cash flow takes of its accounts.
enum class LineFigure : std::uint8_t { movement, opening, closing, exchange };

void describe(auto& choice, LineFigure) {
    choice.choice("LineFigure", "What a line of a cash flow takes of its accounts.")
        .value("movement", "What moved them, receipts of cash positive.")
        .value("opening", "Of cash: what there was before the first day.")
        .value("closing", "Of cash: what there is at the end.")
        .value("exchange",
               "Of cash: what revaluation at the rates of a day made of it (IAS 7.28), taken out "
               "of the line that `against` names.");
}

// IFRS 18.47: the categories that income and expenses are presented in.
enum class IncomeCategory : std::uint8_t {
    operating,
    investing,
    financing,
    income_taxes,
    discontinued_operations,
};

void describe(auto& choice, IncomeCategory) {
    choice.choice("IncomeCategory", "The categories of income and expenses (IFRS 18.47).")
        .value("operating", "From the main business, and whatever is in no other category.")
        .value("investing", "From associates, cash, and assets that earn returns on their own.")
        .value("financing", "From liabilities that raise finance, and interest on others.")
        .value("income_taxes", "Taxes on income.")
        .value("discontinued_operations", "From operations that are given up.");
}

inline constexpr Reason statement_line_twice{Refusal::invalid, "statement_line_twice",
                                             "Two lines have the same code."};
inline constexpr Reason statement_line_of_two_kinds{
    Refusal::invalid, "statement_line_of_two_kinds",
    "A line sums accounts, adds lines above it or adds accounts back; one of these."};
inline constexpr Reason statement_line_out_of_place{
    Refusal::invalid, "statement_line_out_of_place",
    "`figure`, `adds_back` and `against` belong to a cash flow, a figure to a line of accounts, "
    "`comprehensive` to changes in equity."};
inline constexpr Reason statement_line_unknown{Refusal::invalid, "statement_line_unknown",
                                               "A line adds a line that does not stand above it."};
inline constexpr Reason statement_line_too_often{
    Refusal::invalid, "statement_line_too_often",
    "Through what it adds, a line counts another one more than 1,000 times."};
inline constexpr Reason account_in_two_lines{
    Refusal::invalid, "account_in_two_lines",
    "An account or heading is named twice; it counts in one line only, or once for each figure of "
    "a cash flow and once where it is added back."};
inline constexpr Reason statement_account_unknown{
    Refusal::missing, "statement_account_unknown",
    "A line names an account or heading that the company has not."};
inline constexpr Reason against_nothing{
    Refusal::invalid, "against_nothing",
    "A line that adds accounts back, or tells what rates made of cash, names in `against` a "
    "line of the statement that sums movements of accounts, or, of exchange, a line of nothing "
    "else; no other line does."};

constexpr std::int64_t most_times_in_a_line = 1'000;

struct StatementLine {
    StatementLineCode line;
    std::string name;
    std::int64_t level = 1;
    std::vector<AccountCode> accounts;
    std::vector<StatementLineCode> adds;
    Side positive = Side::debit;
    std::optional<IncomeCategory> category = std::nullopt;
    LineFigure figure = LineFigure::movement;
    std::vector<AccountCode> adds_back = {};
    std::optional<StatementLineCode> against = std::nullopt;
    bool comprehensive = false;

    bool operator==(const StatementLine&) const = default;
    static void describe(auto& line) {
        line.record("StatementLine", "A line of a financial statement.")
            .field("line", &StatementLine::line, "Its code, such as \"revenue\".")
            .field("name", &StatementLine::name, "As it is printed.")
            .shortest(1)
            .longest(200)
            .field("level", &StatementLine::level, "How far it is set in, from 1.")
            .otherwise(std::int64_t{1})
            .least(1)
            .most(9)
            .field("accounts", &StatementLine::accounts,
                   "Accounts, and headings with all below them that no other line names.")
            .otherwise_empty()
            .longest(500)
            .field("adds", &StatementLine::adds,
                   "Lines above it whose figures it adds. Neither accounts nor lines: a caption.")
            .otherwise_empty()
            .longest(500)
            .field(
                "positive", &StatementLine::positive,
                "The side whose balances are shown as positive figures; a cash flow and changes in "
                "equity do not ask.")
            .otherwise(Side::debit)
            .field("category", &StatementLine::category,
                   "Of income and expenses: the category that it is presented in.")
            .field("figure", &StatementLine::figure,
                   "Of a cash flow: what it takes of its accounts. Those of another figure than "
                   "movements are cash, and in no line of movements.")
            .otherwise(LineFigure::movement)
            .field("adds_back", &StatementLine::adds_back,
                   "Of a cash flow: accounts and headings of income and expenses that moved no "
                   "cash, such as depreciation. It takes them out of the result.")
            .otherwise_empty()
            .longest(500)
            .field("against", &StatementLine::against,
                   "The line that what is added back is taken from, such as that of fixed assets; "
                   "of an exchange figure one of nothing else, as an adjustment of profit.")
            .field("comprehensive", &StatementLine::comprehensive,
                   "Of changes in equity: what is posted on it against assets and liabilities is "
                   "other comprehensive income, and neither from nor to the owners.")
            .otherwise(false);
    }
};

struct StatementDefined {
    CompanyCode company;
    StatementCode statement;
    std::string name;
    StatementKind kind = StatementKind::position;
    std::vector<StatementLine> lines;

    bool operator==(const StatementDefined&) const = default;
    static void describe(auto& event) {
        event.record("StatementDefined", "A financial statement is laid out like this.")
            .company(&StatementDefined::company)
            .stream(&StatementDefined::statement)
            .on_recorded_day()
            .field("company", &StatementDefined::company, "Whose.")
            .field("statement", &StatementDefined::statement, "Code of the statement.")
            .field("name", &StatementDefined::name, "Its title.")
            .field("kind", &StatementDefined::kind, "What its figures are.")
            .field("lines", &StatementDefined::lines, "Its lines, as they are printed.");
    }
};

struct DefineStatement {
    CompanyCode company;
    StatementCode statement;
    std::string name;
    StatementKind kind = StatementKind::position;
    std::vector<StatementLine> lines;

    static void describe(auto& command) {
        command
            .record("DefineStatement",
                    "Lays a financial statement out, or lays it out anew. How it was laid out "
                    "before is still answered with `known_at`.")
            .company(&DefineStatement::company)
            .stream(&DefineStatement::statement)
            .example(R"({"company": "DEMO", "statement": "margin", "name": "Gross margin",
                "kind": "performance", "lines": [
                {"line": "sales", "name": "Sales", "accounts": ["4"], "positive": "credit"},
                {"line": "cost", "name": "Cost of sales", "accounts": ["5000"],
                 "positive": "credit"},
                {"line": "margin", "name": "Gross margin", "adds": ["sales", "cost"]}]})")
            .field("company", &DefineStatement::company, "Whose.")
            .field("statement", &DefineStatement::statement,
                   "A code for it, such as \"income_statement\".")
            .field("name", &DefineStatement::name, "Its title.")
            .shortest(1)
            .longest(200)
            .field("kind", &DefineStatement::kind, "What its figures are.")
            .field("lines", &DefineStatement::lines, "Its lines, as they are printed.")
            .shortest(1)
            .longest(500)
            .refuses(companies::company_unknown, statement_line_twice, statement_line_of_two_kinds,
                     statement_line_out_of_place, statement_line_unknown, statement_line_too_often,
                     account_in_two_lines, statement_account_unknown,
                     // Of the whole:
                     against_nothing);
    }
};

struct StatementKey {
    CompanyCode company;
    StatementCode statement;

    auto operator<=>(const StatementKey&) const = default;
    static void describe(auto& key) {
        key.record("StatementKey", "A financial statement of a company.")
            .field("company", &StatementKey::company, "Whose.")
            .field("statement", &StatementKey::statement, "Code of the statement.");
    }
};

struct Statement {
    StatementKind kind = StatementKind::position;

    static void describe(auto& record) {
        record.record("Statement", "A financial statement as decisions know it.")
            .field("kind", &Statement::kind, "What its figures are.");
    }
};
using Statements = Table<StatementKey, Statement>;

Decision<StatementDefined> decide(const World&, const DefineStatement&, const Context&);
void evolve(Statements&, const StatementDefined&);

Part statement_layouts();

}  // namespace kontor::ledger
