// The program's business: all contexts and the rules that cross them.
#pragma once

#include "domain/core/catalog.h"

#include <memory>
#include <vector>

namespace kontor {

// THE list of contexts, from the lowest floor up.
std::vector<BusinessContext> contexts();

// Everything that the program can decide; made once, in main or in a test. A catalog with faults
// is a defect of the program: whoever starts one looks first.
std::unique_ptr<Catalog> make_catalog();

}  // namespace kontor
