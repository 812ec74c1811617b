// The numbers of Russian registers and banks: INN, KPP, OGRN, OGRNIP, BIK, account.
#pragma once

#include <string>
#include <string_view>

namespace kontor::parties {

// Each answers what is wrong with the number in its compact form, in words; empty when nothing is.

// Taxpayer: ten digits of an organisation, twelve of a person (Federal Tax Service, order
// MMV-7-6/435, with the check digits of its annex).
std::string fault_of_inn(std::string_view inn);
// Reason for registration: which tax office, why, which number there (the same order). It has no
// check digit.
std::string fault_of_kpp(std::string_view kpp);
// State register: thirteen digits of an organisation, fifteen of an entrepreneur (Ministry of
// Finance, order 165n of 30 October 2017; Federal Tax Service, order ED-7-14/932).
std::string fault_of_ogrn(std::string_view ogrn);
// Bank: nine digits (Bank of Russia, regulation 732-P).
std::string fault_of_bik(std::string_view bik);
// Account of twenty places with its key, which depends on the bank (Bank of Russia, order 515 of 8
// September 1997). Treasury accounts begin with 0 and have no key.
std::string fault_of_russian_account(std::string_view account, std::string_view bik);

// Whether the number is one that only a natural person has.
inline bool is_inn_of_person(std::string_view inn) { return inn.size() == 12; }
inline bool is_ogrn_of_person(std::string_view ogrn) { return ogrn.size() == 15; }

}  // namespace kontor::parties
