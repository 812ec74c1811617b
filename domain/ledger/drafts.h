// Drafts: entries that are not in the books yet, and the second pair of eyes that large ones need.
//
// A draft counts nowhere. Whoever saves one says all that it holds; whoever approves it says that
// it is right, and has not written it. What an entry must have is looked at when it is posted.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/paged_table.h"
#include "domain/core/world.h"
#include "domain/ledger/accruals.h"
#include "domain/ledger/entries.h"
#include "domain/ledger/opening_balances.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

enum class DraftState : std::uint8_t { saved, approved, rejected, posted, discarded };

void describe(auto& choice, DraftState) {
    choice.choice("DraftState", "What has become of a draft.")
        .value("saved", "It was saved, and nobody has judged what was saved last.")
        .value("approved", "Somebody who did not write it says that it is right.")
        .value("rejected", "Somebody says that it is not right; it may be saved anew.")
        .value("posted", "It is an entry.")
        .value("discarded", "Nothing came of it.");
}

inline constexpr Reason draft_unknown{Refusal::missing, "draft_unknown",
                                      "The company has no draft with this id."};
inline constexpr Reason draft_closed{Refusal::conflict, "draft_closed",
                                     "The draft is posted or discarded; save another one."};
inline constexpr Reason draft_rejected{
    Refusal::conflict, "draft_rejected",
    "The draft is rejected; it goes on once it is saved anew, as it should be."};
inline constexpr Reason draft_approved{Refusal::conflict, "draft_approved",
                                       "The draft is approved already."};
inline constexpr Reason draft_saved_by_approver{
    Refusal::conflict, "draft_saved_by_approver",
    "Who has saved a draft does not approve it; somebody else does."};
inline constexpr Reason draft_not_ready{
    Refusal::conflict, "draft_not_ready",
    "The draft's lines are no entry yet, so there is nothing to approve; a dry run of PostDraft "
    "says what is missing."};

// An entry as it is thought of: what PostEntry asks for, and nothing of it need be right yet.
struct DraftedEntry {
    JournalCode journal;
    std::optional<Date> date;
    std::string text;
    std::optional<std::string> document;
    std::vector<EntryLine> lines;
    std::optional<EntryId> replaces;
    std::optional<std::int64_t> period;
    std::vector<BookCode> books;
    std::vector<Attachment> attachments;
    bool opening = false;

    bool operator==(const DraftedEntry&) const = default;
    static void describe(auto& record) {
        record.record("DraftedEntry", "What a draft holds: the fields of PostEntry.")
            .field("journal", &DraftedEntry::journal, "The journal that it is for.")
            .field("date", &DraftedEntry::date,
                   "Its business day. Absent: the day on which it is posted.")
            .field("text", &DraftedEntry::text, "What happened.")
            .otherwise_empty()
            .longest(500)
            .field("document", &DraftedEntry::document, "Number of the source document.")
            .shortest(1)
            .longest(64)
            .field("lines", &DraftedEntry::lines,
                   "Up to 1,000 lines; they need not balance before it is approved or posted.")
            .otherwise_empty()
            .field("replaces", &DraftedEntry::replaces,
                   "A reversed entry in whose place it will stand.")
            .field("period", &DraftedEntry::period,
                   "Number of its fiscal period, as for PostEntry.")
            .least(1)
            .most(most_periods)
            .field("books", &DraftedEntry::books, "The books that it is for; empty: all.")
            .otherwise_empty()
            .longest(20)
            .field("attachments", &DraftedEntry::attachments, "Files that belong to it.")
            .otherwise_empty()
            .longest(most_attachments)
            .field("opening", &DraftedEntry::opening,
                   "Its lines are opening balances, as PostOpeningBalances takes them: what they "
                   "lack of a balance is posted on the company's opening account.")
            .otherwise(false);
    }
};

struct DraftSaved {
    CompanyCode company;
    DraftId draft;
    DraftedEntry content;
    std::string saved_by;

    bool operator==(const DraftSaved&) const = default;
    static void describe(auto& event) {
        event.record("DraftSaved", "A draft is as this says; nobody has approved that yet.")
            .company(&DraftSaved::company)
            .stream(&DraftSaved::draft)
            .on_recorded_day()
            .field("company", &DraftSaved::company, "Whose books.")
            .field("draft", &DraftSaved::draft, "Id of the draft.")
            .field("content", &DraftSaved::content, "All that it holds from now on.")
            .field("saved_by", &DraftSaved::saved_by, "Who saved it, and so does not approve it.");
    }
};

struct DraftApproved {
    CompanyCode company;
    DraftId draft;
    std::vector<PostedLine> lines;

    bool operator==(const DraftApproved&) const = default;
    static void describe(auto& event) {
        event.record("DraftApproved", "Somebody who did not write the draft says it is right.")
            .company(&DraftApproved::company)
            .stream(&DraftApproved::draft)
            .on_recorded_day()
            .field("company", &DraftApproved::company, "Whose books.")
            .field("draft", &DraftApproved::draft, "Id of the draft.")
            .field("lines", &DraftApproved::lines,
                   "Its lines in base currency too, as they are posted whatever rates do until "
                   "then; none in approvals of older programs: they are converted anew.")
            .otherwise_empty();
    }
};

struct DraftRejected {
    CompanyCode company;
    DraftId draft;
    std::string reason;

    bool operator==(const DraftRejected&) const = default;
    static void describe(auto& event) {
        event.record("DraftRejected", "Somebody says that the draft is not right.")
            .company(&DraftRejected::company)
            .stream(&DraftRejected::draft)
            .on_recorded_day()
            .field("company", &DraftRejected::company, "Whose books.")
            .field("draft", &DraftRejected::draft, "Id of the draft.")
            .field("reason", &DraftRejected::reason, "What is not right.");
    }
};

struct DraftDiscarded {
    CompanyCode company;
    DraftId draft;

    bool operator==(const DraftDiscarded&) const = default;
    static void describe(auto& event) {
        event.record("DraftDiscarded", "Nothing comes of the draft.")
            .company(&DraftDiscarded::company)
            .stream(&DraftDiscarded::draft)
            .on_recorded_day()
            .field("company", &DraftDiscarded::company, "Whose books.")
            .field("draft", &DraftDiscarded::draft, "Id of the draft.");
    }
};

struct DraftPosted {
    CompanyCode company;
    DraftId draft;
    EntryId entry;

    bool operator==(const DraftPosted&) const = default;
    static void describe(auto& event) {
        event.record("DraftPosted", "The draft is an entry.")
            .company(&DraftPosted::company)
            .stream(&DraftPosted::draft)
            .on_recorded_day()
            .field("company", &DraftPosted::company, "Whose books.")
            .field("draft", &DraftPosted::draft, "Id of the draft.")
            .field("entry", &DraftPosted::entry, "Id of the entry.");
    }
};

struct SaveDraft {
    CompanyCode company;
    DraftId draft;
    DraftedEntry content;

    static void describe(auto& command) {
        command
            .record("SaveDraft",
                    "Saves an entry that is not to be posted yet, or puts other content in its "
                    "place. An approval or a rejection of what was there falls away. Neither "
                    "accounts nor balance are looked at.")
            .company(&SaveDraft::company)
            .stream(&SaveDraft::draft)
            .example(R"({"company": "DEMO", "draft": "01980000-0000-7000-8000-0000000000d1",
                "content": {"journal": "GEN", "text": "A new till", "lines": [{"account": "5300",
                "side": "debit", "amount": {"amount": "480.00", "currency": "EUR"}}]}})")
            .field("company", &SaveDraft::company, "Whose books.")
            .field("draft", &SaveDraft::draft, "A new id, or that of a draft that is open.")
            .field("content", &SaveDraft::content, "All that it holds; nothing is kept.")
            .refuses(companies::company_unknown, draft_closed, too_many_lines,
                     attachment_hash_malformed, attachment_exists);
    }
};

struct ApproveDraft {
    CompanyCode company;
    DraftId draft;

    static void describe(auto& command) {
        command
            .record("ApproveDraft",
                    "Says that a draft is right. Nobody who has saved it approves it, and its "
                    "lines must be an entry; they are converted at the rates of now and posted "
                    "so. With the version that was read in If-Match, nothing is approved that was "
                    "saved in the meantime.")
            .company(&ApproveDraft::company)
            .stream(&ApproveDraft::draft)
            .example(R"({"company": "DEMO", "draft": "ffa85faa-a45b-864e-b775-68a6418f9f67"})")
            .field("company", &ApproveDraft::company, "Whose books.")
            .field("draft", &ApproveDraft::draft, "A draft that is saved.")
            .refuses(draft_unknown, draft_closed, draft_rejected, draft_approved,
                     draft_saved_by_approver, draft_not_ready);
    }
};

struct RejectDraft {
    CompanyCode company;
    DraftId draft;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("RejectDraft",
                    "Says that a draft is not right, and why. An approval is taken back. It is "
                    "not posted before it is saved anew.")
            .company(&RejectDraft::company)
            .stream(&RejectDraft::draft)
            .example(R"({"company": "DEMO", "draft": "a167e601-ad23-8ed4-a1cd-869a0b1b84b1",
                "reason": "The invoice says 390.00"})")
            .field("company", &RejectDraft::company, "Whose books.")
            .field("draft", &RejectDraft::draft, "A draft that is saved or approved.")
            .field("reason", &RejectDraft::reason, "What is not right.")
            .shortest(1)
            .longest(500)
            .refuses(draft_unknown, draft_closed, draft_rejected);
    }
};

struct DiscardDraft {
    CompanyCode company;
    DraftId draft;

    static void describe(auto& command) {
        command
            .record("DiscardDraft",
                    "Closes a draft of which nothing comes. It stays in the list, as discarded.")
            .company(&DiscardDraft::company)
            .stream(&DiscardDraft::draft)
            .example(R"({"company": "DEMO", "draft": "01980000-0000-7000-8000-0000000000d1"})")
            .field("company", &DiscardDraft::company, "Whose books.")
            .field("draft", &DiscardDraft::draft, "A draft that is open.")
            .refuses(draft_unknown, draft_closed);
    }
};

struct PostDraft {
    CompanyCode company;
    DraftId draft;
    EntryId entry;
    std::optional<EntryId> reversal = std::nullopt;

    static void describe(auto& command) {
        command
            .record("PostDraft",
                    "Posts a draft, by all rules of PostEntry. Up to the amount of the company's "
                    "policy it need not be approved.")
            .company(&PostDraft::company)
            .stream(&PostDraft::draft)
            .example(R"({"company": "DEMO", "draft": "ffa85faa-a45b-864e-b775-68a6418f9f67",
                "entry": "01980000-0000-7000-8000-0000000000e1"})")
            .field("company", &PostDraft::company, "Whose books.")
            .field("draft", &PostDraft::draft, "A draft that is saved or approved.")
            .field("entry", &PostDraft::entry, "A new id, for the entry; it names the draft.")
            .field("reversal", &PostDraft::reversal,
                   "Another new id: posts it as an accrual, with the entry that takes it back on "
                   "the first day of the next ordinary period.")
            .refuses(draft_unknown, draft_closed, draft_rejected);
        refuses_as_entry(command).refuses(opening_account_missing, opening_account_repeated,
                                          approval_required, next_period_missing);
    }
};

struct DraftKey {
    CompanyCode company;
    DraftId draft;

    auto operator<=>(const DraftKey&) const = default;
    static void describe(auto& key) {
        key.record("DraftKey", "A draft of a company.")
            .field("company", &DraftKey::company, "Whose books.")
            .field("draft", &DraftKey::draft, "Id of the draft.");
    }
};

// A closed draft keeps its state alone, so that its id is not used again.
struct Draft {
    DraftState state = DraftState::saved;
    DraftedEntry content;
    std::vector<std::string> saved_by;  // sorted, each once
    std::vector<PostedLine> approved_lines = {};

    static void describe(auto& record) {
        record.record("Draft", "A draft as decisions know it.")
            .field("state", &Draft::state, "What has become of it.")
            .field("content", &Draft::content, "What it holds; nothing once it is closed.")
            .field("saved_by", &Draft::saved_by, "All who have saved it while it is open.")
            .field("approved_lines", &Draft::approved_lines, "The lines that are posted.")
            .otherwise_empty();
    }
};
using Drafts = PagedTable<DraftKey, Draft>;

Decision<DraftSaved> decide(const World&, const SaveDraft&, const Context&);
Decision<DraftApproved> decide(const World&, const ApproveDraft&, const Context&);
Decision<DraftRejected> decide(const World&, const RejectDraft&, const Context&);
Decision<DraftDiscarded> decide(const World&, const DiscardDraft&, const Context&);
Decision<EntryPosted, AccrualPosted, DraftPosted> decide(const World&, const PostDraft&,
                                                         const Context&);
void evolve(Drafts&, const DraftSaved&);
void evolve(Drafts&, const DraftApproved&);
void evolve(Drafts&, const DraftRejected&);
void evolve(Drafts&, const DraftDiscarded&);
void evolve(Drafts&, const DraftPosted&);

Part drafts();

}  // namespace kontor::ledger
