// The trial balance in another currency than that of the books (IAS 21.39), with its reserve.
#pragma once

#include "domain/ledger/accounts.h"
#include "projections/ledger/scope.h"

#include <optional>
#include <string>

namespace kontor::ledger {

struct TranslatedBalance {
    AccountCode account;
    std::string name;
    Money base;
    Money debit;
    Money credit;

    bool operator==(const TranslatedBalance&) const = default;
    static void describe(auto& row) {
        row.record("TranslatedBalance", "What one account amounts to in another currency.")
            .field("account", &TranslatedBalance::account, "Its code.")
            .field("name", &TranslatedBalance::name, "Its name on that day.")
            .field("base", &TranslatedBalance::base,
                   "Its balance in base currency, debit positive.")
            .field("debit", &TranslatedBalance::debit,
                   "Its balance in the other currency, if on the debit side, else zero.")
            .field("credit", &TranslatedBalance::credit,
                   "Its balance in the other currency, if on the credit side, else zero.");
    }
};

struct TranslatedTotals {
    Money debit;
    Money credit;
    Money reserve;

    bool operator==(const TranslatedTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("TranslatedTotals", "All accounts together.")
            .field("debit", &TranslatedTotals::debit, "Sum of the debit balances.")
            .field("credit", &TranslatedTotals::credit, "Sum of the credit balances.")
            .field("reserve", &TranslatedTotals::reserve,
                   "The translation reserve (IAS 21.41): what debits are above credits because "
                   "they are translated at several rates. It is part of equity.");
    }
};

struct TranslatedBalances {
    CompanyCode company;
    Currency currency;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("translated_trial_balance",
                    "The trial balance in another currency, by IAS 21.39: assets and liabilities "
                    "at the closing rate of `valid_at`, income and expenses at the average rates "
                    "of their periods, equity at the spot rates of its days, results of closed "
                    "years as they were translated. 404 where such a rate is not known.")
            .company(&TranslatedBalances::company)
            .field("company", &TranslatedBalances::company, "Whose books.")
            .field("currency", &TranslatedBalances::currency,
                   "The currency that the figures are wanted in.");
        describe_scope<TranslatedBalances>(query)
            .template answers<TranslatedBalance>(Times::both)
            .template totals<TranslatedTotals>();
    }
};

}  // namespace kontor::ledger
