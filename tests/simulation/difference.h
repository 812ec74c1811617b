// What a simulation found: one paragraph that says what is not as the books have it.
#pragma once

#include <stdexcept>
#include <string>

namespace kontor::simulation {

class Difference : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

inline void require(bool holds, const std::string& what) {
    if (!holds) throw Difference(what);
}

}  // namespace kontor::simulation
