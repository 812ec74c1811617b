// The events that made rows of an answer what they became between two moments.
#pragma once

#include "api/changed_rows.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor {

// Finds them for each of the rows: first those whose amounts add up to what changed. Where that
// leaves something untold, the answers between the moments are compared: those that happened where
// the row became another. Of answers that are too long for that, the log between the moments is
// searched for events that the read models of the query's context fold: those that name the row, by
// the values that its name is made of; and where a figure changed and neither tells why, what else
// happened there. Answers why it cannot search.
std::optional<std::string> find_events(const Library& library, const Question& question,
                                       std::vector<ChangedRow>& rows);

}  // namespace kontor
