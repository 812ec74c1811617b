// The wire: how a described record becomes the bytes of an ordinary FlatBuffers table, and back.
//
// A field's slot is its index in `Type::fields`. Fixed values are structs, texts are strings,
// nested records, variants and the pairs of maps are tables. What equals the zero value (false, 0,
// "", a zero struct, nothing) is not written, and what is absent reads as the zero value, whatever
// the member's initialiser says; a field with `otherwise` is absent only in what was written before
// it existed. An optional is present when its slot is, so that an optional 0 is not nothing.
#pragma once

#include "domain/core/describe.h"

#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// Tables within tables: deeper than this is refused when read, and a bug when written.
constexpr int deepest_wire = 64;

// The bytes of a record or variant; equal values give equal bytes.
std::string to_wire(const Type& type, const void* record);

// Fills the whole record from bytes that may be hostile: every offset, length and alignment is
// checked before it is followed, maps must be sorted without duplicates, a choice must be a
// described one, a variant must be exactly one of its alternatives. False for anything else, and
// then the record holds some valid value or other.
//
// The walk never visits more octets than there are, so that no message can be short and decode into
// much. Whether a code, a currency or an amount is a good one is not asked: that was the input's
// rule when it was written, such rules change, and what was written stays readable.
[[nodiscard]] bool from_wire(const Type& type, std::string_view bytes, void* record);

template <class T>
std::string to_wire(const T& record) {
    return to_wire(type_of<T>(), &record);
}

template <class T>
std::optional<T> from_wire(std::string_view bytes) {
    std::optional<T> record(std::in_place);
    if (!from_wire(type_of<T>(), bytes, &*record)) record.reset();
    return record;
}

}  // namespace kontor
