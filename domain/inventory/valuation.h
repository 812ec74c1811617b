// What stock is worth: the moves of one item in one valuation area, replayed in business order.
//
// A replay is a pure function of the moves. Nothing of it depends on when a move became known, so a
// late or corrected move gives what it would have given in time; what it changes of later moves is
// the difference of two replays.
#pragma once

#include "domain/core/date.h"
#include "domain/core/describe.h"
#include "domain/core/id.h"
#include "domain/inventory/stock_places.h"
#include "domain/ledger/accounts.h"

#include <compare>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace kontor::inventory {

struct StockDocumentThing {
    static constexpr Thing thing{"stock_document", {}};
};
using StockDocumentId = Id<StockDocumentThing>;

// Which cost an issue takes. By lot (IAS 2.23) each lot is replayed by itself.
enum class CostFormula : std::uint8_t { fifo, moving_average, standard };

void describe(auto& choice, CostFormula) {
    choice.choice("CostFormula", "Which cost an issue takes.")
        .value("fifo", "What came first (IAS 2.27).")
        .value("moving_average", "The average of what is there (IAS 2.27).")
        .value("standard", "The standard that stock is kept at (IAS 2.21).");
}

// The place of a move in business order; log position and counted numbers are no part of it.
struct MoveOrder {
    Date day{};
    std::int64_t second = 0;
    StockDocumentId document{};
    std::int64_t line = 0;

    auto operator<=>(const MoveOrder&) const = default;
    static void describe(auto& record) {
        record.record("MoveOrder", "The place of a move in business order.")
            .field("day", &MoveOrder::day, "Business date.")
            .field("second", &MoveOrder::second, "Second of the day.")
            .field("document", &MoveOrder::document, "The document, by the client's id.")
            .field("line", &MoveOrder::line, "The line of the document.");
    }
};

enum class Valuing : std::uint8_t {
    brings_cost,
    by_formula,
    of_source,
    restandard,
    reformula,
    assess,
    relocates
};

void describe(auto& choice, Valuing) {
    choice.choice("Valuing", "Where the worth of a move comes from.")
        .value("brings_cost", "It brings a cost of its own: a receipt, an opening, an output.")
        .value("by_formula",
               "It takes what the formula says; a surplus that was counted, what stock then costs.")
        .value("of_source", "It takes back the cost of the move that it names.")
        .value("restandard", "The standard becomes another; nothing moves.")
        .value("reformula",
               "The formula becomes another; what is there keeps its value, unless it comes to a "
               "standard.")
        .value("assess", "What could still be got for stock is said anew; nothing moves.")
        .value("relocates", "It only lies elsewhere, or in another state: its worth stays.");
}

// Value for a quantity: smallest units of money for millionths of the item's unit. quantity > 0.
struct UnitCost {
    std::int64_t value = 0;
    std::int64_t quantity = 1;

    bool operator==(const UnitCost&) const = default;
    static void describe(auto& record) {
        record.record("UnitCost", "A value for a quantity.")
            .field("value", &UnitCost::value, "Smallest units of the base currency.")
            .field("quantity", &UnitCost::quantity, "Millionths of the item's unit; above zero.");
    }
};
// The worth of millionths at a unit cost, rounded half up; most_money + 1 for all that is more.
// quantity >= 0.
std::int64_t worth(const UnitCost& cost, std::int64_t quantity);

// Who bears what stock does not.
using Counterpart = ledger::AccountCode;

// Who bears what no document names: variances of receipts from the standard, what a new standard
// makes of stock, and what a return to the supplier takes beyond what is there.
struct Bearers {
    ledger::AccountCode stock;
    Counterpart variance;
    Counterpart revaluation;
    Counterpart difference;

    bool operator==(const Bearers&) const = default;
    static void describe(auto& record) {
        record.record("Bearers", "The account of stock, and who bears what no document names.")
            .field("stock", &Bearers::stock, "Stock itself.")
            .field("variance", &Bearers::variance, "What receipts cost beside the standard.")
            .field("revaluation", &Bearers::revaluation, "What a new standard makes of stock.")
            .field("difference", &Bearers::difference,
                   "What a return to the supplier takes beyond what is there.");
    }
};

// A part of what comes back, by the move that it comes back from.
struct SourcePart {
    MoveOrder of;
    std::int64_t quantity = 0;

    bool operator==(const SourcePart&) const = default;
    static void describe(auto& record) {
        record.record("SourcePart", "A part of what comes back.")
            .field("of", &SourcePart::of, "The move that it comes back from.")
            .field("quantity", &SourcePart::quantity, "Millionths of the item's unit.");
    }
};

// What a receipt bears of a cost that came with it: freight, duty. What goes back to the supplier
// bears none of it in the end, but as much as all others while it is there.
struct LandedPart {
    Counterpart counterpart;
    std::int64_t cost = 0;
    std::int64_t beyond = 0;

    bool operator==(const LandedPart&) const = default;
    static void describe(auto& record) {
        record.record("LandedPart", "What a receipt bears of a cost that came with it.")
            .field("counterpart", &LandedPart::counterpart, "The account beside stock.")
            .field("cost", &LandedPart::cost, "What stays with what was kept; not below zero.")
            .field("beyond", &LandedPart::beyond,
                   "What goes back to the supplier bears until then; not below zero.");
    }
};

struct Move {
    MoveOrder at;
    StockPlace place{};
    Valuing valuing = Valuing::brings_cost;
    std::int64_t quantity = 0;
    std::int64_t cost = 0;
    Counterpart counterpart{};
    std::optional<MoveOrder> source = std::nullopt;
    std::optional<UnitCost> standard = std::nullopt;
    std::optional<UnitCost> purchase_price = std::nullopt;
    CostFormula formula = CostFormula::fifo;
    std::optional<Bearers> bearers = std::nullopt;
    std::vector<SourcePart> parts{};
    std::vector<LandedPart> landed{};
    std::int64_t goes_back = 0;
    std::optional<UnitCost> realisable = std::nullopt;
    std::optional<Counterpart> allowance = std::nullopt;

    bool operator==(const Move&) const = default;
    static void describe(auto& record) {
        record.record("Move", "One move of stock, as it is valued.")
            .field("at", &Move::at, "Its place in business order.")
            .field("place", &Move::place, "Where it takes place.")
            .field("valuing", &Move::valuing, "Where its worth comes from.")
            .field("quantity", &Move::quantity, "Millionths of the item's unit; above zero is in.")
            .field("cost", &Move::cost,
                   "`brings_cost`: smallest units of the base currency, not below zero.")
            .field("counterpart", &Move::counterpart, "The account beside stock.")
            .field("source", &Move::source, "`of_source`: an earlier move of the series.")
            .field("standard", &Move::standard, "`restandard`: the new one.")
            .field("purchase_price", &Move::purchase_price,
                   "`by_formula`, out: what to take where nothing was ever in stock.")
            .field("formula", &Move::formula, "`reformula`: the new one.")
            .field("bearers", &Move::bearers, "`reformula`: who bears what from here on.")
            .field("parts", &Move::parts,
                   "`of_source`, in: what it comes back from where that is several moves; the rest "
                   "comes back from none, at what stock then costs.")
            .field("landed", &Move::landed, "`brings_cost`: what came with it.")
            .field("goes_back", &Move::goes_back,
                   "`brings_cost`: how much of it goes back to the supplier.")
            .field("realisable", &Move::realisable, "`assess`: what could be got for it.")
            .field("allowance", &Move::allowance, "`assess`: the account of the allowance.");
    }
};

// Its quantity, whichever way it goes.
constexpr std::int64_t size_of(const Move& move) {
    return move.quantity < 0 ? -move.quantity : move.quantity;
}

// The moves that it comes back from, each with its quantity.
std::vector<SourcePart> sources_of(const Move& move);

// A part of a move's worth that lies beside stock.
struct Share {
    Counterpart counterpart;
    std::int64_t amount = 0;
    MoveOrder of;

    bool operator==(const Share&) const = default;
    static void describe(auto& record) {
        record.record("Share", "A part of a move's worth that lies beside stock.")
            .field("counterpart", &Share::counterpart, "Who bears it.")
            .field("amount", &Share::amount, "What is borne; what is given to stock is below zero.")
            .field("of", &Share::of,
                   "The move whose cost it is: this one, or the issue that is trued up.");
    }
};

// Why a move has no worth.
enum class Obstacle : std::uint8_t { none, no_cost, too_large, before_source, over_returned };

void describe(auto& choice, Obstacle) {
    choice.choice("Obstacle", "Why a move has no worth.")
        .value("none", "It has one.")
        .value("no_cost",
               "It has nothing to take its cost from: no stock ever, no standard, no price.")
        .value("too_large", "Stock would be more than any quantity or amount.")
        .value("before_source", "It comes back before it went, or from what never was.")
        .value("over_returned", "More comes back than went.");
}

// What a move did: `stock` and the amounts of the shares add up to zero.
struct Effect {
    std::int64_t stock = 0;
    std::int64_t cost = 0;
    std::vector<Share> shares;
    Obstacle obstacle = Obstacle::none;  // with one, nothing of a replay is of use any more

    bool operator==(const Effect&) const = default;
    static void describe(auto& record) {
        record.record("Effect", "What a move did.")
            .field("stock", &Effect::stock, "What stock is worth more.")
            .field("cost", &Effect::cost,
                   "What the move brought or took, whatever stock gave, without what came with "
                   "it; not below zero.")
            .field("shares", &Effect::shares, "What others bear; with stock, zero.")
            .field("obstacle", &Effect::obstacle, "Why it has no worth.");
    }
};

// What of a move can come back, and has. The replay keeps none of these: the caller has one for
// each move that others name.
struct Source {
    std::int64_t quantity = 0;
    std::int64_t cost = 0;
    std::int64_t returned = 0;
    std::int64_t returned_cost = 0;
    std::int64_t goes_back = 0;
    std::vector<LandedPart> landed{};

    bool operator==(const Source&) const = default;
    static void describe(auto& record) {
        record.record("Source", "What of a move can come back, and has.")
            .field("quantity", &Source::quantity, "Above zero, whichever way it went.")
            .field("cost", &Source::cost, "Its cost, with what it was trued up by since.")
            .field("returned", &Source::returned, "The quantity that came back.")
            .field("returned_cost", &Source::returned_cost, "And its cost.")
            .field("goes_back", &Source::goes_back, "How much of it goes back to the supplier.")
            .field("landed", &Source::landed, "What came with it.");
    }
};

// FIFO: what a receipt brought, as far as it is there.
struct Layer {
    MoveOrder receipt;
    std::int64_t quantity = 0;
    std::int64_t value = 0;

    bool operator==(const Layer&) const = default;
    static void describe(auto& record) {
        record.record("Layer", "What a receipt brought, as far as it is there.")
            .field("receipt", &Layer::receipt, "The receipt.")
            .field("quantity", &Layer::quantity, "What is left of its quantity.")
            .field("value", &Layer::value, "What is left of its value.");
    }
};

// What was issued and never covered, at a provisional cost.
struct Uncovered {
    MoveOrder issue;
    Counterpart counterpart;
    std::int64_t quantity = 0;
    std::int64_t value = 0;

    bool operator==(const Uncovered&) const = default;
    static void describe(auto& record) {
        record.record("Uncovered", "What was issued and never covered.")
            .field("issue", &Uncovered::issue, "The issue.")
            .field("counterpart", &Uncovered::counterpart, "Who bears it.")
            .field("quantity", &Uncovered::quantity, "What is to be covered still.")
            .field("value", &Uncovered::value, "At what it is until then.");
    }
};

// What stock could be got for less than it cost (IAS 2.28), apart from its cost.
struct Allowance {
    Counterpart account;
    std::int64_t amount = 0;

    bool operator==(const Allowance&) const = default;
    static void describe(auto& record) {
        record.record("Allowance", "By what stock is written down, apart from its cost.")
            .field("account", &Allowance::account, "The account that has it.")
            .field("amount", &Allowance::amount, "Above zero.");
    }
};

// Stock between two moves. The value never has the other sign than the quantity, and is zero with
// it.
struct Stock {
    CostFormula formula = CostFormula::fifo;
    Bearers bearers;
    std::int64_t quantity = 0;
    std::int64_t value = 0;
    std::optional<UnitCost> last;
    std::optional<UnitCost> standard;
    std::vector<Layer> layers;
    std::vector<Uncovered> uncovered;
    std::optional<Allowance> allowance;

    bool operator==(const Stock&) const = default;
    static void describe(auto& record) {
        record.record("Stock", "Stock between two moves.")
            .field("formula", &Stock::formula, "By what an issue is costed.")
            .field("bearers", &Stock::bearers, "Who bears what no document names.")
            .field("quantity", &Stock::quantity,
                   "Millionths of the item's unit; below zero: issued before it was received.")
            .field("value", &Stock::value, "Smallest units of the base currency.")
            .field("last", &Stock::last, "What the last stock cost.")
            .field("standard", &Stock::standard, "The standard, as it was set last.")
            .field("layers", &Stock::layers, "FIFO: what is there, oldest first; adds up to it.")
            .field("uncovered", &Stock::uncovered,
                   "What is missing, oldest first; adds up to stock, with the other sign.")
            .field("allowance", &Stock::allowance, "By what it is written down.");
    }
};

// Moves are applied in ascending order.
class Replay {
public:
    explicit Replay(const Stock& stock = {});

    // `sources`: of the moves of `sources_of`, in that order, null where there is none so early;
    // they are changed.
    Effect apply(const Move& move, std::span<Source* const> sources) {
        Effect effect;
        apply(move, sources, effect);
        return effect;
    }
    // The same in place of another effect, whose room it takes.
    void apply(const Move& move, std::span<Source* const> sources, Effect& effect);
    // Of a move that names one at most.
    Effect apply(const Move& move, Source* source = nullptr) { return apply(move, {&source, 1}); }

    Stock stock() const;
    bool operator==(const Replay&) const = default;

private:
    std::optional<std::int64_t> cost_of(const Move& move, std::span<Source* const> sources) const;
    std::optional<std::int64_t> present_cost(const Move& move, std::int64_t quantity) const;
    std::int64_t land(const Move& move, std::span<Source* const> sources, Effect& effect) const;
    void value_at_standard(const Move& move, Effect& effect);
    void assess(const Move& move, Effect& effect);
    void release_allowance(const Move& move, std::int64_t before, Effect& effect);
    void bring(const Move& move, std::int64_t cost, Effect& effect);
    std::int64_t cover(std::int64_t& quantity, std::int64_t cost, Effect& effect);
    void issue(const Move& move, Effect& effect);
    void give_back(const Move& move, std::int64_t cost, Effect& effect);
    void restandard(const Move& move, Effect& effect);
    void reformula(const Move& move, Effect& effect);
    std::int64_t take(std::int64_t quantity);
    std::int64_t take_of(const MoveOrder& receipt, std::int64_t quantity, std::int64_t cost);
    std::optional<UnitCost> provisional(const Move& move) const;

    Stock stock_;  // but for these two, which lose their oldest as often as they get one
    std::deque<Layer> layers_;
    std::deque<Uncovered> uncovered_;
};

}  // namespace kontor::inventory
