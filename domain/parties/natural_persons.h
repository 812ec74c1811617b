// Natural persons who contract, are billed and pay: sole traders and consumers.
//
// One is a counterparty like a legal entity, and is linked, refused and merged as they are. What a
// register has of one is personal, and sealed under the key of the person whom the company knows.
#pragma once

#include "domain/parties/counterparties.h"
#include "domain/parties/person.h"
#include "domain/parties/person_forms.h"

#include <optional>

namespace kontor::parties {

inline constexpr Reason person_differs{
    Refusal::invalid, "person_differs",
    "The counterparty is another person than the one that the command names."};

struct NaturalPersonRegistered {
    CompanyCode company;
    CounterpartyCode counterparty;
    PersonId person;
    PersonalText legal_name;
    CountryCode country;
    std::optional<PersonalText> inn;
    std::optional<PersonalText> ogrnip;
    std::optional<PersonalText> vat_number;
    std::optional<PersonalText> tax_number;

    bool operator==(const NaturalPersonRegistered&) const = default;
    static void describe(auto& event) {
        using E = NaturalPersonRegistered;
        event
            .record("NaturalPersonRegistered",
                    "The company knows a person as one who contracts and pays.")
            .company(&E::company)
            .stream(&E::counterparty)
            .on_recorded_day()
            .field("company", &E::company, "Whose counterparty.")
            .field("counterparty", &E::counterparty, "Its code.")
            .field("person", &E::person, "Who it is.")
            .field("legal_name", &E::legal_name, "As a register or passport has it.")
            .personal(&E::person)
            .field("country", &E::country, "Where the person is registered or lives.")
            .field("inn", &E::inn, "In Russia the tax number.")
            .personal(&E::person)
            .field("ogrnip", &E::ogrnip, "In Russia the number of the register.")
            .personal(&E::person)
            .field("vat_number", &E::vat_number, "With the prefix of VIES.")
            .personal(&E::person)
            .field("tax_number", &E::tax_number, "Any other number of a tax office.")
            .personal(&E::person);
    }
};

struct NaturalPersonChanged {
    CompanyCode company;
    CounterpartyCode counterparty;
    PersonId person;
    std::optional<PersonalText> legal_name;
    std::optional<PersonalText> inn;
    std::optional<PersonalText> ogrnip;
    std::optional<PersonalText> vat_number;
    std::optional<PersonalText> tax_number;
    Date since;

    bool operator==(const NaturalPersonChanged&) const = default;
    static void describe(auto& event) {
        using E = NaturalPersonChanged;
        event
            .record("NaturalPersonChanged",
                    "A person contracts under another name or has other numbers; what is absent "
                    "is as before.")
            .company(&E::company)
            .stream(&E::counterparty)
            .on(&E::since)
            .field("company", &E::company, "Whose counterparty.")
            .field("counterparty", &E::counterparty, "The counterparty.")
            .field("person", &E::person, "Who it is.")
            .field("legal_name", &E::legal_name, "As a register or passport has it.")
            .personal(&E::person)
            .field("inn", &E::inn, "In Russia the tax number.")
            .personal(&E::person)
            .field("ogrnip", &E::ogrnip, "In Russia the number of the register.")
            .personal(&E::person)
            .field("vat_number", &E::vat_number, "With the prefix of VIES.")
            .personal(&E::person)
            .field("tax_number", &E::tax_number, "Any other number of a tax office.")
            .personal(&E::person)
            .field("since", &E::since, "The first day of the name.");
    }
};

struct RegisterNaturalPerson {
    CompanyCode company;
    CounterpartyCode counterparty;
    PersonId person;
    PersonalText legal_name;
    CountryCode country;
    std::optional<PersonalInn> inn;
    std::optional<PersonalOgrnip> ogrnip;
    std::optional<PersonalVatNumber> vat_number;
    std::optional<PersonalText> tax_number;

    static void describe(auto& command) {
        using C = RegisterNaturalPerson;
        command
            .record("RegisterNaturalPerson",
                    "Enters a person as one who contracts, is billed or pays: a sole trader or a "
                    "consumer. The name and the numbers are kept sealed with the person. It is "
                    "linked with the parties that are served through it.")
            .company(&C::company)
            .stream(&C::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "N-1001", "person":
                "0197a5f0-0000-7000-8000-000000001001", "legal_name": "Anna Weber e.K.", "country":
                "DE", "vat_number": "DE 136 695 976"})")
            .field("company", &C::company, "Whose counterparty.")
            .field("counterparty", &C::counterparty,
                   "A code for it, such as \"N-1001\": at most two letters and seven digits, so "
                   "that it says nothing of the person. It never changes.")
            .field("person", &C::person, "A person that the company knows.")
            .field("legal_name", &C::legal_name, "The name as a register or passport has it.")
            .shortest(1)
            .longest(300)
            .personal(&C::person)
            .field("country", &C::country,
                   "Where the person is registered or lives, by ISO 3166-1, such as \"DE\".")
            .field("inn", &C::inn, "In Russia the tax number of twelve digits.")
            .longest(30)
            .personal(&C::person)
            .field("ogrnip", &C::ogrnip, "In Russia the number of the register, fifteen digits.")
            .longest(30)
            .personal(&C::person)
            .field("vat_number", &C::vat_number,
                   "For value added tax, with the prefix of VIES, such as BG.")
            .longest(30)
            .personal(&C::person)
            .field("tax_number", &C::tax_number, "Any other number of a tax office or register.")
            .longest(64)
            .personal(&C::person)
            .refuses(companies::company_unknown, code_may_name, counterparty_exists, person_unknown,
                     person_erased, country_unknown);
    }
};

struct ChangeNaturalPerson {
    CompanyCode company;
    CounterpartyCode counterparty;
    PersonId person;
    std::optional<PersonalText> legal_name;
    std::optional<PersonalInn> inn;
    std::optional<PersonalOgrnip> ogrnip;
    std::optional<PersonalVatNumber> vat_number;
    std::optional<PersonalText> tax_number;
    std::optional<Date> since;

    static void describe(auto& command) {
        using C = ChangeNaturalPerson;
        command
            .record("ChangeNaturalPerson",
                    "Gives a person who contracts another legal name from a day on, or other "
                    "numbers; documents of before keep the name of then.")
            .company(&C::company)
            .stream(&C::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "N-1001", "person":
                "0197a5f0-0000-7000-8000-000000001001", "legal_name": "Anna Schmidt e.K.", "since":
                "2026-03-01"})")
            .field("company", &C::company, "Whose counterparty.")
            .field("counterparty", &C::counterparty, "A counterparty that is a person.")
            .field("person", &C::person, "Who it is.")
            .field("legal_name", &C::legal_name, "The new name. Absent: as before.")
            .shortest(1)
            .longest(300)
            .personal(&C::person)
            .field("inn", &C::inn, "In Russia the tax number. Absent: as before.")
            .longest(30)
            .personal(&C::person)
            .field("ogrnip", &C::ogrnip, "In Russia the register's number. Absent: as before.")
            .longest(30)
            .personal(&C::person)
            .field("vat_number", &C::vat_number, "With the prefix of VIES. Absent: as before.")
            .longest(30)
            .personal(&C::person)
            .field("tax_number", &C::tax_number, "Any other number. Absent: as before.")
            .longest(64)
            .personal(&C::person)
            .field("since", &C::since, "The first day of the name. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, counterparty_is_no_person,
                     person_differs, person_erased, counterparty_unchanged);
    }
};

// Why a command cannot be about what is sealed of the counterparty: counterparty_unknown,
// counterparty_merged, counterparty_is_no_person, person_differs, person_erased, in this order.
Objection fault_of_natural_person(const World&, const CompanyCode&, const CounterpartyCode&,
                                  const PersonId&);
// Whether the counterparty is a person whose data is gone.
bool is_erased(const World&, const Counterparty&);

Decision<NaturalPersonRegistered> decide(const World&, const RegisterNaturalPerson&,
                                         const Context&);
Decision<NaturalPersonChanged> decide(const World&, const ChangeNaturalPerson&, const Context&);
void evolve(Counterparties&, const NaturalPersonRegistered&);

Part natural_persons();

}  // namespace kontor::parties
