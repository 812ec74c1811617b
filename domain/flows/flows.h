// The rules that cross contexts: one file a rule, named as a sentence.
#pragma once

#include "domain/core/catalog.h"

#include <vector>

namespace kontor {

// THE list of rules. For one event they run in this order.
std::vector<FlowSpec> flows();

}  // namespace kontor
