// Changes that are not in the database yet: how reads see them before the rows below.
#include "projections/row_overlay.h"

#include <algorithm>

namespace kontor {
namespace {

constexpr std::size_t most_kept_bytes = 16u << 20;  // of rows that grow, between two commits

std::size_t size_of(const OverlaidRows::Changes::value_type& row) {
    return row.first.size() + (row.second.value ? row.second.value->size() : 0);
}

// Walks two ordered sources as one; a change hides the committed row of its key.
class MergedCursor final : public RowCursor {
public:
    MergedCursor(std::unique_ptr<RowCursor> below, const OverlaidRows::Changes& changes)
        : below_(std::move(below)), changes_(changes) {}

    void seek(std::string_view key) override {
        forward_ = true;
        below_->seek(key);
        change_ = changes_.lower_bound(key);
        has_change_ = change_ != changes_.end();
        settle();
    }
    void seek_for_prev(std::string_view key) override {
        forward_ = false;
        below_->seek_for_prev(key);
        change_ = changes_.upper_bound(key);
        step_change_back();
        settle();
    }
    void next() override {
        if (!forward_) seek(std::string(key()));
        pass(std::string(key()));
        settle();
    }
    void prev() override {
        if (forward_) seek_for_prev(std::string(key()));
        pass(std::string(key()));
        settle();
    }
    bool valid() const override { return where_ != Where::nowhere; }
    std::string_view key() const override {
        return where_ == Where::change ? std::string_view(change_->first) : below_->key();
    }
    std::string_view value() const override {
        return where_ == Where::change ? std::string_view(*change_->second.value) : below_->value();
    }

private:
    enum class Where { nowhere, below, change };

    void step_change_back() {
        has_change_ = change_ != changes_.begin();
        if (has_change_) --change_;
    }
    // Leaves the rows of this key on both sides.
    void pass(const std::string& key) {
        if (below_->valid() && below_->key() == key) {
            forward_ ? below_->next() : below_->prev();
        }
        if (has_change_ && change_->first == key) {
            if (forward_) {
                has_change_ = ++change_ != changes_.end();
            } else {
                step_change_back();
            }
        }
    }
    // Finds which side comes first from here on, past the erased.
    void settle() {
        while (true) {
            const bool below = below_->valid();
            if (!below && !has_change_) {
                where_ = Where::nowhere;
                return;
            }
            const bool change_first =
                has_change_ && (!below || (forward_ ? change_->first <= below_->key()
                                                    : change_->first >= below_->key()));
            if (!change_first || change_->second.value) {
                where_ = change_first ? Where::change : Where::below;
                return;
            }
            pass(change_->first);
        }
    }

    std::unique_ptr<RowCursor> below_;
    const OverlaidRows::Changes& changes_;
    OverlaidRows::Changes::const_iterator change_;
    bool has_change_ = false;
    bool forward_ = true;
    Where where_ = Where::nowhere;
};

}  // namespace

bool OverlaidRows::get(std::string_view key, std::string& value) const {
    const auto change = changes_.find(key);
    if (change == changes_.end()) return get_committed(key, value);
    if (!change->second.value) return false;
    value = *change->second.value;
    return true;
}

std::unique_ptr<RowCursor> OverlaidRows::cursor(std::string_view within) const {
    return std::make_unique<MergedCursor>(committed_cursor(within), changes_);
}

void OverlaidRows::put(std::string_view key, std::string_view value) { change(key, value); }

void OverlaidRows::erase(std::string_view key) { change(key, std::nullopt); }

std::string& OverlaidRows::row_to_change(std::string_view key) {
    settle_growth();
    auto known = grows_.find(key);
    if (known == grows_.end()) {
        auto found = changes_.lower_bound(key);
        if (found == changes_.end() || found->first != key) {
            Change there{{}, true, true};
            if (std::string value; get_committed(key, value)) there.value = std::move(value);
            found = changes_.emplace_hint(found, std::string(key), std::move(there));
            kept_ += size_of(*found);
        }
        found->second.grows = true;
        known = grows_.emplace(found->first, found).first;
    }
    Change& change = to_be_written(known->second);
    if (!change.value) change.value.emplace();
    growing_ = &*change.value;
    size_before_ = growing_->size();
    return *change.value;
}

void OverlaidRows::change(std::string_view key, std::optional<std::string_view> value) {
    settle_growth();
    auto found = changes_.lower_bound(key);
    if (found == changes_.end() || found->first != key) {
        found = changes_.emplace_hint(found, std::string(key), Change{{}, true, false});
        kept_ += size_of(*found);
    }
    Change& change = to_be_written(found);
    if (change.value) bytes_ -= change.value->size();
    if (value) {
        change.value = std::string(*value);
        bytes_ += value->size();
    } else {
        change.value.reset();
    }
}

// Counts a row among those to be written, with what it has now.
OverlaidRows::Change& OverlaidRows::to_be_written(Changes::iterator row) {
    Change& change = row->second;
    if (change.written) {
        change.written = false;
        kept_ -= size_of(*row);
        bytes_ += size_of(*row);
        unwritten_.push_back(row);
    }
    return change;
}

void OverlaidRows::settle_growth() {
    bytes_ += grown();
    growing_ = nullptr;
}

const OverlaidRows::Unwritten& OverlaidRows::unwritten() {
    std::ranges::sort(unwritten_, {},
                      [](Changes::iterator row) -> const std::string& { return row->first; });
    return unwritten_;
}

void OverlaidRows::forget_changes() {
    settle_growth();
    for (const Changes::iterator row : unwritten_) {
        Change& change = row->second;
        if (change.grows && change.value) {
            change.written = true;
            kept_ += size_of(*row);
            continue;
        }
        if (change.grows) grows_.erase(row->first);
        changes_.erase(row);
    }
    unwritten_.clear();
    bytes_ = 0;
    if (kept_ > most_kept_bytes) drop_kept();
}

// Now that all is written, whatever stays is only there to be quick.
void OverlaidRows::drop_kept() {
    grows_.clear();
    changes_.clear();
    kept_ = 0;
}

}  // namespace kontor
