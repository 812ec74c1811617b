// A checked look at FlatBuffers bytes: nothing is read before it is known to lie inside.
//
// Our writer never lets two offsets reach the same table, string or vector, so all that a walk
// visits together is no longer than the message. The cursor holds every message to that: a hostile
// one cannot make its reader visit the same octets again and again.
#pragma once

#include "domain/core/describe.h"
#include "eventstore/wire.h"
#include "eventstore/wire_layout.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace kontor {

struct WireTable {
    std::size_t at = 0;
    std::size_t vtable = 0;
    std::size_t vtable_size = 0;
    std::size_t size = 0;  // octets of the table in place
};

struct WireVector {
    std::size_t first = 0;
    std::size_t count = 0;
};

class WireCursor {
public:
    explicit WireCursor(std::string_view bytes) : bytes_(bytes), unvisited_(bytes.size()) {}

    // Offsets count from the first octet; each is checked before it is handed out.
    template <class T>
    T load(std::size_t at) const {
        T value;
        std::memcpy(&value, bytes_.data() + at, sizeof value);
        return value;
    }
    const char* place(std::size_t at) const { return bytes_.data() + at; }

    bool root(WireTable& table) {
        constexpr std::size_t most = 0x7fff'ffff;
        return bytes_.size() >= 8 && bytes_.size() < most && visit(4) && enter(0, table);
    }

    // The table that the offset at `reference` reaches. Entered tables are left again.
    bool enter(std::size_t reference, WireTable& table) {
        if (++depth_ > deepest_wire || !follow(reference, table.at)) return false;
        const std::int64_t vtable =
            static_cast<std::int64_t>(table.at) - load<std::int32_t>(table.at);
        if (vtable < 0 || vtable % 2 != 0) return false;
        table.vtable = static_cast<std::size_t>(vtable);
        if (!inside(table.vtable, 4)) return false;
        table.vtable_size = load<std::uint16_t>(table.vtable);
        table.size = load<std::uint16_t>(table.vtable + 2);
        return table.vtable_size >= 4 && table.vtable_size % 2 == 0 && table.size >= 4 &&
               inside(table.vtable, table.vtable_size) && inside(table.at, table.size) &&
               visit(table.size);
    }
    void leave() { --depth_; }

    // Where the table has the slot; 0 when it is absent.
    bool slot(const WireTable& table, std::size_t slot, Kind kind, std::size_t& at) const {
        const std::size_t entry = 4 + 2 * slot;
        at = 0;
        if (entry >= table.vtable_size) return true;
        const std::size_t offset = load<std::uint16_t>(table.vtable + entry);
        if (offset == 0) return true;
        at = table.at + offset;
        return offset >= 4 && offset + wire_room(kind) <= table.size &&
               at % wire_alignment(kind) == 0;
    }

    bool vector(std::size_t reference, std::size_t width, std::size_t alignment,
                WireVector& vector) {
        std::size_t at = 0;
        if (!follow(reference, at)) return false;
        vector.first = at + 4;
        vector.count = load<std::uint32_t>(at);
        return vector.count <= (bytes_.size() - vector.first) / width &&
               (vector.count == 0 || vector.first % alignment == 0) &&
               visit(4 + vector.count * width);
    }
    bool octets(std::size_t reference, std::string_view& octets) {
        WireVector vector_of_octets;
        if (!vector(reference, 1, 1, vector_of_octets)) return false;
        octets = bytes_.substr(vector_of_octets.first, vector_of_octets.count);
        return true;
    }
    bool text(std::size_t reference, std::string_view& text) {
        if (!octets(reference, text)) return false;
        const auto end = static_cast<std::size_t>(text.data() - bytes_.data()) + text.size();
        return end < bytes_.size() && bytes_[end] == '\0' && visit(1);
    }

private:
    bool inside(std::size_t at, std::size_t size) const {
        return at <= bytes_.size() && size <= bytes_.size() - at;
    }
    bool visit(std::size_t octets) {
        if (octets > unvisited_) return false;
        unvisited_ -= octets;
        return true;
    }
    // Where the offset at `reference` leads; four octets can be read there.
    bool follow(std::size_t reference, std::size_t& at) const {
        const std::size_t offset = load<std::uint32_t>(reference);
        at = reference + offset;
        return offset >= 4 && at % 4 == 0 && inside(at, 4);
    }

    std::string_view bytes_;
    std::size_t unvisited_;
    int depth_ = 0;
};

// What a personal value has on the wire: a table of two vectors, views into the message.
struct WirePersonal {
    std::string_view sealed, fingerprint;
};
// The one that the offset at `reference` reaches; false when it is malformed.
bool wire_personal(WireCursor& cursor, std::size_t reference, WirePersonal& found);

// The key of a map's pair as octets that sort as the keys do; false when it is malformed. `scratch`
// holds them where they do not lie in the message.
bool wire_key(WireCursor& cursor, const WireTable& pair, const Type& key, std::string& scratch,
              std::string_view& octets);

}  // namespace kontor
