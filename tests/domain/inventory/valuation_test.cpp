// What stock is worth after moves: cases with published answers, and the rules of negative stock,
// standards, returns, landed cost and corrections in the past.
#include "domain/inventory/valuation.h"
#include "tests/domain/inventory/plain_replay.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <initializer_list>
#include <string_view>

using namespace kontor;
using namespace kontor::inventory;
using test::replay;
using test::Replayed;

namespace {

constexpr std::int64_t one = 1'000'000;  // of the item's unit
const Counterpart payable{"2200"}, cost_of_sales{"5100"}, marketing{"5200"}, variance{"5120"},
    revaluation{"5130"}, difference{"5140"};
const Bearers bearers{{"1200"}, variance, revaluation, difference};

// Amounts in cents, as a reader writes them: 62.50 is 62'50.
Move received(int day, std::int64_t pieces, std::int64_t cost) {
    return {.at = {Date{day}},
            .valuing = Valuing::brings_cost,
            .quantity = pieces * one,
            .cost = cost,
            .counterpart = payable};
}
Move issued(int day, std::int64_t pieces, Counterpart counterpart = cost_of_sales) {
    return {.at = {Date{day}, 86'340},
            .valuing = Valuing::by_formula,
            .quantity = -pieces * one,
            .counterpart = counterpart};
}
Move returned(int day, std::int64_t pieces, const Move& of) {
    return {.at = {Date{day}, 43'200},
            .valuing = Valuing::of_source,
            .quantity = of.quantity < 0 ? pieces * one : -pieces * one,
            .counterpart = of.counterpart,
            .source = of.at};
}
Move restandard(int day, std::int64_t cents) {
    return {.at = {Date{day}},
            .valuing = Valuing::restandard,
            .counterpart = revaluation,
            .standard = UnitCost{cents, one}};
}

Replayed play(CostFormula formula, std::vector<Move> moves) {
    std::ranges::sort(moves, {}, &Move::at);
    const Replayed replayed = replay(formula, bearers, moves);
    REQUIRE(replayed.effects.size() == moves.size());
    for (const Effect& effect : replayed.effects) CHECK(effect.obstacle == Obstacle::none);
    return replayed;
}
std::int64_t borne(const Replayed& replayed, Counterpart counterpart) {
    std::int64_t sum = 0;
    for (const Effect& effect : replayed.effects)
        for (const Share& share : effect.shares)
            if (share.counterpart == counterpart) sum += share.amount;
    return sum;
}
void is_left(const Replayed& replayed, std::int64_t pieces, std::int64_t value) {
    CHECK(replayed.end.quantity == pieces * one);
    CHECK(replayed.end.value == value);
}

constexpr auto fifo = CostFormula::fifo;
constexpr auto average = CostFormula::moving_average;
constexpr auto standard = CostFormula::standard;

}  // namespace

TEST_CASE("FIFO gives what came first") {
    const auto queue = play(fifo, {received(1, 1, 10'00), received(2, 2, 40'00),
                                   received(3, 1, 20'00), received(4, 5, 100'00), issued(5, 4)});
    is_left(queue, 5, 100'00);
    REQUIRE(queue.end.layers.size() == 1);
    CHECK(queue.end.layers[0].quantity == 5 * one);
    CHECK(borne(queue, cost_of_sales) == 70'00);
}

TEST_CASE("FIFO shown as an average follows what is left") {
    std::vector<Move> moves{received(1, 4, 40'00), received(2, 2, 50'00)};
    is_left(play(fifo, moves), 6, 90'00);  // 15 each
    moves.push_back(issued(3, 3));
    is_left(play(fifo, moves), 3, 60'00);  // 20 each
    moves.push_back(issued(4, 2));
    is_left(play(fifo, moves), 1, 25'00);
}

TEST_CASE("the moving average mixes, FIFO does not") {
    const std::vector<Move> moves{received(1, 10, 100'00), received(2, 10, 200'00), issued(3, 15)};
    const auto mixed = play(average, moves);
    is_left(mixed, 5, 75'00);
    CHECK(borne(mixed, cost_of_sales) == 225'00);
    is_left(play(fifo, moves), 5, 100'00);
    is_left(play(average, {received(1, 5, 50'00), received(2, 8, 120'00)}), 13, 170'00);
}

TEST_CASE("what a customer returns comes back at the cost of its issue") {
    const auto out = issued(3, 1);
    is_left(play(average, {received(1, 1, 10'00), received(2, 1, 20'00), out, returned(4, 1, out)}),
            2, 30'00);
    const auto all = issued(2, 10);
    is_left(
        play(fifo, {received(1, 10, 100'00), all, received(3, 10, 200'00), returned(4, 10, all)}),
        20, 300'00);
}

TEST_CASE("parts of an issue that come back add up to its cost") {
    const auto out = issued(2, 3);
    const auto back = play(average, {received(1, 3, 100'00), out, returned(3, 1, out),
                                     returned(4, 1, out), returned(5, 1, out)});
    is_left(back, 3, 100'00);
    CHECK(back.effects[2].cost == 33'33);
    CHECK(back.effects[3].cost == 33'34);
    CHECK(back.effects[4].cost == 33'33);
}

TEST_CASE("a corrected receipt is replayed at its place") {
    const auto later = [](Move first) {
        return std::vector<Move>{first, received(2, 10, 200'00), issued(3, 15)};
    };
    is_left(play(average, later(received(1, 10, 150'00))), 5, 87'50);
    is_left(play(average, later(received(1, 15, 150'00))), 10, 140'00);
    is_left(play(fifo, {received(1, 20, 200'00), received(2, 10, 150'00), issued(3, 20)}), 10,
            150'00);
}

TEST_CASE("the receipt that covers an issue trues it up") {
    const auto backdated = [](std::int64_t second) {
        return play(average, {received(-3, 1, 100'00), issued(-2, 2), received(-1, 2, second),
                              received(0, 3, 300'00)});
    };
    const auto first = backdated(240'00);
    is_left(first, 4, 420'00);  // 105 each
    REQUIRE(first.effects[2].shares.size() == 2);
    CHECK(first.effects[2].shares[1] == Share{cost_of_sales, 20'00, issued(-2, 2).at});
    const auto dearer = backdated(260'00);
    is_left(dearer, 4, 430'00);  // 107.50 each
    CHECK(dearer.effects[2].shares[1].amount == 30'00);
    is_left(backdated(240'00), 4, 420'00);
}

TEST_CASE("nothing is worth nothing, to the cent") {
    std::vector<Move> moves{received(1, 2, 9'26), received(2, 5, 15'20)};
    for (int day = 3; day < 73; ++day) {
        Move tenth = issued(day, 1);
        tenth.quantity = -one / 10;
        moves.push_back(tenth);
    }
    for (const CostFormula formula : {fifo, average}) {
        const auto replayed = play(formula, moves);
        is_left(replayed, 0, 0);
        CHECK(borne(replayed, cost_of_sales) == 24'46);
    }
}

TEST_CASE("who took what was not there bears what it came to, each for himself") {
    // 5 at 10; out 4 and 4: three are missing, at 10; then 2 at 13 and 4 at 9.
    const auto out = issued(2, 4), gift = issued(3, 4, marketing);
    for (const CostFormula formula : {fifo, average}) {
        const auto replayed = play(formula, {received(1, 5, 50'00), out, gift,
                                             received(4, 2, 26'00), received(5, 4, 36'00)});
        // Two of the three are trued up by 3 each, the third by -1; three are left at 9.
        CHECK(borne(replayed, cost_of_sales) == 40'00);
        CHECK(borne(replayed, marketing) == 45'00);
        is_left(replayed, 3, 27'00);
    }
}

TEST_CASE("an issue of what was never there takes the standard, else the purchase price") {
    Move priced = issued(1, 2);
    CHECK(replay(average, bearers, {priced}).effects[0].obstacle == Obstacle::no_cost);
    priced.purchase_price = UnitCost{7'00, one};
    is_left(play(average, {priced}), -2, -14'00);
    is_left(play(average, {restandard(0, 6'00), priced}), -2, -12'00);
}

TEST_CASE("a standard keeps stock at one price, and tells what was paid beside it") {
    const auto received_at = play(standard, {restandard(0, 8'80), received(1, 100, 900'00)});
    is_left(received_at, 100, 880'00);
    CHECK(borne(received_at, variance) == 20'00);
    CHECK(borne(received_at, payable) == -900'00);

    const std::vector<Move> raised{restandard(0, 10'00), received(1, 100, 1'000'00),
                                   restandard(31, 12'00)};
    CHECK(borne(play(standard, raised), revaluation) == -200'00);
    auto with_late = raised;
    with_late.push_back(received(25, 20, 200'00));
    CHECK(borne(play(standard, with_late), revaluation) == -240'00);
    is_left(play(standard, with_late), 120, 1'440'00);
}

TEST_CASE("what is counted beyond the books is worth what stock is") {
    Move surplus = issued(2, -2);
    surplus.counterpart = difference;
    const auto found = play(average, {received(1, 10, 100'00), surplus});
    is_left(found, 12, 120'00);
    CHECK(borne(found, difference) == -20'00);
}

TEST_CASE("what goes back to the supplier leaves at the cost of its receipt") {
    const auto second = received(2, 10, 200'00);
    for (const CostFormula formula : {fifo, average})
        is_left(play(formula, {received(1, 10, 100'00), second, returned(3, 10, second)}), 10,
                100'00);
    // 15 of 20 are sold at 15; of the five left at 75 the five that cost 100 go back.
    const auto sold =
        play(average, {received(1, 10, 100'00), second, issued(3, 15), returned(4, 5, second)});
    is_left(sold, 0, 0);
    CHECK(borne(sold, payable) == -200'00);
    CHECK(borne(sold, difference) == -25'00);
    // By the standard, what was paid beside it comes back too.
    const auto dear = received(1, 10, 100'00);
    const auto back = play(standard, {restandard(0, 8'00), dear, returned(2, 10, dear)});
    is_left(back, 0, 0);
    CHECK(borne(back, variance) == 0);
}

TEST_CASE("what goes back last leaves nothing of its receipt, to the cent") {
    // 7 for 1.00: two issues of 0.14 leave 0.72; five at 1.00 / 7 are 0.71.
    const auto seven = received(1, 7, 1'00);
    for (const CostFormula formula : {fifo, average}) {
        const auto back = play(formula, {seven, issued(2, 1), issued(3, 1), returned(4, 5, seven)});
        is_left(back, 0, 0);
        CHECK(borne(back, payable) == -29);
        CHECK(borne(back, difference) == 1);
    }
}

TEST_CASE("landed cost follows what was received and not sent back, whenever that was") {
    // 10 at 10, 2 sent back, 6 sold, then 20.00 of freight over the eight that stayed: 2.50 each.
    const auto plain = received(1, 10, 100'00), landed = received(1, 10, 125'00);
    for (const int sale : {2, 4}) {
        const auto before = play(average, {plain, issued(sale, 6), returned(3, 2, plain)});
        const auto after = play(average, {landed, issued(sale, 6), returned(3, 2, landed)});
        CHECK(after.end.value - before.end.value == 5'00);
        CHECK(borne(after, cost_of_sales) - borne(before, cost_of_sales) == 15'00);
    }
}

TEST_CASE("another formula begins with what is there") {
    const auto reformula = [](int day, CostFormula formula) {
        return Move{.at = {Date{day}}, .valuing = Valuing::reformula, .formula = formula};
    };
    const auto changed =
        play(average, {received(1, 10, 100'00), received(2, 10, 200'00), reformula(3, fifo),
                       received(4, 10, 50'00), issued(5, 20), reformula(6, average), issued(7, 5)});
    CHECK(changed.effects[4].cost == 300'00);
    CHECK(changed.effects[6].cost == 25'00);
    is_left(changed, 5, 25'00);
}

TEST_CASE("nothing comes back before it went, nor more than went") {
    const auto out = issued(3, 2);
    const std::vector<Move> early{received(1, 5, 50'00), returned(2, 1, out), out};
    CHECK(replay(fifo, bearers, early).effects[1].obstacle == Obstacle::before_source);
    const std::vector<Move> more{received(1, 5, 50'00), out, returned(4, 1, out),
                                 returned(5, 2, out)};
    CHECK(replay(fifo, bearers, more).effects[3].obstacle == Obstacle::over_returned);
}

TEST_CASE("more than any amount has no worth") {
    Move all = received(1, 1, 1'000'000'000'000'000);
    Move more = received(2, 1, 1);
    const auto beyond = replay(average, bearers, {all, more});
    CHECK(beyond.effects[0].obstacle == Obstacle::none);
    CHECK(beyond.effects[1].obstacle == Obstacle::too_large);
    Move many = received(1, 1, 5);
    many.quantity = 1'000'000'000'000'000'000;
    CHECK(replay(fifo, bearers, {many, more}).effects[1].obstacle == Obstacle::too_large);
}
