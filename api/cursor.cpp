// A cursor is its own wire bytes and a checksum in letters that a URL can hold.
#include "api/cursor.h"

#include "api/scalar_text.h"
#include "eventstore/hashes.h"
#include "eventstore/wire.h"
#include "projections/packed_numbers.h"

#include <algorithm>

namespace kontor {
namespace {

// What was changed on its way is no cursor: taken for one, it would look like damaged rows.
std::string checksum_of(std::string_view octets) {
    std::string checksum;
    append_fixed(checksum, static_cast<std::uint32_t>(xxh3(octets)));
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
    if (!octets || octets->size() < sizeof(std::uint32_t)) return std::nullopt;
    std::string_view cursor = *octets;
    cursor.remove_suffix(sizeof(std::uint32_t));
    if (!octets->ends_with(checksum_of(cursor))) return std::nullopt;
    return from_wire<Cursor>(cursor);
}

}  // namespace kontor
