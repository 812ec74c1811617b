// Texts in a journal of plain-text accounting that neither hledger nor ledger-cli takes for its
// syntax: a tag, a date in brackets, a comment, the end of a name.
#pragma once

#include <string>
#include <string_view>

namespace kontor {

// The line that says of a journal that its texts have escapes; only there are they read as such.
constexpr std::string_view escapes_notice =
    "; %XX in a text is an octet that these programs would read as syntax, in hexadecimal";

// Where a text stands, as each place has a syntax of its own.
enum class JournalPlace {
    description,  // of a transaction: "payee | note"
    code,         // in round brackets
    comment,      // "name:value" is a tag, a date in square brackets moves a posting
    tag_value     // as a comment, and ends at a comma
};

// The text on one line, with %XX for what would mean something there, for spaces that would be
// trimmed or end something, and for a % that would read as an escape.
std::string escaped(std::string_view text, JournalPlace place);

// A name of an account or a tag: letters, digits and ._-/ of ASCII as they are.
std::string escaped_name(std::string_view name);
// Another spelling of a tag's name where one of the programs, or our own export, knows a tag of
// that name: "date" moves a posting, "Payee" renames it.
std::string escaped_tag_name(std::string_view name);

// The text that was escaped.
std::string unescaped(std::string_view text);

}  // namespace kontor
