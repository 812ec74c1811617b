// Balances by dimensions: what cost centres, projects or customers amount to, as rows or columns.
#pragma once

#include "domain/ledger/accounts.h"
#include "domain/ledger/dimensions.h"
#include "projections/ledger/scope.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct BalanceRow {
    std::string row;
    std::optional<AccountCode> account;
    std::string account_name;
    std::optional<DimensionValueCode> value;
    std::string value_name;
    std::optional<DimensionValueCode> second_value;
    std::string second_value_name;
    Money opening;
    Money debit;
    Money credit;
    Money balance;
    std::map<std::string, Money> columns;

    bool operator==(const BalanceRow&) const = default;
    static void describe(auto& row) {
        row.record("BalanceRow", "What the postings of an account or of dimension values come to.")
            .field("row", &BalanceRow::row,
                   "Names the row where a figure of it is explained: its codes with a / between "
                   "them, nothing for no value, a \\ before a / or \\ of a code; a / alone where "
                   "that is nothing at all.")
            .field("account", &BalanceRow::account, "The account, where rows are by account.")
            .field("account_name", &BalanceRow::account_name, "Its name on that day.")
            .field("value", &BalanceRow::value,
                   "Value of the first dimension of `by`; absent: of what carries none.")
            .field("value_name", &BalanceRow::value_name, "Its name, where it has one.")
            .field("second_value", &BalanceRow::second_value,
                   "Value of the second dimension of `by`; absent: of what carries none.")
            .field("second_value_name", &BalanceRow::second_value_name,
                   "Its name, where it has one.")
            .field("opening", &BalanceRow::opening,
                   "Balance before `from`; a credit balance is negative; base currency.")
            .field("debit", &BalanceRow::debit, "Sum of the debits since.")
            .field("credit", &BalanceRow::credit, "Sum of the credits since.")
            .field("balance", &BalanceRow::balance,
                   "Opening and debits less credits; a credit balance is negative.")
            .field("columns", &BalanceRow::columns,
                   "Debits less credits by value of the dimension `columns`, under an empty name "
                   "those that carry none. All rows have the same columns.");
    }
};

struct BalanceTotals {
    Money opening;
    Money debit;
    Money credit;
    Money balance;
    std::map<std::string, Money> columns;

    bool operator==(const BalanceTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("BalanceTotals", "All rows together.")
            .field("opening", &BalanceTotals::opening, "Sum of the opening balances.")
            .field("debit", &BalanceTotals::debit, "Sum of the debits.")
            .field("credit", &BalanceTotals::credit, "Sum of the credits.")
            .field("balance", &BalanceTotals::balance, "Sum of the balances.")
            .field("columns", &BalanceTotals::columns, "Sum of each column.");
    }
};

struct Balances {
    CompanyCode company;
    std::vector<DimensionCode> by;
    std::optional<DimensionCode> columns;
    bool by_account = false;
    std::optional<AccountCode> account;
    std::optional<Date> from;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("balances",
                    "Balances and turnovers by the values of dimensions, by account, or both; what "
                    "carries no value has rows of its own, so that rows add up to the ledger. Rows "
                    "without a figure are left out.")
            .company(&Balances::company)
            .field("company", &Balances::company, "Whose books.")
            .field("by", &Balances::by, "A row for each value of these dimensions: none to two.")
            .otherwise_empty()
            .longest(2)
            .field("columns", &Balances::columns,
                   "A column for each value of this dimension; CSV has them side by side. At most "
                   "200.")
            .field("by_account", &Balances::by_account, "A row for each account as well.")
            .otherwise(false)
            .field("account", &Balances::account,
                   "Only postings on this account or, of a heading, on all below it.")
            .field("from", &Balances::from,
                   "First day of the turnovers; what lies before is the opening balance.")
            .field("dimensions", &Balances::dimensions, "Only postings that carry these values.")
            .otherwise_empty()
            .longest(20);
        describe_scope<Balances>(query)
            .template answers<BalanceRow>(Times::both)
            .template totals<BalanceTotals>();
    }
};

}  // namespace kontor::ledger
