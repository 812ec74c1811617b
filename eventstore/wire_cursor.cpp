// Parts of a message read off the wire without making them: the keys of maps, sealed values.
#include "eventstore/wire_cursor.h"

#include "domain/core/ensure.h"
#include "eventstore/ordered_key.h"

#include <array>

namespace kontor {

bool wire_personal(WireCursor& cursor, std::size_t reference, WirePersonal& found) {
    WireTable table;
    if (!cursor.enter(reference, table)) return false;
    for (const std::size_t slot : {0u, 1u}) {
        std::size_t at = 0;
        if (!cursor.slot(table, slot, Kind::bytes, at)) return false;
        if (at && !cursor.octets(at, slot == 0 ? found.sealed : found.fingerprint)) return false;
    }
    cursor.leave();
    return true;
}

bool wire_key(WireCursor& cursor, const WireTable& pair, const Type& key, std::string& scratch,
              std::string_view& octets) {
    std::size_t at = 0;
    if (!cursor.slot(pair, 0, key.kind, at)) return false;
    if (key.kind == Kind::text || key.kind == Kind::code) {
        octets = {};
        return !at || cursor.text(at, octets);
    }
    ensure(wire_width(key.kind) > 0 && has_order(key), "a map's key is a text, a code or a value");
    alignas(8) std::array<char, 16> value{};
    if (at) std::memcpy(value.data(), cursor.place(at), wire_width(key.kind));
    scratch.clear();
    append_ordered(scratch, key, value.data());
    octets = scratch;
    return true;
}

}  // namespace kontor
