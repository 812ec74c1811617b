// The check digits of VAT numbers, state by state.
#pragma once

#include <string>
#include <string_view>

namespace kontor::parties {

// How one state writes what follows the prefix.
struct VatRule {
    std::string_view country;  // ISO 3166-1
    std::string_view prefix;   // as in VIES
    // What is wrong with the rest of the number, in words; empty when nothing is.
    std::string (*fault)(std::string_view rest);
    // Whether only a natural person has a number like it; null where nobody can tell.
    bool (*of_person)(std::string_view rest) = nullptr;
};

// Null for a country whose rules are not known here.
const VatRule* vat_rule(std::string_view country);

}  // namespace kontor::parties
