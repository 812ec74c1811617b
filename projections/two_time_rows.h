// Things in two times: what a thing was on any business day, as it was known at any position.
//
// A row is put at (key, valid day, event). Read at a corner, the newest valid day not after
// valid_at among what was put up to known_at counts; of several puts for one day the latest.
#pragma once

#include "projections/corner_index.h"

#include <memory>
#include <optional>
#include <string>

namespace kontor {

class TwoTimeRows {
public:
    struct Found {
        std::string_view row;  // readable during the call only, where it is handed to one
        Date day;              // from which it is valid
        EventRef event;        // that put it
    };
    // The same, holding its bytes.
    struct Kept {
        std::string row;
        Date day;
        EventRef event;
    };
    // Finds one thing after another, with one place among the rows: those asked for in the order of
    // their keys are mostly found where it stands.
    class Finder {
    public:
        Finder(const TwoTimeRows& table, const RowReader& rows) : table_(table), rows_(rows) {}
        // As `get`; its bytes are readable until the next question.
        std::optional<Found> get(std::string_view key, const Corner& corner);

    private:
        void go_to(const std::string& place);

        const TwoTimeRows& table_;
        const RowReader& rows_;
        std::unique_ptr<RowCursor> at_;
        std::string seen_from_;  // all rows from here to the cursor were seen; empty: not known
        std::string payload_;
    };
    struct Put {
        std::optional<std::string_view> row;  // empty: gone from this day on; for the call only
        Date day;
        PostingPlace place;
    };
    using EachRow = std::function<bool(std::string_view key, const Found&)>;
    using EachPut = std::function<bool(const Put&)>;

    explicit TwoTimeRows(std::string_view table_prefix);

    // Says what the thing is from a day on, or that it is gone (no bytes). Events of a key never
    // go backwards; a second put by one event for one day stands in place of the first.
    void put(RowWriter&, std::string_view key, Date day, EventRef,
             std::optional<std::string_view> row) const;

    // Empty when there was no such thing yet, or no longer.
    std::optional<Kept> get(const RowReader&, std::string_view key, const Corner&) const;

    // The things whose keys begin so and that are there at the corner, in order, behind `after`.
    void for_each(const RowReader&, std::string_view begins_with,
                  std::optional<std::string_view> after, const Corner&, const EachRow&) const;

    // Everything that was ever put for a key, in the order it was recorded, behind a place.
    void history(const RowReader&, std::string_view key, const std::optional<PostingPlace>& after,
                 const EachPut&) const;

    // The bytes with which every row of this table begins, for digests and for erasing it.
    const std::string& row_prefix() const { return index_.row_prefix(); }

private:
    std::string payload_prefix(std::string_view key) const;

    CornerIndex index_;
};

}  // namespace kontor
