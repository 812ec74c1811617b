// How capital letters become small ones.
#include "projections/small_letters.h"

namespace kontor {

std::string in_small_letters(std::string_view text) {
    std::string small;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto octet = static_cast<unsigned char>(text[at]);
        if (octet >= 'A' && octet <= 'Z') {
            small += static_cast<char>(octet + 32);
            continue;
        }
        const bool two_octets = octet >= 0xc3 && octet <= 0xd0 && at + 1 < text.size();
        if (!two_octets) {
            small += text[at];
            continue;
        }
        unsigned point = ((octet & 0x1fU) << 6) | (static_cast<unsigned char>(text[++at]) & 0x3fU);
        const bool latin = point >= 0xc0 && point <= 0xde && point != 0xd7;
        const bool greek = point >= 0x391 && point <= 0x3a9;
        const bool cyrillic = point >= 0x410 && point <= 0x42f;
        if (latin || greek || cyrillic) point += 0x20;
        if (point >= 0x400 && point <= 0x40f) point += 0x50;
        small += static_cast<char>(0xc0 | (point >> 6));
        small += static_cast<char>(0x80 | (point & 0x3f));
    }
    return small;
}

}  // namespace kontor
