// How a data directory is locked, recognised and first made.
#include "eventstore/directory.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace kontor {
namespace {

constexpr int newest_format = 1;
constexpr std::string_view format_words = "Kontor data directory, format ";

[[noreturn]] void refuse(const std::string& what, int error) {
    throw StorageBroken(what + ": " + std::generic_category().message(error) + ".");
}

bool is_there(const std::string& path) {
    std::error_code error;
    const bool there = std::filesystem::exists(path, error);
    if (error) refuse(path + " cannot be looked at", error.value());
    return there;
}

// A file whose descriptor is closed whatever happens.
class OpenFile {
public:
    OpenFile(const std::string& path, int flags) : fd_(::open(path.c_str(), flags, 0644)) {}
    ~OpenFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int fd() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

private:
    int fd_;
};

// Texts of a few octets, which a file takes in one piece or not at all.
bool write_all(int fd, std::string_view text) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written >= 0 && static_cast<std::size_t>(written) != text.size()) errno = ENOSPC;
    return written == static_cast<ssize_t>(text.size());
}

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (file.bad() || !file.is_open()) refuse(path + " cannot be read", errno);
    return text;
}

}  // namespace

void sync_directory(const std::string& path) {
    const OpenFile directory(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory.fd() < 0 || ::fsync(directory.fd()) != 0)
        refuse("The directory " + path + " cannot be made durable", errno);
}

DataDirectory::DataDirectory(std::string path, LogAccess access) : path_(std::move(path)) {
    while (path_.size() > 1 && path_.ends_with('/')) path_.pop_back();
    std::error_code error;
    const auto status = std::filesystem::status(path_, error);
    if (std::filesystem::exists(status) && !std::filesystem::is_directory(status))
        throw StorageBroken("The data directory " + path_ + " is a file, not a directory.");
    if (!std::filesystem::exists(status)) {
        if (access == LogAccess::read_only)
            throw StorageBroken("There is no data directory " + path_ + ".");
        std::filesystem::create_directories(path_, error);
        if (error) refuse("The data directory " + path_ + " cannot be made", error.value());
        // The books are nobody else's on this machine; who wants it otherwise says so.
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, error);
        if (error) refuse("The data directory " + path_ + " cannot be made", error.value());
    }
    lock(access);
}

DataDirectory::~DataDirectory() {
    if (lock_ >= 0) ::close(lock_);
}

// flock and not fcntl: the lock belongs to this open file, so a second opening within the same
// process is refused too, and the system gives it back however the process ends.
void DataDirectory::lock(LogAccess access) {
    const std::string name = path_ + "/lock";
    const bool writes = access == LogAccess::read_write;
    OpenFile file(name, O_CLOEXEC | (writes ? O_RDWR | O_CREAT : O_RDONLY));
    if (file.fd() < 0) {
        // A backup has no lock: nobody writes there.
        if (!writes && errno == ENOENT) return;
        refuse("The data directory " + path_ + " cannot be " + (writes ? "written" : "read"),
               errno);
    }
    if (::flock(file.fd(), (writes ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) refuse(name + " cannot be locked", errno);
        std::string pid = text_of(name);
        pid.erase(std::min(pid.find_first_not_of("0123456789"), pid.size()));
        throw StorageBroken("The data directory " + path_ + " is in use by " +
                            (pid.empty()                         ? "another process"
                             : pid == std::to_string(::getpid()) ? "this very process (" + pid + ")"
                                                                 : "process " + pid) +
                            ".");
    }
    if (writes && (::ftruncate(file.fd(), 0) != 0 ||
                   !write_all(file.fd(), std::to_string(::getpid()) + "\n")))
        refuse("The data directory " + path_ + " cannot be written", errno);
    lock_ = file.release();
}

bool DataDirectory::holds_log() const {
    const std::string name = path_ + "/format";
    const bool log = is_there(log_path());
    if (!is_there(name)) return log;
    const std::string text = text_of(name);
    int format = 0;
    const std::string_view number =
        std::string_view(text).substr(std::min(format_words.size(), text.size()));
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), format);
    if (!text.starts_with(format_words) || error != std::errc() || format < 1 || *end != '\n')
        throw StorageBroken(name + " does not say the format of a data directory.");
    if (format > newest_format)
        throw StorageBroken("The data directory " + path_ +
                            " was written by a newer program (format " + std::to_string(format) +
                            "); this one knows up to " + std::to_string(newest_format) + ".");
    if (!log)
        throw StorageBroken("The log is gone: " + log_path() + " is missing, though " + name +
                            " says that it was there.");
    return true;
}

// The format is the last thing written: with it, a missing log is a loss and not a beginning.
void DataDirectory::complete_log(const std::function<void(const std::string& path)>& make) {
    if (!is_there(log_path())) {
        const std::string forming = log_path() + ".new";
        std::error_code error;
        std::filesystem::remove_all(forming, error);
        if (error) refuse(forming + " cannot be removed", error.value());
        make(forming);
        if (::rename(forming.c_str(), log_path().c_str()) != 0)
            refuse(forming + " cannot be moved to " + log_path(), errno);
        sync_directory(path_);
    }
    if (!is_there(path_ + "/format")) write_format();
}

void DataDirectory::write_format() const {
    const std::string name = path_ + "/format", forming = name + ".new";
    const OpenFile file(forming, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
    const std::string text = std::string(format_words) + std::to_string(newest_format) + "\n";
    if (file.fd() < 0 || !write_all(file.fd(), text) || ::fsync(file.fd()) != 0 ||
        ::rename(forming.c_str(), name.c_str()) != 0)
        refuse(name + " cannot be written", errno);
    sync_directory(path_);
}

}  // namespace kontor
