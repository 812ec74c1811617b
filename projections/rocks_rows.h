// Rows in RocksDB: the read-model database of a running company.
#pragma once

#include "projections/rows.h"

namespace rocksdb {
class Env;
}

namespace kontor {

struct RocksMemory;  // eventstore/rocks_settings.h

struct RocksRowsOptions {
    // What all databases of the process share; empty: asked for here, with DESIGN.md's sizes.
    std::shared_ptr<const RocksMemory> memory;
    bool read_only = false;  // for tools that look at a copy: nothing is written
    // A batch of so many bytes is written as sorted files, which the database takes in as they are.
    std::size_t ingest_from_bytes = 8u << 20;
    rocksdb::Env* files = nullptr;  // where the files lie; null: in the system's
};

// Commits reach the disk some at a time, in order; what a crash loses is at the end: read models
// can be built anew. Every failure throws StorageBroken, whose one sentence says what failed and in
// which directory.
class RocksRows : public RowStore {
public:
    // Opens the database in the directory, or makes one where there is none.
    explicit RocksRows(const std::filesystem::path& directory, const RocksRowsOptions& = {});
    ~RocksRows() override;
    RocksRows(const RocksRows&) = delete;
    RocksRows& operator=(const RocksRows&) = delete;

    std::shared_ptr<const RowReader> snapshot() const override;
    std::unique_ptr<RowBatch> begin() override;
    void erase_prefix(std::string_view prefix) override;
    void checkpoint(const std::filesystem::path& directory) override;
    void sync() override;
    void close() override;

    struct Open;  // the open database, shared with the snapshots of it

private:
    std::shared_ptr<Open> open_;
};

}  // namespace kontor
