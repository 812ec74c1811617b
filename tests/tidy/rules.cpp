// How each rule of the architecture is read off a file.
#include "tests/tidy/rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "tests/tidy/source_text.h"

namespace kontor::tidy {
namespace {

// Each may include itself and what stands before it.
constexpr std::array<std::string_view, 6> layers = {"domain", "eventstore", "projections",
                                                    "api",    "tools",      "tests"};

// Files of domain/ that may calculate with floating point, and why. None today: only forecasting,
// scheduling and routing heuristics may ever stand here.
constexpr std::array<std::string_view, 0> estimating_files = {};

bool starts_with(std::string_view text, std::string_view what) {
    return text.substr(0, what.size()) == what;
}

bool ends_with(std::string_view text, std::string_view what) {
    return text.size() >= what.size() && text.substr(text.size() - what.size()) == what;
}

bool is_header(const SourceFile& file) { return ends_with(file.path, ".h"); }

bool is_cpp(const SourceFile& file) { return is_header(file) || ends_with(file.path, ".cpp"); }

bool in_domain(const SourceFile& file) { return is_cpp(file) && starts_with(file.path, "domain/"); }

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts(1);
    for (const char c : path) {
        if (c == '/') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

// The last name of a path, without folder and without extension.
std::string stem_of(std::string_view path) {
    const std::string name = parts_of(path).back();
    return name.substr(0, name.find('.'));
}

// The position of a layer; the number of layers for a path in none.
std::size_t layer_of(std::string_view path) {
    const auto folder = parts_of(path).front();
    return static_cast<std::size_t>(std::find(layers.begin(), layers.end(), folder) -
                                    layers.begin());
}

template <class List>
bool contains(const List& list, std::string_view what) {
    return std::find(list.begin(), list.end(), what) != list.end();
}

// The folder of domain/ that a path lies in, empty for files that lie in domain/ itself.
std::string domain_part(std::string_view path) {
    const auto parts = parts_of(path);
    return parts.size() > 2 && parts[0] == "domain" ? parts[1] : std::string();
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

}  // namespace

std::vector<std::string> contexts_of(const std::vector<std::string>& paths) {
    std::set<std::string> contexts;
    for (const std::string& path : paths) {
        const std::string part = domain_part(path);
        if (!part.empty() && part != "core" && part != "flows") contexts.insert(part);
    }
    return {contexts.begin(), contexts.end()};
}

std::vector<std::string> floors_of(const SourceFile& list,
                                   const std::vector<std::string>& folders) {
    std::vector<std::string> floors;
    const std::string code = code_only(list.text);
    for (const Word& word : words_of(code)) {
        if (!contains(folders, word.text) || contains(floors, word.text)) continue;
        const std::string_view next = std::string_view(code).substr(word.offset + word.text.size());
        if (starts_with(next, "()") || starts_with(next, "::")) floors.push_back(word.text);
    }
    return floors;
}

Violations written_from_the_root(const SourceFile& file) {
    Violations found;
    if (!is_cpp(file)) return found;
    for (const Include& include : includes_of(file.text)) {
        if (include.quoted && layer_of(include.path) == layers.size()) {
            found.push_back({file.path, include.line,
                             "an include of our own is written from the root, as "
                             "\"domain/core/money.h\"; a library's stands in <>"});
        }
        if (!include.quoted && layer_of(include.path) < layers.size()) {
            found.push_back({file.path, include.line, "an include of our own stands in quotes"});
        }
    }
    return found;
}

Violations arrows_point_one_way(const SourceFile& file) {
    Violations found;
    if (!is_cpp(file)) return found;
    const std::size_t own = layer_of(file.path);
    for (const Include& include : includes_of(file.text)) {
        const std::size_t other = layer_of(include.path);
        if (include.quoted && other < layers.size() && other > own) {
            found.push_back({file.path, include.line,
                             "arrows point one way: domain <- eventstore <- projections <- api <- "
                             "tools; " +
                                 parts_of(file.path).front() + "/ does not see " + include.path});
        }
    }
    return found;
}

Violations floors_are_kept(const SourceFile& file, const std::vector<std::string>& floors) {
    Violations found;
    const std::string own = domain_part(file.path);
    if (!in_domain(file) || own == "flows") return found;
    // Files that lie in domain/ itself are the lists: they see everything.
    if (own.empty()) return found;
    const auto floor = std::find(floors.begin(), floors.end(), own);
    for (const Include& include : includes_of(file.text)) {
        const std::string other = domain_part(include.path);
        if (!starts_with(include.path, "domain/") || other == own || other == "core") continue;
        if (own == "core") {
            found.push_back({file.path, include.line,
                             "domain/core is under all floors: it includes no context"});
        } else if (std::find(floors.begin(), floor, other) == floor) {
            found.push_back({file.path, include.line,
                             "a context sees domain/core and contexts on floors below its own, as "
                             "domain/contexts.cpp orders them; " +
                                 own + " does not see " + include.path});
        }
    }
    return found;
}

Violations domain_uses_only_the_standard_library(const SourceFile& file) {
    Violations found;
    if (!in_domain(file)) return found;
    for (const Include& include : includes_of(file.text)) {
        // Standard headers of C++ have neither a dot nor a folder in their names.
        if (!include.quoted && include.path.find_first_of("./") != std::string::npos) {
            found.push_back(
                {file.path, include.line,
                 "domain/ uses no library but the standard one, not <" + include.path + ">"});
        }
    }
    return found;
}

namespace {

struct Fence {
    std::string_view library;  // how the includes behind the fence begin
    bool (*open_to)(const std::string& path);
    std::string_view rule;
};

bool is_source(const std::string& path, std::string_view folder, std::string_view stem) {
    return starts_with(path, folder) && ends_with(path, ".cpp") && starts_with(stem_of(path), stem);
}

constexpr std::array<Fence, 8> fences = {{
    {"boost/beast",
     [](const std::string& path) {
         return is_source(path, "api/", "http_") || path == "tools/bench/bench_echo.cpp";
     },
     "Beast stays in api/http_*.cpp, and in the bench that measures it bare"},
    {"rocksdb/",
     [](const std::string& path) {
         return is_source(path, "eventstore/", "rocks_") ||
                is_source(path, "projections/", "rocks_") || path == "tools/bench/bench_rocks.cpp";
     },
     "RocksDB stays in rocks_*.cpp of eventstore/ and projections/, and in its bench"},
    {"flatbuffers/", [](const std::string& path) { return is_source(path, "eventstore/", "wire"); },
     "FlatBuffers stays in eventstore/wire*.cpp"},
    {"nlohmann/json_fwd.hpp",
     [](const std::string& path) {
         return starts_with(path, "api/") || starts_with(path, "tools/");
     },
     "even the names of nlohmann stay in api/ and tools/"},
    {"nlohmann/",
     [](const std::string& path) {
         return is_source(path, "api/", "") || is_source(path, "tools/", "");
     },
     "nlohmann stays in .cpp files of api/ and tools/; headers take json_fwd.hpp"},
    {"date/", [](const std::string& path) { return is_source(path, "eventstore/", "zones"); },
     "time zones stay in eventstore/zones.cpp"},
    {"hpdf.h", [](const std::string& path) { return path == "api/pdf_document.cpp"; },
     "libharu stays in api/pdf_document.cpp"},
    {"CLI/", [](const std::string& path) { return is_source(path, "tools/", ""); },
     "the command line stays in .cpp files of tools/"},
}};

}  // namespace

Violations fences_are_kept(const SourceFile& file) {
    Violations found;
    // Tests look behind every fence.
    if (!is_cpp(file) || starts_with(file.path, "tests/")) return found;
    for (const Include& include : includes_of(file.text)) {
        const auto fence = std::find_if(fences.begin(), fences.end(), [&](const Fence& each) {
            return !include.quoted && starts_with(include.path, each.library);
        });
        if (fence != fences.end() && !fence->open_to(file.path)) {
            found.push_back({file.path, include.line, std::string(fence->rule)});
        }
    }
    return found;
}

namespace {

const std::set<std::string_view> clocks = {
    "system_clock", "steady_clock", "high_resolution_clock", "utc_clock",
    "file_clock",   "gettimeofday", "clock_gettime",         "timespec_get",
    "localtime",    "gmtime",       "localtime_r",           "gmtime_r",
    "mktime",       "sleep_for",    "sleep_until",           "current_zone",
    "locate_zone",  "get_tzdb",     "CLOCK_REALTIME",        "CLOCK_MONOTONIC"};

const std::set<std::string_view> chances = {"random_device",
                                            "mt19937",
                                            "mt19937_64",
                                            "minstd_rand",
                                            "rand",
                                            "srand",
                                            "rand_r",
                                            "drand48",
                                            "random_shuffle",
                                            "getrandom",
                                            "getentropy",
                                            "arc4random",
                                            "ranlux24",
                                            "ranlux48",
                                            "knuth_b",
                                            "minstd_rand0",
                                            "ranlux24_base",
                                            "ranlux48_base",
                                            "default_random_engine"};

// `time(nullptr)` asks the clock; `time()` and `time(entry)` may be names of ours.
bool asks_the_time(const Word& word, std::string_view code) {
    if (word.text != "time" && word.text != "clock") return false;
    std::string_view next = code.substr(word.offset + word.text.size());
    if (!starts_with(next, "(")) return false;
    next.remove_prefix(1);
    if (word.text == "clock") return ends_with(code.substr(0, word.offset), "std::");
    return starts_with(next, "nullptr") || starts_with(next, "NULL") || starts_with(next, "0)") ||
           starts_with(next, "&");
}

}  // namespace

Violations domain_is_deterministic(const SourceFile& file) {
    Violations found;
    if (!in_domain(file)) return found;
    const bool estimates = contains(estimating_files, file.path);
    const std::string code = code_only(file.text);
    for (const Word& word : words_of(code)) {
        if (clocks.count(word.text) != 0 || asks_the_time(word, code)) {
            found.push_back(
                {file.path, word.line,
                 "domain/ asks no clock: the time comes in with the Context (" + word.text + ")"});
        }
        if (chances.count(word.text) != 0) {
            found.push_back({file.path, word.line,
                             "domain/ draws nothing at random: a replay must decide the same (" +
                                 word.text + ")"});
        }
        if (!estimates && (word.text == "double" || word.text == "float")) {
            found.push_back({file.path, word.line,
                             "domain/ calculates in whole numbers; files that may estimate are "
                             "named in tests/tidy/rules.cpp (" +
                                 word.text + ")"});
        }
    }
    return found;
}

Violations domain_throws_nothing(const SourceFile& file) {
    Violations found;
    if (!in_domain(file)) return found;
    for (const Word& word : words_of(code_only(file.text))) {
        if (word.text == "throw") {
            found.push_back(
                {file.path, word.line, "domain/ throws nothing: it answers a Reason, or ensures"});
        }
    }
    return found;
}

Violations hundred_columns(const SourceFile& file) {
    Violations found;
    const bool is_script = ends_with(file.path, ".py") || ends_with(file.path, "CMakeLists.txt") ||
                           starts_with(file.text, "#!");
    if (!is_cpp(file) && !is_script) return found;
    std::size_t number = 0;
    for (const std::string& line : lines_of(file.text)) {
        ++number;
        if (columns_of(line) > 100) {
            found.push_back({file.path, number, "a line has at most 100 columns"});
        }
    }
    return found;
}

Violations first_line_says_what_it_is(const SourceFile& file) {
    if (!is_cpp(file)) return {};
    const auto lines = lines_of(file.text);
    const std::string first = lines.empty() ? std::string() : lines.front();
    const auto spaces = std::count(first.begin(), first.end(), ' ');
    // `// ` and at least three words.
    if (starts_with(first, "// ") && spaces >= 3) return {};
    return {{file.path, 1, "the first line is a // comment that says what the file is"}};
}

Violations headers_are_guarded(const SourceFile& file) {
    if (!is_header(file)) return {};
    for (const std::string& line : lines_of(code_only(file.text))) {
        if (starts_with(line, "#pragma once")) return {};
    }
    return {{file.path, 0, "a header says #pragma once"}};
}

Violations headers_open_no_namespace(const SourceFile& file) {
    Violations found;
    if (!is_header(file)) return found;
    const auto words = words_of(code_only(file.text));
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i - 1].text == "using" && words[i].text == "namespace") {
            found.push_back({file.path, words[i].line, "a header opens no namespace to others"});
        }
    }
    return found;
}

namespace {

// Words that name no thing of the business; as suffixes they hide what something is.
constexpr std::array<std::string_view, 11> empty_words = {"Manager", "Helper",    "Util", "Service",
                                                          "Handler", "Impl",      "Base", "Data",
                                                          "Info",    "Processor", "Dto"};

// Tells whether a name in snake_case ends in one of them as a whole word, plural or not.
bool is_empty_snake(std::string_view name) {
    const std::string last(name.substr(name.rfind('_') + 1));
    return std::any_of(empty_words.begin(), empty_words.end(), [&](std::string_view word) {
        return last == lower(word) || last == lower(word) + "s";
    });
}

// The same of a name in CamelCase: the word begins the name or follows a small letter or digit.
bool is_empty_camel(std::string_view name) {
    return std::any_of(empty_words.begin(), empty_words.end(), [&](std::string_view word) {
        for (const std::string& suffix : {std::string(word), std::string(word) + "s"}) {
            if (ends_with(name, suffix)) return true;
        }
        return false;
    });
}

bool introduces_a_type(std::string_view word) {
    return word == "struct" || word == "class" || word == "union" || word == "enum" ||
           word == "concept" || word == "using" || word == "typename" || word == "nodiscard";
}

// A name followed by "(" and preceded by a type is the declaration of a function, not its call.
bool declares_a_function(const std::vector<Word>& words, std::size_t i, std::string_view code) {
    if (i == 0) return false;
    const Word& name = words[i];
    if (!starts_with(code.substr(name.offset + name.text.size()), "(")) return false;
    const Word& before = words[i - 1];
    static const std::set<std::string_view> no_types = {"return", "co_return", "co_await", "throw",
                                                        "else",   "new",       "delete",   "case",
                                                        "do",     "and",       "or",       "not"};
    if (no_types.count(before.text) != 0) return false;
    const std::size_t end = before.offset + before.text.size();
    const std::string_view between = code.substr(end, name.offset - end);
    return !between.empty() && between.find_first_not_of(" \n*&>") == std::string_view::npos;
}

}  // namespace

Violations names_say_what_things_are(const SourceFile& file) {
    Violations found;
    const std::string rule =
        "no name ends in Manager, Helper, Util, Service, Handler, Impl, Base, Data, Info, "
        "Processor or Dto: ";
    auto path = parts_of(file.path);
    path.back() = stem_of(file.path);
    if (ends_with(path.back(), "_test")) path.back().resize(path.back().size() - 5);
    // What lies in the tree of the tests beside them may be named as the field names it.
    if (path.front() == "tests") path = {path.back()};
    for (const std::string& name : path) {
        if (is_empty_snake(name)) found.push_back({file.path, 0, rule + name});
    }
    if (!is_cpp(file)) return found;
    const std::string code = code_only(file.text);
    const auto words = words_of(code);
    for (std::size_t i = 1; i < words.size(); ++i) {
        const Word& word = words[i];
        const bool type = introduces_a_type(words[i - 1].text) && is_empty_camel(word.text);
        // Amounts in the base currency are a term of accounting, so a function may end so.
        // Beast's parser calls functions of these names; those who fill them in have no choice.
        const bool of_beast = starts_with(word.text, "on_") && ends_with(word.text, "_impl") &&
                              starts_with(file.path, "api/http_");
        const bool function = word.text.find('_') != std::string::npos &&
                              !ends_with(word.text, "_base") && !of_beast &&
                              is_empty_snake(word.text) && declares_a_function(words, i, code);
        if (type || function) found.push_back({file.path, word.line, rule + word.text});
    }
    return found;
}

Violations test_cases_are_found(const SourceFile& file) {
    Violations found;
    if (!is_cpp(file) || !starts_with(file.path, "tests/")) return found;
    const bool named_so = ends_with(file.path, "_test.cpp");
    for (const Word& word : words_of(code_only(file.text))) {
        if (!named_so && (word.text == "TEST_CASE" || word.text == "SCENARIO")) {
            found.push_back({file.path, word.line,
                             "a test case stands in a file named *_test.cpp: ctest runs no other"});
        }
    }
    return found;
}

namespace {

// Lines that hold one of these, where no letter, digit, dot or dash stands before it. A word of
// letters must also end there.
Violations lines_with(const SourceFile& file, const std::vector<std::string>& all,
                      std::string_view rule) {
    Violations found;
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '-';
    };
    std::size_t number = 0;
    for (const std::string& line : lines_of(file.text)) {
        ++number;
        for (const std::string& each : all) {
            for (std::size_t at = line.find(each); at != std::string::npos;
                 at = line.find(each, at + 1)) {
                const std::size_t end = at + each.size();
                if (at > 0 && is_letter(line[at - 1])) continue;
                const bool ends_in_letter = is_letter(each.back()) && end < line.size() &&
                                            is_letter(line[end]) && line[end] != '.';
                if (!ends_in_letter) found.push_back({file.path, number, std::string(rule)});
            }
        }
    }
    return found;
}

}  // namespace

Violations nothing_is_left_to_do(const SourceFile& file) {
    // Put together here, so that this file may be read too.
    return lines_with(file, {std::string("TO") + "DO", std::string("FIX") + "ME"},
                      "nothing is left to do in the code: write it, or open an issue");
}

Violations no_path_of_one_machine(const SourceFile& file) {
    return lines_with(
        file, {std::string("/wo") + "rk/", std::string("/ro") + "ot/", std::string("/ho") + "me/"},
        "no text knows the folders of one machine");
}

Violations every_folder_has_a_readme(const std::vector<std::string>& paths) {
    std::set<std::string> needed;
    for (const std::string& path : paths) {
        if (layer_of(path) == layers.size()) continue;
        const auto parts = parts_of(path);
        needed.insert(parts[0]);
        // The parts of a layer are read alone; the tests mirror them and are read from one page.
        const bool is_part = parts.size() > 2 && parts[0] != "tests" && is_cpp({path, ""});
        if (is_part) needed.insert(parts[0] + "/" + parts[1]);
    }
    Violations found;
    for (const std::string& folder : needed) {
        if (!contains(paths, folder + "/README.md")) {
            found.push_back({folder + "/README.md", 0,
                             "each folder of the source has a README.md of one page"});
        }
    }
    return found;
}

Violations every_context_is_listed(const std::vector<std::string>& floors,
                                   const std::vector<std::string>& folders) {
    Violations found;
    for (const std::string& folder : folders) {
        if (!contains(floors, folder)) {
            found.push_back({"domain/contexts.cpp", 0,
                             "every context under domain/ is listed here; " + folder + " is not"});
        }
    }
    return found;
}

Violations test_names_are_unique(const std::vector<std::string>& paths) {
    Violations found;
    std::map<std::pair<std::string, std::string>, std::string> seen;
    for (const std::string& path : paths) {
        if (!starts_with(path, "tests/") || !ends_with(path, "_test.cpp")) continue;
        const auto [first, fresh] = seen.try_emplace({parts_of(path)[1], stem_of(path)}, path);
        if (!fresh) {
            found.push_back({path, 0,
                             "a test program runs its files by name, so the name is its own; " +
                                 first->second + " has it too"});
        }
    }
    return found;
}

}  // namespace kontor::tidy
