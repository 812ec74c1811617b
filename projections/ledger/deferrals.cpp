// How deferrals are listed. What is released is a sum of releases, each with a day of its own; the
// rest of a deferral is true on every day.
#include "projections/ledger/deferrals.h"

#include "projections/any_day.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/summed_events.h"

#include <array>

namespace kontor::ledger {

void DeferralsModel::on(const AmountDeferred& deferred, const Recorded& recorded) {
    ListedDeferral listed;
    listed.deferral = deferred.deferral;
    listed.text = deferred.text;
    listed.amount = deferred.amount;
    listed.released = {0, deferred.amount.currency};
    listed.left = deferred.amount;
    listed.held_on = deferred.held_on;
    listed.released_to = deferred.released_to;
    listed.span = deferred.span;
    listed.by = deferred.by;
    listed.journal = deferred.journal;
    listed.deferred_by = deferred.deferred_by;
    listed.dimensions = deferred.dimensions;
    listed.books = deferred.books;
    listed.part_ends = deferred.part_ends;
    deferrals_.put(recorded, {deferred.company, deferred.deferral}, first_date, listed);
}

void DeferralsModel::on(const DeferralApproved& approved, const Recorded& recorded) {
    deferrals_.change_always(recorded, {approved.company, approved.deferral},
                             [&](ListedDeferral& listed) { listed.approved_by = recorded.actor; });
}

// As decisions do: a reversal gives back what a release took, and what replaces it takes it again.
void DeferralsModel::on(const EntryPosted& posted, const Recorded& recorded) {
    if (!posted.origin || posted.origin->rule != EntryRule::deferral) return;
    const DeferralKey key{posted.company, {posted.origin->of}};
    const auto deferral = deferrals_.get(recorded.rows, key, Corner{});
    if (!deferral) throw StorageBroken("a deferral that releases is not there");
    const std::int64_t taken = taken_by(posted, deferral->held_on);
    if (taken == 0) return;
    const std::array<std::int64_t, 1> amounts{taken};
    released_.add(recorded.rows, ordered_key(key), posted.date, recorded.event, amounts);
}

Money DeferralsModel::released(const AsOf& as_of, const Corner& corner, const DeferralKey& key,
                               Currency currency) const {
    std::array<Wide, 1> sum{};
    released_.sum(as_of.rows, ordered_key(key), corner, sum);
    return money_of(sum[0], currency);
}

void DeferralsModel::answer(const DeferralList& query, const AsOf& as_of,
                            Page<ListedDeferral>& page) const {
    bool room = true;
    deferrals_.each(as_of, ordered_key(query.company), [&](ListedDeferral deferral) {
        const DeferralKey key{query.company, deferral.deferral};
        std::string place = ordered_key(key);
        if (!room || place <= page.after()) return;
        deferral.released = released(as_of, as_of.corner, key, deferral.amount.currency);
        deferral.left = deferral.amount - deferral.released;
        if (query.with_rest && deferral.left.minor == 0) return;
        room = page.add(std::move(place), std::move(deferral));
    });
}

void DeferralsModel::explain(const DeferralList& query, const ExplainedRow& row, const AsOf& as_of,
                             Explanation& why) const {
    if (row.field != "released")
        return why.missing("Only the field `released` is a sum of events.");
    const DeferralKey key{query.company, {row.row}};
    const auto deferral = deferrals_.get(as_of.rows, key, as_of.corner);
    if (!deferral) return why.missing("The company has no deferral with this code.");
    const Currency currency = deferral->amount.currency;
    why.figure(Figure::of(released(as_of, as_of.corner, key, currency)));
    const std::array<SummedKey, 1> keys{{{ordered_key(key), as_of.corner}}};
    explain_sum(
        released_, as_of.rows, keys, currency,
        [](const Posting& posting, std::size_t) { return Wide{posting.amounts[0]}; }, why);
}

void DeferralsModel::each_due(const AsOf& as_of, const CompanyCode& company, Date through,
                              const std::function<void(const DeferralCode&, Money)>& call) const {
    const Corner any_day = on_any_day(as_of).corner;
    deferrals_.each(as_of, ordered_key(company), [&](const ListedDeferral& deferral) {
        const Money part =
            part_through(deferral.amount, deferral.span, deferral.by, through, deferral.part_ends);
        const Money done = released(as_of, any_day, {company, deferral.deferral}, part.currency);
        if (part.minor > done.minor) call(deferral.deferral, part - done);
    });
}

ReadModelSpec deferrals_model() {
    return ReadModelSpec::of<DeferralsModel>("deferrals", 3, "ledger")
        .folding<DeferralsModel, AmountDeferred, DeferralApproved, EntryPosted>()
        .answering<DeferralsModel, DeferralList, ListedDeferral>();
}

}  // namespace kontor::ledger
