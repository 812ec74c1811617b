// Sums by day over runs of postings: what answers a corner without reading the postings.
//
// The postings of a key are cut into edges of 128. Where an edge ends, a block is written; its
// level is given by the number of postings before it: level 1 sums all postings since the last
// multiple of 128 * 16, and where such a multiple is reached, level 2 takes over, and so on. So the
// postings before any edge are exactly one block a level, and a posting is written about
// seven times a level, less where days repeat. A block is a list of cells by day, ascending, cut
// into rows; each row begins with the sum of the block before it, so one row answers. The last row
// of a block has a key that is known, so mostly nothing is searched for.
// Amounts may cancel out, so a row says too whether there are cells before it.
#pragma once

#include "projections/rows.h"

#include "domain/core/date.h"
#include "domain/core/decimal.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

constexpr std::uint64_t edge_postings = 128;
constexpr std::uint64_t fan_out = 16;
// How blocks are cut into rows. Sums are of the business days of a company: 512 are two years, so
// nearly every block is one row, whose key is known. Where a key has any number of days, short rows
// are searched for at once.
struct BlockCut {
    std::size_t cells_of_a_row = 512;
    bool last_row_first = true;
};

// What was added on each day: `width` amounts a day.
struct DayCells {
    std::vector<Date> days;
    std::vector<Wide> amounts;
};

// The blocks of one key. `prefix` begins all their rows.
class CornerBlocks {
public:
    CornerBlocks(std::string prefix, std::size_t width, BlockCut cut = {})
        : prefix_(std::move(prefix)), width_(width), cut_(cut) {}

    // Writes the block of the edge that ends at a count of postings (a multiple of an edge).
    void close_edge(RowWriter& rows, std::uint64_t end, DayCells edge) const;

    // Where rows are read; a cursor is asked for only where a row has to be searched for.
    struct From {
        const RowReader& rows;
        const std::function<RowCursor&()>& cursor;
    };
    // Adds what the first `count` postings (a multiple of an edge) hold up to a day; false when
    // they hold none up to it.
    bool add_sums(const From&, std::uint64_t count, Date through, std::span<Wide> out) const;
    // The newest day up to one, and the first day behind one, among the first `count` postings.
    std::optional<Date> newest_day(const From&, std::uint64_t count, Date through) const;
    std::optional<Date> next_day(const From&, std::uint64_t count, Date behind) const;

private:
    std::string block_key(unsigned level, std::uint64_t end) const;
    DayCells read_block(const RowReader& rows, unsigned level, std::uint64_t end) const;
    void write_block(RowWriter& rows, unsigned level, std::uint64_t end, const DayCells&) const;
    DayCells merged(const DayCells& a, const DayCells& b) const;
    // The row of the block whose cells and sums answer for a day, until `held` changes or the
    // cursor moves.
    std::string_view row_for(const From&, const std::string& block, Date day,
                             std::string& held) const;

    std::string prefix_;
    std::size_t width_;
    BlockCut cut_;
};

}  // namespace kontor
