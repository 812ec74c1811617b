// Described records by the event that made them, packed many to a row: what a log of things is
// listed from when each is of one event and never changes.
#pragma once

#include "projections/corner.h"
#include "projections/packed_record.h"
#include "projections/rows.h"

#include <string>
#include <string_view>

namespace kontor {

// Holds no state: one object serves all threads, each on a reader of its own. Rows depend on the
// sequence of adds alone.
class RowsByEvent {
public:
    // Every row begins with the prefix as it is; no other table's prefix may begin with it.
    explicit RowsByEvent(std::string table_prefix) : prefix_(std::move(table_prefix)) {}

    // Events go forward: one record an event.
    template <class T>
    void add(RowWriter& rows, EventRef event, const T& record) const {
        add(rows, event, type_of<T>(), &record);
    }
    // Throws StorageBroken where the event has no record.
    template <class T>
    T get(const RowReader& rows, EventRef event) const {
        return from_packed<T>(packed(rows, event));
    }

private:
    void add(RowWriter&, EventRef, const Type&, const void* record) const;
    std::string packed(const RowReader&, EventRef) const;

    std::string prefix_;
};

}  // namespace kontor
