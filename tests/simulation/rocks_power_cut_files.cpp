// How a RocksDB file system remembers what is not synced, and forgets it when the power is cut.
#include "tests/simulation/power_cut_files.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace kontor::simulation {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;
using Trouble = PowerCutFiles::Trouble;
using Lost = PowerCutFiles::Lost;

// What a disk writes wholly or not at all.
constexpr std::size_t sector = 512;

// A file apart from its names: what of it is not on the disk.
struct Contents {
    std::string path;          // its newest name
    std::uint64_t size = 0;    // as programs see it
    std::uint64_t synced = 0;  // what lies behind was never synced
    struct Overwritten {
        std::uint64_t at = 0;
        std::string before;
        bool dropped = false;  // a failed sync took it; a later one does not write it
    };
    std::vector<Overwritten> overwritten;  // of what was synced, in order
    struct Range {
        std::uint64_t from = 0, to = 0;
    };
    std::vector<Range> dropped;  // the same behind what was synced
};
using File = std::shared_ptr<Contents>;

// What happened to a name of a directory since it was synced.
struct NameChange {
    std::string name;   // that is there now; empty when it was removed
    std::string from;   // that was there before, and is not any more; empty when it is a new file
    std::string saved;  // where the file lies whose place was taken, or that was removed
    std::string place;  // the name that it had
    File file;          // that file
};

std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

// RocksDB writes some paths with two slashes.
std::string plain(const std::string& path) {
    std::string one;
    for (const char c : path)
        if (c != '/' || one.empty() || one.back() != '/') one += c;
    return one;
}

std::string octets_of(const std::string& path, std::uint64_t at, std::size_t size) {
    std::ifstream file(path, std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    std::string octets(size, '\0');
    file.read(octets.data(), static_cast<std::streamsize>(size));
    octets.resize(static_cast<std::size_t>(file.gcount()));
    return octets;
}

IOStatus no_power() { return IOStatus::IOError("the power is gone"); }

// What is behind the last synced octet, as it may be found after a cut; `sound` is as far as it is
// what was written.
std::string tail_after(std::string octets, std::size_t from, test::Dice& dice, std::size_t& sound) {
    sound = octets.size();
    const std::size_t unsynced = octets.size() - from;
    if (unsynced == 0) return octets;
    std::size_t stay = dice.below(unsynced + 1);
    if (dice.one_in(3)) stay = dice.one_in(2) ? 0 : unsynced;
    sound = from + stay;
    const auto begin = octets.begin() + static_cast<std::ptrdiff_t>(from + stay);
    switch (dice.below(5)) {
        case 0: std::fill(begin, octets.end(), '\0'); break;  // its length came, its octets not
        case 1:                                               // sectors are written in any order
            for (std::size_t at = from + stay; at < octets.size(); at += sector)
                if (dice.one_in(2))
                    octets.replace(at, std::min(sector, octets.size() - at),
                                   std::min(sector, octets.size() - at), '\0');
            break;
        case 2:  // what was on the disk there before
            for (auto octet = begin; octet != octets.end(); ++octet)
                *octet = static_cast<char>(dice.next());
            break;
        default: octets.resize(from + stay);
    }
    return octets;
}

}  // namespace

class CutDisk final : public rocksdb::FileSystemWrapper {
public:
    CutDisk(const std::string& directory, bool synced)
        : FileSystemWrapper(FileSystem::Default()), saved_(directory + "/saved"), syncs_(synced) {
        std::filesystem::create_directories(saved_);
    }

    const char* Name() const override { return "power_cut_files"; }

    IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                             std::unique_ptr<rocksdb::FSWritableFile>* result,
                             IODebugContext* context) override;
    IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                                std::unique_ptr<rocksdb::FSWritableFile>* result,
                                IODebugContext* context) override;
    IOStatus ReuseWritableFile(const std::string& path, const std::string& old_path,
                               const FileOptions& options,
                               std::unique_ptr<rocksdb::FSWritableFile>* result,
                               IODebugContext* context) override;
    IOStatus NewRandomRWFile(const std::string& path, const FileOptions& options,
                             std::unique_ptr<rocksdb::FSRandomRWFile>* result,
                             IODebugContext* context) override;
    IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                          std::unique_ptr<rocksdb::FSDirectory>* result,
                          IODebugContext* context) override;
    IOStatus DeleteFile(const std::string& path, const IOOptions& options,
                        IODebugContext* context) override;
    IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                        IODebugContext* context) override;
    IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* context) override;
    // Written behind our back, so there is no such thing.
    IOStatus NewMemoryMappedFileBuffer(const std::string&,
                                       std::unique_ptr<rocksdb::MemoryMappedFileBuffer>*) override {
        return IOStatus::NotSupported();
    }
    IOStatus Truncate(const std::string&, size_t, const IOOptions&, IODebugContext*) override {
        return IOStatus::NotSupported();
    }

    // What open files do; `to_disk` does it to the real file.
    using ToDisk = std::function<IOStatus(const Slice& octets)>;
    IOStatus write(Contents& file, std::uint64_t at, const Slice& octets, const ToDisk& to_disk);
    IOStatus sync(Contents& file);
    IOStatus cut_short(Contents& file, std::uint64_t size,
                       const std::function<IOStatus()>& to_disk);
    IOStatus sync_names(const std::string& directory);

    void plan(Trouble trouble, std::uint64_t changes, std::uint64_t seed);
    bool in_trouble() const;
    Trouble trouble() const { return trouble_; }
    void restart();
    Lost cut(test::Dice& dice);
    std::size_t mend_manifests();

private:
    enum class Step : std::uint8_t { goes_on, is_the_last, fails };
    enum class Change : std::uint8_t { of_octets, of_names, sync };
    Step step(Change change);
    IOStatus name_changed(NameChange change, Step step);
    File file_at(const std::string& path);
    void save(const std::string& path, NameChange& change);
    void undo(const NameChange& change);
    std::uint64_t forget_names(test::Dice& dice);
    void forget_octets(const std::string& path, const Contents& file, test::Dice& dice, Lost& lost);

    const std::string saved_;
    const bool syncs_;
    mutable std::mutex mutex_;
    std::map<std::string, File> files_;                     // by name
    std::map<std::string, std::vector<NameChange>> names_;  // by directory
    std::uint64_t next_saved_ = 0;
    Trouble trouble_ = Trouble::power_cut;
    std::uint64_t to_go_ = 0;  // changes until the trouble; 0: none is planned
    bool in_trouble_ = false;
    test::Dice whims_{0};
    std::map<std::string, std::size_t> torn_manifests_;  // with the size of what is sound
};

namespace {

class CutWritable final : public rocksdb::FSWritableFileOwnerWrapper {
public:
    CutWritable(std::unique_ptr<rocksdb::FSWritableFile> target, CutDisk& disk, File file,
                std::uint64_t at)
        : FSWritableFileOwnerWrapper(std::move(target)),
          disk_(disk),
          file_(std::move(file)),
          at_(at) {}

    IOStatus Append(const Slice& octets, const IOOptions& options,
                    IODebugContext* context) override {
        const IOStatus status = disk_.write(*file_, at_, octets, [&](const Slice& taken) {
            return target()->Append(taken, options, context);
        });
        if (status.ok()) at_ += octets.size();
        return status;
    }
    IOStatus Append(const Slice& octets, const IOOptions& options,
                    const rocksdb::DataVerificationInfo&, IODebugContext* context) override {
        return Append(octets, options, context);
    }
    IOStatus PositionedAppend(const Slice& octets, uint64_t at, const IOOptions& options,
                              IODebugContext* context) override {
        return disk_.write(*file_, at, octets, [&](const Slice& taken) {
            return target()->PositionedAppend(taken, at, options, context);
        });
    }
    IOStatus PositionedAppend(const Slice& octets, uint64_t at, const IOOptions& options,
                              const rocksdb::DataVerificationInfo&,
                              IODebugContext* context) override {
        return PositionedAppend(octets, at, options, context);
    }
    IOStatus Truncate(uint64_t size, const IOOptions& options, IODebugContext* context) override {
        const IOStatus status = disk_.cut_short(
            *file_, size, [&] { return target()->Truncate(size, options, context); });
        if (status.ok()) at_ = size;
        return status;
    }
    IOStatus Sync(const IOOptions&, IODebugContext*) override { return disk_.sync(*file_); }
    IOStatus Fsync(const IOOptions&, IODebugContext*) override { return disk_.sync(*file_); }
    // Promises nothing.
    IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
        return IOStatus::OK();
    }
    void PrepareWrite(size_t, size_t, const IOOptions&, IODebugContext*) override {}
    IOStatus Allocate(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
        return IOStatus::OK();
    }

private:
    CutDisk& disk_;
    const File file_;
    std::uint64_t at_;
};

class CutRandomRw final : public rocksdb::FSRandomRWFileOwnerWrapper {
public:
    CutRandomRw(std::unique_ptr<rocksdb::FSRandomRWFile> file, CutDisk& disk, File contents)
        : FSRandomRWFileOwnerWrapper(std::move(file)),
          disk_(disk),
          contents_(std::move(contents)) {}

    IOStatus Write(uint64_t at, const Slice& octets, const IOOptions& options,
                   IODebugContext* context) override {
        return disk_.write(*contents_, at, octets, [&](const Slice& taken) {
            return target()->Write(at, taken, options, context);
        });
    }
    IOStatus Sync(const IOOptions&, IODebugContext*) override { return disk_.sync(*contents_); }
    IOStatus Fsync(const IOOptions&, IODebugContext*) override { return disk_.sync(*contents_); }

private:
    CutDisk& disk_;
    const File contents_;
};

class CutDirectory final : public rocksdb::FSDirectoryWrapper {
public:
    CutDirectory(std::unique_ptr<rocksdb::FSDirectory> target, CutDisk& disk, std::string path)
        : FSDirectoryWrapper(std::move(target)), disk_(disk), path_(std::move(path)) {}

    IOStatus Fsync(const IOOptions&, IODebugContext*) override { return disk_.sync_names(path_); }
    IOStatus FsyncWithDirOptions(const IOOptions&, IODebugContext*,
                                 const rocksdb::DirFsyncOptions&) override {
        return disk_.sync_names(path_);
    }

private:
    CutDisk& disk_;
    const std::string path_;
};

// RocksDB sleeps a second after a job in the background failed, and closing waits for it.
class SleeplessEnv final : public rocksdb::EnvWrapper {
public:
    explicit SleeplessEnv(std::unique_ptr<rocksdb::Env> files)
        : rocksdb::EnvWrapper(std::move(files)) {}
    void SleepForMicroseconds(int) override {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
};

}  // namespace

// Under the lock. Trouble of one kind waits for a change that can meet it.
CutDisk::Step CutDisk::step(Change change) {
    if (in_trouble_ && trouble_ == Trouble::power_cut) return Step::fails;
    if (in_trouble_ && trouble_ == Trouble::disk_full && change == Change::of_octets)
        return Step::fails;
    if (to_go_ == 0 || --to_go_ > 0) return Step::goes_on;
    const bool meets = trouble_ == Trouble::power_cut ||
                       (trouble_ == Trouble::sync_fails && change == Change::sync) ||
                       (trouble_ == Trouble::disk_full && change == Change::of_octets);
    if (!meets) {
        to_go_ = 1;
        return Step::goes_on;
    }
    in_trouble_ = true;
    return Step::is_the_last;
}

// Under the lock. What lies there and is not known yet was synced before we looked.
File CutDisk::file_at(const std::string& path) {
    File& file = files_[path];
    if (!file) {
        file = std::make_shared<Contents>();
        file->path = path;
        std::error_code none;
        const auto size = std::filesystem::file_size(path, none);
        file->size = file->synced = none ? 0 : size;
    }
    return file;
}

// Under the lock. Keeps the file at a path, if there is one, for when the change is undone.
void CutDisk::save(const std::string& path, NameChange& change) {
    if (!std::filesystem::exists(path)) return;
    change.place = path;
    change.saved = saved_ + "/" + std::to_string(++next_saved_);
    change.file = file_at(path);
    std::filesystem::rename(path, change.saved);
    files_.erase(path);
}

// Under the lock.
IOStatus CutDisk::name_changed(NameChange change, Step step) {
    const std::string& path = change.name.empty() ? change.place : change.name;
    names_[directory_of(path)].push_back(std::move(change));
    return step == Step::is_the_last ? no_power() : IOStatus::OK();
}

IOStatus CutDisk::NewWritableFile(const std::string& name, const FileOptions& options,
                                  std::unique_ptr<rocksdb::FSWritableFile>* result,
                                  IODebugContext* context) {
    const std::string path = plain(name);
    const std::lock_guard lock(mutex_);
    const Step step = this->step(Change::of_names);
    if (step == Step::fails) return no_power();
    NameChange change;
    change.name = path;
    save(path, change);
    torn_manifests_.erase(path);
    std::unique_ptr<rocksdb::FSWritableFile> target;
    const IOStatus status = FileSystemWrapper::NewWritableFile(path, options, &target, context);
    if (!status.ok()) return status;
    *result = std::make_unique<CutWritable>(std::move(target), *this, file_at(path), 0);
    return name_changed(std::move(change), step);
}

IOStatus CutDisk::ReopenWritableFile(const std::string& name, const FileOptions& options,
                                     std::unique_ptr<rocksdb::FSWritableFile>* result,
                                     IODebugContext* context) {
    const std::string path = plain(name);
    if (!std::filesystem::exists(path)) return NewWritableFile(path, options, result, context);
    const std::lock_guard lock(mutex_);
    const File file = file_at(path);
    std::unique_ptr<rocksdb::FSWritableFile> target;
    const IOStatus status = FileSystemWrapper::ReopenWritableFile(path, options, &target, context);
    if (status.ok())
        *result = std::make_unique<CutWritable>(std::move(target), *this, file, file->size);
    return status;
}

IOStatus CutDisk::ReuseWritableFile(const std::string& name, const std::string& old_name,
                                    const FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    IODebugContext* context) {
    const std::string path = plain(name);
    const IOStatus renamed = RenameFile(old_name, path, options.io_options, context);
    if (!renamed.ok()) return renamed;
    const std::lock_guard lock(mutex_);
    std::unique_ptr<rocksdb::FSWritableFile> target;
    const IOStatus status =
        FileSystemWrapper::ReuseWritableFile(path, path, options, &target, context);
    if (status.ok())
        *result = std::make_unique<CutWritable>(std::move(target), *this, file_at(path), 0);
    return status;
}

IOStatus CutDisk::NewRandomRWFile(const std::string& name, const FileOptions& options,
                                  std::unique_ptr<rocksdb::FSRandomRWFile>* result,
                                  IODebugContext* context) {
    const std::string path = plain(name);
    const std::lock_guard lock(mutex_);
    std::unique_ptr<rocksdb::FSRandomRWFile> target;
    const IOStatus status = FileSystemWrapper::NewRandomRWFile(path, options, &target, context);
    if (status.ok())
        *result = std::make_unique<CutRandomRw>(std::move(target), *this, file_at(path));
    return status;
}

IOStatus CutDisk::NewDirectory(const std::string& path, const IOOptions& options,
                               std::unique_ptr<rocksdb::FSDirectory>* result,
                               IODebugContext* context) {
    std::unique_ptr<rocksdb::FSDirectory> target;
    const IOStatus status = FileSystemWrapper::NewDirectory(path, options, &target, context);
    std::string directory = plain(path);
    if (directory.ends_with('/')) directory.pop_back();
    if (status.ok())
        *result = std::make_unique<CutDirectory>(std::move(target), *this, std::move(directory));
    return status;
}

IOStatus CutDisk::DeleteFile(const std::string& name, const IOOptions&, IODebugContext*) {
    const std::string path = plain(name);
    const std::lock_guard lock(mutex_);
    if (!std::filesystem::exists(path)) return IOStatus::PathNotFound(path);
    const Step step = this->step(Change::of_names);
    if (step == Step::fails) return no_power();
    NameChange change;
    save(path, change);
    return name_changed(std::move(change), step);
}

IOStatus CutDisk::RenameFile(const std::string& from_name, const std::string& to_name,
                             const IOOptions&, IODebugContext*) {
    const std::string from = plain(from_name), to = plain(to_name);
    const std::lock_guard lock(mutex_);
    if (!std::filesystem::exists(from)) return IOStatus::PathNotFound(from);
    const Step step = this->step(Change::of_names);
    if (step == Step::fails) return no_power();
    NameChange change;
    change.name = to;
    change.from = from;
    save(to, change);
    const File file = file_at(from);
    std::filesystem::rename(from, to);
    files_.erase(from);
    files_[to] = file;
    file->path = to;
    return name_changed(std::move(change), step);
}

IOStatus CutDisk::LinkFile(const std::string& from_name, const std::string& to_name,
                           const IOOptions&, IODebugContext*) {
    const std::string from = plain(from_name), to = plain(to_name);
    const std::lock_guard lock(mutex_);
    const Step step = this->step(Change::of_names);
    if (step == Step::fails) return no_power();
    std::error_code error;
    std::filesystem::create_hard_link(from, to, error);
    if (error) return IOStatus::IOError(to, error.message());
    files_[to] = file_at(from);
    NameChange change;
    change.name = to;
    return name_changed(std::move(change), step);
}

IOStatus CutDisk::write(Contents& file, std::uint64_t at, const Slice& octets,
                        const ToDisk& to_disk) {
    const std::lock_guard lock(mutex_);
    const Step step = this->step(Change::of_octets);
    if (step == Step::fails)
        return trouble_ == Trouble::disk_full ? IOStatus::NoSpace("the disk is full") : no_power();
    const bool full = step == Step::is_the_last && trouble_ == Trouble::disk_full;
    const Slice taken(octets.data(), full ? whims_.below(octets.size() + 1) : octets.size());
    if (at < file.synced && !taken.empty()) {
        const std::uint64_t end = std::min(file.synced, at + taken.size());
        std::erase_if(file.overwritten, [&](const Contents::Overwritten& earlier) {
            return earlier.dropped && earlier.at >= at && earlier.at + earlier.before.size() <= end;
        });
        file.overwritten.push_back(
            {at, octets_of(file.path, at, static_cast<std::size_t>(end - at)), false});
    }
    const IOStatus status = to_disk(taken);
    if (!status.ok()) return status;
    file.size = std::max(file.size, at + taken.size());
    if (full) return IOStatus::NoSpace("the disk is full");
    return step == Step::is_the_last ? no_power() : IOStatus::OK();
}

// Linux marks pages as clean when it could not write them, so that the next sync finds nothing to
// do and says that all is well; programs see them as they are until the machine ends.
IOStatus CutDisk::sync(Contents& file) {
    const std::lock_guard lock(mutex_);
    const Step step = this->step(Change::sync);
    if (step == Step::fails) return no_power();
    const bool fails = step == Step::is_the_last;
    if (fails && trouble_ == Trouble::sync_fails) {
        if (whims_.one_in(2)) {
            if (file.size > file.synced) file.dropped.push_back({file.synced, file.size});
            for (Contents::Overwritten& one : file.overwritten) one.dropped = true;
        }
        return IOStatus::IOError("the disk could not be written (EIO)");
    }
    const bool of_log = file.path.ends_with(".log") || file.path.ends_with("/mark");
    if ((syncs_ || !of_log) && (!fails || whims_.one_in(2))) {
        file.synced = file.size;
        std::erase_if(file.overwritten,
                      [](const Contents::Overwritten& one) { return !one.dropped; });
    }
    return fails ? no_power() : IOStatus::OK();
}

IOStatus CutDisk::cut_short(Contents& file, std::uint64_t size,
                            const std::function<IOStatus()>& to_disk) {
    const std::lock_guard lock(mutex_);
    const Step step = this->step(Change::of_octets);
    if (step == Step::fails) return no_power();
    if (size < file.synced) {
        const auto gone = static_cast<std::size_t>(file.synced - size);
        file.overwritten.push_back({size, octets_of(file.path, size, gone), false});
        file.synced = size;
    }
    file.size = size;
    const IOStatus status = to_disk();
    return status.ok() && step == Step::is_the_last ? no_power() : status;
}

IOStatus CutDisk::sync_names(const std::string& directory) {
    const std::lock_guard lock(mutex_);
    const Step step = this->step(Change::sync);
    if (step == Step::fails) return no_power();
    const bool fails = step == Step::is_the_last;
    if (fails && trouble_ == Trouble::sync_fails)
        return IOStatus::IOError("the disk could not be written (EIO)");
    if (!fails || whims_.one_in(2)) {
        for (const NameChange& change : names_[directory])
            if (!change.saved.empty()) std::filesystem::remove(change.saved);
        names_.erase(directory);
    }
    return fails ? no_power() : IOStatus::OK();
}

void CutDisk::plan(Trouble trouble, std::uint64_t changes, std::uint64_t seed) {
    const std::lock_guard lock(mutex_);
    if (in_trouble_) return;
    trouble_ = trouble;
    to_go_ = changes;
    whims_ = test::Dice(seed);
}

bool CutDisk::in_trouble() const {
    const std::lock_guard lock(mutex_);
    return in_trouble_;
}

void CutDisk::restart() {
    const std::lock_guard lock(mutex_);
    in_trouble_ = false;
    to_go_ = 0;
}

void CutDisk::undo(const NameChange& change) {
    if (!change.from.empty()) {
        std::filesystem::rename(change.name, change.from);
        files_[change.from] = file_at(change.name);
        files_.erase(change.name);
    } else if (!change.name.empty()) {
        std::filesystem::remove(change.name);
        files_.erase(change.name);
    }
    if (change.saved.empty()) return;
    std::filesystem::rename(change.saved, change.place);
    files_[change.place] = change.file;
}

// The first of the changes stay: a journal writes them in order.
std::uint64_t CutDisk::forget_names(test::Dice& dice) {
    std::uint64_t lost = 0;
    for (auto& [directory, changes] : names_) {
        const std::size_t stay = dice.below(changes.size() + 1);
        for (; changes.size() > stay; ++lost) {
            undo(changes.back());
            changes.pop_back();
        }
    }
    return lost;
}

void CutDisk::forget_octets(const std::string& path, const Contents& file, test::Dice& dice,
                            Lost& lost) {
    std::error_code none;
    const auto size = std::filesystem::file_size(path, none);
    if (none) return;
    if (file.synced >= size && file.overwritten.empty() && file.dropped.empty()) return;
    const std::string before = octets_of(path, 0, size);
    std::string octets = before;
    for (const Contents::Range& range : file.dropped)
        for (std::uint64_t at = range.from; at < std::min<std::uint64_t>(range.to, size); ++at)
            octets[at] = '\0';
    for (auto one = file.overwritten.rbegin(); one != file.overwritten.rend(); ++one) {
        // Up to the next border of a sector, then whole ones.
        for (std::size_t from = 0; from < one->before.size();) {
            const std::size_t at = one->at + from;
            const std::size_t count = std::min(sector - at % sector, one->before.size() - from);
            if (octets.size() < at + count) octets.resize(at + count, '\0');
            if (one->dropped || dice.one_in(2)) octets.replace(at, count, one->before, from, count);
            from += count;
        }
    }
    const std::size_t synced = std::min<std::size_t>(file.synced, octets.size());
    std::size_t sound = 0;
    octets = tail_after(std::move(octets), synced, dice, sound);
    for (const Contents::Range& range : file.dropped)
        sound = std::min<std::size_t>(sound, range.from);
    if (sound < octets.size() && path.find("/MANIFEST-") != std::string::npos)
        torn_manifests_[path] = sound;
    for (std::size_t at = 0; at < before.size(); ++at) {
        const bool same = at < octets.size() && octets[at] == before[at];
        if (!same) ++lost.octets;
        if (same && at >= synced) ++lost.kept;
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << octets;
}

Lost CutDisk::cut(test::Dice& dice) {
    const std::lock_guard lock(mutex_);
    Lost lost;
    lost.names = forget_names(dice);
    for (const auto& [path, file] : files_) forget_octets(path, *file, dice, lost);
    files_.clear();
    names_.clear();
    std::filesystem::remove_all(saved_);
    std::filesystem::create_directories(saved_);
    return lost;
}

std::size_t CutDisk::mend_manifests() {
    const std::lock_guard lock(mutex_);
    std::size_t mended = 0;
    for (const auto& [path, sound] : torn_manifests_) {
        if (!std::filesystem::exists(path)) continue;
        std::filesystem::resize_file(path, sound);
        ++mended;
    }
    torn_manifests_.clear();
    files_.clear();
    return mended;
}

PowerCutFiles::PowerCutFiles(const std::string& directory, bool synced)
    : disk_(std::make_shared<CutDisk>(plain(directory), synced)),
      env_(std::make_unique<SleeplessEnv>(rocksdb::NewCompositeEnv(disk_))) {}
PowerCutFiles::~PowerCutFiles() = default;
rocksdb::Env* PowerCutFiles::env() { return env_.get(); }
void PowerCutFiles::plan(Trouble trouble, std::uint64_t changes, std::uint64_t seed) {
    disk_->plan(trouble, changes, seed);
}
bool PowerCutFiles::in_trouble() const { return disk_->in_trouble(); }
PowerCutFiles::Trouble PowerCutFiles::trouble() const { return disk_->trouble(); }
void PowerCutFiles::restart() { disk_->restart(); }
std::size_t PowerCutFiles::mend_manifests() { return disk_->mend_manifests(); }
PowerCutFiles::Lost PowerCutFiles::cut(test::Dice& dice) { return disk_->cut(dice); }

}  // namespace kontor::simulation
