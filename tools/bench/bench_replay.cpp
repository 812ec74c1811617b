// How fast the log becomes the decision state again: every commit from the first on, none skipped.
//
// Reads a data directory at rest. Checksums and the chain are checked, bytes verified and decoded,
// every event evolved; no snapshot is used, and what is paged is written to a scratch database.
// Prints one JSON object.
#include "domain/contexts.h"
#include "eventstore/event_log.h"
#include "tools/audit_rebuild.h"

#include <chrono>
#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: bench_replay <data directory> <scratch directory>\n", stderr);
        return 2;
    }
    try {
        const auto catalog = kontor::make_catalog();
        const auto log =
            kontor::rocks_event_log({.directory = argv[1], .access = kontor::LogAccess::read_only});
        const kontor::Position tail = log->tail().position;
        const auto start = std::chrono::steady_clock::now();
        const kontor::ReplayedState replayed(*catalog, *log, tail, argv[2]);
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        std::printf("{\"commits\": %llu, \"seconds\": %.3f}\n",
                    static_cast<unsigned long long>(tail), seconds);
        return 0;
    } catch (const std::exception& why) {
        std::fprintf(stderr, "bench_replay: %s\n", why.what());
        return 1;
    }
}
