// The physical limit: how often a second this disk makes 4 KiB durable, one write after the other.
//
// Blocks go to the end of what was written, each followed by fdatasync: in a file that was written
// before, where nothing but the block has to reach the disk; or, told `growing`, in one whose space
// is only reserved: there its new length has to as well. Prints one JSON object.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t block = 4096;
constexpr std::size_t blocks = 64 * 1024 * 1024 / block;

[[noreturn]] void fail(const char* what) {
    std::perror(what);
    std::exit(1);
}

int prepared_file(const std::string& path, bool growing) {
    const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) fail("open");
    if (growing) {
        if (::fallocate(file, FALLOC_FL_KEEP_SIZE, 0, block * blocks) != 0) fail("fallocate");
        return file;
    }
    const std::string zeros(1024 * 1024, '\0');
    for (std::size_t at = 0; at < block * blocks; at += zeros.size())
        if (::write(file, zeros.data(), zeros.size()) != static_cast<ssize_t>(zeros.size()))
            fail("write");
    if (::fsync(file) != 0) fail("fsync");
    return file;
}

double micros_at(const std::vector<double>& sorted, double share) {
    const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size()));
    return sorted[std::min(at, sorted.size() - 1)];
}

}  // namespace

int main(int argc, char** argv) {
    const bool growing = argc == 4 && std::string_view(argv[3]) == "growing";
    if (argc != 3 && !growing) {
        std::fputs("usage: bench_disk <file> <seconds> [growing]\n", stderr);
        return 2;
    }
    const std::string path = argv[1];
    const double seconds = std::atof(argv[2]);
    const int file = prepared_file(path, growing);
    const std::string content(block, 'k');
    std::vector<double> micros;
    const auto start = Clock::now();
    auto before = start;
    for (std::size_t n = 0; std::chrono::duration<double>(before - start).count() < seconds; ++n) {
        const auto offset = static_cast<off_t>(n % blocks * block);
        if (::pwrite(file, content.data(), block, offset) != static_cast<ssize_t>(block))
            fail("pwrite");
        if (::fdatasync(file) != 0) fail("fdatasync");
        const auto after = Clock::now();
        micros.push_back(std::chrono::duration<double, std::micro>(after - before).count());
        before = after;
    }
    const double took = std::chrono::duration<double>(before - start).count();
    ::close(file);
    ::unlink(path.c_str());
    if (micros.empty()) return 1;
    std::sort(micros.begin(), micros.end());
    std::printf("{\"per_second\": %.1f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"count\": %zu}\n",
                static_cast<double>(micros.size()) / took, micros_at(micros, 0.5),
                micros_at(micros, 0.99), micros.size());
    return 0;
}
