// The log: the one place where what happened is kept.
//
// Indexes (commands by id, streams by name) are derived from the commits by each implementation.
// Local rows (snapshots, schemas, meta) ride in a group but are no part of the chain.
#pragma once

#include "eventstore/commit.h"
#include "eventstore/storage_broken.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rocksdb {
class Env;
}

namespace kontor {

struct LogTail {
    Position position = 0;
    Timestamp time{};
    Hash hash{};
};

// A row beside the commits. `value` empty: the row goes.
struct LocalRow {
    enum class Family : std::uint8_t { schemas, snapshots, meta } family;
    std::string key;
    std::optional<std::string> value;
};

// Commits that become durable together, and the rows that ride with them.
struct Group {
    std::vector<SealedCommit> commits;
    std::vector<LocalRow> rows;
};

// Where a command's commit is: its position and its index among the commit's commands.
struct CommandPlace {
    Position position = 0;
    std::uint32_t index = 0;
    bool operator==(const CommandPlace&) const = default;
};

// Where an event is: its commit, and its number there, counting from 0 over the commit's commands.
struct EventPlace {
    Position position = 0;
    std::uint32_t n = 0;
    bool operator==(const EventPlace&) const = default;
};

// What an implementation derived from the commits, for those who read one stream and for those who
// check that indexes and commits agree. Callbacks say false to end.
class LogIndexes {
public:
    virtual ~LogIndexes() = default;
    // Every id that a client chose, in no promised order.
    virtual void each_command(const std::function<bool(std::string_view actor, std::string_view id,
                                                       CommandPlace place)>& call) const = 0;
    // Every stream with the version of its newest event, in no promised order.
    virtual void each_stream(
        const std::function<bool(std::string_view stream, std::int64_t version)>& call) const = 0;
    // The stream's events from that version on, in order.
    virtual void each_of_stream(
        std::string_view stream, std::int64_t from_version,
        const std::function<bool(std::int64_t version, EventPlace place)>& call) const = 0;
    // How many events are listed in all, also where no stream would lead to them.
    virtual std::uint64_t listed_events() const = 0;
};

// Reads commits in order. Not shared between threads.
class CommitCursor {
public:
    virtual ~CommitCursor() = default;
    // False at the end. The bytes stay valid until the next call.
    virtual bool next(Position& position, std::string_view& bytes) = 0;
};

class EventLog {
public:
    EventLog() = default;
    EventLog(const EventLog&) = delete;
    EventLog& operator=(const EventLog&) = delete;
    virtual ~EventLog() = default;

    virtual LogTail tail() const = 0;
    // Appends if the tail is at `expected`, and returns when all of it is durable; else false and
    // nothing is appended. A group may hold rows and no commit. Throws StorageBroken, after which
    // the outcome is unknown and the log takes no more.
    virtual bool append_if(Position expected, const Group& group) = 0;
    // Commits from `position` on, as far as the tail was at the call.
    virtual std::unique_ptr<CommitCursor> read_from(Position position) const = 0;
    // Only ids that clients chose are found.
    virtual std::optional<CommandPlace> find_command(std::string_view actor,
                                                     std::string_view id) const = 0;
    // The version of the stream's newest event; 0 for none.
    virtual std::int64_t tail_of(std::string_view stream) const = 0;
    // Lives as long as the log.
    virtual const LogIndexes& indexes() const = 0;

    virtual std::optional<std::string> row(LocalRow::Family family, std::string_view key) const = 0;
    // Rows whose keys begin with the prefix, in key order, from the first not less than `from`
    // (empty: from the first), until the callback says false.
    virtual void each_row(
        LocalRow::Family family, std::string_view prefix, std::string_view from,
        const std::function<bool(std::string_view key, std::string_view value)>& call) const = 0;
    // A copy of the log as it is now, made beside the writer, to be opened as `directory` is: a
    // directory that holds no log yet.
    virtual void checkpoint(const std::string& directory) = 0;
};

std::unique_ptr<EventLog> memory_event_log();

enum class LogAccess : bool { read_only, read_write };
// Opens or makes the log of the data directory `directory`: its files lie in <directory>/log, the
// lock of one process in <directory>/lock. Throws StorageBroken with one sentence when it cannot:
// locked by another process, read-only, written by a newer program, a gap, or shorter than its mark
// (rocks_mark.h).
struct RocksLogOptions {
    std::string directory;
    LogAccess access = LogAccess::read_write;
    std::size_t block_cache_bytes = 128u << 20;
    std::size_t write_buffer_bytes = 96u << 20;
    rocksdb::Env* files = nullptr;  // where the files lie; null: in the system's
    // A log that is shorter than its mark, or has none, is gone on with, and the mark is made anew:
    // for who knows that what is missing is lost for good.
    bool accept_shorter_log = false;
};
std::unique_ptr<EventLog> rocks_event_log(const RocksLogOptions& options);

}  // namespace kontor
