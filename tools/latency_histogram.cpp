// Log-linear counting, after the idea of HDR histograms.
#include "tools/latency_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace kontor {
namespace {

constexpr std::uint64_t parts = 128;
constexpr int part_bits = 7;
// A row for what is exact and one for each doubling above it, up to 64 bits.
constexpr std::size_t rows = 64 - part_bits + 1;

std::size_t place_of(std::uint64_t value) {
    if (value < parts) return static_cast<std::size_t>(value);
    const int doubling = static_cast<int>(std::bit_width(value)) - 1 - part_bits;
    const std::uint64_t part = (value >> doubling) - parts;
    return static_cast<std::size_t>((static_cast<std::uint64_t>(doubling) + 1) * parts + part);
}

// The greatest value that has this place.
std::uint64_t border_of(std::size_t place) {
    if (place < parts) return place;
    const std::size_t doubling = place / parts - 1;
    const std::uint64_t part = place % parts + parts;
    return ((part + 1) << doubling) - 1;
}

}  // namespace

LatencyHistogram::LatencyHistogram() : counts_(rows * parts, 0) {}

void LatencyHistogram::record(std::uint64_t nanoseconds) {
    ++counts_[place_of(nanoseconds)];
    ++count_;
    longest_ = std::max(longest_, nanoseconds);
}

void LatencyHistogram::add(const LatencyHistogram& other) {
    for (std::size_t place = 0; place < counts_.size(); ++place)
        counts_[place] += other.counts_[place];
    count_ += other.count_;
    longest_ = std::max(longest_, other.longest_);
}

std::uint64_t LatencyHistogram::percentile(double share) const {
    if (count_ == 0) return 0;
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    const std::uint64_t rank = std::clamp<std::uint64_t>(wanted, 1, count_);
    std::uint64_t seen = 0;
    for (std::size_t place = 0; place < counts_.size(); ++place) {
        seen += counts_[place];
        if (seen >= rank) return std::min(border_of(place), longest_);
    }
    return longest_;
}

}  // namespace kontor
