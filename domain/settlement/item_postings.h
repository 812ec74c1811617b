// What items and allocations post: lines that balance, whatever settles what.
#pragma once

#include "domain/settlement/kept_items.h"

#include <span>
#include <vector>

namespace kontor::settlement {

// An item on its account, and the other lines of its entry; or the same taken back.
std::vector<ledger::EntryLine> lines_of_item(const ItemFacts&, bool taken_back = false);
// What a part settles and by what, with what is deducted and gained or lost.
std::vector<ledger::EntryLine> lines_of_parts(std::span<const AllocatedPart>,
                                              bool taken_back = false);
// Lines on one account of one counterparty and currency as one line, as far as they can be one;
// what comes to nothing is left out.
std::vector<ledger::EntryLine> summed(const std::vector<ledger::EntryLine>&);

}  // namespace kontor::settlement
