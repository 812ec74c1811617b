// The data directory: one process at a time, and one clear sentence for whatever is wrong with it.
#include "eventstore/directory.h"

#include "tests/eventstore/made_commits.h"

#include <catch2/catch.hpp>

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

using namespace kontor;
using namespace kontor::test;
namespace fs = std::filesystem;

namespace {

// The sentence with which the directory is refused; empty when it is not.
std::string refusal(const std::string& path, LogAccess access = LogAccess::read_write) {
    try {
        const DataDirectory directory(path, access);
        (void)directory.holds_log();
        return {};
    } catch (const StorageBroken& broken) {
        return broken.what();
    }
}

void write(const std::string& path, std::string_view text) { std::ofstream(path) << text; }

void complete(const std::string& path) {
    DataDirectory(path, LogAccess::read_write).complete_log([](const std::string& log) {
        fs::create_directory(log);
        write(log + "/CURRENT", "whole");
    });
}

// A process that runs `work` and hands back what it answers; it is killed at the end.
class OtherProcess {
public:
    explicit OtherProcess(const std::function<std::string()>& work, bool stays = false) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        pid_ = ::fork();
        REQUIRE(pid_ >= 0);
        if (pid_ == 0) {
            std::string answer;
            try {
                answer = work();
            } catch (const std::exception& thrown) {
                answer = thrown.what();
            }
            answer += '\n';
            const auto written = ::write(ends[1], answer.data(), answer.size());
            if (stays && written > 0) ::pause();
            ::_exit(0);
        }
        ::close(ends[1]);
        for (char octet; ::read(ends[0], &octet, 1) == 1 && octet != '\n';) answer_ += octet;
        ::close(ends[0]);
    }
    ~OtherProcess() { kill(); }
    OtherProcess(const OtherProcess&) = delete;
    OtherProcess& operator=(const OtherProcess&) = delete;

    void kill() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = 0;
    }
    pid_t pid() const { return pid_; }
    const std::string& answer() const { return answer_; }

private:
    pid_t pid_ = 0;
    std::string answer_;
};

}  // namespace

TEST_CASE("a directory is made with all above it, and is free again afterwards") {
    const TemporaryDirectory temporary;
    const std::string path = temporary.path() + "/a/b/kopp";
    CHECK(refusal(path + "/") == "");
    CHECK(fs::is_directory(path));
    CHECK(refusal(path) == "");
}

TEST_CASE("a second opening is refused in the same process") {
    const TemporaryDirectory temporary;
    const DataDirectory held(temporary.path(), LogAccess::read_write);
    CHECK(refusal(temporary.path()) == "The data directory " + temporary.path() +
                                           " is in use by this very process (" +
                                           std::to_string(::getpid()) + ").");
    CHECK(refusal(temporary.path(), LogAccess::read_only) == refusal(temporary.path()));
}

TEST_CASE("a second process is refused and told who has the directory") {
    const TemporaryDirectory temporary;
    const DataDirectory held(temporary.path(), LogAccess::read_write);
    const OtherProcess other([&] { return refusal(temporary.path()); });
    CHECK(other.answer() == "The data directory " + temporary.path() + " is in use by process " +
                                std::to_string(::getpid()) + ".");
}

TEST_CASE("SIGKILL gives the lock back") {
    const TemporaryDirectory temporary;
    std::unique_ptr<DataDirectory> held;
    OtherProcess other(
        [&]() -> std::string {
            held = std::make_unique<DataDirectory>(temporary.path(), LogAccess::read_write);
            return "held";
        },
        true);
    REQUIRE(other.answer() == "held");
    CHECK(refusal(temporary.path()) == "The data directory " + temporary.path() +
                                           " is in use by process " + std::to_string(other.pid()) +
                                           ".");
    other.kill();
    CHECK(refusal(temporary.path()) == "");
}

TEST_CASE("readers share a directory, and a writer waits for none of them in silence") {
    const TemporaryDirectory temporary;
    complete(temporary.path());
    const DataDirectory one(temporary.path(), LogAccess::read_only);
    CHECK(refusal(temporary.path(), LogAccess::read_only) == "");
    CHECK(refusal(temporary.path()).find("is in use by") != std::string::npos);
}

TEST_CASE("reading makes nothing") {
    const TemporaryDirectory temporary;
    const std::string path = temporary.path() + "/absent";
    CHECK(refusal(path, LogAccess::read_only) == "There is no data directory " + path + ".");
    CHECK_FALSE(fs::exists(path));
    CHECK(refusal(temporary.path(), LogAccess::read_only) == "");
    CHECK(fs::is_empty(temporary.path()));
}

TEST_CASE("a path that is a file is refused") {
    const TemporaryDirectory temporary;
    const std::string file = temporary.path() + "/file";
    write(file, "mine");
    CHECK(refusal(file) == "The data directory " + file + " is a file, not a directory.");
    CHECK(refusal(file + "/below").starts_with("The data directory " + file + "/below cannot be"));
}

TEST_CASE("a log is completed whole or not at all") {
    const TemporaryDirectory temporary;
    const std::string& path = temporary.path();
    {
        DataDirectory directory(path, LogAccess::read_write);
        CHECK_FALSE(directory.holds_log());
        CHECK_THROWS_AS(directory.complete_log([](const std::string& log) {
            fs::create_directory(log);
            write(log + "/half", "");
            throw StorageBroken("the power went");
        }),
                        StorageBroken);
        CHECK_FALSE(directory.holds_log());
    }
    complete(path);
    CHECK(fs::exists(path + "/log/CURRENT"));
    CHECK_FALSE(fs::exists(path + "/log/half"));
    CHECK(DataDirectory(path, LogAccess::read_only).holds_log());
    // A crash before the last step: the log is there, the format is not yet.
    fs::remove(path + "/format");
    complete(path);
    CHECK(fs::exists(path + "/format"));
}

TEST_CASE("a log that is gone is not begun anew") {
    const TemporaryDirectory temporary;
    const std::string& path = temporary.path();
    complete(path);
    fs::remove_all(path + "/log");
    CHECK(refusal(path) == "The log is gone: " + path + "/log is missing, though " + path +
                               "/format says that it was there.");
}

TEST_CASE("a directory of a newer program is refused, and one that says nothing") {
    const TemporaryDirectory temporary;
    const std::string& path = temporary.path();
    complete(path);
    write(path + "/format", "Kontor data directory, format 2\n");
    CHECK(refusal(path) == "The data directory " + path +
                               " was written by a newer program (format 2); this one knows up to "
                               "1.");
    for (const std::string_view text :
         {"", "Kontor", "Kontor data directory, format ", "Kontor data directory, format x\n",
          "Kontor data directory, format 1x\n", "Kontor data directory, format -1\n",
          "format 1\n"}) {
        write(path + "/format", text);
        CHECK(refusal(path) == path + "/format does not say the format of a data directory.");
    }
}

TEST_CASE("a directory that may not be written is refused with the system's reason") {
    const TemporaryDirectory temporary;
    const std::string path = temporary.path() + "/closed";
    fs::create_directory(path);
    ::chmod(temporary.path().c_str(), 0555);
    ::chmod(path.c_str(), 0555);
    // The superuser may write anywhere, so somebody else tries.
    const OtherProcess other([&]() -> std::string {
        if (::geteuid() == 0 && ::setuid(65534) != 0) return "nobody cannot be become";
        return refusal(path) + "|" + refusal(path + "/new") + "|" +
               refusal(path, LogAccess::read_only);
    });
    ::chmod(temporary.path().c_str(), 0755);
    CHECK(other.answer() == "The data directory " + path +
                                " cannot be written: Permission denied.|The data directory " +
                                path + "/new cannot be made: Permission denied.|");
}

TEST_CASE("a read-only file system is refused with the system's reason") {
    const TemporaryDirectory temporary;
    const OtherProcess other([&]() -> std::string {
        if (::unshare(CLONE_NEWNS) != 0 ||
            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("tmpfs", temporary.path().c_str(), "tmpfs", MS_RDONLY, nullptr) != 0)
            return "skipped";
        return refusal(temporary.path());
    });
    if (other.answer() == "skipped") {
        std::cout << "skipped: nothing can be mounted here, so no read-only file system is tried\n";
        return;
    }
    CHECK(other.answer() ==
          "The data directory " + temporary.path() + " cannot be written: Read-only file system.");
}
