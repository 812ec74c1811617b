// How a VAT number is brought into its one form and looked at.
#include "domain/parties/vat_numbers.h"

#include "domain/parties/check_digits.h"
#include "domain/parties/vat_check_digits.h"

namespace kontor::parties {

namespace {

std::string_view without_tail(std::string_view number, std::string_view tail) {
    return number.ends_with(tail) ? number.substr(0, number.size() - tail.size()) : number;
}

// Northern Ireland has Britain's numbers under a prefix of its own.
std::string_view prefix_of(const VatRule& rule, std::string_view number) {
    return rule.country == "GB" && number.starts_with("XI") ? "XI" : rule.prefix;
}

}  // namespace

std::string vat_number_of(std::string_view country, std::string_view text) {
    std::string number = compacted(text);
    const VatRule* rule = vat_rule(country);
    if (!rule) return number;
    const std::string prefix(prefix_of(*rule, number));
    std::string_view rest = number;
    if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());
    if (country == "CH")
        for (const std::string_view tail : {"MWST", "TVA", "IVA", "TPV"})
            rest = without_tail(rest, tail);
    if (country == "NO") return prefix + std::string(without_tail(rest, "MVA")) + "MVA";
    // Ten digits since 2005, nine with a zero in front before; Greece alike.
    const bool lacks_zero = (country == "BE" && rest.size() == 9 && all_digits(rest)) ||
                            (country == "GR" && rest.size() == 8 && all_digits(rest));
    return prefix + (lacks_zero ? "0" : "") + std::string(rest);
}

std::string fault_of_vat_number(std::string_view country, std::string_view number) {
    const VatRule* rule = vat_rule(country);
    if (!rule) {
        if (number.size() < 4 || number.size() > 20)
            return "has " + std::to_string(number.size()) + " characters, not 4 to 20";
        return fault_of_shape(number, std::to_string(number.size()) + "!c");
    }
    const std::string_view prefix = prefix_of(*rule, number);
    if (!number.starts_with(prefix)) return "does not begin with " + std::string(prefix);
    return rule->fault(number.substr(prefix.size()));
}

bool is_vat_number_of_person(std::string_view country, std::string_view number) {
    const VatRule* rule = vat_rule(country);
    return rule && rule->of_person &&
           rule->of_person(number.substr(prefix_of(*rule, number).size()));
}

}  // namespace kontor::parties
