// What a value says, as octets for a hash: free of how the wire lays it out.
//
// A record is its (slot, value) pairs that are not the default, so that appending a field changes
// no old fingerprint or digest: the default is the zero value, or what `otherwise` says. Lengths
// and counts stand before what they count; two values of a type have the same octets only when
// they are equal.
#pragma once

#include "domain/core/describe.h"
#include "eventstore/hashes.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kontor {

void append_canonical(std::string& octets, const Type& type, const void* value);
std::string canonical(const Type& type, const void* value);

template <class T>
std::string canonical(const T& value) {
    return canonical(type_of<T>(), &value);
}

// What a command asked, by which a repeat is told from another command under the same id:
// BLAKE2b-256 of the command's name and canonical fields; of what is personal, whether it is
// there: a name or a birthday could be guessed from its hash.
Hash command_fingerprint(const Type& command, const void* value);
// The same with what is personal, by its fingerprints under the persons' keys: of a sealed command.
Hash personal_fingerprint(const Type& command, const void* value);

// What a row of a table adds to the table's digest: BLAKE2b-256 of table, key and row.
Hash row_digest(std::string_view table, const Type& key_type, const void* key, const Type& row_type,
                const void* row);
// The same from the canonical octets of key and row.
Hash row_digest(std::string_view table, std::string_view key, std::string_view row);

// A digest of many rows that does not depend on their order, and that a row can leave again: their
// sum modulo 2^256. It finds divergence; against tampering stands the chain of the log.
struct DigestSum {
    std::array<std::uint64_t, 4> limbs{};  // least significant first

    void add(const Hash& hash);
    void subtract(const Hash& hash);
    void add(const DigestSum& sum);
    bool operator==(const DigestSum&) const = default;
};

// 64 hexadecimal digits, most significant first.
std::string to_text(const DigestSum& sum);
// Thirty-two octets, most significant first, and back.
std::string to_octets(const DigestSum& sum);
DigestSum digest_sum_from(const Hash& octets);

}  // namespace kontor
