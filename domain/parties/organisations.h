// Organisations: the customers, suppliers and carriers that people talk to.
#pragma once

#include "domain/parties/countries.h"
#include "domain/parties/party.h"
#include "domain/parties/party_roles.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::parties {

inline constexpr Reason party_exists{Refusal::conflict, "party_exists",
                                     "The company has a party with this code already."};
inline constexpr Reason country_unknown{Refusal::invalid, "country_unknown",
                                        "No country has this code in ISO 3166-1."};
inline constexpr Reason language_unknown{Refusal::invalid, "language_unknown",
                                         "No language has this code in ISO 639-1."};
inline constexpr Reason organisation_unchanged{
    Refusal::invalid, "organisation_unchanged",
    "The command names nothing that is to be another way."};

struct OrganisationRegistered {
    CompanyCode company;
    PartyCode party;
    std::string name;
    CountryCode country;
    LanguageCode language;

    bool operator==(const OrganisationRegistered&) const = default;
    static void describe(auto& event) {
        event.record("OrganisationRegistered", "The company knows one more organisation.")
            .company(&OrganisationRegistered::company)
            .stream(&OrganisationRegistered::party)
            .on_recorded_day()
            .field("company", &OrganisationRegistered::company, "Whose party.")
            .field("party", &OrganisationRegistered::party, "Its code.")
            .field("name", &OrganisationRegistered::name, "Its name.")
            .field("country", &OrganisationRegistered::country, "Where it is.")
            .field("language", &OrganisationRegistered::language, "Of its documents.");
    }
};

struct OrganisationChanged {
    CompanyCode company;
    PartyCode party;
    std::optional<std::string> name;
    std::optional<CountryCode> country;
    std::optional<LanguageCode> language;

    bool operator==(const OrganisationChanged&) const = default;
    static void describe(auto& event) {
        event.record("OrganisationChanged", "An organisation is known another way.")
            .company(&OrganisationChanged::company)
            .stream(&OrganisationChanged::party)
            .on_recorded_day()
            .field("company", &OrganisationChanged::company, "Whose party.")
            .field("party", &OrganisationChanged::party, "Its code.")
            .field("name", &OrganisationChanged::name, "Its new name; absent: as before.")
            .field("country", &OrganisationChanged::country, "Where it is; absent: as before.")
            .field("language", &OrganisationChanged::language,
                   "Of its documents; absent: as before.");
    }
};

struct RegisterOrganisation {
    CompanyCode company;
    PartyCode party;
    std::string name;
    CountryCode country;
    LanguageCode language{"en"};
    std::vector<PartyRole> roles;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("RegisterOrganisation",
                    "Enters an organisation that the company deals with: the customer or supplier "
                    "that people talk to. Who contracts and pays is its counterparty. The query "
                    "duplicate_parties tells before whether it is known already.")
            .company(&RegisterOrganisation::company)
            .stream(&RegisterOrganisation::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "name": "Salix Gifts", "country":
                "DE", "language": "de", "roles": ["customer"]})")
            .field("company", &RegisterOrganisation::company, "Whose party.")
            .field("party", &RegisterOrganisation::party,
                   "A code for it, such as \"SALIX\"; it never changes.")
            .field("name", &RegisterOrganisation::name,
                   "The name by which people know it. A sole trader's own name belongs to the "
                   "person, not here.")
            .shortest(1)
            .longest(200)
            .field("country", &RegisterOrganisation::country,
                   "Where it is, by ISO 3166-1, such as \"DE\".")
            .field("language", &RegisterOrganisation::language,
                   "In which its documents are written, by ISO 639-1, such as \"de\".")
            .otherwise(LanguageCode{"en"})
            .field("roles", &RegisterOrganisation::roles, "What it is to the company.")
            .otherwise_empty()
            .longest(4)
            .field("since", &RegisterOrganisation::since,
                   "The first day of its roles. Absent: today.")
            .refuses(companies::company_unknown, party_exists, country_unknown, language_unknown,
                     role_of_persons);
    }
};

struct ChangeOrganisation {
    CompanyCode company;
    PartyCode party;
    std::optional<std::string> name;
    std::optional<CountryCode> country;
    std::optional<LanguageCode> language;

    static void describe(auto& command) {
        command
            .record("ChangeOrganisation",
                    "Gives an organisation another name, country or language. Its code stays.")
            .company(&ChangeOrganisation::company)
            .stream(&ChangeOrganisation::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "name": "Salix Gifts and Cards"})")
            .field("company", &ChangeOrganisation::company, "Whose party.")
            .field("party", &ChangeOrganisation::party, "An organisation.")
            .field("name", &ChangeOrganisation::name, "Its new name. Absent: as before.")
            .shortest(1)
            .longest(200)
            .field("country", &ChangeOrganisation::country, "Where it is. Absent: as before.")
            .field("language", &ChangeOrganisation::language,
                   "Of its documents. Absent: as before.")
            .refuses(party_unknown, party_merged, party_is_person, country_unknown,
                     language_unknown, organisation_unchanged);
    }
};

Decision<OrganisationRegistered, PartyRoleStarted> decide(const World&, const RegisterOrganisation&,
                                                          const Context&);
Decision<OrganisationChanged> decide(const World&, const ChangeOrganisation&, const Context&);
void evolve(Parties&, const OrganisationRegistered&);
void evolve(Parties&, const OrganisationChanged&);

Part organisations();

}  // namespace kontor::parties
