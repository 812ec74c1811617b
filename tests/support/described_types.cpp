// Round trips and damage, for a type that is known only at run time.
#include "tests/support/described_types.h"

#include "eventstore/canonical.h"
#include "eventstore/wire.h"
#include "tests/support/dice.h"
#include "tests/support/random_values.h"

namespace kontor::test {
namespace {

std::string said(const Type& type, std::string_view what, std::uint64_t number) {
    return std::string(type.name) + ": " + std::string(what) + " (" + std::to_string(number) + ")";
}

std::string check_round_trip(const Type& type, Dice& dice, std::uint64_t round,
                             std::string& message) {
    const Box value = random_value(type, dice);
    message = to_wire(type, value.get());
    // What the reader fills is full of something else before.
    const Box back = random_value(type, dice);
    if (!from_wire(type, message, back.get())) return said(type, "own bytes are refused", round);
    if (canonical(type, back.get()) != canonical(type, value.get()))
        return said(type, "reads back as another value", round);
    if (to_wire(type, back.get()) != message)
        return said(type, "equal values have other bytes", round);
    const Box copy = copied(type, value.get());
    if (to_wire(type, copy.get()) != message) return said(type, "a copy has other bytes", round);
    return {};
}

// A copy without spare room, so that a read past the end is seen by the sanitizer.
std::string check_damaged(const Type& type, std::string_view bytes, std::string_view what,
                          std::uint64_t number) {
    const std::vector<char> exact(bytes.begin(), bytes.end());
    const std::string_view view(exact.data(), exact.size());
    const Box value = box(type);
    if (!from_wire(type, view, value.get())) return {};
    const std::string again = to_wire(type, value.get());
    const Box back = box(type);
    if (!from_wire(type, again, back.get()))
        return said(type, std::string(what) + ": what was read cannot be written", number);
    if (canonical(type, back.get()) != canonical(type, value.get()))
        return said(type, std::string(what) + ": what was read changes when written", number);
    return {};
}

}  // namespace

std::string check_hostile_bytes(const Type& type, const std::string& message, std::uint64_t seed) {
    Dice dice(seed);
    for (std::size_t i = 0; i < message.size(); ++i) {
        std::string damaged = message;
        for (const int flip : {0x01, 0x80, 0xff, static_cast<int>(1 + dice.below(255))}) {
            damaged[i] = static_cast<char>(static_cast<unsigned char>(message[i]) ^ flip);
            if (auto fault = check_damaged(type, damaged, "flipped octet", i); !fault.empty())
                return fault;
        }
        const auto cut = std::string_view(message).substr(0, i);
        if (auto fault = check_damaged(type, cut, "cut message", i); !fault.empty()) return fault;
    }
    for (std::uint64_t i = 0; i < 200; ++i) {
        std::string garbage(dice.below(200), '\0');
        // Small numbers make offsets that lead somewhere.
        const std::uint64_t largest = dice.one_in(2) ? 256 : 24;
        for (char& octet : garbage) octet = static_cast<char>(dice.below(largest));
        if (auto fault = check_damaged(type, garbage, "garbage", i); !fault.empty()) return fault;
    }
    return {};
}

std::string check_described_type(const Type& type, std::uint64_t seed, int rounds) {
    Dice dice(seed);
    std::string message, shortest;
    for (int round = 0; round < rounds; ++round) {
        auto fault = check_round_trip(type, dice, static_cast<std::uint64_t>(round), message);
        if (!fault.empty()) return fault;
        if (shortest.empty() || message.size() < shortest.size()) shortest = message;
    }
    return shortest.empty() ? std::string() : check_hostile_bytes(type, shortest, seed);
}

}  // namespace kontor::test
