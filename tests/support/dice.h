// Numbers drawn from a seed: the same on every machine, so that one number repeats a failed run.
#pragma once

#include <cstdint>

namespace kontor::test {

// SplitMix64 (Steele, Lea and Flood 2014): small, and every seed is a good one.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e37'79b9'7f4a'7c15;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58'476d'1ce4'e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d0'49bb'1331'11eb;
        return mixed ^ (mixed >> 31);
    }
    // 0 to count - 1; count is not zero.
    std::uint64_t below(std::uint64_t count) { return next() % count; }
    bool one_in(std::uint64_t count) { return below(count) == 0; }
    // Both included; least <= most.
    std::int64_t between(std::int64_t least, std::int64_t most) {
        const auto span = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
        const std::uint64_t drawn = span == UINT64_MAX ? next() : below(span + 1);
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(least) + drawn);
    }

private:
    std::uint64_t state_;
};

}  // namespace kontor::test
