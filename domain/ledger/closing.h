// The end of a fiscal year: its income and expenses are carried to retained earnings, by entries
// that can be seen and taken back.
//
// Each account with income or expenses is brought to zero in each of its dimensions and books, so a
// late fact leaves a remainder there and closing again carries that alone. What another account is
// to take first goes over that one, a stage after the other.
#pragma once

#include "domain/ledger/derived_entries.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

inline constexpr Reason retained_earnings_missing{
    Refusal::conflict, "retained_earnings_missing",
    "Neither the command nor the company's policy names the account that takes the result."};
inline constexpr Reason earlier_year_not_closed{
    Refusal::conflict, "earlier_year_not_closed",
    "The result of an earlier year is not in equity yet, or not all of it; close that one first."};
inline constexpr Reason closing_before_adjustments{
    Refusal::invalid, "closing_before_adjustments",
    "An adjustment period behind the one that is named has income or expenses; the close lies in "
    "that one or behind it, so that each period shows its own."};
inline constexpr Reason fiscal_year_not_closed{
    Refusal::conflict, "fiscal_year_not_closed",
    "No entry carries the result of the year to equity, or all of them are reversed."};

struct FiscalYearClosed {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    AccountCode retained_earnings;
    std::vector<EntryId> entries;

    bool operator==(const FiscalYearClosed&) const = default;
    static void describe(auto& event) {
        event
            .record("FiscalYearClosed",
                    "The result of a fiscal year is in equity, as far as it was known.")
            .company(&FiscalYearClosed::company)
            .stream(&FiscalYearClosed::fiscal_year)
            .on_recorded_day()
            .field("company", &FiscalYearClosed::company, "Whose books.")
            .field("fiscal_year", &FiscalYearClosed::fiscal_year, "Code of the year.")
            .field("retained_earnings", &FiscalYearClosed::retained_earnings,
                   "Where the result was carried to.")
            .field("entries", &FiscalYearClosed::entries,
                   "The entries that carry it; none where nothing was left to carry.");
    }
};

struct CloseFiscalYear {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    EntryId entry;
    JournalCode journal;
    std::optional<AccountCode> retained_earnings;
    std::optional<std::int64_t> period;
    std::string text;

    static void describe(auto& command) {
        command
            .record("CloseFiscalYear",
                    "Carries all income and expenses of a year to retained earnings, on its last "
                    "day, over the accounts that SetClosingAccount names. The income statement "
                    "leaves such entries out. Once more, after late "
                    "facts, it carries what is left; with nothing left it posts nothing. Periods "
                    "stay as they are: close the year's last one by ClosePeriod afterwards.")
            .company(&CloseFiscalYear::company)
            .stream(&CloseFiscalYear::fiscal_year)
            .example(R"({"company": "DEMO", "fiscal_year": "2026", "entry":
                "01980000-0000-7000-8000-000000000203", "journal": "GEN", "retained_earnings":
                "3100", "text": "Result of 2026"})")
            .field("company", &CloseFiscalYear::company, "Whose books.")
            .field("fiscal_year", &CloseFiscalYear::fiscal_year, "Code of the year.")
            .field("entry", &CloseFiscalYear::entry,
                   "A new id, chosen by the client. Where it takes several entries, as for books "
                   "that differ or accounts that are closed to others first, the ids of the others "
                   "follow from it.")
            .field("journal", &CloseFiscalYear::journal, "An open journal, such as \"GEN\".")
            .field("retained_earnings", &CloseFiscalYear::retained_earnings,
                   "The account of equity that takes the result. Absent: the company's, as set by "
                   "SetLedgerPolicy.")
            .field("period", &CloseFiscalYear::period,
                   "Number of the period that the entries are in, one that has the year's last "
                   "day. Absent: the last that has income or expenses of the year's last day, and "
                   "so the last ordinary one where no adjustment period has any.")
            .least(1)
            .most(most_periods)
            .field("text", &CloseFiscalYear::text, "What the entries say.")
            .otherwise_empty()
            .longest(500)
            .refuses(fiscal_year_unknown, entry_exists, journal_unknown, retained_earnings_missing,
                     account_unknown, account_is_summary, account_not_equity, account_blocked,
                     dimension_missing, earlier_year_not_closed, date_outside_period,
                     closing_before_adjustments, period_closed, period_soft_closed,
                     account_is_control, account_currency_differs, entry_too_large);
    }
};

struct ReopenFiscalYear {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReopenFiscalYear",
                    "Takes back the entries that carried the result of a year to equity, on their "
                    "own day, and reopens the periods that they are in. In balances nothing is "
                    "left of the close.")
            .company(&ReopenFiscalYear::company)
            .stream(&ReopenFiscalYear::fiscal_year)
            .example(R"({"company": "DEMO", "fiscal_year": "2026", "reason":
                "The auditor found an unposted bill"})")
            .field("company", &ReopenFiscalYear::company, "Whose books.")
            .field("fiscal_year", &ReopenFiscalYear::fiscal_year, "Code of the year.")
            .field("reason", &ReopenFiscalYear::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(fiscal_year_unknown, fiscal_year_not_closed);
    }
};

Decision<EntryPosted, FiscalYearClosed> decide(const World&, const CloseFiscalYear&,
                                               const Context&);
Steps<ReopenPeriod, ReverseEntry> decide(const World&, const ReopenFiscalYear&, const Context&);

Part closing();

}  // namespace kontor::ledger
