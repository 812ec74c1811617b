// Long work says where it is, in lines where no terminal is, and ends when it is asked to.
#include "tools/progress.h"

#include "tests/tools/small_company.h"
#include "tools/audit.h"
#include "tools/command_line.h"

#include <catch2/catch.hpp>
#include <csignal>
#include <memory>
#include <thread>

using namespace kontor;
using test::Ran;
using test::ran;

namespace {

int work(int, char**) {
    return run_command("work", []() -> int {
        ProgressBar bar("working");
        std::raise(SIGINT);
        for (std::uint64_t at = 0; at < 100; ++at) bar.at(at, 100);
        return exit_done;
    });
}

int lowercase(int, char**) {
    return run_command("work", []() -> int { throw Unable("the disk is full"); });
}

}  // namespace

TEST_CASE("short work says nothing, long work a line now and then") {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> to(std::tmpfile(), std::fclose);
    REQUIRE(to);
    {
        ProgressBar bar("folding", to.get(), std::chrono::milliseconds(300));
        for (std::uint64_t at = 0; at <= 1'000; ++at) bar.at(at, 1'000);
        CHECK(std::ftell(to.get()) == 0);
        std::this_thread::sleep_for(std::chrono::milliseconds(350));
        bar.at(2'000, 2'000);
        bar.at(2'000, 2'000);
    }
    std::rewind(to.get());
    char line[100] = {};
    REQUIRE(std::fgets(line, sizeof line, to.get()));
    CHECK(std::string(line) == "folding: 2000 of 2000 (100 %)\n");
    CHECK_FALSE(std::fgets(line, sizeof line, to.get()));
}

TEST_CASE("an interrupt ends work between two steps, and only that work") {
    const Ran interrupted = ran(work, {});
    CHECK(interrupted.code == 130);
    CHECK(interrupted.err == "kontor work: interrupted.\n");
    CHECK_FALSE(InterruptWatch::asked());
    const test::ToolsDirectory place;
    test::copy_of_small_company(place / "company");
    CHECK(ran(audit, {"verify", "--data", place / "company"}).code == 0);
}

TEST_CASE("whatever is thrown becomes a whole sentence") {
    CHECK(ran(lowercase, {}).err == "kontor work: The disk is full.\n");
}
