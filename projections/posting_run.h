// Postings as octets: those of an edge in the order they were recorded, those of a day by place.
//
// An edge is packed as it grows, each posting told by what it adds to the one before:
//   newest day of the key before the edge (4), first position (8), first day (4), then for each
//   posting: positions since the one before, number of the event, days since the first day, amounts
// Ordinals are not written: they count. A posting is in order when no earlier one of its key has a
// later day; those in order, edge after edge, are by day as they lie.
#pragma once

#include "projections/corner_index.h"
#include "projections/packed_numbers.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// The open edge, which lies in its row behind what the key is as a whole, changed where it lies:
//   first ordinal (8), last event of the key (12), newest day of the key (4), postings (1), for
//   each amount its sum over all postings of the key (16), edge
class OpenEdge {
public:
    OpenEdge(std::string& row, std::size_t width)
        : row_(row), header_size_(own_header + width * sizeof(Wide)) {
        if (row_.empty()) begin(0, {}, earliest_day);
        PackedNumbers numbers(row_);
        first_ordinal_ = numbers.fixed<std::uint64_t>();
        last_.position = numbers.fixed<std::uint64_t>();
        last_.n = numbers.fixed<std::uint32_t>();
        newest_ = numbers.fixed_day();
        count_ = numbers.fixed<std::uint8_t>();
    }
    std::uint64_t first_ordinal() const { return first_ordinal_; }
    std::uint8_t count() const { return count_; }
    const EventRef& last() const { return last_; }
    Date newest() const { return newest_; }
    std::string_view packed() const { return std::string_view(row_).substr(header_size_); }
    // Where the last posting of the key stands; there is one.
    PostingPlace last_place() const { return {last_, first_ordinal_ + count_ - 1}; }
    // Where its first posting stands; only when it holds one.
    PostingPlace first_place() const {
        PackedNumbers numbers(packed().substr(sizeof(std::uint32_t)));
        PostingPlace place{{numbers.fixed<std::uint64_t>()}, first_ordinal_};
        numbers.fixed_day();
        numbers.shortened();
        place.event.n = numbers.shortened<std::uint32_t>();
        return place;
    }
    void add_all(std::span<Wide> out) const {
        PackedNumbers numbers(std::string_view(row_).substr(own_header));
        for (Wide& sum : out) sum += static_cast<Wide>(numbers.fixed<UnsignedWide>());
    }

    void add(Date day, EventRef event, std::span<const std::int64_t> amounts) {
        Date first_day = day;
        std::uint64_t before = event.position;
        if (count_ == 0) {
            append_fixed(row_, newest_);
            append_fixed(row_, event.position);
            append_fixed(row_, day);
        } else {
            before = last_.position;
            first_day = PackedNumbers(packed().substr(12)).fixed_day();
        }
        append_short(row_, event.position - before);
        append_short(row_, event.n);
        append_short(row_, folded(std::int64_t{day.days} - first_day.days));
        for (std::size_t k = 0; k < amounts.size(); ++k) {
            append_short(row_, folded(amounts[k]));
            add_to_sum(k, amounts[k]);
        }
        last_ = event;
        newest_ = std::max(newest_, day);
        ++count_;
        write_header();
    }
    // The next edge of the key begins.
    void begin_next() { begin(first_ordinal_ + count_, last_, newest_); }

private:
    void begin(std::uint64_t first_ordinal, EventRef last, Date newest) {
        first_ordinal_ = first_ordinal;
        last_ = last;
        newest_ = newest;
        count_ = 0;
        row_.resize(header_size_);
        write_header();
    }
    void add_to_sum(std::size_t k, std::int64_t amount) {
        const std::size_t at = own_header + k * sizeof(Wide);
        PackedNumbers number(std::string_view(row_).substr(at));
        write_fixed(row_.data() + at,
                    number.fixed<UnsignedWide>() + static_cast<UnsignedWide>(Wide{amount}));
    }
    void write_header() {
        char* at = row_.data();
        at = write_fixed(at, first_ordinal_);
        at = write_fixed(at, last_.position);
        at = write_fixed(at, last_.n);
        at = write_fixed(at, static_cast<std::uint32_t>(newest_.days) ^ 0x8000'0000u);
        write_fixed(at, count_);
    }

    static constexpr std::size_t own_header = 25;

    std::string& row_;
    std::size_t header_size_;
    std::uint64_t first_ordinal_ = 0;
    EventRef last_;
    Date newest_;
    std::uint8_t count_ = 0;
};

// Calls `each(posting, in order)` with every posting of an edge, until it says false; false when it
// did.
template <class Each>
bool walk_edge(std::string_view packed, std::uint64_t first_ordinal,
               std::span<std::int64_t> amounts, const Each& each) {
    if (packed.empty()) return true;
    PackedNumbers numbers(packed);
    Date newest = numbers.fixed_day();
    Posting posting;
    posting.place.event.position = numbers.fixed<std::uint64_t>();
    posting.place.ordinal = first_ordinal;
    posting.amounts = amounts;
    const Date first_day = numbers.fixed_day();
    for (; !numbers.done(); ++posting.place.ordinal) {
        posting.place.event.position += numbers.shortened();
        posting.place.event.n = numbers.shortened<std::uint32_t>();
        posting.day.days =
            static_cast<std::int32_t>(first_day.days + unfolded(numbers.shortened()));
        for (std::int64_t& amount : amounts) amount = unfolded(numbers.shortened());
        const bool in_order = posting.day >= newest;
        if (in_order) newest = posting.day;
        if (!each(static_cast<const Posting&>(posting), in_order)) return false;
    }
    return true;
}

// Postings unpacked, to be sorted.
struct Unpacked {
    std::vector<Posting> postings;
    std::vector<std::int64_t> amounts;

    // Of an edge, by the order in which they were recorded, those that `wanted` keeps.
    template <class Wanted>
    static Unpacked from(std::string_view packed, std::uint64_t first_ordinal, std::size_t width,
                         const Wanted& wanted) {
        Unpacked all;
        std::vector<std::int64_t> amounts(width);
        walk_edge(packed, first_ordinal, amounts, [&](const Posting& posting, bool in_order) {
            if (wanted(posting, in_order)) all.add(posting);
            return true;
        });
        all.settle(width);
        return all;
    }
    void add(const Posting& posting) {
        postings.push_back(posting);
        amounts.insert(amounts.end(), posting.amounts.begin(), posting.amounts.end());
    }
    // The amounts lie where they stay once all are added.
    void settle(std::size_t width) {
        for (std::size_t i = 0; i < postings.size(); ++i)
            postings[i].amounts = std::span(amounts).subspan(i * width, width);
    }
    // By day; those of a day stay in their order.
    void sort_by_day() { std::ranges::sort(postings, {}, &Posting::day_place); }
};

// A posting among those of one day, behind the place of the first, which the row's key tells:
// ordinals and positions since the one before, number of the event, amounts.
inline void append_of_day(std::string& packed, const PostingPlace& before, const Posting& posting) {
    append_short(packed, posting.place.ordinal - before.ordinal);
    append_short(packed, posting.place.event.position - before.event.position);
    append_short(packed, posting.place.event.n);
    for (const std::int64_t amount : posting.amounts) append_short(packed, folded(amount));
}

template <class Each>
bool walk_day(std::string_view packed, Date day, const PostingPlace& first,
              std::span<std::int64_t> amounts, const Each& each) {
    PackedNumbers numbers(packed);
    Posting posting{day, first, amounts};
    while (!numbers.done()) {
        posting.place.ordinal += numbers.shortened();
        posting.place.event.position += numbers.shortened();
        posting.place.event.n = numbers.shortened<std::uint32_t>();
        for (std::int64_t& amount : amounts) amount = unfolded(numbers.shortened());
        if (!each(static_cast<const Posting&>(posting))) return false;
    }
    return true;
}

}  // namespace kontor
