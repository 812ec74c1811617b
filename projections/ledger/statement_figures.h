// What the accounts of a statement come to over a span, in the currency that it is told in, and the
// events that they come from: as the books have it, or translated as the kind of the statement is.
#pragma once

#include "projections/ledger/statement_lines.h"
#include "projections/ledger/summed_events.h"
#include "projections/ledger/translation.h"

#include <map>
#include <optional>
#include <string>

namespace kontor::ledger {

struct SpanFigures {
    SpannedBalances balances;
    // Of a position in another currency (IAS 21.41); it is in the balance of the account that the
    // company's policy names for it.
    std::optional<Wide> reserve;
};

// Positions, performances and cash flows; or, in words, why nobody can say. Of the movements of a
// cash flow each is at the average rate of its period (IAS 7.27), what cash there is at the
// closing rates of both ends, and what that leaves is the effect of exchange rates (IAS 7.28). What
// movements are rounded to is cash's too, so that a cash flow comes out to the cent.
std::optional<std::string> find_figures(const AsOf&, const AskedStatement&, const StatementLines&,
                                        const Span&, SpanFigures&);

// The events behind a sum of what accounts add to those figures, by what each adds. The figures
// have their rates, and no dimensions were asked for.
EventSums events_of(const AsOf&, const AskedStatement&, const StatementLines&, const Span&,
                    const std::map<AccountCode, DebitAdds>&);

// What is to be translated of a span: movements from a day on, or the position at its end.
Untranslated untranslated(const AskedStatement&, const Scope&, std::optional<Date> from);

// Takes what a position is short of into the account that shows it, if the company has named one.
void show_reserve(const AsOf&, const CompanyCode&, Wide reserve, Translation::Balances&);

// The events behind what some accounts of a position add; a debit on each adds so much.
void add_events_of_position(const AsOf&, const CompanyCode&, const Translation&,
                            const std::map<AccountCode, Wide>& adds, Wide times, EventSums&);

// The events behind the translation reserve: what the sides of each differ by, as they are
// translated at several rates.
EventSums reserve_events_of(const AsOf&, const AskedStatement&, const Scope&);

}  // namespace kontor::ledger
