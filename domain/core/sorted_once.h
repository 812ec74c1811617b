// A list as a set: what an event says in whatever order it was asked.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace kontor {

// Sorted, each value once.
template <class T>
std::vector<T> sorted_once(std::vector<T> values) {
    std::ranges::sort(values);
    const auto repeated = std::ranges::unique(values);
    values.erase(repeated.begin(), repeated.end());
    return values;
}

}  // namespace kontor
