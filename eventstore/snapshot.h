// The decision state between two runs of the program: snapshots that ride in the log's groups.
#pragma once

#include "domain/core/state.h"
#include "eventstore/canonical.h"
#include "eventstore/event_log.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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

// Writes what changed since the last snapshot as rows for a group, and reads it back. Tables that
// are paged find their rows here.
class Snapshots {
public:
    // Rows lie in `log`.
    Snapshots(const Catalog& catalog, EventLog& log);
    ~Snapshots();
    Snapshots(const Snapshots&) = delete;
    Snapshots& operator=(const Snapshots&) = delete;

    struct Loaded {
        Position position = 0;  // the state is as after this commit
        bool found = false;     // else there was no snapshot of this state version
    };
    // Puts the newest snapshot of this state version into an empty state, whose paged tables read
    // from here as long as they live.
    Loaded load(State& state, std::size_t cached_rows = 512);

    // The changed rows of a state as they were after a commit.
    struct Frozen {
        Position position = 0;
        std::vector<std::pair<const TableSpec*, std::shared_ptr<const FrozenRows>>> tables;
    };
    // Sets them apart; quick, and the state may change at once. The snapshot before is durable and
    // released.
    static Frozen freeze(State& state, Position position);
    // As rows for a group whose last commit is at the position or later. May run in another thread,
    // while the state goes on; the snapshot before is durable, as its rows are read.
    std::vector<LocalRow> encode(const Frozen& frozen);
    // As a group of their own, for a log that is at rest.
    void write(const Frozen& frozen) { append(encode(frozen)); }

    // Makes this state version the current one and removes all others; appends to the log.
    void make_current();
    bool current() const;

    const TableSums& sums() const { return sums_; }

private:
    class Rows;

    std::string row_prefix(std::string_view table) const;
    void append(std::vector<LocalRow> rows);

    const Catalog& catalog_;
    EventLog& log_;
    std::string version_;
    TableSums sums_;
    std::vector<std::unique_ptr<Rows>> rows_;  // of paged tables
};

}  // namespace kontor
