// Changes that are not in the database yet, laid over the rows that are.
#pragma once

#include "projections/rows.h"

#include <functional>
#include <map>
#include <optional>

namespace kontor {

// The part of a batch that is the same for every database: reads see the changes first.
class OverlaidRows : public RowBatch {
public:
    // A change: the new value, or that the row is gone.
    using Changes = std::map<std::string, std::optional<std::string>, std::less<>>;

    bool get(std::string_view key, std::string& value) const override;
    std::unique_ptr<RowCursor> cursor() const override;
    void put(std::string_view key, std::string_view value) override;
    void erase(std::string_view key) override;
    std::size_t changed_rows() const override { return changes_.size(); }
    std::size_t changed_bytes() const override { return bytes_; }

protected:
    // The rows as they were last committed.
    virtual bool get_committed(std::string_view key, std::string& value) const = 0;
    virtual std::unique_ptr<RowCursor> committed_cursor() const = 0;

    const Changes& changes() const { return changes_; }
    void forget_changes();

private:
    void change(std::string_view key, std::optional<std::string_view> value);

    Changes changes_;
    std::size_t bytes_ = 0;
};

}  // namespace kontor
