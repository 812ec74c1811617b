// When an entry may be posted or taken back, and what the ledger remembers of it.
#include "domain/ledger/entries.h"

#include "domain/core/catalog.h"
#include "domain/ledger/accruals.h"
#include "domain/ledger/attachments.h"
#include "domain/ledger/deferrals.h"
#include "domain/ledger/derived_entries.h"
#include "domain/ledger/posting.h"

namespace kontor::ledger {

Decision<EntryPosted> decide(const World& world, const PostEntry& post, const Context& context) {
    EntryPosted entry;
    if (const Objection fault = make_entry(world, post, context, entry)) return fault;
    if (!context.by_flow && needs_approval(world, entry)) return approval_required;
    return entry;
}

Decision<EntryPosted> decide(const World& world, const ReverseEntry& reverse,
                             const Context& context) {
    const Entries& entries = world.of<Entries>();
    const Entry* entry = entries.find({reverse.company, reverse.reverses});
    if (!entry) return entry_unknown.about(reverse.reverses);
    if (entries.find({reverse.company, reverse.entry})) return entry_exists.about(reverse.entry);
    if (entry->is_reversal) return entry_is_reversal.about(reverse.reverses);
    const Accrual* accrual = world.of<Accruals>().find({reverse.company, reverse.reverses});
    if (accrual && !accrual->reversed) return entry_is_accrual.about(reverse.reverses);
    if (entry->reversed) return entry_reversed.about(reverse.reverses);
    // What a rule made can be taken back whatever its accounts have become since.
    if (!context.by_flow && !entry->origin && on_control_account(world, reverse.company, *entry))
        return account_is_control;
    const Date date = reverse.date.value_or(entry->date);
    if (date < entry->date) return reversal_before_entry.about(entry->date);
    std::optional<std::int64_t> period = reverse.period;
    if (!period && !reverse.date && entry->period != 0) period = entry->period;
    Placed placed;
    if (const Objection fault = find_place(world, reverse.company, date, period, context, placed))
        return fault;
    // The close of a year is taken back in that year, or the profit would turn up in another.
    if (entry->kind == EntryKind::closing && placed.date != entry->date)
        return (placed.belongs_to ? period_closed : date_outside_period).about(entry->date);
    return reversal_of(world, {reverse.company, reverse.reverses}, *entry, reverse.entry, placed,
                       reverse.text);
}

Steps<ReverseEntry, PostEntry> decide(const World& world, const CorrectEntry& correct,
                                      const Context&) {
    const Replacement& right = correct.replacement;
    const Entry* wrong = world.of<Entries>().find({correct.company, correct.corrects});
    if (wrong && correct.reversal_date && *correct.reversal_date > wrong->date &&
        right.date < *correct.reversal_date)
        return replacement_before_reversal.about(*correct.reversal_date);
    return {ReverseEntry{correct.company, correct.reversal, correct.corrects, correct.reversal_date,
                         correct.text, correct.reversal_period},
            PostEntry{correct.company, right.entry, right.journal, right.date, right.text,
                      right.document, right.lines, correct.corrects, right.period, right.books,
                      right.attachments}};
}

Entry entry_of(const EntryPosted& posted) {
    return {
        posted.journal, posted.date,   posted.document, posted.lines, posted.reverses.has_value(),
        false,          posted.period, posted.books,    posted.kind,  posted.origin};
}

void evolve(Entries& entries, const EntryPosted& posted) {
    entries.put({posted.company, posted.entry}, entry_of(posted));
    if (posted.reverses)
        entries.change({posted.company, *posted.reverses},
                       [](Entry& entry) { entry.reversed = true; });
}

void evolve(Documents& documents, const EntryPosted& posted) {
    if (!posted.document) return;
    const DocumentKey key{posted.company, posted.journal, *posted.document};
    if (posted.reverses)
        documents.erase(key);
    else
        documents.put(key, {posted.entry});
}

void evolve(Journals& journals, const EntryPosted& posted) {
    journals.change({posted.company, posted.journal}, [&](Journal& journal) {
        journal.last_numbers[posted.fiscal_year] = posted.number;
    });
}

Part entries() {
    return Part()
        .table<Entries>("ledger.entries")
        .table<Documents>("ledger.documents")
        .commands<PostEntry, ReverseEntry, CorrectEntry>()
        .event<EntryPosted, Entries, Documents, Journals, PeriodBalances, DerivedEntries,
               Attachments, Deferrals>();
}

}  // namespace kontor::ledger
