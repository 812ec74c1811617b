// Trial balances of several companies, added account by account.
#pragma once

#include "domain/ledger/accounts.h"
#include "projections/ledger/combined.h"
#include "projections/ledger/periods.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct CombinedBalance {
    AccountCode account;
    std::string name;
    Money debit;
    Money credit;
    std::map<std::string, Money> by_company;

    bool operator==(const CombinedBalance&) const = default;
    static void describe(auto& row) {
        row.record("CombinedBalance", "What one account amounts to in several companies.")
            .field("account", &CombinedBalance::account, "Its code.")
            .field("name", &CombinedBalance::name, "As the first of the companies names it.")
            .field("debit", &CombinedBalance::debit,
                   "The companies' balances added, if that is on the debit side, else zero.")
            .field("credit", &CombinedBalance::credit, "If on the credit side, else zero.")
            .field("by_company", &CombinedBalance::by_company,
                   "Each company's own balance; a credit balance is negative.");
    }
};

struct CombinedBalanceTotals {
    std::string basis;
    std::vector<CompanyCode> companies;
    Money debit;
    Money credit;
    Money translation_reserve;

    bool operator==(const CombinedBalanceTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("CombinedBalanceTotals", "All accounts of all companies together.");
        describe_basis<CombinedBalanceTotals>(totals)
            .field("debit", &CombinedBalanceTotals::debit, "Sum of the debit balances.")
            .field("credit", &CombinedBalanceTotals::credit, "Sum of the credit balances.")
            .field("translation_reserve", &CombinedBalanceTotals::translation_reserve,
                   "What debits are above credits, as they are translated at several rates "
                   "(IAS 21.41). It is part of equity.");
    }
};

struct CombinedTrialBalance {
    std::vector<CompanyCode> companies;
    Currency currency;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query.record("combined_trial_balance",
                     "The balance of every account that one of several companies posted on, by "
                     "code, in one currency: combined, no elimination. Each company is translated "
                     "by its own rates, as `translated_trial_balance` says.");
        describe_companies<CombinedTrialBalance>(query)
            .field("currency", &CombinedTrialBalance::currency, "The currency of the figures.")
            .field("closing_entries", &CombinedTrialBalance::closing_entries,
                   "Whether the entries that close a year count.")
            .otherwise(ClosingEntries::included)
            .template answers<CombinedBalance>(Times::both)
            .template totals<CombinedBalanceTotals>();
    }
};

struct CombinedPeriodBalance {
    AccountCode account;
    std::string name;
    Money opening;
    std::map<std::string, Money> periods;
    Money closing;
    std::map<std::string, Money> by_company;

    bool operator==(const CombinedPeriodBalance&) const = default;
    static void describe(auto& row) {
        row.record("CombinedPeriodBalance", "One account of several companies through a year.")
            .field("account", &CombinedPeriodBalance::account, "Its code.")
            .field("name", &CombinedPeriodBalance::name, "As the first of the companies names it.")
            .field("opening", &CombinedPeriodBalance::opening,
                   "Balance before the year; a credit balance is negative.")
            .field("periods", &CombinedPeriodBalance::periods,
                   "What it is more at the end of each period, by its number in two digits; in "
                   "another currency also what rates made of it.")
            .field("closing", &CombinedPeriodBalance::closing, "Opening and all periods.")
            .field("by_company", &CombinedPeriodBalance::by_company,
                   "Each company's own closing balance.");
    }
};

struct CombinedPeriodTotals {
    std::string basis;
    std::vector<CompanyCode> companies;
    Money opening;
    std::map<std::string, Money> periods;
    Money closing;
    std::vector<PeriodColumn> columns;

    bool operator==(const CombinedPeriodTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("CombinedPeriodTotals",
                      "All accounts together: nothing, but for what translation leaves, which is "
                      "the translation reserve.");
        describe_basis<CombinedPeriodTotals>(totals)
            .field("opening", &CombinedPeriodTotals::opening, "Sum of the opening balances.")
            .field("periods", &CombinedPeriodTotals::periods, "Sum of each period.")
            .field("closing", &CombinedPeriodTotals::closing, "Sum of the closing balances.")
            .field("columns", &CombinedPeriodTotals::columns, "The periods, in order.");
    }
};

struct CombinedTrialBalanceByPeriod {
    std::vector<CompanyCode> companies;
    FiscalYearCode fiscal_year;
    Currency currency;
    std::optional<std::int64_t> through_period;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query.record("combined_trial_balance_by_period",
                     "Every account that one of several companies posted on through a fiscal year "
                     "that all of them keep by the same periods, in one currency: combined, no "
                     "elimination.");
        describe_companies<CombinedTrialBalanceByPeriod>(query)
            .field("fiscal_year", &CombinedTrialBalanceByPeriod::fiscal_year, "The year.")
            .field("currency", &CombinedTrialBalanceByPeriod::currency,
                   "The currency of the figures.")
            .field("through_period", &CombinedTrialBalanceByPeriod::through_period,
                   "The last period that counts and has a column. Absent: the year's last.")
            .least(1)
            .most(most_periods)
            .field("closing_entries", &CombinedTrialBalanceByPeriod::closing_entries,
                   "Whether the entries that close a year count.")
            .otherwise(ClosingEntries::included)
            .template answers<CombinedPeriodBalance>(Times::both)
            .template totals<CombinedPeriodTotals>();
    }
};

}  // namespace kontor::ledger
