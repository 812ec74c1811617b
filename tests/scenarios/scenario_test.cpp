// Every scenario comes out as it is written; KONTOR_UPDATE=1 writes what came out instead.
#include "tests/scenarios/scenario.h"

#include "domain/contexts.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

using namespace kontor;

namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(text).str();
}

std::vector<std::filesystem::path> scenarios() {
    std::vector<std::filesystem::path> found;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(KONTOR_SOURCE_DIR "/tests/scenarios"))
        if (entry.path().extension() == ".scenario") found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

// The first lines that differ, for who reads a failed test.
std::string difference(const std::string& written, const std::string& came) {
    std::istringstream left(written), right(came);
    std::string one, other, before;
    for (std::size_t line = 1;; ++line) {
        const bool more = static_cast<bool>(std::getline(left, one));
        const bool too = static_cast<bool>(std::getline(right, other));
        if (!more && !too) return {};
        if (!more || !too || one != other)
            return "line " + std::to_string(line) + ", after: " + before +
                   "\n  written: " + (more ? one : "(the end)") +
                   "\n  came:    " + (too ? other : "(the end)");
        before = one;
    }
}

}  // namespace

TEST_CASE("every scenario comes out as it is written") {
    const auto catalog = make_catalog();
    const auto found = scenarios();
    REQUIRE(!found.empty());
    for (const auto& path : found) {
        INFO(path.lexically_relative(KONTOR_SOURCE_DIR).string());
        const std::string written = text_of(path);
        const std::string came = test::played(*catalog, written);
        if (std::getenv("KONTOR_UPDATE"))
            std::ofstream(path, std::ios::binary) << came;
        else if (written != came)
            FAIL_CHECK(difference(written, came));
    }
}

TEST_CASE("a scenario that says another outcome is told apart") {
    const auto catalog = make_catalog();
    const std::string scenario =
        "CreateCompany\n    company        ALPHA\n    name           Alpha\n"
        "    base_currency  EUR\n    time_zone      UTC\n    first_fiscal_year  2026\n";
    CHECK(test::played(*catalog, scenario + "=> ok\n") == scenario + "=> ok\n");
    CHECK(test::played(*catalog, scenario + "=> 409 company_exists\n") == scenario + "=> ok\n");
    CHECK_THROWS_WITH(test::played(*catalog, "CreateNothing\n"),
                      "line 1: no command is called CreateNothing");
}
