// What a message says, printed from its bytes alone: no C++ value is made, so the type may come
// from a schema that was stored in the log long ago.
#pragma once

#include "domain/core/describe.h"

#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// JSON as the API has it: members in slot order, optional ones left out where absent, amounts as
// decimal text, a variant as {"<alternative>": value}, octets in base64, instants in UTC, a
// personal value as
// {"sealed": true}: nobody reads it here. What is
// absent and no optional is zero, or what `otherwise` says when the type is one of the program's
// own; a stored type is for messages that were written by it. Empty when the bytes are not of the
// type, which is checked as `from_wire` checks it.
std::optional<std::string> wire_to_json(const Type& type, std::string_view bytes);

// A line for each value, such as `lines[1].amount: 12.50 EUR`; lists and maps without items have
// none. Texts that would hide their ends or break the line stand in quotes as in JSON.
std::optional<std::string> wire_to_text(const Type& type, std::string_view bytes);

// The JSON of a value of any kind that the program has in memory, by the same printer.
std::string json_by_wire(const Type& type, const void* value);

}  // namespace kontor
