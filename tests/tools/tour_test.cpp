// The README's tour, run as it is written, and the examples of the API's description.
//
// KONTOR_UPDATE=1 writes the answers into the README anew; the difference is read in the commit.
#include "eventstore/recovery.h"
#include "tests/support/running_server.h"
#include "tools/demo.h"

#include <catch2/catch.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace kontor {
namespace {

using test::RunningServer;
using test::ScratchDirectory;

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// A line of the README that is typed, with what follows it.
struct Step {
    std::string command;
    std::string answer;
};

// The README, cut into what stands around the tour and its steps.
struct Tour {
    std::string before, after;
    std::vector<Step> steps;

    std::string text() const {
        std::string text = before;
        for (const Step& step : steps) text += "$ " + step.command + "\n" + step.answer;
        return text + after;
    }
};

Tour tour_in(const std::string& readme) {
    const std::string begins = "<!-- tour -->\n```console\n", ends = "```\n<!-- end of tour -->";
    const std::size_t from = readme.find(begins), to = readme.find(ends);
    REQUIRE(from != std::string::npos);
    REQUIRE(to != std::string::npos);
    Tour tour{readme.substr(0, from + begins.size()), readme.substr(to), {}};
    std::istringstream lines(readme.substr(from + begins.size(), to - from - begins.size()));
    // A command goes on in indented lines; no answer begins with a space.
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("$ "))
            tour.steps.push_back({line.substr(2), {}});
        else if (line.starts_with("    "))
            tour.steps.back().command += "\n" + line;
        else
            tour.steps.back().answer += line + "\n";
    }
    return tour;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
        text.replace(at, what.size(), by);
    return text;
}

std::string said_by(const std::string& script, const std::string& directory) {
    const std::string path = directory + "/step.sh";
    std::ofstream(path) << "cd '" << directory << "'\n" << script << "\n";
    std::string said;
    std::FILE* pipe = popen(("bash '" + path + "' 2>&1").c_str(), "r");
    REQUIRE(pipe);
    std::array<char, 4096> piece;
    for (std::size_t read; (read = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        said.append(piece.data(), read);
    pclose(pipe);
    if (!said.empty() && said.back() != '\n') said += '\n';
    return said;
}

// The one thing in an answer that no two runs share: when it was recorded.
std::string without_times(const std::string& text) {
    static const std::regex time("\"time\":\"[^\"]*\"");
    return std::regex_replace(text, time, "\"time\":\"...\"");
}

}  // namespace

TEST_CASE("the README's tour answers what it says it answers") {
    const std::string path = std::string(KONTOR_SOURCE_DIR) + "/README.md";
    Tour tour = tour_in(text_of(path));
    REQUIRE(tour.steps.size() >= 8);
    const ScratchDirectory scratch;
    write_demo(scratch.path() + "/var/demo", 1);
    const RunningServer server(scratch.path() + "/var/demo");
    std::string remembered;
    for (Step& step : tour.steps) {
        INFO(step.command);
        const std::string script = replaced(step.command, "http://127.0.0.1:8080", server.url());
        const std::string said = said_by(remembered + script, scratch.path());
        if (std::regex_search(step.command, std::regex("^[a-z]+=")) && said.empty())
            remembered += script + "\n";
        if (std::getenv("KONTOR_UPDATE")) step.answer = said;
        CHECK(without_times(said) == without_times(step.answer));
    }
    if (std::getenv("KONTOR_UPDATE")) std::ofstream(path, std::ios::binary) << tour.text();
}

TEST_CASE("the demo company accepts the example of every command") {
    const ScratchDirectory scratch;
    write_demo(scratch.path() + "/demo", 1);
    RunningServer server(scratch.path() + "/demo");
    for (const Catalog::Command& command : test::program().commands()) {
        const Type& type = *command.spec->type;
        INFO(std::string(type.name));
        REQUIRE_FALSE(type.example.empty());
        const HttpAnswer answer = server.command(std::string(type.name), std::string(type.example));
        INFO(answer.body);
        CHECK(answer.status == 200);
    }
}

TEST_CASE("the demo overwrites nothing, and what was interrupted is begun anew") {
    const ScratchDirectory scratch;
    std::filesystem::create_directories(scratch.path() + "/demo.unfinished");
    std::ofstream(scratch.path() + "/demo.unfinished/format") << "half of it";
    write_demo(scratch.path() + "/demo", 1);
    CHECK_FALSE(std::filesystem::exists(scratch.path() + "/demo.unfinished"));
    CHECK(std::filesystem::exists(scratch.path() + "/demo/admin.key"));
    CHECK_THROWS(write_demo(scratch.path() + "/demo", 1));
}

TEST_CASE("a server that cannot listen leaves no directory behind") {
    const ScratchDirectory scratch;
    const RunningServer first(scratch.path() + "/first");
    ServerOptions options;
    options.directory = scratch.path() + "/second";
    options.http.port =
        static_cast<std::uint16_t>(std::stoi(first.url().substr(first.url().rfind(':') + 1)));
    CHECK_THROWS(Server(test::program(), read_models(), options));
    CHECK_FALSE(std::filesystem::exists(scratch.path() + "/second"));
}

TEST_CASE("the same seed tells the same story") {
    const ScratchDirectory scratch;
    const auto digest = [&](const std::string& name, std::uint64_t seed) {
        write_demo(scratch.path() + "/" + name, seed);
        const auto log = rocks_event_log({scratch.path() + "/" + name});
        State state(test::program());
        std::string_view bytes;
        Position position = 0;
        for (const auto cursor = log->read_from(1); cursor->next(position, bytes);)
            replay(test::program(), state, open_commit(bytes, Hashing::skip).commit);
        return to_text(summed_up(test::program(), digest_of(state)).all);
    };
    const std::string one = digest("one", 1);
    CHECK(one == digest("again", 1));
    CHECK(one != digest("two", 2));
}

}  // namespace kontor
