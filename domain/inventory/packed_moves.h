// Moves that follow each other, in few octets: what a series of a million moves is read by.
//
// A price that is found wrong a year later is replayed through all moves since, and most of that
// would be reading them. Neighbours are alike: same document, place and account. So each says only
// in what it differs from the one before it, and a reader changes one move from one to the next.
#pragma once

#include "domain/inventory/valuation.h"

#include <cstdint>
#include <string_view>

namespace kontor::inventory {

struct MoveBlock {
    std::int64_t count = 0;
    Bytes octets;

    bool operator==(const MoveBlock&) const = default;
    static void describe(auto& record) {
        record.record("MoveBlock", "Moves that follow each other in a series.")
            .field("count", &MoveBlock::count, "How many.")
            .field("octets", &MoveBlock::octets,
                   "In ascending order, each by what it is otherwise than the one before it.");
    }
};

// A move of a series, and how many later moves of it come back from it.
struct KeptMove {
    Move move;
    std::int64_t named = 0;

    bool operator==(const KeptMove&) const = default;
};

class MovePacker {
public:
    void add(const Move& move, std::int64_t named);
    std::int64_t count() const { return block_.count; }
    // The block, and nothing is packed any more.
    MoveBlock taken();

private:
    void put_order(const MoveOrder& order);
    void put_cost(const UnitCost& cost);
    void put_text(std::string_view text);
    void put_rest(const Move& move);
    void put(std::int64_t number);

    MoveBlock block_;
    KeptMove before_;
};

class MoveReader {
public:
    // The block outlives the reader.
    explicit MoveReader(const MoveBlock& block) : octets_(block.octets.octets) {}

    // The next one, until it is asked for again; null behind the last.
    const KeptMove* next();

private:
    MoveOrder order();
    UnitCost cost();
    std::string_view text();
    void rest();
    std::int64_t number();

    std::string_view octets_;
    KeptMove now_;
    bool has_rest_ = false;
};

// The place of the first move of a block, which has one at least.
MoveOrder first_of(const MoveBlock& block);

}  // namespace kontor::inventory
