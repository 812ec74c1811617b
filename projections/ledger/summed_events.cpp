// How the postings of several keys are merged by their events.
#include "projections/ledger/summed_events.h"

#include <algorithm>

namespace kontor::ledger {

void each_summed_event(const TwoTimeTotals& totals, const RowReader& rows,
                       std::span<const SummedKey> keys, std::optional<EventRef> after,
                       std::size_t at_a_time, const PostingAdds& adds, const EachEvent& each) {
    while (true) {
        // Each key gives its next events; up to where the first of them stops, none is missing.
        std::map<EventRef, Wide> events;
        std::optional<EventRef> through;
        for (std::size_t key = 0; key < keys.size(); ++key) {
            std::optional<EventRef> last;
            std::size_t count = 0;
            const auto from = after ? std::optional(PostingPlace{*after}) : std::nullopt;
            totals.postings(rows, keys[key].bytes, keys[key].corner, from,
                            [&](const Posting& posting) {
                                const auto amount = adds(posting, key);
                                if (!amount) return true;
                                if (last != posting.place.event && ++count > at_a_time) {
                                    through = through ? std::min(*through, *last) : *last;
                                    return false;
                                }
                                last = posting.place.event;
                                events[*last] += *amount;
                                return true;
                            });
        }
        for (const auto& [event, amount] : events)
            if ((!through || event <= *through) && !each(event, amount)) return;
        if (!through) return;
        after = through;
    }
}

void add_to(EventSums& events, const EventSums& more) {
    for (const auto& [event, amount] : more) events[event] += amount;
}

void explain_events(const EventSums& events, Currency unit, Explanation& why) {
    auto at = why.after() ? events.upper_bound(*why.after()) : events.begin();
    for (; at != events.end(); ++at)
        if (at->second != 0 &&
            !why.add(at->first, {at->second, minor_digits(unit), std::string(unit.text())}))
            return;
}

void explain_sum(const TwoTimeTotals& totals, const RowReader& rows,
                 std::span<const SummedKey> keys, Currency unit, const PostingAdds& adds,
                 Explanation& why) {
    each_summed_event(totals, rows, keys, why.after(), why.limit() + 1, adds,
                      [&](const EventRef& event, Wide amount) {
                          return amount == 0 || why.add(event, {amount, minor_digits(unit),
                                                                std::string(unit.text())});
                      });
}

}  // namespace kontor::ledger
