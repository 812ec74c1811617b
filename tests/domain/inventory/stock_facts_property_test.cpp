// Over seeded facts of every kind that can be true of stock: any order of learning them gives the
// same books on every day, and the books are what a plain replay of all moves comes to.
#include "tests/domain/inventory/plain_replay.h"
#include "tests/domain/inventory/stock_facts.h"

#include <algorithm>
#include <map>

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

const std::vector<std::string> accounts{"1200", "2200", "2300", "5000", "5100",
                                        "5200", "5300", "1590", "5700"};

// In an order in which each fact can be told.
std::vector<std::size_t> shuffled(const std::vector<Fact>& facts, test::Dice& dice) {
    std::vector<std::size_t> order{0}, left;
    for (std::size_t at = 1; at < facts.size(); ++at) left.push_back(at);
    while (!left.empty()) {
        const std::size_t at = dice.below(left.size());
        const auto& after = facts[left[at]].after;
        if (!std::ranges::all_of(after, [&](std::size_t before) {
                return std::ranges::find(order, before) != order.end();
            }))
            continue;
        order.push_back(left[at]);
        left.erase(left.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return order;
}

std::map<std::string, std::int64_t> balances(Books& books) {
    std::map<std::string, std::int64_t> all;
    for (std::int64_t at = 1; at <= 31; ++at)
        for (const std::string& account : accounts)
            all[date_of(at) + ' ' + account] = books.balance(account, date_of(at));
    return all;
}

// All moves of the mug as its documents have them, in business order.
std::vector<Move> all_moves(const Books& books) {
    std::vector<Move> moves;
    books.world().of<StockDocuments>().each_from(
        {}, [&](const StockDocumentKey& key, const StockDocument& document) {
            for (const MovedLine& line : document.lines)
                moves.push_back(
                    move_of({document.date, document.second, key.document, line.line}, line));
            return true;
        });
    books.world().of<AllStockSeries>().each_from(
        {}, [&](const SeriesKey&, const StockSeries& series) {
            moves.insert(moves.end(), series.steps.begin(), series.steps.end());
            return true;
        });
    std::ranges::sort(moves, {}, &Move::at);
    return moves;
}

// What stock is worth at the end of each day, each move as a plain replay values it.
void is_what_a_plain_replay_comes_to(Books& books, CostFormula formula) {
    const std::vector<Move> moves = all_moves(books);
    const test::Replayed replayed =
        test::replay(formula, {{"1200"}, {"5300"}, {"5000"}, {"5000"}}, moves);
    REQUIRE(replayed.effects.size() == moves.size());
    std::int64_t value = 0;
    for (std::size_t at = 0; at < moves.size(); ++at) {
        REQUIRE(replayed.effects[at].obstacle == Obstacle::none);
        value += replayed.effects[at].stock;
        if (at + 1 == moves.size() || moves[at + 1].at.day != moves[at].at.day)
            CHECK(books.balance("1200", to_text(moves[at].at.day)) == value);
    }
    // A count is what was there.
    std::map<StockPlace, std::int64_t> there;
    std::map<MoveOrder, std::int64_t> counted;
    books.world().of<CountsOfStock>().each_from({}, [&](const CountKey& key, const Count& count) {
        counted[key.at] = count.counted;
        return true;
    });
    for (const Move& move : moves) {
        there[move.place] += move.quantity;
        if (counted.contains(move.at)) CHECK(there[move.place] == counted[move.at]);
    }
}

}  // namespace

TEST_CASE("any order of learning facts of stock gives the same books on every day") {
    for (const auto& [method, formula] :
         {std::pair{items::CostingMethod::fifo, CostFormula::fifo},
          std::pair{items::CostingMethod::moving_average, CostFormula::moving_average},
          std::pair{items::CostingMethod::standard, CostFormula::standard}})
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            CAPTURE(static_cast<int>(method), seed);
            const std::vector<Fact> facts = Facts(seed).draw();
            Books books(method);
            prepare(books);
            for (const Fact& fact : facts) fact.tell(books);
            is_what_a_plain_replay_comes_to(books, formula);
            const auto in_order = balances(books);
            test::Dice dice(seed);
            for (int times = 0; times < 2; ++times) {
                Books other(method);
                prepare(other);
                for (const std::size_t at : shuffled(facts, dice)) facts[at].tell(other);
                CHECK(balances(other) == in_order);
            }
        }
}
