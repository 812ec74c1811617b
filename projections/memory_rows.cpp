// Rows in memory: snapshots by copy, one writer.
#include "projections/memory_rows.h"

#include "eventstore/storage_broken.h"
#include "projections/row_overlay.h"

namespace kontor {
namespace {

class MapCursor final : public RowCursor {
public:
    explicit MapCursor(const MemoryRows::Rows& rows) : rows_(rows), at_(rows.end()) {}
    void seek(std::string_view key) override { at_ = rows_.lower_bound(key); }
    void seek_for_prev(std::string_view key) override {
        at_ = rows_.upper_bound(key);
        step_back();
    }
    void next() override { ++at_; }
    void prev() override { step_back(); }
    bool valid() const override { return at_ != rows_.end(); }
    std::string_view key() const override { return at_->first; }
    std::string_view value() const override { return at_->second; }

private:
    void step_back() { at_ = at_ == rows_.begin() ? rows_.end() : std::prev(at_); }

    const MemoryRows::Rows& rows_;
    MemoryRows::Rows::const_iterator at_;
};

bool find_in(const MemoryRows::Rows& rows, std::string_view key, std::string& value) {
    const auto row = rows.find(key);
    if (row == rows.end()) return false;
    value = row->second;
    return true;
}

class CopiedRows final : public RowReader {
public:
    explicit CopiedRows(MemoryRows::Rows rows) : rows_(std::move(rows)) {}
    bool get(std::string_view key, std::string& value) const override {
        return find_in(rows_, key, value);
    }
    std::unique_ptr<RowCursor> cursor(std::string_view) const override {
        return std::make_unique<MapCursor>(rows_);
    }

private:
    const MemoryRows::Rows rows_;
};

}  // namespace

class MemoryBatch final : public OverlaidRows {
public:
    explicit MemoryBatch(MemoryRows& store) : store_(store) {}

    void commit() override {
        const std::lock_guard lock(store_.mutex_);
        store_.copy_.reset();
        for (const auto row : unwritten()) {
            const auto& [key, change] = *row;
            if (change.value) {
                store_.rows_.insert_or_assign(key, *change.value);
            } else {
                store_.rows_.erase(key);
            }
        }
        forget_changes();
    }

private:
    bool get_committed(std::string_view key, std::string& value) const override {
        return find_in(store_.rows_, key, value);
    }
    std::unique_ptr<RowCursor> committed_cursor(std::string_view) const override {
        return std::make_unique<MapCursor>(store_.rows_);
    }

    MemoryRows& store_;
};

std::shared_ptr<const RowReader> MemoryRows::snapshot() const {
    const std::lock_guard lock(mutex_);
    if (!copy_) copy_ = std::make_shared<CopiedRows>(rows_);
    return copy_;
}

std::unique_ptr<RowBatch> MemoryRows::begin() { return std::make_unique<MemoryBatch>(*this); }

void MemoryRows::erase_prefix(std::string_view prefix) {
    const std::lock_guard lock(mutex_);
    copy_.reset();
    auto row = rows_.lower_bound(prefix);
    while (row != rows_.end() && row->first.starts_with(prefix)) row = rows_.erase(row);
}

void MemoryRows::checkpoint(const std::filesystem::path& directory) {
    throw StorageBroken("Read models in memory cannot be copied to " + directory.string() + ".");
}

}  // namespace kontor
