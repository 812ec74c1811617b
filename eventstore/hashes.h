// The three hashes that the log uses, each for one purpose.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kontor {

using Hash = std::array<std::uint8_t, 32>;

// SHA-256 (FIPS 180-4): the chain of commits and the names of schemas, which others check too.
Hash sha256(std::string_view octets);

// BLAKE2b with 256 bits (RFC 7693): fingerprints of commands and digests of rows.
Hash blake2b(std::string_view octets);

// The same, a piece at a time.
class Blake2b {
public:
    Blake2b();
    void add(std::string_view octets);
    // The hash of all that was added; nothing is added after it.
    Hash finish();

private:
    alignas(64) std::array<std::byte, 384> state_;
};

// XXH3 with 64 bits: finds torn and flipped octets fast; no defence against a person.
std::uint64_t xxh3(std::string_view octets);

// Lower-case hexadecimal digits.
std::string to_text(const Hash& hash);

}  // namespace kontor
