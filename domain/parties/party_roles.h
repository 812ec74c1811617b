// What a party is to the company, and from when until when: customer, supplier, carrier, employee.
#pragma once

#include "domain/parties/party.h"
#include "domain/parties/term.h"

#include <cstdint>

namespace kontor::parties {

enum class PartyRole : std::uint8_t { customer, supplier, carrier, employee };

void describe(auto& choice, PartyRole) {
    choice.choice("PartyRole", "What a party is to the company; it may be several at once.")
        .value("customer", "The company sells to it.")
        .value("supplier", "The company buys from it.")
        .value("carrier", "It carries goods for the company.")
        .value("employee", "It works for the company; a person only.");
}

inline constexpr Reason role_of_persons{
    Refusal::invalid, "role_of_persons",
    "Only a person can have this role, and the party is an organisation."};
inline constexpr Reason role_held{Refusal::conflict, "role_held",
                                  "The party has this role on that day or later already."};
inline constexpr Reason role_not_held{Refusal::conflict, "role_not_held",
                                      "The party does not have this role."};

struct PartyRoleStarted {
    CompanyCode company;
    PartyCode party;
    PartyRole role = PartyRole::customer;
    Date since;

    bool operator==(const PartyRoleStarted&) const = default;
    static void describe(auto& event) {
        event.record("PartyRoleStarted", "A party has a role.")
            .company(&PartyRoleStarted::company)
            .stream(&PartyRoleStarted::party)
            .on(&PartyRoleStarted::since)
            .field("company", &PartyRoleStarted::company, "Whose party.")
            .field("party", &PartyRoleStarted::party, "The party.")
            .field("role", &PartyRoleStarted::role, "The role.")
            .field("since", &PartyRoleStarted::since, "The first day.");
    }
};

struct PartyRoleEnded {
    CompanyCode company;
    PartyCode party;
    PartyRole role = PartyRole::customer;
    Date until;

    bool operator==(const PartyRoleEnded&) const = default;
    static void describe(auto& event) {
        event.record("PartyRoleEnded", "A party no longer has a role.")
            .company(&PartyRoleEnded::company)
            .stream(&PartyRoleEnded::party)
            .on(&PartyRoleEnded::until)
            .field("company", &PartyRoleEnded::company, "Whose party.")
            .field("party", &PartyRoleEnded::party, "The party.")
            .field("role", &PartyRoleEnded::role, "The role.")
            .field("until", &PartyRoleEnded::until, "The last day.");
    }
};

struct StartPartyRole {
    CompanyCode company;
    PartyCode party;
    PartyRole role = PartyRole::customer;
    std::optional<Date> since;

    static void describe(auto& command) {
        command.record("StartPartyRole", "Gives a party a role, such as supplier.")
            .company(&StartPartyRole::company)
            .stream(&StartPartyRole::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "role": "supplier", "since":
                "2026-01-01"})")
            .field("company", &StartPartyRole::company, "Whose party.")
            .field("party", &StartPartyRole::party, "A party.")
            .field("role", &StartPartyRole::role, "What it is to the company.")
            .field("since", &StartPartyRole::since, "The first day. Absent: today.")
            .refuses(party_unknown, party_merged, role_of_persons, role_held);
    }
};

struct EndPartyRole {
    CompanyCode company;
    PartyCode party;
    PartyRole role = PartyRole::customer;
    std::optional<Date> until;

    static void describe(auto& command) {
        command
            .record("EndPartyRole",
                    "Takes a role from a party. What it was as such stays; it may have the role "
                    "again later.")
            .company(&EndPartyRole::company)
            .stream(&EndPartyRole::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "role": "supplier"})")
            .field("company", &EndPartyRole::company, "Whose party.")
            .field("party", &EndPartyRole::party, "A party.")
            .field("role", &EndPartyRole::role, "A role that it has.")
            .field("until", &EndPartyRole::until, "The last day. Absent: today.")
            .refuses(party_unknown, party_merged, role_not_held, end_before_beginning);
    }
};

struct PartyRoleKey {
    CompanyCode company;
    PartyCode party;
    PartyRole role = PartyRole::customer;

    auto operator<=>(const PartyRoleKey&) const = default;
    static void describe(auto& key) {
        key.record("PartyRoleKey", "A role of a party.")
            .field("company", &PartyRoleKey::company, "Whose party.")
            .field("party", &PartyRoleKey::party, "The party.")
            .field("role", &PartyRoleKey::role, "The role.");
    }
};

struct HeldRole {
    Terms terms;

    static void describe(auto& record) {
        record.record("HeldRole", "When a party has a role.")
            .field("terms", &HeldRole::terms, "In the order of time.");
    }
};
using PartyRoles = Table<PartyRoleKey, HeldRole>;

// Why an organisation cannot have the role; empty when it can.
Objection fault_of_role(PartyRole);
bool has_role(const World&, const CompanyCode&, const PartyCode&, PartyRole, Date);

Decision<PartyRoleStarted> decide(const World&, const StartPartyRole&, const Context&);
Decision<PartyRoleEnded> decide(const World&, const EndPartyRole&, const Context&);
void evolve(PartyRoles&, const PartyRoleStarted&);
void evolve(PartyRoles&, const PartyRoleEnded&);

Part party_roles();

}  // namespace kontor::parties
