// Sums in two times: the index of postings, and what each source stands for.
#include "projections/two_time_totals.h"

#include "domain/core/ensure.h"
#include "projections/packed_numbers.h"

#include <algorithm>
#include <set>

namespace kontor {
namespace {

// What a source stands for, as its row has it.
struct Stands {
    std::string key;
    Date day;
    std::vector<std::int64_t> amounts;
    bool operator==(const Stands&) const = default;

    std::string row() const {
        std::string octets;
        append_fixed(octets, day);
        append_short(octets, static_cast<std::uint64_t>(amounts.size()));
        for (const std::int64_t amount : amounts) append_short(octets, folded(amount));
        return octets + key;
    }
    static Stands from(std::string_view row) {
        PackedNumbers numbers(row);
        Stands stands;
        stands.day = numbers.fixed_day();
        for (auto left = numbers.shortened(); left > 0; --left) {
            stands.amounts.push_back(unfolded(numbers.shortened()));
        }
        stands.key = numbers.left();
        return stands;
    }
};

void take_out(const CornerIndex& index, RowWriter& rows, Stands stands, EventRef event) {
    for (std::int64_t& amount : stands.amounts) amount = -amount;
    index.add(rows, stands.key, stands.day, event, stands.amounts);
}

}  // namespace

TwoTimeTotals::TwoTimeTotals(std::string_view table_prefix, int width, BlockCut cut)
    : index_(table_prefix, static_cast<std::size_t>(width), CornerIndex::ByDay::yes, cut) {}

std::string TwoTimeTotals::source_row_key(std::string_view source) const {
    return row_prefix() + 's' + std::string(source);
}

void TwoTimeTotals::add(RowWriter& rows, std::string_view key, Date day, EventRef event,
                        std::span<const std::int64_t> amounts) const {
    index_.add(rows, key, day, event, amounts);
}

void TwoTimeTotals::replace(RowWriter& rows, std::string_view source, std::string_view key,
                            Date day, EventRef event, std::span<const std::int64_t> amounts) const {
    // The least number has no negative: it could not be taken out again.
    ensure(std::ranges::find(amounts, std::numeric_limits<std::int64_t>::min()) == amounts.end(),
           "a replaceable amount has a negative");
    const Stands stands{std::string(key), day, {amounts.begin(), amounts.end()}};
    const std::string row_key = source_row_key(source);
    if (std::string row; rows.get(row_key, row)) {
        Stands before = Stands::from(row);
        if (before == stands) return;
        take_out(index_, rows, std::move(before), event);
    }
    index_.add(rows, key, day, event, amounts);
    rows.put(row_key, stands.row());
}

void TwoTimeTotals::remove(RowWriter& rows, std::string_view source, EventRef event) const {
    const std::string row_key = source_row_key(source);
    std::string row;
    if (!rows.get(row_key, row)) return;
    take_out(index_, rows, Stands::from(row), event);
    rows.erase(row_key);
}

bool TwoTimeTotals::sum(const RowReader& rows, std::string_view key, const Corner& corner,
                        std::span<Wide> out) const {
    return index_.sum(rows, key, corner, out);
}

bool TwoTimeTotals::sum_through(const RowReader& rows, std::string_view key, const Corner& corner,
                                const DayPlace& last, std::span<Wide> out) const {
    return index_.sum_through(rows, key, corner, last, out);
}

void TwoTimeTotals::for_each_key(const RowReader& rows, std::string_view begins_with,
                                 std::optional<std::string_view> after, const EachKey& each) const {
    index_.for_each_key(rows, begins_with, after, each);
}

void TwoTimeTotals::for_each_sum(const RowReader& rows, std::string_view begins_with,
                                 std::optional<std::string_view> after, const Corner& corner,
                                 const EachSum& each) const {
    index_.for_each_sum(rows, begins_with, after, corner, each);
}

void TwoTimeTotals::postings(const RowReader& rows, std::string_view key, const Corner& corner,
                             const std::optional<PostingPlace>& after,
                             const EachPosting& each) const {
    index_.postings(rows, key, corner, after, each);
}

void TwoTimeTotals::statement(const RowReader& rows, std::string_view key, const Corner& corner,
                              const std::optional<DayPlace>& after, const EachPosting& each) const {
    index_.statement(rows, key, corner, after, each);
}

void TwoTimeTotals::events_by_day(const RowReader& rows, const std::vector<KeyAtCorner>& keys,
                                  std::optional<DayPlace> after,
                                  const std::function<bool(const EventRef&)>& call) const {
    constexpr std::size_t at_a_time = 256;
    while (true) {
        // Each key gives its next events; up to where the first of them stops, none is missing.
        std::set<DayPlace> events;
        std::optional<DayPlace> through;
        for (const KeyAtCorner& of : keys) {
            std::optional<DayPlace> last;
            std::size_t count = 0;
            index_.statement(rows, of.key, of.corner, after, [&](const Posting& posting) {
                const DayPlace here{posting.day, {posting.place.event}};
                if (last == here) return true;
                if (count++ == at_a_time) {
                    through = through ? std::min(*through, *last) : *last;
                    return false;
                }
                last = here;
                events.insert(here);
                return true;
            });
        }
        for (const DayPlace& at : events)
            if ((!through || at <= *through) && !call(at.place.event)) return;
        if (!through) return;
        after = through;
    }
}

}  // namespace kontor
