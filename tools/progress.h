// How long work shows where it is, and how Ctrl-C ends it between two steps.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

namespace kontor {

// Thrown by what shows progress when the user has asked to stop; no error, and so no exception
// class of the standard: nothing but the command itself catches it.
struct Interrupted {};

// While it lives, SIGINT and SIGTERM are remembered instead of ending the process. The first one is
// enough for `asked`; a second one ends the process as it always would.
class InterruptWatch {
public:
    InterruptWatch();
    ~InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

    static bool asked();
};

// One piece of work on the error stream: a bar that redraws itself on a terminal; elsewhere a line
// every few seconds, so that short work is silent and long work leaves a readable record.
class ProgressBar {
public:
    explicit ProgressBar(std::string what, std::FILE* to = stderr,
                         std::chrono::milliseconds between_lines = std::chrono::seconds(5));
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    // Throws Interrupted when the user has asked to stop. Cheap enough for every commit.
    void at(std::uint64_t done, std::uint64_t of);

private:
    using Clock = std::chrono::steady_clock;

    void draw(std::uint64_t done, std::uint64_t of);

    const std::string what_;
    std::FILE* const to_;
    const bool terminal_;
    const Clock::duration between_;
    std::uint64_t calls_ = 0;
    Clock::time_point next_;
    bool drawn_ = false;
};

}  // namespace kontor
