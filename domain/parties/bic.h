// The business identifier code of a bank (ISO 9362).
#pragma once

#include <string>
#include <string_view>

namespace kontor::parties {

// What is wrong with a BIC in its compact form, in words; empty when nothing is. Four letters or
// digits for the bank (ISO 9362:2014 allows both), two letters of its country, two for its place;
// three more for a branch, or none.
std::string fault_of_bic(std::string_view bic);

}  // namespace kontor::parties
