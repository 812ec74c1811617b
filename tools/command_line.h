// What all sub-commands share: how they end, and how a sentence of theirs reaches the user.
#pragma once

#include <functional>
#include <stdexcept>
#include <string_view>

namespace kontor {

// Exit codes: 0 is done, 1 is "no" with a sentence on the error stream, 2 is wrong usage.
constexpr int exit_done = 0;
constexpr int exit_no = 1;
constexpr int exit_usage = 2;
constexpr int exit_interrupted = 130;  // as shells have it: 128 and the number of SIGINT

// Why a command cannot do what it was asked: one clear sentence.
struct Unable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Runs the work of the command of that name (such as "audit verify") and answers its exit code:
// what it throws ends as one sentence on the error stream, Ctrl-C as 130.
int run_command(std::string_view name, const std::function<int()>& work);

}  // namespace kontor
