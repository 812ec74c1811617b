// The way from a snapshot, or from nothing, to the log's tail: stored events folded into the state.
#pragma once

#include "eventstore/snapshot.h"

#include <functional>
#include <future>

namespace kontor {

// Folds stored commits into a state on a long way: past so many changed rows they become a
// snapshot, so that neither memory nor the way after a crash grows with the log. The rows are
// written in another thread while the fold goes on.
class Replay {
public:
    // The state is as after `from`. When nothing is written everything stays in memory.
    Replay(const Catalog& catalog, State& state, Snapshots& snapshots, Position from, bool write);

    // Throws StorageBroken for an event that cannot be read or that this program does not know.
    void fold(const Commit& commit);
    // All commits of the log up to `to`, which are there; checksums and the chain are checked on
    // the way, and reading and decoding go on in a thread beside the fold. Throws StorageBroken as
    // above and for a commit that is damaged or does not follow the one before.
    void fold_until(const EventLog& log, Position to,
                    const std::function<void(Position at)>& progress);
    // What is folded is in a snapshot.
    void snapshot();

private:
    void folded(Position position);
    void finish_writing();

    const Catalog& catalog_;
    State& state_;
    Snapshots& snapshots_;
    const bool write_;
    Position position_;
    std::future<void> writing_;
};

// What recovery says on its way: commits replayed so far, and the tail it goes to.
using Progress = std::function<void(Position at, Position tail)>;

struct Recovery {
    bool write = false;  // snapshots of its own, on a long way
    std::size_t cached_rows = 512;
};
// Brings the state to the log's tail: the snapshot, then every commit after it. Throws
// StorageBroken as above.
void recover(const Catalog& catalog, EventLog& log, Snapshots& snapshots, State& state,
             const Recovery& how, const Progress& progress);

// Folds one stored commit into the state and keeps it. Throws StorageBroken as above.
void replay(const Catalog& catalog, State& state, const Commit& commit);

}  // namespace kontor
