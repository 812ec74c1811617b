// `kontor describe`: what a command, event or query is and takes, from its own description.
#pragma once

#include "domain/core/catalog.h"
#include "projections/projection.h"

#include <string>
#include <vector>

namespace kontor {

int describe(int argc, char** argv);

// A line for each command and query, by context.
std::string overview(const Catalog& catalog, const std::vector<ReadModelSpec>& read_models);
// All that is known of one command, event or query; empty when nothing has the name.
std::string described(const Catalog& catalog, const std::vector<ReadModelSpec>& read_models,
                      std::string_view name);

}  // namespace kontor
