// What must hold for every described type that the program has, so that a new one is tested
// without a word.
#pragma once

#include "domain/core/describe.h"

#include <cstdint>
#include <string>

namespace kontor::test {

// Draws values of a record or variant and takes each to the wire and back, compares wire and
// canonical octets, and then reads back damaged messages: each octet flipped, cut at each length,
// and garbage. Says what went wrong first, with the seed's round; empty when all held.
std::string check_described_type(const Type& type, std::uint64_t seed = 1, int rounds = 50);

// Damaged forms of one message. Whatever is read from them can be written and read again.
std::string check_hostile_bytes(const Type& type, const std::string& message, std::uint64_t seed);

}  // namespace kontor::test
