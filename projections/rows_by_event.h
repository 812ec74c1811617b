// Records by the event that made them, packed many to a row: what a log of things is
// listed from when each is of one event and never changes.
#pragma once

#include "projections/corner.h"
#include "projections/rows.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace kontor {

// Holds no state: one object serves all threads, each on a reader of its own. Rows depend on the
// sequence of adds alone.
class RowsByEvent {
public:
    // Every row begins with the prefix as it is; no other table's prefix may begin with it.
    explicit RowsByEvent(std::string table_prefix) : prefix_(std::move(table_prefix)) {}

    // Events go forward: one record an event, of any octets.
    void add(RowWriter&, EventRef, std::string_view record) const;
    // Throws StorageBroken where the event has no record.
    std::string get(const RowReader&, EventRef) const;

    // For many of them in a row: reads the open pack and makes a cursor once. Belongs to one
    // thread; table and rows must outlive it.
    class Finder {
    public:
        Finder(const RowsByEvent& table, const RowReader& rows) : table_(table), rows_(rows) {}
        // The octets stay readable until the next call.
        std::string_view get(EventRef);

    private:
        const RowsByEvent& table_;
        const RowReader& rows_;
        std::string open_;
        std::unique_ptr<RowCursor> at_;
    };

private:
    std::string prefix_;
};

}  // namespace kontor
