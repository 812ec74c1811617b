// Which characters mean something to hledger 1.25 and ledger-cli 3.3, and where.
#include "tools/journal_escapes.h"

#include "api/query_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace kontor {
namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_escape(std::string_view text, std::size_t at) {
    return text[at] == '%' && at + 2 < text.size() && digit_of(text[at + 1]) >= 0 &&
           digit_of(text[at + 2]) >= 0;
}

std::string_view syntax_of(JournalPlace place) {
    switch (place) {
        case JournalPlace::description: return ";|";
        case JournalPlace::code: return ";()";
        case JournalPlace::comment: return ";:[]";
        case JournalPlace::tag_value: return ";:[],";
    }
    return {};
}

// How many octets the space has that a name begins with here: two spaces end a name, and hledger
// counts those of Unicode (category Zs).
std::size_t wide_space_at(std::string_view text) {
    static constexpr std::array<std::string_view, 16> spaces{
        "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005",
        "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u202F", "\u205F", "\u3000"};
    const auto found = std::ranges::find_if(
        spaces, [&](std::string_view space) { return text.starts_with(space); });
    return found == spaces.end() ? 0 : found->size();
}

}  // namespace

std::string escaped(std::string_view text, JournalPlace place) {
    const std::string_view syntax = syntax_of(place);
    std::string written;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const auto byte = static_cast<std::uint8_t>(c);
        const bool lost_space =
            c == ' ' && (at == 0 || at + 1 == text.size() || text[at - 1] == ' ');
        const bool control = byte < ' ' || byte == 0x7F;
        if (control || lost_space || syntax.find(c) != std::string_view::npos ||
            is_escape(text, at))
            append_percent_octet(c, written);
        else
            written += c;
    }
    return written;
}

std::string escaped_name(std::string_view name) {
    std::string written;
    for (std::size_t at = 0; at < name.size(); ++at) {
        const auto byte = static_cast<std::uint8_t>(name[at]);
        const std::size_t space = wide_space_at(name.substr(at));
        const bool plain = byte >= 0x80 ? space == 0
                                        : std::isalnum(byte) || byte == '.' || byte == '_' ||
                                              byte == '-' || byte == '/';
        if (plain) {
            written += name[at];
            continue;
        }
        const std::size_t end = at + std::max<std::size_t>(space, 1);
        for (; at < end; ++at) append_percent_octet(name[at], written);
        --at;
    }
    return written;
}

std::string escaped_tag_name(std::string_view name) {
    // hledger: date, date2, type; ledger-cli, in any case: Payee, Value, UUID; the rest is ours.
    static constexpr std::array<std::string_view, 12> taken{
        "date",  "date2",    "type",     "payee",      "value", "uuid",
        "entry", "document", "reverses", "belongs_to", "kind",  "period"};
    const auto is_name = [&](std::string_view other) {
        return std::ranges::equal(name, other, {}, [](char c) {
            return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        });
    };
    std::string written = escaped_name(name);
    if (std::ranges::none_of(taken, is_name)) return written;
    std::string first;
    append_percent_octet(written.front(), first);
    return first + written.substr(1);
}

std::string unescaped(std::string_view text) {
    std::string read;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_escape(text, at)) {
            read += text[at];
            continue;
        }
        read += static_cast<char>(digit_of(text[at + 1]) * 16 + digit_of(text[at + 2]));
        at += 2;
    }
    return read;
}

}  // namespace kontor
