// How parties stand to each other: parent company, agent, carrier, guarantor.
#pragma once

#include "domain/parties/party.h"
#include "domain/parties/term.h"

#include <cstdint>

namespace kontor::parties {

enum class RelationKind : std::uint8_t {
    parent_of,
    agent_of,
    carrier_of,
    distributor_of,
    guarantor_of,
    predecessor_of,
    works_at,
};

void describe(auto& choice, RelationKind) {
    choice.choice("RelationKind", "What one party is to another one.")
        .value("parent_of", "It controls the other (IFRS 10.7), which is its subsidiary.")
        .value("agent_of", "It acts for the other, in the other's name or its own.")
        .value("carrier_of", "It carries the other's goods.")
        .value("distributor_of", "It sells the other's goods.")
        .value("guarantor_of", "It answers for the other's debts.")
        .value("predecessor_of", "The other took its business over.")
        .value("works_at", "A person who works for the other or speaks for it.");
}

inline constexpr Reason relation_to_itself{Refusal::invalid, "relation_to_itself",
                                           "A party has no relation to itself."};
inline constexpr Reason relation_of_persons{
    Refusal::invalid, "relation_of_persons",
    "A person works at an organisation; one of the two parties is no such thing."};
inline constexpr Reason relation_stands{
    Refusal::conflict, "relation_stands",
    "The parties stand in this relation on that day or later already."};
inline constexpr Reason relation_unknown{Refusal::missing, "relation_unknown",
                                         "The parties do not stand in this relation."};
inline constexpr Reason parent_known{
    Refusal::conflict, "parent_known",
    "The subsidiary has a parent company on that day or later; end that relation first."};
inline constexpr Reason parents_in_circle{
    Refusal::conflict, "parents_in_circle",
    "The subsidiary stands above the parent company already, at some remove."};

struct PartiesRelated {
    CompanyCode company;
    PartyCode party;
    RelationKind relation = RelationKind::parent_of;
    PartyCode other;
    Date since;

    bool operator==(const PartiesRelated&) const = default;
    static void describe(auto& event) {
        event.record("PartiesRelated", "A party is something to another one.")
            .company(&PartiesRelated::company)
            .stream(&PartiesRelated::party)
            .on(&PartiesRelated::since)
            .field("company", &PartiesRelated::company, "Whose parties.")
            .field("party", &PartiesRelated::party, "The party that is it.")
            .field("relation", &PartiesRelated::relation, "What it is to the other.")
            .field("other", &PartiesRelated::other, "The other party.")
            .field("since", &PartiesRelated::since, "The first day.");
    }
};

struct PartyRelationEnded {
    CompanyCode company;
    PartyCode party;
    RelationKind relation = RelationKind::parent_of;
    PartyCode other;
    Date until;

    bool operator==(const PartyRelationEnded&) const = default;
    static void describe(auto& event) {
        event.record("PartyRelationEnded", "A party is no longer that to another one.")
            .company(&PartyRelationEnded::company)
            .stream(&PartyRelationEnded::party)
            .on(&PartyRelationEnded::until)
            .field("company", &PartyRelationEnded::company, "Whose parties.")
            .field("party", &PartyRelationEnded::party, "The party that was it.")
            .field("relation", &PartyRelationEnded::relation, "What it was to the other.")
            .field("other", &PartyRelationEnded::other, "The other party.")
            .field("until", &PartyRelationEnded::until, "The last day.");
    }
};

struct RelateParties {
    CompanyCode company;
    PartyCode party;
    RelationKind relation = RelationKind::parent_of;
    PartyCode other;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("RelateParties",
                    "Says what a party is to another one, such as its parent company. A party has "
                    "one parent company at a time.")
            .company(&RelateParties::company)
            .stream(&RelateParties::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "relation": "parent_of", "other":
                "C-1006", "since": "2026-01-01"})")
            .field("company", &RelateParties::company, "Whose parties.")
            .field("party", &RelateParties::party, "A party.")
            .field("relation", &RelateParties::relation, "What it is to the other.")
            .field("other", &RelateParties::other, "The other party.")
            .field("since", &RelateParties::since, "The first day. Absent: today.")
            .refuses(party_unknown, party_merged, relation_to_itself, relation_of_persons,
                     relation_stands, parent_known, parents_in_circle);
    }
};

struct EndPartyRelation {
    CompanyCode company;
    PartyCode party;
    RelationKind relation = RelationKind::parent_of;
    PartyCode other;
    std::optional<Date> until;

    static void describe(auto& command) {
        command.record("EndPartyRelation", "Says that a party is no longer that to another one.")
            .company(&EndPartyRelation::company)
            .stream(&EndPartyRelation::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "relation": "parent_of", "other":
                "C-1006"})")
            .field("company", &EndPartyRelation::company, "Whose parties.")
            .field("party", &EndPartyRelation::party, "A party.")
            .field("relation", &EndPartyRelation::relation, "What it is to the other.")
            .field("other", &EndPartyRelation::other, "The other party.")
            .field("until", &EndPartyRelation::until, "The last day. Absent: today.")
            .refuses(party_unknown, relation_unknown, end_before_beginning);
    }
};

// By the other one first, so that its parents are found.
struct RelationKey {
    CompanyCode company;
    RelationKind relation = RelationKind::parent_of;
    PartyCode other;
    PartyCode party;

    auto operator<=>(const RelationKey&) const = default;
    static void describe(auto& key) {
        key.record("RelationKey", "What a party is to another one.")
            .field("company", &RelationKey::company, "Whose parties.")
            .field("relation", &RelationKey::relation, "What it is to the other.")
            .field("other", &RelationKey::other, "The other party.")
            .field("party", &RelationKey::party, "The party that is it.");
    }
};

struct Relation {
    Terms terms;

    static void describe(auto& record) {
        record.record("Relation", "When a party is something to another one.")
            .field("terms", &Relation::terms, "In the order of time.");
    }
};
using Relations = Table<RelationKey, Relation>;

Decision<PartiesRelated> decide(const World&, const RelateParties&, const Context&);
Decision<PartyRelationEnded> decide(const World&, const EndPartyRelation&, const Context&);
void evolve(Relations&, const PartiesRelated&);
void evolve(Relations&, const PartyRelationEnded&);

Part relations();

}  // namespace kontor::parties
