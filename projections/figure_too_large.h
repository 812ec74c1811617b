// A question whose answer no amount can tell. Nothing is broken, and asking again does not help.
#pragma once

#include <stdexcept>

namespace kontor {

struct FigureTooLarge : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace kontor
