// The script of a developer keeps its promises: what it lists, installs, refuses and leaves alone.
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace kontor {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string script() { return read(fs::path(KONTOR_SOURCE_DIR) / "tools/dev"); }

// Every first group that the expression finds.
std::vector<std::string> all_of(const std::string& text, const std::string& expression) {
    const std::regex regex(expression, std::regex::ECMAScript | std::regex::multiline);
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
        found.push_back((*at)[1]);
    }
    return found;
}

std::vector<std::string> packages() { return all_of(script(), "^    \"([a-z0-9.+-]+): "); }

// The script alone in a checkout of its own, on a machine whose package manager only takes notes.
class Machine {
public:
    explicit Machine(const std::string& missing = "") {
        fs::remove_all(root_);
        fs::create_directories(root_ / "checkout/tools");
        fs::copy_file(fs::path(KONTOR_SOURCE_DIR) / "tools/dev", root_ / "checkout/tools/dev");
        std::string installed;
        for (const std::string& package : packages()) {
            if (package != missing) installed += "installed:" + package + " ";
        }
        program("dpkg-query", "printf '%s' '" + installed + "'");
        program("apt-get", "echo \"$*\" >>'" + notes().string() + "'");
        program("sudo", "exec \"$@\"");
    }
    ~Machine() { fs::remove_all(root_); }
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    struct Answer {
        int code = 0;
        std::string text;
    };

    Answer dev(const std::string& words) const {
        const std::string command = "cd / && PATH='" + (root_ / "bin").string() + "':\"$PATH\" '" +
                                    (root_ / "checkout/tools/dev").string() + "' " + words +
                                    " 2>&1";
        std::FILE* out = ::popen(command.c_str(), "r");
        REQUIRE(out != nullptr);
        Answer answer;
        std::array<char, 4096> part{};
        while (const std::size_t read = std::fread(part.data(), 1, part.size(), out)) {
            answer.text.append(part.data(), read);
        }
        answer.code = WEXITSTATUS(::pclose(out));
        return answer;
    }

    fs::path notes() const { return root_ / "asked_of_apt"; }
    fs::path root() const { return root_; }

private:
    void program(const std::string& name, const std::string& line) const {
        fs::create_directories(root_ / "bin");
        std::ofstream(root_ / "bin" / name) << "#!/bin/sh\n" << line << "\n";
        fs::permissions(root_ / "bin" / name, fs::perms::owner_all);
    }

    fs::path root_ = fs::temp_directory_path() / ("dev_test_" + std::to_string(::getpid()));
};

TEST_CASE("help lists every word that the script knows", "[dev]") {
    const std::string text = script();
    const auto words = all_of(text.substr(text.find("case $what in")), "^    ([a-z]+)[ )]");
    REQUIRE(words.size() >= 7);
    const auto help = Machine().dev("help");
    CHECK(help.code == 0);
    for (const std::string& word : words) {
        CAPTURE(word);
        CHECK(help.text.find("\n  " + word + " ") != std::string::npos);
    }
}

TEST_CASE("an unknown word is refused by its name", "[dev]") {
    const auto answer = Machine().dev("deploy");
    CHECK(answer.code == 1);
    CHECK(answer.text.find("'deploy'") != std::string::npos);
}

TEST_CASE("setup leaves a machine alone that has everything", "[dev]") {
    const Machine machine;
    const auto answer = machine.dev("setup");
    CHECK(answer.code == 0);
    CHECK(answer.text.empty());
    CHECK_FALSE(fs::exists(machine.notes()));
}

TEST_CASE("setup says what it installs and why, and installs nothing else", "[dev]") {
    const Machine machine("mold");
    const auto answer = machine.dev("setup");
    CHECK(answer.code == 0);
    CHECK(answer.text.find("links in a second") != std::string::npos);
    CHECK(answer.text.find("catch2") == std::string::npos);
    CHECK(read(machine.notes()) == "update -q\ninstall -q -y --no-install-recommends mold\n");
}

TEST_CASE("the real input is asked for in one sentence when it is missing", "[dev]") {
    const Machine machine;
    const auto answer = machine.dev("real");
    CHECK(answer.code == 1);
    CHECK(answer.text.find("real input is missing") != std::string::npos);
    CHECK(std::count(answer.text.begin(), answer.text.end(), '\n') == 1);
}

TEST_CASE("a port that is taken is said before anything is built", "[dev]") {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(listener, generic, size) == 0);
    REQUIRE(::listen(listener, 1) == 0);
    REQUIRE(::getsockname(listener, generic, &size) == 0);
    const std::string listen = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));

    const Machine machine;
    const auto answer = machine.dev("run --listen " + listen);
    ::close(listener);
    CHECK(answer.code == 1);
    CHECK(answer.text.find(listen + " is taken") != std::string::npos);
    CHECK_FALSE(fs::exists(machine.root() / "checkout/build/release"));
    CHECK_FALSE(fs::exists(machine.root() / "checkout/var"));
}

TEST_CASE("continuous integration runs what the README says and nothing else", "[dev]") {
    const auto lines = all_of(read(fs::path(KONTOR_SOURCE_DIR) / ".ci/run"), "^([^#\\n].*)$");
    CHECK(lines == std::vector<std::string>{"set -euo pipefail",
                                            "dev=\"$(dirname \"$0\")/../tools/dev\"",
                                            "\"$dev\" test", "\"$dev\" sanitizers ci"});
}

}  // namespace
}  // namespace kontor
