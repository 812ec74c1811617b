// Which events lie behind sums over several keys, and what each of them adds.
#pragma once

#include "domain/core/money.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>

namespace kontor::ledger {

// A key of sums, as far as a question counts it.
struct SummedKey {
    std::string bytes;
    Corner corner;
};
// What a posting under the key of that index adds; empty where it is no part of the sum.
using PostingAdds = std::function<std::optional<Wide>(const Posting&, std::size_t key)>;
// Called with an event and what all its postings add, until it answers false.
using EachEvent = std::function<bool(const EventRef&, Wide)>;

// Events in order, behind one, each once; so many of each key are read at a time.
void each_summed_event(const TwoTimeTotals&, const RowReader&, std::span<const SummedKey>,
                       std::optional<EventRef> after, std::size_t at_a_time, const PostingAdds&,
                       const EachEvent&);

// A page of the events behind a sum in smallest units of a currency. What comes to nothing within
// one entry explains nothing.
void explain_sum(const TwoTimeTotals&, const RowReader&, std::span<const SummedKey>, Currency,
                 const PostingAdds&, Explanation&);

// A page of the events behind a figure whose shares were found one by one.
using EventSums = std::map<EventRef, Wide>;
void explain_events(const EventSums&, Currency, Explanation&);
void add_to(EventSums&, const EventSums& more);

}  // namespace kontor::ledger
