// Changes that are not in the database yet, laid over the rows that are.
#pragma once

#include "projections/rows.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kontor {

// The part of a batch that is the same for every database: reads see the changes first.
class OverlaidRows : public RowBatch {
public:
    struct Change {
        std::optional<std::string> value;  // empty: the row is gone
        bool written = false;              // the database has it already
        bool grows = false;                // it was asked for to be changed where it lies
    };
    using Changes = std::map<std::string, Change, std::less<>>;

    bool get(std::string_view key, std::string& value) const override;
    std::unique_ptr<RowCursor> cursor(std::string_view within) const override;
    void put(std::string_view key, std::string_view value) override;
    void erase(std::string_view key) override;
    std::string& row_to_change(std::string_view key) override;
    std::size_t changed_rows() const override { return unwritten_.size(); }
    std::size_t changed_bytes() const override { return bytes_ + grown(); }

protected:
    // The rows as they were last committed.
    virtual bool get_committed(std::string_view key, std::string& value) const = 0;
    virtual std::unique_ptr<RowCursor> committed_cursor(std::string_view within) const = 0;

    // What is to be written, in the order of keys, in which it is written fastest; a value that is
    // empty: the row is gone.
    using Unwritten = std::vector<Changes::iterator>;
    const Unwritten& unwritten();
    // What was changed is in the database now. Rows that grow stay, as the next run of commits is
    // likely to change them again, up to a bound. Costs as much as was changed, not as what stays.
    void forget_changes();

private:
    void change(std::string_view key, std::optional<std::string_view> value);
    Change& to_be_written(Changes::iterator row);
    void drop_kept();
    void settle_growth();
    std::size_t grown() const { return growing_ ? growing_->size() - size_before_ : 0; }

    Changes changes_;
    std::unordered_map<std::string_view, Changes::iterator> grows_;  // finds those that grow
    Unwritten unwritten_;
    std::size_t bytes_ = 0;  // of those
    std::size_t kept_ = 0;   // of rows that are written and stay
    // The row that was last handed out to be changed, and how long it was then.
    const std::string* growing_ = nullptr;
    std::size_t size_before_ = 0;
};

}  // namespace kontor
