// Drafts: what is to be posted, who saved it, and who has judged it.
#pragma once

#include "domain/ledger/drafts.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <functional>
#include <optional>
#include <string>

namespace kontor::ledger {

struct ListedDraft {
    DraftId draft;
    DraftState state = DraftState::saved;
    JournalCode journal;
    std::optional<Date> date;
    std::string text;
    std::optional<std::string> document;
    std::optional<Money> total;
    std::string saved_by;
    Timestamp saved_at;
    std::optional<std::string> judged_by;
    std::optional<Timestamp> judged_at;
    std::optional<std::string> reason;
    std::optional<std::string> closed_by;
    std::optional<Timestamp> closed_at;
    std::optional<EntryId> entry;

    bool operator==(const ListedDraft&) const = default;
    static void describe(auto& row) {
        row.record("ListedDraft", "A draft, without its lines.")
            .field("draft", &ListedDraft::draft, "Its id.")
            .field("state", &ListedDraft::state, "What has become of it.")
            .field("journal", &ListedDraft::journal, "The journal that it is for.")
            .field("date", &ListedDraft::date,
                   "Its business day; absent: the day on which it is posted.")
            .field("text", &ListedDraft::text, "What happened.")
            .field("document", &ListedDraft::document, "Number of the source document.")
            .field("total", &ListedDraft::total,
                   "Sum of its debits; absent while it has none, or has them in several "
                   "currencies.")
            .field("saved_by", &ListedDraft::saved_by, "Who saved it last.")
            .field("saved_at", &ListedDraft::saved_at, "When it was saved last.")
            .field("judged_by", &ListedDraft::judged_by,
                   "Who approved or rejected what was saved last; absent: nobody yet.")
            .field("judged_at", &ListedDraft::judged_at, "When it was approved or rejected.")
            .field("reason", &ListedDraft::reason, "Why it was rejected.")
            .field("closed_by", &ListedDraft::closed_by, "Who posted or discarded it.")
            .field("closed_at", &ListedDraft::closed_at, "When it was posted or discarded.")
            .field("entry", &ListedDraft::entry, "The entry that it is.");
    }
};

struct DraftList {
    CompanyCode company;
    std::optional<DraftState> state;

    static void describe(auto& query) {
        query.record("drafts", "Drafts, by id; with the state `saved` those that wait.")
            .company(&DraftList::company)
            .field("company", &DraftList::company, "Whose books.")
            .field("state", &DraftList::state, "Only drafts of this state.")
            .template answers<ListedDraft>(Times::known_at);
    }
};

struct FullDraft {
    ListedDraft draft;
    DraftedEntry content;

    bool operator==(const FullDraft&) const = default;
    static void describe(auto& row) {
        row.record("FullDraft", "A draft with all that it holds.")
            .field("draft", &FullDraft::draft, "What has become of it, and by whom.")
            .field("content", &FullDraft::content, "What was saved last.");
    }
};

struct OneDraft {
    CompanyCode company;
    DraftId draft;

    static void describe(auto& query) {
        query.record("draft", "One draft with all that it holds.")
            .company(&OneDraft::company)
            .field("company", &OneDraft::company, "Whose books.")
            .field("draft", &OneDraft::draft, "Its id.")
            .template answers<FullDraft>(Times::known_at);
    }
};

class DraftsModel {
public:
    explicit DraftsModel(const Place& place) : drafts_(place.table(1)), contents_(place.table(2)) {}

    void on(const DraftSaved&, const Recorded&);
    void on(const DraftApproved&, const Recorded&);
    void on(const DraftRejected&, const Recorded&);
    void on(const DraftDiscarded&, const Recorded&);
    void on(const DraftPosted&, const Recorded&);
    void answer(const DraftList&, const AsOf&, Page<ListedDraft>&) const;
    void answer(const OneDraft&, const AsOf&, Page<FullDraft>&) const;

    // Those that are neither posted nor discarded, by id.
    void each_open(const AsOf&, const CompanyCode&,
                   const std::function<void(const ListedDraft&)>&) const;

private:
    DescribedRows<DraftKey, ListedDraft> drafts_;
    DescribedRows<DraftKey, DraftedEntry> contents_;
};

ReadModelSpec drafts_model();

}  // namespace kontor::ledger
