// The write-ahead logs of RocksDB as files.
#pragma once

#include <cstdint>
#include <string>

namespace kontor::test {

// How far a write-ahead log is written: it is lengthened by zeros ahead of that.
std::uintmax_t written_octets(const std::string& path);

}  // namespace kontor::test
