// What each account amounts to by fiscal period: what rules compute from, such as closing a year.
//
// Decisions cannot read the entries of a year one by one. So each posting is added here to one row
// by account, currency, book, dimensions and period; a balance is the sum of the rows of its
// periods.
#pragma once

#include "domain/ledger/entries.h"

#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace kontor::ledger {

using LineDimensions = std::map<DimensionCode, DimensionValueCode>;

// Dimensions as one text that orders as they do, and back.
std::string dimension_text(const LineDimensions&);
LineDimensions dimensions_from(std::string_view text);

struct BalanceKey {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    AccountCode account;
    Currency currency;
    BookCode book;
    std::string dimensions;
    EntryKind kind = EntryKind::ordinary;
    std::int64_t period = 0;
    std::optional<Date> day;

    auto operator<=>(const BalanceKey&) const = default;
    static void describe(auto& key) {
        key.record("BalanceKey", "The postings of one period that are summed together.")
            .field("company", &BalanceKey::company, "Whose books.")
            .field("fiscal_year", &BalanceKey::fiscal_year, "The fiscal year.")
            .field("account", &BalanceKey::account, "The account.")
            .field("currency", &BalanceKey::currency, "The currency of their amounts.")
            .field("book", &BalanceKey::book, "The book that they are in; empty: all.")
            .field("dimensions", &BalanceKey::dimensions, "The dimensions that they carry.")
            .field("kind", &BalanceKey::kind, "The kind of their entries.")
            .field("period", &BalanceKey::period,
                   "The fiscal period; 0 in entries of older programs: that of `day`.")
            .field("day", &BalanceKey::day, "Their day, where the period is 0.");
    }
};

struct PeriodBalance {
    std::int64_t base = 0;
    std::int64_t amount = 0;

    static void describe(auto& record) {
        record
            .record("PeriodBalance",
                    "Debits less credits, in smallest units; a row that comes to zero is gone.")
            .field("base", &PeriodBalance::base, "In the company's base currency.")
            .field("amount", &PeriodBalance::amount, "In the currency of the postings.");
    }
};
using PeriodBalances = PagedTable<BalanceKey, PeriodBalance>;

// One sum beyond 64 bits stays at their end, so that no rule takes it for an ordinary one.
constexpr std::int64_t most_balance = std::numeric_limits<std::int64_t>::max();

// What a balance is of.
struct BalanceOf {
    AccountCode account;
    Currency currency;
    BookCode book;
    std::string dimensions;

    auto operator<=>(const BalanceOf&) const = default;
};
struct BalanceSum {
    Wide base = 0;  // debit positive
    Wide amount = 0;
    bool beyond = false;  // one of its sums ended where numbers do, so nobody knows
};
using BalanceSums = std::map<BalanceOf, BalanceSum>;

// The periods of a fiscal year that are meant, and whether its closing entries count.
struct PeriodSpan {
    std::int64_t first = 1;
    std::int64_t last = most_periods;
    bool closing_entries = false;
};

// What accounts amount to by the postings of some periods of a year, without what comes to zero.
BalanceSums balances_in(const World&, const CompanyCode&, const FiscalYear&, const PeriodSpan&,
                        std::span<const AccountCode>);
// By all postings up to the end of a period, closing entries included.
BalanceSums balances_through(const World&, const CompanyCode&, const FiscalYear&,
                             std::int64_t period, std::span<const AccountCode>);

void evolve(PeriodBalances&, const EntryPosted&);

}  // namespace kontor::ledger
