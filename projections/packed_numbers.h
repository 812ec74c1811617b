// Numbers as octets: ordered ones for the keys of rows, short ones for what rows hold.
#pragma once

#include "domain/core/date.h"
#include "domain/core/decimal.h"
#include "eventstore/storage_broken.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kontor {

// Big-endian, so that the octets sort as the numbers do.
template <class Unsigned>
void append_fixed(std::string& octets, Unsigned number) {
    for (std::size_t shift = sizeof number * 8; shift > 0;) {
        shift -= 8;
        octets += static_cast<char>(static_cast<std::uint8_t>(number >> shift));
    }
}
// The same where octets are there already; answers the place behind them.
template <class Unsigned>
char* write_fixed(char* octets, Unsigned number) {
    for (std::size_t shift = sizeof number * 8; shift > 0;) {
        shift -= 8;
        *octets++ = static_cast<char>(static_cast<std::uint8_t>(number >> shift));
    }
    return octets;
}
// With the sign turned, so that days before 1970 sort first.
inline void append_fixed(std::string& octets, Date day) {
    append_fixed(octets, static_cast<std::uint32_t>(day.days) ^ 0x8000'0000u);
}

// Seven bits an octet, the lowest first.
template <class Unsigned>
void append_short(std::string& octets, Unsigned number) {
    if (number < 0x80) {
        octets.push_back(static_cast<char>(static_cast<std::uint8_t>(number)));
        return;
    }
    std::array<char, 19> made;  // enough for 128 bits
    std::size_t count = 0;
    while (number >= 0x80) {
        made[count++] = static_cast<char>(static_cast<std::uint8_t>(number | 0x80));
        number >>= 7;
    }
    made[count++] = static_cast<char>(static_cast<std::uint8_t>(number));
    octets.append(made.data(), count);
}
__extension__ typedef unsigned __int128 UnsignedWide;
// Small numbers of either sign become small numbers: 0, -1, 1, -2, ...
inline std::uint64_t folded(std::int64_t number) {
    return static_cast<std::uint64_t>(number) << 1 ^ static_cast<std::uint64_t>(number >> 63);
}
inline UnsignedWide folded(Wide number) {
    return static_cast<UnsignedWide>(number) << 1 ^ static_cast<UnsignedWide>(number >> 127);
}
inline std::int64_t unfolded(std::uint64_t number) {
    return static_cast<std::int64_t>(number >> 1 ^ (0 - (number & 1)));
}
inline Wide unfolded(UnsignedWide number) {
    return static_cast<Wide>(number >> 1 ^ (0 - (number & 1)));
}

// Reads from the front. Octets that end too early are a damaged row: throws StorageBroken.
class PackedNumbers {
public:
    explicit PackedNumbers(std::string_view octets) : left_(octets) {}

    bool done() const { return left_.empty(); }
    std::string_view left() const { return left_; }

    template <class Unsigned>
    Unsigned fixed() {
        if (left_.size() < sizeof(Unsigned)) throw_damaged();
        Unsigned number = 0;
        for (std::size_t i = 0; i < sizeof number; ++i)
            number = static_cast<Unsigned>(number << 8 | static_cast<std::uint8_t>(left_[i]));
        left_.remove_prefix(sizeof number);
        return number;
    }
    Date fixed_day() { return {static_cast<std::int32_t>(fixed<std::uint32_t>() ^ 0x8000'0000u)}; }
    template <class Unsigned = std::uint64_t>
    Unsigned shortened() {
        Unsigned number = 0;
        for (unsigned shift = 0;; shift += 7) {
            if (shift >= sizeof number * 8) throw_damaged();
            const std::uint8_t seven = octet();
            number |= static_cast<Unsigned>(seven & 0x7f) << shift;
            if (seven < 0x80) return number;
        }
    }

    std::string_view octets(std::uint64_t count) {
        if (count > left_.size()) throw_damaged();
        const std::string_view taken = left_.substr(0, count);
        left_.remove_prefix(count);
        return taken;
    }

private:
    [[noreturn]] static void throw_damaged() {
        throw StorageBroken("A row of the read models is damaged: its numbers cannot be read.");
    }
    std::uint8_t octet() {
        if (left_.empty()) throw_damaged();
        const auto first = static_cast<std::uint8_t>(left_.front());
        left_.remove_prefix(1);
        return first;
    }

    std::string_view left_;
};

}  // namespace kontor
