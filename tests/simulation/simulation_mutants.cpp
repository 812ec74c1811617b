// The proof that the simulation can fail: engines with one bug each, which it has to find.
//
// Each runs in a process of its own. Found means that the auditor said what is wrong; an engine
// that stops the program, or hangs, is not found by the auditor and fails the proof.
#include "tests/simulation/simulation.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace kontor::simulation {
extern int seeded_bug;
int seeded_bug = 0;
}  // namespace kontor::simulation

using namespace kontor::simulation;

namespace {

// In the order of seed_bugs.cmake.
constexpr const char* bugs[] = {
    "no bug",
    "any version is the right one",
    "a repeat is not recognised",
    "a repeat with other input is recognised",
    "what a refused command changed stays",
    "a group that could not be written is acknowledged",
    "what a dry run changed stays",
    "versions that are not durable yet are overlooked",
};
constexpr std::uint64_t most_seeds = 25;

enum Ending : int { nothing_found = 0, found = 1 };

int look(int bug) {
    seeded_bug = bug;
    for (std::uint64_t seed = 1; seed <= most_seeds; ++seed) {
        const Told told = simulate(seed);
        if (told.difference.empty()) continue;
        std::printf("%s:\n  %s\n", bugs[bug], told.difference.c_str());
        std::fflush(stdout);
        return found;
    }
    std::printf("%s: nothing found in %llu histories\n", bugs[bug],
                static_cast<unsigned long long>(most_seeds));
    std::fflush(stdout);
    return nothing_found;
}

// Threads do not come along, so none may run here before.
int ending_of(int bug) {
    std::fflush(stdout);  // else the child says it again
    const pid_t child = ::fork();
    if (child < 0) return -1;
    if (child == 0) {
        ::alarm(200);
        ::_exit(look(bug));
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

int main() {
    bool proved = true;
    for (int bug = 0; bug < static_cast<int>(std::size(bugs)); ++bug) {
        const int ending = ending_of(bug);
        if (ending == (bug == 0 ? nothing_found : found)) continue;
        std::printf("%s: %s\n", bugs[bug],
                    ending < 0 ? "ended in another way than by the auditor" : "not as it must be");
        proved = false;
    }
    return proved ? 0 : 1;
}
