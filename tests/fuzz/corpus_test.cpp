// Every input that was ever worth keeping goes through its target again: those that reach a part of
// the program that no other reaches, and those that once broke it.
#include "tests/fuzz/targets.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace kontor::fuzz {
namespace {

namespace files = std::filesystem;

const files::path corpus = files::path(KONTOR_SOURCE_DIR) / "tests" / "fuzz" / "corpus";

std::string octets_of(const files::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream octets;
    octets << file.rdbuf();
    return octets.str();
}

// What the target says to the input; empty when all held.
std::string said(void (*take)(std::string_view), std::string_view octets) {
    try {
        take(octets);
    } catch (const std::exception& broken) {
        return broken.what();
    }
    return {};
}

// Also cut at each length, which costs little and meets other ends.
std::size_t replay(const Target& target) {
    std::size_t inputs = 0;
    for (const auto& entry : files::directory_iterator(corpus / target.name)) {
        INFO(entry.path().string());
        const std::string octets = octets_of(entry.path());
        CHECK(said(target.take, octets) == "");
        const std::size_t step = 1 + octets.size() / 50;
        for (std::size_t size = 0; size < octets.size(); size += step) {
            CAPTURE(size);
            CHECK(said(target.take, std::string_view(octets).substr(0, size)) == "");
        }
        ++inputs;
    }
    return inputs;
}

}  // namespace

TEST_CASE("every kept input still holds") {
    for (const Target& target : targets()) {
        INFO(std::string(target.name));
        CHECK(replay(target) > 5);
    }
}

TEST_CASE("every folder of inputs has its target") {
    std::set<std::string> folders;
    for (const auto& entry : files::directory_iterator(corpus))
        folders.insert(entry.path().filename().string());
    std::set<std::string> names;
    for (const Target& target : targets()) names.insert(std::string(target.name));
    CHECK(folders == names);
}

TEST_CASE("a target that is broken says so") {
    const auto broken = [](std::string_view octets) { holds(octets != "the one", "not this one"); };
    CHECK(said(broken, "another") == "");
    CHECK(said(broken, "the one") == "not this one");
}

}  // namespace kontor::fuzz
