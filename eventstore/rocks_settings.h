// What every database of the program shares: its memory, and the settings that keep it honest.
//
// The names of RocksDB are only declared here; who defines them is a file named rocks_*.cpp.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>

namespace rocksdb {
class Status;
struct ColumnFamilyOptions;
struct DBOptions;
}  // namespace rocksdb

namespace kontor {

// One block cache and one bound of unflushed rows for all databases of the process.
struct RocksMemory;
// The first who asks says how much; all others get the same as long as anybody holds it.
std::shared_ptr<const RocksMemory> shared_rocks_memory(std::size_t block_cache_bytes,
                                                       std::size_t write_buffer_bytes);

// The first failure of a database, once there was one: it never heals while the process runs.
class FirstFailure {
public:
    bool happened() const { return happened_; }
    // Keeps the sentence unless there is one already.
    void note(const std::string& sentence);
    std::string sentence() const;

private:
    std::atomic<bool> happened_ = false;
    mutable std::mutex mutex_;
    std::string sentence_;
};

// What it was, with RocksDB's own words, which name the file; without a full stop.
std::string words_of(const rocksdb::Status& status);

// Every database: paranoid, without retries behind our back; a failed flush or compaction is noted
// in `failure` with `what` before it. Reads go on after it.
rocksdb::DBOptions rocks_database_settings(const RocksMemory& memory, const std::string& what,
                                           std::shared_ptr<FirstFailure> failure);
// Where new keys of a family come among those that are there.
enum class NewKeys {
    at_the_end,    // positions
    near_the_end,  // ids that follow time: asked for before they are there, so filters help
    anywhere,      // rows that change: filters help too
};
// Every column family: compressed, indexes and filters in the block cache.
rocksdb::ColumnFamilyOptions rocks_family_settings(const RocksMemory& memory, NewKeys keys);

}  // namespace kontor
