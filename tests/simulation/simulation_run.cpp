// The long form of the simulation: minutes of power cuts, and so many histories from a seed on.
#include "tests/simulation/simulation.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <type_traits>

#include <sys/wait.h>
#include <unistd.h>

using namespace kontor::simulation;

namespace {

using Clock = std::chrono::steady_clock;
using Number = unsigned long long;

// Processes, because a cut waits for threads and disks far more than it calculates.
constexpr std::uint64_t workers = 4;

int usage() {
    std::fputs(
        "usage: simulation_run <histories> <first seed> [minutes of cuts]\n"
        "Runs histories on disk with power cuts, for so many minutes; then histories in memory, "
        "with\n"
        "crashes at any append. Ends with 1 at the first difference and names its seed.\n",
        stderr);
    return 2;
}

bool take(Counts& counts, const Told& told, const char* where) {
    counts.add(told.counts);
    if (told.difference.empty()) return true;
    std::printf("%s: %s\n", where, told.difference.c_str());
    std::fflush(stdout);
    return false;
}

bool simulate_all(Counts& counts, std::uint64_t first, std::uint64_t histories) {
    constexpr std::uint64_t between_lines = 500;
    for (std::uint64_t done = 0; done < histories; ++done) {
        if (!take(counts, simulate(first + done), "in memory")) return false;
        if ((done + 1) % between_lines != 0) continue;
        std::printf("%llu histories\n", static_cast<Number>(done + 1));
        std::fflush(stdout);
    }
    return true;
}

// In memory where there is such a place, so that syncs cost nothing.
std::string scratch() {
    const std::filesystem::path memory = "/dev/shm";
    const auto place =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    return (place / ("kontor_cuts_" + std::to_string(::getpid()))).string();
}

// Every so-many-th seed, until the time is over.
bool cut_power(Counts& counts, std::uint64_t first, Clock::time_point end) {
    for (std::uint64_t seed = first; Clock::now() < end; seed += workers)
        if (!take(counts, simulate_on_disk(seed, scratch()), "on disk")) return false;
    return true;
}

struct Worker {
    pid_t process = -1;
    int counts = -1;  // a pipe
};

Worker start_worker(std::uint64_t first, Clock::time_point end) {
    int ends[2];
    if (::pipe(ends) != 0) return {};
    const pid_t process = ::fork();
    if (process == 0) {
        ::close(ends[0]);
        Counts counts;
        const bool agrees = cut_power(counts, first, end);
        const bool told = ::write(ends[1], &counts, sizeof counts) == sizeof counts;
        ::_exit(agrees && told ? 0 : 1);
    }
    ::close(ends[1]);
    return {process, ends[0]};
}

// Counts are whole numbers, so that they go through a pipe as they are.
static_assert(std::is_trivially_copyable_v<Counts>);

bool take(Counts& counts, const Worker& worker) {
    if (worker.process < 0) return false;
    Counts more;
    const bool whole = ::read(worker.counts, &more, sizeof more) == sizeof more;
    ::close(worker.counts);
    int status = 0;
    ::waitpid(worker.process, &status, 0);
    if (whole) counts.add(more);
    return whole && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3 || argc > 4) return usage();
    const std::uint64_t histories = std::strtoull(argv[1], nullptr, 10);
    const std::uint64_t first = std::strtoull(argv[2], nullptr, 10);
    const double minutes = argc > 3 ? std::strtod(argv[3], nullptr) : 0;
    Counts counts;
    bool agrees = true;
    // Before the histories in memory, as processes are made while there are no threads.
    if (minutes > 0) {
        const auto length = std::chrono::duration_cast<Clock::duration>(
            std::chrono::duration<double>(minutes * 60));
        const auto start = Clock::now();
        Worker working[workers];
        for (std::uint64_t at = 0; at < workers; ++at)
            working[at] = start_worker(first + at, start + length);
        for (const Worker& worker : working) agrees = take(counts, worker) && agrees;
        const double passed = std::chrono::duration<double>(Clock::now() - start).count() / 60;
        std::printf("%.0f power cuts a minute\n", static_cast<double>(counts.ground.cuts) / passed);
        std::fflush(stdout);
    }
    agrees = agrees && simulate_all(counts, first, histories);
    std::printf("seeds from %llu on\n%s", static_cast<Number>(first), table_of(counts).c_str());
    return agrees ? 0 : 1;
}
