// A text that a list is searched for: in names by its words, in codes and numbers as it stands.
#pragma once

#include "domain/parties/likeness.h"

#include <algorithm>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kontor::parties {

class Words {
public:
    explicit Words(std::string_view text) : text_(text) {
        std::u32string word;
        for (const char32_t c : folded_name(text) + U" ") {
            if (c != U' ')
                word += c;
            else if (!word.empty())
                words_.push_back(std::exchange(word, {}));
        }
    }
    // Whether each word begins some word of the name. An empty text is in every name.
    bool in(std::string_view name) const {
        if (text_.empty()) return true;
        if (words_.empty()) return false;
        const std::u32string folded = U" " + folded_name(name);
        return std::ranges::all_of(words_, [&](const std::u32string& word) {
            return folded.find(U" " + word) != std::u32string::npos;
        });
    }
    bool within(std::string_view code) const { return code.find(text_) != std::string_view::npos; }

private:
    std::string text_;
    std::vector<std::u32string> words_;
};

}  // namespace kontor::parties
