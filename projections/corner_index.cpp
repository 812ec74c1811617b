// Postings in two times: how they are packed into edges, closed into blocks, and asked.
//
// Rows, with the key escaped, so that no key's rows are among another's:
//   'a' key                          the open edge, at most 127 postings (posting_run.h)
//   'k' key 'b' ...                  blocks (corner_blocks.h)
//   'k' key 'd' day position n ordinal   of a closed edge, those of one day that are out of order
//   'k' key 'i' day position n ordinal   of a closed edge, its first posting in order: its place
//   'k' key 'p' position n ordinal   a closed edge, 128 postings, by its place: its last posting
// Open edges have fixed keys and lie side by side: adding changes one row where it lies, and a walk
// over keys goes from row to row. They know the sums of their keys, so what is asked most, how
// things stand now, needs nothing else. Edges are found by their last posting, as RocksDB goes to
// the next row in half the time that it takes to the one before. History in the order of days is
// read from the edges themselves; only what is dated before something recorded earlier has rows of
// its own.
#include "projections/corner_index.h"

#include "domain/core/ensure.h"
#include "projections/corner_blocks.h"
#include "projections/packed_numbers.h"
#include "projections/posting_run.h"

#include <algorithm>
#include <future>
#include <memory>
#include <numeric>
#include <system_error>
#include <vector>

namespace kontor {
namespace {

constexpr char open_section = 'a', key_section = 'k';

// A zero octet is escaped, so that two octets end a key and bytes still sort as keys do.
void append_escaped(std::string& octets, std::string_view key) {
    while (true) {
        const std::size_t zero = key.find('\0');
        if (zero == std::string_view::npos) break;
        octets.append(key.substr(0, zero + 1)) += '\xff';
        key.remove_prefix(zero + 1);
    }
    octets.append(key);
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

// Of a closed edge, whose place is that of its last posting.
std::uint64_t first_ordinal_of(PackedNumbers& place) {
    return read_place(place).ordinal + 1 - edge_postings;
}

std::string day_key(std::string section, const DayPlace& from) {
    append_fixed(section, from.day);
    append_place(section, from.place);
    return section;
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
    KeyRows(const RowReader& rows, const CornerIndex& index, std::string_view key,
            std::size_t width, std::unique_ptr<RowCursor>& cursor)
        : rows_(rows),
          table_(index.row_prefix()),
          prefix_(index.key_prefix(key)),
          blocks_(prefix_ + 'b', width, index.cut()),
          cursor_(cursor),
          amounts_(width) {}

    RowCursor& cursor() {
        if (!cursor_) cursor_ = rows_.cursor(table_);
        return *cursor_;
    }
    CornerBlocks::From from() const { return {rows_, make_cursor_}; }
    const std::string& prefix() const { return prefix_; }
    const CornerBlocks& blocks() const { return blocks_; }
    std::span<std::int64_t> amounts() { return amounts_; }

    // The open edge's row; false when the key has no posting at all.
    bool open() {
        if (open_row_.empty()) {
            std::string key = prefix_;
            key[table_.size()] = open_section;
            rows_.get(key, open_row_);
        }
        return !open_row_.empty();
    }
    void open_is(std::string row) { open_row_ = std::move(row); }
    OpenEdge open_edge() { return OpenEdge(open_row_, amounts_.size()); }

    // The edge that the first posting behind a place is in, or would be: all edges before it hold
    // nothing behind the place. Readable until the cursor is moved.
    struct EdgeAt {
        std::uint64_t first_ordinal = 0;
        std::string_view packed;
    };
    EdgeAt edge_at(const OpenEdge& open, const PostingPlace& place) {
        if (open.first_ordinal() > 0 && !(open.count() > 0 && open.first_place() <= place)) {
            const std::string section = prefix_ + 'p';
            std::string key = section;
            append_place(key, place);
            cursor().seek(key);
            if (cursor().valid() && cursor().key().starts_with(section)) {
                PackedNumbers last(cursor().key().substr(section.size()));
                return {first_ordinal_of(last), cursor().value()};
            }
        }
        return {open.first_ordinal(), open.packed()};
    }

    // Adds what is dated up to a day and recorded up to a place; false when there is nothing.
    bool add_sums(const PostingPlace& limit, Date through, std::span<Wide> out) {
        if (!open()) return false;
        const OpenEdge open = open_edge();
        if (open.last_place() <= limit && open.newest() <= through) {
            open.add_all(out);
            return true;
        }
        const EdgeAt edge = edge_at(open, limit);
        bool any = false;
        walk_edge(edge.packed, edge.first_ordinal, amounts_, [&](const Posting& posting, bool) {
            if (posting.place > limit) return false;
            if (posting.day > through) return true;
            any = true;
            for (std::size_t k = 0; k < out.size(); ++k) out[k] += posting.amounts[k];
            return true;
        });
        if (edge.first_ordinal == 0) return any;
        return blocks_.add_sums(from(), edge.first_ordinal, through, out) || any;
    }

    const RowReader& rows() const { return rows_; }

private:
    const RowReader& rows_;
    const std::string& table_;
    std::string prefix_;
    CornerBlocks blocks_;
    std::unique_ptr<RowCursor>& cursor_;
    std::function<RowCursor&()> make_cursor_ = [this]() -> RowCursor& { return cursor(); };
    std::vector<std::int64_t> amounts_;
    std::string open_row_;
};

PostingPlace limit_of(const Corner& corner) { return {corner.known()}; }

Date through_of(const Corner& corner) { return corner.valid_at.value_or(latest_day); }

// What a full edge leaves behind for those who walk by day.
void close_days(RowWriter& rows, const std::string& prefix, const OpenEdge& edge,
                std::size_t width) {
    PostingPlace last;
    std::optional<DayPlace> in_order_from;
    Unpacked late = Unpacked::from(edge.packed(), edge.first_ordinal(), width,
                                   [&](const Posting& posting, bool in_order) {
                                       last = posting.place;
                                       if (in_order && !in_order_from)
                                           in_order_from = posting.day_place();
                                       return !in_order;
                                   });
    if (in_order_from) {
        std::string place;
        append_place(place, last);
        rows.put(day_key(prefix + 'i', *in_order_from), place);
    }
    late.sort_by_day();
    for (auto at = late.postings.begin(); at != late.postings.end();) {
        const DayPlace of_day = at->day_place();
        PostingPlace before = of_day.place;
        std::string packed;
        for (; at != late.postings.end() && at->day == of_day.day; ++at) {
            append_of_day(packed, before, *at);
            before = at->place;
        }
        rows.put(day_key(prefix + 'd', of_day), packed);
    }
}

void close_edge(RowWriter& rows, const std::string& prefix, const OpenEdge& edge, std::size_t width,
                bool by_day, BlockCut cut) {
    Unpacked all = Unpacked::from(edge.packed(), edge.first_ordinal(), width,
                                  [](const Posting&, bool) { return true; });
    std::string key = prefix + 'p';
    append_place(key, all.postings.back().place);
    rows.put(key, edge.packed());
    all.sort_by_day();
    CornerBlocks(prefix + 'b', width, cut)
        .close_edge(rows, edge.first_ordinal() + edge_postings, cells_of(all.postings, width));
    if (by_day) close_days(rows, prefix, edge, width);
}

// Postings that are shown in the order of their days, of one source of them.
class DayStream {
public:
    const Posting* current() const {
        return at_ < of_.postings.size() ? &of_.postings[at_] : nullptr;
    }
    void pass() { ++at_; }
    void refill(Unpacked of) {
        of_ = std::move(of);
        at_ = 0;
    }

private:
    Unpacked of_;
    std::size_t at_ = 0;
};

// What a statement shows: its part of the corner behind a place.
struct Shown {
    PostingPlace limit;
    Date through;
    const std::optional<DayPlace>& after;

    bool operator()(const Posting& posting) const {
        return posting.place <= limit && posting.day <= through &&
               (!after || posting.day_place() > *after);
    }
};

// The postings of closed edges that are in order. They are by day as they were recorded, so where
// they come to what was recorded too late they end.
class InOrder {
public:
    InOrder(KeyRows& of_key, const Shown& shown)
        : of_key_(of_key), shown_(shown), section_(of_key.prefix() + 'i') {
        at_ = of_key.rows().cursor(of_key.prefix());
        if (shown.after) at_->seek_for_prev(day_key(section_, *shown.after));
        if (!here()) at_->seek(section_);
        fill();
    }
    const Posting* current() const { return edge_.current(); }
    void pass() {
        edge_.pass();
        if (!edge_.current()) fill();
    }

private:
    bool here() const { return at_->valid() && at_->key().starts_with(section_); }
    void fill() {
        for (; !edge_.current() && here(); at_->next()) {
            PackedNumbers numbers(at_->key().substr(section_.size()));
            const Date day = numbers.fixed_day();
            if (day > shown_.through || read_place(numbers) > shown_.limit) return;
            std::string packed;
            if (!of_key_.rows().get((of_key_.prefix() + 'p').append(at_->value()), packed))
                throw StorageBroken("A row of the read models is missing: an edge of postings.");
            PackedNumbers place(at_->value());
            edge_.refill(Unpacked::from(packed, first_ordinal_of(place), of_key_.amounts().size(),
                                        [&](const Posting& posting, bool in_order) {
                                            return in_order && shown_(posting);
                                        }));
        }
    }

    KeyRows& of_key_;
    const Shown& shown_;
    const std::string section_;
    std::unique_ptr<RowCursor> at_;
    DayStream edge_;
};

// The postings of closed edges that are out of order: rows of a day each. A row is read only when
// its day has come, as those recorded too late may be many.
class OutOfOrder {
public:
    OutOfOrder(KeyRows& of_key, const Shown& shown)
        : of_key_(of_key), shown_(shown), section_(of_key.prefix() + 'd') {
        at_ = of_key.rows().cursor(of_key.prefix());
        if (shown.after) at_->seek_for_prev(day_key(section_, *shown.after));
        if (!here()) at_->seek(section_);
    }
    // No posting comes before this day; empty at the end.
    std::optional<Date> day() const {
        if (const Posting* posting = of_day_.current()) return posting->day;
        if (!here()) return std::nullopt;
        return PackedNumbers(at_->key().substr(section_.size())).fixed_day();
    }
    // The posting that comes next, or nothing where it had to move on: then there is a later day.
    const Posting* current() {
        if (!of_day_.current() && here()) read_row();
        return of_day_.current();
    }
    void pass() { of_day_.pass(); }

private:
    bool here() const { return at_->valid() && at_->key().starts_with(section_); }
    void read_row() {
        PackedNumbers numbers(at_->key().substr(section_.size()));
        const Date day = numbers.fixed_day();
        const PostingPlace first = read_place(numbers);
        if (first > shown_.limit || day > shown_.through) {
            // Days on which everything was recorded later are passed over through the blocks:
            // otherwise a page as it was known long ago would walk all that came after.
            const auto next = day < shown_.through ? next_known_day(day) : std::nullopt;
            at_->seek(next ? day_key(section_, {*next, {{}, 0}}) : of_key_.prefix() + 'e');
            return;
        }
        Unpacked row;
        walk_day(at_->value(), day, first, of_key_.amounts(), [&](const Posting& posting) {
            if (shown_(posting)) row.add(posting);
            return true;
        });
        row.settle(of_key_.amounts().size());
        of_day_.refill(std::move(row));
        at_->next();
    }
    std::optional<Date> next_known_day(Date behind) {
        const auto known = of_key_.edge_at(of_key_.open_edge(), shown_.limit);
        std::optional<Date> next;
        walk_edge(known.packed, known.first_ordinal, of_key_.amounts(),
                  [&](const Posting& posting, bool) {
                      if (posting.place > shown_.limit) return false;
                      if (posting.day > behind && (!next || posting.day < *next))
                          next = posting.day;
                      return true;
                  });
        const auto closed = of_key_.blocks().next_day(of_key_.from(), known.first_ordinal, behind);
        if (!next || !closed) return next ? next : closed;
        return std::min(*next, *closed);
    }

    KeyRows& of_key_;
    const Shown& shown_;
    const std::string section_;
    std::unique_ptr<RowCursor> at_;
    DayStream of_day_;
};

const Posting* earlier(const Posting* one, const Posting* other) {
    if (!one || !other) return one ? one : other;
    return one->day_place() < other->day_place() ? one : other;
}

// The key in the key of an open edge, behind the section.
std::string key_in(std::string_view row, std::size_t section) {
    std::string key;
    for (std::size_t i = section; i + 1 < row.size(); ++i) {
        if (row[i] != '\0') {
            key += row[i];
        } else if (row[++i] == '\xff') {
            key += '\0';
        } else {
            return key;
        }
    }
    throw StorageBroken("A row of the read models is damaged: its key has no end.");
}

}  // namespace

CornerIndex::CornerIndex(std::string_view table_prefix, std::size_t width, ByDay by_day,
                         BlockCut cut)
    : prefix_(table_prefix), width_(width), by_day_(by_day), cut_(cut) {
    ensure(width <= 255, "a posting has at most 255 amounts");
}

std::string CornerIndex::key_prefix(std::string_view key) const {
    std::string octets;
    octets.reserve(prefix_.size() + key.size() + 40);
    octets += prefix_;
    octets += key_section;
    append_escaped(octets, key);
    octets += '\0';
    octets += '\1';
    return octets;
}

PostingPlace CornerIndex::add(RowWriter& rows, std::string_view key, Date day, EventRef event,
                              std::span<const std::int64_t> amounts) const {
    ensure(amounts.size() == width_, "a posting has the amounts of its table");
    std::string row_key = key_prefix(key);
    row_key[prefix_.size()] = open_section;
    OpenEdge edge(rows.row_to_change(row_key), width_);
    ensure(edge.last() <= event, "events of a key never go backwards");
    const PostingPlace place{event, edge.first_ordinal() + edge.count()};
    edge.add(day, event, amounts);
    if (edge.count() == edge_postings) {
        row_key[prefix_.size()] = key_section;
        close_edge(rows, row_key, edge, width_, by_day_ == ByDay::yes, cut_);
        edge.begin_next();
    }
    return place;
}

bool CornerIndex::sum(const RowReader& rows, std::string_view key, const Corner& corner,
                      std::span<Wide> out) const {
    ensure(out.size() == width_, "a sum has the amounts of its table");
    std::ranges::fill(out, 0);
    std::unique_ptr<RowCursor> cursor;
    return KeyRows(rows, *this, key, width_, cursor)
        .add_sums(limit_of(corner), through_of(corner), out);
}

bool CornerIndex::sum_through(const RowReader& rows, std::string_view key, const Corner& corner,
                              const DayPlace& last, std::span<Wide> out) const {
    if (last.day > through_of(corner)) return sum(rows, key, corner, out);
    ensure(out.size() == width_, "a sum has the amounts of its table");
    // All of the days before; of the day itself what is recorded up to the place.
    std::ranges::fill(out, 0);
    std::unique_ptr<RowCursor> cursor;
    KeyRows of_key(rows, *this, key, width_, cursor);
    const PostingPlace limit = std::min(limit_of(corner), last.place);
    bool any = of_key.add_sums(limit, last.day, out);
    if (limit == limit_of(corner) || last.day == earliest_day) {
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
    KeyRows of_key(rows, *this, key, width_, cursor);
    if (!of_key.open()) return std::nullopt;
    const OpenEdge open = of_key.open_edge();
    const PostingPlace limit = limit_of(corner);
    if (open.last_place() <= limit && open.newest() <= through_of(corner)) return open.newest();
    const auto edge = of_key.edge_at(open, limit);
    std::optional<Date> newest;
    walk_edge(edge.packed, edge.first_ordinal, of_key.amounts(), [&](const Posting& posting, bool) {
        if (posting.place > limit) return false;
        if (posting.day <= through_of(corner))
            newest = std::max(newest, std::optional(posting.day));
        return true;
    });
    if (edge.first_ordinal == 0) return newest;
    return std::max(
        newest, of_key.blocks().newest_day(of_key.from(), edge.first_ordinal, through_of(corner)));
}

void CornerIndex::walk_keys(
    const RowReader& rows, std::string_view begins_with, std::optional<std::string_view> after,
    const std::function<bool(std::string_view key, const RowCursor& at)>& each) const {
    const std::string section = prefix_ + open_section;
    std::string begin = section;
    append_escaped(begin, begins_with);
    std::string from = begin;
    if (after && *after >= begins_with) {
        from = key_prefix(*after) + '\0';  // behind the row of this very key
        from[prefix_.size()] = open_section;
    }
    const auto cursor = rows.cursor(begin);
    for (cursor->seek(from); cursor->valid() && cursor->key().starts_with(begin); cursor->next())
        if (!each(key_in(cursor->key(), section.size()), *cursor)) return;
}

void CornerIndex::for_each_key(const RowReader& rows, std::string_view begins_with,
                               std::optional<std::string_view> after, const EachKey& each) const {
    walk_keys(rows, begins_with, after,
              [&](std::string_view key, const RowCursor&) { return each(key); });
}

// Sums of keys that were walked over, still to be made or made.
struct CornerIndex::Run {
    struct OfKey {
        std::string key, open_row;
        bool any = false;
    };
    std::vector<OfKey> keys;
    std::vector<Wide> sums;  // `width` for each key
};

void CornerIndex::add_run(const RowReader& rows, const Corner& corner, Run& run, std::size_t from,
                          std::size_t to) const {
    std::unique_ptr<RowCursor> cursor;
    for (std::size_t i = from; i < to; ++i) {
        Run::OfKey& of = run.keys[i];
        KeyRows of_key(rows, *this, of.key, width_, cursor);
        of_key.open_is(std::move(of.open_row));
        of.any = of_key.add_sums(limit_of(corner), through_of(corner),
                                 std::span(run.sums).subspan(i * width_, width_));
    }
}

// A balance of a thousand accounts is some thousands of seeks: two threads share them.
bool CornerIndex::sum_run(const RowReader& rows, const Corner& corner, Run& run,
                          const EachSum& each) const {
    constexpr std::size_t worth_a_thread = 64;
    const std::size_t count = run.keys.size(), half = count / 2;
    run.sums.assign(count * width_, 0);
    if (count < worth_a_thread) {
        add_run(rows, corner, run, 0, count);
    } else {
        std::future<void> second;
        try {
            second =
                std::async(std::launch::async, [&] { add_run(rows, corner, run, half, count); });
        } catch (const std::system_error&) {  // no more threads can be had
            add_run(rows, corner, run, half, count);
        }
        add_run(rows, corner, run, 0, half);
        if (second.valid()) second.get();
    }
    for (std::size_t i = 0; i < count; ++i)
        if (run.keys[i].any &&
            !each(run.keys[i].key, std::span(run.sums).subspan(i * width_, width_)))
            return false;
    run.keys.clear();
    return true;
}

void CornerIndex::for_each_sum(const RowReader& rows, std::string_view begins_with,
                               std::optional<std::string_view> after, const Corner& corner,
                               const EachSum& each) const {
    constexpr std::size_t keys_of_a_run = 1024;
    Run run;
    bool wanted = true;
    walk_keys(rows, begins_with, after, [&](std::string_view key, const RowCursor& at) {
        run.keys.push_back({std::string(key), std::string(at.value())});
        if (run.keys.size() == keys_of_a_run) wanted = sum_run(rows, corner, run, each);
        return wanted;
    });
    if (wanted) sum_run(rows, corner, run, each);
}

void CornerIndex::postings(const RowReader& rows, std::string_view key, const Corner& corner,
                           const std::optional<PostingPlace>& after,
                           const EachPosting& each) const {
    std::unique_ptr<RowCursor> cursor;
    KeyRows of_key(rows, *this, key, width_, cursor);
    if (!of_key.open()) return;
    const OpenEdge open = of_key.open_edge();
    const PostingPlace limit = limit_of(corner);
    const auto show = [&](const Posting& posting, bool) {
        if (posting.place > limit) return false;
        if ((after && posting.place <= *after) || posting.day > through_of(corner)) return true;
        return each(posting);
    };
    if (open.first_ordinal() > 0) {
        const std::string section = of_key.prefix() + 'p';
        std::string start = section;
        append_place(start, after.value_or(PostingPlace{{}, 0}));
        RowCursor& at = of_key.cursor();
        for (at.seek(start); at.valid() && at.key().starts_with(section); at.next()) {
            PackedNumbers numbers(at.key().substr(section.size()));
            const std::uint64_t first = first_ordinal_of(numbers);
            if (!walk_edge(at.value(), first, of_key.amounts(), show)) return;
        }
    }
    walk_edge(open.packed(), open.first_ordinal(), of_key.amounts(), show);
}

void CornerIndex::statement(const RowReader& rows, std::string_view key, const Corner& corner,
                            const std::optional<DayPlace>& after, const EachPosting& each) const {
    ensure(by_day_ == ByDay::yes, "this table is not walked by day");
    std::unique_ptr<RowCursor> cursor;
    KeyRows of_key(rows, *this, key, width_, cursor);
    if (!of_key.open()) return;
    const OpenEdge open = of_key.open_edge();
    const Shown shown{limit_of(corner), through_of(corner), after};
    Unpacked recent = Unpacked::from(open.packed(), open.first_ordinal(), width_,
                                     [&](const Posting& posting, bool) { return shown(posting); });
    recent.sort_by_day();
    DayStream of_open;
    of_open.refill(std::move(recent));
    std::optional<InOrder> in_order;
    std::optional<OutOfOrder> late;
    if (open.first_ordinal() > 0) {
        in_order.emplace(of_key, shown);
        late.emplace(of_key, shown);
    }
    while (true) {
        const Posting* ordered = in_order ? in_order->current() : nullptr;
        const Posting* next = earlier(of_open.current(), ordered);
        if (const auto day = late ? late->day() : std::nullopt;
            day && (!next || *day <= next->day)) {
            const Posting* other = late->current();
            if (!other) continue;
            next = earlier(next, other);
        }
        if (!next || !each(*next)) return;
        if (next == of_open.current())
            of_open.pass();
        else if (next == ordered)
            in_order->pass();
        else
            late->pass();
    }
}

}  // namespace kontor
