// Balances by dimensions of several companies whose books are in one currency.
#pragma once

#include "projections/ledger/balances.h"
#include "projections/ledger/combined.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct CombinedBalancesTotals {
    std::string basis;
    std::vector<CompanyCode> companies;
    Money opening;
    Money debit;
    Money credit;
    Money balance;
    std::map<std::string, Money> columns;

    bool operator==(const CombinedBalancesTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("CombinedBalancesTotals", "All rows of all companies together.");
        describe_basis<CombinedBalancesTotals>(totals)
            .field("opening", &CombinedBalancesTotals::opening, "Sum of the opening balances.")
            .field("debit", &CombinedBalancesTotals::debit, "Sum of the debits.")
            .field("credit", &CombinedBalancesTotals::credit, "Sum of the credits.")
            .field("balance", &CombinedBalancesTotals::balance, "Sum of the balances.")
            .field("columns", &CombinedBalancesTotals::columns, "Sum of each column.");
    }
};

struct CombinedBalances {
    std::vector<CompanyCode> companies;
    std::vector<DimensionCode> by;
    std::optional<DimensionCode> columns;
    bool by_account = false;
    std::optional<AccountCode> account;
    std::optional<Date> from;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query.record("combined_balances",
                     "Balances and turnovers of several companies by the values of dimensions, by "
                     "account, or both: combined, no elimination. Their books are in one currency, "
                     "as what is translated is the whole and not a dimension; each has the "
                     "dimensions and the account.");
        describe_companies<CombinedBalances>(query)
            .field("by", &CombinedBalances::by,
                   "A row for each value of these dimensions: none to two.")
            .otherwise_empty()
            .longest(2)
            .field("columns", &CombinedBalances::columns,
                   "A column for each value of this dimension, at most 200.")
            .field("by_account", &CombinedBalances::by_account, "A row for each account as well.")
            .otherwise(false)
            .field("account", &CombinedBalances::account,
                   "Only postings on this account or, of a heading, on all below it.")
            .field("from", &CombinedBalances::from,
                   "First day of the turnovers; what lies before is the opening balance.")
            .field("dimensions", &CombinedBalances::dimensions,
                   "Only postings that carry these values.")
            .otherwise_empty()
            .longest(20)
            .field("closing_entries", &CombinedBalances::closing_entries,
                   "Whether the entries that close a year count.")
            .otherwise(ClosingEntries::included)
            .template answers<BalanceRow>(Times::both)
            .template totals<CombinedBalancesTotals>();
    }
};

}  // namespace kontor::ledger
