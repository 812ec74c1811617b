// Which form a file of a bank has.
#include "tools/bank_file.h"

#include <algorithm>

namespace kontor::bank {

std::optional<Money> amount_from(std::string text, Currency currency, char point) {
    constexpr std::size_t longest = 18;
    std::size_t where = text.find(point);
    std::string whole = text.substr(0, where);
    std::string part = where == std::string::npos ? std::string() : text.substr(where + 1);
    const auto digits = static_cast<std::size_t>(minor_digits(currency));
    // More digits than the currency has are zeros, or the amount is not one of it.
    while (part.size() > digits && part.back() == '0') part.pop_back();
    if (part.size() > digits || whole.empty()) return std::nullopt;
    part.resize(digits, '0');
    const std::string all = whole + part;
    if (!std::ranges::all_of(all, [](char c) { return '0' <= c && c <= '9'; })) return std::nullopt;
    const std::string significant = all.substr(std::min(all.find_first_not_of('0'), all.size()));
    if (significant.size() > longest) return std::nullopt;
    const Wide minor = significant.empty() ? Wide{0} : Wide{std::stoll(significant)};
    if (minor > most_money) return std::nullopt;
    return Money{static_cast<std::int64_t>(minor), currency};
}

std::vector<FileStatement> read_bank_file(const std::string& text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::string_view start = text;
    if (start.starts_with(byte_order_mark)) start.remove_prefix(byte_order_mark.size());
    const std::size_t first = start.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) throw BankFileBroken("the file", "is empty");
    if (start[first] == '<') return read_camt053(text);
    if (start[first] == ':' || start[first] == '{') return read_mt940(std::string(start));
    throw BankFileBroken("the file",
                         "is neither camt.053, which begins with <, nor MT940, which begins with "
                         "a tag such as :20: or a block {1:");
}

}  // namespace kontor::bank
