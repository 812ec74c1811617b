// Who of the persons a command may be about.
#include "domain/parties/person.h"

#include <algorithm>

namespace kontor::parties {

bool says_nothing(std::string_view code) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto letters =
        static_cast<std::size_t>(std::ranges::find_if_not(code, is_capital) - code.begin());
    std::string_view digits = code.substr(letters);
    if (letters > 0 && digits.starts_with('-')) digits.remove_prefix(1);
    return letters <= 2 && !digits.empty() && digits.size() <= 7 &&
           std::ranges::all_of(digits, is_digit);
}

Objection fault_of_person(const World& world, const CompanyCode& company, const PersonId& id) {
    const Person* person = world.of<Persons>().find(id);
    if (!person || person->company != company) return person_unknown.about(id);
    if (person->erased) return person_erased.about(id);
    return {};
}

}  // namespace kontor::parties
