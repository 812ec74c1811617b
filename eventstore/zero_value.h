// The value that says nothing: false, 0, "", no item, nothing. It is not stored, and what is not
// stored reads as it.
#pragma once

#include "domain/core/describe.h"

#include <string>

namespace kontor {

// Never for a record or variant: these are stored whatever they hold.
bool is_zero(const Type& type, const void* value);
void make_zero(const Type& type, void* value);
// Whether a field is stored although it is zero, as its absence means something else.
bool stored_when_zero(const Field& field);

// Of a kind that is held as a string: text, code, bytes.
inline const std::string& text_of(const void* value) {
    return *static_cast<const std::string*>(value);
}

}  // namespace kontor
