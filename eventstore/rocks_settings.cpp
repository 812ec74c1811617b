// The settings of RocksDB 7.8 that all databases of the program have, each with its reason.
#include "eventstore/rocks_settings.h"

#include <array>
#include <cstdio>
#include <string_view>

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/listener.h>
#include <rocksdb/options.h>
#include <rocksdb/status.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

namespace kontor {

struct RocksMemory {
    std::shared_ptr<rocksdb::Cache> blocks;
    std::shared_ptr<rocksdb::WriteBufferManager> buffers;
};

namespace {

// Background work that failed would otherwise be told to the next write only, or mended in silence.
class FailureListener final : public rocksdb::EventListener {
public:
    FailureListener(std::string what, std::shared_ptr<FirstFailure> failure)
        : what_(std::move(what)), failure_(std::move(failure)) {}

    void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* status) override {
        failure_->note(what_ + words_of(*status) + ".");
    }
    void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                              bool* auto_recovery) override {
        *auto_recovery = false;
    }

private:
    std::string what_;
    std::shared_ptr<FirstFailure> failure_;
};

// RocksDB's own file of words is on the disk that it speaks of: when that one is full, its writer
// ends the whole program at the second line (an assertion in writable_file_writer.h), and a backup
// that is only read would be written to. So its errors go where those of the program go.
class StandardErrorLogger final : public rocksdb::Logger {
public:
    StandardErrorLogger() : rocksdb::Logger(rocksdb::ERROR_LEVEL) {}
    using rocksdb::Logger::Logv;
    void Logv(const char* format, va_list arguments) override {
        std::array<char, 1024> line;
        if (std::vsnprintf(line.data(), line.size(), format, arguments) < 0) return;
        std::string_view words(line.data());
        while (words.ends_with('\n') || words.ends_with(' ')) words.remove_suffix(1);
        std::fprintf(stderr, "rocksdb: %.*s\n", static_cast<int>(words.size()), words.data());
    }
};

}  // namespace

std::shared_ptr<const RocksMemory> shared_rocks_memory(std::size_t block_cache_bytes,
                                                       std::size_t write_buffer_bytes) {
    static std::mutex mutex;
    static std::weak_ptr<const RocksMemory> shared;
    const std::lock_guard lock(mutex);
    if (auto held = shared.lock()) return held;
    // Few parts, so that each has room for whatever is large: the filters of older tables are
    // whole.
    constexpr int cache_parts_bits = 3;
    const auto made = std::make_shared<const RocksMemory>(
        RocksMemory{rocksdb::NewLRUCache(block_cache_bytes, cache_parts_bits),
                    std::make_shared<rocksdb::WriteBufferManager>(write_buffer_bytes)});
    shared = made;
    return made;
}

void FirstFailure::note(const std::string& sentence) {
    const std::lock_guard lock(mutex_);
    if (happened_) return;
    sentence_ = sentence;
    happened_ = true;
}

std::string FirstFailure::sentence() const {
    const std::lock_guard lock(mutex_);
    return sentence_;
}

std::string words_of(const rocksdb::Status& status) {
    const std::string words = status.ToString();
    if (status.IsNoSpace()) return "the disk is full (" + words + ")";
    if (status.IsCorruption()) return "what is stored is damaged (" + words + ")";
    return words;
}

rocksdb::DBOptions rocks_database_settings(const RocksMemory& memory, const std::string& what,
                                           std::shared_ptr<FirstFailure> failure) {
    rocksdb::DBOptions settings;
    settings.write_buffer_manager = memory.buffers;
    settings.paranoid_checks = true;
    settings.max_bgerror_resume_count = 0;
    settings.listeners.push_back(std::make_shared<FailureListener>(what, std::move(failure)));
    settings.max_total_wal_size = 128u << 20;
    settings.max_background_jobs = 2;
    settings.bytes_per_sync = 1u << 20;  // a flush reaches the disk evenly, not in one long sync
    settings.info_log = std::make_shared<StandardErrorLogger>();
    return settings;
}

rocksdb::ColumnFamilyOptions rocks_family_settings(const RocksMemory& memory, NewKeys keys) {
    const bool filters = keys != NewKeys::at_the_end;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = memory.blocks;
    // A question about any corner of a large company reads thousands of rows that nobody asked for
    // lately: what it has to read and unpack around each of them is what it costs.
    table.block_size = (keys == NewKeys::anywhere ? 4u : 16u) << 10;
    table.cache_index_and_filter_blocks = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    table.format_version = 5;
    // The filter of a large table whole is megabytes, which are read again for each key as soon as
    // they do not fit into the cache; in parts, a key needs one of a few kilobytes.
    table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
    table.partition_filters = filters;
    if (filters) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));

    rocksdb::ColumnFamilyOptions settings;
    settings.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    settings.write_buffer_size = 32u << 20;
    settings.level_compaction_dynamic_level_bytes = true;
    if (keys == NewKeys::anywhere) {
        // A few megabytes of changes go into all of the bottom level: merged there, an entry cost
        // more with every one before it. Where runs of like sizes are merged, a row is written as
        // often as the logarithm of the whole says.
        settings.compaction_style = rocksdb::kCompactionStyleUniversal;
        settings.compaction_options_universal.size_ratio = 20;
        settings.compression = rocksdb::kLZ4Compression;
    } else {
        // A table that lies behind all others is moved to the bottom as it is, so it is compressed
        // once and for good.
        settings.compression = rocksdb::kZSTD;
    }
    // What is near the end goes into the last table of the bottom, which is written anew each time.
    if (keys == NewKeys::near_the_end) settings.target_file_size_base = 16u << 20;
    if (filters) {  // most of these keys are in no file, and in no memory table either
        settings.memtable_prefix_bloom_size_ratio = 0.02;
        settings.memtable_whole_key_filtering = true;
    }
    return settings;
}

}  // namespace kontor
