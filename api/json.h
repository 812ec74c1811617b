// JSON of every described type, both ways: the text that clients send and the text they get back.
//
// Amounts are decimals in quotes ({"amount": "1000.00", "currency": "EUR"}), a variant is an object
// of one member named after what it is, a map an object in key order, bytes are base64 (RFC 4648),
// instants RFC 3339 in UTC. What is personal is a text; an answer has {"erased": true} in place of
// one that nobody can open any more, {"sealed": true} where this asker may not. An optional that is
// absent is left out; `null` means the same on input.
#pragma once

#include "domain/core/describe.h"

#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// One thing that is wrong with an input, and where: a JSON pointer (RFC 6901), "" is the whole.
struct Fault {
    std::string pointer;
    std::string problem;  // a short sentence without its subject: "is missing"
    bool operator==(const Fault&) const = default;
};

// What a document may be, whatever its type: deeper nesting is a fault, more faults are not told.
constexpr std::size_t deepest_json = 32;
constexpr std::size_t most_faults = 100;

// Reads one JSON document into a value of the type, fresh from `make` or its default constructor.
// All faults are found at once, in the order of the text (what is missing stands at the end of its
// object), up to `most_faults`; a text that is no JSON ends the reading where it stops to be. With
// any fault the value is unspecified and must not be used. The caller limits the size of the text.
std::vector<Fault> read_json(const Type& type, std::string_view text, void* value);

// The value as one line of JSON. The type has a C++ value (`size` is not 0).
std::string write_json(const Type& type, const void* value);
// The same behind what `out` holds.
void append_json(const Type& type, const void* value, std::string& out);

// A text in quotes, escaped; octets that are no UTF-8 become U+FFFD each.
void append_json_text(std::string_view text, std::string& out);
// The pointer of a member of what `pointer` points to, "~" and "/" of its name escaped.
std::string pointer_to(std::string_view pointer, std::string_view member);

}  // namespace kontor
