// The statement of changes in equity: each component from one day to another, and what moved it.
#pragma once

#include "domain/ledger/statement_layouts.h"
#include "projections/ledger/scope.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct EquityComponent {
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
    Money closing;

    bool operator==(const EquityComponent&) const = default;
    static void describe(auto& row) {
        row.record("EquityComponent",
                   "A component of equity, or a sum of some; opening and all that moved it are the "
                   "closing figure.")
            .field("line", &EquityComponent::line, "Its code.")
            .field("name", &EquityComponent::name, "As it is printed.")
            .field("level", &EquityComponent::level, "How far it is set in, from 1.")
            .field("total", &EquityComponent::total, "It adds lines above it.")
            .field("opening", &EquityComponent::opening,
                   "Before the first day; credit positive; base currency.")
            .field("profit", &EquityComponent::profit,
                   "Income less expenses, without the entries that close a year.")
            .field("other_comprehensive_income", &EquityComponent::other_comprehensive_income,
                   "Posted against assets and liabilities on a component of comprehensive income, "
                   "such as a revaluation.")
            .field("contributions", &EquityComponent::contributions,
                   "From the owners: credited against assets and liabilities.")
            .field("distributions", &EquityComponent::distributions,
                   "To the owners: debited against assets and liabilities; negative.")
            .field("against_profit", &EquityComponent::against_profit,
                   "Posted between equity and income or expenses, such as a payment in shares.")
            .field("transfers", &EquityComponent::transfers,
                   "Between components, and the entries that close a year; nothing in all.")
            .field("closing", &EquityComponent::closing, "At the end.");
    }
};

struct ChangesInEquityTotals {
    std::optional<Date> from;
    std::optional<Date> to;
    Money unassigned;
    std::vector<AccountCode> unassigned_accounts;

    bool operator==(const ChangesInEquityTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("ChangesInEquityTotals", "What the statement is of, and what it lacks.")
            .field("from", &ChangesInEquityTotals::from, "First day of its movements.")
            .field("to", &ChangesInEquityTotals::to, "Its last day.")
            .field("unassigned", &ChangesInEquityTotals::unassigned,
                   "Closing balance of the accounts of equity, income and expenses that no "
                   "component shows, debit positive.")
            .field("unassigned_accounts", &ChangesInEquityTotals::unassigned_accounts,
                   "Those of them that have figures.");
    }
};

struct ChangesInEquity {
    CompanyCode company;
    StatementCode statement{"changes_in_equity"};
    std::optional<Date> from;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("changes_in_equity",
                    "The components of equity as the company laid them out, from a day to "
                    "`valid_at`, by what moved them (IAS 1.106). An entry with several lines is "
                    "taken in their order: first against other equity, then against income and "
                    "expenses, then against the rest. A reversal takes back where its entry was.")
            .company(&ChangesInEquity::company)
            .field("company", &ChangesInEquity::company, "Whose.")
            .field("statement", &ChangesInEquity::statement, "Code of the statement.")
            .otherwise(StatementCode{"changes_in_equity"})
            .field("from", &ChangesInEquity::from,
                   "Its first day. Absent: that of the fiscal year of its last.")
            .field("dimensions", &ChangesInEquity::dimensions,
                   "Only postings that carry these values.")
            .otherwise_empty()
            .longest(20);
        describe_scope<ChangesInEquity>(query)
            .template answers<EquityComponent>(Times::both)
            .template totals<ChangesInEquityTotals>();
    }
};

}  // namespace kontor::ledger
