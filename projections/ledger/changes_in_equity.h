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
    std::optional<Money> translation;
    Money closing;
    std::optional<Money> comparative_opening = std::nullopt;
    std::optional<Money> comparative_profit = std::nullopt;
    std::optional<Money> comparative_other_comprehensive_income = std::nullopt;
    std::optional<Money> comparative_contributions = std::nullopt;
    std::optional<Money> comparative_distributions = std::nullopt;
    std::optional<Money> comparative_against_profit = std::nullopt;
    std::optional<Money> comparative_transfers = std::nullopt;
    std::optional<Money> comparative_translation = std::nullopt;
    std::optional<Money> comparative_closing = std::nullopt;

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
                   "Before the first day; credit positive; base currency unless another was asked "
                   "for.")
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
            .field("translation", &EquityComponent::translation,
                   "Of another currency: what the rates made of it, such as the movement of the "
                   "translation reserve (IAS 21.52b).")
            .field("closing", &EquityComponent::closing, "At the end.")
            .field("comparative_opening", &EquityComponent::comparative_opening,
                   "The same columns of the time that it is compared with, where that was asked "
                   "for.")
            .field("comparative_profit", &EquityComponent::comparative_profit, "Of that time.")
            .field("comparative_other_comprehensive_income",
                   &EquityComponent::comparative_other_comprehensive_income, "Of that time.")
            .field("comparative_contributions", &EquityComponent::comparative_contributions,
                   "Of that time.")
            .field("comparative_distributions", &EquityComponent::comparative_distributions,
                   "Of that time.")
            .field("comparative_against_profit", &EquityComponent::comparative_against_profit,
                   "Of that time.")
            .field("comparative_transfers", &EquityComponent::comparative_transfers,
                   "Of that time.")
            .field("comparative_translation", &EquityComponent::comparative_translation,
                   "Of that time.")
            .field("comparative_closing", &EquityComponent::comparative_closing,
                   "At the end of that time.");
    }
};

struct ChangesInEquityTotals {
    std::optional<Date> from;
    std::optional<Date> to;
    Money unassigned;
    std::vector<AccountCode> unassigned_accounts;
    std::optional<Money> translation_reserve = std::nullopt;

    bool operator==(const ChangesInEquityTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("ChangesInEquityTotals", "What the statement is of, and what it lacks.")
            .field("from", &ChangesInEquityTotals::from, "First day of its movements.")
            .field("to", &ChangesInEquityTotals::to, "Its last day.")
            .field("unassigned", &ChangesInEquityTotals::unassigned,
                   "Closing balance of the accounts of equity, income and expenses that no "
                   "component shows, debit positive.")
            .field("unassigned_accounts", &ChangesInEquityTotals::unassigned_accounts,
                   "Those of them that have figures.")
            .field("translation_reserve", &ChangesInEquityTotals::translation_reserve,
                   "Of another currency: what translation leaves at the end (IAS 21.41); in the "
                   "component of the account that the company's policy names for it.");
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
    std::optional<Date> compare_from = std::nullopt;
    std::optional<Date> compare_to = std::nullopt;
    std::optional<Currency> currency = std::nullopt;

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
            .field("compare_from", &ChangesInEquity::compare_from,
                   "Of a statement that is compared: the first day of the other time.")
            .field("compare_to", &ChangesInEquity::compare_to,
                   "Compares with the movements up to this day (IAS 1.38A).")
            .field("currency", &ChangesInEquity::currency,
                   "In this currency: balances as the translated balance sheet has them, profit at "
                   "average rates, what came in and left at the rates of its days, and what the "
                   "rates made of each component in a column of its own. Absent: in base currency.")
            .template answers<EquityComponent>(Times::both)
            .template totals<ChangesInEquityTotals>();
    }
};

}  // namespace kontor::ledger
