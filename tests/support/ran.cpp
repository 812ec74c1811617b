// The streams of the program are the test's own while the word runs.
#include "tests/support/ran.h"

#include <iostream>
#include <sstream>

namespace kontor::test {

Ran ran(int (*word)(int, char**), std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "kontor");
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::ostringstream out, err;
    std::streambuf* const cout = std::cout.rdbuf(out.rdbuf());
    std::streambuf* const cerr = std::cerr.rdbuf(err.rdbuf());
    Ran result;
    result.code = word(static_cast<int>(arguments.size()), argv.data());
    std::cout.rdbuf(cout);
    std::cerr.rdbuf(cerr);
    result.out = out.str();
    result.err = err.str();
    return result;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

}  // namespace kontor::test
