// Accruals: what belongs to a period although its bill comes later, and so is taken back by itself
// on the first day of the next ordinary period.
//
// Entry and reversal are posted in one commit; both can be seen from then on, each on its own day.
#pragma once

#include "domain/core/decision.h"
#include "domain/core/paged_table.h"
#include "domain/core/world.h"
#include "domain/ledger/entries.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

inline constexpr Reason accrual_unknown{Refusal::missing, "accrual_unknown",
                                        "The company has no accrual with this entry's id."};
inline constexpr Reason accrual_reversed{Refusal::conflict, "accrual_reversed",
                                         "The accrual and its reversal are taken back already."};

struct AccrualPosted {
    CompanyCode company;
    EntryId entry;
    EntryId reversal;

    bool operator==(const AccrualPosted&) const = default;
    static void describe(auto& event) {
        event.record("AccrualPosted", "An entry is an accrual: its reversal is posted with it.")
            .company(&AccrualPosted::company)
            .stream(&AccrualPosted::entry)
            .on_recorded_day()
            .field("company", &AccrualPosted::company, "Whose books.")
            .field("entry", &AccrualPosted::entry, "The entry.")
            .field("reversal", &AccrualPosted::reversal,
                   "The entry that takes it back in the next period.");
    }
};

struct AccrualReversed {
    CompanyCode company;
    EntryId entry;

    bool operator==(const AccrualReversed&) const = default;
    static void describe(auto& event) {
        event
            .record("AccrualReversed",
                    "An accrual and its reversal are taken back, as if neither had been.")
            .company(&AccrualReversed::company)
            .stream(&AccrualReversed::entry)
            .on_recorded_day()
            .field("company", &AccrualReversed::company, "Whose books.")
            .field("entry", &AccrualReversed::entry, "The accrual's entry.");
    }
};

struct PostAccrual {
    CompanyCode company;
    EntryId entry;
    EntryId reversal;
    JournalCode journal;
    std::optional<Date> date;
    std::string text;
    std::optional<std::string> document;
    std::vector<EntryLine> lines;
    std::optional<std::int64_t> period;
    std::vector<BookCode> books;
    std::vector<Attachment> attachments;

    static void describe(auto& command) {
        command
            .record("PostAccrual",
                    "Posts an entry and, on the first day of the next ordinary period, its "
                    "reversal: by swapped sides or storno, as the company takes back. Where that "
                    "period is closed, the company's policy for late entries holds.")
            .company(&PostAccrual::company)
            .stream(&PostAccrual::entry)
            .example(R"({"company": "DEMO", "entry": "01980000-0000-7000-8000-0000000000a1",
                "reversal": "01980000-0000-7000-8000-0000000000a2", "journal": "GEN", "date":
                "2026-07-31", "text": "Electricity of July, not billed yet", "lines": [{"account":
                "5300", "side": "debit", "amount": {"amount": "210.00", "currency": "EUR"}},
                {"account": "2200", "side": "credit", "amount": {"amount": "210.00", "currency":
                "EUR"}}]})")
            .field("company", &PostAccrual::company, "Whose books.")
            .field("entry", &PostAccrual::entry, "A new id, for the entry.")
            .field("reversal", &PostAccrual::reversal, "Another new id, for its reversal.")
            .field("journal", &PostAccrual::journal, "An open journal; the reversal is in it too.")
            .field("date", &PostAccrual::date,
                   "The entry's business day, such as the last of the period. Absent: today.")
            .field("text", &PostAccrual::text, "What happened, for the reader of the journal.")
            .otherwise_empty()
            .longest(500)
            .field("document", &PostAccrual::document,
                   "Number of the source document; the reversal gives it back.")
            .shortest(1)
            .longest(64)
            .field("lines", &PostAccrual::lines,
                   "2 to 1,000 lines. Debits equal credits in the base currency.")
            .field("period", &PostAccrual::period, "Number of its fiscal period, as for PostEntry.")
            .least(1)
            .most(most_periods)
            .field("books", &PostAccrual::books, "The books that both are in; empty: all.")
            .otherwise_empty()
            .longest(20)
            .field("attachments", &PostAccrual::attachments, "Files that belong to the entry.")
            .otherwise_empty()
            .longest(most_attachments);
        refuses_as_entry(command).refuses(approval_required, next_period_missing);
    }
};

struct ReverseAccrual {
    CompanyCode company;
    EntryId accrual;
    EntryId entry;
    EntryId counterpart;
    std::optional<Date> date;
    std::string text;

    static void describe(auto& command) {
        command
            .record("ReverseAccrual",
                    "Takes back an accrual that was wrong and its reversal with it, so that "
                    "neither counts. Where the accrual's period is closed and the next one is not, "
                    "leave both: what was reported stays, and is even by now.")
            .company(&ReverseAccrual::company)
            .stream(&ReverseAccrual::accrual)
            .example(R"({"company": "DEMO", "accrual": "01980000-0000-7000-8000-0000000000a1",
                "entry": "01980000-0000-7000-8000-0000000000a3", "counterpart":
                "01980000-0000-7000-8000-0000000000a4", "text": "The bill was there already"})")
            .field("company", &ReverseAccrual::company, "Whose books.")
            .field("accrual", &ReverseAccrual::accrual, "The accrual's entry.")
            .field("entry", &ReverseAccrual::entry, "A new id: it takes the accrual back.")
            .field("counterpart", &ReverseAccrual::counterpart,
                   "Another new id: it takes the accrual's reversal back.")
            .field("date", &ReverseAccrual::date,
                   "The day of both. Absent: each is dated as what it takes back; what it takes "
                   "back later is taken back on its own day.")
            .field("text", &ReverseAccrual::text, "Why it is taken back.")
            .otherwise_empty()
            .longest(500)
            .refuses(accrual_unknown, accrual_reversed, entry_exists, account_is_control,
                     reversal_before_entry, date_outside_calendar, period_closed,
                     period_soft_closed);
    }
};

// An accrual by its entry.
struct Accrual {
    EntryId reversal;
    bool reversed = false;

    static void describe(auto& record) {
        record.record("Accrual", "An accrual as decisions know it.")
            .field("reversal", &Accrual::reversal, "The entry that takes it back.")
            .field("reversed", &Accrual::reversed, "Both are taken back.");
    }
};
using Accruals = PagedTable<EntryKey, Accrual>;

// Why an entry that is about to be posted cannot be taken back in the next period; none when it
// can, and then by what.
Objection make_accrual_reversal(const World&, const EntryPosted& accrual, const EntryId&,
                                const Context&, EntryPosted& reversal);

Decision<EntryPosted, AccrualPosted> decide(const World&, const PostAccrual&, const Context&);
Decision<EntryPosted, AccrualReversed> decide(const World&, const ReverseAccrual&, const Context&);
void evolve(Accruals&, const AccrualPosted&);
void evolve(Accruals&, const AccrualReversed&);

Part accruals();

}  // namespace kontor::ledger
