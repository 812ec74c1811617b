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
        std::vector<inventory::Source*> named;
        for (const inventory::SourcePart& part : inventory::sources_of(move)) {
            const auto known = sources.find(part.of);
            named.push_back(known == sources.end() ? nullptr : &known->second);
        }
        replayed.effects.push_back(replay.apply(move, named));
        const inventory::Effect& effect = replayed.effects.back();
        if (effect.obstacle != inventory::Obstacle::none) break;
        sources[move.at] = {move.quantity < 0 ? -move.quantity : move.quantity,
                            effect.cost,
                            0,
                            0,
                            move.goes_back,
                            move.landed};
        for (const inventory::Share& share : effect.shares)
            if (share.of != move.at) sources[share.of].cost += share.amount;
    }
    replayed.end = replay.stock();
    return replayed;
}

}  // namespace kontor::test
