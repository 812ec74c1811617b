// A small company in a data directory, written as a server writes it, and what was live then.
#pragma once

#include "tests/support/ran.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kontor::test {

// A directory of its own, gone at the end.
class ToolsDirectory {
public:
    ToolsDirectory();
    ~ToolsDirectory();
    ToolsDirectory(const ToolsDirectory&) = delete;
    ToolsDirectory& operator=(const ToolsDirectory&) = delete;

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

struct LiveEvent {
    std::string name;  // <position>.<n>
    std::string type;
    std::string json;  // by the API's own writer, from the value that was decided
};

struct SmallCompany {
    std::vector<LiveEvent> events;
    std::string digest;  // of the engine's state, in all
    std::uint64_t commits = 0;
};

// Writes companies ACME and OTHER with random entries, reversals, refusals and an atomic batch into
// a new data directory, with snapshots on the way and read models beside it, as the seed says.
SmallCompany write_small_company(const std::string& directory, std::uint64_t seed);

// The directory of the company of that seed, written once and copied to `directory`.
const SmallCompany& copy_of_small_company(const std::string& directory);

}  // namespace kontor::test
