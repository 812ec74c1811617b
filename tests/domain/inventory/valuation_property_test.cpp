// Over seeded histories with late moves, returns and negative stock: nothing is lost between stock
// and those who bear its cost, and a plain model that keeps each piece by itself comes to the same.
#include "domain/inventory/valuation.h"
#include "tests/domain/inventory/plain_replay.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <string>

using namespace kontor;
using namespace kontor::inventory;
using test::replay;
using test::Replayed;

namespace {

constexpr std::int64_t one = 1'000'000;
const Counterpart payable{"2200"}, variance{"5120"}, revaluation{"5130"}, difference{"5140"};
const Bearers bearers{{"1200"}, variance, revaluation, difference};

// Receipts, at whole prices where nothing comes back, issues by three counterparts, returns of
// either.
std::vector<Move> history(test::Dice& dice, bool returns) {
    std::vector<Move> moves;
    std::map<MoveOrder, std::int64_t> left;
    Move first{.at = {Date{0}}, .quantity = 5 * one, .cost = 50'00, .counterpart = payable};
    moves.push_back(first);
    for (int at = 1; at < 120; ++at) {
        Move move;
        move.at = {Date{static_cast<int>(dice.below(40)) + 1}, static_cast<std::int64_t>(at)};
        const auto pieces = static_cast<std::int64_t>(dice.below(9)) + 1;
        if (dice.one_in(2)) {
            move.quantity = pieces * one;
            move.cost = pieces * (static_cast<std::int64_t>(dice.below(900)) + 100);
            if (returns) move.cost += static_cast<std::int64_t>(dice.below(9));  // to be rounded
            move.counterpart = payable;
        } else {
            move.valuing = Valuing::by_formula;
            move.quantity = -pieces * one;
            move.counterpart = Counterpart{"5" + std::to_string(dice.below(3))};
        }
        moves.push_back(move);
        left[move.at] = pieces;
    }
    if (returns)
        for (int at = 0; at < 20; ++at) {
            const Move& of = moves[dice.below(moves.size())];
            if (of.valuing == Valuing::of_source || !left.contains(of.at)) continue;
            const auto pieces = static_cast<std::int64_t>(dice.below(4)) + 1;
            if (left[of.at] < pieces) continue;
            left[of.at] -= pieces;
            moves.push_back({.at = {of.at.day + static_cast<int>(dice.below(5)) + 1, 50'000 + at},
                             .valuing = Valuing::of_source,
                             .quantity = of.quantity < 0 ? pieces * one : -pieces * one,
                             .counterpart = of.counterpart,
                             .source = of.at});
        }
    std::ranges::sort(moves, {}, &Move::at);
    return moves;
}

std::map<Counterpart, std::int64_t> borne(const Replayed& replayed) {
    std::map<Counterpart, std::int64_t> sums;
    for (const Effect& effect : replayed.effects)
        for (const Share& share : effect.shares) sums[share.counterpart] += share.amount;
    std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    return sums;
}

// FIFO piece by piece: each has its price, each that was missing knows who took it.
std::map<Counterpart, std::int64_t> piece_by_piece(const std::vector<Move>& moves,
                                                   std::int64_t& stock) {
    struct Taken {
        Counterpart by;
        std::int64_t assumed;
    };
    std::deque<std::int64_t> there;
    std::deque<Taken> missing;
    std::map<Counterpart, std::int64_t> sums;
    std::int64_t last = 0;
    for (const Move& move : moves) {
        const std::int64_t pieces = (move.quantity < 0 ? -move.quantity : move.quantity) / one;
        const std::int64_t price = move.quantity > 0 ? move.cost / pieces : 0;
        for (std::int64_t piece = 0; piece < pieces; ++piece) {
            if (move.quantity > 0) {
                sums[payable] -= price;
                last = there.empty() ? price : last;
                if (missing.empty()) {
                    there.push_back(price);
                } else {
                    sums[missing.front().by] += price - missing.front().assumed;
                    missing.pop_front();
                }
            } else if (there.empty()) {
                missing.push_back({move.counterpart, last});
                sums[move.counterpart] += last;
            } else {
                last = there.front();
                sums[move.counterpart] += last;
                there.pop_front();
            }
        }
    }
    stock = 0;
    for (const std::int64_t price : there) stock += price;
    for (const Taken& taken : missing) stock -= taken.assumed;
    std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    return sums;
}

void holds_together(const Stock& stock, CostFormula formula) {
    CHECK((stock.quantity != 0 || stock.value == 0));
    CHECK((stock.quantity <= 0 || stock.value >= 0));
    CHECK((stock.quantity >= 0 || stock.value <= 0));
    std::int64_t quantity = 0, value = 0;
    for (const Uncovered& issue : stock.uncovered) {
        quantity -= issue.quantity;
        value -= issue.value;
    }
    if (quantity < 0) {
        CHECK(stock.quantity == quantity);
        CHECK(stock.value == value);
    } else if (formula == CostFormula::fifo) {
        for (const Layer& layer : stock.layers) {
            CHECK(layer.quantity > 0);
            CHECK(layer.value >= 0);
            quantity += layer.quantity;
            value += layer.value;
        }
        CHECK(stock.quantity == quantity);
        CHECK(stock.value == value);
    }
}

}  // namespace

TEST_CASE("stock and those who bear its cost add up to nothing, after every move") {
    for (const CostFormula formula :
         {CostFormula::fifo, CostFormula::moving_average, CostFormula::standard})
        for (std::uint64_t seed = 1; seed <= 150; ++seed) {
            test::Dice dice(seed);
            auto moves = history(dice, true);
            if (formula == CostFormula::standard)
                for (const int day : {0, 11, 27})
                    moves.insert(
                        std::ranges::upper_bound(moves, MoveOrder{Date{day}}, {}, &Move::at),
                        {.at = {Date{day}, 0, StockDocumentId{{1, 1}}},
                         .valuing = Valuing::restandard,
                         .standard =
                             UnitCost{static_cast<std::int64_t>(dice.below(900)) + 1, one}});
            std::ranges::sort(moves, {}, &Move::at);
            CAPTURE(static_cast<int>(formula), seed);
            Stock nothing;
            nothing.formula = formula;
            nothing.bearers = bearers;
            Replay replay(nothing);
            std::map<MoveOrder, Source> sources;
            std::int64_t value = 0, quantity = 0;
            for (const Move& move : moves) {
                const Effect effect =
                    replay.apply(move, move.source ? &sources[*move.source] : nullptr);
                REQUIRE(effect.obstacle == Obstacle::none);
                sources[move.at] = {move.quantity < 0 ? -move.quantity : move.quantity,
                                    effect.cost};
                std::int64_t sum = effect.stock;
                for (const Share& share : effect.shares) {
                    sum += share.amount;
                    if (share.of != move.at) sources[share.of].cost += share.amount;
                }
                CHECK(sum == 0);
                value += effect.stock;
                quantity += move.quantity;
                CHECK(replay.stock().value == value);
                CHECK(replay.stock().quantity == quantity);
                holds_together(replay.stock(), formula);
            }
        }
}

TEST_CASE("FIFO comes to what a model with each piece by itself comes to") {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        test::Dice dice(seed);
        const auto moves = history(dice, false);
        const Replayed replayed = replay(CostFormula::fifo, bearers, moves);
        std::int64_t stock = 0;
        CAPTURE(seed);
        CHECK(borne(replayed) == piece_by_piece(moves, stock));
        CHECK(replayed.end.value == stock);
    }
}

TEST_CASE("a replay goes on from any place as if it had never stopped") {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        test::Dice dice(seed);
        const auto moves = history(dice, false);
        const std::size_t half = dice.below(moves.size());
        for (const CostFormula formula : {CostFormula::fifo, CostFormula::moving_average}) {
            const Replayed whole = replay(formula, bearers, moves);
            const Replayed begun =
                replay(formula, bearers,
                       {moves.begin(), moves.begin() + static_cast<std::ptrdiff_t>(half)});
            Replay rest(begun.end);
            for (std::size_t at = half; at < moves.size(); ++at)
                CHECK(rest.apply(moves[at]) == whole.effects[at]);
        }
    }
}
