// Sums by day over runs of postings: how blocks are merged, cut into rows and asked.
//
// Row: prefix, level (1 octet), end (8), its last day (4; the last row of a block: the latest day
// there is) -> first day (4), days since the last cell before the row (0: none), the sums of the
// block before the row, then for each cell the days since the cell before (not for the first) and
// what it adds. So the first row at or behind a day answers for it, and a block has always one.
#include "projections/corner_blocks.h"

#include "projections/corner.h"
#include "projections/packed_numbers.h"

#include <algorithm>

namespace kontor {
namespace {

// The blocks that hold the first `count` postings together, the smallest first.
template <class Each>
void each_block(std::uint64_t count, const Each& each) {
    std::uint64_t unit = edge_postings;
    for (unsigned level = 1; count > 0; ++level) {
        const std::uint64_t span = unit * fan_out;
        if (count % span != 0) each(level, count);
        count -= count % span;
        unit = span;
    }
}

std::uint64_t days_between(Date earlier, Date later) {
    return static_cast<std::uint64_t>(later - earlier);
}

Wide read_wide(PackedNumbers& numbers) { return unfolded(numbers.shortened<UnsignedWide>()); }

// The last day of the block before a row; empty in its first row.
std::optional<Date> day_before(std::string_view row) {
    PackedNumbers numbers(row);
    const Date first = numbers.fixed_day();
    const auto days = numbers.shortened();
    if (days == 0) return std::nullopt;
    return Date{first.days - static_cast<std::int32_t>(days)};
}

// The days of a row of cells.
class CellReader {
public:
    CellReader(std::string_view row, std::span<Wide> sums)
        : numbers_(row), day_(numbers_.fixed_day()) {
        if (const auto days = numbers_.shortened(); days > 0)
            before_ = Date{day_.days - static_cast<std::int32_t>(days)};
        for (Wide& sum : sums) sum += read_wide(numbers_);
    }
    // The last day of the block before the row; empty in its first row.
    std::optional<Date> day_before() const { return before_; }
    bool done() const { return !first_ && numbers_.done(); }  // a row has at least one cell
    // The day of the next cell; then its amounts are to be read.
    Date next_day() {
        if (!first_) day_.days += static_cast<std::int32_t>(numbers_.shortened());
        first_ = false;
        return day_;
    }
    Wide amount() { return read_wide(numbers_); }

private:
    PackedNumbers numbers_;
    Date day_;
    std::optional<Date> before_;
    bool first_ = true;
};

}  // namespace

std::string CornerBlocks::block_key(unsigned level, std::uint64_t end) const {
    std::string key = prefix_;
    key += static_cast<char>(level);
    append_fixed(key, end);
    return key;
}

void CornerBlocks::close_edge(RowWriter& rows, std::uint64_t end, DayCells cells) const {
    std::uint64_t unit = edge_postings;
    for (unsigned level = 1;; ++level) {
        const std::uint64_t span = unit * fan_out;
        if ((end - unit) % span != 0) cells = merged(read_block(rows, level, end - unit), cells);
        if (end % span != 0) {
            write_block(rows, level, end, cells);
            return;
        }
        unit = span;
    }
}

DayCells CornerBlocks::merged(const DayCells& a, const DayCells& b) const {
    DayCells both;
    both.days.reserve(a.days.size() + b.days.size());
    both.amounts.reserve(a.amounts.size() + b.amounts.size());
    const auto take = [&](const DayCells& from, std::size_t i) {
        both.days.push_back(from.days[i]);
        const auto first = from.amounts.begin() + static_cast<std::ptrdiff_t>(i * width_);
        both.amounts.insert(both.amounts.end(), first, first + static_cast<std::ptrdiff_t>(width_));
    };
    std::size_t i = 0, j = 0;
    while (i < a.days.size() || j < b.days.size()) {
        if (j == b.days.size() || (i < a.days.size() && a.days[i] < b.days[j])) {
            take(a, i++);
        } else if (i == a.days.size() || b.days[j] < a.days[i]) {
            take(b, j++);
        } else {
            take(a, i++);
            for (std::size_t k = 0; k < width_; ++k) {
                both.amounts[both.amounts.size() - width_ + k] += b.amounts[j * width_ + k];
            }
            ++j;
        }
    }
    return both;
}

DayCells CornerBlocks::read_block(const RowReader& rows, unsigned level, std::uint64_t end) const {
    const std::string block = block_key(level, end);
    DayCells cells;
    const auto cursor = rows.cursor(block);
    std::vector<Wide> before(width_);
    for (cursor->seek(block); cursor->valid() && cursor->key().starts_with(block); cursor->next()) {
        CellReader row(cursor->value(), before);
        while (!row.done()) {
            cells.days.push_back(row.next_day());
            for (std::size_t k = 0; k < width_; ++k) cells.amounts.push_back(row.amount());
        }
    }
    return cells;
}

void CornerBlocks::write_block(RowWriter& rows, unsigned level, std::uint64_t end,
                               const DayCells& cells) const {
    const std::string block = block_key(level, end);
    std::vector<Wide> before(width_);
    const std::size_t count = cells.days.size();
    for (std::size_t first = 0; first < count; first += cut_.cells_of_a_row) {
        const std::size_t last = std::min(first + cut_.cells_of_a_row, count);
        std::string key = block;
        append_fixed(key, last == count ? latest_day : cells.days[last - 1]);
        std::string value;
        append_fixed(value, cells.days[first]);
        append_short(value,
                     first == 0 ? 0 : days_between(cells.days[first - 1], cells.days[first]));
        for (const Wide sum : before) append_short(value, folded(sum));
        for (std::size_t i = first; i < last; ++i) {
            if (i > first) append_short(value, days_between(cells.days[i - 1], cells.days[i]));
            for (std::size_t k = 0; k < width_; ++k) {
                const Wide amount = cells.amounts[i * width_ + k];
                append_short(value, folded(amount));
                before[k] += amount;
            }
        }
        rows.put(key, value);
    }
}

std::string_view CornerBlocks::row_for(const From& from, const std::string& block, Date day,
                                       std::string& held) const {
    constexpr const char* missing = "A row of the read models is missing: a block of sums.";
    std::string key = block;
    if (cut_.last_row_first) {
        append_fixed(key, latest_day);
        if (!from.rows.get(key, held)) throw StorageBroken(missing);
        const auto before = day_before(held);
        if (!before || day > *before) return held;
        key.resize(block.size());
    }
    append_fixed(key, day);
    RowCursor& cursor = from.cursor();
    cursor.seek(key);
    if (!cursor.valid() || !cursor.key().starts_with(block)) throw StorageBroken(missing);
    return cursor.value();
}

bool CornerBlocks::add_sums(const From& from, std::uint64_t count, Date through,
                            std::span<Wide> out) const {
    bool any = false;
    std::string held;
    each_block(count, [&](unsigned level, std::uint64_t end) {
        CellReader row(row_for(from, block_key(level, end), through, held), out);
        any = any || row.day_before();
        while (!row.done() && row.next_day() <= through) {
            any = true;
            for (Wide& sum : out) sum += row.amount();
        }
    });
    return any;
}

std::optional<Date> CornerBlocks::newest_day(const From& from, std::uint64_t count,
                                             Date through) const {
    std::optional<Date> newest;
    std::string held;
    each_block(count, [&](unsigned level, std::uint64_t end) {
        std::vector<Wide> before(width_);
        CellReader row(row_for(from, block_key(level, end), through, held), before);
        newest = std::max(newest, row.day_before());
        while (!row.done()) {
            const Date day = row.next_day();
            if (day > through) break;
            newest = std::max(newest, std::optional(day));
            for (std::size_t k = 0; k < width_; ++k) row.amount();
        }
    });
    return newest;
}

std::optional<Date> CornerBlocks::next_day(const From& from, std::uint64_t count,
                                           Date behind) const {
    if (behind >= latest_day) return std::nullopt;
    const Date first{behind.days + 1};
    std::optional<Date> next;
    std::string held;
    each_block(count, [&](unsigned level, std::uint64_t end) {
        std::vector<Wide> before(width_);
        CellReader row(row_for(from, block_key(level, end), first, held), before);
        while (!row.done()) {
            const Date day = row.next_day();
            if (day >= first) {
                next = next ? std::min(*next, day) : day;
                break;
            }
            for (std::size_t k = 0; k < width_; ++k) row.amount();
        }
    });
    return next;
}

}  // namespace kontor
