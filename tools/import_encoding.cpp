// The tables of the single-octet encodings (WHATWG Encoding Standard) and the pairs of UTF-16.
#include "tools/import_encoding.h"

#include <array>

namespace kontor {
namespace {

struct EncodingName {
    std::string_view name;
    Encoding encoding;
};

// The first name of an encoding is the one that is shown.
constexpr EncodingName names[] = {
    {"utf-8", Encoding::utf_8},
    {"iso-8859-1", Encoding::latin_1},
    {"latin-1", Encoding::latin_1},
    {"windows-1252", Encoding::windows_1252},
    {"windows-1251", Encoding::windows_1251},
    {"utf-16le", Encoding::utf_16le},
    {"utf-16", Encoding::utf_16le},
    {"utf-16be", Encoding::utf_16be},
};

// 0x80 to 0x9F; the rest is that of ISO 8859-1.
constexpr std::array<char16_t, 32> windows_1252_high = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// 0x80 to 0xBF; from 0xC0 on the alphabet follows in order from U+0410.
constexpr std::array<char16_t, 64> windows_1251_high = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409,
    0x2039, 0x040A, 0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x0098, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0,
    0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB,
    0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6,
    0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457};

void append_utf_8(std::uint32_t point, std::string& out) {
    const auto octet = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (point < 0x80) {
        octet(point);
    } else if (point < 0x800) {
        octet(0xC0 | point >> 6);
        octet(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        octet(0xE0 | point >> 12);
        octet(0x80 | (point >> 6 & 0x3F));
        octet(0x80 | (point & 0x3F));
    } else {
        octet(0xF0 | point >> 18);
        octet(0x80 | (point >> 12 & 0x3F));
        octet(0x80 | (point >> 6 & 0x3F));
        octet(0x80 | (point & 0x3F));
    }
}

std::uint32_t point_of(unsigned char octet, Encoding encoding) {
    if (octet < 0x80) return octet;
    if (encoding == Encoding::windows_1252 && octet < 0xA0) return windows_1252_high[octet - 0x80u];
    if (encoding == Encoding::windows_1251)
        return octet < 0xC0 ? windows_1251_high[octet - 0x80u] : 0x0410u + (octet - 0xC0u);
    return octet;
}

constexpr char no_character = '\xFF';

}  // namespace

std::optional<Encoding> encoding_from(std::string_view name) {
    for (const EncodingName& known : names)
        if (known.name == name) return known.encoding;
    return std::nullopt;
}

std::string_view name_of(Encoding encoding) {
    for (const EncodingName& known : names)
        if (known.encoding == encoding) return known.name;
    return {};
}

std::string_view encoding_names() {
    return "utf-8, iso-8859-1, windows-1252, windows-1251, utf-16le or utf-16be";
}

void Decoder::skip_mark(std::string_view& octets, bool last) {
    if (octets.size() < 3 && !last) return;
    begun_ = true;
    const auto begins = [&](std::string_view mark, Encoding means) {
        if (!octets.starts_with(mark)) return;
        octets.remove_prefix(mark.size());
        encoding_ = means;
    };
    if (octets.starts_with("\xEF\xBB\xBF"))
        begins("\xEF\xBB\xBF", Encoding::utf_8);
    else if (octets.starts_with("\xFF\xFE"))
        begins("\xFF\xFE", Encoding::utf_16le);
    else
        begins("\xFE\xFF", Encoding::utf_16be);
}

void Decoder::decode(std::string_view octets, bool last, std::string& out) {
    std::string joined;
    if (!kept_.empty()) {
        joined = std::move(kept_);
        kept_.clear();
        joined += octets;
        octets = joined;
    }
    if (!begun_) {
        skip_mark(octets, last);
        if (!begun_) {
            kept_ = std::string(octets);
            return;
        }
    }
    if (encoding_ == Encoding::utf_8)
        out += octets;
    else if (encoding_ == Encoding::utf_16le || encoding_ == Encoding::utf_16be)
        decode_utf_16(octets, last, out);
    else
        for (const char octet : octets)
            append_utf_8(point_of(static_cast<unsigned char>(octet), encoding_), out);
}

void Decoder::decode_utf_16(std::string_view octets, bool last, std::string& out) {
    const auto unit = [&](std::size_t at) {
        const std::uint32_t first = static_cast<unsigned char>(octets[at]);
        const std::uint32_t second = static_cast<unsigned char>(octets[at + 1]);
        return encoding_ == Encoding::utf_16le ? second << 8 | first : first << 8 | second;
    };
    const auto is_high = [](std::uint32_t one) { return one >= 0xD800 && one < 0xDC00; };
    const auto is_low = [](std::uint32_t one) { return one >= 0xDC00 && one < 0xE000; };
    std::size_t at = 0;
    for (; at + 2 <= octets.size(); at += 2) {
        const std::uint32_t one = unit(at);
        if (!is_high(one)) {
            if (is_low(one))
                out += no_character;
            else
                append_utf_8(one, out);
            continue;
        }
        const bool whole = at + 4 <= octets.size();
        if (!whole && !last) break;
        if (!whole || !is_low(unit(at + 2))) {
            out += no_character;
            continue;
        }
        append_utf_8(0x10000 + ((one - 0xD800) << 10) + (unit(at + 2) - 0xDC00), out);
        at += 2;
    }
    if (at >= octets.size()) return;
    if (last)
        out += no_character;
    else
        kept_ = std::string(octets.substr(at));
}

}  // namespace kontor
