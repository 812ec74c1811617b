// `kontor demo`: a small trading company with half a year of books, to look at and to play with.
#pragma once

#include <cstdint>
#include <string>

namespace kontor {

int demo(int argc, char** argv);

// Writes the company DEMO into a data directory that holds none. The same seed gives the same
// facts and the same state digest; only the administrator's key differs.
void write_demo(const std::string& directory, std::uint64_t seed);

}  // namespace kontor
