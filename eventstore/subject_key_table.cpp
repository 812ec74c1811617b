// How slots are found, checked and written over.
#include "eventstore/subject_key_table.h"

#include "eventstore/directory.h"
#include "eventstore/hashes.h"
#include "eventstore/log_keys.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kontor {
namespace {

constexpr std::string_view magic = "KKEY";
constexpr std::uint32_t newest_format = 1;
constexpr std::size_t page = 4096, slot_size = 64, subject_at = 8, key_at = 24, checksum_at = 56;
constexpr std::size_t salt_size = crypto_shorthash_KEYBYTES;

[[noreturn]] void refuse(const std::string& path, std::string_view what, int error) {
    throw StorageBroken("The keys of persons in " + path + " cannot be " + std::string(what) +
                        ": " + std::generic_category().message(error) + ".");
}

std::string header_of(std::uint64_t buckets) {
    std::string header(magic);
    append_number(header, newest_format);
    append_number(header, buckets);
    std::array<char, salt_size> salt;
    randombytes_buf(salt.data(), salt.size());
    header.append(salt.data(), salt.size());
    append_number(header, xxh3(header));
    header.resize(page);
    return header;
}

// Octets that held a key are wiped when they are let go.
class SlotOctets {
public:
    explicit SlotOctets(std::size_t size) : octets(size, '\0') {}
    ~SlotOctets() { sodium_memzero(octets.data(), octets.size()); }
    SlotOctets(const SlotOctets&) = delete;
    SlotOctets& operator=(const SlotOctets&) = delete;

    std::string octets;
};

struct Slot {
    SubjectKeys::State state;
    NamedKey key;
};

// Empty where the slot is damaged.
std::optional<Slot> slot_from(std::string_view octets) {
    std::string_view checked = octets.substr(checksum_at, 8);
    std::uint64_t checksum = 0;
    take_number(checked, checksum);
    if (checksum != xxh3(octets.substr(0, checksum_at)) || octets[0] < 0 || octets[0] > 2)
        return std::nullopt;
    Slot slot{static_cast<SubjectKeys::State>(octets[0]), {}};
    std::copy_n(octets.begin() + subject_at, slot.key.subject.size(), slot.key.subject.begin());
    std::copy_n(octets.begin() + key_at, SubjectKey::size, slot.key.key.octets.begin());
    return slot;
}

bool is_free(std::string_view slot) {
    return slot.find_first_not_of('\0') == std::string_view::npos;
}

bool write_at(int file, std::string_view octets, std::uint64_t at) {
    const ssize_t written = ::pwrite(file, octets.data(), octets.size(), static_cast<off_t>(at));
    if (written >= 0 && static_cast<std::size_t>(written) != octets.size()) errno = ENOSPC;
    return written == static_cast<ssize_t>(octets.size());
}

}  // namespace

void SubjectKeyTable::make(const std::string& path, std::uint64_t buckets) {
    const std::string forming = path + ".new";
    const int file = ::open(forming.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const auto size = static_cast<off_t>((buckets + 1) * page);
    // It has its blocks from the beginning: where a key is written it is also written over.
    int error = file < 0 ? errno : ::posix_fallocate(file, 0, size);
    const bool made = error == 0 && ::fchmod(file, 0600) == 0 &&
                      write_at(file, header_of(buckets), 0) && ::fsync(file) == 0 &&
                      ::rename(forming.c_str(), path.c_str()) == 0;
    if (!made && error == 0) error = errno;
    if (file >= 0) ::close(file);
    if (!made) refuse(path, "made", error);
    sync_directory(std::filesystem::path(path).parent_path().string());
}

SubjectKeyTable::SubjectKeyTable(std::string path, Access access)
    : path_(std::move(path)),
      file_(::open(path_.c_str(), (access == Access::write ? O_RDWR : O_RDONLY) | O_CLOEXEC)) {
    if (file_ < 0) refuse(path_, "opened", errno);
    std::string header(page, '\0');
    std::uint32_t format = 0;
    std::uint64_t checksum = 0;
    try {
        read(0, header);
        std::string_view rest = header;
        if (!rest.starts_with(magic)) broken("it does not begin with KKEY");
        rest.remove_prefix(magic.size());
        take_number(rest, format);
        if (format > newest_format)
            broken("it was written by a newer program (format " + std::to_string(format) + ")");
        take_number(rest, buckets_);
        salt_ = rest.substr(0, salt_size);
        rest.remove_prefix(salt_size);
        const std::string_view covered = std::string_view(header).substr(0, page - rest.size());
        take_number(rest, checksum);
        if (checksum != xxh3(covered) || buckets_ == 0) broken("the checksum of its head differs");
    } catch (const StorageBroken&) {
        ::close(file_);
        throw;
    }
}

SubjectKeyTable::SubjectKeyTable(SubjectKeyTable&& other) noexcept
    : path_(other.path_),
      file_(std::exchange(other.file_, -1)),
      buckets_(other.buckets_),
      salt_(other.salt_) {}

SubjectKeyTable::~SubjectKeyTable() {
    if (file_ >= 0) ::close(file_);
}

void SubjectKeyTable::broken(std::string_view what) const {
    throw StorageBroken("The file of keys " + path_ + " is damaged: " + std::string(what) + ".");
}

void SubjectKeyTable::read(std::uint64_t at, std::string& octets) const {
    const ssize_t count = ::pread(file_, octets.data(), octets.size(), static_cast<off_t>(at));
    if (count < 0) refuse(path_, "read", errno);
    if (static_cast<std::size_t>(count) != octets.size()) broken("it is cut short");
}

// Ids are chosen by clients, who must not be able to choose the bucket: it is salted.
std::uint64_t SubjectKeyTable::bucket_of(const SubjectName& subject) const {
    std::array<unsigned char, crypto_shorthash_BYTES> hash;
    crypto_shorthash(hash.data(), subject.data(), subject.size(),
                     reinterpret_cast<const unsigned char*>(salt_.data()));
    std::uint64_t number = 0;
    for (const unsigned char octet : hash) number = number << 8 | octet;
    return number % buckets_;
}

SubjectKeyTable::Looked SubjectKeyTable::look(const SubjectName& subject) const {
    const std::uint64_t bucket = (1 + bucket_of(subject)) * page;
    SlotOctets read_page(page);
    read(bucket, read_page.octets);
    Looked looked;
    for (std::size_t at = 0; at < page; at += slot_size) {
        const auto octets = std::string_view(read_page.octets).substr(at, slot_size);
        if (is_free(octets)) {
            if (!looked.free) looked.free = {bucket + at};
            continue;
        }
        const auto slot = slot_from(octets);
        if (!slot) looked.damaged = true;
        if (!slot || slot->key.subject != subject) continue;
        looked.slot = {bucket + at};
        looked.found = {slot->state, slot->key.key};
        break;
    }
    return looked;
}

void SubjectKeyTable::put(Place place, SubjectKeys::State state, const NamedKey& key) {
    SlotOctets slot(0);
    std::string& octets = slot.octets;
    octets.reserve(slot_size);
    octets += static_cast<char>(state);
    octets.resize(subject_at);
    octets.append(key.subject.begin(), key.subject.end());
    octets.append(key.key.octets.begin(), key.key.octets.end());
    append_number(octets, xxh3(octets));
    if (!write_at(file_, octets, place.at)) refuse(path_, "written", errno);
}

void SubjectKeyTable::sync() {
    if (::fdatasync(file_) != 0) refuse(path_, "made durable", errno);
}

void SubjectKeyTable::each(
    const std::function<void(SubjectKeys::State, const NamedKey&)>& call) const {
    SlotOctets read_page(page);
    for (std::uint64_t bucket = 0; bucket < buckets_; ++bucket) {
        read((1 + bucket) * page, read_page.octets);
        for (std::size_t at = 0; at < page; at += slot_size) {
            const auto octets = std::string_view(read_page.octets).substr(at, slot_size);
            if (is_free(octets)) continue;
            auto slot = slot_from(octets);
            // Another process may have been writing it at this very moment.
            for (int again = 0; !slot && again < 10; ++again) {
                SlotOctets anew(slot_size);
                read((1 + bucket) * page + at, anew.octets);
                slot = slot_from(anew.octets);
            }
            if (!slot) broken("a key cannot be read");
            call(slot->state, slot->key);
        }
    }
}

}  // namespace kontor
