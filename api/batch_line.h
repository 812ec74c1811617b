// One line of a batch: which command under which id, with the command's own JSON untouched.
#pragma once

#include "api/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

// {"id", "command", "data", "if_match"?}. With faults the other members are what could be read.
struct BatchLine {
    std::optional<std::string> id;
    std::string command;
    std::string_view data;  // a part of the line: the text of one JSON value
    std::optional<std::int64_t> if_match;
    std::vector<Fault> faults;
};

// The data points into `line`.
BatchLine read_batch_line(std::string_view line);

// What is wrong with the text as a client's command id (Idempotency-Key): 1 to 128 printable ASCII
// characters. Empty when nothing is.
std::string_view fault_of_command_id(std::string_view id);

}  // namespace kontor
