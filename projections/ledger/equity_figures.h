// What a statement of changes in equity comes to over a span, and the events behind its figures.
#pragma once

#include "projections/ledger/equity_moves.h"
#include "projections/ledger/statement_lines.h"
#include "projections/ledger/summed_events.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct EquityFigures {
    std::vector<EquityRow> lines;  // as they are laid out
    Wide unassigned = 0;           // debit positive
    std::vector<AccountCode> unassigned_accounts;
    std::optional<Wide> reserve;  // of another currency: what translation leaves at the end
};

// Or, in words, why nobody can say. In another currency the balances are those of translated
// balance sheets, the profit is that of the income statement, what came in and left has the rates
// of its days, and the rest of each component is what translation made of it (IAS 21.39c, 21.52b).
std::optional<std::string> find_equity(const AsOf&, const AskedStatement&, const StatementLines&,
                                       const Span&, EquityFigures&);

// What a debit on each account adds to the balance of a line, at the end or before the first day,
// and to its profit.
std::map<AccountCode, DebitAdds> adds_to_equity(const AskedStatement&, const StatementLines&,
                                                std::size_t line, EquityColumn);
// The entries that close a year do not count in the profit.
Span span_of(EquityColumn, const Span&);

// The events behind a figure of a line, by what each adds. The figures have their rates.
EventSums equity_events_of(const AsOf&, const AskedStatement&, const StatementLines&, const Span&,
                           std::size_t line, EquityColumn);
// The same behind what no component shows at the end, debit positive.
EventSums unassigned_equity_of(const AsOf&, const AskedStatement&, const StatementLines&,
                               const Span&);

}  // namespace kontor::ledger
