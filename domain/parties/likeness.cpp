// How names are folded and compared.
#include "domain/parties/likeness.h"

#include <algorithm>
#include <map>

namespace kontor::parties {

namespace {

// U+00C0 to U+017F as people write them without accents; German umlauts as two letters.
constexpr const char* latin[] = {
    "a", "a", "a",  "a",  "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o",  "o",  "o",  "o", "oe", " ", "o", "u", "u", "u", "ue", "y", "th", "ss",
    "a", "a", "a",  "a",  "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o",  "o",  "o",  "o", "oe", " ", "o", "u", "u", "u", "ue", "y", "th", "y",
    "a", "a", "a",  "a",  "a",  "a", "c",  "c", "c", "c", "c", "c", "c",  "c", "d",  "d",
    "d", "d", "e",  "e",  "e",  "e", "e",  "e", "e", "e", "e", "e", "g",  "g", "g",  "g",
    "g", "g", "g",  "g",  "h",  "h", "h",  "h", "i", "i", "i", "i", "i",  "i", "i",  "i",
    "i", "i", "ij", "ij", "j",  "j", "k",  "k", "k", "l", "l", "l", "l",  "l", "l",  "l",
    "l", "l", "l",  "n",  "n",  "n", "n",  "n", "n", "n", "n", "n", "o",  "o", "o",  "o",
    "o", "o", "oe", "oe", "r",  "r", "r",  "r", "r", "r", "s", "s", "s",  "s", "s",  "s",
    "s", "s", "t",  "t",  "t",  "t", "t",  "t", "u", "u", "u", "u", "u",  "u", "u",  "u",
    "u", "u", "u",  "u",  "w",  "w", "y",  "y", "y", "z", "z", "z", "z",  "z", "z",  "s",
};

// Without full stops, which are taken out before: "s.r.o." is one word.
constexpr std::u32string_view words_apart[] = {
    U"ab",   U"ag",           U"and",  U"aps",  U"as",  U"asa",     U"ao",  U"bv",  U"bvba",
    U"co",   U"company",      U"corp", U"doo",  U"eg",  U"et",      U"ek",  U"gbr", U"gmbh",
    U"inc",  U"incorporated", U"kft",  U"kg",   U"kk",  U"limited", U"llc", U"llp", U"lp",
    U"ltd",  U"ltda",         U"nv",   U"ooo",  U"ou",  U"oy",      U"oyj", U"pao", U"plc",
    U"pte",  U"pty",          U"sa",   U"sarl", U"sas", U"se",      U"sia", U"sl",  U"spa",
    U"spol", U"sro",          U"srl",  U"the",  U"ug",  U"uab",     U"und", U"zao", U"zrt",
    U"ао",   U"зао",          U"и",    U"ип",   U"оао", U"ооо",     U"пао",
};

// The next character of UTF-8 that is sound; what is not is passed over.
char32_t next_of(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    char32_t character = more == 0 ? first : first & (0x3fu >> more);
    text.remove_prefix(1);
    for (std::size_t n = 0; n < more && !text.empty(); ++n) {
        character = (character << 6) | (static_cast<unsigned char>(text.front()) & 0x3fu);
        text.remove_prefix(1);
    }
    return character;
}

bool is_letter_or_digit(char32_t c) {
    if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
    return c > 0xbf && !(c >= 0x2000 && c <= 0x206f);  // general punctuation
}

// The words of a name in small letters without accents.
std::vector<std::u32string> words_of(std::string_view name) {
    std::vector<std::u32string> words(1);
    while (!name.empty()) {
        char32_t c = next_of(name);
        if (c == U'.' || c == U'\'' || c == 0x2019) continue;
        if (c >= U'A' && c <= U'Z') c += 0x20;
        if (c == 0x401 || c == 0x451) c = 0x435;  // Cyrillic io as ie
        if (c >= 0x410 && c <= 0x42f) c += 0x20;  // Cyrillic capitals
        if (c >= 0xc0 && c <= 0x17f) {
            for (const char* plain = latin[c - 0xc0]; *plain; ++plain)
                if (*plain != ' ') words.back() += static_cast<char32_t>(*plain);
        } else if (is_letter_or_digit(c)) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    std::erase(words, U"");
    return words;
}

std::u32string digits_of(std::u32string_view name) {
    std::u32string digits;
    for (const char32_t c : name)
        if (c >= U'0' && c <= U'9') digits += c;
    return digits;
}

// How many letters must be put in, left out or changed to make one the other (Levenshtein).
std::size_t distance(std::u32string_view one, std::u32string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t n = 0; n < row.size(); ++n) row[n] = n;
    for (std::size_t m = 1; m <= one.size(); ++m) {
        std::size_t diagonal = row[0];
        row[0] = m;
        for (std::size_t n = 1; n <= other.size(); ++n) {
            const std::size_t changed = diagonal + (one[m - 1] == other[n - 1] ? 0 : 1);
            diagonal = row[n];
            row[n] = std::min({row[n] + 1, row[n - 1] + 1, changed});
        }
    }
    return row.back();
}

bool share(const std::vector<std::string>& one, const std::vector<std::string>& other) {
    return std::ranges::any_of(one, [&](const std::string& each) {
        return std::ranges::find(other, each) != other.end();
    });
}

using Places = std::vector<std::size_t>;

class Matching {
public:
    explicit Matching(const std::vector<Likely>& all) : all_(all) {}

    std::vector<Match> run() {
        by_numbers();
        by_names();
        by_contacts();
        std::vector<Match> found;
        for (const auto& [pair, match] : found_) found.push_back(match);
        return found;
    }

private:
    void by_numbers() {
        std::map<std::string, Places> same;
        for (std::size_t n = 0; n < all_.size(); ++n)
            for (const std::string& number : all_[n].numbers) same[number].push_back(n);
        for (const auto& [number, places] : same)
            each_pair(places, [&](std::size_t one, std::size_t other) {
                const Likely& first = all_[one];
                const Likely& second = all_[other];
                // Who is served through one legal entity has its number by right; branches of one
                // firm have one number and are two all the same.
                if (share(first.behind, second.behind)) return;
                if (first.branches.empty() || second.branches.empty() ||
                    share(first.branches, second.branches))
                    add({one, other, LikenessSign::number, number});
            });
    }
    void by_names() {
        std::vector<std::u32string> folded;
        std::map<std::pair<std::string, std::u32string>, Places> blocks;
        for (std::size_t n = 0; n < all_.size(); ++n) {
            folded.push_back(folded_name(all_[n].name));
            const std::u32string& name = folded.back();
            const std::size_t three = std::min<std::size_t>(name.size(), 3);
            blocks[{all_[n].country, U"<" + name.substr(0, three)}].push_back(n);
            blocks[{all_[n].country, U">" + name.substr(name.size() - three)}].push_back(n);
        }
        for (auto& [block, places] : blocks) {
            std::ranges::stable_sort(
                places, {}, [&](std::size_t n) -> const std::u32string& { return folded[n]; });
            each_pair(places, [&](std::size_t one, std::size_t other) {
                if (folded[one] == folded[other])
                    add({one, other, LikenessSign::name, {}});
                else if (is_slip(folded[one], folded[other]))
                    add({one, other, LikenessSign::similar_name, {}});
            });
        }
    }
    void by_contacts() {
        std::map<std::string, Places> same;
        for (std::size_t n = 0; n < all_.size(); ++n)
            for (const std::string& contact : all_[n].contacts) same[contact].push_back(n);
        for (const auto& [contact, places] : same)
            each_pair(places, [&](std::size_t one, std::size_t other) {
                add({one, other, LikenessSign::contact, contact});
            });
    }
    // All pairs of a group; of a large one each with those that follow next, or a thousand entries
    // by one name would make half a million pairs that nobody reads.
    static void each_pair(const Places& places, const auto& call) {
        constexpr std::size_t large = 200, next = 50;
        const std::size_t reach = places.size() > large ? next : large;
        for (std::size_t m = 0; m < places.size(); ++m)
            for (std::size_t n = m + 1; n < std::min(places.size(), m + 1 + reach); ++n)
                if (places[m] != places[n])
                    call(std::min(places[m], places[n]), std::max(places[m], places[n]));
    }
    void add(Match match) {
        const std::pair pair(match.one, match.other);
        const auto known = found_.find(pair);
        if (known == found_.end())
            found_.emplace(pair, std::move(match));
        else if (match.sign < known->second.sign)
            known->second = std::move(match);
    }

    const std::vector<Likely>& all_;
    std::map<std::pair<std::size_t, std::size_t>, Match> found_;
};

}  // namespace

std::u32string folded_name(std::string_view name) {
    const std::vector<std::u32string> all = words_of(name);
    std::vector<std::u32string> words = all;
    std::erase_if(words, [](const std::u32string& word) {
        return std::ranges::find(words_apart, word) != std::end(words_apart);
    });
    if (words.empty()) words = all;
    std::ranges::sort(words);
    std::u32string folded;
    for (const std::u32string& word : words) folded += (folded.empty() ? U"" : U" ") + word;
    return folded;
}

bool is_slip(std::u32string_view one, std::u32string_view other) {
    const std::size_t shorter = std::min(one.size(), other.size());
    const std::size_t longer = std::max(one.size(), other.size());
    const std::size_t allowed = shorter < 5 ? 0 : shorter < 10 ? 1 : 2;
    if (longer - shorter > allowed || digits_of(one) != digits_of(other)) return false;
    return distance(one, other) <= allowed;
}

std::vector<Match> matches(const std::vector<Likely>& all) { return Matching(all).run(); }

}  // namespace kontor::parties
