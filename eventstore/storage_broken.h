// The world broke: a disk, a file, a permission. Caught once, in api/, and answered 503.
#pragma once

#include <stdexcept>

namespace kontor {

// One clear sentence that says what and where.
struct StorageBroken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace kontor
