// A table of what grows with the business: entries, documents, moves and their numbers.
//
// In memory are only the rows changed since the last two snapshots and a few that were read; the
// rest is read from the log's database when a decision asks for it. So a company of twenty years
// starts as fast, and takes as much memory, as one of a month.
#pragma once

#include "domain/core/table.h"

namespace kontor {

template <class Key, class Record>
class PagedTable : public AnyTable {
public:
    using TableKey = Key;
    using TableRow = Record;

    // The row, or null. It stays valid until the table is next changed or the decision ends.
    const Record* find(const Key& key) const {
        if (const auto row = changed_.find(key); row != changed_.end()) return held(row->second);
        if (frozen_)
            if (const auto row = frozen_->rows.find(key); row != frozen_->rows.end())
                return held(row->second);
        if (const auto row = read_.find(key); row != read_.end()) return &row->second;
        if (const auto row = read_before_.find(key); row != read_before_.end()) return &row->second;
        if (!stored_) return nullptr;
        Record row{};
        if (!stored_->find(&key, &row)) return nullptr;
        return &read_.emplace(key, std::move(row)).first->second;
    }
    void put(const Key& key, Record record) { remember(key) = std::move(record); }
    void change(const Key& key, const auto& change) {
        const Record* row = find(key);
        ensure(row != nullptr, "a changed row is there");
        std::optional<Record> changed(*row);
        change(*changed);
        remember(key) = std::move(changed);
    }
    void erase(const Key& key) {
        if (find(key)) remember(key).reset();
    }
    // Rows in key order, from the first whose key is not less than `key`, until `call` says false.
    // The table must not be changed meanwhile.
    template <class Call>  // bool(const Key&, const Record&)
    void each_from(const Key& key, const Call& call) const {
        walk(&key, call);
    }

    // Walks them all.
    std::size_t size() const override {
        std::size_t rows = 0;
        walk(nullptr, [&](const Key&, const Record&) { return ++rows > 0; });
        return rows;
    }
    const void* find_row(const void* key) const override {
        return find(*static_cast<const Key*>(key));
    }
    const Type& key_type() const override { return type_of<Key>(); }
    const Type& row_type() const override { return type_of<Record>(); }
    void each(const Row& call) const override {
        walk(nullptr, [&](const Key& key, const Record& row) {
            call(&key, &row);
            return true;
        });
    }

    void keep() override { before_.clear(); }
    void take_back() override {
        for (auto& [key, row] : before_ | std::views::reverse) {
            if (row)
                changed_.insert_or_assign(key, std::move(*row));
            else
                changed_.erase(key);
        }
        before_.clear();
    }
    std::size_t changed() const override { return changed_.size(); }
    std::shared_ptr<const FrozenRows> freeze() override {
        ensure(before_.empty() && (!frozen_ || released_),
               "rows are frozen between commits, one time at a time");
        auto frozen = std::make_shared<Frozen>();
        frozen->rows.swap(changed_);
        released_ = false;
        return frozen_ = std::move(frozen);
    }
    // They stay until the next freeze: what changed is what changes again, as sums do.
    void release() override { released_ = true; }
    void load(const void*, const void*) override {
        ensure(false, "the rows of a paged table stay where they are stored");
    }

    bool paged() const override { return true; }
    void page(const StoredRows& stored, std::size_t cached_rows) override {
        stored_ = &stored;
        cached_rows_ = cached_rows;
    }
    // Keeps the rows that were read last: one full generation and the one that is filling.
    void let_go() override {
        if (read_.size() < cached_rows_ || read_.empty()) return;
        read_before_.swap(read_);
        read_.clear();
    }

private:
    using Changes = std::map<Key, std::optional<Record>>;  // no row: it is gone

    struct Frozen final : FrozenRows {
        Changes rows;

        std::size_t size() const override { return rows.size(); }
        void each(const Row& call) const override {
            for (const auto& [key, row] : rows) call(&key, held(row));
        }
    };

    static const Record* held(const std::optional<Record>& row) { return row ? &*row : nullptr; }

    // The place of a row that is about to change; what it was can be taken back.
    std::optional<Record>& remember(const Key& key) {
        const auto [row, added] = changed_.try_emplace(key);
        if (added) {
            before_.emplace_back(key, std::nullopt);
            read_.erase(key);
            read_before_.erase(key);
        } else {
            before_.emplace_back(key, std::move(row->second));
        }
        return row->second;
    }

    // The rows in memory in key order: changed ones hide frozen ones.
    class InMemory {
    public:
        InMemory(const Changes& changed, const Frozen* frozen, const Key* from)
            : changed_(from ? changed.lower_bound(*from) : changed.begin()),
              changed_end_(changed.end()),
              has_frozen_(frozen != nullptr) {
            if (!frozen) return;
            frozen_ = from ? frozen->rows.lower_bound(*from) : frozen->rows.begin();
            frozen_end_ = frozen->rows.end();
        }
        // The next one, or null.
        const typename Changes::value_type* now() const {
            const bool changed = changed_ != changed_end_;
            if (!has_frozen_ || frozen_ == frozen_end_) return changed ? &*changed_ : nullptr;
            return changed && !(frozen_->first < changed_->first) ? &*changed_ : &*frozen_;
        }
        void next() {
            const Key key = now()->first;
            if (changed_ != changed_end_ && !(key < changed_->first)) ++changed_;
            if (has_frozen_ && frozen_ != frozen_end_ && !(key < frozen_->first)) ++frozen_;
        }

    private:
        typename Changes::const_iterator changed_, changed_end_, frozen_{}, frozen_end_{};
        bool has_frozen_;
    };

    template <class Call>
    void walk(const Key* from, const Call& call) const {
        InMemory memory(changed_, frozen_.get(), from);
        bool go_on = true;
        const auto show_memory_until = [&](const Key* end) {  // exclusive; null: all
            for (; go_on; memory.next()) {
                const auto* row = memory.now();
                if (!row || (end && !(row->first < *end))) return;
                if (row->second) go_on = call(row->first, *row->second);
            }
        };
        if (stored_)
            stored_->each_from(from, [&](const void* at, const void* row) {
                const Key& key = *static_cast<const Key*>(at);
                show_memory_until(&key);
                const auto* newer = go_on ? memory.now() : nullptr;
                const bool hidden = newer && !(key < newer->first);
                if (go_on && !hidden) go_on = call(key, *static_cast<const Record*>(row));
                return go_on;
            });
        show_memory_until(nullptr);
    }

    const StoredRows* stored_ = nullptr;
    std::size_t cached_rows_ = 0;
    Changes changed_;                       // since the last freeze, what is being decided included
    std::shared_ptr<const Frozen> frozen_;  // by the last freeze; stored too once it is released
    bool released_ = false;
    // As they are stored; never what is changed or frozen.
    mutable std::map<Key, Record> read_, read_before_;
    // What `changed_` held before each change, in the order of the changes; none: nothing.
    std::vector<std::pair<Key, std::optional<std::optional<Record>>>> before_;
};

}  // namespace kontor
