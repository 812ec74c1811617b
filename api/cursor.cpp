// A cursor is its own wire bytes and a checksum in letters that a URL can hold.
#include "api/cursor.h"

#include "api/scalar_text.h"
#include "eventstore/hashes.h"
#include "eventstore/wire.h"

#include <algorithm>

namespace kontor {
namespace {

// What was changed on its way is no cursor: taken for one, it would look like damaged rows.
std::string checksum_of(std::string_view octets) {
    std::string checksum;
    for (std::uint64_t left = xxh3(octets); checksum.size() < 4; left >>= 8)
        checksum += static_cast<char>(left & 0xff);
    return checksum;
}

}  // namespace

std::string to_text(const Cursor& cursor) {
    const std::string octets = to_wire(cursor);
    std::string text;
    append_base64(octets + checksum_of(octets), text);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    while (text.ends_with('=')) text.pop_back();
    return text;
}

std::optional<Cursor> cursor_from(std::string_view text) {
    std::string padded(text);
    std::ranges::replace(padded, '-', '+');
    std::ranges::replace(padded, '_', '/');
    while (padded.size() % 4 != 0) padded += '=';
    const auto octets = base64_octets(padded);
    if (!octets || octets->size() < 4) return std::nullopt;
    const std::string_view told = std::string_view(*octets).substr(octets->size() - 4);
    const std::string_view cursor = std::string_view(*octets).substr(0, octets->size() - 4);
    if (checksum_of(cursor) != told) return std::nullopt;
    return from_wire<Cursor>(cursor);
}

}  // namespace kontor
