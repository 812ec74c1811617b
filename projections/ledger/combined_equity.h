// Changes in equity of several companies, added component by component.
#pragma once

#include "domain/ledger/statement_layouts.h"
#include "projections/ledger/combined.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct CombinedComponent {
    StatementLineCode line;
    std::string name;
    std::int64_t level = 1;
    bool total = false;
    Money opening;
    Money profit;
    Money other_comprehensive_income;
    Money contributions;
    Money distributions;
    Money against_profit;
    Money transfers;
    Money translation;
    Money closing;
    std::map<std::string, Money> by_company;

    bool operator==(const CombinedComponent&) const = default;
    static void describe(auto& row) {
        row.record("CombinedComponent",
                   "A component of the equity of several companies; opening and all that moved it "
                   "are the closing figure.")
            .field("line", &CombinedComponent::line, "Its code.")
            .field("name", &CombinedComponent::name, "As the first of the companies prints it.")
            .field("level", &CombinedComponent::level, "How far it is set in, from 1.")
            .field("total", &CombinedComponent::total, "It adds lines above it.")
            .field("opening", &CombinedComponent::opening,
                   "Before the first day; credit positive, as all columns.")
            .field("profit", &CombinedComponent::profit,
                   "Income less expenses, without the entries that close a year.")
            .field("other_comprehensive_income", &CombinedComponent::other_comprehensive_income,
                   "What is earned and no income, beside what rates made.")
            .field("contributions", &CombinedComponent::contributions,
                   "From the owners; what one of the companies paid in to another too.")
            .field("distributions", &CombinedComponent::distributions,
                   "To the owners; what one of the companies was paid by another too.")
            .field("against_profit", &CombinedComponent::against_profit,
                   "Posted between equity and income or expenses.")
            .field("transfers", &CombinedComponent::transfers,
                   "Between components, and the entries that close a year.")
            .field("translation", &CombinedComponent::translation,
                   "What the rates made of it (IAS 21.52b).")
            .field("closing", &CombinedComponent::closing, "At the end.")
            .field("by_company", &CombinedComponent::by_company,
                   "Each company's own closing figure.");
    }
};

struct CombinedEquityTotals {
    std::string basis;
    std::vector<CompanyCode> companies;
    Money translation_reserve;
    Money unassigned;
    std::vector<std::string> lines_left_out;

    bool operator==(const CombinedEquityTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("CombinedEquityTotals", "What the statement is of, and what it lacks.");
        describe_basis<CombinedEquityTotals>(totals)
            .field("translation_reserve", &CombinedEquityTotals::translation_reserve,
                   "What the translation of all of them leaves at the end.")
            .field("unassigned", &CombinedEquityTotals::unassigned,
                   "Closing balance of the accounts of equity, income and expenses that no "
                   "component shows, debit positive.")
            .field("lines_left_out", &CombinedEquityTotals::lines_left_out,
                   "Lines that a company has and the first one has not, as \"BETA/leases\".");
    }
};

struct CombinedChangesInEquity {
    std::vector<CompanyCode> companies;
    StatementCode statement;
    Currency currency;
    std::optional<Date> from;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query.record("combined_changes_in_equity",
                     "The components of equity of several companies in one currency, added: "
                     "combined, no elimination. Components are those of the first company's "
                     "layout; the others' are found by their codes.");
        describe_companies<CombinedChangesInEquity>(query)
            .field("statement", &CombinedChangesInEquity::statement, "Code of the statement.")
            .otherwise(StatementCode{"changes_in_equity"})
            .field("currency", &CombinedChangesInEquity::currency, "The currency of the figures.")
            .field("from", &CombinedChangesInEquity::from,
                   "Its first day. Absent: that of each company's fiscal year.")
            .field("closing_entries", &CombinedChangesInEquity::closing_entries,
                   "Whether the entries that close a year count.")
            .otherwise(ClosingEntries::included)
            .template answers<CombinedComponent>(Times::both)
            .template totals<CombinedEquityTotals>();
    }
};

}  // namespace kontor::ledger
