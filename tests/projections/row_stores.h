// Row stores for tests: a scratch directory, all rows of a store, and readers that count.
#pragma once

#include "projections/memory_rows.h"
#include "projections/rocks_rows.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <map>

namespace kontor::testing {

class ScratchDirectory {
public:
    ScratchDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "kontor_rows_XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no scratch directory");
        path_ = name;
    }
    ~ScratchDirectory() { std::filesystem::remove_all(path_); }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    std::filesystem::path operator/(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

inline std::map<std::string, std::string> all_rows(const RowReader& rows) {
    std::map<std::string, std::string> all;
    const auto cursor = rows.cursor("");
    for (cursor->seek(""); cursor->valid(); cursor->next()) {
        all.emplace(cursor->key(), cursor->value());
    }
    return all;
}

// Counts what a question costs: gets, seeks and steps of cursors.
class CountingReader final : public RowReader {
public:
    explicit CountingReader(const RowReader& rows) : rows_(rows) {}
    bool get(std::string_view key, std::string& value) const override {
        ++reads;
        return rows_.get(key, value);
    }
    std::unique_ptr<RowCursor> cursor(std::string_view within) const override {
        return std::make_unique<Cursor>(rows_.cursor(within), reads);
    }

    mutable std::atomic<int> reads = 0;

private:
    class Cursor final : public RowCursor {
    public:
        Cursor(std::unique_ptr<RowCursor> at, std::atomic<int>& reads)
            : at_(std::move(at)), reads_(reads) {}
        void seek(std::string_view key) override { ++reads_, at_->seek(key); }
        void seek_for_prev(std::string_view key) override { ++reads_, at_->seek_for_prev(key); }
        void next() override { ++reads_, at_->next(); }
        void prev() override { ++reads_, at_->prev(); }
        bool valid() const override { return at_->valid(); }
        std::string_view key() const override { return at_->key(); }
        std::string_view value() const override { return at_->value(); }

    private:
        std::unique_ptr<RowCursor> at_;
        std::atomic<int>& reads_;
    };

    const RowReader& rows_;
};

}  // namespace kontor::testing
