// The values that are one word: how an id, a date, a decimal or a choice stands in JSON, URL and
// CSV.
#pragma once

#include "api/json.h"
#include "domain/core/describe.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// One text each: everything but money and the like, and what has parts or members.
bool is_scalar(Kind kind);
// An amount and what it is an amount of: money, unit_price, quantity.
bool is_measured(Kind kind);
// How the second part is called: "currency" or "unit".
std::string_view measure_name(Kind kind);

// Reads a scalar from its text ("true", "-5", "2026-02-17"): what is wrong, or an empty text.
std::string read_scalar(const Type& type, const Bounds& bounds, std::string_view text, void* value);
// What is wrong with a whole number inside these bounds, or an empty text.
std::string fault_of_integer(std::int64_t number, const Bounds& bounds);
// "must be a date, such as ...": what is said to a value of another kind.
std::string expected_words(const Type& type);
// What is wrong with this many items, or an empty text.
std::string fault_of_count(std::size_t count, const Bounds& bounds);

// Reads the two parts of an amount; a part that is null is missing. Pointers are "/amount" and
// "/currency" or "/unit".
std::vector<Fault> read_measured(const Type& type, const Bounds& bounds, const std::string* amount,
                                 const std::string* measure, void* value);

// The text of a scalar, without quotes.
void append_scalar(const Type& type, const void* value, std::string& out);
// The two texts of an amount.
std::string amount_of(const Type& type, const void* value);
std::string_view measure_of(const Type& type, const void* value);

// RFC 4648 base64 with padding; reading accepts exactly that.
void append_base64(std::string_view octets, std::string& out);
std::optional<std::string> base64_octets(std::string_view text);

// The length of the well-formed UTF-8 character that the text begins with; 0 when there is none.
std::size_t utf8_length(std::string_view text);

// Of a name that came from outside, as much as a fault shows: a fault never grows with the text.
std::string_view shown(std::string_view name);

}  // namespace kontor
