// Processes that are killed, and disks that take no more: what was acknowledged is there.
//
// The writer is a process of its own, this program started anew: RocksDB's threads do not come
// along when a process is forked.
#include "tests/eventstore/log_files.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

using namespace kontor;
using namespace kontor::test;

namespace {

constexpr std::uint64_t seed = 41;

// Lines to the process that waits for them, each written in one piece.
void say(const std::string& line) {
    const std::string text = line + "\n";
    if (::write(3, text.data(), text.size()) != static_cast<ssize_t>(text.size())) ::_exit(9);
}

// Appends drawn groups behind what is there and says each position that is acknowledged. When the
// log takes no more, says the sentence, then whether it stays so and can still be read.
void write_until_killed(const std::string& directory) {
    const auto log = open_log(directory);
    CommitChain chain(seed);
    while (chain.tail().position < log->tail().position) chain.next();
    if (chain.tail().hash != log->tail().hash) return say("another log");
    Dice sizes(chain.tail().position);
    say("ready");
    try {
        while (true) {
            const Group group = chain.group(1 + sizes.below(20));
            if (!log->append_if(log->tail().position, group)) return say("turned away");
            say(std::to_string(log->tail().position));
        }
    } catch (const StorageBroken& broken) {
        say(broken.what());
        try {
            log->append_if(log->tail().position, {{}, {{LocalRow::Family::meta, "a", "b"}}});
            say("took more");
        } catch (const StorageBroken& again) {
            say(again.what());
        }
        say(verify_chain(*log, {.schemas = false}, {}).difference);
        say(std::to_string(stored_bytes(*log).size()));
    }
}

// A file system of so many octets in place of the directory; ends with 77 where none is possible.
void mount_small(const std::string& directory, const char* size) {
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", directory.c_str(), "tmpfs", 0, size) != 0)
        ::_exit(77);
}

// New files cannot be made, those that are open can be written: only the flush meets it. The
// superuser would not be stopped.
void fail_to_flush(const std::string& directory) {
    if (::geteuid() == 0 && (::chown(directory.c_str(), 65534, 65534) != 0 || ::setuid(65534) != 0))
        return say("nobody cannot be become");
    const auto log = open_log(directory);
    CommitChain chain(seed);
    if (!log->append_if(0, chain.group(10))) return say("turned away");
    ::chmod((directory + "/log").c_str(), 0555);
    const auto said = [](const std::function<void()>& work) {
        try {
            work();
            say("nothing was thrown");
        } catch (const StorageBroken& broken) {
            say(broken.what());
        }
    };
    said([&] { log->checkpoint(directory + "/copy"); });
    said([&] { log->append_if(10, chain.group(1)); });
    say(verify_chain(*log, {.schemas = false}, {}).difference);
    say(std::to_string(stored_bytes(*log).size()));
}

class Writer {
public:
    Writer(const std::string& directory, const char* limit) {
        int ends[2];
        REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
        pid_ = ::fork();
        REQUIRE(pid_ >= 0);
        if (pid_ == 0) {
            ::dup2(ends[1], 3);
            if (ends[1] == 3) ::fcntl(3, F_SETFD, 0);
            ::setenv("KONTOR_TEST_DIRECTORY", directory.c_str(), 1);
            ::setenv("KONTOR_TEST_LIMIT", limit, 1);
            ::execl("/proc/self/exe", "eventstore_tests", "the writer that other tests start",
                    nullptr);
            ::_exit(8);
        }
        ::close(ends[1]);
        from_ = ends[0];
    }
    ~Writer() {
        kill();
        ::close(from_);
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Waits until so many lines were said, however slow the machine is.
    void wait_for(std::size_t lines) {
        while (lines_.size() < lines && take()) continue;
    }
    // The rest of what was said, after SIGKILL.
    std::vector<std::string> killed() {
        kill();
        while (take()) continue;
        return lines_;
    }
    // How it ended by itself.
    int ended() {
        int status = 0;
        while (take()) continue;
        ::waitpid(std::exchange(pid_, 0), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    const std::vector<std::string>& lines() const { return lines_; }

private:
    void kill() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(std::exchange(pid_, 0), nullptr, 0);
    }
    bool take() {
        char octets[4096];
        const ssize_t count = ::read(from_, octets, sizeof octets);
        for (ssize_t i = 0; i < count; ++i) {
            if (octets[i] != '\n') {
                line_ += octets[i];
                continue;
            }
            lines_.push_back(std::exchange(line_, {}));
        }
        return count > 0;
    }

    pid_t pid_ = 0;
    int from_ = -1;
    std::string line_;
    std::vector<std::string> lines_;
};

// The last position that was acknowledged; 0 for none.
Position acknowledged(const std::vector<std::string>& lines) {
    Position last = 0;
    for (const std::string& line : lines)
        if (line.find_first_not_of("0123456789") == std::string::npos && !line.empty())
            last = std::max<Position>(last, std::stoull(line));
    return last;
}

// Commits of the same chain, as many as a log may hold.
std::vector<std::string> drawn(std::size_t commits) {
    CommitChain chain(seed);
    std::vector<std::string> bytes;
    while (bytes.size() < commits) bytes.push_back(chain.next().bytes);
    return bytes;
}

// The log holds all that was acknowledged, at most one group more, and nothing else.
void check_kept(const std::string& directory, Position position) {
    const Aftermath after = reopened(directory, drawn(position + 40));
    CAPTURE(position, after.commits);
    CHECK(after.refused == "");
    CHECK(after.difference == "");
    CHECK(after.prefix);
    CHECK(after.commits >= position);
    CHECK(after.commits <= position + 20);
}

}  // namespace

TEST_CASE("the writer that other tests start", "[.]") {
    const char* directory = std::getenv("KONTOR_TEST_DIRECTORY");
    const char* limit = std::getenv("KONTOR_TEST_LIMIT");
    if (!directory || !limit) return;
    try {
        const std::string_view kind = limit;
        if (kind == "small disk") mount_small(directory, "size=1536k");
        if (kind == "tiny disk") mount_small(directory, "size=12k");
        if (kind == "short files") {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit most{192 * 1024, 192 * 1024};
            if (::setrlimit(RLIMIT_FSIZE, &most) != 0) ::_exit(77);
        }
        if (kind == "closed directory") {
            fail_to_flush(directory);
            ::_exit(0);
        }
        if (kind == "look") {
            open_log(directory);
            say("opened");
            ::_exit(0);
        }
        write_until_killed(directory);
    } catch (const StorageBroken& broken) {
        say(broken.what());
    }
    ::_exit(0);
}

TEST_CASE("a writer killed at any moment loses nothing that it acknowledged") {
    const TemporaryDirectory directory;
    Dice dice(42);
    Position last = 0;
    for (int round = 0; round < 12; ++round) {
        Writer writer(directory.path(), "none");
        // Some are killed while they open the log, others in the middle of an append.
        const bool early = round % 4 == 0;
        if (!early) writer.wait_for(2 + dice.below(60));
        std::this_thread::sleep_for(std::chrono::microseconds(dice.below(early ? 40'000 : 3'000)));
        const auto lines = writer.killed();
        for (const std::string& line : lines) {
            INFO(line);
            CHECK((line == "ready" || acknowledged({line}) > 0));
        }
        const Position now = acknowledged(lines);
        CHECK((early || now > last));
        last = std::max(last, now);
        INFO("round " << round);
        check_kept(directory.path(), last);
        last = open_log(directory.path(), LogAccess::read_only)->tail().position;
    }
}

TEST_CASE("a second process is refused by the log while the first has it") {
    const TemporaryDirectory directory;
    const auto log = open_log(directory.path());
    Writer other(directory.path(), "look");
    CHECK(other.ended() == 0);
    CHECK(other.lines() ==
          std::vector<std::string>{"The data directory " + directory.path() +
                                   " is in use by process " + std::to_string(::getpid()) + "."});
}

namespace {

// A disk that takes no more: the log stops for good, says why, and can still be read.
void check_stopped(const std::vector<std::string>& lines, const std::string& directory,
                   std::string_view cause) {
    REQUIRE(lines.size() > 6);
    const std::string& sentence = lines[lines.size() - 4];
    INFO(sentence);
    CHECK(sentence.starts_with("The log in " + directory +
                               " could not be written, so it takes no more: "));
    CHECK(sentence.find(cause) != std::string::npos);
    CHECK(sentence.ends_with("."));
    CHECK(lines[lines.size() - 3] == sentence);
    CHECK(lines[lines.size() - 2] == "");
    const Position before = acknowledged(std::vector<std::string>(lines.begin(), lines.end() - 4));
    CHECK(before > 0);
    CHECK(lines.back() == std::to_string(before));
}

}  // namespace

TEST_CASE("a file that may grow no more stops the log, and what was acknowledged stays") {
    const TemporaryDirectory directory;
    Writer writer(directory.path(), "short files");
    REQUIRE(writer.ended() == 0);
    check_stopped(writer.lines(), directory.path(), "File too large");
    auto lines = writer.lines();
    lines.resize(lines.size() - 4);
    check_kept(directory.path(), acknowledged(lines));
}

TEST_CASE("a full disk stops the log with a sentence that says so") {
    const TemporaryDirectory directory;
    Writer writer(directory.path(), "small disk");
    const int status = writer.ended();
    if (status == 77) {
        std::cout << "skipped: nothing can be mounted here, so no full disk is tried\n";
        return;
    }
    REQUIRE(status == 0);
    check_stopped(writer.lines(), directory.path(), "the disk is full");
}

TEST_CASE("a log that a disk has no room to begin is refused in one sentence") {
    const TemporaryDirectory directory;
    Writer writer(directory.path(), "tiny disk");
    if (writer.ended() == 77) {
        std::cout << "skipped: nothing can be mounted here, so no tiny disk is tried\n";
        return;
    }
    REQUIRE(writer.lines().size() == 1);
    INFO(writer.lines()[0]);
    CHECK(writer.lines()[0].starts_with("The log in " + directory.path() +
                                        "/log.new cannot be made: the disk is full"));
}

// Nobody waits for a flush, so its failure is found by whoever appends next.
TEST_CASE("a flush that fails stops the log too") {
    const TemporaryDirectory directory;
    Writer writer(directory.path(), "closed directory");
    REQUIRE(writer.ended() == 0);
    REQUIRE(writer.lines().size() == 4);
    CHECK(writer.lines()[0].starts_with("The log in " + directory.path() +
                                        " could not be copied to "));
    CHECK(writer.lines()[1].starts_with("The log in " + directory.path() +
                                        " could not be written, so it takes no more: "));
    CHECK(writer.lines()[1].find("Permission denied") != std::string::npos);
    CHECK(writer.lines()[2] == "");
    CHECK(writer.lines()[3] == "10");
    std::filesystem::permissions(directory.path() + "/log", std::filesystem::perms::owner_all);
    check_kept(directory.path(), 10);
}

TEST_CASE("a log opened for reading takes nothing and writes nothing") {
    const TemporaryDirectory directory, scratch;
    const std::string backup = scratch.path() + "/backup";
    CommitChain chain(43);
    {
        const auto log = open_log(directory.path());
        REQUIRE(log->append_if(0, chain.group(30)));
        log->checkpoint(backup);
        // A copy of files of a running log has its write-ahead log still to be read.
        copy_files(directory.path(), scratch.path() + "/image");
    }
    for (const std::string& path : {backup, scratch.path() + "/image"}) {
        const auto before = log_files(path, "", "");
        {
            const auto log = open_log(path, LogAccess::read_only);
            CHECK(log->tail().hash == chain.tail().hash);
            CHECK(verify_chain(*log, {.schemas = false}, {}).difference == "");
            CHECK_THROWS_WITH(log->append_if(30, chain.group(1)),
                              "The log in " + path + " is open for reading only.");
            CHECK(log->tail().position == 30);
        }
        CHECK(log_files(path, "", "") == before);
        CommitChain again(43);
        again.group(30);
        chain = again;
    }
    const std::string none = scratch.path() + "/none";
    CHECK_THROWS_WITH(open_log(none, LogAccess::read_only),
                      "There is no data directory " + none + ".");
    std::filesystem::create_directory(none);
    CHECK_THROWS_WITH(open_log(none, LogAccess::read_only), "There is no log in " + none + ".");
}
