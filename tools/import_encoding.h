// How the octets of a file mean characters: every encoding that files of business programs come in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

enum class Encoding : std::uint8_t {
    utf_8,
    latin_1,       // ISO 8859-1
    windows_1252,  // Western Europe on Windows
    windows_1251,  // Cyrillic on Windows
    utf_16le,
    utf_16be,
};

// "utf-8", "iso-8859-1" (or "latin-1"), "windows-1252", "windows-1251", "utf-16" (little-endian
// unless a mark says otherwise), "utf-16le", "utf-16be"; empty for another name.
std::optional<Encoding> encoding_from(std::string_view name);
std::string_view name_of(Encoding encoding);
// All names, as a sentence has them.
std::string_view encoding_names();

// Turns a file into UTF-8 piece by piece. A byte order mark at its beginning is dropped, and wins
// over the encoding that was asked for: it is never there by chance.
class Decoder {
public:
    explicit Decoder(Encoding encoding) : encoding_(encoding) {}

    // Appends what the octets mean. What is no character of the encoding becomes the octet 0xFF,
    // which no UTF-8 has, so that the reader can say in which line it is. UTF-8 is passed on as it
    // is, with its mistakes.
    void decode(std::string_view octets, bool last, std::string& out);
    Encoding encoding() const { return encoding_; }

private:
    void skip_mark(std::string_view& octets, bool last);
    void decode_utf_16(std::string_view octets, bool last, std::string& out);

    Encoding encoding_;
    bool begun_ = false;
    std::string kept_;  // octets of a character that is not whole yet
};

}  // namespace kontor
