// A series of moves that changes anywhere is what it would be if it had been entered in order, and
// says by how much each day differs.
#include "domain/inventory/stock_series.h"

#include "tests/domain/inventory/plain_replay.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace kontor;
using namespace kontor::inventory;

namespace {

constexpr std::int64_t one = 1'000'000;
const Counterpart payable{"2200"}, cost_of_sales{"5100"}, variance{"5120"}, revaluation{"5130"},
    difference{"5140"};
const Bearers bearers{{"1200"}, variance, revaluation, difference};

Move received(int day, std::int64_t pieces, std::int64_t cost) {
    return {.at = {Date{day}}, .quantity = pieces * one, .cost = cost, .counterpart = payable};
}
Move issued(int day, std::int64_t pieces) {
    return {.at = {Date{day}, 86'340},
            .valuing = Valuing::by_formula,
            .quantity = -pieces * one,
            .counterpart = cost_of_sales};
}

// A series as a company keeps it: blocks, and how it stands at the end.
class Series {
public:
    explicit Series(CostFormula formula) {
        end_.stock.formula = formula;
        end_.stock.bearers = bearers;
    }

    Rewritten edit(std::vector<Edit> edits) {
        std::ranges::sort(edits, {}, &Edit::at);
        const MoveOrder first = first_touched(edits);
        auto from = blocks_.upper_bound(first);
        if (from != blocks_.begin()) --from;
        SeriesPart part{end_, {}, end_};
        if (from != blocks_.end()) part.start = from->second.start;
        for (auto block = from; block != blocks_.end(); ++block)
            part.blocks.push_back(block->second.moves);
        const Rewritten rewritten = rewrite(part, edits);
        if (rewritten.obstacle != Obstacle::none) return rewritten;
        replayed_ = part.blocks.size() - rewritten.untouched;
        written_ = 0;
        for (const MoveOrder& gone : rewritten.gone) blocks_.erase(gone);
        for (const RewrittenBlock& block : rewritten.blocks) {
            Block& becomes = blocks_[block.first];
            becomes.start = block.start;
            if (!block.moves) continue;
            becomes.moves = *block.moves;
            ++written_;
        }
        end_ = rewritten.end;
        return rewritten;
    }
    Rewritten add(const Move& move) { return edit({{move.at, {}, move}}); }

    struct Block {
        SeriesStanding start;
        MoveBlock moves;
    };
    const std::map<MoveOrder, Block>& blocks() const { return blocks_; }  // by their first moves
    const SeriesStanding& end() const { return end_; }
    std::size_t replayed() const { return replayed_; }  // blocks, by the last edit
    std::size_t written() const { return written_; }    // those of them with other moves

private:
    std::map<MoveOrder, Block> blocks_;
    SeriesStanding end_;
    std::size_t replayed_ = 0, written_ = 0;
};

std::map<Date, DayDifference> by_day(const std::vector<Move>& moves,
                                     const std::vector<Effect>& effects) {
    std::map<Date, DayDifference> days;
    for (std::size_t at = 0; at < moves.size(); ++at) {
        DayDifference& day = days[moves[at].at.day];
        day.stock += effects[at].stock;
        for (const Share& share : effects[at].shares) day.shares[share.counterpart] += share.amount;
    }
    return days;
}

void add(std::map<Date, DayDifference>& to, const std::map<Date, DayDifference>& more) {
    for (const auto& [day, of_day] : more) {
        to[day].stock += of_day.stock;
        for (const auto& [counterpart, amount] : of_day.shares)
            to[day].shares[counterpart] += amount;
    }
}

void leave_out_zeros(std::map<Date, DayDifference>& days) {
    for (auto& [day, of_day] : days)
        std::erase_if(of_day.shares, [](const auto& share) { return share.second == 0; });
    std::erase_if(
        days, [](const auto& day) { return day.second.stock == 0 && day.second.shares.empty(); });
}

// As a read model replays a series, which begins with its formula.
std::vector<Effect> effects_of_series(CostFormula formula, std::vector<Move> moves) {
    moves.insert(moves.begin(), Move{.at = {first_date},
                                     .valuing = Valuing::reformula,
                                     .formula = formula,
                                     .bearers = bearers});
    std::vector<Effect> effects = effects_of(moves);
    effects.erase(effects.begin());
    return effects;
}

}  // namespace

TEST_CASE("a price that is corrected later says what each day of then differs by") {
    Series series(CostFormula::moving_average);
    const Move first = received(5, 10, 100'00);
    series.add(first);
    series.add(received(8, 10, 200'00));
    series.add(issued(10, 15));
    CHECK(series.end().stock.value == 75'00);
    const auto corrected = series.edit({{first.at, first, received(5, 10, 150'00)}});
    REQUIRE(corrected.differences.size() == 2);
    CHECK(corrected.differences.at(Date{5}) == DayDifference{50'00, {{payable, -50'00}}});
    CHECK(corrected.differences.at(Date{10}) == DayDifference{-37'50, {{cost_of_sales, 37'50}}});
    CHECK(series.end().stock.value == 87'50);
}

TEST_CASE("what comes at the end costs nothing of what was before") {
    Series series(CostFormula::fifo);
    for (int day = 1; day <= 2'000; ++day) {
        series.add(day % 2 ? received(day, 2, day) : issued(day, 1));
        CHECK(series.replayed() <= 1);
    }
    CHECK(series.blocks().size() > 2);
    std::int64_t moves = 0;
    for (const auto& [first, block] : series.blocks()) moves += block.moves.count;
    CHECK(moves == 2'000);
}

TEST_CASE("where stock is as it was before, the replay ends") {
    Series series(CostFormula::moving_average);
    for (int day = 1; day <= 1'000; ++day) {  // all is sold each time
        series.add(received(day, 2, day));
        series.add(issued(day, 2));
    }
    const std::size_t blocks = series.blocks().size();
    REQUIRE(blocks > 8);
    const Move was = received(7, 2, 7);
    const auto corrected = series.edit({{was.at, was, received(7, 2, 70)}});
    CHECK(corrected.differences.size() == 1);
    CHECK(corrected.untouched > blocks / 2);
}

TEST_CASE("a price that changes all costs since rewrites the moves of one block") {
    Series series(CostFormula::moving_average);
    const Move first = received(1, 1'000, 1'000'00);
    series.add(first);
    for (int day = 2; day <= 2'000; ++day)
        series.add(day % 2 ? received(day, 2, day) : issued(day, 1));
    const auto corrected = series.edit({{first.at, first, received(1, 1'000, 2'000'00)}});
    CHECK(series.replayed() == series.blocks().size());
    CHECK(series.written() == 1);
    CHECK(corrected.differences.size() > 1'000 / 2);
}

TEST_CASE("edits that cannot be say why and where") {
    Series series(CostFormula::fifo);
    const Move in = received(1, 5, 50'00), out = issued(3, 2);
    series.add(in);
    series.add(out);
    const Move back{.at = {Date{5}},
                    .valuing = Valuing::of_source,
                    .quantity = 2 * one,
                    .counterpart = cost_of_sales,
                    .source = out.at};
    series.add(back);
    Move less = out;
    less.quantity = -one;
    const auto over = series.edit({{out.at, out, less}});
    CHECK(over.obstacle == Obstacle::over_returned);
    CHECK(over.obstructed == back.at);
    CHECK(series.edit({{out.at, out, {}}}).obstacle == Obstacle::before_source);
    CHECK(series.edit({{in.at, in, {}}}).obstacle == Obstacle::no_cost);
    CHECK(series.edit({{back.at, back, {}}}).obstacle == Obstacle::none);
    CHECK(series.edit({{out.at, out, {}}}).obstacle == Obstacle::none);
    CHECK(series.end().stock.quantity == 5 * one);
}

// Adds, corrects and takes out moves anywhere, several at once, with returns of any of them.
TEST_CASE("any order of entering the same facts gives the same stock, costs and differences") {
    for (const CostFormula formula :
         {CostFormula::fifo, CostFormula::moving_average, CostFormula::standard})
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            CAPTURE(static_cast<int>(formula), seed);
            test::Dice dice(seed);
            Series series(formula);
            std::map<MoveOrder, Move> facts;
            std::map<Date, DayDifference> told;
            std::int64_t refused = 0;
            for (std::uint64_t count = 1; count <= 500; ++count) {
                std::map<MoveOrder, Edit> edits;
                for (std::uint64_t many = dice.below(3) + 1; many > 0; --many) {
                    Move move;
                    const bool recent = !facts.empty() && dice.one_in(2);
                    const int day =
                        recent ? facts.rbegin()->first.day.days : static_cast<int>(dice.below(60));
                    move.at = {Date{day}, static_cast<std::int64_t>(dice.below(5)),
                               StockDocumentId{{1, count}}, static_cast<std::int64_t>(many)};
                    const auto pieces = static_cast<std::int64_t>(dice.below(9)) + 1;
                    move.quantity = pieces * one;
                    move.cost = static_cast<std::int64_t>(dice.below(9'000));
                    move.counterpart = payable;
                    move.purchase_price = UnitCost{5'00, one};
                    if (dice.one_in(2)) {
                        move.valuing = Valuing::by_formula;
                        move.quantity = -move.quantity;
                        move.counterpart = Counterpart{"5" + std::to_string(dice.below(3))};
                    } else if (dice.one_in(20)) {
                        move.valuing = Valuing::restandard;
                        move.quantity = 0;
                        move.standard =
                            UnitCost{static_cast<std::int64_t>(dice.below(900)) + 1, one};
                    }
                    if (facts.empty() || dice.one_in(2)) {
                        edits[move.at] = {move.at, {}, move};
                        continue;
                    }
                    auto picked = facts.begin();
                    std::advance(picked, static_cast<std::ptrdiff_t>(dice.below(facts.size())));
                    const Move& was = picked->second;
                    if (dice.one_in(3) && was.quantity != 0) {  // comes back
                        Move back = move;
                        back.valuing = Valuing::of_source;
                        back.quantity = was.quantity > 0 ? -one : one;
                        back.source = was.at;
                        back.at.day = was.at.day + static_cast<int>(dice.below(9));
                        edits[back.at] = {back.at, {}, back};
                    } else if (dice.one_in(2)) {
                        edits[was.at] = {was.at, was, {}};
                    } else {  // corrected
                        Move becomes = was;
                        becomes.cost = move.cost;
                        edits[was.at] = {was.at, was, becomes};
                    }
                }
                std::vector<Edit> asked;
                auto then = facts;
                for (const auto& [at, edit] : edits) {
                    asked.push_back(edit);
                    if (edit.becomes)
                        then.insert_or_assign(at, *edit.becomes);
                    else
                        then.erase(at);
                }
                const Rewritten rewritten = series.edit(asked);
                std::vector<Move> moves;
                for (const auto& [at, move] : then) moves.push_back(move);
                const test::Replayed plain = test::replay(formula, bearers, moves);
                const bool fits =
                    plain.effects.empty() || plain.effects.back().obstacle == Obstacle::none;
                REQUIRE((rewritten.obstacle == Obstacle::none) == fits);
                if (!fits) {
                    CHECK(rewritten.obstacle == plain.effects.back().obstacle);
                    ++refused;
                    continue;
                }
                facts = std::move(then);
                add(told, rewritten.differences);
                leave_out_zeros(told);
                auto days = by_day(moves, plain.effects);
                leave_out_zeros(days);
                REQUIRE(told == days);
                REQUIRE(series.end().stock == plain.end);
                const auto effects = effects_of_series(formula, moves);
                std::size_t at = 0;
                bool same = effects == plain.effects;
                for (const auto& [first, block] : series.blocks()) {
                    REQUIRE(at < moves.size());
                    const std::vector<Move> before(moves.begin(),
                                                   moves.begin() + static_cast<std::ptrdiff_t>(at));
                    same = same && first == moves[at].at &&
                           block.start.stock == test::replay(formula, bearers, before).end;
                    std::int64_t in_block = 0;
                    for (MoveReader reader(block.moves); const KeptMove* kept = reader.next();) {
                        same = same && at < moves.size() && kept->move == moves[at++];
                        ++in_block;
                    }
                    same = same && in_block == block.moves.count;
                }
                REQUIRE(same);
                REQUIRE(at == moves.size());
            }
            CHECK(refused > 0);
            CHECK(series.blocks().size() > 1);
        }
}
