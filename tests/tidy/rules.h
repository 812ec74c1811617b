// The rules that hold the architecture, each a function from a file to what breaks it there.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace kontor::tidy {

struct SourceFile {
    std::string path;  // from the root of the checkout, with slashes
    std::string text;
};

struct Violation {
    std::string path;
    std::size_t line = 0;  // counted from 1; 0 where the file as a whole is meant
    std::string rule;      // the sentence that is broken here
};

using Violations = std::vector<Violation>;

// The folders under domain/ that are contexts, each once, sorted by name.
std::vector<std::string> contexts_of(const std::vector<std::string>& paths);

// The contexts in the order of domain/contexts.cpp, lower floor first: names of folders under
// domain/ as they are first called or qualified in the code of that list.
std::vector<std::string> floors_of(const SourceFile& list, const std::vector<std::string>& folders);

// Includes of C++ files.
Violations written_from_the_root(const SourceFile&);
Violations arrows_point_one_way(const SourceFile&);
Violations floors_are_kept(const SourceFile&, const std::vector<std::string>& floors);
Violations domain_uses_only_the_standard_library(const SourceFile&);
Violations fences_are_kept(const SourceFile&);

// What domain/ may not do, so that a replay gives the same result anywhere and at any time.
Violations domain_is_deterministic(const SourceFile&);
Violations domain_throws_nothing(const SourceFile&);

// Form of C++ files.
Violations hundred_columns(const SourceFile&);
Violations first_line_says_what_it_is(const SourceFile&);
Violations headers_are_guarded(const SourceFile&);
Violations headers_open_no_namespace(const SourceFile&);
Violations names_say_what_things_are(const SourceFile&);
Violations test_cases_are_found(const SourceFile&);

// Any text file.
Violations nothing_is_left_to_do(const SourceFile&);
Violations no_path_of_one_machine(const SourceFile&);

// The tree as a whole.
Violations every_folder_has_a_readme(const std::vector<std::string>& paths);
Violations every_context_is_listed(const std::vector<std::string>& floors,
                                   const std::vector<std::string>& folders);
Violations test_names_are_unique(const std::vector<std::string>& paths);

}  // namespace kontor::tidy
