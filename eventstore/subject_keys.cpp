// The tables of keys of one directory, and the same in memory.
#include "eventstore/subject_keys.h"

#include "domain/core/ensure.h"
#include "eventstore/directory.h"
#include "eventstore/hashes.h"
#include "eventstore/log_keys.h"
#include "eventstore/subject_key_table.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kontor {
namespace {

namespace fs = std::filesystem;
using State = SubjectKeys::State;

class MemoryKeys final : public SubjectKeys {
public:
    Found find(const SubjectName& subject) const override {
        const std::lock_guard lock(mutex_);
        const auto found = keys_.find(subject);
        return found == keys_.end() ? Found{} : found->second;
    }
    void add(const std::vector<NamedKey>& keys) override {
        const std::lock_guard lock(mutex_);
        for (const NamedKey& key : keys) {
            const bool added = keys_.try_emplace(key.subject, Found{State::there, key.key}).second;
            ensure(added, "a person has one key");
        }
    }
    void destroy(const std::vector<SubjectName>& subjects) override {
        const std::lock_guard lock(mutex_);
        for (const SubjectName& subject : subjects) keys_[subject] = {State::erased, {}};
    }
    Position erased_to() const override {
        const std::lock_guard lock(mutex_);
        return erased_to_;
    }
    void erased_to(Position position) override {
        const std::lock_guard lock(mutex_);
        erased_to_ = position;
    }

private:
    mutable std::mutex mutex_;
    std::map<SubjectName, Found> keys_;
    Position erased_to_ = 0;
};

// "KERA", the position, XXH3-64 of both: one that cannot be read says 0, and the log is looked
// through once more.
constexpr std::string_view mark_magic = "KERA";

std::string mark_octets(Position position) {
    std::string octets(mark_magic);
    append_number(octets, position);
    append_number(octets, xxh3(octets));
    return octets;
}

Position mark_in(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string octets((std::istreambuf_iterator<char>(file)), {});
    std::string_view rest = octets;
    Position position = 0;
    if (!rest.starts_with(mark_magic)) return 0;
    rest.remove_prefix(mark_magic.size());
    return take_number(rest, position) && octets == mark_octets(position) ? position : 0;
}

class KeyFiles final : public SubjectKeys {
public:
    explicit KeyFiles(std::string directory) : directory_(std::move(directory)) {
        make_directory();
        while (fs::exists(table_path(tables_.size())))
            tables_.emplace_back(table_path(tables_.size()), SubjectKeyTable::Access::write);
        // A table with no keys in it yet, or a mark: nothing that anybody needs.
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(directory_, ignored))
            if (entry.path().extension() == ".new") fs::remove(entry.path(), ignored);
        if (tables_.empty()) add_table();
        erased_to_ = mark_in(mark_path());
    }

    Found find(const SubjectName& subject) const override {
        const std::lock_guard lock(mutex_);
        return place_of(subject).looked.found;
    }
    void add(const std::vector<NamedKey>& keys) override {
        std::set<SubjectKeyTable*> changed;
        for (const NamedKey& key : keys) {
            const std::lock_guard lock(mutex_);
            const Placed placed = place_of(key.subject);
            ensure(!placed.looked.slot, "a person has one key");
            changed.insert(put(placed, State::there, key));
        }
        for (SubjectKeyTable* table : changed) table->sync();
    }
    void destroy(const std::vector<SubjectName>& subjects) override {
        std::set<SubjectKeyTable*> changed;
        for (const SubjectName& subject : subjects) {
            const std::lock_guard lock(mutex_);
            changed.insert(put(place_of(subject), State::erased, {subject, {}}));
        }
        for (SubjectKeyTable* table : changed) table->sync();
    }
    Position erased_to() const override { return erased_to_; }
    void erased_to(Position position) override {
        if (position == erased_to_) return;
        write_mark(position);
        erased_to_ = position;
    }

private:
    static constexpr std::uint64_t first_buckets = 16;

    struct Placed {
        std::size_t table = 0;
        SubjectKeyTable::Looked looked;
    };

    std::string table_path(std::size_t number) const {
        return directory_ + "/" + std::to_string(number);
    }
    std::string mark_path() const { return directory_ + "/mark"; }

    void make_directory() const {
        if (::mkdir(directory_.c_str(), 0700) != 0 && errno != EEXIST)
            throw StorageBroken("The directory of keys " + directory_ +
                                " cannot be made: " + std::generic_category().message(errno) + ".");
        ::chmod(directory_.c_str(), 0700);
        sync_directory(fs::path(directory_).parent_path().string());
    }
    void add_table() {
        std::uint64_t buckets = first_buckets;
        for (std::size_t number = 0; number < tables_.size(); ++number) buckets *= 4;
        const std::string path = table_path(tables_.size());
        SubjectKeyTable::make(path, buckets);
        tables_.emplace_back(path, SubjectKeyTable::Access::write);
    }
    // Under the lock: the subject's slot, or else where it could be put. Slots are never given
    // back, so where a bucket has room no later table has anything of it.
    Placed place_of(const SubjectName& subject) const {
        bool damaged = false;
        for (std::size_t number = 0; number < tables_.size(); ++number) {
            Placed placed{number, tables_[number].look(subject)};
            if (placed.looked.slot) return placed;
            damaged = damaged || placed.looked.damaged;
            if (!placed.looked.free) continue;
            if (!damaged) return placed;
            break;
        }
        // It may be the key that is asked for: to take the person for a new one, or for an erased
        // one, would be worse than to say so.
        if (damaged)
            throw StorageBroken("A key in " + directory_ +
                                " cannot be read; put the keys back from their copy.");
        return {tables_.size(), {}};
    }
    SubjectKeyTable* put(const Placed& placed, State state, const NamedKey& key) {
        const auto write = [&](std::size_t number, SubjectKeyTable::Place place) {
            tables_[number].put(place, state, key);
            return &tables_[number];
        };
        if (placed.looked.slot) return write(placed.table, placed.looked.slot);
        if (placed.looked.free) return write(placed.table, placed.looked.free);
        add_table();
        return write(placed.table, tables_.back().look(key.subject).free);
    }
    void write_mark(Position position) const {
        const int file = ::open(mark_path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        const std::string octets = mark_octets(position);
        const bool written = file >= 0 &&
                             ::pwrite(file, octets.data(), octets.size(), 0) ==
                                 static_cast<ssize_t>(octets.size()) &&
                             ::fdatasync(file) == 0;
        const int error = errno;
        if (file >= 0) ::close(file);
        if (!written)
            throw StorageBroken(mark_path() + " cannot be written: " +
                                std::generic_category().message(error) + ".");
    }

    const std::string directory_;
    mutable std::mutex mutex_;
    std::deque<SubjectKeyTable> tables_;  // they stay where they are while others are added
    std::atomic<Position> erased_to_ = 0;
};

}  // namespace

SubjectName name_of(const Subject& subject) {
    std::string octets(subject.thing);
    octets += '\0';
    append_number(octets, subject.id.high);
    append_number(octets, subject.id.low);
    const Hash hash = blake2b(octets);
    SubjectName name;
    std::copy_n(hash.begin(), name.size(), name.begin());
    return name;
}

std::unique_ptr<SubjectKeys> memory_subject_keys() { return std::make_unique<MemoryKeys>(); }

std::unique_ptr<SubjectKeys> subject_key_files(const std::string& directory) {
    return std::make_unique<KeyFiles>(directory);
}

std::unique_ptr<SubjectKeys> subject_keys_of(const Catalog& catalog, const std::string& data) {
    return catalog.personal() ? subject_key_files(data + "/keys") : nullptr;
}

}  // namespace kontor
