// Each state's rule is one function, named by its ISO code.
#include "domain/parties/vat_check_digits.h"

#include "domain/parties/check_digits.h"

#include <algorithm>

namespace kontor::parties {

namespace {

using Text = std::string_view;

std::string shape(Text rest, Text wanted) { return fault_of_shape(rest, wanted); }

std::string no_such_length(Text rest, Text lengths) {
    return "has " + std::to_string(rest.size()) + " characters behind the prefix, not " +
           std::string(lengths);
}

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// For rules that say of a whole number only whether it holds.
std::string unless(bool sound) { return sound ? "" : "has check digits that do not fit the rest"; }

std::string at(Text rest) {
    if (std::string fault = shape(rest, "U8!n"); !fault.empty()) return fault;
    int sum = 4;
    for (std::size_t n = 1; n < 8; ++n) {
        const int product = value_of(rest[n]) * (n % 2 == 0 ? 2 : 1);
        sum += product / 10 + product % 10;
    }
    return fault_of_check_digit(rest[8], (10 - sum % 10) % 10);
}

std::string be(Text rest) {
    if (std::string fault = shape(rest, "10!n"); !fault.empty()) return fault;
    if (rest[0] > '1') return "begins with " + std::string(1, rest[0]) + ", not with 0 or 1";
    return fault_of_check_digit(rest.substr(8),
                                two_digits(97 - remainder_of(rest.substr(0, 8), 97)));
}

std::string bg_of_person(Text rest) {
    const Text number = rest.substr(0, 9);
    const int check = value_of(rest[9]);
    // A citizen's number, a foreigner's, and one that the revenue gives to others.
    return unless(weighted_sum(number, {2, 4, 8, 5, 10, 9, 7, 3, 6}) % 11 % 10 == check ||
                  weighted_sum(number, {21, 19, 17, 13, 11, 9, 7, 3, 1}) % 10 == check ||
                  (11 - weighted_sum(number, {4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11 == check);
}

std::string bg(Text rest) {
    if (rest.size() != 9 && rest.size() != 10) return no_such_length(rest, "9 or 10");
    if (std::string fault = shape(rest, rest.size() == 9 ? "9!n" : "10!n"); !fault.empty())
        return fault;
    if (rest.size() == 10) return bg_of_person(rest);
    std::int64_t check = weighted_sum(rest.substr(0, 8), {1, 2, 3, 4, 5, 6, 7, 8}) % 11;
    if (check == 10) check = weighted_sum(rest.substr(0, 8), {3, 4, 5, 6, 7, 8, 9, 10}) % 11;
    return fault_of_check_digit(rest[8], static_cast<int>(check % 10));
}

std::string ch(Text rest) {
    if (std::string fault = shape(rest, "9!n"); !fault.empty()) return fault;
    const auto check = (11 - weighted_sum(rest.substr(0, 8), {5, 4, 3, 2, 7, 6, 5, 4}) % 11) % 11;
    if (check == 10) return "has digits for which there is no check digit";
    return fault_of_check_digit(rest[8], static_cast<int>(check));
}

std::string cy(Text rest) {
    if (std::string fault = shape(rest, "8!n1!a"); !fault.empty()) return fault;
    if (rest.starts_with("12")) return "begins with 12, which is not given";
    static constexpr int odd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
    int sum = 0;
    for (std::size_t n = 0; n < 8; ++n)
        sum += n % 2 == 0 ? odd[value_of(rest[n])] : value_of(rest[n]);
    const char should = static_cast<char>('A' + sum % 26);
    return fault_of_check_digit(rest.substr(8), Text(&should, 1));
}

// A birth number, whose first six digits are a day; women's months are 50 later, and 20 are added
// where a day has no numbers left (Act 133/2000, section 13).
bool is_birth_number(Text rest) {
    const int year = remainder_of(rest.substr(0, 2), 1'000);
    int month = remainder_of(rest.substr(2, 2), 1'000);
    const int day = remainder_of(rest.substr(4, 2), 1'000);
    month %= 50;
    if (month > 20) month -= 20;
    if (month < 1 || month > 12 || day < 1 || day > 31) return false;
    if (rest.size() == 9) return year < 54;  // without a check digit until 1953
    const int check = remainder_of(rest.substr(0, 9), 11) % 10;
    return check == value_of(rest[9]);
}

std::string cz(Text rest) {
    if (rest.size() < 8 || rest.size() > 10) return no_such_length(rest, "8 to 10");
    if (std::string fault = shape(rest, std::to_string(rest.size()) + "!n"); !fault.empty())
        return fault;
    if (rest.size() == 8) {
        if (rest[0] == '9') return "begins with 9, which is not given";
        const auto sum = weighted_sum(rest.substr(0, 7), {8, 7, 6, 5, 4, 3, 2});
        const auto check = (11 - sum % 11) % 11;
        return fault_of_check_digit(rest[7], static_cast<int>((check == 0 ? 1 : check) % 10));
    }
    if (rest.size() == 9 && rest[0] == '6') {
        const auto sum = weighted_sum(rest.substr(1, 7), {8, 7, 6, 5, 4, 3, 2}) % 11;
        return fault_of_check_digit(rest[8], static_cast<int>((18 - (10 - sum + 11) % 11) % 10));
    }
    return is_birth_number(rest) ? "" : "is no birth number, of which those of persons are made";
}

std::string mod_11_10(Text rest, Text wanted) {
    if (std::string fault = shape(rest, wanted); !fault.empty()) return fault;
    return fault_of_check_digit(rest.back(), mod_11_10_digit(rest.substr(0, rest.size() - 1)));
}

std::string de(Text rest) {
    if (rest.starts_with('0')) return "begins with 0";
    return mod_11_10(rest, "9!n");
}

std::string dk(Text rest) {
    if (std::string fault = shape(rest, "8!n"); !fault.empty()) return fault;
    if (rest[0] == '0') return "begins with 0";
    return unless(weighted_sum(rest, {2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0);
}

std::string ee(Text rest) {
    if (std::string fault = shape(rest, "9!n"); !fault.empty()) return fault;
    const auto sum = weighted_sum(rest.substr(0, 8), {3, 7, 1, 3, 7, 1, 3, 7});
    return fault_of_check_digit(rest[8], static_cast<int>((10 - sum % 10) % 10));
}

constexpr Text spanish_letters = "TRWAGMYFPDXBNJZSQVHLCKE";

std::string es_of_person(Text rest) {
    // A foreigner's first letter stands for a digit; K, L and M stand before seven digits.
    std::string digits(rest.substr(0, 8));
    if (const std::size_t foreign = Text("XYZ").find(rest[0]); foreign != Text::npos)
        digits[0] = static_cast<char>('0' + foreign);
    else if (!all_digits(rest.substr(0, 1)))
        digits[0] = '0';
    if (std::string fault = shape(digits + std::string(rest.substr(8)), "8!n1!a"); !fault.empty())
        return fault;
    const auto place = static_cast<std::size_t>(remainder_of(digits, 23));
    return fault_of_check_digit(rest.substr(8), spanish_letters.substr(place, 1));
}

bool es_is_person(Text rest) {
    return all_digits(rest.substr(0, 1)) || Text("XYZKLM").find(rest[0]) != Text::npos;
}

std::string es(Text rest) {
    if (std::string fault = shape(rest, "1!c7!n1!c"); !fault.empty()) return fault;
    if (es_is_person(rest)) return es_of_person(rest);
    if (Text("ABCDEFGHJNPQRSUVW").find(rest[0]) == Text::npos)
        return "begins with " + std::string(rest.substr(0, 1)) + ", which is no legal form";
    // Whether the check is a digit or a letter depends on the form, and publications differ.
    const int check = luhn_digit(rest.substr(1, 7));
    if (all_digits(rest.substr(8))) return fault_of_check_digit(rest[8], check);
    const std::string letter(1, Text("JABCDEFGHI")[static_cast<std::size_t>(check)]);
    return fault_of_check_digit(rest.substr(8), letter);
}

std::string fi(Text rest) {
    if (std::string fault = shape(rest, "8!n"); !fault.empty()) return fault;
    const auto check = (11 - weighted_sum(rest.substr(0, 7), {7, 9, 10, 5, 8, 4, 2}) % 11) % 11;
    if (check == 10) return "has digits for which there is no check digit";
    return fault_of_check_digit(rest[7], static_cast<int>(check));
}

// The key before the SIREN: two digits by MOD 97, or with a letter among them (without I and O).
std::string fr_key(Text key, Text siren) {
    if (all_digits(key))
        return fault_of_check_digit(key, two_digits(remainder_of(std::string(siren) + "12", 97)));
    static constexpr Text letters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const std::size_t first = letters.find(key[0]), second = letters.find(key[1]);
    if (first == Text::npos || second == Text::npos) return "has I or O in its key";
    const auto value =
        static_cast<int>(first < 10 ? first * 24 + second - 10 : first * 34 + second - 100);
    return unless((remainder_of(siren, 11) + 1 + value / 11) % 11 == value % 11);
}

std::string fr(Text rest) {
    if (std::string fault = shape(rest, "2!c9!n"); !fault.empty()) return fault;
    const Text siren = rest.substr(2);
    // Monaco's numbers begin with 000 and are no SIREN.
    if (!siren.starts_with("000"))
        if (std::string fault = fault_of_check_digit(siren[8], luhn_digit(siren.substr(0, 8)));
            !fault.empty())
            return fault;
    return fr_key(rest.substr(0, 2), siren);
}

std::string gb(Text rest) {
    if (rest.size() == 5) {  // government departments and health authorities
        if (std::string fault = shape(rest, "2!a3!n"); !fault.empty()) return fault;
        const bool high = rest.substr(2) >= "500";
        return unless(rest.starts_with(high ? "HA" : "GD"));
    }
    if (rest.size() != 9 && rest.size() != 12) return no_such_length(rest, "5, 9 or 12");
    if (std::string fault = shape(rest, rest.size() == 9 ? "9!n" : "12!n"); !fault.empty())
        return fault;
    // Those given since 2010 are 55 apart from the older ones.
    const auto sum = weighted_sum(rest.substr(0, 7), {8, 7, 6, 5, 4, 3, 2}) +
                     remainder_of(rest.substr(7, 2), 1'000);
    return unless(sum % 97 == 0 || (sum + 55) % 97 == 0);
}

std::string gr(Text rest) {
    if (std::string fault = shape(rest, "9!n"); !fault.empty()) return fault;
    const auto sum = weighted_sum(rest.substr(0, 8), {256, 128, 64, 32, 16, 8, 4, 2});
    return fault_of_check_digit(rest[8], static_cast<int>(sum % 11 % 10));
}

std::string hr(Text rest) { return mod_11_10(rest, "11!n"); }

std::string hu(Text rest) {
    if (std::string fault = shape(rest, "8!n"); !fault.empty()) return fault;
    const auto sum = weighted_sum(rest.substr(0, 7), {9, 7, 3, 1, 9, 7, 3});
    return fault_of_check_digit(rest[7], static_cast<int>((10 - sum % 10) % 10));
}

std::string ie(Text rest) {
    static constexpr Text letters = "WABCDEFGHIJKLMNOPQRSTUV";
    if (rest.size() != 8 && rest.size() != 9) return no_such_length(rest, "8 or 9");
    const bool old = rest.size() == 8 && !all_digits(rest.substr(1, 1));
    std::string digits(rest.substr(0, 7));
    if (old) {
        if (Text("+*").find(rest[1]) == Text::npos && (rest[1] < 'A' || rest[1] > 'Z'))
            return "has " + std::string(1, rest[1]) + " in place 2, where a letter stands";
        digits = "0" + std::string(rest.substr(2, 5)) + std::string(rest.substr(0, 1));
    }
    if (std::string fault =
            shape(digits + std::string(rest.substr(7)), rest.size() == 8 ? "7!n1!a" : "7!n2!a");
        !fault.empty())
        return fault;
    auto sum = weighted_sum(digits, {8, 7, 6, 5, 4, 3, 2});
    if (rest.size() == 9) {
        const std::size_t second = letters.find(rest[8]);
        if (second == Text::npos) return "has " + std::string(rest.substr(8)) + " at its end";
        sum += 9 * static_cast<std::int64_t>(second);
    }
    return fault_of_check_digit(rest.substr(7, 1),
                                letters.substr(static_cast<std::size_t>(sum % 23), 1));
}

std::string it(Text rest) {
    if (std::string fault = shape(rest, "11!n"); !fault.empty()) return fault;
    const Text office = rest.substr(7, 3);
    if (office == "000" || (office > "201" && office != "888" && office != "999"))
        return "names the office " + std::string(office) + ", which does not exist";
    return fault_of_check_digit(rest[10], luhn_digit(rest.substr(0, 10)));
}

std::string lt(Text rest) {
    if (rest.size() != 9 && rest.size() != 12) return no_such_length(rest, "9 or 12");
    if (std::string fault = shape(rest, rest.size() == 9 ? "9!n" : "12!n"); !fault.empty())
        return fault;
    if (rest[rest.size() - 2] != '1') return "has no 1 before its check digit";
    const auto sum = [&](int first) {
        int total = 0, weight = first;
        for (const char digit : rest.substr(0, rest.size() - 1)) {
            total += weight * value_of(digit);
            weight = weight % 9 + 1;
        }
        return total % 11;
    };
    const int check = sum(1) == 10 ? sum(3) : sum(1);
    return fault_of_check_digit(rest.back(), check % 10);
}

std::string lu(Text rest) {
    if (std::string fault = shape(rest, "8!n"); !fault.empty()) return fault;
    return fault_of_check_digit(rest.substr(6), two_digits(remainder_of(rest.substr(0, 6), 89)));
}

bool lv_is_person(Text rest) { return rest[0] <= '3'; }

std::string lv(Text rest) {
    if (std::string fault = shape(rest, "11!n"); !fault.empty()) return fault;
    if (!lv_is_person(rest))
        return unless(weighted_sum(rest, {9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1}) % 11 == 3);
    if (rest.starts_with("32")) return {};  // given since 2017 without a day of birth
    const auto sum = 1 + weighted_sum(rest.substr(0, 10), {10, 5, 8, 4, 2, 1, 6, 3, 7, 9});
    return fault_of_check_digit(rest[10], static_cast<int>(sum % 11 % 10));
}

std::string mt(Text rest) {
    if (std::string fault = shape(rest, "8!n"); !fault.empty()) return fault;
    if (rest[0] == '0') return "begins with 0";
    const auto sum = weighted_sum(rest.substr(0, 6), {3, 4, 6, 7, 8, 9});
    return fault_of_check_digit(rest.substr(6), two_digits(37 - sum % 37));
}

bool nl_of_legal_entity(Text rest) {
    const auto sum = weighted_sum(rest.substr(0, 8), {9, 8, 7, 6, 5, 4, 3, 2});
    return sum % 11 == value_of(rest[8]);
}

// Since 2020 sole traders have numbers that do not give their citizen service number away.
bool nl_is_person(Text rest) { return !nl_of_legal_entity(rest); }

std::string nl(Text rest) {
    if (std::string fault = shape(rest, "9!nB2!n"); !fault.empty()) return fault;
    if (rest.ends_with("00")) return "ends with B00, which is not given";
    return unless(nl_of_legal_entity(rest) || remainder_of("NL" + std::string(rest), 97) == 1);
}

std::string no(Text rest) {
    if (std::string fault = shape(rest, "9!nMVA"); !fault.empty()) return fault;
    const auto check = (11 - weighted_sum(rest.substr(0, 8), {3, 2, 7, 6, 5, 4, 3, 2}) % 11) % 11;
    if (check == 10) return "has digits for which there is no check digit";
    return fault_of_check_digit(rest[8], static_cast<int>(check));
}

std::string pl(Text rest) {
    if (std::string fault = shape(rest, "10!n"); !fault.empty()) return fault;
    const auto check = weighted_sum(rest.substr(0, 9), {6, 5, 7, 2, 3, 4, 5, 6, 7}) % 11;
    if (check == 10) return "has digits for which there is no check digit";
    return fault_of_check_digit(rest[9], static_cast<int>(check));
}

std::string pt(Text rest) {
    if (std::string fault = shape(rest, "9!n"); !fault.empty()) return fault;
    if (rest[0] == '0') return "begins with 0";
    const auto check = (11 - weighted_sum(rest.substr(0, 8), {9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 11;
    return fault_of_check_digit(rest[8], static_cast<int>(check % 10));
}

// 1 to 3 and 45 are persons, 8 was the sole trader (Decree-Law 14/2013, article 13).
bool pt_is_person(Text rest) { return rest[0] <= '3' || rest[0] == '8' || rest.starts_with("45"); }

std::string ro(Text rest) {
    if ((rest.size() < 2 || rest.size() > 10) && rest.size() != 13)
        return no_such_length(rest, "2 to 10, or 13");
    if (std::string fault = shape(rest, std::to_string(rest.size()) + "!n"); !fault.empty())
        return fault;
    if (rest[0] == '0') return "begins with 0";
    if (rest.size() == 13) {
        const auto sum = weighted_sum(rest.substr(0, 12), {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9});
        return fault_of_check_digit(rest[12], static_cast<int>(sum % 11 == 10 ? 1 : sum % 11));
    }
    const std::string nine = std::string(10 - rest.size(), '0') + std::string(rest);
    const auto sum = weighted_sum(nine.substr(0, 9), {7, 5, 3, 2, 1, 7, 5, 3, 2});
    return fault_of_check_digit(rest.back(), static_cast<int>(sum * 10 % 11 % 10));
}

std::string se(Text rest) {
    if (std::string fault = shape(rest, "12!n"); !fault.empty()) return fault;
    if (rest.ends_with("00")) return "ends with 00, which is not given";
    return fault_of_check_digit(rest[9], luhn_digit(rest.substr(0, 9)));
}

// A personal number has a month in its third and fourth places; an organisation's is 20 or more.
bool se_is_person(Text rest) { return rest[2] < '2'; }

std::string si(Text rest) {
    if (std::string fault = shape(rest, "8!n"); !fault.empty()) return fault;
    if (rest[0] == '0') return "begins with 0";
    const auto check = 11 - weighted_sum(rest.substr(0, 7), {8, 7, 6, 5, 4, 3, 2}) % 11;
    if (check == 11) return "has digits for which there is no check digit";
    return fault_of_check_digit(rest[7], static_cast<int>(check % 10));
}

std::string sk(Text rest) {
    if (std::string fault = shape(rest, "10!n"); !fault.empty()) return fault;
    if (rest[0] == '0') return "begins with 0";
    if (Text("234789").find(rest[2]) == Text::npos)
        return "has " + std::string(1, rest[2]) + " in place 3, where 2 to 4 or 7 to 9 stands";
    return unless(remainder_of(rest, 11) == 0);
}

constexpr VatRule rules[] = {
    {"AT", "AT", at},
    {"BE", "BE", be},
    {"BG", "BG", bg, [](Text rest) { return rest.size() == 10; }},
    {"CH", "CHE", ch},
    {"CY", "CY", cy},
    {"CZ", "CZ", cz, [](Text rest) { return rest.size() > 8; }},
    {"DE", "DE", de},
    {"DK", "DK", dk},
    {"EE", "EE", ee},
    {"ES", "ES", es, es_is_person},
    {"FI", "FI", fi},
    {"FR", "FR", fr},
    {"GB", "GB", gb},
    {"GR", "EL", gr},
    {"HR", "HR", hr},
    {"HU", "HU", hu},
    {"IE", "IE", ie},
    {"IT", "IT", it},
    {"LT", "LT", lt},
    {"LU", "LU", lu},
    {"LV", "LV", lv, lv_is_person},
    {"MT", "MT", mt},
    {"NL", "NL", nl, nl_is_person},
    {"NO", "NO", no},
    {"PL", "PL", pl},
    {"PT", "PT", pt, pt_is_person},
    {"RO", "RO", ro, [](Text rest) { return rest.size() == 13; }},
    {"SE", "SE", se, se_is_person},
    {"SI", "SI", si},
    {"SK", "SK", sk},
};

}  // namespace

const VatRule* vat_rule(std::string_view country) {
    const auto* rule = std::ranges::find(rules, country, &VatRule::country);
    return rule == std::end(rules) ? nullptr : rule;
}

}  // namespace kontor::parties
