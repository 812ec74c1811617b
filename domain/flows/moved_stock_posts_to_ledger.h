// What stock is worth and the account of stock are equal at every moment: each change of stock
// posts what it comes to, in the same commit.
#pragma once

#include "domain/inventory/landed_costs.h"
#include "domain/inventory/stock_moves.h"
#include "domain/ledger/entries.h"

namespace kontor::flow {

Decision<ledger::PostEntry> moved_stock_posts_to_ledger(const inventory::StockMoved&, const World&);
Decision<ledger::PostEntry> corrected_stock_posts_to_ledger(const inventory::StockLineCorrected&,
                                                            const World&);
Decision<ledger::PostEntry> reversed_stock_posts_to_ledger(const inventory::StockDocumentReversed&,
                                                           const World&);
Decision<ledger::PostEntry> revalued_stock_posts_to_ledger(const inventory::StockRevalued&,
                                                           const World&);
Decision<ledger::PostEntry> landed_cost_posts_to_ledger(const inventory::LandedCostAdded&,
                                                        const World&);
Decision<ledger::PostEntry> withdrawn_landed_cost_posts_to_ledger(
    const inventory::LandedCostWithdrawn&, const World&);

}  // namespace kontor::flow
