// Statements of several companies added line by line in one currency: combined, and nothing more.
// What the companies owe and sell each other is still in it.
#pragma once

#include "domain/ledger/statement_layouts.h"
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

    bool operator==(const CombinedTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("CombinedTotals", "What the statement is of, and what it lacks.")
            .field("basis", &CombinedTotals::basis,
                   "\"combined, no elimination\": what is between the companies is still in it.")
            .field("companies", &CombinedTotals::companies, "The companies that were added.")
            .field("translation_reserve", &CombinedTotals::translation_reserve,
                   "Of a position: what the translation of all of them leaves.")
            .field("unassigned", &CombinedTotals::unassigned,
                   "Balance of accounts that no line shows, debit positive.")
            .field("lines_left_out", &CombinedTotals::lines_left_out,
                   "Lines that a company has and the first one has not, as \"BETA/leases\".");
    }
};

struct CombinedStatement {
    std::vector<CompanyCode> companies;
    StatementCode statement;
    Currency currency;
    std::optional<Date> from;

    static void describe(auto& query) {
        query
            .record("combined_statement",
                    "A balance sheet or income statement of several companies in one currency, "
                    "added line by line: combined, no elimination. Lines are those of the first "
                    "company's layout; the others' are found by their codes. Each company is "
                    "translated by its own rates (IAS 21.39).")
            .every_company()
            .field("companies", &CombinedStatement::companies,
                   "Which companies, repeated in the address; none: all.")
            .otherwise_empty()
            .longest(200)
            .field("statement", &CombinedStatement::statement,
                   "Code of the statement, such as \"balance_sheet\".")
            .field("currency", &CombinedStatement::currency, "The currency of the figures.")
            .field("from", &CombinedStatement::from,
                   "Of a performance: its first day. Absent: that of each company's fiscal year.")
            .template answers<CombinedFigure>(Times::both)
            .template totals<CombinedTotals>();
    }
};

}  // namespace kontor::ledger
