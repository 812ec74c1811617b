// The general journal: every entry with its lines, of all journals, in the order of days.
#pragma once

#include "domain/ledger/entries.h"
#include "projections/ledger/combined.h"
#include "projections/ledger/scope.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct GeneralJournalLine {
    EntryId entry;
    std::int64_t line = 1;
    Date date;
    FiscalYearCode fiscal_year;
    std::int64_t period = 0;
    JournalCode journal;
    std::int64_t number = 0;
    std::optional<std::string> document;
    std::string text;
    AccountCode account;
    std::string account_name;
    Money debit;
    Money credit;
    Money amount;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<EntryId> reverses;
    std::optional<CompanyCode> counterpart;
    Timestamp recorded_at = {};
    std::string recorded_by = {};
    std::optional<Date> belongs_to = std::nullopt;

    bool operator==(const GeneralJournalLine&) const = default;
    static void describe(auto& row) {
        row.record("GeneralJournalLine", "A line of an entry; the lines of one stand together.")
            .field("entry", &GeneralJournalLine::entry, "Id of the entry.")
            .field("line", &GeneralJournalLine::line, "Which line of the entry it is, from 1.")
            .field("date", &GeneralJournalLine::date, "Business day of the entry.")
            .field("fiscal_year", &GeneralJournalLine::fiscal_year, "The fiscal year of its date.")
            .field("period", &GeneralJournalLine::period, "Number of its fiscal period.")
            .field("journal", &GeneralJournalLine::journal, "The journal that it is in.")
            .field("number", &GeneralJournalLine::number, "Its number in journal and fiscal year.")
            .field("document", &GeneralJournalLine::document, "Number of the source document.")
            .field("text", &GeneralJournalLine::text,
                   "Text of the line, or of the entry without one.")
            .field("account", &GeneralJournalLine::account, "Account of the line.")
            .field("account_name", &GeneralJournalLine::account_name, "Its name on that day.")
            .field("debit", &GeneralJournalLine::debit,
                   "If on the debit side, else zero; base currency.")
            .field("credit", &GeneralJournalLine::credit,
                   "If on the credit side, else zero; base currency.")
            .field("amount", &GeneralJournalLine::amount, "In the transaction's currency.")
            .field("dimensions", &GeneralJournalLine::dimensions, "Values that the line carries.")
            .field("reverses", &GeneralJournalLine::reverses, "The entry that this one takes back.")
            .field("counterpart", &GeneralJournalLine::counterpart,
                   "The other company of the group that the line is with.")
            .field("recorded_at", &GeneralJournalLine::recorded_at, "When it was posted.")
            .field("recorded_by", &GeneralJournalLine::recorded_by, "Who posted it.")
            .field("belongs_to", &GeneralJournalLine::belongs_to,
                   "The day that the entry belongs to, where it was posted later as that day's "
                   "period was closed.");
    }
};

struct GeneralJournal {
    CompanyCode company;
    std::optional<Date> from;
    std::optional<JournalCode> journal;
    std::optional<AccountCode> account;
    std::optional<std::string> document;
    std::optional<std::string> text;
    std::optional<CompanyCode> counterpart;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("general_journal",
                    "All lines of the entries that a question is about, by business day and, "
                    "within a day, as they were posted. Up to a day: `valid_at`; from a day on: "
                    "`from`.")
            .company(&GeneralJournal::company)
            .field("company", &GeneralJournal::company, "Whose books.")
            .field("from", &GeneralJournal::from, "Only entries of this day and later.")
            .field("journal", &GeneralJournal::journal, "Only entries of this journal.")
            .field("account", &GeneralJournal::account,
                   "Only entries with a line on this account or, of a heading, on one below it.")
            .field("document", &GeneralJournal::document,
                   "Only entries of the source document with this number.")
            .shortest(1)
            .longest(64)
            .field("text", &GeneralJournal::text,
                   "Only entries where this stands in the text of the entry or of a line; capital "
                   "and small letters are the same.")
            .shortest(1)
            .longest(200)
            .field("counterpart", &GeneralJournal::counterpart,
                   "Only entries with a line with this other company of the group; beside "
                   "`account`, a line there.")
            .field("dimensions", &GeneralJournal::dimensions,
                   "Only entries with a line that carries these values; beside `account`, a line "
                   "there.")
            .otherwise_empty()
            .longest(20);
        describe_scope<GeneralJournal>(query).template answers<GeneralJournalLine>(Times::both);
    }
};

struct CombinedJournalLine {
    CompanyCode company;
    EntryId entry;
    std::int64_t line = 1;
    Date date;
    JournalCode journal;
    std::int64_t number = 0;
    std::optional<std::string> document;
    std::string text;
    AccountCode account;
    std::string account_name;
    Money debit;
    Money credit;
    Money amount;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<EntryId> reverses;
    std::optional<CompanyCode> counterpart;
    Timestamp recorded_at = {};
    std::string recorded_by = {};

    bool operator==(const CombinedJournalLine&) const = default;
    static void describe(auto& row) {
        row.record("CombinedJournalLine",
                   "A line of an entry of one of several companies; the lines of one stand "
                   "together.")
            .field("company", &CombinedJournalLine::company, "Whose entry it is.")
            .field("entry", &CombinedJournalLine::entry, "Id of the entry.")
            .field("line", &CombinedJournalLine::line, "Which line of the entry it is, from 1.")
            .field("date", &CombinedJournalLine::date, "Business day of the entry.")
            .field("journal", &CombinedJournalLine::journal, "The journal that it is in.")
            .field("number", &CombinedJournalLine::number, "Its number in journal and fiscal year.")
            .field("document", &CombinedJournalLine::document, "Number of the source document.")
            .field("text", &CombinedJournalLine::text,
                   "Text of the line, or of the entry without one.")
            .field("account", &CombinedJournalLine::account, "Account of the line.")
            .field("account_name", &CombinedJournalLine::account_name, "Its name on that day.")
            .field("debit", &CombinedJournalLine::debit,
                   "If on the debit side, else zero; in the currency of the company's books.")
            .field("credit", &CombinedJournalLine::credit,
                   "If on the credit side, else zero; in the currency of the company's books.")
            .field("amount", &CombinedJournalLine::amount, "In the transaction's currency.")
            .field("dimensions", &CombinedJournalLine::dimensions, "Values that the line carries.")
            .field("reverses", &CombinedJournalLine::reverses,
                   "The entry that this one takes back.")
            .field("counterpart", &CombinedJournalLine::counterpart,
                   "The other company of the group that the line is with.")
            .field("recorded_at", &CombinedJournalLine::recorded_at, "When it was posted.")
            .field("recorded_by", &CombinedJournalLine::recorded_by, "Who posted it.");
    }
};

struct CombinedJournal {
    std::vector<CompanyCode> companies;
    std::optional<Date> from;
    std::optional<AccountCode> account;
    std::optional<std::string> document;
    std::optional<std::string> text;
    std::optional<CompanyCode> counterpart;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query.record("combined_journal",
                     "All lines of the entries of several companies that a question is about, by "
                     "business day and, within a day, as they were posted, each in the currency "
                     "of its company's books.");
        describe_companies<CombinedJournal>(query)
            .field("from", &CombinedJournal::from, "Only entries of this day and later.")
            .field("account", &CombinedJournal::account,
                   "Only entries with a line on this account or, of a heading, on one below it; "
                   "companies without it have none.")
            .field("document", &CombinedJournal::document,
                   "Only entries of the source document with this number.")
            .shortest(1)
            .longest(64)
            .field("text", &CombinedJournal::text,
                   "Only entries where this stands in the text of the entry or of a line; capital "
                   "and small letters are the same.")
            .shortest(1)
            .longest(200)
            .field("counterpart", &CombinedJournal::counterpart,
                   "Only entries with a line with this other company of the group; beside "
                   "`account`, a line there.")
            .field("closing_entries", &CombinedJournal::closing_entries,
                   "Whether the entries that close a year count.")
            .otherwise(ClosingEntries::included)
            .template answers<CombinedJournalLine>(Times::both);
    }
};

}  // namespace kontor::ledger
