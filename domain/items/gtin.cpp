// How check digits are computed and numbers of several lengths are one.
#include "domain/items/gtin.h"

#include <algorithm>

namespace kontor::items {

bool looks_like_gtin(std::string_view text) {
    const bool long_enough =
        text.size() == 8 || text.size() == 12 || text.size() == 13 || text.size() == 14;
    return long_enough && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

char gtin_check_digit(std::string_view digits) {
    int sum = 0, weight = 3;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        sum += weight * (*digit - '0');
        weight = 4 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool is_gtin(std::string_view text) {
    return looks_like_gtin(text) &&
           gtin_check_digit(text.substr(0, text.size() - 1)) == text.back();
}

std::string barcode_key(std::string_view text) {
    if (!is_gtin(text)) return std::string(text);
    return std::string(14 - text.size(), '0').append(text);
}

}  // namespace kontor::items
