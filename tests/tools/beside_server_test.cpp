// Audit, backup and keys beside a server that goes on working, and after one that was killed.
#include "tests/tools/small_company.h"
#include "tools/audit.h"
#include "tools/backup.h"
#include "tools/key.h"
#include "tools/running_server.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

using namespace kontor;
using test::lines_of;
using test::Ran;
using test::ran;

namespace fs = std::filesystem;

namespace {

// `kontor serve` as a process of its own, on any free port.
class ServerProcess {
public:
    explicit ServerProcess(const std::string& data) : data_(data) {
        const std::string program = std::string(KONTOR_BINARY_DIR) + "/kontor";
        // The small company's clock stands at the beginning of 2026.
        std::vector<std::string> words = {program,    "serve",       "--data",        data,
                                          "--listen", "127.0.0.1:0", "--accept-clock"};
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        for (const int stream : {1, 2})
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
        const int error =
            posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        REQUIRE(error == 0);
        for (int tries = 0; tries < 600 && !fs::exists(data + "/server.json"); ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        REQUIRE(fs::exists(data + "/server.json"));
    }
    ~ServerProcess() { end(SIGTERM); }
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    void end(int signal) {
        if (pid_ <= 0) return;
        ::kill(pid_, signal);
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = 0;
    }

private:
    std::string data_;
    pid_t pid_ = 0;
};

// A company with an administrator's key, as `serve` makes one at its first start.
struct Served {
    test::ToolsDirectory place;
    const std::string data = place / "company";
    ServerProcess server{data};
};

bool holds_nothing(const fs::path& directory) {
    return !fs::exists(directory) || fs::is_empty(directory);
}

}  // namespace

TEST_CASE("a working company is audited and backed up while it is written") {
    Served served;
    REQUIRE(ran(key, {"create", "--data", served.data, "--name", "first"}).code == 0);
    // Somebody defines roles all the while.
    const RunningServer writer(served.data, {});
    std::atomic<bool> enough{false}, refused{false};
    std::atomic<int> written{0};
    std::thread writing([&] {
        while (!enough) {
            const auto answer =
                writer.post("/commands/DefineRole", R"({"role": "role-)" + std::to_string(written) +
                                                        R"(", "permissions": ["ledger.*"]})");
            if (answer.status != 200) break;
            ++written;
        }
        refused = !enough;
    });
    for (int round = 0; round < 3; ++round) {
        const int before = written;
        const Ran verify = ran(audit, {"verify", "--data", served.data});
        INFO(verify.err);
        CHECK(verify.code == 0);
        CHECK(verify.out.find("All agrees: ") != std::string::npos);
        CHECK(verify.out.find(" 0 read models") == std::string::npos);
        while (written <= before && !refused) std::this_thread::yield();
    }
    const Ran taken = ran(backup, {"--data", served.data, "--to", served.place / "backup"});
    enough = true;
    writing.join();
    CHECK_FALSE(refused);
    INFO(taken.err);
    REQUIRE(taken.code == 0);
    // Nothing is left of what the server was asked for.
    CHECK(holds_nothing(served.data + "/checkpoints"));
    CHECK(ran(audit, {"verify", "--backup", served.place / "backup"}).code == 0);

    // What is printed beside the server is what is printed when it has ended.
    const Ran beside = ran(audit, {"print", "--json", "--data", served.data});
    const Ran digests = ran(audit, {"replay", "--data", served.data});
    served.server.end(SIGTERM);
    CHECK(static_cast<int>(lines_of(beside.out).size()) > written);
    CHECK(ran(audit, {"print", "--json", "--data", served.data}).out == beside.out);
    CHECK(ran(audit, {"replay", "--data", served.data}).out == digests.out);
    // A backup is served like what it was taken from.
    REQUIRE(
        ran(restore, {"--from", served.place / "backup", "--data", served.place / "again"}).code ==
        0);
    const Ran made = ran(key, {"create", "--data", served.place / "again", "--name", "second",
                               "--role", "administrator"});
    REQUIRE(made.code == 0);
    const ServerProcess again(served.place / "again");
    const RunningServer asked(served.place / "again", lines_of(made.out)[0]);
    CHECK(asked.get("/queries/keys").status == 200);
}

TEST_CASE("the server, the log beside it and the log at rest tell of the same changes") {
    Served served;
    const RunningServer server(served.data, {});
    const auto defined =
        server.post("/commands/DefineRole", R"({"role": "clerk", "permissions": ["PostEntry"]})");
    REQUIRE(defined.status == 200);
    const auto position =
        std::to_string(nlohmann::json::parse(defined.body)["position"].get<int>());
    const auto told =
        server.get("/queries/roles/diff?between=0&limit=1000&min_position=" + position +
                   "&between=" + position);
    REQUIRE(told.status == 200);
    CHECK(told.body.find("\"row\":\"clerk\",\"change\":\"added\"") != std::string::npos);
    const auto asked = [&](std::vector<std::string> where) {
        where.insert(where.begin(), {"diff", "roles", "--json", "--between", "0", position});
        const Ran diff = ran(audit, where);
        CHECK(diff.err == "");
        return diff.out;
    };
    CHECK(asked({"--data", served.data}) == told.body + "\n");
    const auto url = nlohmann::json::parse(*file_text(served.data + "/server.json"))["url"];
    const std::string key = *file_text(served.data + "/admin.key");
    CHECK(asked({"--url", url.get<std::string>(), "--key", key}) == told.body + "\n");
    CHECK(ran(audit, {"diff", "roles", "--between", "0", "1", "--url", url.get<std::string>(),
                      "--key", "wrong"})
              .code == 1);
    CHECK(holds_nothing(served.data + "/checkpoints"));
    served.server.end(SIGTERM);
    CHECK(asked({"--data", served.data}) == told.body + "\n");
}

TEST_CASE("keys are made, used, listed and revoked through the server") {
    Served served;
    const Ran made =
        ran(key, {"create", "--data", served.data, "--name", "ann", "--role", "reader"});
    INFO(made.err);
    REQUIRE(made.code == 0);
    const std::string secret = lines_of(made.out).at(0);
    const RunningServer ann(served.data, secret);
    CHECK(ann.get("/queries/keys").status == 200);
    CHECK(ann.post("/commands/RevokeKey", R"({"key": "admin"})").status == 403);
    Ran list = ran(key, {"list", "--data", served.data});
    REQUIRE(list.code == 0);
    CHECK(list.out.find("ann    ann            valid    reader") != std::string::npos);
    CHECK(list.out.find("admin  administrator  valid    administrator") != std::string::npos);
    // Who may not, hears it from the server.
    const Ran forbidden =
        ran(key, {"create", "--data", served.data, "--name", "eve", "--key", secret});
    CHECK(forbidden.code == 1);
    CHECK(lines_of(forbidden.err).size() == 1);
    const Ran unfit = ran(key, {"create", "--data", served.data, "--name", " "});
    CHECK(unfit.code == 1);
    CHECK(unfit.err.find("/key") != std::string::npos);
    const Ran twice = ran(key, {"create", "--data", served.data, "--name", "ann"});
    CHECK(twice.err.find("A key has this name already") != std::string::npos);

    REQUIRE(ran(key, {"revoke", "--data", served.data, "ann"}).code == 0);
    CHECK(ann.get("/queries/keys").status == 401);
    list = ran(key, {"list", "--data", served.data});
    CHECK(list.out.find("ann    ann            revoked") != std::string::npos);
    const Ran last = ran(key, {"revoke", "--data", served.data, "admin"});
    CHECK(last.err.find("Nobody with a valid key would be left") != std::string::npos);
    const Ran stranger = ran(audit, {"verify", "--data", served.data, "--key", "nonsense"});
    CHECK(stranger.code == 1);
    CHECK(lines_of(stranger.err).size() == 1);
}

TEST_CASE("a reader of a pipe who has had enough leaves no checkpoint behind") {
    Served served;
    // More than fits into the buffer of the output, so that the pipe breaks in the middle.
    const RunningServer writer(served.data, {});
    for (int i = 0; i < 60; ++i)
        REQUIRE(writer
                    .post("/commands/DefineRole", R"({"role": "role-)" + std::to_string(i) +
                                                      R"(", "permissions": ["ledger.*"]})")
                    .status == 200);
    const std::string code = served.place / "code";
    const std::string printing = "'" + std::string(KONTOR_BINARY_DIR) +
                                 "/kontor' audit print --data '" + served.data + "'; echo $? >'" +
                                 code + "'";
    REQUIRE(std::system(("{ sleep 0.5; " + printing + "; } | true").c_str()) == 0);
    std::string answered;
    std::ifstream(code) >> answered;
    CHECK(answered == "0");
    CHECK(holds_nothing(served.data + "/checkpoints"));
}

TEST_CASE("after a server was killed its directory is audited as one at rest") {
    Served served;
    REQUIRE(ran(key, {"create", "--data", served.data, "--name", "ann"}).code == 0);
    served.server.end(SIGKILL);
    REQUIRE(fs::exists(served.data + "/server.json"));  // nobody took it away
    const Ran verify = ran(audit, {"verify", "--data", served.data});
    INFO(verify.err);
    CHECK(verify.code == 0);
    const Ran list = ran(key, {"list", "--data", served.data});
    CHECK(list.out.find("ann    ann") != std::string::npos);
}
