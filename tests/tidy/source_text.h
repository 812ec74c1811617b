// What the tidy rules read of a C++ file: its code, its includes and its lines, told apart.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::tidy {

struct Include {
    std::size_t line = 0;  // counted from 1
    std::string path;      // as written, without quotes or brackets
    bool quoted = false;   // "written so", else <written so>
};

struct Word {
    std::string text;
    std::size_t line = 0;
    std::size_t offset = 0;  // of its first letter in the code
};

// The text with comments blanked and, where asked, what stands inside string and character
// literals too. Knows raw strings, digit separators and continued lines. Every line keeps its
// number and its columns, so that a finding points to the file as it is.
std::string without_comments(std::string_view text);
std::string code_only(std::string_view text);

std::vector<Include> includes_of(std::string_view text);

// Identifiers and keywords of a text that is code only.
std::vector<Word> words_of(std::string_view code);

std::vector<std::string> lines_of(std::string_view text);

// Columns as an editor counts them: one for each character of UTF-8, not for each byte.
std::size_t columns_of(std::string_view line);

}  // namespace kontor::tidy
