// The trial balance: what every account amounts to on a business day, as it was known at a moment.
#pragma once

#include "domain/ledger/accounts.h"
#include "domain/ledger/dimensions.h"
#include "projections/ledger/scope.h"

#include <map>
#include <string>

namespace kontor::ledger {

struct TrialBalanceRow {
    AccountCode account;
    std::string name;
    Money debit;
    Money credit;
    std::optional<Money> comparative_debit = std::nullopt;
    std::optional<Money> comparative_credit = std::nullopt;

    bool operator==(const TrialBalanceRow&) const = default;
    static void describe(auto& row) {
        row.record("TrialBalanceRow", "What one account amounts to.")
            .field("account", &TrialBalanceRow::account, "Its code.")
            .field("name", &TrialBalanceRow::name, "Its name on that day.")
            .field("debit", &TrialBalanceRow::debit,
                   "Its balance, if on the debit side, else zero; base currency.")
            .field("credit", &TrialBalanceRow::credit,
                   "Its balance, if on the credit side, else zero; base currency.")
            .field("comparative_debit", &TrialBalanceRow::comparative_debit,
                   "The same of the day that it is compared with, where that was asked for.")
            .field("comparative_credit", &TrialBalanceRow::comparative_credit, "Of that day.");
    }
};

struct TrialBalanceTotals {
    Money debit;
    Money credit;
    std::optional<Money> comparative_debit = std::nullopt;
    std::optional<Money> comparative_credit = std::nullopt;

    bool operator==(const TrialBalanceTotals&) const = default;
    static void describe(auto& totals) {
        totals
            .record("TrialBalanceTotals",
                    "All accounts together. The two are equal unless dimensions were asked for.")
            .field("debit", &TrialBalanceTotals::debit, "Sum of the debit balances.")
            .field("credit", &TrialBalanceTotals::credit, "Sum of the credit balances.")
            .field("comparative_debit", &TrialBalanceTotals::comparative_debit,
                   "Sum of the debit balances of the day that it is compared with.")
            .field("comparative_credit", &TrialBalanceTotals::comparative_credit,
                   "Sum of the credit balances of that day.");
    }
};

struct TrialBalance {
    CompanyCode company;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;
    std::optional<Date> compare_to = std::nullopt;

    static void describe(auto& query) {
        query
            .record("trial_balance",
                    "The balance of every account that was posted on, by code; debits equal "
                    "credits.")
            .company(&TrialBalance::company)
            .field("company", &TrialBalance::company, "Whose books.")
            .field("dimensions", &TrialBalance::dimensions,
                   "Only postings that carry these values; then debits and credits may differ.")
            .otherwise_empty()
            .longest(20);
        describe_scope<TrialBalance>(query)
            .field("compare_to", &TrialBalance::compare_to,
                   "Compares with the balances of this day.")
            .template answers<TrialBalanceRow>(Times::both)
            .template totals<TrialBalanceTotals>();
    }
};

}  // namespace kontor::ledger
