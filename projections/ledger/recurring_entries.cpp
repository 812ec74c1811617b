// How the state of a recurring entry follows from what was posted. It has one time only, when it
// became known; the entries themselves have both.
#include "projections/ledger/recurring_entries.h"

#include <algorithm>

namespace kontor::ledger {

void RecurringModel::change(const Recorded& recorded, const RecurringKey& key,
                            const std::function<void(ListedRecurring&, Progress&)>& change) const {
    auto listed = recurring_.get(recorded.rows, key, Corner{});
    auto progress = progress_.get(recorded.rows, key, Corner{});
    if (!listed || !progress) throw StorageBroken("a recurring entry that changes is not there");
    change(*listed, *progress);
    const Schedule& schedule = listed->schedule;
    auto next = schedule.due(progress->settled);
    while (next && std::ranges::binary_search(progress->ahead, *next)) {
        std::erase(progress->ahead, *next);
        next = schedule.due(++progress->settled);
    }
    if (next && listed->last && *next > *listed->last) next.reset();
    listed->next_due = next;
    listed->state = !next              ? RecurringState::ended
                    : progress->paused ? RecurringState::paused
                                       : RecurringState::running;
    recurring_.put(recorded, key, first_date, *listed);
    progress_.put(recorded, key, first_date, *progress);
}

void RecurringModel::on(const RecurringDefined& defined, const Recorded& recorded) {
    ListedRecurring listed;
    listed.recurring = defined.recurring;
    listed.text = defined.text;
    listed.next_due = defined.schedule.due(defined.settled);
    listed.defined_by = defined.defined_by;
    listed.journal = defined.journal;
    listed.lines = defined.lines;
    listed.schedule = defined.schedule;
    listed.books = defined.books;
    const RecurringKey key{defined.company, defined.recurring};
    recurring_.put(recorded, key, first_date, listed);
    progress_.put(recorded, key, first_date, {defined.settled, {}, false});
}

void RecurringModel::on(const RecurringApproved& approved, const Recorded& recorded) {
    change(recorded, {approved.company, approved.recurring},
           [&](ListedRecurring& listed, Progress&) { listed.approved_by = recorded.actor; });
}

void RecurringModel::on(const RecurringPaused& paused, const Recorded& recorded) {
    change(recorded, {paused.company, paused.recurring},
           [](ListedRecurring&, Progress& progress) { progress.paused = true; });
}

void RecurringModel::on(const RecurringResumed& resumed, const Recorded& recorded) {
    change(recorded, {resumed.company, resumed.recurring},
           [&](ListedRecurring& listed, Progress& progress) {
               progress.paused = false;
               if (!resumed.from) return;
               while (listed.schedule.due(progress.settled).value_or(*resumed.from) < *resumed.from)
                   ++progress.settled;
           });
}

void RecurringModel::on(const RecurringEnded& ended, const Recorded& recorded) {
    change(recorded, {ended.company, ended.recurring},
           [&](ListedRecurring& listed, Progress&) { listed.last = ended.last; });
}

void RecurringModel::on(const RecurringPosted& posted, const Recorded& recorded) {
    if (!posted.amounts.empty())
        computed_.put(recorded, {posted.company, posted.recurring, posted.due}, first_date,
                      {posted.recurring, posted.due, posted.amounts,
                       static_cast<std::int64_t>(recorded.event.position) - 1});
    change(recorded, {posted.company, posted.recurring},
           [&](ListedRecurring& listed, Progress& progress) {
               const auto number = listed.schedule.number_of(posted.due);
               const auto at = std::ranges::lower_bound(progress.ahead, posted.due);
               const bool again = (number && *number < progress.settled) ||
                                  (at != progress.ahead.end() && *at == posted.due);
               if (again) return;  // a difference was posted
               progress.ahead.insert(at, posted.due);
               ++listed.posted;
               listed.last_posted = std::max(listed.last_posted.value_or(posted.due), posted.due);
           });
}

void RecurringModel::answer(const RecurringList& query, const AsOf& as_of,
                            Page<ListedRecurring>& page) const {
    recurring_.list(as_of, ordered_key(query.company), page, [&](const ListedRecurring& recurring) {
        const bool due =
            recurring.next_due && query.due_through && *recurring.next_due <= *query.due_through;
        return (!query.state || recurring.state == *query.state) && (!query.due_through || due);
    });
}

void RecurringModel::each(const AsOf& as_of, const CompanyCode& company,
                          const std::function<void(const ListedRecurring&)>& call) const {
    recurring_.each(as_of, ordered_key(company), call);
}

void RecurringModel::each_computed(const AsOf& as_of, const RecurringKey& key,
                                   const std::function<void(const Computed&)>& call) const {
    computed_.each(as_of, ordered_key(key), call);
}

ReadModelSpec recurring_entries() {
    return ReadModelSpec::of<RecurringModel>("recurring_entries", 2, "ledger")
        .folding<RecurringModel, RecurringDefined, RecurringApproved, RecurringPaused,
                 RecurringResumed, RecurringEnded, RecurringPosted>()
        .answering<RecurringModel, RecurringList, ListedRecurring>();
}

}  // namespace kontor::ledger
