// Power cuts at any write: what was acknowledged is there, once, and nothing is
// there in part.
#include "tests/simulation/simulation.h"

#include <catch2/catch.hpp>

#include <filesystem>

#include <unistd.h>

using namespace kontor::simulation;

namespace {

constexpr std::uint64_t first_seed = 1;

// In memory where there is such a place, so that syncs cost nothing.
std::string scratch() {
    const std::filesystem::path memory = "/dev/shm";
    const auto place =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    return (place / ("kontor_cuts_" + std::to_string(::getpid()))).string();
}

}  // namespace

TEST_CASE(
    "after fifty power cuts everything acknowledged is there and the "
    "figures agree") {
    Counts counts;
    for (std::uint64_t seed = first_seed; counts.ground.cuts < 50; ++seed) {
        const Told told = simulate_on_disk(seed, scratch());
        INFO(told.difference);
        REQUIRE(told.difference.empty());
        counts.add(told.counts);
    }
    INFO(table_of(counts));
    // What never happened was not tested.
    CHECK(counts.ground.lost_octets > 1'000);
    CHECK(counts.ground.kept_octets > 1'000);
    CHECK(counts.ground.lost_names > 10);
    CHECK(counts.ground.sync_fails > 0);
    CHECK(counts.audit.commands > 200);
    CHECK(counts.audit.corners > 30);
}

TEST_CASE("a log whose syncs do nothing is found losing commits within a few seeds") {
    constexpr std::uint64_t most = 5;
    std::string said;
    for (std::uint64_t seed = first_seed; seed < first_seed + most; ++seed)
        said += simulate_on_disk(seed, scratch(), false).difference + "\n";
    INFO(said);
    // The auditor says that they were acknowledged, the log's own mark that they were durable, or
    // RocksDB that a file which it had synced is shorter.
    const auto told = [&](const char* words) { return said.find(words) != std::string::npos; };
    CHECK((told("commits up to") || told("Size mismatch: WAL")));
}
