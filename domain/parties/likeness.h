// Who may be entered twice: the likeness of names and the sameness of numbers, without any person's
// data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::parties {

// By what two entries are alike, the strongest first.
enum class LikenessSign : std::uint8_t { number, name, similar_name, contact };

void describe(auto& choice, LikenessSign) {
    choice.choice("LikenessSign", "By what two entries are alike.")
        .value("number", "The same number of a register or tax office.")
        .value("name", "The same name in the same country, but for its legal form and writing.")
        .value("similar_name", "Nearly the same name in the same country.")
        .value("contact",
               "The same mail address, telephone number, bank account or entry in a register.");
}

// What likeness looks at.
struct Likely {
    std::string name;
    std::string country;
    std::vector<std::string> numbers;   // each with its kind and country before it
    std::vector<std::string> branches;  // where one number has several: KPPs
    std::vector<std::string> behind;    // the legal entities whose numbers they are
    std::vector<std::string> contacts;
};

struct Match {
    std::size_t one = 0;  // always before the other
    std::size_t other = 0;
    LikenessSign sign = LikenessSign::number;
    std::string text;  // what is the same; empty for names

    bool operator==(const Match&) const = default;
};

// A name without what does not tell one firm from another: capitals, accents, punctuation, the
// order of words, "and", legal forms in many languages. A name of nothing else stays as it is.
std::u32string folded_name(std::string_view name);

// Whether two folded names are one but for a slip: one letter in five to nine, two in ten or more.
// Names whose digits differ are two.
bool is_slip(std::u32string_view one, std::u32string_view other);

// The pairs that are alike, each once, by its strongest sign, in the order of the list. Similar
// names are looked for among those that begin or end alike, and in groups of over 200 among
// neighbours, so that the work does not grow with the square of the list.
std::vector<Match> matches(const std::vector<Likely>&);

}  // namespace kontor::parties
