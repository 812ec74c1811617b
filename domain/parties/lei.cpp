// How an LEI and an EORI are checked.
#include "domain/parties/lei.h"

#include "domain/parties/check_digits.h"
#include "domain/parties/countries.h"

namespace kontor::parties {

std::string fault_of_lei(std::string_view lei) {
    if (std::string fault = fault_of_shape(lei, "18!c2!n"); !fault.empty()) return fault;
    const int should = 98 - remainder_of(std::string(lei.substr(0, 18)) + "00", 97);
    return fault_of_check_digit(lei.substr(18), (should < 10 ? "0" : "") + std::to_string(should));
}

std::string fault_of_eori(std::string_view eori) {
    if (eori.size() < 3 || eori.size() > 17)
        return "has " + std::to_string(eori.size()) + " characters, not 3 to 17";
    const std::string shape = "2!a" + std::to_string(eori.size() - 2) + "!c";
    if (std::string fault = fault_of_shape(eori, shape); !fault.empty()) return fault;
    const std::string_view country = eori.substr(0, 2);
    // XI is Northern Ireland, whose traders stay in the customs territory of the Union.
    if (country != "XI" && !is_country(country))
        return "begins with " + std::string(country) + ", which is no country";
    return {};
}

}  // namespace kontor::parties
