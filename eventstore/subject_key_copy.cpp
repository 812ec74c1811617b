// Copy: magic "KCPY", format (4), hash of the log's first commit (32); for each person a state (1),
// the subject (16) and the key (32); at the end BLAKE2b-256 of all that. Numbers are big-endian.
#include "eventstore/subject_key_copy.h"

#include "eventstore/directory.h"
#include "eventstore/hashes.h"
#include "eventstore/log_keys.h"
#include "eventstore/subject_key_table.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

namespace kontor {
namespace {

namespace fs = std::filesystem;
using State = SubjectKeys::State;

constexpr std::string_view magic = "KCPY";
constexpr std::uint32_t newest_format = 1;
constexpr std::size_t head_size = 40, entry_size = 1 + 16 + SubjectKey::size;

std::string head_of(const Hash& log) {
    std::string head(magic);
    append_number(head, newest_format);
    return head.append(log.begin(), log.end());
}

class CopyFile {
public:
    CopyFile(std::string path, int flags)
        : path_(std::move(path)), file_(::open(path_.c_str(), flags | O_CLOEXEC, 0600)) {
        if (file_ < 0) refuse((flags & O_CREAT) != 0 ? "made" : "read", errno);
    }
    ~CopyFile() { ::close(file_); }
    CopyFile(const CopyFile&) = delete;
    CopyFile& operator=(const CopyFile&) = delete;

    void write(std::string_view octets) {
        hash_.add(octets);
        for (std::size_t at = 0; at < octets.size();) {
            const ssize_t written = ::write(file_, octets.data() + at, octets.size() - at);
            if (written < 0) refuse("written", errno);
            at += static_cast<std::size_t>(written);
        }
    }
    void finish() {
        const Hash hash = hash_.finish();
        write({reinterpret_cast<const char*>(hash.data()), hash.size()});
        if (::fsync(file_) != 0) refuse("made durable", errno);
        sync_directory(fs::absolute(path_).parent_path().string());
    }
    // As many octets as there are and were asked for.
    std::string read(std::size_t size) {
        std::string octets(size, '\0');
        std::size_t have = 0;
        while (have < size) {
            const ssize_t count = ::read(file_, octets.data() + have, size - have);
            if (count < 0) refuse("read", errno);
            if (count == 0) break;
            have += static_cast<std::size_t>(count);
        }
        octets.resize(have);
        return octets;
    }

    [[noreturn]] void refuse(std::string_view what, int error) const {
        throw StorageBroken("The copy of the keys " + path_ + " cannot be " + std::string(what) +
                            ": " + std::generic_category().message(error) + ".");
    }
    [[noreturn]] void wrong(std::string_view what) const {
        throw StorageBroken("The copy of the keys " + path_ + " " + std::string(what) + ".");
    }

private:
    const std::string path_;
    const int file_;
    Blake2b hash_;
};

void copy_all(const std::string& directory, CopyFile& copy, CopiedKeys& copied) {
    for (std::size_t number = 0;; ++number) {
        const std::string path = directory + "/" + std::to_string(number);
        if (!fs::exists(path)) return;
        SubjectKeyTable(path, SubjectKeyTable::Access::read)
            .each([&](State state, const NamedKey& key) {
                std::string entry(1, static_cast<char>(state));
                entry.append(key.subject.begin(), key.subject.end());
                entry.append(key.key.octets.begin(), key.key.octets.end());
                copy.write(entry);
                sodium_memzero(entry.data(), entry.size());
                ++(state == State::there ? copied.keys : copied.erased);
            });
    }
}

// How many there are, when all of it is as it was written.
std::uint64_t entries_in(const std::string& path, const Hash& log) {
    CopyFile file(path, O_RDONLY);
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    const std::size_t around = head_size + Hash{}.size();
    const std::string head = file.read(head_size);
    if (error || !std::string_view(head).starts_with(magic)) file.wrong("is none");
    const std::string expected = head_of(log);
    if (head.substr(0, 8) != expected.substr(0, 8)) file.wrong("was written by a newer program");
    if (size < around || (size - around) % entry_size != 0) file.wrong("is cut short");
    const std::uint64_t entries = (size - around) / entry_size;
    Blake2b hash;
    hash.add(head);
    for (std::uint64_t n = 0; n < entries; ++n) hash.add(file.read(entry_size));
    const Hash found = hash.finish();
    if (file.read(found.size()) != std::string(found.begin(), found.end()))
        file.wrong("is damaged: its checksum differs");
    if (head != expected) file.wrong("belongs to another log");
    return entries;
}

void put(SubjectKeys& keys, std::vector<NamedKey>& there, std::vector<SubjectName>& erased) {
    if (!there.empty()) keys.add(there);
    if (!erased.empty()) keys.destroy(erased);
    there.clear();
    erased.clear();
}

}  // namespace

CopiedKeys copy_subject_keys(const std::string& directory, const std::string& file,
                             const Hash& log) {
    CopiedKeys copied;
    CopyFile copy(file, O_WRONLY | O_CREAT | O_EXCL);
    try {
        copy.write(head_of(log));
        copy_all(directory, copy, copied);
        copy.finish();
    } catch (...) {
        ::unlink(file.c_str());
        throw;
    }
    return copied;
}

CopiedKeys restore_subject_keys(const std::string& file, const std::string& directory,
                                const Hash& log) {
    constexpr std::size_t most_at_once = 1'000;
    const std::uint64_t entries = entries_in(file, log);
    const auto keys = subject_key_files(directory);
    CopyFile copy(file, O_RDONLY);
    copy.read(head_size);
    CopiedKeys restored;
    std::vector<NamedKey> there;
    std::vector<SubjectName> erased;
    for (std::uint64_t n = 0; n < entries; ++n) {
        std::string entry = copy.read(entry_size);
        if (entry.size() != entry_size) copy.wrong("changes while it is read");
        NamedKey key;
        std::copy_n(entry.begin() + 1, key.subject.size(), key.subject.begin());
        std::copy_n(entry.begin() + 17, SubjectKey::size, key.key.octets.begin());
        const bool is_there = entry[0] == static_cast<char>(State::there);
        sodium_memzero(entry.data(), entry.size());
        ++(is_there ? restored.keys : restored.erased);
        if (is_there)
            there.push_back(key);
        else
            erased.push_back(key.subject);
        if (there.size() + erased.size() == most_at_once) put(*keys, there, erased);
    }
    put(*keys, there, erased);
    return restored;
}

}  // namespace kontor
