// A hundred histories with crashes at any append: figures, answers and log agree with plain books.
#include "tests/simulation/simulation.h"

#include <catch2/catch.hpp>

using namespace kontor::simulation;

namespace {

constexpr std::uint64_t first_seed = 1;
constexpr std::uint64_t histories = 100;

}  // namespace

TEST_CASE("a hundred histories with crashes at any append agree with the auditor's books") {
    Counts counts;
    for (std::uint64_t seed = first_seed; seed < first_seed + histories; ++seed) {
        const Told told = simulate(seed);
        INFO(told.difference);
        REQUIRE(told.difference.empty());
        counts.add(told.counts);
    }
    INFO(table_of(counts));
    // What never happened was not tested.
    CHECK(counts.audit.commands > 3'000);
    CHECK(counts.audit.repeats > 100);
    CHECK(counts.audit.refusals > 300);
    CHECK(counts.audit.kept_unanswered > 50);
    CHECK(counts.unanswered > 2 * counts.audit.kept_unanswered / 3);
    CHECK(counts.crashes > 100);
    CHECK(counts.snapshots > 100);
    CHECK(counts.audit.corners > 500);
}

TEST_CASE("a seed draws the same history every time") {
    for (const std::uint64_t seed : {3u, 17u}) {
        const Told once = simulate(seed), again = simulate(seed);
        CHECK(once.counts.audit.commands == again.counts.audit.commands);
        CHECK(once.counts.audit.kept_unanswered == again.counts.audit.kept_unanswered);
        CHECK(once.counts.audit.repeats == again.counts.audit.repeats);
    }
}
