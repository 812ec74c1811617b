// How log and read models are copied, checked, made durable, and only then given their name.
#include "tools/backup.h"

#include "domain/contexts.h"
#include "eventstore/chain.h"
#include "eventstore/directory.h"
#include "eventstore/erasures.h"
#include "eventstore/subject_key_copy.h"
#include "tools/audit_source.h"
#include "tools/command_line.h"
#include "tools/progress.h"
#include "tools/running_server.h"

#include <cstring>
#include <filesystem>
#include <iostream>
#include <vector>

#include <fcntl.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

namespace kontor {
namespace {

namespace fs = std::filesystem;

// A directory that is being filled: gone with all that is in it unless it was given its name.
class FormingDirectory {
public:
    FormingDirectory(const fs::path& target, const std::string& ending)
        : target_(target), path_(target.string() + ending) {
        std::error_code error;
        fs::remove_all(path_, error);  // what an earlier run that was killed left behind
        fs::create_directories(path_, error);
        if (error)
            throw Unable("The directory " + path_.string() + " cannot be made: " + error.message());
        fs::permissions(path_, fs::perms::owner_all);  // as the books themselves
    }
    ~FormingDirectory() {
        std::error_code ignored;
        if (!named_) fs::remove_all(path_, ignored);
    }
    FormingDirectory(const FormingDirectory&) = delete;
    FormingDirectory& operator=(const FormingDirectory&) = delete;

    const fs::path& path() const { return path_; }
    // Refused by the system when the target is there and holds anything.
    void give_name() {
        if (::rename(path_.c_str(), target_.c_str()) != 0)
            throw Unable("The directory " + path_.string() + " cannot be moved to " +
                         target_.string() + ": " + std::strerror(errno));
        named_ = true;
        sync_directory(fs::absolute(target_).parent_path().string());
    }

private:
    const fs::path target_, path_;
    bool named_ = false;
};

void sync_file(const fs::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    const int error = errno;
    if (fd >= 0) ::close(fd);
    if (!synced)
        throw Unable("The file " + file.string() +
                     " cannot be made durable: " + std::strerror(error));
}

struct CopiedFile {
    fs::path from, to;
    std::uint64_t octets = 0;
};

// Files that a database is made of; its lock, and journals that older programs kept, stay.
bool belongs(const fs::path& file) {
    const std::string name = file.filename().string();
    return name != "LOCK" && !name.starts_with("LOG");
}

std::vector<CopiedFile> files_of(const fs::path& from, const fs::path& to) {
    std::vector<CopiedFile> files;
    for (const char* file : {"format", "mark"})
        if (fs::exists(from / file))
            files.push_back({from / file, to / file, fs::file_size(from / file)});
    for (const char* part : {"log", "views"}) {
        if (!fs::exists(from / part)) continue;
        for (const auto& entry : fs::directory_iterator(from / part))
            if (entry.is_regular_file() && belongs(entry.path()))
                files.push_back(
                    {entry.path(), to / part / entry.path().filename(), entry.file_size()});
    }
    return files;
}

// Copies octets, not links: a backup shares no file with what it is a backup of.
void copy_company(const fs::path& from, const fs::path& to) {
    try {
        std::uint64_t all = 0, done = 0;
        const auto files = files_of(from, to);
        for (const CopiedFile& file : files) all += file.octets;
        ProgressBar bar("copying");
        for (const CopiedFile& file : files) {
            fs::create_directories(file.to.parent_path());
            fs::copy_file(file.from, file.to);
            sync_file(file.to);
            bar.at(done += file.octets, all + 1);
        }
        for (const char* part : {"log", "views"})
            if (fs::exists(to / part)) sync_directory((to / part).string());
        sync_directory(to.string());
    } catch (const fs::filesystem_error& error) {
        throw Unable("The file " + from.string() +
                     " cannot be copied: " + std::string(error.what()));
    }
}

// The copy's own chain; a copy that differs is no backup.
ChainVerdict checked(const fs::path& copy) {
    RocksLogOptions options;
    options.directory = copy.string();
    options.access = LogAccess::read_only;
    const auto log = rocks_event_log(options);
    ProgressBar bar("checking the copy");
    ChainVerdict verdict =
        verify_chain(*log, {}, [&](Position at, Position tail) { bar.at(at, tail); });
    if (!verdict.sound()) throw Unable("The copy is not sound: " + verdict.difference);
    return verdict;
}

// An empty directory holds nothing that could be lost.
void refuse_what_is_there(const fs::path& target) {
    std::error_code error;
    const auto status = fs::symlink_status(target, error);
    if (!fs::exists(status)) return;
    if (!fs::is_directory(status) || !fs::is_empty(target, error) || error)
        throw Unable("The target " + target.string() +
                     " is there already; nothing is overwritten.");
}

fs::path without_slash(const std::string& path) {
    const fs::path normal = fs::path(path).lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

// Which log it is: keys of another one would open nothing.
Hash first_hash(const fs::path& copy) {
    RocksLogOptions options;
    options.directory = copy.string();
    options.access = LogAccess::read_only;
    const auto log = rocks_event_log(options);
    Position position = 0;
    std::string_view bytes;
    if (!log->read_from(1)->next(position, bytes)) return {};
    return open_commit(bytes, Hashing::compute).hash;
}

bool lies_in(const fs::path& file, const fs::path& directory) {
    const fs::path within = fs::absolute(file).lexically_normal().lexically_relative(
        fs::absolute(directory).lexically_normal());
    return !within.empty() && *within.begin() != "..";
}

std::string counted_persons(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " person" : " persons");
}

// The keys as they are behind the checkpoint: of every person whom it knows, unless erased since.
std::string keys_backed_up(const std::string& data, const fs::path& copy, const std::string& file,
                           const fs::path& target) {
    const std::string keys = without_slash(data).string() + "/keys";
    if (file.empty())
        return fs::exists(keys) ? "The keys of persons are not in it: restored without them, all "
                                  "persons would read as erased. --keys <file> writes them.\n"
                                : "";
    if (lies_in(file, target) || lies_in(file, data))
        throw Unable(
            "The keys must lie apart from the backup and from the data directory, not in " + file +
            ".");
    const CopiedKeys copied = copy_subject_keys(keys, file, first_hash(copy));
    return "The keys of " + counted_persons(copied.keys) + " are in " + file +
           ", which only its owner can read. Keep it apart from the backup, and destroy it when "
           "there is a newer one: who has both can read whoever was erased since.\n";
}

int back_up(const std::string& data, const std::string& to, const std::string& key,
            const std::string& keys) {
    const fs::path target = without_slash(to);
    refuse_what_is_there(target);
    // Beside a server this is its checkpoint, at rest the directory itself, locked.
    AuditSource source(data, key);
    FormingDirectory forming(target, ".part");
    copy_company(source.directory(), forming.path());
    const ChainVerdict verdict = checked(forming.path());
    const std::string of_keys = keys_backed_up(data, forming.path(), keys, target);
    try {
        forming.give_name();
    } catch (const Unable&) {
        std::error_code ignored;
        if (!keys.empty()) fs::remove(keys, ignored);
        throw;
    }
    std::cout << "Backed up to " << target.string() << " and checked: " << verdict.commits
              << " commits, " << verdict.events << " events.\n"
              << of_keys
              << "The administrator's secret (admin.key) is not in it: the log holds hashes of "
                 "keys only.\n";
    return exit_done;
}

// Erasures in the log hold, whatever the keys were copied before.
std::string keys_put_back(const std::string& file, const fs::path& copy) {
    if (file.empty())
        return "No keys of persons were given (--keys <file>): all persons, if there are any, read "
               "as erased.\n";
    const std::string directory = (copy / "keys").string();
    const CopiedKeys restored = restore_subject_keys(file, directory, first_hash(copy));
    RocksLogOptions options;
    options.directory = copy.string();
    options.access = LogAccess::read_only;
    carry_out_erasures(*make_catalog(), *rocks_event_log(options), *subject_key_files(directory));
    return "The keys of " + counted_persons(restored.keys) +
           " are put back; whoever was erased, by the log or by the keys, stays so.\n";
}

int put_back(const std::string& from, const std::string& data, const std::string& keys) {
    const fs::path target = without_slash(data);
    refuse_what_is_there(target);
    AuditSource source(from, {});
    FormingDirectory forming(target, ".restoring");
    copy_company(source.directory(), forming.path());
    const ChainVerdict verdict = checked(forming.path());
    const std::string of_keys = keys_put_back(keys, forming.path());
    forming.give_name();
    std::cout << "Restored to " << target.string() << " and checked: " << verdict.commits
              << " commits, " << verdict.events << " events.\n"
              << of_keys << "Keys that were handed out are valid as before; " << target.string()
              << "/admin.key is not restored. `kontor key create --data " << target.string()
              << " --name <name> --role administrator` makes another while no server runs.\n";
    return exit_done;
}

int parsed(CLI::App& app, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_usage;
    }
    return -1;
}

}  // namespace

int backup(int argc, char** argv) {
    std::string data, to, key, keys;
    CLI::App app("Copies log and read models, of a running server too, and checks the copy",
                 "kontor backup");
    app.add_option("--data", data, "Data directory")->required();
    app.add_option("--to", to, "New directory for the backup")->required();
    app.add_option("--key", key,
                   "Secret of the key to ask a running server with; else that in admin.key");
    app.add_option("--keys", keys,
                   "New file for the keys of persons, to be kept apart from the backup; without it "
                   "all persons would read as erased after a restore");
    if (const int code = parsed(app, argc, argv); code >= 0) return code;
    return run_command("backup", [&] { return back_up(data, to, key, keys); });
}

int restore(int argc, char** argv) {
    std::string from, data, keys;
    CLI::App app("Puts a backup into a new data directory and checks it", "kontor restore");
    app.add_option("--from", from, "The backup")->required();
    app.add_option("--data", data, "New data directory; it must not hold anything")->required();
    app.add_option("--keys", keys,
                   "File that `kontor backup --keys` wrote; without it all persons read as erased");
    if (const int code = parsed(app, argc, argv); code >= 0) return code;
    return run_command("restore", [&] { return put_back(from, data, keys); });
}

}  // namespace kontor
