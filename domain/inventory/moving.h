// What a change of stock comes to before it happens: whether it can be, and what it posts.
#pragma once

#include "domain/core/decision.h"
#include "domain/inventory/stock_moves.h"

#include <optional>
#include <vector>

namespace kontor::inventory {

// Why edits of a company's series cannot be: stock_insufficient, cost_missing, stock_too_large,
// returned_before_source, returned_beyond_source, stock_accounts_missing or stock_day_closed; none
// when they can, and then what they post, by day, account and item.
Objection find_postings(const World&, const CompanyCode&, const EditsBySeries&, const Context&,
                        std::vector<StockEntryLine>&);

// The day on which what happened on a day is posted: itself, or the first one after it that is
// open; by the company's policy not before the period in which it is learned. Empty: there is none.
std::optional<Date> day_of_entry(const World&, const CompanyCode&, Date, const Context&);

// Completes a fact by what it makes of other lines and by what it posts. Refused as `find_postings`
// does.
Objection settle(const World&, const Context&, StockMoved&);
Objection settle(const World&, const Context&, StockLineCorrected&);
Objection settle(const World&, const Context&, StockDocumentReversed&);

}  // namespace kontor::inventory
