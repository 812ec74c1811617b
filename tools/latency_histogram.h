// How long things took, counted so that any percentile is right within one per cent.
#pragma once

#include <cstdint>
#include <vector>

namespace kontor {

// Durations in nanoseconds, any number of them in about 60 KB. Up to 127 ns they are exact; above,
// each doubling is cut into 128 equal parts, so that no value is off by more than 1/128.
class LatencyHistogram {
public:
    LatencyHistogram();

    void record(std::uint64_t nanoseconds);
    void add(const LatencyHistogram& other);

    std::uint64_t count() const { return count_; }
    std::uint64_t longest() const { return longest_; }
    // The smallest duration that at least this share (0 to 1) of all did not exceed, rounded up to
    // its part's border; the longest for 1; 0 when nothing was recorded.
    std::uint64_t percentile(double share) const;

private:
    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
    std::uint64_t longest_ = 0;
};

}  // namespace kontor
