// Postings under a key in two times (valid day, recorded event), summed at any corner of them.
//
// A corner (valid_at, known_at) means: of what was recorded up to the position known_at, that which
// is dated not after valid_at. Its sum costs a few row reads whatever the history holds, and the
// same for old and for recent corners; corner_index.cpp says how the rows are laid out. The rows
// depend on the sequence of adds alone: not on batches, nor on when a database was reopened.
#pragma once

#include "domain/core/decimal.h"
#include "projections/corner.h"
#include "projections/corner_blocks.h"
#include "projections/rows.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kontor {

// Where a posting stands among those of its key in the order they were recorded. The ordinal counts
// them from 0 and tells apart those of one event; left out, the place is behind the whole event.
struct PostingPlace {
    EventRef event;
    std::uint64_t ordinal = std::numeric_limits<std::uint64_t>::max();
    auto operator<=>(const PostingPlace&) const = default;
};

// Where a posting stands in a statement of account: by day, then in the order they were recorded.
struct DayPlace {
    Date day;
    PostingPlace place;
    auto operator<=>(const DayPlace&) const = default;
};

struct Posting {
    Date day;
    PostingPlace place;
    std::span<const std::int64_t> amounts;  // readable during the call only

    DayPlace day_place() const { return {day, place}; }
};

// Answers whether to go on with the next one.
using EachPosting = std::function<bool(const Posting&)>;
using EachKey = std::function<bool(std::string_view key)>;
using EachSum = std::function<bool(std::string_view key, std::span<const Wide> sums)>;

// Keys are any bytes, in the order of unsigned bytes. Holds no state: one object serves all
// threads.
class CornerIndex {
public:
    // Whether postings can also be walked by day, which costs a row for each day of a block.
    enum class ByDay : bool { no, yes };

    // Every row of the table begins with the prefix as it is; no other table's prefix may begin
    // with this one, nor this one with another's. Width is the number of amounts of a
    // posting, 0 to 255.
    CornerIndex(std::string_view table_prefix, std::size_t width, ByDay by_day, BlockCut cut = {});

    // The bytes with which every row of this table begins.
    const std::string& row_prefix() const { return prefix_; }
    BlockCut cut() const { return cut_; }
    // The bytes with which every row of a key but its open edge begins, told apart from those of
    // all other keys. The index goes on with a lower-case letter up to 'p'; an owner may keep rows
    // of its own behind the letters 'q' to 'z'.
    std::string key_prefix(std::string_view key) const;

    // Events of a key never go backwards; several adds may share one. Answers where it stands.
    PostingPlace add(RowWriter&, std::string_view key, Date day, EventRef,
                     std::span<const std::int64_t> amounts) const;

    // Fills `out` (one sum for each amount). False, and zeros, when no posting is in the corner.
    bool sum(const RowReader&, std::string_view key, const Corner&, std::span<Wide> out) const;
    // What a statement of account amounts to behind a place: everything at the corner that is
    // not after the place by day.
    bool sum_through(const RowReader&, std::string_view key, const Corner&, const DayPlace&,
                     std::span<Wide> out) const;
    // The newest day of a posting in the corner; empty when there is none.
    std::optional<Date> newest_day(const RowReader&, std::string_view key, const Corner&) const;

    // Keys that begin so, in order, behind `after`: one row a key, whatever its history.
    void for_each_key(const RowReader&, std::string_view begins_with,
                      std::optional<std::string_view> after, const EachKey&) const;
    // The same with the sums of each key at a corner; keys without a posting there are left out.
    // The rows are read by two threads.
    void for_each_sum(const RowReader&, std::string_view begins_with,
                      std::optional<std::string_view> after, const Corner&, const EachSum&) const;

    // The postings in the corner in the order they were recorded, behind a place.
    void postings(const RowReader&, std::string_view key, const Corner&,
                  const std::optional<PostingPlace>& after, const EachPosting&) const;
    // The same by day. Only with ByDay::yes.
    void statement(const RowReader&, std::string_view key, const Corner&,
                   const std::optional<DayPlace>& after, const EachPosting&) const;

private:
    // Keys in order, with the cursor that stands at the open edge of each.
    void walk_keys(const RowReader&, std::string_view begins_with,
                   std::optional<std::string_view> after,
                   const std::function<bool(std::string_view key, const RowCursor& at)>&) const;

    struct Run;
    void add_run(const RowReader&, const Corner&, Run&, std::size_t from, std::size_t to) const;
    bool sum_run(const RowReader&, const Corner&, Run&, const EachSum&) const;

    std::string prefix_;
    std::size_t width_;
    ByDay by_day_;
    BlockCut cut_;
};

}  // namespace kontor
