// Described things in two times: TwoTimeRows with the types of key and row known.
#pragma once

#include "eventstore/ordered_key.h"
#include "eventstore/storage_broken.h"
#include "eventstore/wire.h"
#include "projections/projection.h"
#include "projections/two_time_rows.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// What was stored as a described record; throws StorageBroken when it is none.
template <class T>
T stored_as(std::string_view bytes) {
    auto value = from_wire<T>(bytes);
    if (!value)
        throw StorageBroken("a stored " + std::string(type_of<T>().name) + " cannot be read");
    return *std::move(value);
}

// A part of an ordered key, off its front; throws StorageBroken where it is none.
template <class T>
T taken(std::string_view& octets) {
    T value{};
    const auto length = from_ordered(type_of<T>(), octets, &value);
    if (!length) throw StorageBroken("a key of sums cannot be read");
    octets.remove_prefix(*length);
    return value;
}

// Keys are described records that have an order; a query lists the rows whose keys begin so.
template <class Key, class Row>
class DescribedRows {
public:
    explicit DescribedRows(std::string_view table_prefix) : rows_(table_prefix) {}

    // The thing as it is from a day on.
    void put(const Recorded& recorded, const Key& key, Date day, const Row& row) const {
        rows_.put(recorded.rows, ordered_key(key), day, recorded.event, to_wire(row));
    }
    // The newest row with a change, from the day of the event on. Near midnight a company's clock
    // can be set back a day; the change then counts from the newest row's day.
    void change(const Recorded& recorded, const Key& key, const auto& change) const {
        const std::string bytes = ordered_key(key);
        const auto newest = rows_.get(recorded.rows, bytes, Corner{});
        if (!newest) throw StorageBroken("what is changed is not there: " + bytes);
        Row row = stored_as<Row>(newest->row);
        change(row);
        rows_.put(recorded.rows, bytes, std::max(newest->day, recorded.day), recorded.event,
                  to_wire(row));
    }
    // The newest row with a change, on every day: of things with one time only, when they became
    // known.
    void change_always(const Recorded& recorded, const Key& key, const auto& change) const {
        auto row = get(recorded.rows, key, Corner{});
        if (!row) throw StorageBroken("what is changed is not there: " + ordered_key(key));
        change(*row);
        put(recorded, key, first_date, *row);
    }
    // It is gone from the day on.
    void erase(const Recorded& recorded, const Key& key, Date day) const {
        rows_.put(recorded.rows, ordered_key(key), day, recorded.event, std::nullopt);
    }
    std::optional<Row> get(const RowReader& reader, const Key& key, const Corner& corner) const {
        const auto found = rows_.get(reader, ordered_key(key), corner);
        if (!found) return std::nullopt;
        return stored_as<Row>(found->row);
    }
    // The event that put the row which `get` answers.
    std::optional<EventRef> event_of(const RowReader& reader, const Key& key,
                                     const Corner& corner) const {
        const auto found = rows_.get(reader, ordered_key(key), corner);
        if (!found) return std::nullopt;
        return found->event;
    }
    // Finds one thing after another, quickest in the order of their keys.
    class Finder {
    public:
        Finder(const DescribedRows& table, const RowReader& rows) : rows_(table.rows_, rows) {}
        std::optional<Row> get(const Key& key, const Corner& corner) {
            const auto found = rows_.get(ordered_key(key), corner);
            if (!found) return std::nullopt;
            return stored_as<Row>(found->row);
        }

    private:
        TwoTimeRows::Finder rows_;
    };
    // The first thing whose key begins so and stands behind a place.
    std::optional<Row> first(const RowReader& reader, std::string_view begins_with,
                             std::string_view after, const Corner& corner) const {
        std::optional<Row> row;
        rows_.for_each(reader, begins_with, after, corner,
                       [&](std::string_view, const TwoTimeRows::Found& found) {
                           row = stored_as<Row>(found.row);
                           return false;
                       });
        return row;
    }
    // All things whose keys begin so, in the order of their keys: for what is few.
    void each(const AsOf& as_of, std::string_view begins_with, const auto& call) const {
        rows_.for_each(as_of.rows, begins_with, std::nullopt, as_of.corner,
                       [&](std::string_view, const TwoTimeRows::Found& found) {
                           call(stored_as<Row>(found.row));
                           return true;
                       });
    }
    // A page of the things whose keys begin so and that `wanted` keeps.
    void list(const AsOf& as_of, std::string_view begins_with, Page<Row>& page,
              const auto& wanted) const {
        std::optional<std::string_view> after;
        if (!page.after().empty()) after = page.after();
        rows_.for_each(as_of.rows, begins_with, after, as_of.corner,
                       [&](std::string_view key, const TwoTimeRows::Found& found) {
                           Row row = stored_as<Row>(found.row);
                           if (!wanted(row)) return true;
                           return page.add(std::string(key), std::move(row));
                       });
    }
    void list(const AsOf& as_of, std::string_view begins_with, Page<Row>& page) const {
        list(as_of, begins_with, page, [](const Row&) { return true; });
    }

private:
    TwoTimeRows rows_;
};

}  // namespace kontor
