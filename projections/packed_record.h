// Described records in as few octets as is simple: how read models store what they show.
//
// A record is a bit for each field that is there, by slot, and the fields' values behind each
// other: short numbers, texts with their lengths. What equals zero is left out, and a field that
// was described later reads as in the wire: as `otherwise` says, else as zero. So rows outlive new
// fields, as the log does; but they are no message for anybody else, and cannot be read without
// the type. A third of the octets of a FlatBuffers table, which is made to be read in place.
#pragma once

#include "domain/core/describe.h"

#include <string>
#include <string_view>

namespace kontor {

// A record of at most 64 fields, as are the records in it.
void append_packed(std::string& octets, const Type& type, const void* record);
// Fills the whole record from the front of the octets and takes them off. Throws StorageBroken
// where they are none of the type.
void take_packed(const Type& type, std::string_view& octets, void* record);

template <class T>
void append_packed(std::string& octets, const T& record) {
    append_packed(octets, type_of<T>(), &record);
}
template <class T>
T taken_packed(std::string_view& octets) {
    T record;
    take_packed(type_of<T>(), octets, &record);
    return record;
}

}  // namespace kontor
