// The trial balance by period: what each account was, how each period of a year moved it, and is.
#pragma once

#include "domain/ledger/accounts.h"
#include "domain/ledger/dimensions.h"
#include "projections/ledger/scope.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct PeriodBalanceRow {
    AccountCode account;
    std::string name;
    Money opening;
    std::map<std::string, Money> periods;
    Money debit;
    Money credit;
    Money closing;

    bool operator==(const PeriodBalanceRow&) const = default;
    static void describe(auto& row) {
        row.record("PeriodBalanceRow", "One account through a fiscal year.")
            .field("account", &PeriodBalanceRow::account, "Its code.")
            .field("name", &PeriodBalanceRow::name, "Its name on the last day.")
            .field("opening", &PeriodBalanceRow::opening,
                   "Balance before the year; a credit balance is negative; base currency.")
            .field("periods", &PeriodBalanceRow::periods,
                   "Debits less credits by number of the period, in two digits; all rows have all "
                   "periods.")
            .field("debit", &PeriodBalanceRow::debit, "Sum of the debits of these periods.")
            .field("credit", &PeriodBalanceRow::credit, "Sum of the credits of these periods.")
            .field("closing", &PeriodBalanceRow::closing,
                   "Opening and all periods; a credit balance is negative.");
    }
};

struct PeriodColumn {
    std::string period;
    Date first_day;
    Date last_day;
    bool adjustment = false;

    bool operator==(const PeriodColumn&) const = default;
    static void describe(auto& column) {
        column.record("PeriodColumn", "What a column of the trial balance by period is of.")
            .field("period", &PeriodColumn::period, "Number of the period, in two digits.")
            .field("first_day", &PeriodColumn::first_day, "Its first day.")
            .field("last_day", &PeriodColumn::last_day, "Its last day.")
            .field("adjustment", &PeriodColumn::adjustment,
                   "It shares the last day of its year with others.");
    }
};

struct PeriodBalanceTotals {
    Money opening;
    std::map<std::string, Money> periods;
    Money debit;
    Money credit;
    Money closing;
    std::vector<PeriodColumn> columns;

    bool operator==(const PeriodBalanceTotals&) const = default;
    static void describe(auto& totals) {
        totals
            .record("PeriodBalanceTotals",
                    "All accounts together. But for debit and credit, which are equal, these are "
                    "zero unless dimensions were asked for.")
            .field("opening", &PeriodBalanceTotals::opening, "Sum of the opening balances.")
            .field("periods", &PeriodBalanceTotals::periods, "Sum of each period.")
            .field("debit", &PeriodBalanceTotals::debit, "Sum of the debits.")
            .field("credit", &PeriodBalanceTotals::credit, "Sum of the credits.")
            .field("closing", &PeriodBalanceTotals::closing, "Sum of the closing balances.")
            .field("columns", &PeriodBalanceTotals::columns, "The periods, in order.");
    }
};

struct TrialBalanceByPeriod {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    std::optional<std::int64_t> through_period;
    std::optional<AccountCode> account;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("trial_balance_by_period",
                    "Every account that was posted on through a fiscal year: its opening balance, "
                    "the movement of each period, adjustment periods too, and its closing balance.")
            .company(&TrialBalanceByPeriod::company)
            .field("company", &TrialBalanceByPeriod::company, "Whose books.")
            .field("fiscal_year", &TrialBalanceByPeriod::fiscal_year, "The year.")
            .field("through_period", &TrialBalanceByPeriod::through_period,
                   "The last period that counts and has a column. Absent: the year's last.")
            .least(1)
            .most(most_periods)
            .field("account", &TrialBalanceByPeriod::account,
                   "Only this account or, of a heading, those below it.")
            .field("dimensions", &TrialBalanceByPeriod::dimensions,
                   "Only postings that carry these values.")
            .otherwise_empty()
            .longest(20)
            .field("book", &TrialBalanceByPeriod::book,
                   "Which of the company's parallel books. Absent: the leading one.")
            .field("closing_entries", &TrialBalanceByPeriod::closing_entries,
                   "Whether the entries that close a year count.")
            .otherwise(ClosingEntries::included)
            .template answers<PeriodBalanceRow>(Times::both)
            .template totals<PeriodBalanceTotals>();
    }
};

}  // namespace kontor::ledger
