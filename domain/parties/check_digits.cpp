// How shapes are compared and check digits are reckoned.
#include "domain/parties/check_digits.h"

#include "domain/core/ensure.h"

#include <algorithm>
#include <functional>

namespace kontor::parties {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// The parts of a shape in order: how many of which class; 0 for a character that stands for itself.
void each_part(std::string_view shape, const std::function<void(std::size_t, char)>& call) {
    for (std::size_t at = 0; at < shape.size();) {
        if (!is_digit(shape[at])) {
            call(0, shape[at++]);
            continue;
        }
        std::size_t count = 0;
        for (; is_digit(shape[at]); ++at) count = count * 10 + std::size_t(shape[at] - '0');
        ensure(at + 1 < shape.size() && shape[at] == '!', "a shape is written as in ISO 13616");
        call(count, shape[at + 1]);
        at += 2;
    }
}

std::string_view words_for(char of_class) {
    return of_class == 'n' ? "a digit" : of_class == 'a' ? "a letter" : "a digit or letter";
}

bool is_of(char c, char of_class) {
    return (of_class != 'a' && is_digit(c)) || (of_class != 'n' && is_capital(c));
}

}  // namespace

std::string compacted(std::string_view text) {
    std::string compact;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (std::string_view(" .-/()\t").find(text[at]) != std::string_view::npos) continue;
        if (text.substr(at, 2) == "\u00a0") {
            ++at;
            continue;
        }
        const char c = text[at];
        compact += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return compact;
}

std::size_t length_of_shape(std::string_view shape) {
    std::size_t length = 0;
    each_part(shape, [&](std::size_t count, char) { length += std::max<std::size_t>(count, 1); });
    return length;
}

std::string fault_of_shape(std::string_view text, std::string_view shape) {
    const std::size_t length = length_of_shape(shape);
    if (text.size() != length)
        return "has " + std::to_string(text.size()) + " characters, not " + std::to_string(length);
    std::string fault;
    std::size_t at = 0;
    const auto expect = [&](bool sound, std::string_view what) {
        if (!sound && fault.empty())
            fault = "has " + std::string(1, text[at]) + " in place " + std::to_string(at + 1) +
                    ", where " + std::string(what) + " stands";
        ++at;
    };
    each_part(shape, [&](std::size_t count, char of_class) {
        if (count == 0) expect(text[at] == of_class, std::string(1, of_class));
        for (; count > 0; --count) expect(is_of(text[at], of_class), words_for(of_class));
    });
    return fault;
}

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

int value_of(char c) { return is_digit(c) ? c - '0' : c - 'A' + 10; }

std::int64_t weighted_sum(std::string_view digits, std::initializer_list<int> weights) {
    ensure(digits.size() == weights.size(), "each digit has a weight");
    std::int64_t sum = 0;
    std::size_t at = 0;
    for (const int weight : weights) sum += weight * value_of(digits[at++]);
    return sum;
}

int remainder_of(std::string_view number, int divisor) {
    int rest = 0;
    for (const char c : number) rest = (rest * (is_digit(c) ? 10 : 100) + value_of(c)) % divisor;
    return rest;
}

int luhn_digit(std::string_view digits) {
    int sum = 0;
    bool doubled = true;
    for (std::size_t at = digits.size(); at-- > 0; doubled = !doubled) {
        const int digit = value_of(digits[at]) * (doubled ? 2 : 1);
        sum += digit / 10 + digit % 10;
    }
    return (10 - sum % 10) % 10;
}

int mod_11_10_digit(std::string_view digits) {
    int product = 10;
    for (const char digit : digits) {
        const int sum = (product + value_of(digit)) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10;
}

std::string fault_of_check_digit(std::string_view is, std::string_view should) {
    if (is == should) return {};
    return "has the check " + std::string(is.size() > 1 ? "digits " : "digit ") + std::string(is) +
           ", which should be " + std::string(should);
}

std::string fault_of_check_digit(char is, int should) {
    return fault_of_check_digit(std::string_view(&is, 1), std::to_string(should));
}

}  // namespace kontor::parties
