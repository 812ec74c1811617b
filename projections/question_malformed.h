// A question whose parts are sound each, and make no sense together or for the company that is
// asked about: an amount that its currency does not have, more quantities than lines.
#pragma once

#include <stdexcept>
#include <string>

namespace kontor {

struct QuestionMalformed : std::runtime_error {
    // The field as a JSON pointer, such as "/amounts/2", and what is wrong with it: "is no number".
    QuestionMalformed(std::string at, const std::string& problem)
        : std::runtime_error(problem), pointer(std::move(at)) {}
    std::string pointer;
};

}  // namespace kontor
