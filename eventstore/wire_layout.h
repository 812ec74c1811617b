// Which kinds lie in place in a table and which are reached by an offset, and how wide they are.
#pragma once

#include "domain/core/describe.h"

#include <algorithm>
#include <cstddef>

namespace kontor {

// Octets of a kind that lies in place; 0 for one that is reached by an offset.
constexpr std::size_t wire_width(Kind kind) {
    switch (kind) {
        case Kind::boolean:
        case Kind::choice: return 1;
        case Kind::date:
        case Kind::currency: return 4;
        case Kind::integer:
        case Kind::timestamp:
        case Kind::unit:
        case Kind::rate:
        case Kind::percent: return 8;
        case Kind::id:
        case Kind::money:
        case Kind::unit_price:
        case Kind::quantity: return 16;
        default: return 0;
    }
}

// Octets of the value itself: what is behind an amount and its currency is padding.
constexpr std::size_t value_width(Kind kind) {
    return kind == Kind::money || kind == Kind::unit_price ? 12 : wire_width(kind);
}

// Octets that the kind, or the offset that reaches it, takes in a table or vector.
constexpr std::size_t wire_room(Kind kind) {
    const std::size_t width = wire_width(kind);
    return width ? width : 4;
}

constexpr std::size_t wire_alignment(Kind kind) {
    return std::min<std::size_t>(wire_room(kind), 8);
}

// A vector cannot hold vectors or nothing, and an offset that is there cannot be absent inside:
// such a value is carried in a table of its own, in slot 0.
constexpr bool wrapped_in_list(Kind kind) {
    return kind == Kind::bytes || kind == Kind::list || kind == Kind::map || kind == Kind::optional;
}
constexpr bool wrapped_in_optional(Kind kind) { return kind == Kind::optional; }

}  // namespace kontor
