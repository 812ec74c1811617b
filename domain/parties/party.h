// A party: whom the company talks to. Organisations and persons are parties.
//
// Who is bound by a contract and pays tax is another thing, the counterparty: people order through
// one firm today and through its sister tomorrow. Here is what all parties have in common.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/parties/languages.h"
#include "domain/parties/standing.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::parties {

struct PartyThing {
    static constexpr Thing thing{"party", "parties"};
};
using PartyCode = Code<PartyThing>;

// What is known of a person is sealed under this id. It is drawn, and says nothing.
struct PersonThing {
    static constexpr Thing thing{"person", "persons"};
};
using PersonId = Id<PersonThing>;

inline constexpr Reason party_unknown{Refusal::missing, "party_unknown",
                                      "The company has no party with this code."};
inline constexpr Reason party_merged{
    Refusal::conflict, "party_merged",
    "The party was merged into another one, which stands for it; name that one."};
inline constexpr Reason party_is_person{
    Refusal::conflict, "party_is_person",
    "The party is a person: what is known of persons is kept sealed, by commands of their own."};

struct PartyRefused {
    CompanyCode company;
    PartyCode party;
    std::string reason;
    Date since;

    bool operator==(const PartyRefused&) const = default;
    static void describe(auto& event) {
        event.record("PartyRefused", "The company will not deal with a party.")
            .company(&PartyRefused::company)
            .stream(&PartyRefused::party)
            .on(&PartyRefused::since)
            .field("company", &PartyRefused::company, "Whose party.")
            .field("party", &PartyRefused::party, "The party.")
            .field("reason", &PartyRefused::reason, "Why.")
            .field("since", &PartyRefused::since, "The first day.");
    }
};

struct PartyRetired {
    CompanyCode company;
    PartyCode party;
    std::string reason;
    Date since;

    bool operator==(const PartyRetired&) const = default;
    static void describe(auto& event) {
        event.record("PartyRetired", "A party is a former one.")
            .company(&PartyRetired::company)
            .stream(&PartyRetired::party)
            .on(&PartyRetired::since)
            .field("company", &PartyRetired::company, "Whose party.")
            .field("party", &PartyRetired::party, "The party.")
            .field("reason", &PartyRetired::reason, "Why.")
            .field("since", &PartyRetired::since, "The first day.");
    }
};

struct PartyReinstated {
    CompanyCode company;
    PartyCode party;
    std::string reason;
    Date since;

    bool operator==(const PartyReinstated&) const = default;
    static void describe(auto& event) {
        event.record("PartyReinstated", "The company deals with a party again.")
            .company(&PartyReinstated::company)
            .stream(&PartyReinstated::party)
            .on(&PartyReinstated::since)
            .field("company", &PartyReinstated::company, "Whose party.")
            .field("party", &PartyReinstated::party, "The party.")
            .field("reason", &PartyReinstated::reason, "Why.")
            .field("since", &PartyReinstated::since, "The first day.");
    }
};

struct RefuseParty {
    CompanyCode company;
    PartyCode party;
    std::string reason;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("RefuseParty",
                    "Puts a party on the black list: no new document names it from that day on. "
                    "It stays with all that was, and with the reason.")
            .company(&RefuseParty::company)
            .stream(&RefuseParty::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "reason":
                "Three bills unpaid"})")
            .field("company", &RefuseParty::company, "Whose party.")
            .field("party", &RefuseParty::party, "A party.")
            .field("reason", &RefuseParty::reason, "Why; whoever meets the refusal reads it.")
            .shortest(1)
            .longest(500)
            .field("since", &RefuseParty::since, "The first day. Absent: today.")
            .refuses(party_unknown, party_merged, standing_unchanged, standing_changed_later);
    }
};

struct RetireParty {
    CompanyCode company;
    PartyCode party;
    std::string reason;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("RetireParty",
                    "Makes a party a former one, such as a shop that closed. It stays with all "
                    "that was; no new document names it from that day on.")
            .company(&RetireParty::company)
            .stream(&RetireParty::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "reason": "Closed its shop"})")
            .field("company", &RetireParty::company, "Whose party.")
            .field("party", &RetireParty::party, "A party.")
            .field("reason", &RetireParty::reason, "Why.")
            .shortest(1)
            .longest(500)
            .field("since", &RetireParty::since, "The first day. Absent: today.")
            .refuses(party_unknown, party_merged, standing_unchanged, standing_changed_later);
    }
};

struct ReinstateParty {
    CompanyCode company;
    PartyCode party;
    std::string reason;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("ReinstateParty",
                    "Deals again with a party that was refused or is a former one.")
            .company(&ReinstateParty::company)
            .stream(&ReinstateParty::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "reason": "Paid what it owed"})")
            .field("company", &ReinstateParty::company, "Whose party.")
            .field("party", &ReinstateParty::party, "A party that is refused or a former one.")
            .field("reason", &ReinstateParty::reason, "Why.")
            .shortest(1)
            .longest(500)
            .field("since", &ReinstateParty::since, "The first day. Absent: today.")
            .refuses(party_unknown, party_merged, standing_unchanged, standing_changed_later);
    }
};

struct PartyKey {
    CompanyCode company;
    PartyCode party;

    auto operator<=>(const PartyKey&) const = default;
    static void describe(auto& key) {
        key.record("PartyKey", "A party of a company.")
            .field("company", &PartyKey::company, "Whose party.")
            .field("party", &PartyKey::party, "Its code.");
    }
};

struct Party {
    LanguageCode language;
    Standings standings;
    std::optional<PartyCode> merged_into;
    std::vector<PartyCode> absorbed;
    std::optional<PersonId> person = std::nullopt;
    bool erased = false;

    static void describe(auto& record) {
        record.record("Party", "A party as decisions know it.")
            .field("language", &Party::language, "Of its documents.")
            .field("standings", &Party::standings, "How it stands from which day on.")
            .field("merged_into", &Party::merged_into, "The party that stands for it.")
            .field("absorbed", &Party::absorbed, "The parties that it stands for.")
            .field("person", &Party::person, "Who it is; absent: it is an organisation.")
            .field("erased", &Party::erased, "A person whose data is gone.");
    }
};
using Parties = Table<PartyKey, Party>;

// Why a command cannot be about the party: it is unknown or merged. Empty when it can.
Objection fault_of_party(const World&, const CompanyCode&, const PartyCode&);
// The same where it must be an organisation: party_is_person too.
Objection fault_of_organisation(const World&, const CompanyCode&, const PartyCode&);

Decision<PartyRefused> decide(const World&, const RefuseParty&, const Context&);
Decision<PartyRetired> decide(const World&, const RetireParty&, const Context&);
Decision<PartyReinstated> decide(const World&, const ReinstateParty&, const Context&);
void evolve(Parties&, const PartyRefused&);
void evolve(Parties&, const PartyRetired&);
void evolve(Parties&, const PartyReinstated&);

Part party_standings();

}  // namespace kontor::parties
