// Postings in two times: how they are packed into edges, closed into blocks, and asked.
//
// Rows of a key, behind its prefix (escaped, so that no key's rows are among another's):
//   'e'                          the open edge: ordinal of its first posting, last event of the
//   key,
//                                postings (at most 127)
//   'p' position n ordinal       128 postings, by the first of them
//   'b' ...                      blocks (corner_blocks.h)
//   'd' day position n ordinal   the postings of one day in one closed edge: history in the order
//   of
//                                days costs few rows, backdated postings one each
// The open edge has a fixed key, so that adding is one read and one write of a row.
#include "projections/corner_index.h"

#include "domain/core/ensure.h"
#include "projections/corner_blocks.h"
#include "projections/packed_numbers.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <vector>

namespace kontor {
namespace {

constexpr Date latest_day{std::numeric_limits<std::int32_t>::max()};
constexpr std::uint32_t last_n = std::numeric_limits<std::uint32_t>::max();

// A zero octet is escaped, so that two octets end a key and bytes still sort as keys do.
void append_escaped(std::string& octets, std::string_view key) {
    for (const char octet : key) {
        octets += octet;
        if (octet == '\0') octets += '\xff';
    }
}

void append_place(std::string& octets, const PostingPlace& place) {
    append_fixed(octets, place.event.position);
    append_fixed(octets, place.event.n);
    append_fixed(octets, place.ordinal);
}

PostingPlace read_place(PackedNumbers& numbers) {
    PostingPlace place;
    place.event.position = numbers.fixed<std::uint64_t>();
    place.event.n = numbers.fixed<std::uint32_t>();
    place.ordinal = numbers.fixed<std::uint64_t>();
    return place;
}

// Postings packed one behind the other, each relative to the first.
void append_posting(std::string& packed, std::uint64_t first_ordinal, Date day,
                    const PostingPlace& place, std::span<const std::int64_t> amounts) {
    std::uint64_t first_position = place.event.position;
    Date first_day = day;
    if (packed.empty()) {
        append_fixed(packed, first_position);
        append_fixed(packed, first_day);
    } else {
        PackedNumbers numbers(packed);
        first_position = numbers.fixed<std::uint64_t>();
        first_day = numbers.fixed_day();
    }
    append_short(packed, place.ordinal - first_ordinal);
    append_short(packed, place.event.position - first_position);
    append_short(packed, place.event.n);
    append_short(packed, folded(static_cast<std::int64_t>(day.days) - first_day.days));
    for (const std::int64_t amount : amounts) append_short(packed, folded(amount));
}

// Calls `each` with every posting, in order, until it says false; false when it did.
template <class Each>
bool walk(std::string_view packed, std::uint64_t first_ordinal, std::span<std::int64_t> amounts,
          const Each& each) {
    if (packed.empty()) return true;
    PackedNumbers numbers(packed);
    const auto first_position = numbers.fixed<std::uint64_t>();
    const Date first_day = numbers.fixed_day();
    while (!numbers.done()) {
        Posting posting;
        posting.place.ordinal = first_ordinal + numbers.shortened();
        posting.place.event.position = first_position + numbers.shortened();
        posting.place.event.n = numbers.shortened<std::uint32_t>();
        posting.day.days =
            static_cast<std::int32_t>(first_day.days + unfolded(numbers.shortened()));
        for (std::int64_t& amount : amounts) amount = unfolded(numbers.shortened());
        posting.amounts = amounts;
        if (!each(posting)) return false;
    }
    return true;
}

struct OpenEdge {
    std::uint64_t first_ordinal = 0;
    EventRef last;  // of the key
    std::uint8_t count = 0;
    std::string packed;

    static OpenEdge from(std::string_view row) {
        PackedNumbers numbers(row);
        OpenEdge edge;
        edge.first_ordinal = numbers.fixed<std::uint64_t>();
        edge.last.position = numbers.fixed<std::uint64_t>();
        edge.last.n = numbers.fixed<std::uint32_t>();
        edge.count = numbers.fixed<std::uint8_t>();
        edge.packed = numbers.left();
        return edge;
    }
    std::string row() const {
        std::string row;
        row.reserve(21 + packed.size());
        append_fixed(row, first_ordinal);
        append_fixed(row, last.position);
        append_fixed(row, last.n);
        append_fixed(row, count);
        row += packed;
        return row;
    }
};

// Postings of one edge, unpacked.
struct Unpacked {
    std::vector<Posting> postings;  // by the order in which they were recorded
    std::vector<std::int64_t> amounts;
};

Unpacked unpack(std::string_view packed, std::uint64_t first_ordinal, std::size_t width) {
    Unpacked all;
    std::vector<std::int64_t> amounts(width);
    walk(packed, first_ordinal, amounts, [&](const Posting& posting) {
        all.postings.push_back(posting);
        all.amounts.insert(all.amounts.end(), amounts.begin(), amounts.end());
        return true;
    });
    for (std::size_t i = 0; i < all.postings.size(); ++i) {
        all.postings[i].amounts = std::span(all.amounts).subspan(i * width, width);
    }
    return all;
}

// By day; those of a day stay in their order.
void sort_by_day(std::vector<Posting>& postings) {
    std::ranges::sort(postings, {}, &Posting::day_place);
}

DayCells cells_of(const std::vector<Posting>& by_day, std::size_t width) {
    DayCells cells;
    for (const Posting& posting : by_day) {
        if (cells.days.empty() || cells.days.back() != posting.day) {
            cells.days.push_back(posting.day);
            cells.amounts.resize(cells.amounts.size() + width);
        }
        for (std::size_t k = 0; k < width; ++k) {
            cells.amounts[cells.amounts.size() - width + k] += posting.amounts[k];
        }
    }
    return cells;
}

// Reading the rows of one key; the cursor is made when it is first needed, as a short history
// does without.
class KeyRows {
public:
    KeyRows(const RowReader& rows, std::string prefix, std::size_t width,
            std::unique_ptr<RowCursor>& cursor)
        : rows_(rows),
          prefix_(std::move(prefix)),
          blocks_(prefix_ + 'b', width),
          cursor_(cursor),
          amounts_(width) {}

    RowCursor& cursor() {
        if (!cursor_) cursor_ = rows_.cursor();
        return *cursor_;
    }
    const std::string& prefix() const { return prefix_; }
    const CornerBlocks& blocks() const { return blocks_; }
    std::span<std::int64_t> amounts() { return amounts_; }

    std::optional<OpenEdge> open_edge() const {
        std::string row;
        if (!rows_.get(prefix_ + 'e', row)) return std::nullopt;
        return OpenEdge::from(row);
    }

    // The edge that holds the last posting up to a place: all before it lie in blocks.
    struct LastEdge {
        std::uint64_t first_ordinal = 0;
        std::string packed;
    };
    std::optional<LastEdge> last_edge(const PostingPlace& limit) {
        auto open = open_edge();
        if (!open) return std::nullopt;
        if (open->count > 0) {
            PostingPlace first;
            walk(open->packed, open->first_ordinal, amounts_, [&](const Posting& posting) {
                first = posting.place;
                return false;
            });
            if (first <= limit) return LastEdge{open->first_ordinal, std::move(open->packed)};
        }
        if (open->first_ordinal == 0) return std::nullopt;
        const std::string section = prefix_ + 'p';
        std::string key = section;
        append_place(key, limit);
        cursor().seek_for_prev(key);
        if (!cursor().valid() || !cursor().key().starts_with(section)) return std::nullopt;
        PackedNumbers place(cursor().key().substr(section.size()));
        return LastEdge{read_place(place).ordinal, std::string(cursor().value())};
    }

    // Adds what is dated up to a day and recorded up to a place; false when there is nothing.
    bool add_sums(const PostingPlace& limit, Date through, std::span<Wide> out) {
        const auto edge = last_edge(limit);
        if (!edge) return false;
        bool any = false;
        walk(edge->packed, edge->first_ordinal, amounts_, [&](const Posting& posting) {
            if (posting.place > limit) return false;
            if (posting.day > through) return true;
            any = true;
            for (std::size_t k = 0; k < out.size(); ++k) out[k] += posting.amounts[k];
            return true;
        });
        if (edge->first_ordinal == 0) return any;
        return blocks_.add_sums(cursor(), edge->first_ordinal, through, out) || any;
    }

private:
    const RowReader& rows_;
    std::string prefix_;
    CornerBlocks blocks_;
    std::unique_ptr<RowCursor>& cursor_;
    std::vector<std::int64_t> amounts_;
};

PostingPlace limit_of(const Corner& corner) { return {{corner.known_at, last_n}}; }

Date through_of(const Corner& corner) { return corner.valid_at.value_or(latest_day); }

void close_edge(RowWriter& rows, const std::string& prefix, const OpenEdge& edge, std::size_t width,
                bool by_day) {
    Unpacked unpacked = unpack(edge.packed, edge.first_ordinal, width);
    std::vector<Posting>& postings = unpacked.postings;
    std::string key = prefix + 'p';
    append_place(key, postings.front().place);
    rows.put(key, edge.packed);
    sort_by_day(postings);
    CornerBlocks(prefix + 'b', width)
        .close_edge(rows, edge.first_ordinal + edge_postings, cells_of(postings, width));
    if (!by_day) return;
    for (std::size_t first = 0; first < postings.size();) {
        const PostingPlace& place = postings[first].place;
        key = prefix + 'd';
        append_fixed(key, postings[first].day);
        append_place(key, place);
        std::string packed;
        std::size_t i = first;
        for (; i < postings.size() && postings[i].day == postings[first].day; ++i) {
            append_posting(packed, place.ordinal, postings[i].day, postings[i].place,
                           postings[i].amounts);
        }
        rows.put(key, packed);
        first = i;
    }
}

// The key in a row's key, behind the section; `end` is where the key's own prefix ends.
std::string key_in(std::string_view row, std::size_t section, std::size_t& end) {
    std::string key;
    for (std::size_t i = section; i + 1 < row.size(); ++i) {
        if (row[i] != '\0') {
            key += row[i];
        } else if (row[++i] == '\xff') {
            key += '\0';
        } else {
            end = i + 1;
            return key;
        }
    }
    throw StorageBroken("A row of the read models is damaged: its key has no end.");
}

}  // namespace

CornerIndex::CornerIndex(std::string_view table_prefix, std::size_t width, ByDay by_day)
    : prefix_(table_prefix), width_(width), by_day_(by_day) {
    ensure(width <= 255, "a posting has at most 255 amounts");
}

std::string CornerIndex::key_prefix(std::string_view key) const {
    std::string octets = prefix_;
    octets += 'k';
    append_escaped(octets, key);
    octets += '\0';
    octets += '\1';
    return octets;
}

PostingPlace CornerIndex::add(RowWriter& rows, std::string_view key, Date day, EventRef event,
                              std::span<const std::int64_t> amounts) const {
    ensure(amounts.size() == width_, "a posting has the amounts of its table");
    const std::string prefix = key_prefix(key);
    const std::string edge_key = prefix + 'e';
    OpenEdge edge;
    if (std::string row; rows.get(edge_key, row)) edge = OpenEdge::from(row);
    ensure(edge.last <= event, "events of a key never go backwards");
    const PostingPlace place{event, edge.first_ordinal + edge.count};
    append_posting(edge.packed, edge.first_ordinal, day, place, amounts);
    edge.last = event;
    if (++edge.count == edge_postings) {
        close_edge(rows, prefix, edge, width_, by_day_ == ByDay::yes);
        edge.first_ordinal += edge_postings;
        edge.count = 0;
        edge.packed.clear();
    }
    rows.put(edge_key, edge.row());
    return place;
}

bool CornerIndex::sum(const RowReader& rows, std::string_view key, const Corner& corner,
                      std::span<Wide> out) const {
    ensure(out.size() == width_, "a sum has the amounts of its table");
    std::ranges::fill(out, 0);
    std::unique_ptr<RowCursor> cursor;
    return KeyRows(rows, key_prefix(key), width_, cursor)
        .add_sums(limit_of(corner), through_of(corner), out);
}

bool CornerIndex::sum_through(const RowReader& rows, std::string_view key, const Corner& corner,
                              const DayPlace& last, std::span<Wide> out) const {
    if (last.day > through_of(corner)) return sum(rows, key, corner, out);
    ensure(out.size() == width_, "a sum has the amounts of its table");
    // All of the days before; of the day itself what is recorded up to the place.
    std::ranges::fill(out, 0);
    std::unique_ptr<RowCursor> cursor;
    KeyRows of_key(rows, key_prefix(key), width_, cursor);
    const PostingPlace limit = std::min(limit_of(corner), last.place);
    bool any = of_key.add_sums(limit, last.day, out);
    if (limit == limit_of(corner) || last.day.days == std::numeric_limits<std::int32_t>::min()) {
        return any;
    }
    const Date day_before{last.day.days - 1};
    std::vector<Wide> earlier(width_);
    any = of_key.add_sums(limit_of(corner), day_before, out) || any;
    of_key.add_sums(limit, day_before, earlier);
    for (std::size_t k = 0; k < width_; ++k) out[k] -= earlier[k];
    return any;
}

std::optional<Date> CornerIndex::newest_day(const RowReader& rows, std::string_view key,
                                            const Corner& corner) const {
    std::unique_ptr<RowCursor> cursor;
    KeyRows of_key(rows, key_prefix(key), width_, cursor);
    const PostingPlace limit = limit_of(corner);
    const auto edge = of_key.last_edge(limit);
    if (!edge) return std::nullopt;
    std::optional<Date> newest;
    walk(edge->packed, edge->first_ordinal, of_key.amounts(), [&](const Posting& posting) {
        if (posting.place > limit) return false;
        if (posting.day <= through_of(corner))
            newest = std::max(newest, std::optional(posting.day));
        return true;
    });
    if (edge->first_ordinal == 0) return newest;
    return std::max(newest, of_key.blocks().newest_day(of_key.cursor(), edge->first_ordinal,
                                                       through_of(corner)));
}

void CornerIndex::for_each_key(const RowReader& rows, std::string_view begins_with,
                               std::optional<std::string_view> after, const EachKey& each) const {
    const std::string section = prefix_ + 'k';
    std::string begin = section;
    append_escaped(begin, begins_with);
    std::string behind = begin;
    if (after && *after >= begins_with) behind = key_prefix(*after) + '\xff';
    const auto cursor = rows.cursor();
    for (cursor->seek(behind); cursor->valid() && cursor->key().starts_with(begin);
         cursor->seek(behind)) {
        std::size_t end = 0;
        const std::string key = key_in(cursor->key(), section.size(), end);
        behind.assign(cursor->key().substr(0, end));
        behind += '\xff';
        if (!each(key)) return;
    }
}

void CornerIndex::for_each_sum(const RowReader& rows, std::string_view begins_with,
                               std::optional<std::string_view> after, const Corner& corner,
                               const EachSum& each) const {
    std::unique_ptr<RowCursor> cursor;
    std::vector<Wide> sums(width_);
    for_each_key(rows, begins_with, after, [&](std::string_view key) {
        std::ranges::fill(sums, 0);
        const bool any = KeyRows(rows, key_prefix(key), width_, cursor)
                             .add_sums(limit_of(corner), through_of(corner), sums);
        return !any || each(key, sums);
    });
}

void CornerIndex::postings(const RowReader& rows, std::string_view key, const Corner& corner,
                           const std::optional<PostingPlace>& after,
                           const EachPosting& each) const {
    std::unique_ptr<RowCursor> cursor;
    KeyRows of_key(rows, key_prefix(key), width_, cursor);
    const auto open = of_key.open_edge();
    if (!open) return;
    const PostingPlace limit = limit_of(corner);
    const auto show = [&](const Posting& posting) {
        if (posting.place > limit) return false;
        if ((after && posting.place <= *after) || posting.day > through_of(corner)) return true;
        return each(posting);
    };
    if (open->first_ordinal > 0) {
        const std::string section = of_key.prefix() + 'p';
        std::string start = section;
        append_place(start, after.value_or(PostingPlace{{}, 0}));
        RowCursor& at = of_key.cursor();
        at.seek_for_prev(start);
        if (!at.valid() || !at.key().starts_with(section)) at.seek(section);
        for (; at.valid() && at.key().starts_with(section); at.next()) {
            PackedNumbers numbers(at.key().substr(section.size()));
            if (!walk(at.value(), read_place(numbers).ordinal, of_key.amounts(), show)) return;
        }
    }
    walk(open->packed, open->first_ordinal, of_key.amounts(), show);
}

void CornerIndex::statement(const RowReader& rows, std::string_view key, const Corner& corner,
                            const std::optional<DayPlace>& after, const EachPosting& each) const {
    ensure(by_day_ == ByDay::yes, "this table is not walked by day");
    std::unique_ptr<RowCursor> cursor;
    KeyRows of_key(rows, key_prefix(key), width_, cursor);
    const auto open = of_key.open_edge();
    if (!open) return;
    const PostingPlace limit = limit_of(corner);
    const Date through = through_of(corner);
    const auto shown = [&](const Posting& posting) {
        return posting.place <= limit && posting.day <= through &&
               (!after || posting.day_place() > *after);
    };
    Unpacked edge = unpack(open->packed, open->first_ordinal, width_);
    std::erase_if(edge.postings, [&](const Posting& posting) { return !shown(posting); });
    sort_by_day(edge.postings);
    auto recent = edge.postings.begin();
    const auto show_recent_until = [&](const DayPlace& place) {
        for (; recent != edge.postings.end() && recent->day_place() < place; ++recent) {
            if (!each(*recent)) return false;
        }
        return true;
    };

    const std::string section = of_key.prefix() + 'd';
    const auto day_key = [&](Date day) {
        std::string octets = section;
        append_fixed(octets, day);
        return octets;
    };
    // Days on which everything was recorded later are passed over through the blocks: otherwise
    // a page as it was known long ago would walk all that came after.
    const auto known = open->first_ordinal > 0 ? of_key.last_edge(limit) : std::nullopt;
    const auto next_known_day = [&](Date behind) {
        auto next = of_key.blocks().next_day(of_key.cursor(), known->first_ordinal, behind);
        walk(known->packed, known->first_ordinal, of_key.amounts(), [&](const Posting& posting) {
            if (posting.place > limit) return false;
            if (posting.day > behind && (!next || posting.day < *next)) next = posting.day;
            return true;
        });
        return next;
    };
    if (known) {
        RowCursor& at = of_key.cursor();
        at.seek(section);
        if (after) {
            std::string start = day_key(after->day);
            append_place(start, after->place);
            at.seek_for_prev(start);
            if (!at.valid() || !at.key().starts_with(section)) at.seek(section);
        }
        while (at.valid() && at.key().starts_with(section)) {
            PackedNumbers numbers(at.key().substr(section.size()));
            const Date day = numbers.fixed_day();
            const PostingPlace first = read_place(numbers);
            if (day > through) break;
            bool known_to_the_end = first <= limit;
            bool go_on = true;
            if (known_to_the_end) {
                walk(at.value(), first.ordinal, of_key.amounts(), [&](const Posting& posting) {
                    known_to_the_end = posting.place <= limit;
                    if (!known_to_the_end || !shown(posting)) return known_to_the_end;
                    go_on = show_recent_until(posting.day_place()) && each(posting);
                    return go_on;
                });
            }
            if (!go_on) return;
            if (known_to_the_end) {
                at.next();
                continue;
            }
            const auto next = next_known_day(day);
            if (!next) break;
            at.seek(day_key(*next));
        }
    }
    for (; recent != edge.postings.end(); ++recent) {
        if (!each(*recent)) return;
    }
}

}  // namespace kontor
