// Balance sheets, income statements and cash flows of several companies, added line by line.
#pragma once

#include "domain/ledger/statement_layouts.h"
#include "projections/ledger/combined.h"
#include "projections/projection.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct CombinedFigure {
    StatementLineCode line;
    std::string name;
    std::int64_t level = 1;
    bool total = false;
    std::optional<Money> amount;
    std::map<std::string, Money> by_company;

    bool operator==(const CombinedFigure&) const = default;
    static void describe(auto& row) {
        row.record("CombinedFigure", "A line of a statement of several companies.")
            .field("line", &CombinedFigure::line, "Its code.")
            .field("name", &CombinedFigure::name, "As the first of the companies prints it.")
            .field("level", &CombinedFigure::level, "How far it is set in, from 1.")
            .field("total", &CombinedFigure::total, "It adds lines above it.")
            .field("amount", &CombinedFigure::amount,
                   "The companies' figures added; absent for a caption.")
            .field("by_company", &CombinedFigure::by_company, "Each company's own figure.");
    }
};

struct CombinedTotals {
    std::string basis;
    std::vector<CompanyCode> companies;
    Money translation_reserve;
    Money unassigned;
    std::vector<std::string> lines_left_out;
    std::optional<Money> cash_movement = std::nullopt;

    bool operator==(const CombinedTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("CombinedTotals", "What the statement is of, and what it lacks.");
        describe_basis<CombinedTotals>(totals)
            .field("translation_reserve", &CombinedTotals::translation_reserve,
                   "Of a position: what the translation of all of them leaves.")
            .field(
                "unassigned", &CombinedTotals::unassigned,
                "Balance of accounts that no line shows, debit positive; of a cash flow what its "
                "lines are more than the movement of cash.")
            .field("lines_left_out", &CombinedTotals::lines_left_out,
                   "Lines that a company has and the first one has not, as \"BETA/leases\".")
            .field("cash_movement", &CombinedTotals::cash_movement,
                   "Of a cash flow: what cash is more at the end than before the first day.");
    }
};

struct CombinedStatement {
    std::vector<CompanyCode> companies;
    StatementCode statement;
    Currency currency;
    std::optional<Date> from;

    static void describe(auto& query) {
        query.record("combined_statement",
                     "A balance sheet, income statement or cash flow of several companies in one "
                     "currency, added line by line: combined, no elimination. Lines are those of "
                     "the first company's layout; the others' are found by their codes. Each "
                     "company is translated by its own rates (IAS 21.39).");
        describe_companies<CombinedStatement>(query)
            .field("statement", &CombinedStatement::statement,
                   "Code of the statement, such as \"balance_sheet\".")
            .field("currency", &CombinedStatement::currency, "The currency of the figures.")
            .field("from", &CombinedStatement::from,
                   "Of a performance or cash flow: its first day. Absent: that of each company's "
                   "fiscal year.")
            .template answers<CombinedFigure>(Times::both)
            .template totals<CombinedTotals>();
    }
};

}  // namespace kontor::ledger
