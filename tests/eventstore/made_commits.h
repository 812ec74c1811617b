// Commits drawn from a seed: the same number makes the same log, octet by octet.
#pragma once

#include "eventstore/event_log.h"
#include "tests/support/dice.h"

#include <map>
#include <string>

namespace kontor::test {

// Makes one commit after another, each with actors, ids, streams and events as a log may have them:
// batches, refusals without events, ids made by the server, events without a stream, a zero octet
// in a name.
class CommitChain {
public:
    explicit CommitChain(std::uint64_t seed) : dice_(seed) {}

    SealedCommit next();
    Group group(std::size_t commits);
    const LogTail& tail() const { return tail_; }
    // Versions of all streams as the commits so far leave them.
    const std::map<std::string, std::int64_t>& streams() const { return streams_; }

private:
    StoredCommand command(Position position, std::size_t index);
    StoredEvent event();

    Dice dice_;
    LogTail tail_;
    std::map<std::string, std::int64_t> streams_;
};

// The commits of a log from its own bytes, in order. Throws what the log throws.
std::vector<std::string> stored_bytes(const EventLog& log, Position from = 1);

// A directory of its own, gone at the end.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

std::unique_ptr<EventLog> open_log(const std::string& directory,
                                   LogAccess access = LogAccess::read_write);

}  // namespace kontor::test
