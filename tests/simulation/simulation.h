// A history from a seed: clients ask, the program ends at any moment, the auditor looks.
#pragma once

#include "tests/simulation/auditor.h"
#include "tests/simulation/ground.h"

#include <cstdint>
#include <string>

namespace kontor::simulation {

struct Counts {
    std::uint64_t histories = 0;
    AuditCounts audit;
    GroundCounts ground;
    std::uint64_t crashes = 0;   // ends of the program at an append, or by the disk
    std::uint64_t restarts = 0;  // in all, also clean ones
    std::uint64_t unanswered = 0;
    std::uint64_t snapshots = 0;

    void add(const Counts& more);
};

struct Told {
    std::uint64_t seed = 0;
    Counts counts;
    std::string difference;  // one paragraph; empty when all is as the books have it
};

// In memory: crashes leave a group wholly or not at all.
Told simulate(std::uint64_t seed);
// On disk, with power cuts and failing disks, in a directory that is made and removed again.
// `synced` false: syncs of the write-ahead log do nothing.
Told simulate_on_disk(std::uint64_t seed, const std::string& directory, bool synced = true);

// The counts as a table, a line each.
std::string table_of(const Counts& counts);

}  // namespace kontor::simulation
