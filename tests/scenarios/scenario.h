// A scenario: commands and questions as an accountant would write them, with what came of each.
#pragma once

#include "domain/core/catalog.h"

#include <string>
#include <string_view>

namespace kontor::test {

// Plays a scenario against a real server over a new log and answers its text with every outcome as
// it came, so that a scenario holds when that is the text itself. README.md has the language. A
// text that is none ends in an exception that names the line.
std::string played(const Catalog& catalog, std::string_view scenario);

// The same in a directory that is kept, for who looks at the log afterwards.
std::string played_in(const std::string& directory, const Catalog& catalog,
                      std::string_view scenario);

}  // namespace kontor::test
