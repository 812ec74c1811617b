// Deferrals: an amount that is paid or received at once and belongs to a span of time, released
// from the balance sheet to income or expense period by period.
//
// What is released through a day follows from the amount and the days or months that have passed,
// less what was released before. So no cent is lost, and a release that comes late takes with it
// what earlier periods did not take.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/ledger/entries.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kontor::ledger {

struct DeferralThing {
    static constexpr Thing thing{"deferral", "deferrals"};
};
using DeferralCode = Code<DeferralThing>;

inline constexpr Reason deferral_exists{Refusal::conflict, "deferral_exists",
                                        "The company has a deferral with this code already."};
inline constexpr Reason deferral_without_days{
    Refusal::invalid, "deferral_without_days",
    "The span of the deferral ends before its first day."};
inline constexpr Reason deferral_beyond_calendar{
    Refusal::invalid, "deferral_beyond_calendar",
    "By fiscal periods a deferral lies within the company's fiscal years, or nobody could tell how "
    "many periods share it; open the years, or spread it by days or months."};
inline constexpr Reason deferral_currency_differs{
    Refusal::invalid, "deferral_currency_differs",
    "The amount of a deferral is in the company's base currency."};
inline constexpr Reason deferral_accounts_unfit{
    Refusal::invalid, "deferral_accounts_unfit",
    "A deferral is held on an account of assets or liabilities and released to one of income or "
    "expense."};
inline constexpr Reason deferral_unknown{Refusal::missing, "deferral_unknown",
                                         "The company has no deferral with this code."};
inline constexpr Reason deferral_approved{Refusal::conflict, "deferral_approved",
                                          "The deferral is approved already."};
inline constexpr Reason deferral_started_by_approver{
    Refusal::conflict, "deferral_started_by_approver",
    "Who has begun a deferral does not approve it; somebody else does."};
inline constexpr Reason deferral_released{Refusal::conflict, "deferral_released",
                                          "All of the deferral is released already."};
inline constexpr Reason release_not_due{
    Refusal::invalid, "release_not_due",
    "The day ends neither an ordinary period nor the span of the deferral, or lies outside it."};

// How an amount is spread over its span.
enum class ReleaseBy : std::uint8_t { days, months, periods };

void describe(auto& choice, ReleaseBy) {
    choice.choice("ReleaseBy", "How an amount is spread over its span.")
        .value("days", "Each day takes as much as any other.")
        .value("months",
               "Each calendar month that the span touches takes as much as any other, in the "
               "period that has its last day.")
        .value("periods",
               "Each ordinary period of the company's fiscal years that the span touches takes as "
               "much as any other, as where years are cut into 4-4-5 weeks or thirteen periods.");
}

struct AmountDeferred {
    CompanyCode company;
    DeferralCode deferral;
    JournalCode journal;
    std::string text;
    Money amount;
    AccountCode held_on;
    AccountCode released_to;
    Period span;
    ReleaseBy by = ReleaseBy::days;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::vector<BookCode> books;
    std::string deferred_by;
    std::vector<Date> part_ends = {};

    bool operator==(const AmountDeferred&) const = default;
    static void describe(auto& event) {
        event.record("AmountDeferred", "An amount is released over a span of time.")
            .company(&AmountDeferred::company)
            .stream(&AmountDeferred::deferral)
            .on_recorded_day()
            .field("company", &AmountDeferred::company, "Whose books.")
            .field("deferral", &AmountDeferred::deferral, "Its code.")
            .field("journal", &AmountDeferred::journal, "The journal of the releases.")
            .field("text", &AmountDeferred::text, "What it is for.")
            .field("amount", &AmountDeferred::amount, "What is released in all.")
            .field("held_on", &AmountDeferred::held_on, "The account that it is released from.")
            .field("released_to", &AmountDeferred::released_to,
                   "The account of income or expense that it is released to.")
            .field("span", &AmountDeferred::span, "The days that it belongs to.")
            .field("by", &AmountDeferred::by, "How it is spread over them.")
            .field("dimensions", &AmountDeferred::dimensions, "What the releases carry.")
            .field("books", &AmountDeferred::books, "The books that it is in; empty: all.")
            .field("deferred_by", &AmountDeferred::deferred_by,
                   "Who began it, and so does not approve it.")
            .field("part_ends", &AmountDeferred::part_ends,
                   "By periods: the last day of each in the span, in order; empty otherwise.")
            .otherwise_empty();
    }
};

struct DeferralApproved {
    CompanyCode company;
    DeferralCode deferral;

    bool operator==(const DeferralApproved&) const = default;
    static void describe(auto& event) {
        event
            .record("DeferralApproved",
                    "Somebody who did not begin it says that the deferral is right.")
            .company(&DeferralApproved::company)
            .stream(&DeferralApproved::deferral)
            .on_recorded_day()
            .field("company", &DeferralApproved::company, "Whose books.")
            .field("deferral", &DeferralApproved::deferral, "Its code.");
    }
};

struct DeferralReleased {
    CompanyCode company;
    DeferralCode deferral;
    Date date;
    Date through;
    Money amount;
    std::optional<EntryId> entry;

    bool operator==(const DeferralReleased&) const = default;
    static void describe(auto& event) {
        event.record("DeferralReleased", "A part of a deferral is income or expense.")
            .company(&DeferralReleased::company)
            .stream(&DeferralReleased::deferral)
            .on(&DeferralReleased::date)
            .field("company", &DeferralReleased::company, "Whose books.")
            .field("deferral", &DeferralReleased::deferral, "Its code.")
            .field("date", &DeferralReleased::date, "The entry's business day.")
            .field("through", &DeferralReleased::through,
                   "The last day whose part is released now.")
            .field("amount", &DeferralReleased::amount, "The part.")
            .field("entry", &DeferralReleased::entry,
                   "The entry; absent: nothing is left to release for these days, or less than a "
                   "cent.");
    }
};

struct DeferAmount {
    CompanyCode company;
    DeferralCode deferral;
    JournalCode journal;
    std::string text;
    Money amount;
    AccountCode held_on;
    AccountCode released_to;
    Period span;
    ReleaseBy by = ReleaseBy::days;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::vector<BookCode> books;

    static void describe(auto& command) {
        command
            .record("DeferAmount",
                    "Says that an amount that stands on an account of the balance sheet is "
                    "released to income or expense over a span of time. PostDueEntries posts the "
                    "releases, each on the last day of a fiscal period or of the span.")
            .company(&DeferAmount::company)
            .stream(&DeferAmount::deferral)
            .example(R"({"company": "DEMO", "deferral": "INSURANCE-2026", "journal": "GEN", "text":
                "Insurance, paid for a year", "amount": {"amount": "365.00", "currency": "EUR"},
                "held_on": "1400", "released_to": "5300", "span": {"first": "2026-08-01", "last":
                "2026-12-31"}, "by": "months"})")
            .field("company", &DeferAmount::company, "Whose books.")
            .field("deferral", &DeferAmount::deferral,
                   "A code for it, such as \"INSURANCE-2026\"; entries name it as their origin.")
            .field("journal", &DeferAmount::journal, "An open journal, for the releases.")
            .field("text", &DeferAmount::text, "What it is for, for the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .field("amount", &DeferAmount::amount,
                   "Above zero, in base currency. It stands on `held_on` already, or will.")
            .field("held_on", &DeferAmount::held_on,
                   "An account of assets or liabilities, such as prepaid expenses.")
            .field("released_to", &DeferAmount::released_to,
                   "An account of expense, which is debited, or of income, which is credited.")
            .field("span", &DeferAmount::span, "The days that the amount belongs to.")
            .field("by", &DeferAmount::by,
                   "How it is spread over them: by days, calendar months or fiscal periods.")
            .otherwise(ReleaseBy::days)
            .field("dimensions", &DeferAmount::dimensions,
                   "Values by dimension, on both lines of each release.")
            .otherwise_empty()
            .longest(20)
            .field("books", &DeferAmount::books, "The books that it is in; empty: all.")
            .otherwise_empty()
            .longest(20)
            .refuses(companies::company_unknown, deferral_exists, journal_unknown, book_unknown,
                     deferral_without_days, deferral_beyond_calendar, deferral_currency_differs,
                     amount_not_positive, account_unknown, account_is_summary, account_blocked,
                     account_is_control, account_currency_differs, dimension_missing,
                     dimension_unknown, dimension_value_unknown, dimension_value_blocked,
                     deferral_accounts_unfit);
    }
};

struct ApproveDeferral {
    CompanyCode company;
    DeferralCode deferral;

    static void describe(auto& command) {
        command
            .record("ApproveDeferral",
                    "Says that a deferral is right, so that it is released above the amount of the "
                    "company's policy too. Who began it does not approve it.")
            .company(&ApproveDeferral::company)
            .stream(&ApproveDeferral::deferral)
            .example(R"({"company": "DEMO", "deferral": "LICENCE"})")
            .field("company", &ApproveDeferral::company, "Whose books.")
            .field("deferral", &ApproveDeferral::deferral, "Its code.")
            .refuses(deferral_unknown, deferral_approved, deferral_started_by_approver);
    }
};

struct ReleaseDeferral {
    CompanyCode company;
    DeferralCode deferral;
    Date through;

    static void describe(auto& command) {
        command
            .record("ReleaseDeferral",
                    "Posts what of a deferral belongs to the days through one and is not released "
                    "yet, under an id that follows from both. Once more, it posts nothing, unless "
                    "a release was reversed in between.")
            .company(&ReleaseDeferral::company)
            .stream(&ReleaseDeferral::deferral)
            .example(
                R"({"company": "DEMO", "deferral": "INSURANCE-2026", "through": "2026-08-31"})")
            .field("company", &ReleaseDeferral::company, "Whose books.")
            .field("deferral", &ReleaseDeferral::deferral, "Its code.")
            .field("through", &ReleaseDeferral::through,
                   "The last day of an ordinary period, or of the span; the entry's date.")
            .refuses(deferral_unknown, release_not_due);
        refuses_as_entry(command).refuses(approval_required);
    }
};

struct EndDeferral {
    CompanyCode company;
    DeferralCode deferral;
    EntryId entry;
    std::optional<Date> date;
    std::string text;

    static void describe(auto& command) {
        command
            .record("EndDeferral",
                    "Releases at once all that is left of a deferral, such as when a contract "
                    "ends before its time.")
            .company(&EndDeferral::company)
            .stream(&EndDeferral::deferral)
            .example(R"({"company": "DEMO", "deferral": "LICENCE", "entry":
                "01980000-0000-7000-8000-0000000000f1", "date": "2026-09-15", "text":
                "The licence was given back"})")
            .field("company", &EndDeferral::company, "Whose books.")
            .field("deferral", &EndDeferral::deferral, "Its code.")
            .field("entry", &EndDeferral::entry, "A new id, for the entry.")
            .field("date", &EndDeferral::date, "The entry's business day. Absent: today.")
            .field("text", &EndDeferral::text, "Why. Empty: the text of the deferral.")
            .otherwise_empty()
            .longest(500)
            .refuses(deferral_unknown, deferral_released);
        refuses_as_entry(command).refuses(approval_required);
    }
};

struct DeferralKey {
    CompanyCode company;
    DeferralCode deferral;

    auto operator<=>(const DeferralKey&) const = default;
    static void describe(auto& key) {
        key.record("DeferralKey", "A deferral of a company.")
            .field("company", &DeferralKey::company, "Whose books.")
            .field("deferral", &DeferralKey::deferral, "Its code.");
    }
};

struct Deferral {
    JournalCode journal;
    std::string text;
    Money amount;
    AccountCode held_on;
    AccountCode released_to;
    Period span;
    ReleaseBy by = ReleaseBy::days;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::vector<BookCode> books;
    std::string deferred_by;
    bool approved = false;
    Money released;
    std::optional<Date> through = std::nullopt;
    std::optional<Date> given_back = std::nullopt;
    std::vector<Date> part_ends = {};

    static void describe(auto& record) {
        record.record("Deferral", "A deferral as decisions know it.")
            .field("journal", &Deferral::journal, "The journal of the releases.")
            .field("text", &Deferral::text, "What it is for.")
            .field("amount", &Deferral::amount, "What is released in all.")
            .field("held_on", &Deferral::held_on, "The account that it is released from.")
            .field("released_to", &Deferral::released_to, "The account that it is released to.")
            .field("span", &Deferral::span, "The days that it belongs to.")
            .field("by", &Deferral::by, "How it is spread over them.")
            .field("dimensions", &Deferral::dimensions, "What the releases carry.")
            .field("books", &Deferral::books, "The books that it is in; empty: all.")
            .field("deferred_by", &Deferral::deferred_by, "Who began it.")
            .field("approved", &Deferral::approved, "Somebody else says that it is right.")
            .field("released", &Deferral::released, "What is released so far.")
            .field("through", &Deferral::through,
                   "Days through it are done; what is still due of them comes with later ones.")
            .field("given_back", &Deferral::given_back, "Day of the last reversal of a release.")
            .field("part_ends", &Deferral::part_ends,
                   "By periods: the last day of each in the span, in order.");
    }
};
using Deferrals = Table<DeferralKey, Deferral>;

// What belongs to the days of the span through one: nothing before the first, all at the last.
// By periods, `part_ends` are the last days of those that share it.
Money part_through(Money amount, Period span, ReleaseBy by, Date through,
                   std::span<const Date> part_ends = {});
// The days through one on which parts are due that are not released, in order. Those from before
// the calendar's first day are due with the first one in it; where the calendar ends, they do.
std::vector<Date> release_days(const World&, const CompanyCode&, const Deferral&, Date through);

// Debits less credits of an account, in smallest units of the base currency.
std::int64_t debit_on(const AccountCode&, const std::vector<PostedLine>&);
// What an entry of a deferral takes from where it is held: a reversal gives it back, and what
// replaces a release takes it again. All of its entries take from the same side.
std::int64_t taken_by(const EntryPosted&, const AccountCode& held_on);

Decision<AmountDeferred> decide(const World&, const DeferAmount&, const Context&);
Decision<DeferralApproved> decide(const World&, const ApproveDeferral&, const Context&);
Decision<EntryPosted, DeferralReleased> decide(const World&, const ReleaseDeferral&,
                                               const Context&);
Decision<EntryPosted, DeferralReleased> decide(const World&, const EndDeferral&, const Context&);
void evolve(Deferrals&, const AmountDeferred&);
void evolve(Deferrals&, const DeferralApproved&);
void evolve(Deferrals&, const DeferralReleased&);
void evolve(Deferrals&, const EntryPosted&);

Part deferrals();

}  // namespace kontor::ledger
