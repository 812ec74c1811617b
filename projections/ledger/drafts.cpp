// How drafts are listed. They have one time only, when they were saved and judged: the business day
// that a draft names is the day of the entry that it may become.
#include "projections/ledger/drafts.h"

namespace kontor::ledger {

namespace {

// What a line amounts to as it is known before it is posted.
Money amount_of(const EntryLine& line) { return line.base.value_or(line.amount); }

// Within a draft nothing has been checked: amounts may be of any size, sign and currency.
std::optional<Money> debits_of(const DraftedEntry& content) {
    std::optional<Currency> currency;
    Wide debits = 0;
    for (const EntryLine& line : content.lines) {
        if (line.side != Side::debit) continue;
        if (currency.value_or(amount_of(line).currency) != amount_of(line).currency)
            return std::nullopt;
        currency = amount_of(line).currency;
        debits += amount_of(line).minor;
    }
    if (!currency || debits > most_money || debits < -most_money) return std::nullopt;
    return Money{static_cast<std::int64_t>(debits), *currency};
}

}  // namespace

void DraftsModel::on(const DraftSaved& saved, const Recorded& recorded) {
    const DraftedEntry& content = saved.content;
    ListedDraft draft;
    draft.draft = saved.draft;
    draft.journal = content.journal;
    draft.date = content.date;
    draft.text = content.text;
    draft.document = content.document;
    draft.total = debits_of(content);
    draft.saved_by = saved.saved_by;
    draft.saved_at = recorded.time;
    drafts_.put(recorded, {saved.company, saved.draft}, first_date, draft);
    contents_.put(recorded, {saved.company, saved.draft}, first_date, content);
}

void DraftsModel::on(const DraftApproved& approved, const Recorded& recorded) {
    drafts_.change_always(recorded, {approved.company, approved.draft}, [&](ListedDraft& draft) {
        draft.state = DraftState::approved;
        draft.judged_by = recorded.actor;
        draft.judged_at = recorded.time;
    });
}

void DraftsModel::on(const DraftRejected& rejected, const Recorded& recorded) {
    drafts_.change_always(recorded, {rejected.company, rejected.draft}, [&](ListedDraft& draft) {
        draft.state = DraftState::rejected;
        draft.judged_by = recorded.actor;
        draft.judged_at = recorded.time;
        draft.reason = rejected.reason;
    });
}

void DraftsModel::on(const DraftDiscarded& discarded, const Recorded& recorded) {
    drafts_.change_always(recorded, {discarded.company, discarded.draft}, [&](ListedDraft& draft) {
        draft.state = DraftState::discarded;
        draft.closed_by = recorded.actor;
        draft.closed_at = recorded.time;
    });
}

void DraftsModel::on(const DraftPosted& posted, const Recorded& recorded) {
    drafts_.change_always(recorded, {posted.company, posted.draft}, [&](ListedDraft& draft) {
        draft.state = DraftState::posted;
        draft.closed_by = recorded.actor;
        draft.closed_at = recorded.time;
        draft.entry = posted.entry;
    });
}

void DraftsModel::answer(const DraftList& query, const AsOf& as_of, Page<ListedDraft>& page) const {
    drafts_.list(as_of, ordered_key(query.company), page, [&](const ListedDraft& draft) {
        return !query.state || draft.state == *query.state;
    });
}

void DraftsModel::answer(const OneDraft& query, const AsOf& as_of, Page<FullDraft>& page) const {
    const DraftKey key{query.company, query.draft};
    const auto draft = drafts_.get(as_of.rows, key, as_of.corner);
    const auto content = contents_.get(as_of.rows, key, as_of.corner);
    if (!draft || !content) return page.missing("The company has no draft with this id.");
    if (page.after().empty()) page.add("draft", {*draft, *content});
}

void DraftsModel::each_open(const AsOf& as_of, const CompanyCode& company,
                            const std::function<void(const ListedDraft&)>& call) const {
    drafts_.each(as_of, ordered_key(company), [&](const ListedDraft& draft) {
        if (draft.state != DraftState::posted && draft.state != DraftState::discarded) call(draft);
    });
}

ReadModelSpec drafts_model() {
    return ReadModelSpec::of<DraftsModel>("drafts", 1, "ledger")
        .folding<DraftsModel, DraftSaved, DraftApproved, DraftRejected, DraftDiscarded,
                 DraftPosted>()
        .answering<DraftsModel, DraftList, ListedDraft>()
        .answering<DraftsModel, OneDraft, FullDraft>();
}

}  // namespace kontor::ledger
