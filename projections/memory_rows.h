// Rows in memory: the read-model database of tests and of audits that keep nothing.
#pragma once

#include "projections/rows.h"

#include <functional>
#include <map>
#include <mutex>

namespace kontor {

// A snapshot is a copy of all rows, kept for those who ask until the next commit.
class MemoryRows : public RowStore {
public:
    using Rows = std::map<std::string, std::string, std::less<>>;

    MemoryRows() = default;
    explicit MemoryRows(Rows rows) : rows_(std::move(rows)) {}

    std::shared_ptr<const RowReader> snapshot() const override;
    std::unique_ptr<RowBatch> begin() override;
    void erase_prefix(std::string_view prefix) override;
    // There is nothing to copy files from: throws StorageBroken.
    void checkpoint(const std::filesystem::path& directory) override;
    void sync() override {}
    void close() override {}

private:
    friend class MemoryBatch;

    mutable std::mutex mutex_;  // guards copying against changing; the writer reads without it
    Rows rows_;
    mutable std::shared_ptr<const RowReader> copy_;
};

}  // namespace kontor
