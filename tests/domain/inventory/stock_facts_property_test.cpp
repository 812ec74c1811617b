// Over seeded facts of every kind that can be true of stock: any order of learning them gives the
// same books on every day, and the books are what a plain replay of all moves comes to.
#include "tests/domain/inventory/plain_replay.h"
#include "tests/domain/inventory/stocked_company.h"
#include "tests/support/dice.h"

#include <algorithm>
#include <functional>
#include <map>

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

constexpr int last_day = 27;
const std::vector<std::string> accounts{"1200", "2200", "2300", "5000", "5100",
                                        "5200", "5300", "1590", "5700"};

std::string date_of(std::int64_t day_of_january) {
    return to_text(day("2026-01-01") + static_cast<int>(day_of_january - 1));
}

// A fact, and those that must be known before it.
struct Fact {
    std::function<void(Books&)> tell;
    std::vector<std::size_t> after;
};

class Facts {
public:
    explicit Facts(std::uint64_t seed) : dice_(seed) {}

    std::vector<Fact> draw() {
        opening();
        const std::size_t many = 14 + dice_.below(12);
        for (std::size_t at = 0; at < many; ++at) one();
        return std::move(facts_);
    }

private:
    template <class Command>
    std::size_t tell(Command command, std::vector<std::size_t> after = {}) {
        facts_.push_back({[command](Books& books) { books.must(command); }, std::move(after)});
        return facts_.size() - 1;
    }
    std::string quantity(std::int64_t least, std::int64_t most) {
        return std::to_string(dice_.between(least, most));
    }
    Money money(std::int64_t most_cents) {
        return {dice_.between(1, most_cents), test::currency("EUR")};
    }
    std::string any_day() { return date_of(dice_.between(2, last_day)); }
    const char* place() { return dice_.one_in(3) ? "SHOP" : "MAIN"; }

    // First of all days, so that all that comes back or is found has a cost.
    void opening() {
        ReceiveStock first = receive(next_++, "2026-01-01", "5", "50.00");
        first.lines[0].cost = money(90'00);
        tell(first);
    }
    void one() {
        switch (dice_.below(8)) {
            case 0:
            case 1: return received();
            case 2:
            case 3: return issued();
            case 4: return counted();
            case 5: return came_back();
            case 6: return dice_.one_in(2) ? went_back() : landed();
            default: return dice_.one_in(2) ? standards() : corrected();
        }
    }
    void received() {
        const std::int64_t pieces = dice_.between(4, 12);
        ReceiveStock command = receive(next_, any_day(), std::to_string(pieces), "1.00");
        command.lines[0].cost = money(200'00);
        command.lines[0].warehouse = {place()};
        receipts_.push_back({next_++, *command.date, pieces - 1, tell(command)});
    }
    void issued() {
        const std::int64_t pieces = dice_.between(1, 9);
        IssueStock command = issue(next_, any_day(), std::to_string(pieces));
        command.lines[0].warehouse = {place()};
        if (dice_.one_in(2)) command.customer = parties::PartyCode{dice_.one_in(2) ? "ANN" : "BEN"};
        if (dice_.one_in(3)) command.counterpart = ledger::AccountCode{"5100"};
        issues_.push_back({next_++, *command.date, pieces, tell(command)});
    }
    void counted() {
        CountStock command = count(next_++, any_day(), quantity(0, 15));
        command.lines[0].warehouse = {place()};
        command.counterpart = ledger::AccountCode{"5200"};
        tell(command);
    }
    struct Came {
        std::uint64_t document;
        Date date;
        std::int64_t left;
        std::size_t fact;
    };
    void came_back() {
        TakeBackStock command = take_back(next_, any_day(), "1");
        command.lines[0].warehouse = {place()};
        if (dice_.one_in(2) && !issues_.empty()) {
            Came& of = issues_[dice_.below(issues_.size())];
            if (of.left == 0) return;
            const std::int64_t pieces = dice_.between(1, of.left);
            of.left -= pieces;
            command.lines[0].quantity = pcs(std::to_string(pieces));
            command.lines[0].issue = line_of(of.document);
            command.date = of.date + static_cast<int>(dice_.below(5));
            ++next_;
            tell(command, {of.fact});
            return;
        }
        command.lines[0].quantity = pcs(quantity(1, 6));
        command.customer = parties::PartyCode{dice_.one_in(2) ? "ANN" : "BEN"};
        ++next_;
        tell(command);
    }
    void went_back() {
        if (receipts_.empty()) return;
        Came& of = receipts_[dice_.below(receipts_.size())];
        if (of.left == 0) return;
        const std::int64_t pieces = dice_.between(1, of.left);
        of.left -= pieces;
        tell(send_back(next_++, to_text(of.date + static_cast<int>(dice_.below(9))), of.document,
                       std::to_string(pieces)),
             {of.fact});
    }
    void landed() {
        if (receipts_.size() < 2) return;
        const std::size_t first = dice_.below(receipts_.size() - 1);
        const Came &one = receipts_[first], &other = receipts_[first + 1];
        AddLandedCost command = land(
            next_++, static_cast<LandedBasis>(dice_.below(2)), "1.00",
            {line_of(one.document), line_of(other.document)});
        if (dice_.one_in(3)) command.basis = LandedBasis::value;
        command.amount = money(50'00);
        tell(command, {one.fact, other.fact});
    }
    void standards() {
        SetStandardCost command = standard(any_day(), "1.00");
        if (!set_.insert(*command.from).second) return;
        command.cost = money(30'00);
        tell(command);
    }
    void corrected() {
        if (receipts_.empty()) return;
        const Came& of = receipts_[dice_.below(receipts_.size())];
        if (!corrected_.insert(of.document).second) return;
        CorrectStockLine command = correct_cost(of.document, "1.00");
        command.cost = money(200'00);
        facts_.push_back({[command](Books& books) {
                              // It may be what was drawn before.
                              books.tries(Message::of(command));
                          },
                          {of.fact}});
    }

    test::Dice dice_;
    std::vector<Fact> facts_;
    std::vector<Came> receipts_, issues_;
    std::set<Date> set_;
    std::set<std::uint64_t> corrected_;
    std::uint64_t next_ = 1;
};

void prepare(Books& books) {
    SetStockAccounts set{acme, {}, Books::accounts(), {"GEN"}};
    set.accounts.variance = {"5300"};
    books.must(set);
    books.must(customer("ANN"));
    books.must(customer("BEN"));
    books.must(OpenWarehouse{acme, {"SHOP"}, "Shop"});
    books.must(SetNegativeStock{acme, {}, NegativeStock::provisional});
}

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
    const test::Replayed replayed = test::replay(
        formula, {{"1200"}, {"5300"}, {"5000"}, {"5000"}}, moves);
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
