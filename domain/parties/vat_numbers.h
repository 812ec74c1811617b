// VAT numbers with their check digits: the member states of the European Union, Great Britain and
// Northern Ireland, Switzerland, Norway.
//
// Forms are those of VIES (European Commission, "VAT identification number structure"); the check
// digits are those that each state's revenue publishes.
#pragma once

#include <string>
#include <string_view>

namespace kontor::parties {

// The one form in which a VAT number of a country is kept: compact, with the prefix of VIES ("EL"
// for Greece, "XI" for Northern Ireland), with MVA behind a Norwegian one, and without the MWST,
// TVA or IVA of a Swiss one, which says the language and not who it is.
std::string vat_number_of(std::string_view country, std::string_view text);

// What is wrong with a VAT number in that form, in words; empty when nothing is. Of other countries
// only the form is looked at: 4 to 20 letters and digits.
std::string fault_of_vat_number(std::string_view country, std::string_view number);

// Whether a sound number in that form is one that only a natural person has: where a state gives
// persons numbers of their own, such as Bulgaria's of ten digits. Where it gives all alike, as
// Germany does, nobody can tell.
bool is_vat_number_of_person(std::string_view country, std::string_view number);

}  // namespace kontor::parties
