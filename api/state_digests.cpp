// How a state of the past is made once more to be summed up.
#include "api/state_digests.h"

#include "domain/core/state.h"
#include "eventstore/recovery.h"

namespace kontor {

std::optional<std::string> StateDigests::at(Position position) {
    if (position > most_replayed) return std::nullopt;
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(position); found != known_.end()) return found->second;
    const auto nothing = memory_event_log();
    Snapshots snapshots(catalog_, *nothing);
    State state(catalog_);
    Replay replay(catalog_, state, snapshots, snapshots.load(state).position, false);
    replay.fold_until(log_, position, [](Position) {});
    if (known_.size() >= most_remembered) known_.erase(known_.begin());
    return known_[position] = to_text(summed_up(catalog_, digest_of(state)).all);
}

}  // namespace kontor
