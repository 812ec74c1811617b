// How the ways to reach somebody are looked at.
#include "domain/parties/contact_forms.h"

#include "domain/parties/check_digits.h"

#include <algorithm>

namespace kontor::parties {

namespace {

bool has_space(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

// A domain has parts between full stops, none of them empty.
bool is_domain(std::string_view domain) {
    return domain.find('.') != std::string_view::npos && !domain.starts_with('.') &&
           !domain.ends_with('.') && domain.find("..") == std::string_view::npos &&
           domain.find_first_of("@/\\,;<>\"") == std::string_view::npos;
}

}  // namespace

std::string fault_of_telephone(std::string_view number) {
    const std::string_view main = number.substr(0, number.find("ext"));
    std::string digits = compacted(main);
    if (digits.starts_with('+')) digits.erase(0, 1);
    if (!all_digits(digits)) return "has more than digits, spaces, hyphens and brackets";
    if (digits.size() < 5 || digits.size() > 15)
        return "has " + std::to_string(digits.size()) + " digits, not 5 to 15";
    return {};
}

std::string fault_of_email(std::string_view address) {
    if (has_space(address)) return "has a space";
    const std::size_t sign = address.find('@');
    if (sign == std::string_view::npos) return "has no @";
    if (sign == 0) return "has nothing before the @";
    if (!is_domain(address.substr(sign + 1))) return "has no domain behind the @";
    return {};
}

std::string fault_of_web(std::string_view address) {
    if (has_space(address)) return "has a space";
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!address.starts_with(scheme)) continue;
        const std::string_view rest = address.substr(scheme.size());
        return is_domain(rest.substr(0, rest.find_first_of("/?#:"))) ? "" : "names no domain";
    }
    return "does not begin with https:// or http://";
}

}  // namespace kontor::parties
