// The envelope of a commit: what finds a torn or altered one before anybody reads it.
//
// Numbers are little-endian. The header is a multiple of eight, so that the table after it stays
// aligned:
//
//    0  magic     4   "KNTR"
//    4  format    4   1
//    8  length    8   octets of the whole commit, this header included
//   16  checksum  8   XXH3-64 of all that follows
//   24  previous 32   SHA-256 of the stored octets of the commit before; zero for the first
//   56  the FlatBuffers table
//
// Every octet is covered: magic, format and length by comparison, the rest by the checksum.
#include "eventstore/commit.h"

#include "domain/core/ensure.h"
#include "eventstore/hashes.h"
#include "eventstore/wire.h"
#include "eventstore/wire_events.h"

#include <algorithm>
#include <concepts>

namespace kontor {
namespace {

constexpr std::string_view magic = "KNTR";
constexpr std::uint32_t newest_format = 1;
constexpr std::size_t format_at = 4, length_at = 8, checksum_at = 16, previous_at = 24;
constexpr std::size_t header_size = 56;

template <std::unsigned_integral Number>
void put(std::string& octets, std::size_t at, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        octets[at + i] = static_cast<char>(number >> (8 * i) & 0xff);
}

template <std::unsigned_integral Number>
Number get(std::string_view octets, std::size_t at) {
    Number number = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;)
        number = static_cast<Number>(number << 8 | static_cast<unsigned char>(octets[at + i]));
    return number;
}

// Of bytes that are at least a header.
Hash previous_in(std::string_view bytes) {
    Hash previous;
    std::copy_n(bytes.begin() + previous_at, previous.size(), previous.begin());
    return previous;
}

// What is wrong with the octets before the table is looked at; empty when nothing is.
std::string fault_of_envelope(std::string_view bytes) {
    if (!magic.starts_with(bytes.substr(0, magic.size())))
        return "this is no commit: it does not begin with " + std::string(magic);
    if (bytes.size() < length_at) return "it is cut short within its header";
    const auto format = get<std::uint32_t>(bytes, format_at);
    if (format > newest_format)
        return "it was written by a newer program (format " + std::to_string(format) +
               "); this one knows up to " + std::to_string(newest_format);
    if (format == 0) return "it says format 0, which there never was";
    if (bytes.size() < header_size) return "it is cut short within its header";
    const auto length = get<std::uint64_t>(bytes, length_at);
    if (length != bytes.size())
        return (bytes.size() < length ? "it is cut short: " : "it is longer than it says: ") +
               std::to_string(bytes.size()) + " octets are there, it says " +
               std::to_string(length);
    if (get<std::uint64_t>(bytes, checksum_at) != xxh3(bytes.substr(previous_at)))
        return "its checksum differs";
    return {};
}

}  // namespace

SealedCommit seal(Commit commit, const Hash& previous) {
    SealedCommit sealed;
    const std::string table = to_wire(commit);
    sealed.bytes.reserve(header_size + table.size());
    sealed.bytes = magic;
    sealed.bytes.resize(header_size);
    put(sealed.bytes, format_at, newest_format);
    put(sealed.bytes, length_at, std::uint64_t{header_size + table.size()});
    std::copy(previous.begin(), previous.end(), sealed.bytes.begin() + previous_at);
    sealed.bytes += table;
    put(sealed.bytes, checksum_at, xxh3(std::string_view(sealed.bytes).substr(previous_at)));
    sealed.hash = sha256(sealed.bytes);
    sealed.commit = std::move(commit);
    return sealed;
}

OpenedCommit open_commit(std::string_view bytes, Hashing hashing) {
    OpenedCommit opened;
    opened.fault = fault_of_envelope(bytes);
    if (!opened.fault.empty()) return opened;
    opened.previous = previous_in(bytes);
    if (hashing == Hashing::compute) opened.hash = sha256(bytes);
    if (!from_wire(type_of<Commit>(), bytes.substr(header_size), &opened.commit))
        opened.fault = "its table is malformed, though its checksum is right";
    return opened;
}

std::string read_events(std::string_view bytes, std::vector<EventOctets>& events) {
    std::string fault = fault_of_envelope(bytes);
    events.clear();
    if (fault.empty() && !wire_events(bytes.substr(header_size), events))
        fault = "its table is malformed, though its checksum is right";
    return fault;
}

Hash previous_of(std::string_view bytes) {
    ensure(bytes.size() >= header_size, "a commit has its header");
    return previous_in(bytes);
}

Hash previous_of(const SealedCommit& sealed) { return previous_of(sealed.bytes); }

}  // namespace kontor
