// `kontor load`: drives a running server as many clients would, and says how long they waited.
#pragma once

#include "tools/latency_histogram.h"
#include "tools/load_mix.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace kontor {

struct LoadPlan {
    std::string url = "http://127.0.0.1:8080";  // plain HTTP: TLS would measure this side too
    std::string key;
    std::size_t connections = 16;
    std::chrono::milliseconds duration{10'000};
    std::uint64_t most_requests = 0;  // ends when so many are sent, if that comes first; 0: any
    std::size_t batch = 1;  // commands a request: 1 posts to /commands/<Command>, more to /commands
    // Requests a second on a schedule; 0: each connection sends when its last answer has come.
    double rate = 0;
    std::chrono::milliseconds patience{5'000};  // for answers still due when the duration is over
};

struct LoadFindings {
    double seconds = 0;            // from the first request to the last answer
    std::uint64_t requests = 0;    // answered
    std::uint64_t commands = 0;    // answered, lines of batches counted one by one
    std::uint64_t failed = 0;      // ended without an answer: connections lost or refused
    std::uint64_t unanswered = 0;  // sent, but no answer within `patience`
    std::uint64_t unsent = 0;      // planned by the rate, but no connection was free until the end
    std::map<int, std::uint64_t> statuses;  // of commands
    // Of requests. With a rate each counts from the planned moment: a stall is felt by all who
    // would have asked meanwhile, not only by the one who did (coordinated omission).
    LatencyHistogram latency;
};

// Runs the load; throws Unable when the URL cannot be used.
LoadFindings run_load(const LoadPlan& plan, LoadMix& mix);

std::string findings_text(const LoadFindings& findings);
std::string findings_json(const LoadFindings& findings);

// The sub-command.
int load(int argc, char** argv);

}  // namespace kontor
