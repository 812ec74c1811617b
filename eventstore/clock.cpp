// The one place that asks the machine what time it is.
#include "eventstore/clock.h"

#include <chrono>

namespace kontor {

Timestamp system_now() {
    return {std::chrono::duration_cast<std::chrono::microseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

}  // namespace kontor
