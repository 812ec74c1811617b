// Reading and printing one-word values, with a sentence for each way in which a text is none.
#include "api/scalar_text.h"

#include "domain/core/date.h"
#include "domain/core/decimal.h"
#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/personal_form.h"
#include "domain/core/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace kontor {
namespace {

constexpr Bounds unbounded{};

// Codes and ids differ in C++ by what they name, not in how they lie in memory.
struct AnyThing {};
static_assert(sizeof(Code<AnyThing>) == sizeof(std::string));
static_assert(sizeof(Id<AnyThing>) == sizeof(Uuid));

const std::string& text_in(const void* value) { return *static_cast<const std::string*>(value); }
std::int64_t units_in(const void* value) { return *static_cast<const std::int64_t*>(value); }
static_assert(sizeof(Rate) == sizeof(std::int64_t) && sizeof(Percent) == sizeof(std::int64_t));

int digits_of(Kind kind) { return kind == Kind::rate ? Rate::digits : Percent::digits; }

// Where there is no room for more than a word.
std::string_view shown_text(const PersonalText& value) {
    if (value.erased) return "[erased]";
    return value.sealed.empty() ? std::string_view(value.plain) : "[sealed]";
}

// What a text must look like before its size and its digits are asked about.
bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto digits = [&text] {
        const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
        const std::string_view run = text.substr(0, end);
        text.remove_prefix(end);
        return run;
    };
    const std::string_view whole = digits();
    if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return false;
    if (text.empty()) return true;
    if (text.front() != '.') return false;
    text.remove_prefix(1);
    return !digits().empty() && text.empty();
}

// Digits after the point that are more than zeros at the end.
std::size_t fraction_digits(std::string_view decimal) {
    const std::size_t point = decimal.find('.');
    if (point == std::string_view::npos) return 0;
    const std::size_t last = decimal.find_last_not_of('0');
    return last <= point ? 0 : last - point;
}

constexpr std::string_view decimal_words = "must be a decimal in quotes, such as \"12.50\"";

std::string fault_of_units(std::int64_t units, const Bounds& bounds, int digits) {
    if (units < bounds.least) return "must be at least " + short_decimal_text(bounds.least, digits);
    if (units > bounds.most) return "must be at most " + short_decimal_text(bounds.most, digits);
    return {};
}

// What is wrong with a decimal that may have so many digits and so many units.
std::string read_decimal(std::string_view text, int digits, std::int64_t most,
                         std::string_view of_what, const Bounds& bounds, std::int64_t& units) {
    if (!is_decimal(text)) return std::string(decimal_words);
    if (fraction_digits(text) > static_cast<std::size_t>(digits))
        return "has more than " + std::to_string(digits) + " digits after the point" +
               std::string(of_what);
    const auto read = decimal_from(text, digits);
    // All 64 bits where nothing less is the most.
    const std::int64_t least = most == unbounded.most ? unbounded.least : -most;
    if (!read || *read > most || *read < least)
        return "must be between " + short_decimal_text(least, digits) + " and " +
               short_decimal_text(most, digits);
    units = *read;
    return fault_of_units(units, bounds, digits);
}

std::string fault_of_length(std::size_t length, const Bounds& bounds) {
    if (length < bounds.shortest)
        return bounds.shortest == 1
                   ? "must not be empty"
                   : "must be at least " + std::to_string(bounds.shortest) + " bytes long";
    if (length > bounds.longest)
        return "must be at most " + std::to_string(bounds.longest) + " bytes long";
    return {};
}

std::string read_text(std::string_view text, const Bounds& bounds, std::string& value) {
    if (std::string problem = fault_of_length(text.size(), bounds); !problem.empty())
        return problem;
    // A reason or a name of spaces alone says as little as an empty one.
    if (bounds.shortest > 0 && text.find_first_not_of(' ') == std::string_view::npos)
        return "must not be blank";
    // Databases and spreadsheets that our texts go to end a text at this character.
    if (text.find('\0') != std::string_view::npos) return "must not hold the character U+0000";
    value = text;
    return {};
}

// Behind the door nobody can read it, so that what has a form is held against it here.
std::string read_personal(const Type& type, std::string_view text, const Bounds& bounds,
                          std::string& value) {
    if (std::string problem = read_text(text, bounds, value); !problem.empty()) return problem;
    const PersonalForm form = form_of(type);
    if (form.fault)
        if (std::string problem = form.fault(value); !problem.empty()) return problem;
    if (form.kept) value = form.kept(value);
    return {};
}

std::string read_code(std::string_view text, const Bounds& bounds, std::string& value) {
    if (const std::string_view fault = fault_of_code(text); !fault.empty())
        return std::string(fault);
    if (std::string problem = fault_of_length(text.size(), bounds); !problem.empty())
        return problem;
    value = text;
    return {};
}

std::string read_choice(const Type& type, std::string_view text, void* value) {
    for (std::size_t at = 0; at < type.choices.size(); ++at)
        if (type.choices[at].name == text) {
            *static_cast<std::uint8_t*>(value) = static_cast<std::uint8_t>(at);
            return {};
        }
    return expected_words(type);
}

std::string read_date(std::string_view text, const Bounds& bounds, Date& value) {
    const auto date = date_from(text);
    if (!date) return "must be a day of the calendar as YYYY-MM-DD";
    value = *date;
    if (date->days < bounds.least)
        return "must not be before " + to_text(Date{static_cast<std::int32_t>(bounds.least)});
    if (date->days > bounds.most)
        return "must not be after " + to_text(Date{static_cast<std::int32_t>(bounds.most)});
    return {};
}

std::string read_timestamp(std::string_view text, const Bounds& bounds, Timestamp& value) {
    const auto time = timestamp_from(text);
    if (!time)
        return "must be an instant with its offset, such as 2026-02-17T22:30:00+01:00, with at "
               "most six digits after the second";
    value = *time;
    if (time->micros < bounds.least)
        return "must not be before " + to_text(Timestamp{bounds.least});
    if (time->micros > bounds.most) return "must not be after " + to_text(Timestamp{bounds.most});
    return {};
}

std::string read_bytes(std::string_view text, const Bounds& bounds, Bytes& value) {
    auto octets = base64_octets(text);
    if (!octets) return "must be base64 with padding";
    value.octets = std::move(*octets);
    return fault_of_length(value.octets.size(), bounds);
}

template <class T>
std::string read_named(std::optional<T> found, const Type& type, void* value) {
    if (!found) return expected_words(type);
    *static_cast<T*>(value) = *found;
    return {};
}

}  // namespace

bool is_measured(Kind kind) {
    return kind == Kind::money || kind == Kind::unit_price || kind == Kind::quantity;
}

bool is_scalar(Kind kind) { return kind < Kind::money || kind == Kind::choice; }

std::string_view measure_name(Kind kind) { return kind == Kind::quantity ? "unit" : "currency"; }

std::string expected_words(const Type& type) {
    switch (type.kind) {
        case Kind::boolean: return "must be true or false";
        case Kind::integer: return "must be a whole number of 64 bits, without point or exponent";
        case Kind::text:
        case Kind::personal: return "must be a text in quotes";
        case Kind::bytes: return "must be base64 in quotes";
        case Kind::code: return "must be a code in quotes";
        case Kind::id: return "must be a UUID, such as 0190b6a4-7c1e-7b3a-9f00-5d2c8e1a4b67";
        case Kind::date: return "must be a date in quotes, such as \"2026-02-17\"";
        case Kind::timestamp:
            return "must be an instant in quotes, such as \"2026-02-17T22:30:00Z\"";
        case Kind::currency: return "must be a currency of ISO 4217, such as EUR";
        case Kind::unit: return "must be a unit of 1 to 8 printable characters, such as kg";
        case Kind::rate:
        case Kind::percent: return std::string(decimal_words);
        case Kind::money:
        case Kind::unit_price:
            return R"(must be an amount and a currency: {"amount": "12.50", "currency": "EUR"})";
        case Kind::quantity:
            return R"(must be an amount and a unit: {"amount": "1.5", "unit": "kg"})";
        case Kind::choice: {
            std::string words = "must be one of ";
            for (const Choice& choice : type.choices)
                (words += &choice == &type.choices.front() ? "" : ", ") += choice.name;
            return words;
        }
        case Kind::optional: return expected_words(type.element());
        case Kind::list: return "must be a list";
        case Kind::map:
        case Kind::record: return "must be an object";
        case Kind::variant: {
            std::string words = "must be an object with exactly one of ";
            for (std::size_t at = 0; at < type.alternatives.size(); ++at)
                (words += at ? ", " : "") += type.alternatives[at]().name;
            return words;
        }
    }
    ensure(false, "every kind has words");
    return {};
}

std::string fault_of_count(std::size_t count, const Bounds& bounds) {
    if (count < bounds.shortest)
        return bounds.shortest == 1
                   ? "must not be empty"
                   : "must have at least " + std::to_string(bounds.shortest) + " items";
    if (count > bounds.longest)
        return "must have at most " + std::to_string(bounds.longest) + " items";
    return {};
}

std::string fault_of_integer(std::int64_t number, const Bounds& bounds) {
    return fault_of_units(number, bounds, 0);
}

std::string read_scalar(const Type& type, const Bounds& bounds, std::string_view text,
                        void* value) {
    switch (type.kind) {
        case Kind::boolean:
            if (text != "true" && text != "false") return expected_words(type);
            *static_cast<bool*>(value) = text == "true";
            return {};
        case Kind::integer: {
            const auto number = integer_from(text);
            if (!number) return expected_words(type);
            *static_cast<std::int64_t*>(value) = *number;
            return fault_of_integer(*number, bounds);
        }
        case Kind::text: return read_text(text, bounds, *static_cast<std::string*>(value));
        case Kind::personal:
            return read_personal(type, text, bounds, static_cast<PersonalText*>(value)->plain);
        case Kind::bytes: return read_bytes(text, bounds, *static_cast<Bytes*>(value));
        case Kind::code: return read_code(text, bounds, *static_cast<std::string*>(value));
        case Kind::id: return read_named(uuid_from(text), type, value);
        case Kind::date: return read_date(text, bounds, *static_cast<Date*>(value));
        case Kind::timestamp: return read_timestamp(text, bounds, *static_cast<Timestamp*>(value));
        case Kind::currency: return read_named(currency_from(text), type, value);
        case Kind::unit: return read_named(unit_from(text), type, value);
        case Kind::rate:
        case Kind::percent:
            return read_decimal(text, digits_of(type.kind), unbounded.most, {}, bounds,
                                *static_cast<std::int64_t*>(value));
        case Kind::choice: return read_choice(type, text, value);
        default: break;
    }
    ensure(false, "only one-word values are read from a word");
    return {};
}

namespace {

struct AmountRules {
    int digits;
    std::int64_t most;
    std::string of_what;
};

AmountRules rules_of(Kind kind, std::optional<Currency> currency) {
    if (kind == Kind::money) {
        const int digits = minor_digits(*currency);
        return {digits, most_money,
                ", which is all that " + std::string(currency->text()) + " has"};
    }
    if (kind == Kind::quantity) return {Quantity::digits, most_quantity, {}};
    return {UnitPrice::digits, unbounded.most, {}};
}

}  // namespace

std::vector<Fault> read_measured(const Type& type, const Bounds& bounds, const std::string* amount,
                                 const std::string* measure, void* value) {
    std::vector<Fault> faults;
    std::optional<Currency> currency;
    std::optional<Unit> unit;
    const std::string measure_pointer = "/" + std::string(measure_name(type.kind));
    if (!measure) {
        faults.push_back({measure_pointer, "is missing"});
    } else if (type.kind == Kind::quantity) {
        unit = unit_from(*measure);
        if (!unit) faults.push_back({measure_pointer, expected_words(type_of<Unit>())});
    } else {
        currency = currency_from(*measure);
        if (!currency) faults.push_back({measure_pointer, expected_words(type_of<Currency>())});
    }
    if (!amount) {
        faults.push_back({"/amount", "is missing"});
        return faults;
    }
    if (type.kind == Kind::money && !currency) {
        // How many digits it may have is unknown, but that it is no number can be said already.
        if (!is_decimal(*amount)) faults.push_back({"/amount", std::string(decimal_words)});
        return faults;
    }
    const AmountRules rules = rules_of(type.kind, currency);
    std::int64_t units = 0;
    std::string problem =
        read_decimal(*amount, rules.digits, rules.most, rules.of_what, bounds, units);
    if (!problem.empty()) faults.push_back({"/amount", std::move(problem)});
    if (!faults.empty()) return faults;
    switch (type.kind) {
        case Kind::money: *static_cast<Money*>(value) = {units, *currency}; break;
        case Kind::unit_price: *static_cast<UnitPrice*>(value) = {units, *currency}; break;
        default: *static_cast<Quantity*>(value) = {units, *unit}; break;
    }
    return faults;
}

void append_scalar(const Type& type, const void* value, std::string& out) {
    switch (type.kind) {
        case Kind::boolean: out += *static_cast<const bool*>(value) ? "true" : "false"; return;
        case Kind::integer: {
            std::array<char, 24> digits;
            const auto end =
                std::to_chars(digits.data(), digits.data() + digits.size(), units_in(value)).ptr;
            out.append(digits.data(), end);
            return;
        }
        case Kind::text:
        case Kind::code: out += text_in(value); return;
        case Kind::personal: out += shown_text(*static_cast<const PersonalText*>(value)); return;
        case Kind::bytes: append_base64(static_cast<const Bytes*>(value)->octets, out); return;
        case Kind::id: out += to_text(*static_cast<const Uuid*>(value)); return;
        case Kind::date: out += to_text(*static_cast<const Date*>(value)); return;
        case Kind::timestamp: out += to_text(*static_cast<const Timestamp*>(value)); return;
        case Kind::currency: out += static_cast<const Currency*>(value)->text(); return;
        case Kind::unit: out += static_cast<const Unit*>(value)->text(); return;
        case Kind::rate:
        case Kind::percent:
            out += short_decimal_text(units_in(value), digits_of(type.kind));
            return;
        case Kind::choice: {
            const std::size_t which = *static_cast<const std::uint8_t*>(value);
            ensure(which < type.choices.size(), "a choice is one of its values");
            out += type.choices[which].name;
            return;
        }
        default: break;
    }
    ensure(false, "only one-word values are printed as a word");
}

std::string amount_of(const Type& type, const void* value) {
    switch (type.kind) {
        case Kind::money: return amount_text(*static_cast<const Money*>(value));
        case Kind::quantity: return amount_text(*static_cast<const Quantity*>(value));
        default:
            return short_decimal_text(static_cast<const UnitPrice*>(value)->units,
                                      UnitPrice::digits);
    }
}

std::string_view measure_of(const Type& type, const void* value) {
    switch (type.kind) {
        case Kind::money: return static_cast<const Money*>(value)->currency.text();
        case Kind::quantity: return static_cast<const Quantity*>(value)->unit.text();
        default: return static_cast<const UnitPrice*>(value)->currency.text();
    }
}

namespace {
constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

void append_base64(std::string_view octets, std::string& out) {
    for (std::size_t at = 0; at < octets.size(); at += 3) {
        const std::size_t have = std::min<std::size_t>(3, octets.size() - at);
        std::uint32_t group = 0;
        for (std::size_t n = 0; n < 3; ++n)
            group = group << 8 | (n < have ? static_cast<unsigned char>(octets[at + n]) : 0u);
        for (std::size_t n = 0; n < 4; ++n)
            out += n <= have ? base64_alphabet[group >> (18 - 6 * n) & 63] : '=';
    }
}

std::optional<std::string> base64_octets(std::string_view text) {
    if (text.size() % 4 != 0) return {};
    std::size_t padding = 0;
    while (padding < 2 && text.ends_with('=')) text.remove_suffix(1), ++padding;
    std::string octets;
    octets.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int have = 0;
    for (const char letter : text) {
        const std::size_t six = base64_alphabet.find(letter);
        if (six == std::string_view::npos) return {};
        bits = bits << 6 | static_cast<std::uint32_t>(six);
        have += 6;
        if (have >= 8) {
            have -= 8;
            octets += static_cast<char>(bits >> have & 0xff);
        }
    }
    // One octet has one text: bits behind the last octet are zero.
    if ((bits & ((1u << have) - 1)) != 0) return {};
    return octets;
}

std::size_t utf8_length(std::string_view text) {
    const auto octet = [&text](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
    };
    const unsigned first = octet(0);
    if (text.empty()) return 0;
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4) return 0;
    for (std::size_t at = 1; at < length; ++at)
        if ((octet(at) & 0xc0) != 0x80) return 0;
    // Shorter forms exist, surrogates are no characters, and U+10FFFF is the last one (RFC 3629).
    if (first == 0xe0 && octet(1) < 0xa0) return 0;
    if (first == 0xed && octet(1) > 0x9f) return 0;
    if (first == 0xf0 && octet(1) < 0x90) return 0;
    if (first == 0xf4 && octet(1) > 0x8f) return 0;
    return length;
}

std::string_view shown(std::string_view name) {
    constexpr std::size_t longest_shown = 200;
    if (name.size() <= longest_shown) return name;
    std::size_t end = 0;
    while (end < longest_shown) end += std::max<std::size_t>(1, utf8_length(name.substr(end)));
    return name.substr(0, end);
}

}  // namespace kontor
