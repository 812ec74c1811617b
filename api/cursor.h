// Where a page ended: everything that the next page needs to be of the same moment.
#pragma once

#include "domain/core/date.h"
#include "domain/core/describe.h"

#include <optional>
#include <string>
#include <string_view>

namespace kontor {

struct Cursor {
    std::string query;
    std::int64_t version = 0;   // of the read model; another one cannot go on
    std::int64_t known_at = 0;  // a position: later pages leave out what came after
    std::optional<Date> valid_at;
    std::string filters;  // the query's own parameters, as URL text
    Bytes after;          // the last row's key, or the last event explained
    std::optional<std::string> row = std::nullopt;     // of an explanation: whose figure
    std::optional<std::string> field = std::nullopt;   // and which
    std::optional<std::int64_t> since = std::nullopt;  // of changes: the earlier position

    static void describe(auto& cursor) {
        cursor.record("Cursor", "Where a page ended.")
            .field("query", &Cursor::query, "Name of the query.")
            .field("version", &Cursor::version, "Version of the read model.")
            .field("known_at", &Cursor::known_at, "Position that all pages are as of.")
            .field("valid_at", &Cursor::valid_at, "Business date that all pages are as of.")
            .field("filters", &Cursor::filters, "The query's own parameters.")
            .field("after", &Cursor::after, "Key of the last row.")
            .field("row", &Cursor::row, "The row whose figure is explained.")
            .field("field", &Cursor::field, "The figure that is explained.")
            .field("since", &Cursor::since, "The earlier position of changes.");
    }
};

// Letters that need no escaping in a URL (RFC 4648 base64url without padding). A cursor gives no
// right: what it asks for is checked as if it had been asked for in words.
std::string to_text(const Cursor& cursor);
std::optional<Cursor> cursor_from(std::string_view text);

}  // namespace kontor
