// One file of keys: slots that are written once with a key, and once more to destroy it.
//
// A key lies in exactly one place for as long as it is, and is destroyed by writing over it there.
// So nothing may ever move or copy it: no log, no merging of levels, no growing table. A table has
// its size from the beginning, and when a bucket of it is full the next table takes the rest.
//
//    page 0      magic "KKEY", format (4), number of buckets (8), salt (16), XXH3-64 of these (8)
//    page 1 + n  bucket n: 64 slots of 64 octets
//    slot        state (1), zeros (7), subject (16), key (32), XXH3-64 of these (8)
//
// Numbers are big-endian. A slot never crosses a sector, which disks write whole.
#pragma once

#include "eventstore/subject_keys.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace kontor {

class SubjectKeyTable {
public:
    enum class Access : std::uint8_t { read, write };

    // A new file, whole or not there at all; durable when it returns. Throws StorageBroken.
    static void make(const std::string& path, std::uint64_t buckets);

    SubjectKeyTable(std::string path, Access access);
    ~SubjectKeyTable();
    SubjectKeyTable(SubjectKeyTable&& other) noexcept;
    SubjectKeyTable& operator=(SubjectKeyTable&&) = delete;

    struct Place {
        std::uint64_t at = 0;  // of a slot in the file; 0: none
        explicit operator bool() const { return at != 0; }
    };
    struct Looked {
        Place slot{};          // of the subject
        Place free{};          // else where it could be put
        bool damaged = false;  // a slot cannot be read, and may be the subject's
        SubjectKeys::Found found{};
    };
    Looked look(const SubjectName& subject) const;
    void put(Place place, SubjectKeys::State state, const NamedKey& key);
    void sync();
    // Every slot in use; a process may write them meanwhile.
    void each(const std::function<void(SubjectKeys::State, const NamedKey&)>& call) const;

private:
    std::uint64_t bucket_of(const SubjectName& subject) const;
    void read(std::uint64_t at, std::string& octets) const;
    [[noreturn]] void broken(std::string_view what) const;

    const std::string path_;
    int file_ = -1;
    std::uint64_t buckets_ = 0;
    std::string salt_;
};

}  // namespace kontor
