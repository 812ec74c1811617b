// Identifiers of legal entities that know no country: the LEI (ISO 17442) and the EORI of customs.
#pragma once

#include <string>
#include <string_view>

namespace kontor::parties {

// What is wrong with a legal entity identifier, in words; empty when nothing is. Eighteen letters
// or digits and two check digits by ISO/IEC 7064 MOD 97-10.
std::string fault_of_lei(std::string_view lei);

// What is wrong with the form of an EORI number: the country that gave it and up to fifteen letters
// or digits (Implementing Regulation (EU) 2015/2447, annex 12-01). Whether it was given is known to
// the customs authority alone.
std::string fault_of_eori(std::string_view eori);

}  // namespace kontor::parties
