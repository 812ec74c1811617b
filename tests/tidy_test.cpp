// The architecture, held by a test: who may include whom, and what no file may contain.
// Every rule is shown a small bad example too: a rule that finds nothing there proves nothing.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "tests/tidy/rules.h"
#include "tests/tidy/source_text.h"

namespace kontor::tidy {
namespace {

namespace fs = std::filesystem;

// The checkout as it lies on the disk, without what is built or run in it.
struct Checkout {
    std::vector<SourceFile> files;
    std::vector<std::string> paths;
    std::vector<std::string> contexts;  // the folders under domain/ that are contexts
    std::vector<std::string> floors;    // the same in the order of domain/contexts.cpp
};

bool is_left_out(const fs::path& path, const fs::path& root) {
    static const std::set<std::string> kept = {".ci", ".clang-format", ".clang-tidy", ".gitignore"};
    const std::string name = path.filename().string();
    if (path.parent_path() == root && (name == "build" || name == "var")) return true;
    if (name == "node_modules" || name == "__pycache__") return true;
    return name.front() == '.' && kept.count(name) == 0;
}

Checkout read_checkout() {
    Checkout all;
    const fs::path root = KONTOR_SOURCE_DIR;
    for (auto at = fs::recursive_directory_iterator(root); at != fs::end(at); ++at) {
        if (is_left_out(at->path(), root)) {
            at.disable_recursion_pending();
            continue;
        }
        if (!at->is_regular_file()) continue;
        std::ifstream in(at->path(), std::ios::binary);
        std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        const std::string path = fs::relative(at->path(), root).generic_string();
        all.paths.push_back(path);
        const bool is_text = text.find('\0') == std::string::npos;
        if (is_text) all.files.push_back({path, std::move(text)});
    }
    std::sort(all.paths.begin(), all.paths.end());
    all.contexts = contexts_of(all.paths);
    for (const SourceFile& file : all.files) {
        if (file.path == "domain/contexts.cpp") all.floors = floors_of(file, all.contexts);
    }
    return all;
}

const Checkout& checkout() {
    static const Checkout read = read_checkout();
    return read;
}

// Catch would fold these lines; editors and people want `file:line: sentence`.
void expect_none(const Violations& violations) {
    for (const Violation& each : violations) {
        std::cerr << each.path << ':' << each.line << ": " << each.rule << '\n';
    }
    CHECK(violations.empty());
}

void expect_none(const std::function<Violations(const SourceFile&)>& rule) {
    Violations all;
    for (const SourceFile& file : checkout().files) {
        const Violations found = rule(file);
        all.insert(all.end(), found.begin(), found.end());
    }
    expect_none(all);
}

using Lines = std::vector<std::size_t>;

Lines lines_of(const Violations& violations) {
    Lines lines;
    for (const Violation& each : violations) lines.push_back(each.line);
    return lines;
}

TEST_CASE("the reader tells code from comments and literals", "[tidy]") {
    CHECK(code_only("a // b\nc") == "a     \nc");
    CHECK(code_only("a /* b\nc */ d") == "a     \n     d");
    CHECK(code_only("f(\"x // y\", 'z')") == "f(\"      \", ' ')");
    CHECK(code_only("\"\\\"\" b") == "\"  \" b");
    CHECK(code_only("R\"x(a)\" \" )x\" b") == "R\"          \" b");
    CHECK(code_only("VAR\"a\\\"\" b") == "VAR\"   \" b");
    CHECK(code_only("1'000'000 + x") == "1'000'000 + x");
    CHECK(code_only("u8'a' b") == "u8' ' b");
    CHECK(code_only("// a \\\nb\nc") == "      \n \nc");
    CHECK(code_only("\"unfinished\nnext") == "\"          \nnext");
    CHECK(without_comments("\"// kept\" // gone") == "\"// kept\"        ");
    CHECK(columns_of("Schlüssel") == 9);
    const std::string text =
        "#include <vector>\n// #include <list>\n  # include \"a/b.h\"\n"
        "auto s = R\"(\n#include <map>\n)\";\n";
    const auto includes = includes_of(text);
    REQUIRE(includes.size() == 2);
    CHECK(includes[0].path == "vector");
    CHECK_FALSE(includes[0].quoted);
    CHECK(includes[1].path == "a/b.h");
    CHECK(includes[1].line == 3);
}

TEST_CASE("the checkout is read at all", "[tidy]") {
    const auto& paths = checkout().paths;
    CHECK(std::count(paths.begin(), paths.end(), "tests/tidy_test.cpp") == 1);
    CHECK(std::count(paths.begin(), paths.end(), "CMakeLists.txt") == 1);
    CHECK(std::none_of(paths.begin(), paths.end(),
                       [](const std::string& path) { return path.rfind("build/", 0) == 0; }));
}

TEST_CASE("includes are written from the root", "[tidy]") {
    CHECK(lines_of(written_from_the_root({"api/a.cpp", "#include \"json.h\"\n"})) == Lines{1});
    CHECK(lines_of(written_from_the_root({"api/a.cpp", "#include <api/json.h>\n"})) == Lines{1});
    CHECK(written_from_the_root({"api/a.cpp", "#include \"api/json.h\"\n"}).empty());
    expect_none(written_from_the_root);
}

TEST_CASE("arrows point one way through the folders", "[tidy]") {
    const auto see = [](const std::string& from, const std::string& to) {
        return arrows_point_one_way({from, "\n#include \"" + to + "\"\n"});
    };
    CHECK(lines_of(see("domain/core/a.h", "eventstore/b.h")) == Lines{2});
    CHECK(lines_of(see("eventstore/a.h", "projections/b.h")) == Lines{2});
    CHECK(lines_of(see("projections/a.cpp", "api/b.h")) == Lines{2});
    CHECK(lines_of(see("api/a.cpp", "tools/b.h")) == Lines{2});
    CHECK(lines_of(see("tools/a.cpp", "tests/b.h")) == Lines{2});
    CHECK(see("tools/a.cpp", "domain/core/b.h").empty());
    CHECK(see("api/a.cpp", "api/b.h").empty());
    CHECK(see("tests/domain/a_test.cpp", "tools/b.h").empty());
    expect_none(arrows_point_one_way);
}

TEST_CASE("a context sees the floors below it only", "[tidy]") {
    const std::vector<std::string> floors = {"access", "ledger", "sales"};
    const auto see = [&](const std::string& from, const std::string& to) {
        return floors_are_kept({from, "#include \"" + to + "\"\n"}, floors);
    };
    CHECK(lines_of(see("domain/ledger/a.h", "domain/sales/b.h")) == Lines{1});
    CHECK(lines_of(see("domain/ledger/a.h", "domain/flows/b.h")) == Lines{1});
    CHECK(lines_of(see("domain/ledger/a.h", "domain/contexts.h")) == Lines{1});
    CHECK(lines_of(see("domain/core/a.h", "domain/access/b.h")) == Lines{1});
    CHECK(lines_of(see("domain/core/a.h", "domain/contexts.h")) == Lines{1});
    CHECK(see("domain/sales/a.cpp", "domain/ledger/b.h").empty());
    CHECK(see("domain/ledger/a.cpp", "domain/ledger/b.h").empty());
    CHECK(see("domain/ledger/a.cpp", "domain/core/b.h").empty());
    CHECK(see("domain/flows/a.cpp", "domain/sales/b.h").empty());
    CHECK(see("domain/contexts.cpp", "domain/sales/b.h").empty());
    expect_none([](const SourceFile& file) { return floors_are_kept(file, checkout().floors); });
}

TEST_CASE("the floors are read from the list of contexts", "[tidy]") {
    const SourceFile list = {"domain/contexts.cpp",
                             "#include \"domain/sales/sales.h\"\n// sales() first? No.\n"
                             "list all() { return {access(), ledger(), sales()}; }\n"};
    const std::vector<std::string> folders = {"ledger", "sales", "access", "stock"};
    const auto floors = floors_of(list, folders);
    CHECK(floors == std::vector<std::string>{"access", "ledger", "sales"});
    CHECK(every_context_is_listed(floors, folders).size() == 1);
    CHECK(every_context_is_listed(floors, floors).empty());
    CHECK(contexts_of({"domain/a.h", "domain/core/a.h", "domain/flows/a.h", "domain/b/a.h",
                       "domain/b/b.h", "api/c/a.h"}) == std::vector<std::string>{"b"});
    expect_none(every_context_is_listed(checkout().floors, checkout().contexts));
}

TEST_CASE("the domain uses only the standard library", "[tidy]") {
    for (const std::string library :
         {"spdlog/spdlog.h", "sodium.h", "openssl/sha.h", "prometheus/counter.h", "unistd.h",
          "boost/asio.hpp", "fmt/format.h"}) {
        const std::string text = "#include <" + library + ">\n";
        CHECK(lines_of(domain_uses_only_the_standard_library({"domain/a.cpp", text})) == Lines{1});
        CHECK(domain_uses_only_the_standard_library({"api/a.cpp", text}).empty());
    }
    CHECK(domain_uses_only_the_standard_library({"domain/a.cpp", "#include <cstdint>\n"}).empty());
    expect_none(domain_uses_only_the_standard_library);
}

TEST_CASE("libraries stay behind their fences", "[tidy]") {
    const auto include = [](const std::string& path, const std::string& library) {
        return fences_are_kept({path, "#include <" + library + ">\n"});
    };
    CHECK(lines_of(include("api/routes.cpp", "boost/beast/http.hpp")) == Lines{1});
    CHECK(lines_of(include("api/http_server.h", "boost/beast.hpp")) == Lines{1});
    CHECK(include("api/http_server.cpp", "boost/beast/http.hpp").empty());
    CHECK(lines_of(include("eventstore/engine.cpp", "rocksdb/db.h")) == Lines{1});
    CHECK(lines_of(include("eventstore/rocks_event_log.h", "rocksdb/db.h")) == Lines{1});
    CHECK(lines_of(include("tools/rocks_copy.cpp", "rocksdb/db.h")) == Lines{1});
    CHECK(include("eventstore/rocks_event_log.cpp", "rocksdb/db.h").empty());
    CHECK(include("projections/rocks_rows.cpp", "rocksdb/db.h").empty());
    CHECK(lines_of(include("eventstore/envelope.cpp", "flatbuffers/flatbuffers.h")) == Lines{1});
    CHECK(include("eventstore/wire.cpp", "flatbuffers/flatbuffers.h").empty());
    CHECK(lines_of(include("api/json.h", "nlohmann/json.hpp")) == Lines{1});
    CHECK(lines_of(include("eventstore/engine.cpp", "nlohmann/json.hpp")) == Lines{1});
    CHECK(lines_of(include("projections/a.h", "nlohmann/json_fwd.hpp")) == Lines{1});
    CHECK(include("api/json.h", "nlohmann/json_fwd.hpp").empty());
    CHECK(include("tools/import.cpp", "nlohmann/json.hpp").empty());
    CHECK(lines_of(include("eventstore/engine.cpp", "date/tz.h")) == Lines{1});
    CHECK(include("eventstore/zones.cpp", "date/tz.h").empty());
    CHECK(lines_of(include("api/routes.cpp", "CLI/CLI.hpp")) == Lines{1});
    CHECK(include("tools/kontor.cpp", "CLI/CLI.hpp").empty());
    CHECK(include("tests/api/a_test.cpp", "nlohmann/json.hpp").empty());
    expect_none(fences_are_kept);
}

TEST_CASE("the domain asks no clock, draws nothing and calculates in whole numbers", "[tidy]") {
    const auto line = [](const std::string& code) {
        return domain_is_deterministic({"domain/ledger/a.cpp", "int a;\n" + code + "\n"});
    };
    for (const std::string bad :
         {"std::chrono::system_clock::now();", "steady_clock::now();", "time(nullptr);", "time(0);",
          "std::clock();", "rand();", "std::random_device d;", "std::mt19937 g;", "double x;",
          "float x;", "long double x;"}) {
        CAPTURE(bad);
        CHECK(lines_of(line(bad)) == Lines{2});
    }
    for (const std::string good :
         {"// a double entry", "text(\"double\");", "Timestamp time() const;", "entry.time(day);",
          "int double_entry;", "operand();", "std::chrono::sys_days day;", "clock();"}) {
        CAPTURE(good);
        CHECK(line(good).empty());
    }
    CHECK(domain_is_deterministic({"tools/load.cpp", "double seconds;"}).empty());
    expect_none(domain_is_deterministic);
}

TEST_CASE("the domain throws nothing", "[tidy]") {
    CHECK(lines_of(domain_throws_nothing({"domain/a.cpp", "\nthrow 1;"})) == Lines{2});
    CHECK(domain_throws_nothing({"domain/a.cpp", "// throw\nint f() noexcept;"}).empty());
    CHECK(domain_throws_nothing({"eventstore/a.cpp", "throw 1;"}).empty());
    expect_none(domain_throws_nothing);
}

TEST_CASE("a line has at most 100 columns", "[tidy]") {
    const std::string hundred(100, 'x');
    CHECK(lines_of(hundred_columns({"api/a.h", "a\n" + hundred + "x\n"})) == Lines{2});
    CHECK(lines_of(hundred_columns({"tools/a", "#!/bin/sh\n" + hundred + "x\n"})) == Lines{2});
    CHECK(hundred_columns({"api/a.h", hundred + "\n" + hundred}).empty());
    CHECK(hundred_columns({"api/a.h", hundred.substr(1) + "ü"}).empty());
    expect_none(hundred_columns);
}

TEST_CASE("the first line says what a file is", "[tidy]") {
    CHECK(lines_of(first_line_says_what_it_is({"a.h", "#pragma once\n"})) == Lines{1});
    CHECK(lines_of(first_line_says_what_it_is({"a.cpp", ""})) == Lines{1});
    CHECK(lines_of(first_line_says_what_it_is({"a.cpp", "// deals.cpp\n"})) == Lines{1});
    CHECK(first_line_says_what_it_is({"a.cpp", "// Deals as sales sees them.\n"}).empty());
    expect_none(first_line_says_what_it_is);
}

TEST_CASE("headers guard themselves and open no namespace", "[tidy]") {
    CHECK(headers_are_guarded({"a.h", "// #pragma once\n"}).size() == 1);
    CHECK(headers_are_guarded({"a.h", "// A.\n#pragma once\n"}).empty());
    CHECK(headers_are_guarded({"a.cpp", "// A.\n"}).empty());
    CHECK(lines_of(headers_open_no_namespace({"a.h", "\nusing  namespace std;"})) == Lines{2});
    CHECK(headers_open_no_namespace({"a.cpp", "using namespace std;"}).empty());
    CHECK(headers_open_no_namespace({"a.h", "using std::string;\nnamespace a {}"}).empty());
    expect_none(headers_are_guarded);
    expect_none(headers_open_no_namespace);
}

TEST_CASE("names say what things are", "[tidy]") {
    const auto line = [](const std::string& code) {
        return names_say_what_things_are({"api/a.cpp", "int a;\n" + code + "\n"});
    };
    for (const std::string bad :
         {"class KeyManager {};", "struct Info;", "enum class OrderData { a };", "struct Utils {",
          "class [[nodiscard]] RowBase {", "using RowHandler = int;", "struct EntryDto final {",
          "void load_data();", "std::vector<int> row_infos(int a);",
          "const Row& find_helper(int);"}) {
        CAPTURE(bad);
        CHECK(lines_of(line(bad)) == Lines{2});
    }
    for (const std::string good :
         {"struct Database {};", "struct Metadata {};", "return load_data();", "x.raw_data();",
          "auto p = v.data();", "f(load_data(), 1);", "// class KeyManager", "Group based(int);",
          "struct Based {};", "int base(int);", "Money in_base(Money);"}) {
        CAPTURE(good);
        CHECK(line(good).empty());
    }
    for (const std::string path : {"api/string_utils.h", "api/base.cpp", "tests/api/util_test.cpp",
                                   "domain/services/README.md"}) {
        CAPTURE(path);
        CHECK(lines_of(names_say_what_things_are({path, "\n"})) == Lines{0});
    }
    CHECK(names_say_what_things_are({"api/database.h", "\n"}).empty());
    CHECK(names_say_what_things_are({"tests/tools/data/rows.csv", "\n"}).empty());
    expect_none(names_say_what_things_are);
}

TEST_CASE("every test case is run", "[tidy]") {
    const std::string text = "\nTEST_CASE(\"a\") {}\n";
    CHECK(lines_of(test_cases_are_found({"tests/api/cases.cpp", text})) == Lines{2});
    CHECK(test_cases_are_found({"tests/api/a_test.cpp", text}).empty());
    CHECK(test_names_are_unique({"tests/api/a_test.cpp", "tests/api/deep/a_test.cpp"}).size() == 1);
    CHECK(test_names_are_unique({"tests/api/a_test.cpp", "tests/domain/a_test.cpp"}).empty());
    expect_none(test_cases_are_found);
    expect_none(test_names_are_unique(checkout().paths));
}

TEST_CASE("nothing is left to do, and nothing knows one machine", "[tidy]") {
    // Put together here, so that this file may be read too.
    const std::string later = std::string("TO") + "DO", broken = std::string("FIX") + "ME";
    CHECK(lines_of(nothing_is_left_to_do({"a.md", "\n// " + later + ": x"})) == Lines{2});
    CHECK(lines_of(nothing_is_left_to_do({"a.md", broken})) == Lines{1});
    CHECK(nothing_is_left_to_do({"a.md", "MAS" + later + " " + later + "_LIST"}).empty());
    const std::string folder = std::string("/wo") + "rk/a", mine = std::string("/ho") + "me/me";
    CHECK(lines_of(no_path_of_one_machine({"a.md", "see " + folder})) == Lines{1});
    CHECK(lines_of(no_path_of_one_machine({"a.md", "\ncd " + mine})) == Lines{2});
    CHECK(no_path_of_one_machine({"a.md", "https://example.org" + folder}).empty());
    expect_none(nothing_is_left_to_do);
    expect_none(no_path_of_one_machine);
}

TEST_CASE("each folder of the source has a README", "[tidy]") {
    const auto found =
        every_folder_has_a_readme({"api/README.md", "api/a.cpp", "domain/README.md",
                                   "domain/ledger/a.h", "api/real/run", "tests/api/a.cpp"});
    REQUIRE(found.size() == 2);
    CHECK(found[0].path == "domain/ledger/README.md");
    CHECK(found[1].path == "tests/README.md");
    expect_none(every_folder_has_a_readme(checkout().paths));
}

}  // namespace
}  // namespace kontor::tidy
