// The international bank account number (ISO 13616).
#pragma once

#include <string>
#include <string_view>

namespace kontor::parties {

// What is wrong with an IBAN in its compact form, in words; empty when nothing is. Length and
// structure are those that the IBAN Registry has for the country; a country that has none there has
// no IBANs. National check digits within the account number are the bank's affair.
std::string fault_of_iban(std::string_view iban);

}  // namespace kontor::parties
