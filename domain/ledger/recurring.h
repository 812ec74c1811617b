// Recurring entries: what comes again by a schedule, with amounts that are fixed or follow from
// balances.
//
// A due day is posted once. What is posted is never changed by running again; where amounts follow
// from balances that have changed since, the difference is posted.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/paged_table.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/ledger/entries.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct RecurringThing {
    static constexpr Thing thing{"recurring", "recurring_entries"};
};
using RecurringCode = Code<RecurringThing>;

inline constexpr Reason recurring_exists{
    Refusal::conflict, "recurring_exists",
    "The company has a recurring entry with this code already; end that one and define another."};
inline constexpr Reason schedule_empty{Refusal::invalid, "schedule_empty",
                                       "The schedule has no day: it ends before its first one."};
inline constexpr Reason amount_unclear{
    Refusal::invalid, "amount_unclear",
    "A line has an amount, with or without `base`, or a formula; at most one line has neither and "
    "takes the rest."};
inline constexpr Reason formula_without_base{
    Refusal::invalid, "formula_without_base",
    "Beside a formula or a rest, amounts are in the company's base currency."};
inline constexpr Reason formula_of_own_account{
    Refusal::invalid, "formula_of_own_account",
    "A formula computes from an account that the entry itself moves, so it would never be right."};
inline constexpr Reason formula_of_several_books{
    Refusal::invalid, "formula_of_several_books",
    "A formula comes to one amount, and books that are named may differ: define a recurring entry "
    "for each of them, or one in all books."};
inline constexpr Reason recurring_unknown{Refusal::missing, "recurring_unknown",
                                          "The company has no recurring entry with this code."};
inline constexpr Reason recurring_defined_by_approver{
    Refusal::conflict, "recurring_defined_by_approver",
    "Who has defined a recurring entry does not approve it; somebody else does."};
inline constexpr Reason recurring_approved{Refusal::conflict, "recurring_approved",
                                           "The recurring entry is approved already."};
inline constexpr Reason recurring_paused{Refusal::conflict, "recurring_paused",
                                         "The recurring entry is paused; resume it first."};
inline constexpr Reason recurring_not_paused{Refusal::conflict, "recurring_not_paused",
                                             "The recurring entry is not paused."};
inline constexpr Reason recurring_ended{
    Refusal::conflict, "recurring_ended",
    "The recurring entry has ended, or ends before that day; define another one."};
inline constexpr Reason day_not_due{
    Refusal::invalid, "day_not_due",
    "Nothing is due on that day: it is no day of the schedule, or fell away while it was paused."};

// How often.
enum class Frequency : std::uint8_t { weekly, monthly, quarterly, yearly };

void describe(auto& choice, Frequency) {
    choice.choice("Frequency", "How often something comes again.")
        .value("weekly", "Every seven days from the first.")
        .value("monthly", "Every month.")
        .value("quarterly", "Every three months.")
        .value("yearly", "Every twelve months.");
}

// Which days something is due on.
struct Schedule {
    Frequency every = Frequency::monthly;
    Date from;
    std::optional<std::int64_t> day = std::nullopt;
    std::optional<Date> until = std::nullopt;
    std::optional<std::int64_t> times = std::nullopt;

    // The n-th due day, from 0; empty behind the end.
    std::optional<Date> due(std::int64_t n) const;
    // The number of the first due day that is not before a day, or of what would be behind the end.
    std::int64_t number_from(Date day) const;
    // Which one a day is; empty when it is none.
    std::optional<std::int64_t> number_of(Date day) const;

    bool operator==(const Schedule&) const = default;
    static void describe(auto& record) {
        record.record("Schedule", "Which days something is due on.")
            .field("every", &Schedule::every, "How often.")
            .field("from", &Schedule::from,
                   "The first due day, or the day from which one is looked for, where `day` names "
                   "another of the month.")
            .field("day", &Schedule::day,
                   "Day of the month; where the month is shorter, its last one, so 31 is always "
                   "the last. Absent: that of `from`. Not looked at where it is weekly.")
            .least(1)
            .most(31)
            .field("until", &Schedule::until, "No day behind it is due. Absent: no end.")
            .field("times", &Schedule::times, "How often in all. Absent: no end.")
            .least(1)
            .most(10'000);
    }
};

// What a formula takes from accounts.
enum class BalanceMeasure : std::uint8_t { movement, balance };

void describe(auto& choice, BalanceMeasure) {
    choice.choice("BalanceMeasure", "What a formula takes from accounts.")
        .value("movement", "What was posted in the fiscal period of the due day.")
        .value("balance", "What stands there at the end of that period.");
}

struct AmountFormula {
    Percent percent;
    std::vector<AccountCode> accounts;
    BalanceMeasure measure = BalanceMeasure::movement;

    bool operator==(const AmountFormula&) const = default;
    static void describe(auto& record) {
        record.record("AmountFormula", "An amount that follows from balances.")
            .field("percent", &AmountFormula::percent,
                   "Per hundred of what the accounts come to; rounded half up to the cent.")
            .field("accounts", &AmountFormula::accounts,
                   "Their sum, in base currency, above zero on the side that is usual for their "
                   "kind: income by its credits. Below zero the line changes its side.")
            .shortest(1)
            .longest(100)
            .field("measure", &AmountFormula::measure, "Movement or balance.")
            .otherwise(BalanceMeasure::movement);
    }
};

struct RecurringLine {
    AccountCode account;
    Side side = Side::debit;
    std::optional<Money> amount;
    std::optional<Money> base;
    std::optional<AmountFormula> formula;
    std::string text;
    std::map<DimensionCode, DimensionValueCode> dimensions;

    bool operator==(const RecurringLine&) const = default;
    static void describe(auto& line) {
        line.record("RecurringLine",
                    "A line of a recurring entry: with an amount, a formula, or the rest.")
            .field("account", &RecurringLine::account, "An account that is no heading.")
            .field("side", &RecurringLine::side,
                   "Debit or credit; of the rest, the side that it is usually on.")
            .field("amount", &RecurringLine::amount, "A fixed amount, above zero.")
            .field("base", &RecurringLine::base,
                   "The amount in base currency, as for PostEntry's lines.")
            .field("formula", &RecurringLine::formula,
                   "How the amount follows from balances; in base currency.")
            .field("text", &RecurringLine::text, "Shown on the statement of account.")
            .otherwise_empty()
            .longest(200)
            .field("dimensions", &RecurringLine::dimensions, "Values by dimension.")
            .otherwise_empty()
            .longest(20);
    }
};

struct RecurringDefined {
    CompanyCode company;
    RecurringCode recurring;
    JournalCode journal;
    std::string text;
    std::vector<RecurringLine> lines;
    Schedule schedule;
    std::vector<BookCode> books;
    std::string defined_by;
    std::int64_t settled = 0;

    bool operator==(const RecurringDefined&) const = default;
    static void describe(auto& event) {
        event.record("RecurringDefined", "An entry comes again by a schedule.")
            .company(&RecurringDefined::company)
            .stream(&RecurringDefined::recurring)
            .on_recorded_day()
            .field("company", &RecurringDefined::company, "Whose books.")
            .field("recurring", &RecurringDefined::recurring, "Its code.")
            .field("journal", &RecurringDefined::journal, "The journal that it is posted in.")
            .field("text", &RecurringDefined::text, "What happens.")
            .field("lines", &RecurringDefined::lines, "Its lines.")
            .field("schedule", &RecurringDefined::schedule, "When it is due.")
            .field("books", &RecurringDefined::books, "The books that it is in; empty: all.")
            .field("defined_by", &RecurringDefined::defined_by,
                   "Who defined it, and so does not approve it.")
            .field("settled", &RecurringDefined::settled,
                   "So many due days lie before the company's first fiscal year and fell away.")
            .otherwise(std::int64_t{0});
    }
};

struct RecurringApproved {
    CompanyCode company;
    RecurringCode recurring;

    bool operator==(const RecurringApproved&) const = default;
    static void describe(auto& event) {
        event
            .record("RecurringApproved",
                    "Somebody who did not define it says that the recurring entry is right.")
            .company(&RecurringApproved::company)
            .stream(&RecurringApproved::recurring)
            .on_recorded_day()
            .field("company", &RecurringApproved::company, "Whose books.")
            .field("recurring", &RecurringApproved::recurring, "Its code.");
    }
};

struct RecurringPaused {
    CompanyCode company;
    RecurringCode recurring;

    bool operator==(const RecurringPaused&) const = default;
    static void describe(auto& event) {
        event.record("RecurringPaused", "Nothing of it is posted until it is resumed.")
            .company(&RecurringPaused::company)
            .stream(&RecurringPaused::recurring)
            .on_recorded_day()
            .field("company", &RecurringPaused::company, "Whose books.")
            .field("recurring", &RecurringPaused::recurring, "Its code.");
    }
};

struct RecurringResumed {
    CompanyCode company;
    RecurringCode recurring;
    std::optional<Date> from;

    bool operator==(const RecurringResumed&) const = default;
    static void describe(auto& event) {
        event.record("RecurringResumed", "It is posted again.")
            .company(&RecurringResumed::company)
            .stream(&RecurringResumed::recurring)
            .on_recorded_day()
            .field("company", &RecurringResumed::company, "Whose books.")
            .field("recurring", &RecurringResumed::recurring, "Its code.")
            .field("from", &RecurringResumed::from,
                   "Due days before it that were not posted fell away; absent: none did.");
    }
};

struct RecurringEnded {
    CompanyCode company;
    RecurringCode recurring;
    Date last;

    bool operator==(const RecurringEnded&) const = default;
    static void describe(auto& event) {
        event.record("RecurringEnded", "Nothing of it is due behind a day.")
            .company(&RecurringEnded::company)
            .stream(&RecurringEnded::recurring)
            .on_recorded_day()
            .field("company", &RecurringEnded::company, "Whose books.")
            .field("recurring", &RecurringEnded::recurring, "Its code.")
            .field("last", &RecurringEnded::last, "The last day on which something can be due.");
    }
};

struct RecurringPosted {
    CompanyCode company;
    RecurringCode recurring;
    Date due;
    std::optional<EntryId> entry;
    std::vector<Money> amounts;

    bool operator==(const RecurringPosted&) const = default;
    static void describe(auto& event) {
        event
            .record("RecurringPosted",
                    "What is due on a day is in the books, as far as it was known.")
            .company(&RecurringPosted::company)
            .stream(&RecurringPosted::recurring)
            .on_recorded_day()
            .field("company", &RecurringPosted::company, "Whose books.")
            .field("recurring", &RecurringPosted::recurring, "Its code.")
            .field("due", &RecurringPosted::due, "The due day.")
            .field("entry", &RecurringPosted::entry,
                   "The entry; absent: all amounts came to nothing.")
            .field("amounts", &RecurringPosted::amounts,
                   "Where a line has a formula: what each line comes to in all, in base currency, "
                   "below zero on the other side.");
    }
};

struct DefineRecurring {
    CompanyCode company;
    RecurringCode recurring;
    JournalCode journal;
    std::string text;
    std::vector<RecurringLine> lines;
    Schedule schedule;
    std::vector<BookCode> books;

    static void describe(auto& command) {
        command
            .record("DefineRecurring",
                    "Says that an entry comes again by a schedule. PostDueEntries posts what is "
                    "due; until then nothing is posted. Due days before the company's first "
                    "fiscal year fall away. What accounts and balance must be is looked at each "
                    "time it is posted.")
            .company(&DefineRecurring::company)
            .stream(&DefineRecurring::recurring)
            .example(R"({"company": "DEMO", "recurring": "INSURANCE", "journal": "GEN", "text":
                "Insurance of the shop", "lines": [{"account": "5300", "side": "debit", "amount":
                {"amount": "85.00", "currency": "EUR"}}, {"account": "1010", "side": "credit",
                "amount": {"amount": "85.00", "currency": "EUR"}}], "schedule": {"every":
                "monthly", "from": "2026-08-31", "day": 31, "times": 4}})")
            .field("company", &DefineRecurring::company, "Whose books.")
            .field("recurring", &DefineRecurring::recurring,
                   "A code for it, such as \"RENT\"; entries name it as their origin.")
            .field("journal", &DefineRecurring::journal, "An open journal.")
            .field("text", &DefineRecurring::text, "What happens, for the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .field("lines", &DefineRecurring::lines, "2 to 1,000 lines.")
            .field("schedule", &DefineRecurring::schedule, "When it is due.")
            .field(
                "books", &DefineRecurring::books,
                "The books that it is in; empty: all. With formulas at most one: they count what "
                "is in all books and what is in this one.")
            .otherwise_empty()
            .longest(20)
            .refuses(companies::company_unknown, recurring_exists, journal_unknown, book_unknown,
                     too_few_lines, too_many_lines, schedule_empty, formula_of_several_books,
                     // Of the first line that has one:
                     account_unknown, amount_not_positive, amount_unclear, formula_without_base,
                     account_is_summary, formula_of_own_account);
    }
};

struct ApproveRecurring {
    CompanyCode company;
    RecurringCode recurring;

    static void describe(auto& command) {
        command
            .record("ApproveRecurring",
                    "Says that a recurring entry is right, so that it is posted above the amount "
                    "of the company's policy too. Who defined it does not approve it.")
            .company(&ApproveRecurring::company)
            .stream(&ApproveRecurring::recurring)
            .example(R"({"company": "DEMO", "recurring": "CLEANING"})")
            .field("company", &ApproveRecurring::company, "Whose books.")
            .field("recurring", &ApproveRecurring::recurring, "Its code.")
            .refuses(recurring_unknown, recurring_approved, recurring_defined_by_approver);
    }
};

struct PauseRecurring {
    CompanyCode company;
    RecurringCode recurring;

    static void describe(auto& command) {
        command
            .record("PauseRecurring",
                    "Posts nothing of it for a while. What comes due waits until it is resumed.")
            .company(&PauseRecurring::company)
            .stream(&PauseRecurring::recurring)
            .example(R"({"company": "DEMO", "recurring": "INSURANCE"})")
            .field("company", &PauseRecurring::company, "Whose books.")
            .field("recurring", &PauseRecurring::recurring, "Its code.")
            .refuses(recurring_unknown, recurring_paused);
    }
};

struct ResumeRecurring {
    CompanyCode company;
    RecurringCode recurring;
    std::optional<Date> from;

    static void describe(auto& command) {
        command
            .record("ResumeRecurring",
                    "Posts it again from now on, with or without what came due in the meantime.")
            .company(&ResumeRecurring::company)
            .stream(&ResumeRecurring::recurring)
            .example(R"({"company": "DEMO", "recurring": "INSURANCE"})")
            .field("company", &ResumeRecurring::company, "Whose books.")
            .field("recurring", &ResumeRecurring::recurring, "Its code.")
            .field("from", &ResumeRecurring::from,
                   "Due days before it that are not posted fall away, such as those of months "
                   "without rent. Absent: all are posted.")
            .refuses(recurring_unknown, recurring_not_paused);
    }
};

struct EndRecurring {
    CompanyCode company;
    RecurringCode recurring;
    std::optional<Date> last;

    static void describe(auto& command) {
        command
            .record("EndRecurring",
                    "Ends it: nothing is due behind a day. What is posted stays; what was due "
                    "before is still posted.")
            .company(&EndRecurring::company)
            .stream(&EndRecurring::recurring)
            .example(R"({"company": "DEMO", "recurring": "CLEANING", "last": "2026-12-31"})")
            .field("company", &EndRecurring::company, "Whose books.")
            .field("recurring", &EndRecurring::recurring, "Its code.")
            .field("last", &EndRecurring::last,
                   "The last day on which something can be due; absent: today.")
            .refuses(recurring_unknown, recurring_ended);
    }
};

struct PostRecurring {
    CompanyCode company;
    RecurringCode recurring;
    Date due;

    static void describe(auto& command) {
        command
            .record("PostRecurring",
                    "Posts what a recurring entry comes to on a due day, under an id that follows "
                    "from both. Once more, it posts nothing, or, where amounts follow from "
                    "balances, what has changed since. What was reversed by hand is not posted "
                    "again.")
            .company(&PostRecurring::company)
            .stream(&PostRecurring::recurring)
            .example(R"({"company": "DEMO", "recurring": "INSURANCE", "due": "2026-08-31"})")
            .field("company", &PostRecurring::company, "Whose books.")
            .field("recurring", &PostRecurring::recurring, "Its code.")
            .field("due", &PostRecurring::due, "A due day of its schedule; the entry's date.")
            .refuses(recurring_unknown, day_not_due, recurring_paused, recurring_ended);
        refuses_as_entry(command).refuses(approval_required);
    }
};

struct RecurringKey {
    CompanyCode company;
    RecurringCode recurring;

    auto operator<=>(const RecurringKey&) const = default;
    static void describe(auto& key) {
        key.record("RecurringKey", "A recurring entry of a company.")
            .field("company", &RecurringKey::company, "Whose books.")
            .field("recurring", &RecurringKey::recurring, "Its code.");
    }
};

struct Recurring {
    JournalCode journal;
    std::string text;
    std::vector<RecurringLine> lines;
    Schedule schedule;
    std::vector<BookCode> books;
    std::string defined_by;
    bool approved = false;
    bool paused = false;
    std::optional<Date> last = std::nullopt;
    std::int64_t settled = 0;

    static void describe(auto& record) {
        record.record("Recurring", "A recurring entry as decisions know it.")
            .field("journal", &Recurring::journal, "The journal that it is posted in.")
            .field("text", &Recurring::text, "What happens.")
            .field("lines", &Recurring::lines, "Its lines.")
            .field("schedule", &Recurring::schedule, "When it is due.")
            .field("books", &Recurring::books, "The books that it is in; empty: all.")
            .field("defined_by", &Recurring::defined_by, "Who defined it.")
            .field("approved", &Recurring::approved, "Somebody else says that it is right.")
            .field("paused", &Recurring::paused, "Nothing of it is posted.")
            .field("last", &Recurring::last, "Nothing is due behind it.")
            .field("settled", &Recurring::settled,
                   "So many due days from the first are posted or have fallen away.");
    }
};
using Recurrings = Table<RecurringKey, Recurring>;

struct RecurringRunKey {
    CompanyCode company;
    RecurringCode recurring;
    Date due;

    auto operator<=>(const RecurringRunKey&) const = default;
    static void describe(auto& key) {
        key.record("RecurringRunKey", "A due day of a recurring entry.")
            .field("company", &RecurringRunKey::company, "Whose books.")
            .field("recurring", &RecurringRunKey::recurring, "Its code.")
            .field("due", &RecurringRunKey::due, "The due day.");
    }
};

struct RecurringRun {
    std::int64_t times = 0;
    std::vector<Money> amounts;

    static void describe(auto& record) {
        record.record("RecurringRun", "What was posted for a due day.")
            .field("times", &RecurringRun::times, "How often something was posted.")
            .field("amounts", &RecurringRun::amounts,
                   "What each line comes to in all, where one has a formula.");
    }
};
using RecurringRuns = PagedTable<RecurringRunKey, RecurringRun>;

// What the accounts of a formula come to, above zero on the side that is usual for their kind.
using FormulaSum = std::function<Wide(const AmountFormula&)>;
// What each line comes to in base currency, below zero on the other side; empty where one is beyond
// what an amount may be.
std::optional<std::vector<Money>> computed_amounts(const std::vector<RecurringLine>&, Currency base,
                                                   const FormulaSum&);

Decision<RecurringDefined> decide(const World&, const DefineRecurring&, const Context&);
Decision<RecurringApproved> decide(const World&, const ApproveRecurring&, const Context&);
Decision<RecurringPaused> decide(const World&, const PauseRecurring&, const Context&);
Decision<RecurringResumed> decide(const World&, const ResumeRecurring&, const Context&);
Decision<RecurringEnded> decide(const World&, const EndRecurring&, const Context&);
Decision<EntryPosted, RecurringPosted> decide(const World&, const PostRecurring&, const Context&);
void evolve(Recurrings&, const RecurringDefined&);
void evolve(Recurrings&, const RecurringApproved&);
void evolve(Recurrings&, const RecurringPaused&);
void evolve(Recurrings&, const RecurringResumed&);
void evolve(Recurrings&, const RecurringEnded&);
void evolve(Recurrings&, const RecurringPosted&);
void evolve(RecurringRuns&, const RecurringPosted&);

Part recurring();

}  // namespace kontor::ledger
