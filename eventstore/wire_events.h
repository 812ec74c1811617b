// The events of a commit's table, found without making the commit.
#pragma once

#include "eventstore/commit.h"

#include <string_view>
#include <vector>

namespace kontor {

// Adds the events of a FlatBuffers table of the type Commit, in order; false when it is malformed
// on the way to them. The views lie in the table.
bool wire_events(std::string_view table, std::vector<EventOctets>& events);

}  // namespace kontor
