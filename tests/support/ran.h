// A word of the program, run within a test, and what it said.
#pragma once

#include <string>
#include <vector>

namespace kontor::test {

struct Ran {
    int code = -1;
    std::string out, err;
};
Ran ran(int (*word)(int, char**), std::vector<std::string> arguments);

std::vector<std::string> lines_of(const std::string& text);

}  // namespace kontor::test
