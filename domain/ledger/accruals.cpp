// How an accrual is posted with its reversal, and how both are taken back.
#include "domain/ledger/accruals.h"

#include "domain/core/catalog.h"
#include "domain/ledger/posting.h"

#include <algorithm>
#include <utility>

namespace kontor::ledger {

namespace {

// Why what was posted cannot be taken back on its own day or the later one that is named; none when
// it can, and then by what. No document: the accrual's own reversal has given that back.
Objection make_counterpart(const World& world, const ReverseAccrual& reverse,
                           const EntryId& posted_as, const EntryId& as, const Context& context,
                           EntryPosted& made) {
    const Entry& entry = *world.of<Entries>().find({reverse.company, posted_as});
    const Date date = std::max(entry.date, reverse.date.value_or(entry.date));
    std::optional<std::int64_t> period;
    if (date == entry.date && entry.period != 0) period = entry.period;
    Placed placed;
    if (const Objection fault = find_place(world, reverse.company, date, period, context, placed))
        return fault;
    made = reversal_of(world, {reverse.company, posted_as}, entry, as, placed, reverse.text);
    made.document.reset();
    made.origin.reset();
    return {};
}

// The second entry of a commit is numbered behind the first, which is not in the journal yet.
void number_behind(const EntryPosted& first, EntryPosted& second) {
    if (first.fiscal_year == second.fiscal_year) second.number = first.number + 1;
}

}  // namespace

Objection make_accrual_reversal(const World& world, const EntryPosted& accrual, const EntryId& as,
                                const Context& context, EntryPosted& reversal) {
    if (as == accrual.entry || world.of<Entries>().find({accrual.company, as}))
        return entry_exists.about(as);
    const auto day = first_day_of_next_period(world, accrual.company, accrual.date);
    if (!day) return next_period_missing.about(accrual.date);
    Placed placed;
    if (const Objection fault =
            find_place(world, accrual.company, *day, std::nullopt, context, placed))
        return fault;
    reversal = reversal_of(world, {accrual.company, accrual.entry}, entry_of(accrual), as, placed,
                           accrual.text);
    reversal.origin = EntryOrigin{EntryRule::accrual, {}, accrual.fiscal_year, accrual.period};
    number_behind(accrual, reversal);
    return {};
}

Decision<EntryPosted, AccrualPosted> decide(const World& world, const PostAccrual& post,
                                            const Context& context) {
    EntryPosted entry, reversal;
    if (const Objection fault =
            make_entry(world,
                       {post.company, post.entry, post.journal, post.date, post.text, post.document,
                        post.lines, std::nullopt, post.period, post.books, post.attachments},
                       context, entry))
        return fault;
    if (!context.by_flow && needs_approval(world, entry)) return approval_required;
    if (const Objection fault =
            make_accrual_reversal(world, entry, post.reversal, context, reversal))
        return fault;
    return {std::move(entry), std::move(reversal),
            AccrualPosted{post.company, post.entry, post.reversal}};
}

Decision<EntryPosted, AccrualReversed> decide(const World& world, const ReverseAccrual& reverse,
                                              const Context& context) {
    const Entries& entries = world.of<Entries>();
    const Accrual* accrual = world.of<Accruals>().find({reverse.company, reverse.accrual});
    if (!accrual) return accrual_unknown.about(reverse.accrual);
    if (accrual->reversed) return accrual_reversed.about(reverse.accrual);
    if (reverse.entry == reverse.counterpart || entries.find({reverse.company, reverse.entry}) ||
        entries.find({reverse.company, reverse.counterpart}))
        return entry_exists;
    const Entry& entry = *entries.find({reverse.company, reverse.accrual});
    if (!context.by_flow && on_control_account(world, reverse.company, entry))
        return account_is_control;
    if (reverse.date && *reverse.date < entry.date) return reversal_before_entry.about(entry.date);
    EntryPosted back, counterpart;
    if (const Objection fault =
            make_counterpart(world, reverse, reverse.accrual, reverse.entry, context, back))
        return fault;
    if (const Objection fault = make_counterpart(world, reverse, accrual->reversal,
                                                 reverse.counterpart, context, counterpart))
        return fault;
    number_behind(back, counterpart);
    return {std::move(back), std::move(counterpart),
            AccrualReversed{reverse.company, reverse.accrual}};
}

void evolve(Accruals& accruals, const AccrualPosted& posted) {
    accruals.put({posted.company, posted.entry}, {posted.reversal});
}

void evolve(Accruals& accruals, const AccrualReversed& reversed) {
    accruals.change({reversed.company, reversed.entry},
                    [](Accrual& accrual) { accrual.reversed = true; });
}

Part accruals() {
    return Part()
        .table<Accruals>("ledger.accruals")
        .commands<PostAccrual, ReverseAccrual>()
        .event<AccrualPosted, Accruals>()
        .event<AccrualReversed, Accruals>();
}

}  // namespace kontor::ledger
