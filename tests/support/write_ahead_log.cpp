// How the records of a write-ahead log lie in its file.
#include "tests/support/write_ahead_log.h"

#include <fstream>
#include <iterator>

namespace kontor::test {

// Records lie in blocks of 32 KiB, each behind a checksum (4), its length (2) and its kind (1);
// what is left of a block that has no room for those is zeros.
std::uintmax_t written_octets(const std::string& path) {
    constexpr std::size_t block = 32 * 1024, header = 7;
    std::ifstream file(path, std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(file), {}};
    std::size_t end = 0;
    for (std::size_t at = 0; at + header <= octets.size();) {
        if (block - at % block < header) {
            at += block - at % block;
            continue;
        }
        const auto octet = [&](std::size_t n) {
            return static_cast<unsigned char>(octets[at + n]);
        };
        if (octet(6) == 0) break;
        at += header + octet(4) + 256u * octet(5);
        end = at;
    }
    return end;
}

}  // namespace kontor::test
