// All moves of a unit replayed from nothing, as the rule is read: no blocks, nothing kept.
#pragma once

#include "domain/inventory/valuation.h"

#include <map>
#include <vector>

namespace kontor::test {

struct Replayed {
    std::vector<inventory::Effect> effects;  // of each move, up to the first that has no worth
    inventory::Stock end;
};

// Moves are in order.
inline Replayed replay(inventory::CostFormula formula, const inventory::Bearers& bearers,
                       const std::vector<inventory::Move>& moves) {
    inventory::Stock nothing;
    nothing.formula = formula;
    nothing.bearers = bearers;
    inventory::Replay replay(nothing);
    Replayed replayed;
    std::map<inventory::MoveOrder, inventory::Source> sources;
    for (const inventory::Move& move : moves) {
        inventory::Source* source = nullptr;
        if (move.source)
            if (const auto known = sources.find(*move.source); known != sources.end())
                source = &known->second;
        replayed.effects.push_back(replay.apply(move, source));
        const inventory::Effect& effect = replayed.effects.back();
        if (effect.obstacle != inventory::Obstacle::none) break;
        sources[move.at] = {move.quantity < 0 ? -move.quantity : move.quantity, effect.cost};
        for (const inventory::Share& share : effect.shares)
            if (share.of != move.at) sources[share.of].cost += share.amount;
    }
    replayed.end = replay.stock();
    return replayed;
}

}  // namespace kontor::test
