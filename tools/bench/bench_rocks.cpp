// What one thread gets out of RocksDB when every row is made durable before the next is written.
//
// Rows have the size of one commit of a two-line entry, under rising keys, each in a batch of its
// own with `sync=true`, in a database set as the log's is. Prints one JSON object.
#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

// Bytes that do not compress: the comparison is about the sync, not about the codec.
std::string random_row(std::size_t size) {
    std::mt19937_64 random(20260115);
    std::string row(size, '\0');
    for (char& octet : row) octet = static_cast<char>(random() & 0xff);
    return row;
}

std::string key_of(std::uint64_t number) {
    std::string key(8, '\0');
    for (std::size_t at = 8; at-- > 0; number >>= 8) key[at] = static_cast<char>(number & 0xff);
    return key;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: bench_rocks <directory> <octets of a row> <seconds>\n", stderr);
        return 2;
    }
    rocksdb::Options options;
    options.create_if_missing = true;
    options.error_if_exists = true;
    options.write_buffer_size = 32u << 20;
    options.max_total_wal_size = 128u << 20;
    options.max_background_jobs = 2;
    options.compression = rocksdb::kLZ4Compression;
    rocksdb::DB* opened = nullptr;
    const auto status = rocksdb::DB::Open(options, argv[1], &opened);
    if (!status.ok()) {
        std::fprintf(stderr, "%s\n", status.ToString().c_str());
        return 1;
    }
    const std::unique_ptr<rocksdb::DB> db(opened);
    const std::string row = random_row(std::strtoul(argv[2], nullptr, 10));
    const double seconds = std::atof(argv[3]);
    rocksdb::WriteOptions synced;
    synced.sync = true;
    std::uint64_t written = 0;
    const auto start = Clock::now();
    double took = 0;
    while (took < seconds) {
        if (!db->Put(synced, key_of(written), row).ok()) return 1;
        ++written;
        took = std::chrono::duration<double>(Clock::now() - start).count();
    }
    std::printf("{\"per_second\": %.1f, \"rows\": %llu}\n", static_cast<double>(written) / took,
                static_cast<unsigned long long>(written));
    return 0;
}
