// Keys as octets that sort as the keys do, so that a table's rows lie in a database in key order.
//
// Each key says itself where it ends: one key can follow another, and a row's name can be made of
// several. Numbers are big-endian with the sign turned; a text's zero octets are escaped and two
// octets end it; a record is its fields in slot order, which is the order of its members; nothing
// sorts before something.
#pragma once

#include "domain/core/describe.h"

#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// Whether values of the type can be keys: codes, texts, octets, ids, dates, instants, whole and
// fixed numbers, choices, booleans, currencies, units, and records and optionals of those. Money
// and quantities have no order across currencies and units.
bool has_order(const Type& type);

// Appends the key's octets; for any two keys of a type the octets compare (unsigned, shorter first)
// as the keys do. The type has an order.
void append_ordered(std::string& octets, const Type& type, const void* key);
std::string ordered_key(const Type& type, const void* key);

// Fills `key` from the front of the octets and says how many it took; empty when they are no key of
// the type.
std::optional<std::size_t> from_ordered(const Type& type, std::string_view octets, void* key);

// The first octets behind all that begin so; empty when none are behind.
std::string prefix_end(std::string beginning);

template <class T>
std::string ordered_key(const T& key) {
    return ordered_key(type_of<T>(), &key);
}

}  // namespace kontor
