// Journal entries: what happened in money, with debits equal to credits, never changed afterwards.
//
// An entry that was wrong is reversed and, if need be, replaced; both are entries of their own and
// stay in the books with the wrong one, so that every figure of the past can be told again.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/paged_table.h"
#include "domain/core/world.h"
#include "domain/ledger/accounts.h"
#include "domain/ledger/calendar.h"
#include "domain/ledger/dimensions.h"
#include "domain/ledger/journals.h"
#include "domain/ledger/parallel_books.h"
#include "domain/ledger/policy.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct EntryThing {
    static constexpr Thing thing{"entry", "journal"};
};
using EntryId = Id<EntryThing>;

struct DraftThing {
    static constexpr Thing thing{"draft", "drafts"};
};
using DraftId = Id<DraftThing>;

constexpr std::size_t most_lines = 1'000;
constexpr std::size_t most_attachments = 100;

inline constexpr Reason entry_exists{Refusal::conflict, "entry_exists",
                                     "The company has an entry with this id already."};
inline constexpr Reason too_few_lines{
    Refusal::invalid, "too_few_lines",
    "An entry has at least two lines: what one account gets, another gives."};
inline constexpr Reason too_many_lines{Refusal::invalid, "too_many_lines",
                                       "An entry has at most 1,000 lines; split it."};
inline constexpr Reason date_outside_calendar{
    Refusal::invalid, "date_outside_calendar",
    "No fiscal year of the company has the date; open the year, or mend the date."};
inline constexpr Reason date_outside_period{
    Refusal::invalid, "date_outside_period",
    "The date is no day of the period that is named; an adjustment period is the last day of its "
    "fiscal year."};
inline constexpr Reason counterpart_unknown{
    Refusal::missing, "counterpart_unknown",
    "No company has the code that a line names as its counterpart."};
inline constexpr Reason counterpart_is_itself{
    Refusal::invalid, "counterpart_is_itself",
    "A company is no counterpart of itself; the counterpart of a line is another company."};
inline constexpr Reason document_exists{
    Refusal::conflict, "document_exists",
    "Another entry of the journal has this document number; a reversed one would have given it "
    "back."};
inline constexpr Reason replaced_unknown{
    Refusal::missing, "replaced_unknown",
    "The company has no entry with the id that is to be replaced."};
inline constexpr Reason replaced_not_reversed{
    Refusal::conflict, "replaced_not_reversed",
    "The entry that is to be replaced still counts; reverse it first, or correct it."};
inline constexpr Reason attachment_hash_malformed{
    Refusal::invalid, "attachment_hash_malformed",
    "The SHA-256 of an attachment is 64 hexadecimal digits."};
inline constexpr Reason attachment_exists{
    Refusal::conflict, "attachment_exists",
    "The entry has an attachment with this hash already; it is the same file."};
inline constexpr Reason amount_not_positive{
    Refusal::invalid, "amount_not_positive",
    "The amount of a line is not above zero; the side carries the direction."};
inline constexpr Reason base_not_in_base_currency{
    Refusal::invalid, "base_not_in_base_currency",
    "The `base` of a line is not in the company's base currency."};
inline constexpr Reason base_contradicts_amount{
    Refusal::invalid, "base_contradicts_amount",
    "The amount of a line is in the base currency and its `base` is another amount."};
inline constexpr Reason base_negative{
    Refusal::invalid, "base_negative",
    "The `base` of a line is below zero; the side carries the direction."};
inline constexpr Reason rate_contradicts_base{
    Refusal::invalid, "rate_contradicts_base",
    "The amount of a line at its `rate` is not its `base`; say one of them."};
inline constexpr Reason rate_unknown{
    Refusal::missing, "rate_unknown",
    "The amount of a line is not in the company's base currency, and no rate of its type is known "
    "on the day, or only one that is older than the company's policy lets it be; set it, or say "
    "the line's `base` or `rate`."};
inline constexpr Reason dimension_missing{Refusal::invalid, "dimension_missing",
                                          "A line lacks a dimension that its account requires."};
inline constexpr Reason entry_too_large{
    Refusal::invalid, "entry_too_large",
    "The debits or the credits add up to more than 10^15 smallest units of the base currency."};
inline constexpr Reason entry_unbalanced{
    Refusal::invalid, "entry_unbalanced",
    "Debits and credits differ in the base currency, by more than the company's policy takes to "
    "its rounding account."};
inline constexpr Reason approval_required{
    Refusal::conflict, "approval_required",
    "The entry is above the amount from which the company wants a second pair of eyes; save it as "
    "a draft, have somebody else approve that, and post the draft. A correction is a reversal and "
    "a draft that replaces."};
inline constexpr Reason entry_unknown{Refusal::missing, "entry_unknown",
                                      "The company has no entry with this id."};
inline constexpr Reason entry_is_reversal{
    Refusal::conflict, "entry_is_reversal",
    "The entry is a reversal itself; post what was right as a new entry."};
inline constexpr Reason entry_is_accrual{
    Refusal::conflict, "entry_is_accrual",
    "The entry is an accrual, whose reversal is posted already; ReverseAccrual takes both back."};
inline constexpr Reason entry_reversed{Refusal::conflict, "entry_reversed",
                                       "The entry is reversed already."};
inline constexpr Reason replacement_before_reversal{
    Refusal::invalid, "replacement_before_reversal",
    "The wrong entry counts until its reversal, so a replacement dated before that day would count "
    "beside it; date it on that day or later, or reverse the entry on its own day."};
inline constexpr Reason reversal_before_entry{
    Refusal::invalid, "reversal_before_entry",
    "The reversal would be dated before the entry that it takes back."};

// What statements must tell apart among entries.
enum class EntryKind : std::uint8_t { ordinary, closing, opening };

void describe(auto& choice, EntryKind) {
    choice.choice("EntryKind", "What statements tell apart among entries.")
        .value("ordinary", "What happened in the business.")
        .value("closing",
               "Carries a year's income and expenses to equity; the income statement leaves it "
               "out.")
        .value("opening",
               "Says what stood when the books began; cash flow and changes in equity begin with "
               "it, whatever its day.");
}

// By what rule an entry is made that nobody enters line by line.
enum class EntryRule : std::uint8_t {
    recurrence,
    accrual,
    deferral,
    allocation,
    revaluation,
    closing
};

void describe(auto& choice, EntryRule) {
    choice.choice("EntryRule", "By what rule an entry is made that nobody enters line by line.")
        .value("recurrence", "It comes again by a schedule.")
        .value("accrual", "It takes an accrual back in the next period.")
        .value("deferral", "It releases the part of a period.")
        .value("allocation", "It shares a balance out.")
        .value("revaluation",
               "It brings foreign balances to the rate of a day, or takes that back.")
        .value("closing", "It carries the result of a year to equity.");
}

// What an entry follows from; the entries of one origin together are what the rule comes to.
struct EntryOrigin {
    EntryRule rule = EntryRule::recurrence;
    std::string of;
    FiscalYearCode fiscal_year;
    std::int64_t period = 0;

    auto operator<=>(const EntryOrigin&) const = default;
    static void describe(auto& record) {
        record.record("EntryOrigin", "What an entry follows from.")
            .field("rule", &EntryOrigin::rule, "By what rule it was made.")
            .field("of", &EntryOrigin::of,
                   "Code of the schedule, deferral or allocation; empty where a company has one "
                   "such rule.")
            .field("fiscal_year", &EntryOrigin::fiscal_year,
                   "The fiscal year that it was made for.")
            .field("period", &EntryOrigin::period, "The period of that year; 0: the whole year.");
    }
};

// A file that proves an entry. It lies elsewhere; the hash tells whether it is the one.
struct Attachment {
    std::string name;
    std::string sha256;
    std::int64_t size = 0;
    std::optional<std::string> media_type = std::nullopt;

    bool operator==(const Attachment&) const = default;
    static void describe(auto& record) {
        record.record("Attachment", "A file that belongs to an entry, and is kept elsewhere.")
            .field("name", &Attachment::name, "What it is called, such as \"bill.pdf\".")
            .shortest(1)
            .longest(200)
            .field("sha256", &Attachment::sha256,
                   "SHA-256 of its bytes as 64 hexadecimal digits; kept in small letters.")
            .longest(64)
            .field("size", &Attachment::size, "How many bytes it has.")
            .least(0)
            .field("media_type", &Attachment::media_type,
                   "Its media type (RFC 6838), such as \"application/pdf\".")
            .shortest(1)
            .longest(127);
    }
};

// A line as it is asked for.
struct EntryLine {
    AccountCode account;
    Side side = Side::debit;
    Money amount;
    std::optional<Money> base;
    std::string text;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<Rate> rate = std::nullopt;
    std::optional<RateType> rate_type = std::nullopt;
    std::optional<CompanyCode> counterpart = std::nullopt;

    bool operator==(const EntryLine&) const = default;
    static void describe(auto& line) {
        line.record("EntryLine", "One line of an entry that is to be posted.")
            .field("account", &EntryLine::account, "An account that is no heading.")
            .field("side", &EntryLine::side, "Debit or credit.")
            .field("amount", &EntryLine::amount, "Above zero, in the transaction's currency.")
            .field("base", &EntryLine::base,
                   "The amount in the company's base currency. Absent: the amount at `rate` or, "
                   "where the line says none, at the company's rate of the entry's date.")
            .field("text", &EntryLine::text, "Shown on the statement of account.")
            .otherwise_empty()
            .longest(200)
            .field("dimensions", &EntryLine::dimensions,
                   "Values by dimension, such as {\"cost_centre\": \"100\"}.")
            .otherwise_empty()
            .longest(20)
            .field("rate", &EntryLine::rate,
                   "So many of the base currency for one of the amount's.")
            .field("rate_type", &EntryLine::rate_type,
                   "Which of the company's rates is looked up, where the line says neither `base` "
                   "nor `rate`. Absent: that of the company's policy.")
            .field("counterpart", &EntryLine::counterpart,
                   "The other company of the group that the line is with, where it is one.");
    }
};

// The rate at which a line's amount became one in base currency.
struct LineRate {
    std::optional<Rate> rate;
    std::optional<RateType> type;
    std::optional<Date> date;

    bool operator==(const LineRate&) const = default;
    static void describe(auto& record) {
        record.record("LineRate", "The rate that a line was converted at.")
            .field("rate", &LineRate::rate,
                   "So many of the base currency for one of the amount's. Of an inverse or of one "
                   "rate upon another, ten digits; the amount was multiplied by all of them.")
            .field("type", &LineRate::type,
                   "The company's rate that was looked up; absent: who posted the line said it.")
            .field("date", &LineRate::date, "The day that the rate is of.");
    }
};

// A line as it was posted: its amount in base currency is always there.
struct PostedLine {
    AccountCode account;
    Side side = Side::debit;
    Money amount;
    Money base;
    std::string text;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<LineRate> rate = std::nullopt;
    bool rounding = false;
    std::optional<CompanyCode> counterpart = std::nullopt;

    bool operator==(const PostedLine&) const = default;
    static void describe(auto& line) {
        line.record("PostedLine", "One line of a posted entry.")
            .field("account", &PostedLine::account, "The account.")
            .field("side", &PostedLine::side, "Debit or credit.")
            .field("amount", &PostedLine::amount,
                   "Above zero, in the transaction's currency; below zero in a storno.")
            .field("base", &PostedLine::base, "The same in the company's base currency.")
            .field("text", &PostedLine::text, "Shown on the statement of account.")
            .otherwise_empty()
            .field("dimensions", &PostedLine::dimensions, "Values by dimension.")
            .otherwise_empty()
            .field("rate", &PostedLine::rate,
                   "The rate that it was converted at; absent: its amount in base currency was "
                   "said.")
            .field("rounding", &PostedLine::rounding,
                   "Nobody asked for it: it takes what conversions left between debits and "
                   "credits.")
            .otherwise(false)
            .field("counterpart", &PostedLine::counterpart,
                   "The other company of the group that the line is with.");
    }
};

// How much of a debit line belongs to a credit line: a debit of the one account against a credit of
// the other, as Russian bookkeeping keeps it (order 94n).
struct LinePair {
    std::int64_t debit = 0;
    std::int64_t credit = 0;
    Money base;

    bool operator==(const LinePair&) const = default;
    static void describe(auto& record) {
        record.record("LinePair", "How much of a debit line belongs to a credit line.")
            .field("debit", &LinePair::debit, "Number of the debit line among all, from 1.")
            .field("credit", &LinePair::credit, "Number of the credit line among all, from 1.")
            .field("base", &LinePair::base,
                   "The part of both, in base currency; below zero in a storno.");
    }
};

struct EntryPosted {
    CompanyCode company;
    EntryId entry;
    JournalCode journal;
    FiscalYearCode fiscal_year;
    std::int64_t number = 0;
    Date date;
    std::string text;
    std::optional<std::string> document;
    std::vector<PostedLine> lines;
    std::optional<EntryId> reverses;
    std::optional<EntryId> replaces;
    std::int64_t period = 0;
    std::optional<Date> belongs_to = std::nullopt;
    std::int64_t adjustment = 0;
    std::vector<BookCode> books = {};
    EntryKind kind = EntryKind::ordinary;
    std::optional<EntryOrigin> origin = std::nullopt;
    std::vector<LinePair> pairs = {};
    std::optional<DraftId> draft = std::nullopt;
    std::vector<Attachment> attachments = {};

    bool operator==(const EntryPosted&) const = default;
    static void describe(auto& event) {
        event.record("EntryPosted", "An entry is in the books; debits equal credits.")
            .company(&EntryPosted::company)
            .stream(&EntryPosted::entry)
            .on(&EntryPosted::date)
            .field("company", &EntryPosted::company, "Whose books.")
            .field("entry", &EntryPosted::entry, "Id of the entry.")
            .field("journal", &EntryPosted::journal, "The journal that it is in.")
            .field("fiscal_year", &EntryPosted::fiscal_year, "The fiscal year of its date.")
            .field("number", &EntryPosted::number,
                   "Its number in the journal and fiscal year, from 1, without a gap.")
            .field("date", &EntryPosted::date, "The business day that it belongs to.")
            .field("text", &EntryPosted::text, "What happened.")
            .field("document", &EntryPosted::document,
                   "Number of the source document; a reversal names that of what it takes back.")
            .field("lines", &EntryPosted::lines, "Its lines.")
            .field("reverses", &EntryPosted::reverses, "The entry that it takes back.")
            .field("replaces", &EntryPosted::replaces, "The reversed entry that it replaces.")
            .field("period", &EntryPosted::period,
                   "Number of the fiscal period that it is in; 0 in entries of older programs: the "
                   "ordinary one of its date.")
            .otherwise(std::int64_t{0})
            .field("belongs_to", &EntryPosted::belongs_to,
                   "The day that it belongs to, where that day's period was closed and the "
                   "company posts such entries in the next open one.")
            .field("adjustment", &EntryPosted::adjustment,
                   "Which of its year's adjustment periods it is in, from 1; 0: an ordinary one.")
            .otherwise(std::int64_t{0})
            .field("books", &EntryPosted::books,
                   "The books that it is in, sorted; empty: all of the company.")
            .otherwise_empty()
            .field("kind", &EntryPosted::kind, "What kind of entry it is.")
            .otherwise(EntryKind::ordinary)
            .field("origin", &EntryPosted::origin,
                   "The rule that made it; absent: somebody entered it. It was computed from what "
                   "was posted before it in the log.")
            .field("pairs", &EntryPosted::pairs,
                   "Which debit belongs to which credit, where the company keeps that: debit lines "
                   "in their order against credit lines in theirs.")
            .otherwise_empty()
            .field("draft", &EntryPosted::draft, "The draft that it was; absent: it was none.")
            .field("attachments", &EntryPosted::attachments,
                   "Files that belong to it; others may have been attached since.")
            .otherwise_empty();
    }
};

// The reasons of a command that makes an entry as PostEntry does, in the order of the checks.
auto& refuses_as_entry(auto& command) {
    return command.refuses(
        companies::company_unknown, entry_exists, journal_unknown, book_unknown, too_few_lines,
        too_many_lines, date_outside_calendar, date_outside_period, period_closed,
        period_soft_closed, document_exists, replaced_unknown, replaced_not_reversed,
        attachment_hash_malformed, attachment_exists,
        // Of the first line that has one:
        amount_not_positive, account_unknown, account_is_summary, account_blocked,
        account_is_control, account_currency_differs, base_not_in_base_currency,
        base_contradicts_amount, base_negative, rate_not_positive, rate_contradicts_base,
        rate_unknown, dimension_missing, dimension_unknown, dimension_value_unknown,
        dimension_value_blocked, counterpart_unknown, counterpart_is_itself,
        // Of the whole:
        entry_too_large, entry_unbalanced);
}

struct PostEntry {
    CompanyCode company;
    EntryId entry;
    JournalCode journal;
    std::optional<Date> date;
    std::string text;
    std::optional<std::string> document;
    std::vector<EntryLine> lines;
    std::optional<EntryId> replaces;
    std::optional<std::int64_t> period = std::nullopt;
    std::vector<BookCode> books = {};
    std::vector<Attachment> attachments = {};

    static void describe(auto& command) {
        command
            .record("PostEntry",
                    "Posts a journal entry. Its number is the next one of the journal in the "
                    "fiscal year of its date. It cannot be changed afterwards, only reversed or "
                    "corrected. Above the amount of the company's policy it is posted from an "
                    "approved draft only.")
            .company(&PostEntry::company)
            .stream(&PostEntry::entry)
            .example(R"({"company": "DEMO", "entry": "01980000-0000-7000-8000-000000000001",
                "journal": "GEN", "date": "2026-06-30", "text": "Cash carried to the bank",
                "lines": [{"account": "1010", "side": "debit", "amount": {"amount":
                "100.00", "currency": "EUR"}}, {"account": "1000", "side": "credit",
                "amount": {"amount": "100.00", "currency": "EUR"}}]})")
            .field("company", &PostEntry::company, "Whose books.")
            .field("entry", &PostEntry::entry, "A new id, chosen by the client.")
            .field("journal", &PostEntry::journal, "An open journal, such as \"GEN\".")
            .field(
                "date", &PostEntry::date,
                "The business day that it belongs to, in an open period. Absent: today, as it is "
                "in the company's time zone. Where the company's policy says so, an entry of "
                "a closed period is posted in the next open one.")
            .field("text", &PostEntry::text, "What happened, for the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .field("document", &PostEntry::document,
                   "Number of the source document, such as an invoice. Only one entry of the "
                   "journal may have it; a reversed entry gives it back.")
            .shortest(1)
            .longest(64)
            .field("lines", &PostEntry::lines,
                   "2 to 1,000 lines. Debits equal credits in the base currency; what conversions "
                   "leave between them goes to the company's rounding account, as far as its "
                   "policy allows.")
            .field("replaces", &PostEntry::replaces,
                   "A reversed entry in whose place this one stands.")
            .field("period", &PostEntry::period,
                   "Number of its fiscal period. Absent: the ordinary one of its date. An "
                   "adjustment period is always named, and its date is the year's last day.")
            .least(1)
            .most(most_periods)
            .field("books", &PostEntry::books,
                   "The books that it is in, where the company keeps several. Empty: all of them.")
            .otherwise_empty()
            .longest(20)
            .field("attachments", &PostEntry::attachments,
                   "Files that belong to it, each once; others can be attached later.")
            .otherwise_empty()
            .longest(most_attachments);
        refuses_as_entry(command).refuses(approval_required);
    }
};

struct ReverseEntry {
    CompanyCode company;
    EntryId entry;
    EntryId reverses;
    std::optional<Date> date;
    std::string text;
    std::optional<std::int64_t> period = std::nullopt;

    static void describe(auto& command) {
        command
            .record("ReverseEntry",
                    "Takes an entry back by a new one: with debits and credits exchanged, or, "
                    "where the company's policy says storno, with negative amounts. Accounts "
                    "and dimension values that were blocked since do not stand in the way.")
            .company(&ReverseEntry::company)
            .stream(&ReverseEntry::reverses)
            .example(R"({"company": "DEMO", "entry": "01980000-0000-7000-8000-000000000002",
                "reverses": "01980000-0000-7000-8000-000000000001", "text":
                "It was not carried after all"})")
            .field("company", &ReverseEntry::company, "Whose books.")
            .field("entry", &ReverseEntry::entry, "A new id, for the reversal.")
            .field("reverses", &ReverseEntry::reverses, "The entry that is taken back.")
            .field("date", &ReverseEntry::date,
                   "The reversal's business day. Absent: the entry's own day and period, so that "
                   "it never counted; if that is closed, give a later day.")
            .field("text", &ReverseEntry::text, "Why it is taken back.")
            .otherwise_empty()
            .longest(500)
            .field(
                "period", &ReverseEntry::period,
                "Number of its fiscal period, as for PostEntry. Absent: with `date` the ordinary "
                "one of that day.")
            .least(1)
            .most(most_periods)
            .refuses(entry_unknown, entry_exists, entry_is_reversal, entry_is_accrual,
                     entry_reversed, account_is_control, reversal_before_entry,
                     date_outside_calendar, date_outside_period, period_closed, period_soft_closed);
    }
};

// The entry that stands in the place of a wrong one.
struct Replacement {
    EntryId entry;
    JournalCode journal;
    Date date;
    std::string text;
    std::optional<std::string> document;
    std::vector<EntryLine> lines;
    std::optional<std::int64_t> period = std::nullopt;
    std::vector<BookCode> books = {};
    std::vector<Attachment> attachments = {};

    static void describe(auto& record) {
        record.record("Replacement", "The entry that stands in the place of a wrong one.")
            .field("entry", &Replacement::entry, "A new id, for the replacement.")
            .field("journal", &Replacement::journal, "An open journal.")
            .field("date", &Replacement::date, "Its business day, in an open period.")
            .field("text", &Replacement::text, "What happened.")
            .otherwise_empty()
            .longest(500)
            .field("document", &Replacement::document,
                   "Number of the source document; that of the corrected entry is free again.")
            .shortest(1)
            .longest(64)
            .field("lines", &Replacement::lines,
                   "2 to 1,000 lines. Debits equal credits in the base currency; what conversions "
                   "leave between them goes to the company's rounding account, as far as its "
                   "policy allows.")
            .field("period", &Replacement::period, "Number of its fiscal period, as for PostEntry.")
            .least(1)
            .most(most_periods)
            .field("books", &Replacement::books, "The books that it is in; empty: all.")
            .otherwise_empty()
            .longest(20)
            .field("attachments", &Replacement::attachments, "Files that belong to it.")
            .otherwise_empty()
            .longest(most_attachments);
    }
};

struct CorrectEntry {
    CompanyCode company;
    EntryId corrects;
    EntryId reversal;
    std::optional<Date> reversal_date;
    std::string text;
    Replacement replacement;
    std::optional<std::int64_t> reversal_period = std::nullopt;

    static void describe(auto& command) {
        command
            .record("CorrectEntry",
                    "Reverses an entry and posts another in its place, both or neither. The "
                    "replacement names the entry that it replaces.")
            .company(&CorrectEntry::company)
            .stream(&CorrectEntry::corrects)
            .example(R"({"company": "DEMO", "corrects": "494dfc53-fd59-8c37-956c-f9b006977653",
                "reversal": "01980000-0000-7000-8000-000000000003", "text":
                "The rent was raised", "replacement": {"entry":
                "01980000-0000-7000-8000-000000000004", "journal": "GEN", "date":
                "2026-06-01", "text": "Rent", "lines": [{"account": "5200", "side": "debit",
                "amount": {"amount": "1900.00", "currency": "EUR"}}, {"account": "1010",
                "side": "credit", "amount": {"amount": "1900.00", "currency": "EUR"}}]}})")
            .field("company", &CorrectEntry::company, "Whose books.")
            .field("corrects", &CorrectEntry::corrects, "The wrong entry.")
            .field("reversal", &CorrectEntry::reversal, "A new id, for the reversal.")
            .field("reversal_date", &CorrectEntry::reversal_date,
                   "The reversal's business day. Absent: the wrong entry's own day.")
            .field("text", &CorrectEntry::text, "Why it is corrected.")
            .otherwise_empty()
            .longest(500)
            .field("replacement", &CorrectEntry::replacement, "What is right.")
            .field("reversal_period", &CorrectEntry::reversal_period,
                   "Number of the reversal's fiscal period, as for ReverseEntry.")
            .least(1)
            .most(most_periods)
            .refuses(replacement_before_reversal);
    }
};

struct EntryKey {
    CompanyCode company;
    EntryId entry;

    auto operator<=>(const EntryKey&) const = default;
    static void describe(auto& key) {
        key.record("EntryKey", "An entry of a company.")
            .field("company", &EntryKey::company, "Whose books.")
            .field("entry", &EntryKey::entry, "Id of the entry.");
    }
};

// What a reversal needs to know of an entry.
struct Entry {
    JournalCode journal;
    Date date;
    std::optional<std::string> document;
    std::vector<PostedLine> lines;
    bool is_reversal = false;
    bool reversed = false;
    std::int64_t period = 0;
    std::vector<BookCode> books = {};
    EntryKind kind = EntryKind::ordinary;
    std::optional<EntryOrigin> origin = std::nullopt;

    static void describe(auto& record) {
        record.record("Entry", "An entry as decisions know it.")
            .field("journal", &Entry::journal, "The journal that it is in.")
            .field("date", &Entry::date, "Its business day.")
            .field("document", &Entry::document, "Number of its source document.")
            .field("lines", &Entry::lines, "Its lines.")
            .field("is_reversal", &Entry::is_reversal, "It takes another entry back.")
            .field("reversed", &Entry::reversed, "Another entry takes it back.")
            .field("period", &Entry::period, "Its fiscal period; 0: the ordinary one of its day.")
            .field("books", &Entry::books, "The books that it is in; empty: all.")
            .field("kind", &Entry::kind, "What kind of entry it is.")
            .field("origin", &Entry::origin, "The rule that made it.");
    }
};
using Entries = PagedTable<EntryKey, Entry>;
// A posted entry as decisions will know it.
Entry entry_of(const EntryPosted&);

struct DocumentKey {
    CompanyCode company;
    JournalCode journal;
    std::string document;

    auto operator<=>(const DocumentKey&) const = default;
    static void describe(auto& key) {
        key.record("DocumentKey", "A document number that is taken in a journal.")
            .field("company", &DocumentKey::company, "Whose books.")
            .field("journal", &DocumentKey::journal, "Code of the journal.")
            .field("document", &DocumentKey::document, "The number.");
    }
};

struct DocumentUse {
    EntryId entry;

    static void describe(auto& record) {
        record.record("DocumentUse", "Who has a document number.")
            .field("entry", &DocumentUse::entry, "The entry that has it.");
    }
};
using Documents = PagedTable<DocumentKey, DocumentUse>;

Decision<EntryPosted> decide(const World&, const PostEntry&, const Context&);
Decision<EntryPosted> decide(const World&, const ReverseEntry&, const Context&);
Steps<ReverseEntry, PostEntry> decide(const World&, const CorrectEntry&, const Context&);
void evolve(Entries&, const EntryPosted&);
void evolve(Documents&, const EntryPosted&);
void evolve(Journals&, const EntryPosted&);

Part entries();

}  // namespace kontor::ledger
