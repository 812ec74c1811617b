// How each kind of move changes what stock is worth.
#include "domain/inventory/valuation.h"

#include "domain/core/ensure.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"

#include <algorithm>

namespace kontor::inventory {

namespace {

// The part of a value that belongs to a part of its quantity; the last part is the remainder.
std::int64_t part_of(std::int64_t value, std::int64_t part, std::int64_t whole) {
    if (part == whole) return value;
    std::int64_t product = 0;  // a division of 128 bits costs ten times as much
    if (value >= 0 && part >= 0 && whole > 0 && !__builtin_mul_overflow(value, part, &product)) {
        const std::int64_t rest = product % whole;
        return product / whole + (rest >= whole - rest ? 1 : 0);
    }
    return static_cast<std::int64_t>(divide(Wide{value} * part, whole, Rounding::half_up));
}

// Why what comes back cannot.
Obstacle obstacle_to(const Move& move, std::span<Source* const> sources) {
    const auto parts = sources_of(move);
    for (std::size_t at = 0; at < parts.size(); ++at) {
        if (!sources[at]) return Obstacle::before_source;
        if (parts[at].quantity > sources[at]->quantity - sources[at]->returned)
            return Obstacle::over_returned;
    }
    return Obstacle::none;
}

}  // namespace

std::int64_t worth(const UnitCost& cost, std::int64_t quantity) {
    const Wide value = divide(Wide{cost.value} * quantity, cost.quantity, Rounding::half_up);
    return static_cast<std::int64_t>(std::min<Wide>(value, most_money + 1));
}

std::vector<SourcePart> sources_of(const Move& move) {
    if (move.source) return {{*move.source, size_of(move)}};
    return move.parts;
}

Replay::Replay(const Stock& stock)
    : stock_(stock),
      layers_(stock.layers.begin(), stock.layers.end()),
      uncovered_(stock.uncovered.begin(), stock.uncovered.end()) {
    stock_.layers.clear();
    stock_.uncovered.clear();
}

Stock Replay::stock() const {
    Stock stock = stock_;
    stock.layers.assign(layers_.begin(), layers_.end());
    stock.uncovered.assign(uncovered_.begin(), uncovered_.end());
    return stock;
}

void Replay::apply(const Move& move, std::span<Source* const> sources, Effect& effect) {
    const std::int64_t before = stock_.value;
    const std::int64_t quantity_before = stock_.quantity;
    effect.stock = effect.cost = 0;
    effect.shares.clear();
    effect.obstacle = Obstacle::none;
    if (move.valuing == Valuing::relocates) return;
    if (move.valuing == Valuing::restandard) {
        restandard(move, effect);
    } else if (move.valuing == Valuing::reformula) {
        reformula(move, effect);
    } else if (move.valuing == Valuing::assess) {
        assess(move, effect);
    } else if (move.valuing == Valuing::by_formula && move.quantity < 0) {
        issue(move, effect);
    } else if (move.quantity != 0) {
        if (move.valuing == Valuing::of_source) effect.obstacle = obstacle_to(move, sources);
        if (effect.obstacle != Obstacle::none) return;
        const auto cost = cost_of(move, sources);
        if (!cost) {
            effect.obstacle = Obstacle::no_cost;
            return;
        }
        const bool in = move.quantity > 0;
        effect.cost = *cost;
        if (*cost != 0) effect.shares.push_back({move.counterpart, in ? -*cost : *cost, move.at});
        const std::int64_t landed = land(move, sources, effect);
        if (in)
            bring(move, *cost + landed, effect);
        else
            give_back(move, *cost + landed, effect);
    }
    release_allowance(move, quantity_before, effect);
    effect.stock = stock_.value - before;
    const auto is_beyond = [](std::int64_t what, std::int64_t most) {
        return what > most || what < -most;
    };
    if (effect.obstacle == Obstacle::none &&
        (is_beyond(stock_.value, most_money) || is_beyond(stock_.quantity, most_quantity)))
        effect.obstacle = Obstacle::too_large;
}

// What a move that is no issue brings or takes back; empty for a surplus of what never cost
// anything.
std::optional<std::int64_t> Replay::cost_of(const Move& move,
                                            std::span<Source* const> sources) const {
    if (move.valuing == Valuing::brings_cost) {
        ensure(move.quantity > 0 && move.cost >= 0, "what brings a cost comes in");
        return move.cost;
    }
    if (move.valuing == Valuing::by_formula) return present_cost(move, move.quantity);
    std::int64_t cost = 0, rest = size_of(move);
    const auto parts = sources_of(move);
    for (std::size_t at = 0; at < parts.size(); ++at) {
        Source& source = *sources[at];
        source.returned += parts[at].quantity;
        const std::int64_t all = part_of(source.cost, source.returned, source.quantity);
        cost += all - source.returned_cost;
        source.returned_cost = all;
        rest -= parts[at].quantity;
    }
    if (rest == 0) return cost;
    const auto of_rest = present_cost(move, rest);
    return of_rest ? std::optional(cost + *of_rest) : std::nullopt;
}

// What a quantity that comes in from nowhere is worth, as stock then costs.
std::optional<std::int64_t> Replay::present_cost(const Move& move, std::int64_t quantity) const {
    if (stock_.quantity > 0) return worth({stock_.value, stock_.quantity}, quantity);
    const auto unit = provisional(move);
    return unit ? std::optional(worth(*unit, quantity)) : std::nullopt;
}

// What comes in with a receipt beside its own cost, or goes back to the supplier with a part of
// it.
std::int64_t Replay::land(const Move& move, std::span<Source* const> sources,
                          Effect& effect) const {
    std::int64_t sum = 0;
    const auto put = [&](const Counterpart& counterpart, std::int64_t amount, int sign) {
        if (amount != 0) effect.shares.push_back({counterpart, sign * amount, move.at});
        sum += amount;
    };
    if (move.valuing == Valuing::brings_cost) {
        for (const LandedPart& part : move.landed)
            put(part.counterpart, part.cost + part.beyond, -1);
    } else if (move.valuing == Valuing::of_source && move.quantity < 0) {
        const Source& source = *sources.front();
        const auto back = [&](const LandedPart& part, std::int64_t returned) {
            return source.goes_back == 0 ? 0 : part_of(part.beyond, returned, source.goes_back);
        };
        for (const LandedPart& part : source.landed)
            put(part.counterpart,
                back(part, source.returned) - back(part, source.returned - size_of(move)), +1);
    }
    return sum;
}

// By the standard, stock takes that alone; the rest is a variance.
void Replay::bring(const Move& move, std::int64_t cost, Effect& effect) {
    std::int64_t quantity = move.quantity;
    if (stock_.formula == CostFormula::standard && stock_.standard) {
        const std::int64_t at_standard = worth(*stock_.standard, quantity);
        if (cost != at_standard)
            effect.shares.push_back({stock_.bearers.variance, cost - at_standard, move.at});
        cost = at_standard;
    }
    cost = cover(quantity, cost, effect);
    if (quantity == 0) return;
    stock_.quantity += quantity;
    stock_.value += cost;
    stock_.last = UnitCost{cost, quantity};
    if (stock_.formula == CostFormula::fifo) layers_.push_back({move.at, quantity, cost});
}

// What comes in first covers what was issued before it, and trues up what that was to cost. Answers
// the cost of the quantity that is left.
std::int64_t Replay::cover(std::int64_t& quantity, std::int64_t cost, Effect& effect) {
    while (quantity > 0 && !uncovered_.empty()) {
        Uncovered& issue = uncovered_.front();
        const std::int64_t covered = std::min(issue.quantity, quantity);
        const std::int64_t came_at = part_of(cost, covered, quantity);
        const std::int64_t assumed = part_of(issue.value, covered, issue.quantity);
        if (came_at != assumed)
            effect.shares.push_back({issue.counterpart, came_at - assumed, issue.issue});
        stock_.last = UnitCost{came_at, covered};
        stock_.quantity += covered;
        stock_.value += assumed;
        quantity -= covered;
        cost -= came_at;
        issue.quantity -= covered;
        issue.value -= assumed;
        if (issue.quantity == 0) uncovered_.pop_front();
    }
    return cost;
}

void Replay::issue(const Move& move, Effect& effect) {
    const std::int64_t wanted = -move.quantity;
    const std::int64_t there = std::clamp(stock_.quantity, std::int64_t{0}, wanted);
    const std::int64_t missing = wanted - there;
    std::int64_t cost = take(there);
    if (missing > 0) {
        const auto unit = provisional(move);
        if (!unit) {
            effect.obstacle = Obstacle::no_cost;
            return;
        }
        const std::int64_t assumed = worth(*unit, missing);
        uncovered_.push_back({move.at, move.counterpart, missing, assumed});
        stock_.quantity -= missing;
        stock_.value -= assumed;
        cost += assumed;
    }
    effect.cost = cost;
    if (cost != 0) effect.shares.push_back({move.counterpart, cost, move.at});
}

// Takes away what is there, and answers what it was worth.
std::int64_t Replay::take(std::int64_t quantity) {
    if (quantity == 0) return 0;
    std::int64_t cost = 0;
    if (stock_.formula == CostFormula::fifo) {
        for (std::int64_t left = quantity; left > 0;) {
            Layer& layer = layers_.front();
            const std::int64_t taken = std::min(left, layer.quantity);
            const std::int64_t value = part_of(layer.value, taken, layer.quantity);
            stock_.last = UnitCost{layer.value, layer.quantity};
            cost += value;
            left -= taken;
            layer.quantity -= taken;
            layer.value -= value;
            if (layer.quantity == 0) layers_.pop_front();
        }
    } else {
        stock_.last = UnitCost{stock_.value, stock_.quantity};
        cost = part_of(stock_.value, quantity, stock_.quantity);
    }
    stock_.quantity -= quantity;
    stock_.value -= cost;
    return cost;
}

// What goes back leaves at what it came for. Where that is not there any more, since issues have
// taken of it, stock gives what it has and the difference is borne beside it.
void Replay::give_back(const Move& move, std::int64_t cost, Effect& effect) {
    const Counterpart bearer = stock_.formula == CostFormula::standard ? stock_.bearers.variance
                                                                       : stock_.bearers.difference;
    const std::int64_t wanted = -move.quantity;
    const std::int64_t there = std::clamp(stock_.quantity, std::int64_t{0}, wanted);
    const std::int64_t missing = wanted - there;
    const std::int64_t cost_there = part_of(cost, there, wanted);
    std::int64_t taken = there == 0 ? 0 : take_of(*move.source, there, cost_there);
    if (missing > 0) {
        const std::int64_t assumed = cost - cost_there;
        uncovered_.push_back({move.at, bearer, missing, assumed});
        stock_.quantity -= missing;
        stock_.value -= assumed;
        taken += assumed;
    }
    if (taken != cost) effect.shares.push_back({bearer, taken - cost, move.at});
}

// Takes away a quantity that is there at the cost of the receipt, as far as stock has it; answers
// what it took.
std::int64_t Replay::take_of(const MoveOrder& receipt, std::int64_t quantity, std::int64_t cost) {
    if (stock_.formula == CostFormula::standard) return take(quantity);
    if (stock_.formula == CostFormula::moving_average) {
        stock_.last = UnitCost{stock_.value, stock_.quantity};
        const bool all = quantity == stock_.quantity;
        const std::int64_t taken = all ? stock_.value : std::min(cost, stock_.value);
        stock_.quantity -= quantity;
        stock_.value -= taken;
        return taken;
    }
    const auto layer = std::ranges::find(layers_, receipt, &Layer::receipt);
    std::int64_t taken = 0;
    if (layer != layers_.end()) {
        const std::int64_t of_layer = std::min(quantity, layer->quantity);
        const std::int64_t asked = part_of(cost, of_layer, quantity);
        taken = of_layer == layer->quantity ? layer->value : std::min(asked, layer->value);
        quantity -= of_layer;
        stock_.last = UnitCost{layer->value, layer->quantity};
        stock_.quantity -= of_layer;
        stock_.value -= taken;
        layer->quantity -= of_layer;
        layer->value -= taken;
        if (layer->quantity == 0) layers_.erase(layer);
    }
    return taken + take(quantity);
}

void Replay::restandard(const Move& move, Effect& effect) {
    ensure(move.standard && move.quantity == 0, "a standard moves nothing");
    stock_.standard = move.standard;
    value_at_standard(move, effect);
}

// All of stock is worth the standard from here on; so is what was issued and never covered.
void Replay::value_at_standard(const Move& move, Effect& effect) {
    if (stock_.formula != CostFormula::standard || !stock_.standard) return;
    const std::int64_t before = stock_.value;
    for (Uncovered& issue : uncovered_) {
        const std::int64_t now = worth(*stock_.standard, issue.quantity);
        stock_.value -= now - issue.value;
        issue.value = now;
    }
    if (stock_.quantity > 0) stock_.value = worth(*stock_.standard, stock_.quantity);
    const std::int64_t change = stock_.value - before;
    if (change != 0) effect.shares.push_back({stock_.bearers.revaluation, -change, move.at});
}

void Replay::reformula(const Move& move, Effect& effect) {
    layers_.clear();
    if (move.formula == CostFormula::fifo && stock_.quantity > 0)
        layers_.push_back({move.at, stock_.quantity, stock_.value});
    stock_.formula = move.formula;
    if (move.bearers) stock_.bearers = *move.bearers;
    value_at_standard(move, effect);
}

// The allowance is what stock costs beyond what could be got for it, and never below zero: so it is
// reversed at most to cost (IAS 2.33).
void Replay::assess(const Move& move, Effect& effect) {
    ensure(move.realisable && move.allowance && move.quantity == 0, "an assessment moves nothing");
    const std::int64_t was = stock_.allowance ? stock_.allowance->amount : 0;
    std::int64_t is = 0;
    if (stock_.quantity > 0)
        is = std::max<std::int64_t>(stock_.value - worth(*move.realisable, stock_.quantity), 0);
    const Counterpart was_on = stock_.allowance ? stock_.allowance->account : *move.allowance;
    const auto put = [&](const Counterpart& account, std::int64_t amount) {
        if (amount != 0) effect.shares.push_back({account, amount, move.at});
    };
    put(was_on, was);
    put(*move.allowance, -is);
    put(move.counterpart, is - was);
    stock_.allowance.reset();
    if (is > 0) stock_.allowance = Allowance{*move.allowance, is};
}

// What leaves takes its part of the allowance along, so that its bearer is left with what it was
// carried at (IAS 2.34).
void Replay::release_allowance(const Move& move, std::int64_t before, Effect& effect) {
    if (!stock_.allowance || stock_.quantity >= before) return;
    Allowance& allowance = *stock_.allowance;
    const std::int64_t left = std::max<std::int64_t>(stock_.quantity, 0);
    const std::int64_t released = allowance.amount - part_of(allowance.amount, left, before);
    if (released != 0) {
        effect.shares.push_back({allowance.account, released, move.at});
        effect.shares.push_back({move.counterpart, -released, move.at});
    }
    allowance.amount -= released;
    if (allowance.amount == 0) stock_.allowance.reset();
}

// What an issue is to cost until it is covered.
std::optional<UnitCost> Replay::provisional(const Move& move) const {
    if (stock_.formula == CostFormula::standard && stock_.standard) return stock_.standard;
    if (stock_.last) return stock_.last;
    if (stock_.standard) return stock_.standard;
    return move.purchase_price;
}

}  // namespace kontor::inventory
