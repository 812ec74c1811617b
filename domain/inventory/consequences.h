// What a fact makes of lines that it does not name: the count after it finds more or less, another
// issue comes back, another receipt bears a landed cost.
//
// These are facts that say what is so and not what moved; what they come to is a function of all
// moves, whatever order those became known in. A fact changes few of them: a count takes up all
// that was otherwise before it, so that the one after it finds what it found.
#pragma once

#include "domain/inventory/stock_moves.h"

#include <vector>

namespace kontor::inventory {

// Completes the lines of a fact that depend on others, and answers the lines of other documents
// that become others. The place of each line is its own.
std::vector<ChangedLine> consequences_of(const World&, const CompanyCode&,
                                         std::vector<LineEdit>& own);

}  // namespace kontor::inventory
