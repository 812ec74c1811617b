// The moves of one item in one valuation area, kept so that a fact of a year ago costs the replay
// of what came after it, and a fact of today that of itself.
//
// Moves lie in blocks in business order, each beginning with the stock as it then was. A change is
// replayed from the block that it falls in, until the end or until a block begins as it did before.
// What the moves did is not kept: it is replayed beside what they do now, which costs less than
// reading it.
#pragma once

#include "domain/inventory/packed_moves.h"

#include <map>
#include <optional>
#include <vector>

namespace kontor::inventory {

// A move that later ones come back from, and how many of them are still to come.
struct AwaitedSource {
    MoveOrder of;
    Source source;
    std::int64_t times = 0;

    bool operator==(const AwaitedSource&) const = default;
    static void describe(auto& record) {
        record.record("AwaitedSource", "A move that later ones come back from.")
            .field("of", &AwaitedSource::of, "The move.")
            .field("source", &AwaitedSource::source, "What of it has come back so far.")
            .field("times", &AwaitedSource::times, "How many moves are still to come.");
    }
};

// Where a replay can begin.
struct SeriesStanding {
    Stock stock;
    std::vector<AwaitedSource> sources;

    bool operator==(const SeriesStanding&) const = default;
    static void describe(auto& record) {
        record.record("SeriesStanding", "Where a replay can begin.")
            .field("stock", &SeriesStanding::stock, "The stock there.")
            .field("sources", &SeriesStanding::sources,
                   "What of earlier moves comes back later, in order.");
    }
};

// What a move was and is from now on; nothing: not there. Both have the place of the edit.
struct Edit {
    MoveOrder at;
    std::optional<Move> was;
    std::optional<Move> becomes;
};

// By how much the effects of a day's moves are others than before.
struct DayDifference {
    std::int64_t stock = 0;
    std::map<Counterpart, std::int64_t> shares;
    bool operator==(const DayDifference&) const = default;
};

// The place from which on a series has to be looked at for these edits: the earliest of them and of
// the moves that they come back from, now or before. `edits` are not empty.
MoveOrder first_touched(const std::vector<Edit>& edits);

// A series from a place on.
struct SeriesPart {
    SeriesStanding start;           // before the first block
    std::vector<MoveBlock> blocks;  // ascending
    SeriesStanding end;             // behind them all; as `start` where there are none
};

// A block as it becomes.
struct RewrittenBlock {
    SeriesStanding start;
    MoveOrder first;
    std::optional<MoveBlock> moves;  // none: they are what they were
};

struct Rewritten {
    // In place of those that were given, but for the last `untouched` of them, which stay.
    std::vector<RewrittenBlock> blocks;
    std::vector<MoveOrder> gone;  // blocks that begin otherwise now, by what their first move was
    std::size_t untouched = 0;
    SeriesStanding end;
    std::map<Date, DayDifference> differences;  // days without any are left out
    // With one, the edits cannot be, as a move would have no worth; the rest is of no use then.
    Obstacle obstacle = Obstacle::none;
    MoveOrder obstructed;
};

// `part`: from the last block that begins at or before `first_touched` (from the first of all where
// none does) to the end of the series; none for an empty one. Edits are in ascending order, one a
// place.
Rewritten rewrite(const SeriesPart& part, const std::vector<Edit>& edits);

// What moves of a series do, from nothing; in ascending order. The last has an obstacle, where one
// of them has no worth.
std::vector<Effect> effects_of(const std::vector<Move>& moves);

}  // namespace kontor::inventory
