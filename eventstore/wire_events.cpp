// The way through a commit's table to its events, slot by slot.
#include "eventstore/wire_events.h"

#include "domain/core/ensure.h"
#include "eventstore/wire_cursor.h"

namespace kontor {
namespace {

std::size_t slot_of(const Type& type, std::string_view name) {
    std::size_t slot = 0;
    while (slot < type.fields.size() && type.fields[slot].name != name) ++slot;
    ensure(slot < type.fields.size(), "a commit has the field");
    return slot;
}

struct Slots {
    std::size_t commands = slot_of(type_of<Commit>(), "commands");
    std::size_t events = slot_of(type_of<StoredCommand>(), "events");
    std::size_t type = slot_of(type_of<StoredEvent>(), "type");
    std::size_t data = slot_of(type_of<StoredEvent>(), "data");
};

// Calls with each table of a list; a list that is absent is empty.
template <class Each>
bool each_table(WireCursor& cursor, const WireTable& table, std::size_t slot, const Each& each) {
    std::size_t at = 0;
    WireVector tables;
    if (!cursor.slot(table, slot, Kind::list, at)) return false;
    if (at == 0) return true;
    if (!cursor.vector(at, 4, 4, tables)) return false;
    for (std::size_t i = 0; i < tables.count; ++i) {
        WireTable one;
        if (!cursor.enter(tables.first + 4 * i, one) || !each(one)) return false;
        cursor.leave();
    }
    return true;
}

}  // namespace

bool wire_events(std::string_view table, std::vector<EventOctets>& events) {
    static const Slots slots;
    WireCursor cursor(table);
    WireTable commit;
    return cursor.root(commit) &&
           each_table(cursor, commit, slots.commands, [&](const WireTable& command) {
               return each_table(cursor, command, slots.events, [&](const WireTable& event) {
                   EventOctets octets;
                   std::size_t at = 0;
                   if (!cursor.slot(event, slots.type, Kind::text, at) || at == 0 ||
                       !cursor.text(at, octets.type) ||
                       !cursor.slot(event, slots.data, Kind::bytes, at) || at == 0 ||
                       !cursor.octets(at, octets.data))
                       return false;
                   events.push_back(octets);
                   return true;
               });
           });
}

}  // namespace kontor
