// What the program leaves behind when it meets its own mistake.
#include "domain/core/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace kontor {

void abort_on_bug(const char* claim, const std::source_location& where) {
    std::fprintf(stderr, "kontor: a defect in %s at %s:%u: does not hold: %s\n",
                 where.function_name(), where.file_name(), where.line(), claim);
    std::abort();
}

}  // namespace kontor
