// The only container that decision state lives in.
//
// A commit is decided step by step: later steps see what earlier ones changed, and a refusal
// anywhere takes all of it back. So every change goes through a table, which keeps what was there
// before until the commit is kept. The same record of changes makes snapshots incremental. This is
// the resident table, for what is few or asked at every decision; what grows with the business is
// paged (paged_table.h).
#pragma once

#include "domain/core/describe.h"
#include "domain/core/ensure.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <utility>
#include <vector>

namespace kontor {

// Rows of a table as they were when they were set apart, in key order; the row is null where it is
// gone. They never change, so another thread may read them while the table goes on.
class FrozenRows {
public:
    using Row = std::function<void(const void* key, const void* row)>;

    virtual ~FrozenRows() = default;
    virtual std::size_t size() const = 0;
    virtual void each(const Row& call) const = 0;
};

// Where a paged table's rows are when they are not in memory: the last durable snapshot. Whoever
// opens the log fills this seam; keys and rows are of the table's types.
class StoredRows {
public:
    using Row = std::function<bool(const void* key, const void* row)>;

    virtual ~StoredRows() = default;
    // Fills `row`; false when there is none with the key.
    virtual bool find(const void* key, void* row) const = 0;
    // In key order, from the first whose key is not less than `key` (null: from the first), until
    // the callback says false.
    virtual void each_from(const void* key, const Row& call) const = 0;
};

// A table with the types of its keys and rows forgotten: what snapshots and digests see.
class AnyTable {
public:
    using Row = FrozenRows::Row;

    AnyTable() = default;
    AnyTable(const AnyTable&) = delete;
    AnyTable& operator=(const AnyTable&) = delete;
    virtual ~AnyTable() = default;

    virtual const Type& key_type() const = 0;
    virtual const Type& row_type() const = 0;
    virtual std::size_t size() const = 0;
    virtual const void* find_row(const void* key) const = 0;
    // Every row, in key order.
    virtual void each(const Row& call) const = 0;

    virtual void keep() = 0;       // the commit is decided: forget what was before
    virtual void take_back() = 0;  // refused, or a dry run: as if nothing had been tried

    // Keys kept since the last freeze, once each.
    virtual std::size_t changed() const = 0;
    // Sets those rows apart for a snapshot and counts anew. Between commits, and when the rows of
    // the last freeze are released.
    virtual std::shared_ptr<const FrozenRows> freeze() = 0;
    // A durable snapshot holds the frozen rows; a table may keep them until the next freeze.
    virtual void release() = 0;
    // Puts a row that a snapshot holds; it counts as no change. Not for paged tables.
    virtual void load(const void* key, const void* row) = 0;

    virtual bool paged() const { return false; }
    // Where the rows are that are not in memory, and how many of them may be kept there.
    virtual void page(const StoredRows&, std::size_t /*cached_rows*/) {}
    // The running decision is over: what `find` gave is no longer looked at.
    virtual void let_go() {}
};

template <class Key, class Record>
class Table : public AnyTable {
public:
    using TableKey = Key;
    using TableRow = Record;

    // The row, or null. It stays valid until the table is next changed.
    const Record* find(const Key& key) const {
        const auto row = rows_.find(key);
        return row == rows_.end() ? nullptr : &row->second;
    }
    void put(const Key& key, Record record) {
        auto [row, added] = rows_.try_emplace(key);
        before_.emplace_back(key, added ? std::nullopt : std::optional<Record>(row->second));
        row->second = std::move(record);
    }
    void change(const Key& key, const auto& change) {
        const auto row = rows_.find(key);
        ensure(row != rows_.end(), "a changed row is there");
        before_.emplace_back(key, row->second);
        change(row->second);
    }
    void erase(const Key& key) {
        const auto row = rows_.find(key);
        if (row == rows_.end()) return;
        before_.emplace_back(key, std::move(row->second));
        rows_.erase(row);
    }
    // Rows in key order, from the first whose key is not less than `key`.
    auto from(const Key& key) const {
        return std::ranges::subrange(rows_.lower_bound(key), rows_.end());
    }
    // The last row whose key is not greater than `key`; null when there is none.
    const std::pair<const Key, Record>* last_until(const Key& key) const {
        const auto after = rows_.upper_bound(key);
        return after == rows_.begin() ? nullptr : &*std::prev(after);
    }
    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.end(); }

    std::size_t size() const override { return rows_.size(); }
    const void* find_row(const void* key) const override {
        return find(*static_cast<const Key*>(key));
    }
    const Type& key_type() const override { return type_of<Key>(); }
    const Type& row_type() const override { return type_of<Record>(); }

    void keep() override {
        for (auto& [key, row] : before_) changed_.insert(std::move(key));
        before_.clear();
    }
    void take_back() override {
        for (auto& [key, row] : before_ | std::views::reverse) {
            if (row)
                rows_.insert_or_assign(key, std::move(*row));
            else
                rows_.erase(key);
        }
        before_.clear();
    }
    void each(const Row& call) const override {
        for (const auto& [key, row] : rows_) call(&key, &row);
    }
    std::size_t changed() const override { return changed_.size(); }
    std::shared_ptr<const FrozenRows> freeze() override {
        auto frozen = std::make_shared<Copied>();
        for (const Key& key : changed_) {
            const Record* row = find(key);
            frozen->rows.emplace_back(key, row ? std::optional<Record>(*row) : std::nullopt);
        }
        changed_.clear();
        return frozen;
    }
    void release() override {}
    void load(const void* key, const void* row) override {
        rows_.insert_or_assign(*static_cast<const Key*>(key), *static_cast<const Record*>(row));
    }

private:
    struct Copied final : FrozenRows {
        std::vector<std::pair<Key, std::optional<Record>>> rows;

        std::size_t size() const override { return rows.size(); }
        void each(const Row& call) const override {
            for (const auto& [key, row] : rows) call(&key, row ? &*row : nullptr);
        }
    };

    std::map<Key, Record> rows_;
    std::vector<std::pair<Key, std::optional<Record>>> before_;  // in the order of the changes
    std::set<Key> changed_;
};

}  // namespace kontor
