// How far the log went, kept outside of it: what finds a log that came back shorter.
//
// RocksDB ends a write-ahead log at the first record that it cannot read, whatever lies behind it,
// and says nothing. The mark says which commit was durable, so that such a log is not taken for a
// whole one. It is written after each group and synced beside the next one, or alone when idle: so
// it may be one group behind what was acknowledged, never ahead.
//
//    <directory>/mark    two blocks, written in turn, so that a torn one leaves the other
#pragma once

#include "eventstore/event_log.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kontor {

struct Marked {
    Position position = 0;
    Hash hash{};
};

class LogMark {
public:
    // A new file that says so; durable with the next sync of its directory. Throws StorageBroken.
    static void make(const std::string& path, rocksdb::Env* files, const Marked& marked);
    // What the file says; empty when it is missing or neither block is sound.
    static std::optional<Marked> read(const std::string& path, rocksdb::Env* files);

    // Opens a file that is there. `failed` is called with a reason, from a thread of the mark's or
    // within `passed`, when it cannot be written or synced any more.
    LogMark(const std::string& path, rocksdb::Env* files,
            std::function<void(const std::string& why)> failed);
    // Syncs what is written.
    ~LogMark();
    LogMark(const LogMark&) = delete;
    LogMark& operator=(const LogMark&) = delete;

    // The log is durable up to there.
    void passed(const Marked& marked);
    // The log begins to sync: what is written may be synced beside it.
    void sync_now();

private:
    class Open;
    std::unique_ptr<Open> open_;
};

}  // namespace kontor
