// A person as decisions know one: that somebody has this id, and nothing of who it is.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/paged_table.h"
#include "domain/parties/party.h"

#include <string_view>

namespace kontor::parties {

inline constexpr Reason person_unknown{Refusal::missing, "person_unknown",
                                       "The company knows no person with this id."};
inline constexpr Reason person_exists{
    Refusal::conflict, "person_exists",
    "Somebody has this id already, here or in another company; draw a new one."};
inline constexpr Reason person_erased{Refusal::conflict, "person_erased",
                                      "What was known of the person is gone for good."};
inline constexpr Reason code_may_name{
    Refusal::invalid, "code_may_name",
    "No erasure reaches a code, so that a person's says nothing: at most two capital letters and "
    "one to seven digits, such as \"P-1042\"."};

struct Person {
    CompanyCode company;
    PartyCode party;
    bool erased = false;

    static void describe(auto& record) {
        record.record("Person", "A person as decisions know one.")
            .field("company", &Person::company, "Whose party.")
            .field("party", &Person::party, "The party that it is.")
            .field("erased", &Person::erased, "What was known is gone.");
    }
};
// By id alone, as keys are: one person of two companies would be erased in both.
using Persons = PagedTable<PersonId, Person>;

// Whether a code is a number that tells nobody who it is: A-Z at most twice, a hyphen behind them
// or none, one to seven digits. A date of birth or a telephone number has more.
bool says_nothing(std::string_view code);

// Why a command cannot be about the person: it is unknown to the company, or erased. Empty when it
// can.
Objection fault_of_person(const World&, const CompanyCode&, const PersonId&);

}  // namespace kontor::parties
