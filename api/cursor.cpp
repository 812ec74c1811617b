// A cursor is its own wire bytes in letters that a URL can hold.
#include "api/cursor.h"

#include "api/scalar_text.h"
#include "eventstore/wire.h"

#include <algorithm>

namespace kontor {

std::string to_text(const Cursor& cursor) {
    std::string text;
    append_base64(to_wire(cursor), text);
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
    if (!octets) return std::nullopt;
    return from_wire<Cursor>(*octets);
}

}  // namespace kontor
