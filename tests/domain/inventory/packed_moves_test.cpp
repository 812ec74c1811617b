// Moves are read as they were packed, whatever is in them.
#include "domain/inventory/packed_moves.h"

#include "tests/support/dice.h"
#include "tests/support/random_values.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace kontor;
using namespace kontor::inventory;

TEST_CASE("any moves are read as they were packed") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        test::Dice dice(seed);
        std::vector<KeptMove> moves;
        MovePacker packer;
        for (std::uint64_t many = dice.below(9) + 1; many > 0; --many) {
            KeptMove kept{test::random_value<Move>(dice), static_cast<std::int64_t>(dice.below(3))};
            if (!moves.empty() && dice.one_in(2)) {  // neighbours are alike
                Move like = moves.back().move;
                if (dice.one_in(2)) ++like.at.line;
                if (dice.one_in(2)) like.quantity = kept.move.quantity;
                if (dice.one_in(3)) like.place.lot = kept.move.place.lot;
                if (dice.one_in(3)) like.landed = kept.move.landed;
                if (dice.one_in(3)) like.source = kept.move.source;
                kept.move = like;
            }
            packer.add(kept.move, kept.named);
            moves.push_back(std::move(kept));
        }
        const MoveBlock block = packer.taken();
        CHECK(block.count == static_cast<std::int64_t>(moves.size()));
        CHECK(first_of(block) == moves.front().move.at);
        CHECK(packer.count() == 0);
        MoveReader reader(block);
        for (const KeptMove& kept : moves) {
            const KeptMove* read = reader.next();
            REQUIRE(read);
            REQUIRE(*read == kept);
        }
        CHECK(reader.next() == nullptr);
    }
}

TEST_CASE("moves of one document are a few octets each") {
    MovePacker packer;
    Move move;
    move.at = {Date{20'000}, 86'340, StockDocumentId{{0x0123456789abcdef, 0xfedcba9876543210}}, 1};
    move.place.warehouse = {"MAIN"};
    move.counterpart = {"5000"};
    move.valuing = Valuing::by_formula;
    for (std::int64_t line = 1; line <= 100; ++line) {
        move.at.line = line;
        move.quantity = -1'000'000 * (line % 9 + 1);
        packer.add(move, 0);
    }
    CHECK(packer.taken().octets.octets.size() < 700);
}
