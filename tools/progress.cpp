// A bar for people, lines for logs, and the signal that ends both.
#include "tools/progress.h"

#include <algorithm>
#include <csignal>

#include <unistd.h>

namespace kontor {
namespace {

volatile std::sig_atomic_t stop_asked = 0;

extern "C" void remember_signal(int) { stop_asked = 1; }

constexpr auto between_redraws = std::chrono::milliseconds(100);

}  // namespace

// SA_RESETHAND: the second Ctrl-C is the system's own, for work that does not look for the first.
InterruptWatch::InterruptWatch() {
    stop_asked = 0;
    struct sigaction action {};
    action.sa_handler = remember_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

InterruptWatch::~InterruptWatch() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    stop_asked = 0;
}

bool InterruptWatch::asked() { return stop_asked != 0; }

ProgressBar::ProgressBar(std::string what, std::FILE* to, std::chrono::milliseconds between_lines)
    : what_(std::move(what)),
      to_(to),
      terminal_(::isatty(::fileno(to)) != 0),
      between_(terminal_ ? between_redraws : between_lines),
      next_(Clock::now() + between_) {}

// The bar makes room for what comes after it; lines stay.
ProgressBar::~ProgressBar() {
    if (drawn_ && terminal_) std::fputs("\r\033[K", to_);
}

void ProgressBar::at(std::uint64_t done, std::uint64_t of) {
    if (InterruptWatch::asked()) throw Interrupted{};
    // The clock is asked rarely: a step may take a microsecond.
    if (++calls_ % 16 != 0 && done != of) return;
    const auto now = Clock::now();
    if (now < next_) return;
    next_ = now + between_;
    draw(done, of);
}

void ProgressBar::draw(std::uint64_t done, std::uint64_t of) {
    constexpr std::uint64_t width = 30;
    drawn_ = true;
    const std::uint64_t whole = std::max<std::uint64_t>(of, 1);
    const std::uint64_t part = std::min(done, whole);
    const auto percent = static_cast<unsigned>(part * 100 / whole);
    if (!terminal_) {
        std::fprintf(to_, "%s: %llu of %llu (%u %%)\n", what_.c_str(),
                     static_cast<unsigned long long>(done), static_cast<unsigned long long>(of),
                     percent);
        return;
    }
    const auto filled = static_cast<std::size_t>(part * width / whole);
    const std::string bar = std::string(filled, '#') + std::string(width - filled, '.');
    std::fprintf(to_, "\r%s [%s] %3u %%\033[K", what_.c_str(), bar.c_str(), percent);
    std::fflush(to_);
}

}  // namespace kontor
