// The decision state between two runs of the program: snapshots that ride in the log's groups, and
// the replay that brings a snapshot up to the tail.
#pragma once

#include "domain/core/state.h"
#include "eventstore/canonical.h"
#include "eventstore/event_log.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// Names what the rows of all tables mean: a hash of their described types and of the versions
// beside them. A snapshot of another state version is not read.
std::string state_version(const Catalog& catalog);

// The digest of a state: for each table the sum of its rows' digests, modulo 2^256.
using TableSums = std::map<std::string, DigestSum, std::less<>>;
TableSums digest_of(const State& state);
// Sums by context and in all; `access` counts in neither total, so that two companies told the
// same facts have the same digest.
struct StateDigest {
    TableSums tables;
    TableSums contexts;
    DigestSum all;
};
StateDigest summed_up(const Catalog& catalog, const TableSums& tables);

// The rows that a snapshot needs since the last one, encoded, with the sums that it comes to.
// Reading the last snapshot's rows from the log, it must run when that snapshot is durable.
class Snapshots {
public:
    Snapshots(const Catalog& catalog, EventLog& log);

    struct Loaded {
        Position position = 0;  // the state is as after this commit
        bool found = false;     // else there was no snapshot of this state version
    };
    // Puts the newest snapshot of this state version into an empty state.
    Loaded load(State& state);
    // Changes since the last snapshot as rows for the group whose last commit is at `position`;
    // settles the state.
    std::vector<LocalRow> take(State& state, Position position);
    // Rows that make this state version current and remove all others.
    std::vector<LocalRow> make_current();
    bool current() const;

    const TableSums& sums() const { return sums_; }

private:
    std::string row_prefix(std::string_view table) const;

    const Catalog& catalog_;
    EventLog& log_;
    std::string version_;
    TableSums sums_;
};

// What recovery says on its way: commits replayed so far, and the tail it goes to.
using Progress = std::function<void(Position at, Position tail)>;

// Brings the state to the log's tail: the snapshot, then every commit after it. Writes snapshots of
// its own on a long way when `write` is set, so that a crash in between goes on there. Throws
// StorageBroken for a commit that cannot be read or an event that this program does not know.
void recover(const Catalog& catalog, EventLog& log, Snapshots& snapshots, State& state, bool write,
             const Progress& progress);

// Folds one stored commit into the state. Throws StorageBroken as above.
void replay(const Catalog& catalog, State& state, const Commit& commit);

}  // namespace kontor
