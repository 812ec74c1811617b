// The digest of what the company had decided up to a position, as `kontor audit replay` prints it.
#pragma once

#include "domain/core/catalog.h"
#include "eventstore/event_log.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace kontor {

// Replays the log in memory beside the engine, which keeps no digest of the past and should not
// stop for one of the present; what was asked last is remembered.
class StateDigests {
public:
    StateDigests(const Catalog& catalog, const EventLog& log) : catalog_(catalog), log_(log) {}

    // In 64 hexadecimal digits; nothing beyond `most_replayed` commits. Throws StorageBroken.
    std::optional<std::string> at(Position position);

    static constexpr Position most_replayed = 50'000;

private:
    static constexpr std::size_t most_remembered = 64;

    const Catalog& catalog_;
    const EventLog& log_;
    std::mutex mutex_;  // one replay at a time
    std::map<Position, std::string> known_;
};

}  // namespace kontor
