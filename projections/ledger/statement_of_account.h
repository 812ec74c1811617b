// The statement of an account: opening balance, every movement with the balance after it, closing.
#pragma once

#include "domain/ledger/entries.h"
#include "projections/ledger/scope.h"

#include <map>
#include <optional>
#include <string>

namespace kontor::ledger {

struct StatementRow {
    EntryId entry;
    Date date;
    JournalCode journal;
    FiscalYearCode fiscal_year;
    std::int64_t number = 0;
    std::optional<std::string> document;
    std::string text;
    Money amount;
    Money debit;
    Money credit;
    Money balance;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::int64_t line = 1;
    std::optional<Date> belongs_to = std::nullopt;

    bool operator==(const StatementRow&) const = default;
    static void describe(auto& row) {
        row.record("StatementRow", "One line of an entry on the account.")
            .field("entry", &StatementRow::entry, "Id of the entry.")
            .field("date", &StatementRow::date, "Its business day.")
            .field("journal", &StatementRow::journal, "The journal that it is in.")
            .field("fiscal_year", &StatementRow::fiscal_year, "The fiscal year of its number.")
            .field("number", &StatementRow::number, "Its number in journal and fiscal year.")
            .field("document", &StatementRow::document, "Number of the source document.")
            .field("text", &StatementRow::text, "Text of the line, or of the entry without one.")
            .field("amount", &StatementRow::amount, "In the transaction's currency.")
            .field("debit", &StatementRow::debit, "If on the debit side, else zero; base currency.")
            .field("credit", &StatementRow::credit,
                   "If on the credit side, else zero; base currency.")
            .field("balance", &StatementRow::balance,
                   "Balance of the account behind this line; a credit balance is negative.")
            .field("dimensions", &StatementRow::dimensions, "Values that the line carries.")
            .field("line", &StatementRow::line,
                   "Which line of the entry it is, from 1. Its figures are explained as row "
                   "<entry>.<line>.")
            .field("belongs_to", &StatementRow::belongs_to,
                   "The day that the entry belongs to, where it was posted later as that day's "
                   "period was closed.");
    }
};

struct StatementTotals {
    Money opening;
    Money debit;
    Money credit;
    Money closing;

    bool operator==(const StatementTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("StatementTotals", "The statement in all; base currency.")
            .field("opening", &StatementTotals::opening,
                   "Balance before the first day; a credit balance is negative.")
            .field("debit", &StatementTotals::debit, "Sum of the debits.")
            .field("credit", &StatementTotals::credit, "Sum of the credits.")
            .field("closing", &StatementTotals::closing,
                   "Opening and debits less credits; a credit balance is negative.");
    }
};

struct StatementOfAccount {
    CompanyCode company;
    AccountCode account;
    std::optional<Date> from;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("statement_of_account",
                    "The movements of an account by day, with the balance after each. Up to a "
                    "day: `valid_at`; from a day on: `from`.")
            .company(&StatementOfAccount::company)
            .field("company", &StatementOfAccount::company, "Whose books.")
            .field("account", &StatementOfAccount::account, "An account that is no heading.")
            .field("from", &StatementOfAccount::from,
                   "First day; what lies before is the opening balance.")
            .field("dimensions", &StatementOfAccount::dimensions,
                   "Only postings that carry these values.")
            .otherwise_empty()
            .longest(20);
        describe_scope<StatementOfAccount>(query)
            .template answers<StatementRow>(Times::both)
            .template totals<StatementTotals>();
    }
};

}  // namespace kontor::ledger
