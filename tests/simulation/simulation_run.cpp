// The long form of the simulation: so many histories from a seed on, then minutes of power cuts.
#include "tests/simulation/simulation.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace kontor::simulation;

namespace {

int usage() {
    std::fputs(
        "usage: simulation_run <histories> <first seed> [minutes of cuts]\n"
        "Runs the histories in memory, with crashes at any append; then histories on disk with\n"
        "power cuts, for so many minutes. Ends with 1 at the first difference and names its "
        "seed.\n",
        stderr);
    return 2;
}

bool take(Counts& counts, const Told& told) {
    counts.add(told.counts);
    if (told.difference.empty()) return true;
    std::printf("%s\n\n%s", told.difference.c_str(), table_of(counts).c_str());
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3 || argc > 4) return usage();
    const std::uint64_t histories = std::strtoull(argv[1], nullptr, 10);
    const std::uint64_t first = std::strtoull(argv[2], nullptr, 10);
    Counts counts;
    for (std::uint64_t seed = first; seed < first + histories; ++seed) {
        if (!take(counts, simulate(seed))) return 1;
        if ((seed - first + 1) % 500 == 0)
            std::printf("%llu histories\n", static_cast<unsigned long long>(seed - first + 1)),
                std::fflush(stdout);
    }
    std::printf("seeds from %llu on\n%s", static_cast<unsigned long long>(first),
                table_of(counts).c_str());
    return 0;
}
