// How the mark lies in its file, and the thread that syncs it.
//
// Block: magic "KMRK", format (4), sequence (8), position (8), hash (32), XXH3-64 of these (8), all
// big-endian; the rest of its 4,096 octets is zero. The file has its size from the beginning, so
// that a sync writes one page and no metadata.
#include "eventstore/rocks_mark.h"

#include "eventstore/hashes.h"
#include "eventstore/log_keys.h"
#include "eventstore/rocks_settings.h"
#include "eventstore/threads.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace kontor {
namespace {

constexpr std::string_view magic = "KMRK";
constexpr std::uint32_t newest_format = 1;
constexpr std::size_t block_size = 4096;

rocksdb::FileSystem& file_system(rocksdb::Env* files) {
    return *(files ? files : rocksdb::Env::Default())->GetFileSystem();
}

std::string block_of(std::uint64_t sequence, const Marked& marked) {
    std::string block(magic);
    append_number(block, newest_format);
    append_number(block, sequence);
    append_number(block, marked.position);
    block.append(reinterpret_cast<const char*>(marked.hash.data()), marked.hash.size());
    append_number(block, xxh3(block));
    block.resize(block_size);
    return block;
}

struct Block {
    std::uint64_t sequence = 0;
    Marked marked;
};

std::optional<Block> block_from(std::string_view octets) {
    Block block;
    std::uint32_t format = 0;
    std::uint64_t checksum = 0;
    std::string_view rest = octets;
    if (!rest.starts_with(magic)) return std::nullopt;
    rest.remove_prefix(magic.size());
    if (!take_number(rest, format) || !take_number(rest, block.sequence) ||
        !take_number(rest, block.marked.position) || rest.size() < block.marked.hash.size())
        return std::nullopt;
    std::copy_n(rest.begin(), block.marked.hash.size(), block.marked.hash.begin());
    rest.remove_prefix(block.marked.hash.size());
    const std::string_view covered = octets.substr(0, octets.size() - rest.size());
    if (!take_number(rest, checksum) || checksum != xxh3(covered)) return std::nullopt;
    if (format > newest_format)
        throw StorageBroken("The mark of the log was written by a newer program (format " +
                            std::to_string(format) + ").");
    return block;
}

void check(const rocksdb::Status& status, const std::string& path, const char* what) {
    if (!status.ok())
        throw StorageBroken("The mark " + path + " cannot be " + what + ": " + words_of(status) +
                            ".");
}

// The newest sound block.
std::optional<Block> newest_block(const std::string& path, rocksdb::Env* files) {
    auto& system = file_system(files);
    const rocksdb::IOStatus there = system.FileExists(path, {}, nullptr);
    if (there.IsNotFound()) return std::nullopt;
    check(there, path, "read");
    std::unique_ptr<rocksdb::FSRandomAccessFile> file;
    check(system.NewRandomAccessFile(path, {}, &file, nullptr), path, "read");
    std::optional<Block> newest;
    for (std::uint64_t at : {std::size_t{0}, block_size}) {
        std::string octets(block_size, '\0');
        rocksdb::Slice read;
        check(file->Read(at, block_size, {}, &read, octets.data(), nullptr), path, "read");
        const auto block = block_from({read.data(), read.size()});
        if (block && (!newest || newest->sequence < block->sequence)) newest = block;
    }
    return newest;
}

}  // namespace

class LogMark::Open {
public:
    Open(const std::string& path, rocksdb::Env* files,
         std::function<void(const std::string& why)> failed)
        : failed_(std::move(failed)) {
        if (const auto newest = newest_block(path, files)) sequence_ = newest->sequence;
        check(file_system(files).NewRandomRWFile(path, {}, &file_, nullptr), path, "written");
        syncer_ = named_thread("kontor-mark", [this] { sync_loop(); });
    }
    ~Open() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        syncer_.join();
    }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

    void passed(const Marked& marked) {
        ++sequence_;
        const auto status =
            file_->Write(sequence_ % 2 * block_size, block_of(sequence_, marked), {}, nullptr);
        if (!status.ok()) return failed_(words_of(status));
        const std::lock_guard lock(mutex_);
        written_ = true;
        beside_ = false;
        wake_.notify_one();
    }
    void sync_now() {
        const std::lock_guard lock(mutex_);
        beside_ = true;
        if (written_) wake_.notify_one();
    }

private:
    void sync_loop() {
        constexpr auto idle = std::chrono::milliseconds(5);
        std::unique_lock lock(mutex_);
        while (true) {
            wake_.wait(lock, [&] { return stopping_ || written_; });
            wake_.wait_for(lock, idle, [&] { return stopping_ || beside_; });
            if (!written_) return;
            written_ = false;
            lock.unlock();
            const auto status = file_->Sync({}, nullptr);
            if (!status.ok()) failed_(words_of(status));
            lock.lock();
        }
    }

    const std::function<void(const std::string& why)> failed_;
    std::unique_ptr<rocksdb::FSRandomRWFile> file_;
    std::uint64_t sequence_ = 0;  // of who writes the log
    std::mutex mutex_;
    std::condition_variable wake_;
    bool written_ = false, beside_ = false, stopping_ = false;
    std::thread syncer_;
};

void LogMark::make(const std::string& path, rocksdb::Env* files, const Marked& marked) {
    auto& system = file_system(files);
    std::unique_ptr<rocksdb::FSWritableFile> file;
    check(system.NewWritableFile(path, {}, &file, nullptr), path, "made");
    check(file->Append(block_of(0, marked) + std::string(block_size, '\0'), {}, nullptr), path,
          "made");
    check(file->Fsync({}, nullptr), path, "made");
    check(file->Close({}, nullptr), path, "made");
}

std::optional<Marked> LogMark::read(const std::string& path, rocksdb::Env* files) {
    const auto newest = newest_block(path, files);
    if (!newest) return std::nullopt;
    return newest->marked;
}

LogMark::LogMark(const std::string& path, rocksdb::Env* files,
                 std::function<void(const std::string& why)> failed)
    : open_(std::make_unique<Open>(path, files, std::move(failed))) {}

LogMark::~LogMark() = default;

void LogMark::passed(const Marked& marked) { open_->passed(marked); }

void LogMark::sync_now() { open_->sync_now(); }

}  // namespace kontor
