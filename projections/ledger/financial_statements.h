// Financial statements: the lines that a company laid out, with figures of any corner.
#pragma once

#include "domain/ledger/statement_layouts.h"
#include "projections/described_rows.h"
#include "projections/ledger/changes_in_equity.h"
#include "projections/ledger/combined_equity.h"
#include "projections/ledger/combined_statement.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/scope.h"
#include "projections/projection.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kontor::ledger {

struct ListedStatement {
    StatementCode statement;
    std::string name;
    StatementKind kind = StatementKind::position;

    bool operator==(const ListedStatement&) const = default;
    static void describe(auto& row) {
        row.record("ListedStatement", "A financial statement that the company laid out.")
            .field("statement", &ListedStatement::statement, "Its code.")
            .field("name", &ListedStatement::name, "Its title.")
            .field("kind", &ListedStatement::kind, "What its figures are.");
    }
};

struct StatementList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("statements", "The financial statements that a company laid out, by code.")
            .company(&StatementList::company)
            .field("company", &StatementList::company, "Whose.")
            .template answers<ListedStatement>(Times::known_at);
    }
};

struct StatementLayout {
    CompanyCode company;
    StatementCode statement;

    static void describe(auto& query) {
        query
            .record("statement_layout",
                    "The lines of a financial statement as the company laid it out by "
                    "DefineStatement, in their order.")
            .company(&StatementLayout::company)
            .field("company", &StatementLayout::company, "Whose.")
            .field("statement", &StatementLayout::statement, "Code of the statement.")
            .template answers<StatementLine>(Times::known_at);
    }
};

struct StatementFigure {
    StatementLineCode line;
    std::string name;
    std::int64_t level = 1;
    bool total = false;
    std::optional<Money> amount;
    std::optional<Money> comparative;
    std::optional<IncomeCategory> category;
    std::map<std::string, Money> columns = {};

    bool operator==(const StatementFigure&) const = default;
    static void describe(auto& row) {
        row.record("StatementFigure", "A line of a financial statement.")
            .field("line", &StatementFigure::line, "Its code.")
            .field("name", &StatementFigure::name, "As it is printed.")
            .field("level", &StatementFigure::level, "How far it is set in, from 1.")
            .field("total", &StatementFigure::total, "It adds lines above it.")
            .field("amount", &StatementFigure::amount, "Absent for a caption.")
            .field("comparative", &StatementFigure::comparative,
                   "The same of the time that it is compared with, where that was asked for.")
            .field("category", &StatementFigure::category,
                   "Of income and expenses: the category (IFRS 18).")
            .field("columns", &StatementFigure::columns,
                   "The amount by value of the dimension `columns`, under an empty name of what "
                   "carries none; they add up to it. All lines have the same columns.");
    }
};

struct FinancialStatementTotals {
    std::optional<Date> from;
    std::optional<Date> to;
    Money unassigned;
    std::vector<AccountCode> unassigned_accounts;
    std::optional<Money> cash_movement = std::nullopt;
    std::optional<Money> translation_reserve = std::nullopt;

    bool operator==(const FinancialStatementTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("FinancialStatementTotals", "What the statement is of, and what it lacks.")
            .field("from", &FinancialStatementTotals::from, "First day of its movements.")
            .field("to", &FinancialStatementTotals::to, "Its last day.")
            .field(
                "unassigned", &FinancialStatementTotals::unassigned,
                "Balance of the accounts that no line shows, debit positive; of an income "
                "statement, of income and expenses only; of a cash flow, their movement, which is "
                "what its lines are more than the movement of cash.")
            .field("unassigned_accounts", &FinancialStatementTotals::unassigned_accounts,
                   "Those of them that have figures.")
            .field("cash_movement", &FinancialStatementTotals::cash_movement,
                   "Of a cash flow: what its cash is more at the end than before the first day.")
            .field("translation_reserve", &FinancialStatementTotals::translation_reserve,
                   "Of a position in another currency: what translation leaves (IAS 21.41); in the "
                   "line of the account that the company's policy names for it.");
    }
};

struct FinancialStatement {
    CompanyCode company;
    StatementCode statement;
    std::optional<Date> from;
    std::optional<Date> compare_from;
    std::optional<Date> compare_to;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;
    std::optional<Currency> currency = std::nullopt;
    std::optional<DimensionCode> columns = std::nullopt;

    static void describe(auto& query) {
        query
            .record(
                "financial_statement",
                "A balance sheet, income statement, cash flow or other statement as the company "
                "laid it out. A position is that of `valid_at`, a performance or cash flow that "
                "from a day to `valid_at`, without the entries that close a year. Of changes in "
                "equity: `changes_in_equity`.")
            .company(&FinancialStatement::company)
            .field("company", &FinancialStatement::company, "Whose.")
            .field("statement", &FinancialStatement::statement,
                   "Code of the statement, such as \"balance_sheet\".")
            .field(
                "from", &FinancialStatement::from,
                "Of a performance or cash flow: its first day. Absent: that of the fiscal year of "
                "its last.")
            .field("compare_from", &FinancialStatement::compare_from,
                   "Of a performance or cash flow that is compared: the first day of the other.")
            .field("compare_to", &FinancialStatement::compare_to,
                   "Compares with this day, or with the movements up to it (IAS 1.38).")
            .field("dimensions", &FinancialStatement::dimensions,
                   "Only postings that carry these values.")
            .otherwise_empty()
            .longest(20);
        describe_scope<FinancialStatement>(query)
            .field(
                "currency", &FinancialStatement::currency,
                "In this currency, translated by IAS 21.39 as `translated_trial_balance` says; a "
                "cash flow by average rates, its cash by the closing rates of both ends, and "
                "what rates made of cash in the line of the figure `exchange` (IAS 7.28). "
                "Absent: in base currency.")
            .field("columns", &FinancialStatement::columns,
                   "Of a position or performance in base currency: tells each amount by the values "
                   "of this dimension too, at most 200, such as an income statement by cost "
                   "centre.")
            .template answers<StatementFigure>(Times::both)
            .template totals<FinancialStatementTotals>();
    }
};

struct AskedStatement;  // a question with everything found that it names
struct Span;            // from one day, if any, to where a scope ends
struct SpannedBalance;  // what an account was before a span and what moved it
using SpannedBalances = std::map<AccountCode, SpannedBalance>;

class StatementsModel {
public:
    explicit StatementsModel(const Place& place) : layouts_(place.table(1)) {}

    void on(const StatementDefined&, const Recorded&);
    void answer(const StatementList&, const AsOf&, Page<ListedStatement>&) const;
    void answer(const StatementLayout&, const AsOf&, Page<StatementLine>&) const;
    void answer(const FinancialStatement&, const AsOf&, Page<StatementFigure>&) const;
    void explain(const FinancialStatement&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void answer(const CombinedStatement&, const AsOf&, Page<CombinedFigure>&) const;
    void explain(const CombinedStatement&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void answer(const CombinedChangesInEquity&, const AsOf&, Page<CombinedComponent>&) const;
    void explain(const CombinedChangesInEquity&, const ExplainedRow&, const AsOf&,
                 Explanation&) const;
    void answer(const ChangesInEquity&, const AsOf&, Page<EquityComponent>&) const;
    void explain(const ChangesInEquity&, const ExplainedRow&, const AsOf&, Explanation&) const;

private:
    // The balances of a span by value of the dimension that is asked for as columns.
    using Columns = std::map<std::string, SpannedBalances>;
    static std::optional<std::string> find_columns(const FinancialStatement&, const AsOf&,
                                                   const AskedStatement&, Columns&);
    std::optional<std::string> find(const FinancialStatement&, const AsOf&, AskedStatement&) const;
    std::optional<std::string> find(const ChangesInEquity&, const AsOf&, AskedStatement&) const;
    // What one of several companies is asked.
    std::optional<std::string> find(const CombinedStatement&, const CompanyCode&, const AsOf&,
                                    AskedStatement&) const;
    std::optional<std::string> find(const CombinedChangesInEquity&, const CompanyCode&, const AsOf&,
                                    AskedStatement&) const;

    DescribedRows<StatementKey, StatementDefined> layouts_;
};

ReadModelSpec financial_statements();

}  // namespace kontor::ledger
