// How a person is reached: kept sealed, beside the contact points of organisations.
#pragma once

#include "domain/parties/contact_points.h"
#include "domain/parties/person.h"
#include "domain/parties/person_forms.h"

#include <optional>

namespace kontor::parties {

inline constexpr Reason contact_form_unclear{
    Refusal::invalid, "contact_form_unclear",
    "A contact point is exactly one of a telephone number, a mail address or something else."};

struct PersonContactAdded {
    CompanyCode company;
    PersonId person;
    PartyCode party;
    ContactPointCode contact_point;
    ContactKind kind = ContactKind::telephone;
    PersonalText address;
    std::optional<PersonalText> note;

    bool operator==(const PersonContactAdded&) const = default;
    static void describe(auto& event) {
        using E = PersonContactAdded;
        event.record("PersonContactAdded", "A person can be reached by this too.")
            .company(&E::company)
            .stream(&E::person)
            .on_recorded_day()
            .field("company", &E::company, "Whose party.")
            .field("person", &E::person, "Who.")
            .field("party", &E::party, "The code of the party that it is.")
            .field("contact_point", &E::contact_point, "Code of the way to the person.")
            .field("kind", &E::kind, "By what the person is reached.")
            .field("address", &E::address, "The number or address.")
            .personal(&E::person)
            .field("note", &E::note, "When or for what.")
            .personal(&E::person);
    }
};

struct AddPersonContact {
    CompanyCode company;
    PersonId person;
    ContactPointCode contact_point;
    std::optional<PersonalTelephone> telephone;
    std::optional<PersonalEmail> email;
    std::optional<PersonalText> other;
    std::optional<PersonalText> note;

    static void describe(auto& command) {
        using C = AddPersonContact;
        command
            .record("AddPersonContact",
                    "Says how a person is reached: by a telephone number, a mail address or "
                    "something else. It is kept sealed. RemoveContactPoint takes it away.")
            .company(&C::company)
            .stream(&C::person)
            .example(R"({"company": "DEMO", "person": "0197a5f0-0000-7000-8000-000000001001",
                "contact_point": "E1", "email": "anna@weber.example", "note": "At home"})")
            .field("company", &C::company, "Whose party.")
            .field("person", &C::person, "A person.")
            .field("contact_point", &C::contact_point,
                   "A code for the way to the person, such as \"E1\": at most two letters and "
                   "seven digits, so that it says nothing.")
            .field("telephone", &C::telephone, "A number, such as \"+49 30 1234567\".")
            .longest(50)
            .personal(&C::person, "address")
            .field("email", &C::email, "A mail address.")
            .longest(254)
            .personal(&C::person, "address")
            .field("other", &C::other, "Something else, such as a name in a messenger.")
            .shortest(1)
            .longest(500)
            .personal(&C::person, "address")
            .field("note", &C::note, "When or for what, such as \"evenings\".")
            .longest(200)
            .personal(&C::person)
            .refuses(person_unknown, person_erased, code_may_name, contact_point_exists,
                     contact_form_unclear);
    }
};

Decision<PersonContactAdded> decide(const World&, const AddPersonContact&, const Context&);
void evolve(ContactPoints&, const PersonContactAdded&);

Part person_contacts();

}  // namespace kontor::parties
