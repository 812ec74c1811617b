// At which commits rows of an answer became others, whatever made them so: the question is asked
// again between two moments, and where the answers at both ends of a stretch are the same nothing
// is asked within it. What a later event took back entirely is therefore not told.
#pragma once

#include "api/query_answers.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kontor {

struct WatchedRow {
    std::string name;
    std::function<std::string(const void* row)> state;  // what of it is compared
};

// By watched row, the commits before which it was another, in order; of one row not many more than
// are told. Empty where the answer is too long or turned too often to be asked so many times.
std::optional<std::vector<std::vector<Position>>> turning_commits(
    const Library& library, const Question& question, const std::vector<WatchedRow>& rows);

}  // namespace kontor
