// Exact decimals, and numbers and dates by their patterns.
#include "tools/import_formats.h"

#include <fmt/format.h>

#include <algorithm>

namespace kontor {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// As many digits as a Wide surely holds.
constexpr std::size_t most_digits = 36;

std::optional<Exact> raised(Exact number, int scale) {
    for (; number.scale < scale; ++number.scale)
        if (__builtin_mul_overflow(number.units, Wide{10}, &number.units)) return std::nullopt;
    return number;
}

struct RoundingName {
    std::string_view name;
    Rounding rounding;
};
constexpr RoundingName roundings[] = {
    {"half_up", Rounding::half_up}, {"half_even", Rounding::half_even},
    {"down", Rounding::down},       {"up", Rounding::up},
    {"floor", Rounding::floor},     {"ceiling", Rounding::ceiling},
};

// The digits without the marks of thousands; empty when a mark stands where none may.
std::optional<std::string> without_marks(std::string_view whole, char mark) {
    if (mark == 0 || whole.find(mark) == std::string_view::npos) return std::string(whole);
    std::string digits;
    std::size_t since_mark = 0;
    bool marked = false;
    for (const char c : whole) {
        if (c != mark) {
            digits += c;
            ++since_mark;
            continue;
        }
        if (marked ? since_mark != 3 : since_mark < 1 || since_mark > 3) return std::nullopt;
        marked = true;
        since_mark = 0;
    }
    if (since_mark != 3) return std::nullopt;
    return digits;
}

struct PatternStep {
    char letter;        // Y M D h m s; 0 for a character that stands for itself; '*'
    std::size_t count;  // how often it stands
};

PatternStep step_of(std::string_view pattern) {
    const char letter = pattern.front();
    if (letter == '*') return {'*', 1};
    if (std::string_view("YMDhms").find(letter) == std::string_view::npos) return {0, 1};
    const std::size_t end = pattern.find_first_not_of(letter);
    return {letter, end == std::string_view::npos ? pattern.size() : end};
}

// Takes between `least` and `most` digits off the text.
std::optional<int> take_digits(std::string_view& text, std::size_t least, std::size_t most) {
    std::size_t count = 0;
    int value = 0;
    while (count < most && count < text.size() && is_digit(text[count]))
        value = value * 10 + (text[count++] - '0');
    if (count < least) return std::nullopt;
    text.remove_prefix(count);
    return value;
}

constexpr int year_19 = 1900, year_20 = 2000, posix_turn = 69;

}  // namespace

std::optional<Exact> sum_of(const Exact& a, const Exact& b) {
    const int scale = std::max(a.scale, b.scale);
    const auto left = raised(a, scale);
    const auto right = raised(b, scale);
    Exact sum{0, scale};
    if (!left || !right || __builtin_add_overflow(left->units, right->units, &sum.units))
        return std::nullopt;
    return sum;
}

std::optional<Exact> product_of(const Exact& a, const Exact& b) {
    Exact product{0, a.scale + b.scale};
    if (product.scale > static_cast<int>(most_digits) ||
        __builtin_mul_overflow(a.units, b.units, &product.units))
        return std::nullopt;
    return product;
}

Exact negated(Exact number) {
    number.units = -number.units;
    return number;
}

int sign_of(const Exact& number) { return number.units < 0 ? -1 : number.units > 0 ? 1 : 0; }

Exact rounded(const Exact& number, int digits, Rounding rounding) {
    if (digits >= number.scale) return raised(number, digits).value_or(number);
    return {divide(number.units, ten_to(number.scale - digits), rounding), digits};
}

std::string to_text(const Exact& number) { return decimal_text(number.units, number.scale); }

std::optional<Rounding> rounding_from(std::string_view name) {
    for (const RoundingName& known : roundings)
        if (known.name == name) return known.rounding;
    return std::nullopt;
}

std::string_view rounding_names() { return "half_up, half_even, down, up, floor or ceiling"; }

std::optional<Exact> number_from(std::string_view text, const NumberFormat& format) {
    bool negative = false;
    if (text.starts_with('-') || text.starts_with('+')) {
        negative = text.front() == '-';
        text.remove_prefix(1);
    } else if (text.ends_with('-')) {
        negative = true;
        text.remove_suffix(1);
    }
    const std::size_t point = text.find(format.decimal_mark);
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (point != std::string_view::npos && fraction.empty()) return std::nullopt;
    auto digits = without_marks(text.substr(0, point), format.thousands_mark);
    if (!digits || digits->empty()) return std::nullopt;
    *digits += fraction;
    if (digits->size() > most_digits || !std::ranges::all_of(*digits, is_digit))
        return std::nullopt;
    Exact number{0, static_cast<int>(fraction.size())};
    for (const char c : *digits) number.units = number.units * 10 + (c - '0');
    if (negative) number.units = -number.units;
    return number;
}

std::string fault_of_pattern(std::string_view pattern) {
    std::string seen;
    while (!pattern.empty()) {
        const PatternStep step = step_of(pattern);
        pattern.remove_prefix(step.count);
        if (step.letter == 0) continue;
        if (step.letter == '*') {
            if (!pattern.empty()) return "has a * that is not at its end";
            continue;
        }
        const bool fits = step.letter == 'Y' ? step.count == 4 || step.count == 2 : step.count <= 2;
        if (!fits) return "has " + std::string(step.count, step.letter) + ", which means nothing";
        if (seen.find(step.letter) != std::string::npos)
            return std::string("has ") + step.letter + " twice";
        seen += step.letter;
    }
    for (const char letter : std::string_view("YMD"))
        if (seen.find(letter) == std::string::npos)
            return fmt::format("has no {}: a day is YYYY, MM and DD", letter);
    return {};
}

std::optional<Date> date_by(std::string_view text, std::string_view pattern) {
    int year = 0, month = 0, day = 0;
    while (!pattern.empty()) {
        const PatternStep step = step_of(pattern);
        if (step.letter == '*') {
            text = {};
            break;
        }
        if (step.letter == 0) {
            if (text.empty() || text.front() != pattern.front()) return std::nullopt;
            text.remove_prefix(1);
            pattern.remove_prefix(1);
            continue;
        }
        pattern.remove_prefix(step.count);
        const auto number = take_digits(text, step.count, std::max<std::size_t>(step.count, 2));
        if (!number) return std::nullopt;
        switch (step.letter) {
            case 'Y':
                year = step.count == 4 ? *number
                                       : *number + (*number < posix_turn ? year_20 : year_19);
                break;
            case 'M': month = *number; break;
            case 'D': day = *number; break;
            case 'h':
                if (*number > 24) return std::nullopt;
                break;
            default:
                if (*number > 60) return std::nullopt;
        }
    }
    if (!text.empty()) return std::nullopt;
    return date_of(year, month, day);
}

}  // namespace kontor
