// The audit of a log: every checksum, every link, and every index against the commits.
#pragma once

#include "eventstore/event_log.h"

#include <functional>
#include <string>

namespace kontor {

// What was found sound, up to the first difference.
struct ChainVerdict {
    Position commits = 0;
    std::uint64_t commands = 0;
    std::uint64_t events = 0;
    std::uint64_t streams = 0;
    std::uint64_t schemas = 0;
    LogTail tail;            // of the last sound commit
    std::string difference;  // one sentence with the position; empty when all agrees

    bool sound() const { return difference.empty(); }
};

struct ChainChecks {
    bool schemas = true;  // each event names a schema that the log holds
};

// Reads the whole log as far as its tail is at the call and checks, in this order for each commit:
// that it can be read, its checksum and table, position, previous hash, record time, the entry of
// each command, the version and entry of each event, the schema of each event; then that the
// indexes hold nothing else, that the log ends at its tail, and that each stored schema has the
// number that its SHA-256 begins with. Memory grows with the number of streams.
// What the log throws on damage is reported as the difference, never thrown.
ChainVerdict verify_chain(const EventLog& log, const ChainChecks& checks,
                          const std::function<void(Position at, Position tail)>& progress);

}  // namespace kontor
