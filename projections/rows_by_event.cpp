// How records are packed by event, and one is found.
//
// Rows behind the prefix:
//   'a'             the open pack: its last event (12), how many records (1), pack
//   'p' position n  a full pack, by its first event
// A pack is, for each record, the positions since the one before (for the first, from 0), the
// number of its event, and the record with its length before it. It is full at 32 records, or when
// it is long, so that one is found in a few microseconds.
#include "projections/rows_by_event.h"

#include "domain/core/ensure.h"
#include "eventstore/storage_broken.h"
#include "projections/packed_numbers.h"

#include <optional>

namespace kontor {
namespace {

constexpr std::uint8_t most_records = 32;
constexpr std::size_t long_pack = 8'000;
constexpr std::size_t header_size = 13;

std::string full_key(const std::string& prefix, EventRef event) {
    std::string key = prefix + 'p';
    append_fixed(key, event.position);
    append_fixed(key, event.n);
    return key;
}

EventRef first_of(std::string_view pack) {
    PackedNumbers numbers(pack);
    const auto position = numbers.shortened();
    return {position, numbers.shortened<std::uint32_t>()};
}

std::optional<std::string_view> found_in(std::string_view pack, EventRef wanted) {
    PackedNumbers numbers(pack);
    EventRef event;
    while (!numbers.done() && event < wanted) {
        event.position += numbers.shortened();
        event.n = numbers.shortened<std::uint32_t>();
        const std::string_view record = numbers.octets(numbers.shortened());
        if (event == wanted) return record;
    }
    return std::nullopt;
}

}  // namespace

void RowsByEvent::add(RowWriter& rows, EventRef event, std::string_view record) const {
    std::string& row = rows.row_to_change(prefix_ + 'a');
    if (row.empty()) row.resize(header_size);
    PackedNumbers header(row);
    EventRef last{header.fixed<std::uint64_t>(), 0};
    last.n = header.fixed<std::uint32_t>();
    auto count = header.fixed<std::uint8_t>();
    ensure(last < event, "events go forward");
    append_short(row, event.position - (count > 0 ? last.position : 0));
    append_short(row, event.n);
    append_short(row, record.size());
    row += record;
    if (++count == most_records || row.size() >= long_pack) {
        const std::string_view pack = std::string_view(row).substr(header_size);
        rows.put(full_key(prefix_, first_of(pack)), pack);
        row.resize(header_size);
        count = 0;
    }
    char* at = write_fixed(row.data(), event.position);
    at = write_fixed(at, event.n);
    write_fixed(at, count);
}

std::string RowsByEvent::get(const RowReader& rows, EventRef event) const {
    return std::string(Finder(*this, rows).get(event));
}

std::string_view RowsByEvent::Finder::get(EventRef event) {
    const std::string& prefix = table_.prefix_;
    if (!at_) {
        if (!rows_.get(prefix + 'a', open_)) open_.clear();
        at_ = rows_.cursor(prefix);
    }
    if (open_.size() > header_size) {
        const std::string_view pack = std::string_view(open_).substr(header_size);
        if (first_of(pack) <= event)
            if (const auto record = found_in(pack, event)) return *record;
    }
    at_->seek_for_prev(full_key(prefix, event));
    if (at_->valid() && at_->key().starts_with(prefix + 'p'))
        if (const auto record = found_in(at_->value(), event)) return *record;
    throw StorageBroken("The read models have no record of event " +
                        std::to_string(event.position) + "." + std::to_string(event.n) + ".");
}

}  // namespace kontor
