// How a BIC is checked; it has no check digit.
#include "domain/parties/bic.h"

#include "domain/parties/check_digits.h"
#include "domain/parties/countries.h"

namespace kontor::parties {

std::string fault_of_bic(std::string_view bic) {
    if (bic.size() != 8 && bic.size() != 11)
        return "has " + std::to_string(bic.size()) + " characters, not 8 or 11";
    if (std::string fault = fault_of_shape(bic, bic.size() == 8 ? "4!c2!a2!c" : "4!c2!a5!c");
        !fault.empty())
        return fault;
    const std::string_view country = bic.substr(4, 2);
    if (!is_country(country)) return "names " + std::string(country) + ", which is no country";
    return {};
}

}  // namespace kontor::parties
