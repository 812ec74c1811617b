// Sums in two times: what a key amounts to on any business day, as it was known at any position.
//
// Balances, stock, open items and counts of funnels are such sums. Each posting is added under
// every key that a query groups by; a query then reads one key, or walks the keys of a prefix.
#pragma once

#include "projections/corner_index.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kontor {

// A key, and what of its postings counts.
struct KeyAtCorner {
    std::string key;
    Corner corner;
};

class TwoTimeTotals {
public:
    // Every row of the table begins with the prefix as it is; no other table's prefix may begin
    // with this one, nor this one with another's (Place::table in projection.h gives such). Width
    // is the number of amounts that are summed side by side (debit and credit: 2). Tests cut rows
    // shorter than is usual.
    TwoTimeTotals(std::string_view table_prefix, int width, BlockCut cut = {});

    // Adds amounts to a key from a day on. Events of a key never go backwards.
    void add(RowWriter&, std::string_view key, Date day, EventRef,
             std::span<const std::int64_t> amounts) const;

    // What a source stands for, in place of what it stood for until this event: first takes out
    // what it added, at its own key and day, as negative amounts, then adds. Nothing is written
    // when the source says the same as before.
    void replace(RowWriter&, std::string_view source, std::string_view key, Date day, EventRef,
                 std::span<const std::int64_t> amounts) const;
    // The source stands for nothing from this event on. Nothing happens when it already did.
    void remove(RowWriter&, std::string_view source, EventRef) const;

    // Fills `out`, one sum for each amount; false, and zeros, when the corner holds no posting.
    bool sum(const RowReader&, std::string_view key, const Corner&, std::span<Wide> out) const;
    // What a statement of account shows as the balance behind a place, at the corner. The opening
    // balance of a statement from a day on is `sum` at the day before.
    bool sum_through(const RowReader&, std::string_view key, const Corner&, const DayPlace&,
                     std::span<Wide> out) const;

    // Keys that begin so, in order of their bytes, behind `after`.
    void for_each_key(const RowReader&, std::string_view begins_with,
                      std::optional<std::string_view> after, const EachKey&) const;
    // The same with their sums at a corner; keys without a posting there are left out.
    void for_each_sum(const RowReader&, std::string_view begins_with,
                      std::optional<std::string_view> after, const Corner&, const EachSum&) const;

    // The postings that a sum is made of, in the order they were recorded, behind a place.
    void postings(const RowReader&, std::string_view key, const Corner&,
                  const std::optional<PostingPlace>& after, const EachPosting&) const;
    // The same as a statement of account: by day, then as recorded. A page costs what it shows.
    void statement(const RowReader&, std::string_view key, const Corner&,
                   const std::optional<DayPlace>& after, const EachPosting&) const;

    // Events with postings under any of the keys, each once: by day, then as recorded, behind a
    // place, until `call` answers false.
    void events_by_day(const RowReader&, const std::vector<KeyAtCorner>&, std::optional<DayPlace>,
                       const std::function<bool(const EventRef&)>& call) const;

    // The bytes with which every row of this table begins, for digests and for erasing it.
    const std::string& row_prefix() const { return index_.row_prefix(); }

private:
    std::string source_row_key(std::string_view source) const;

    CornerIndex index_;
};

}  // namespace kontor
