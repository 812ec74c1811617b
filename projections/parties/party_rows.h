// What is kept and shown of a party: how it stands, its roles, ways to it, links and relations.
#pragma once

#include "domain/parties/contact_points.h"
#include "domain/parties/counterparty_links.h"
#include "domain/parties/organisations.h"
#include "domain/parties/person_contacts.h"
#include "domain/parties/persons.h"
#include "domain/parties/relations.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::parties {

struct StandingReason {
    Date since;
    Standing standing = Standing::active;
    std::string reason;

    bool operator==(const StandingReason&) const = default;
    static void describe(auto& row) {
        row.record("StandingReason", "How it stands from a day on, and why.")
            .field("since", &StandingReason::since, "The first day.")
            .field("standing", &StandingReason::standing, "How it stands.")
            .field("reason", &StandingReason::reason, "Why.");
    }
};

struct RoleTerm {
    PartyRole role = PartyRole::customer;
    Date since;
    std::optional<Date> until;

    bool operator==(const RoleTerm&) const = default;
    static void describe(auto& row) {
        row.record("RoleTerm", "From when until when a party has a role.")
            .field("role", &RoleTerm::role, "The role.")
            .field("since", &RoleTerm::since, "The first day.")
            .field("until", &RoleTerm::until, "The last day; absent: it has no end yet.");
    }
};

// Kept: all of it, for every day.
struct KnownParty {
    PartyCode party;
    std::string name;
    CountryCode country;
    LanguageCode language;
    std::vector<StandingReason> standings;
    std::vector<RoleTerm> roles;
    std::optional<CounterpartyCode> preferred;
    std::optional<PartyCode> merged_into;
    std::string merge_reason;
    std::vector<PartyCode> absorbed;
    std::optional<PersonId> person;
    std::optional<PersonalText> person_name;

    static void describe(auto& row) {
        row.record("KnownParty", "A party, for every day.")
            .field("party", &KnownParty::party, "Its code.")
            .field("name", &KnownParty::name, "Its name.")
            .field("country", &KnownParty::country, "Where it is.")
            .field("language", &KnownParty::language, "Of its documents.")
            .field("standings", &KnownParty::standings, "How it stands from which day on.")
            .field("roles", &KnownParty::roles, "In the order in which they began.")
            .field("preferred", &KnownParty::preferred, "The counterparty taken by default.")
            .field("merged_into", &KnownParty::merged_into, "The party that stands for it.")
            .field("merge_reason", &KnownParty::merge_reason, "How it was seen.")
            .field("absorbed", &KnownParty::absorbed, "The parties that it stands for.")
            .field("person", &KnownParty::person, "Who it is; absent: an organisation.")
            .field("person_name", &KnownParty::person_name, "What the person is called.");
    }
};

struct PartyContact {
    ContactPointCode contact_point;
    ContactKind kind = ContactKind::telephone;
    std::string address;
    std::string note;
    std::optional<PersonalText> personal_address = std::nullopt;
    std::optional<PersonalText> personal_note = std::nullopt;

    bool operator==(const PartyContact&) const = default;
    static void describe(auto& row) {
        row.record("PartyContact", "A way to a party.")
            .field("contact_point", &PartyContact::contact_point, "Code of the way to it.")
            .field("kind", &PartyContact::kind, "By what it is reached.")
            .field("address", &PartyContact::address, "The number or address.")
            .field("note", &PartyContact::note, "When or for what.")
            .field("personal_address", &PartyContact::personal_address,
                   "The number or address of a person.")
            .sealed_as("address")
            .field("personal_note", &PartyContact::personal_note, "When or for what.")
            .sealed_as("note");
    }
};

struct LinkTerm {
    PartyCode party;
    CounterpartyCode counterparty;
    Date since;
    std::optional<Date> until;
    bool preferred = false;

    bool operator==(const LinkTerm&) const = default;
    static void describe(auto& row) {
        row.record("LinkTerm", "From when until when a party is served through a counterparty.")
            .field("party", &LinkTerm::party, "The party.")
            .field("counterparty", &LinkTerm::counterparty, "The counterparty.")
            .field("since", &LinkTerm::since, "The first day.")
            .field("until", &LinkTerm::until, "The last day; absent: it has no end yet.")
            .field("preferred", &LinkTerm::preferred, "Taken where no other is named.");
    }
};

struct PartyRelation {
    PartyCode party;
    RelationKind relation = RelationKind::parent_of;
    PartyCode other;
    Date since;
    std::optional<Date> until;

    bool operator==(const PartyRelation&) const = default;
    static void describe(auto& row) {
        row.record("PartyRelation", "What a party is to another one.")
            .field("party", &PartyRelation::party, "The party that is it.")
            .field("relation", &PartyRelation::relation, "What it is to the other.")
            .field("other", &PartyRelation::other, "The other party.")
            .field("since", &PartyRelation::since, "The first day.")
            .field("until", &PartyRelation::until, "The last day; absent: it has no end yet.");
    }
};

// Kept: a link for every day.
struct KnownLink {
    PartyCode party;
    CounterpartyCode counterparty;
    Terms terms;

    static void describe(auto& row) {
        row.record("KnownLink", "When a party is served through a counterparty.")
            .field("party", &KnownLink::party, "The party.")
            .field("counterparty", &KnownLink::counterparty, "The counterparty.")
            .field("terms", &KnownLink::terms, "In the order of time.");
    }
};

// Kept: a relation for every day.
struct KnownRelation {
    PartyCode party;
    RelationKind relation = RelationKind::parent_of;
    PartyCode other;
    Terms terms;

    static void describe(auto& row) {
        row.record("KnownRelation", "When a party is something to another one.")
            .field("party", &KnownRelation::party, "The party that is it.")
            .field("relation", &KnownRelation::relation, "What it is to the other.")
            .field("other", &KnownRelation::other, "The other party.")
            .field("terms", &KnownRelation::terms, "In the order of time.");
    }
};

}  // namespace kontor::parties
