// Things in two times: the rows that were put, by day, and an index of the days.
//
// Behind the prefix of a key: 'r' day position n -> 0 (gone), or 1 and the bytes that were put.
#include "projections/two_time_rows.h"

#include "domain/core/ensure.h"
#include "projections/packed_numbers.h"

namespace kontor {
namespace {

constexpr EventRef behind_all{std::numeric_limits<std::uint64_t>::max(),
                              std::numeric_limits<std::uint32_t>::max()};

std::string payload_key(const std::string& payloads, Date day, EventRef event) {
    std::string key = payloads;
    append_fixed(key, day);
    append_fixed(key, event.position);
    append_fixed(key, event.n);
    return key;
}

// What the row at the cursor says.
TwoTimeRows::Found put_at(const RowCursor& cursor, const std::string& payloads) {
    PackedNumbers numbers(cursor.key().substr(payloads.size()));
    TwoTimeRows::Found put;
    put.day = numbers.fixed_day();
    put.event.position = numbers.fixed<std::uint64_t>();
    put.event.n = numbers.fixed<std::uint32_t>();
    put.row = cursor.value();
    return put;
}

// Moves to the last put for a day up to `day`, and for that very day up to `event`.
bool find(RowCursor& cursor, const std::string& payloads, Date day, EventRef event,
          TwoTimeRows::Found& found) {
    cursor.seek_for_prev(payload_key(payloads, day, event));
    if (!cursor.valid() || !cursor.key().starts_with(payloads)) return false;
    found = put_at(cursor, payloads);
    return true;
}

bool gone(std::string_view payload) { return payload.empty() || payload.front() == '\0'; }

// The put that counts at a corner, gone or not, where there are many. Most questions are about what
// is known now: the newest day answers them without the index.
bool find_at(const CornerIndex& index, const RowReader& rows, std::string_view key,
             const std::string& payloads, const Corner& corner, RowCursor& cursor,
             TwoTimeRows::Found& found) {
    const EventRef known = corner.known();
    if (!find(cursor, payloads, corner.valid_at.value_or(latest_day), behind_all, found)) {
        return false;
    }
    if (found.event <= known) return true;
    // An earlier put for that day, or the latest for the day before.
    if (!find(cursor, payloads, found.day, known, found)) return false;
    if (found.event <= known) return true;
    const auto day = index.newest_day(rows, key, corner);
    return day && find(cursor, payloads, *day, known, found);
}

}  // namespace

TwoTimeRows::TwoTimeRows(std::string_view table_prefix)
    // A thing may have changed on any number of days.
    : index_(table_prefix, 0, CornerIndex::ByDay::no, {64, false}) {}

std::string TwoTimeRows::payload_prefix(std::string_view key) const {
    return index_.key_prefix(key) + 'r';
}

void TwoTimeRows::put(RowWriter& rows, std::string_view key, Date day, EventRef event,
                      std::optional<std::string_view> row) const {
    const std::string at = payload_key(payload_prefix(key), day, event);
    std::string before;
    if (!rows.get(at, before)) index_.add(rows, key, day, event, {});
    std::string payload(1, row ? '\1' : '\0');
    if (row) payload += *row;
    rows.put(at, payload);
}

// To the first row at the place or behind it. Going on from an earlier place, it has seen all rows
// up to where it stands, and what is near is reached in a few steps.
void TwoTimeRows::Finder::go_to(const std::string& place) {
    constexpr int near = 3;
    if (!at_) at_ = rows_.cursor(table_.index_.row_prefix());
    const bool goes_on = !seen_from_.empty() && seen_from_ < place;
    seen_from_.clear();
    for (int step = 0; goes_on && step < near && at_->valid() && at_->key() < place; ++step)
        at_->next();
    if (!goes_on || (at_->valid() && at_->key() < place)) at_->seek(place);
    seen_from_ = place;
}

std::optional<TwoTimeRows::Found> TwoTimeRows::Finder::get(std::string_view key,
                                                           const Corner& corner) {
    constexpr int few = 4;  // puts, which are read in turn
    const std::string payloads = table_.payload_prefix(key);
    std::optional<Found> found;
    go_to(payloads);
    int seen = 0;
    for (; at_->valid() && at_->key().starts_with(payloads); at_->next()) {
        Found put = put_at(*at_, payloads);
        if (corner.valid_at && put.day > *corner.valid_at) break;
        if (++seen > few) {
            found.emplace();
            seen_from_.clear();
            if (!find_at(table_.index_, rows_, key, payloads, corner, *at_, *found))
                return std::nullopt;
            payload_ = found->row;
            break;
        }
        // Puts are in the order of days and, of one day, of events: the last that is known counts.
        if (put.event > corner.known()) continue;
        payload_ = put.row;
        found = put;
    }
    if (!found || gone(payload_)) return std::nullopt;
    found->row = std::string_view(payload_).substr(1);
    return found;
}

std::optional<TwoTimeRows::Kept> TwoTimeRows::get(const RowReader& rows, std::string_view key,
                                                  const Corner& corner) const {
    const auto cursor = rows.cursor(index_.row_prefix());
    Found found;
    if (!find_at(index_, rows, key, payload_prefix(key), corner, *cursor, found) ||
        gone(found.row)) {
        return std::nullopt;
    }
    return Kept{std::string(found.row.substr(1)), found.day, found.event};
}

void TwoTimeRows::for_each(const RowReader& rows, std::string_view begins_with,
                           std::optional<std::string_view> after, const Corner& corner,
                           const EachRow& each) const {
    Finder finder(*this, rows);
    index_.for_each_key(rows, begins_with, after, [&](std::string_view key) {
        const auto found = finder.get(key, corner);
        return !found || each(key, *found);
    });
}

void TwoTimeRows::history(const RowReader& rows, std::string_view key,
                          const std::optional<PostingPlace>& after, const EachPut& each) const {
    const std::string payloads = payload_prefix(key);
    std::string payload;
    index_.postings(rows, key, {}, after, [&](const Posting& posting) {
        if (!rows.get(payload_key(payloads, posting.day, posting.place.event), payload)) {
            throw StorageBroken("A row of the read models is missing: its history names it.");
        }
        Put put{std::nullopt, posting.day, posting.place};
        if (!gone(payload)) put.row = std::string_view(payload).substr(1);
        return each(put);
    });
}

}  // namespace kontor
