// How drafts are saved, judged and posted.
#include "domain/ledger/drafts.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/ledger/posting.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

bool is_closed(const Draft& draft) {
    return draft.state == DraftState::posted || draft.state == DraftState::discarded;
}

// Why nothing more is done with a draft; none when it is open.
Objection find_open(const World& world, const CompanyCode& company, const DraftId& id,
                    const Draft*& draft) {
    draft = world.of<Drafts>().find({company, id});
    if (!draft) return draft_unknown.about(id);
    if (is_closed(*draft)) return draft_closed.about(id);
    return {};
}

// The lines as they will be posted; why they cannot be. Opening balances get their last line.
Objection find_converted(const World& world, const CompanyCode& company,
                         const DraftedEntry& content, const Context& context,
                         std::vector<PostedLine>& lines) {
    const Currency base = world.of<companies::Companies>().find(company)->base_currency;
    if (const Objection fault =
            find_lines(world, company, base, content.date.value_or(context.today), content.lines,
                       context, lines))
        return fault;
    return content.opening ? add_opening_line(world, company, base, lines)
                           : round_off(world, company, base, context, lines);
}

// Whether the lines are an entry together, and then as they will be posted. Its place in the
// calendar is another matter: periods close and open again between an approval and the posting.
bool find_ready_lines(const World& world, const CompanyCode& company, const DraftedEntry& content,
                      const Context& context, std::vector<PostedLine>& lines) {
    return content.lines.size() + content.opening >= 2 &&
           !find_converted(world, company, content, context, lines) && lines.size() >= 2 &&
           !fault_of_balance(lines);
}

void close(Drafts& drafts, const DraftKey& key, DraftState state) {
    drafts.put(key, {state, {}, {}});
}

}  // namespace

Decision<DraftSaved> decide(const World& world, const SaveDraft& save, const Context& context) {
    if (!world.of<companies::Companies>().find(save.company))
        return companies::company_unknown.about(save.company);
    const Draft* draft = world.of<Drafts>().find({save.company, save.draft});
    if (draft && is_closed(*draft)) return draft_closed.about(save.draft);
    if (save.content.lines.size() > most_lines) return too_many_lines;
    DraftSaved saved{save.company, save.draft, save.content, context.actor};
    saved.content.attachments.clear();
    if (const Objection fault =
            find_attachments(save.content.attachments, saved.content.attachments))
        return fault;
    return saved;
}

Decision<DraftApproved> decide(const World& world, const ApproveDraft& approve,
                               const Context& context) {
    const Draft* draft = nullptr;
    if (const Objection fault = find_open(world, approve.company, approve.draft, draft))
        return fault;
    if (draft->state == DraftState::rejected) return draft_rejected;
    if (draft->state == DraftState::approved) return draft_approved;
    if (std::ranges::binary_search(draft->saved_by, context.actor)) return draft_saved_by_approver;
    DraftApproved approved{approve.company, approve.draft, {}};
    if (!find_ready_lines(world, approve.company, draft->content, context, approved.lines))
        return draft_not_ready;
    return approved;
}

Decision<DraftRejected> decide(const World& world, const RejectDraft& reject, const Context&) {
    const Draft* draft = nullptr;
    if (const Objection fault = find_open(world, reject.company, reject.draft, draft)) return fault;
    if (draft->state == DraftState::rejected) return draft_rejected;
    return DraftRejected{reject.company, reject.draft, reject.reason};
}

Decision<DraftDiscarded> decide(const World& world, const DiscardDraft& discard, const Context&) {
    const Draft* draft = nullptr;
    if (const Objection fault = find_open(world, discard.company, discard.draft, draft))
        return fault;
    return DraftDiscarded{discard.company, discard.draft};
}

Decision<EntryPosted, AccrualPosted, DraftPosted> decide(const World& world, const PostDraft& post,
                                                         const Context& context) {
    const Draft* draft = nullptr;
    if (const Objection fault = find_open(world, post.company, post.draft, draft)) return fault;
    if (draft->state == DraftState::rejected) return draft_rejected;
    const DraftedEntry& content = draft->content;
    const bool approved = draft->state == DraftState::approved;
    std::vector<PostedLine> ready = approved ? draft->approved_lines : std::vector<PostedLine>{};
    if (content.opening && ready.empty())
        if (Objection fault = find_converted(world, post.company, content, context, ready))
            return std::move(fault).of_what_is_kept();
    PostEntry asked{post.company,   post.entry,       content.journal,    content.date,
                    content.text,   content.document, content.lines,      content.replaces,
                    content.period, content.books,    content.attachments};
    if (content.opening) asked.lines.resize(ready.size());  // counted only
    EntryPosted entry;
    if (Objection fault = make_entry(world, asked, context, std::move(ready), entry))
        return std::move(fault).of_what_is_kept();
    if (content.opening) entry.kind = EntryKind::opening;
    if (!approved && needs_approval(world, entry)) return approval_required;
    if (post.reversal) entry.origin.reset();  // what is taken back by itself releases nothing
    entry.draft = post.draft;
    const DraftPosted posted{post.company, post.draft, post.entry};
    if (!post.reversal) return {std::move(entry), posted};
    EntryPosted reversal;
    if (const Objection fault =
            make_accrual_reversal(world, entry, *post.reversal, context, reversal))
        return fault;
    return {std::move(entry), std::move(reversal),
            AccrualPosted{post.company, post.entry, *post.reversal}, posted};
}

void evolve(Drafts& drafts, const DraftSaved& saved) {
    const DraftKey key{saved.company, saved.draft};
    const Draft* draft = drafts.find(key);
    std::vector<std::string> by = draft ? draft->saved_by : std::vector<std::string>{};
    by.push_back(saved.saved_by);
    drafts.put(key, {DraftState::saved, saved.content, sorted_once(std::move(by))});
}

void evolve(Drafts& drafts, const DraftApproved& approved) {
    drafts.change({approved.company, approved.draft}, [&](Draft& draft) {
        draft.state = DraftState::approved;
        draft.approved_lines = approved.lines;
    });
}

void evolve(Drafts& drafts, const DraftRejected& rejected) {
    drafts.change({rejected.company, rejected.draft},
                  [](Draft& draft) { draft.state = DraftState::rejected; });
}

void evolve(Drafts& drafts, const DraftDiscarded& discarded) {
    close(drafts, {discarded.company, discarded.draft}, DraftState::discarded);
}

void evolve(Drafts& drafts, const DraftPosted& posted) {
    close(drafts, {posted.company, posted.draft}, DraftState::posted);
}

Part drafts() {
    return Part()
        .table<Drafts>("ledger.drafts")
        .commands<SaveDraft, DiscardDraft, ApproveDraft, RejectDraft, PostDraft>()
        .event<DraftSaved, Drafts>()
        .event<DraftApproved, Drafts>()
        .event<DraftRejected, Drafts>()
        .event<DraftDiscarded, Drafts>()
        .event<DraftPosted, Drafts>();
}

}  // namespace kontor::ledger
