// A small reader of C++ text: enough to know code from comments and from literals.
#include "tests/tidy/source_text.h"

#include <algorithm>

namespace kontor::tidy {
namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Walks over a file once and blanks what the reader did not ask for.
class Blanking {
public:
    Blanking(std::string_view text, bool literals) : text_(text), out_(text), literals_(literals) {
        while (at_ < text_.size()) step();
    }
    std::string result() && { return std::move(out_); }

private:
    void step() {
        if (starts("//")) {
            blank(end_of_line_comment());
        } else if (starts("/*")) {
            blank(after(text_.find("*/", at_ + 2), 2));
        } else if (text_[at_] == '"') {
            literal(is_raw() ? end_of_raw() : end_of_quoted('"'));
        } else if (text_[at_] == '\'' && !separates_digits()) {
            literal(end_of_quoted('\''));
        } else {
            ++at_;
        }
    }

    bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

    std::size_t after(std::size_t found, std::size_t length) const {
        return found == std::string_view::npos ? text_.size() : found + length;
    }

    std::size_t end_of_line_comment() const {
        std::size_t end = at_;
        do {
            end = std::min(text_.find('\n', end + 1), text_.size());
        } while (end < text_.size() && text_[end - 1] == '\\');
        return end;
    }

    std::size_t end_of_quoted(char quote) const {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
            end += text_[end] == '\\' ? 2U : 1U;
        }
        return std::min(end + 1, text_.size());
    }

    std::size_t end_of_raw() const {
        const std::size_t open = text_.find('(', at_);
        if (open == std::string_view::npos) return text_.size();
        const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
        return after(text_.find(close, open), close.size());
    }

    // R, u8R, uR, UR or LR, and no longer name that happens to end in R.
    bool is_raw() const {
        std::size_t begin = at_;
        while (begin > 0 && is_word(text_[begin - 1])) --begin;
        const std::string_view prefix = text_.substr(begin, at_ - begin);
        return prefix == "R" || prefix == "u8R" || prefix == "uR" || prefix == "UR" ||
               prefix == "LR";
    }

    // 1'000: inside a word that begins with a digit. u8'x' and L'x' are characters.
    bool separates_digits() const {
        std::size_t begin = at_;
        while (begin > 0 && (is_word(text_[begin - 1]) || text_[begin - 1] == '\'')) --begin;
        return begin < at_ && text_[begin] >= '0' && text_[begin] <= '9';
    }

    void blank(std::size_t end) {
        for (; at_ < end; ++at_) {
            if (text_[at_] != '\n') out_[at_] = ' ';
        }
    }

    // The quotes stay, so that code does not grow together.
    void literal(std::size_t end) {
        if (!literals_) {
            at_ = end;
            return;
        }
        ++at_;
        if (end > at_) blank(end - 1);
        at_ = std::max(at_, end);
    }

    std::string_view text_;
    std::string out_;
    bool literals_;
    std::size_t at_ = 0;
};

}  // namespace

std::string without_comments(std::string_view text) { return Blanking(text, false).result(); }

std::string code_only(std::string_view text) { return Blanking(text, true).result(); }

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> found;
    std::size_t number = 0;
    // Blanked text says which lines are code; raw strings may hold lines that look like includes.
    const std::vector<std::string> code = lines_of(code_only(text));
    for (const std::string& line : lines_of(without_comments(text))) {
        const std::string& bare = code[number++];
        const std::size_t hash = bare.find_first_not_of(" \t");
        if (hash == std::string::npos || bare[hash] != '#') continue;
        const std::size_t keyword = bare.find_first_not_of(" \t", hash + 1);
        if (keyword == std::string::npos || bare.compare(keyword, 7, "include") != 0) continue;
        const std::size_t open = line.find_first_of("\"<", keyword);
        if (open == std::string::npos) continue;
        const bool quoted = line[open] == '"';
        const std::size_t close = line.find(quoted ? '"' : '>', open + 1);
        if (close == std::string::npos) continue;
        found.push_back({number, line.substr(open + 1, close - open - 1), quoted});
    }
    return found;
}

std::vector<Word> words_of(std::string_view code) {
    std::vector<Word> words;
    std::size_t line = 1;
    for (std::size_t at = 0; at < code.size();) {
        if (!is_word(code[at])) {
            line += code[at] == '\n' ? 1U : 0U;
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < code.size() && is_word(code[at])) ++at;
        words.push_back({std::string(code.substr(begin, at - begin)), line, begin});
    }
    return words;
}

std::size_t columns_of(std::string_view line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

}  // namespace kontor::tidy
