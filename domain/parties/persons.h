// Persons: whom the company knows by name, sealed from the first day.
//
// What is said of one is sealed under the person's own key before anybody decides. Here it is
// carried and never read; what has a form, such as a birth date, was held against it at the door.
#pragma once

#include "domain/parties/organisations.h"
#include "domain/parties/person.h"
#include "domain/parties/person_forms.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kontor::parties {

inline constexpr Reason person_unchanged{Refusal::invalid, "person_unchanged",
                                         "The command names nothing that is to be another way."};

enum class ErasureGround : std::uint8_t { asked, not_needed, unlawful, law, other };

void describe(auto& choice, ErasureGround) {
    choice.choice("ErasureGround", "Why a person is erased (Regulation (EU) 2016/679, article 17).")
        .value("asked", "The person withdrew consent or objected (1 b, 1 c).")
        .value("not_needed", "Nobody needs it any more for what it was entered for (1 a).")
        .value("unlawful", "It should never have been entered (1 d).")
        .value("law", "A law demands it (1 e), such as the end of a period of retention.")
        .value("other", "Another ground, such as another country's law.");
}

struct PersonRegistered {
    CompanyCode company;
    PersonId person;
    PartyCode party;
    PersonalText name;
    std::optional<PersonalText> family_name;
    std::optional<PersonalText> given_name;
    std::optional<PersonalText> patronymic;
    std::optional<PersonalText> born_on;
    CountryCode country;
    LanguageCode language;

    bool operator==(const PersonRegistered&) const = default;
    static void describe(auto& event) {
        using E = PersonRegistered;
        event.record("PersonRegistered", "The company knows one more person.")
            .company(&E::company)
            .stream(&E::person)
            .on_recorded_day()
            .field("company", &E::company, "Whose party.")
            .field("person", &E::person, "Who.")
            .field("party", &E::party, "The code of the party that it is.")
            .field("name", &E::name, "In full, as the person writes it.")
            .personal(&E::person)
            .field("family_name", &E::family_name, "Of the name, the part of the family.")
            .personal(&E::person)
            .field("given_name", &E::given_name, "Of the name, the given part.")
            .personal(&E::person)
            .field("patronymic", &E::patronymic, "Of the name, the patronymic or middle names.")
            .personal(&E::person)
            .field("born_on", &E::born_on, "As 1980-12-31.")
            .personal(&E::person)
            .field("country", &E::country, "Where the person lives.")
            .field("language", &E::language, "Of documents for the person.");
    }
};

struct PersonChanged {
    CompanyCode company;
    PersonId person;
    PartyCode party;
    std::optional<PersonalText> name;
    std::optional<PersonalText> family_name;
    std::optional<PersonalText> given_name;
    std::optional<PersonalText> patronymic;
    std::optional<PersonalText> born_on;
    std::optional<CountryCode> country;
    std::optional<LanguageCode> language;

    bool operator==(const PersonChanged&) const = default;
    static void describe(auto& event) {
        using E = PersonChanged;
        event.record("PersonChanged", "A person is known another way; what is absent is as before.")
            .company(&E::company)
            .stream(&E::person)
            .on_recorded_day()
            .field("company", &E::company, "Whose party.")
            .field("person", &E::person, "Who.")
            .field("party", &E::party, "The code of the party that it is.")
            .field("name", &E::name, "In full, as the person writes it.")
            .personal(&E::person)
            .field("family_name", &E::family_name, "Of the name, the part of the family.")
            .personal(&E::person)
            .field("given_name", &E::given_name, "Of the name, the given part.")
            .personal(&E::person)
            .field("patronymic", &E::patronymic, "Of the name, the patronymic or middle names.")
            .personal(&E::person)
            .field("born_on", &E::born_on, "As 1980-12-31.")
            .personal(&E::person)
            .field("country", &E::country, "Where the person lives.")
            .field("language", &E::language, "Of documents for the person.");
    }
};

struct PersonErased {
    CompanyCode company;
    PersonId person;
    PartyCode party;
    ErasureGround ground = ErasureGround::asked;

    bool operator==(const PersonErased&) const = default;
    static void describe(auto& event) {
        event.record("PersonErased", "What was known of a person is gone for good.")
            .company(&PersonErased::company)
            .stream(&PersonErased::person)
            .on_recorded_day()
            .erases(&PersonErased::person)
            .field("company", &PersonErased::company, "Whose party.")
            .field("person", &PersonErased::person, "Who.")
            .field("party", &PersonErased::party, "The code of the party that it is.")
            .field("ground", &PersonErased::ground, "Why.");
    }
};

struct RegisterPerson {
    CompanyCode company;
    PersonId person;
    PartyCode party;
    PersonalText name;
    std::optional<PersonalText> family_name;
    std::optional<PersonalText> given_name;
    std::optional<PersonalText> patronymic;
    std::optional<PersonalBirthDate> born_on;
    CountryCode country;
    LanguageCode language{"en"};
    std::vector<PartyRole> roles;
    std::optional<Date> since;

    static void describe(auto& command) {
        using C = RegisterPerson;
        command
            .record("RegisterPerson",
                    "Enters a person that the company deals with, as a party like others: a "
                    "customer, an employee, somebody who works at an organisation. Names and "
                    "birth date are kept sealed, and ErasePerson makes them unreadable for good. "
                    "The query duplicate_persons tells who may be entered twice.")
            .company(&C::company)
            .stream(&C::person)
            .example(R"({"company": "DEMO", "person": "0197a5f0-0000-7000-8000-000000001001",
                "party": "P-1001", "name": "Anna Petrovna Weber", "family_name": "Weber",
                "given_name": "Anna", "patronymic": "Petrovna", "born_on": "1984-02-29", "country":
                "DE", "language": "de", "roles": ["customer"]})")
            .field("company", &C::company, "Whose party.")
            .field("person", &C::person,
                   "An id that is drawn for the person; never a number of it.")
            .field("party", &C::party,
                   "A code for the party, such as \"P-1042\": at most two letters and seven "
                   "digits, so that it says nothing of the person. It never changes.")
            .field("name", &C::name, "The name in full, as the person writes it.")
            .shortest(1)
            .longest(200)
            .personal(&C::person)
            .field("family_name", &C::family_name, "Of the name, the part of the family.")
            .shortest(1)
            .longest(100)
            .personal(&C::person)
            .field("given_name", &C::given_name, "Of the name, the given part.")
            .shortest(1)
            .longest(100)
            .personal(&C::person)
            .field("patronymic", &C::patronymic, "Of the name, the patronymic or middle names.")
            .shortest(1)
            .longest(100)
            .personal(&C::person)
            .field("born_on", &C::born_on, "The date of birth, such as \"1980-12-31\".")
            .longest(10)
            .personal(&C::person)
            .field("country", &C::country, "Where the person lives, by ISO 3166-1, such as \"DE\".")
            .field("language", &C::language,
                   "In which documents for the person are written, by ISO 639-1.")
            .otherwise(LanguageCode{"en"})
            .field("roles", &C::roles, "What the person is to the company.")
            .otherwise_empty()
            .longest(4)
            .field("since", &C::since, "From which day the roles hold. Absent: today.")
            .refuses(companies::company_unknown, code_may_name, party_exists, person_exists,
                     country_unknown, language_unknown);
    }
};

struct ChangePerson {
    CompanyCode company;
    PersonId person;
    std::optional<PersonalText> name;
    std::optional<PersonalText> family_name;
    std::optional<PersonalText> given_name;
    std::optional<PersonalText> patronymic;
    std::optional<PersonalBirthDate> born_on;
    std::optional<CountryCode> country;
    std::optional<LanguageCode> language;

    static void describe(auto& command) {
        using C = ChangePerson;
        command
            .record("ChangePerson",
                    "Gives a person another name, birth date, country or language. The code of "
                    "the party stays.")
            .company(&C::company)
            .stream(&C::person)
            .example(R"({"company": "DEMO", "person": "0197a5f0-0000-7000-8000-000000001001",
                "name": "Anna Petrovna Schmidt", "family_name": "Schmidt"})")
            .field("company", &C::company, "Whose party.")
            .field("person", &C::person, "A person.")
            .field("name", &C::name, "The new name in full. Absent: as before.")
            .shortest(1)
            .longest(200)
            .personal(&C::person)
            .field("family_name", &C::family_name, "Its part of the family. Absent: as before.")
            .longest(100)
            .personal(&C::person)
            .field("given_name", &C::given_name, "Its given part. Absent: as before.")
            .longest(100)
            .personal(&C::person)
            .field("patronymic", &C::patronymic,
                   "Its patronymic or middle names. Absent: as before.")
            .longest(100)
            .personal(&C::person)
            .field("born_on", &C::born_on, "The date of birth. Absent: as before.")
            .longest(10)
            .personal(&C::person)
            .field("country", &C::country, "Where the person lives. Absent: as before.")
            .field("language", &C::language, "Of documents for the person. Absent: as before.")
            .refuses(person_unknown, person_erased, country_unknown, language_unknown,
                     person_unchanged);
    }
};

struct ErasePerson {
    CompanyCode company;
    PersonId person;
    ErasureGround ground = ErasureGround::asked;

    static void describe(auto& command) {
        command
            .record("ErasePerson",
                    "Makes all that is personal of a person unreadable for good, in the books, "
                    "the read models and every backup that has no copy of the keys; and of "
                    "those that were merged into the person. The party stays as a former one, "
                    "with all figures. Nothing takes this back.")
            .company(&ErasePerson::company)
            .stream(&ErasePerson::person)
            .example(R"({"company": "DEMO", "person": "0197a5f0-0000-7000-8000-000000001009",
                "ground": "asked"})")
            .field("company", &ErasePerson::company, "Whose party.")
            .field("person", &ErasePerson::person, "A person.")
            .field("ground", &ErasePerson::ground, "Why.")
            .refuses(person_unknown, person_erased, party_merged);
    }
};

Decision<PersonRegistered, PartyRoleStarted> decide(const World&, const RegisterPerson&,
                                                    const Context&);
Decision<PersonChanged> decide(const World&, const ChangePerson&, const Context&);
Decision<PersonErased> decide(const World&, const ErasePerson&, const Context&);
void evolve(Persons&, const PersonRegistered&);
void evolve(Persons&, const PersonErased&);
void evolve(Parties&, const PersonRegistered&);
void evolve(Parties&, const PersonChanged&);
void evolve(Parties&, const PersonErased&);

Part persons();

}  // namespace kontor::parties
