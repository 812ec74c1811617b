// Duplicates: one stands for the other from now on, until that is taken back.
//
// What named the merged one keeps its name: nothing is rewritten, so nothing is lost when a merge
// was a mistake. Questions and new documents find who stands for it.
#pragma once

#include "domain/parties/counterparty.h"
#include "domain/parties/party.h"

#include <string>

namespace kontor::parties {

inline constexpr Reason merge_into_itself{Refusal::invalid, "merge_into_itself",
                                          "Nothing is merged into itself."};
inline constexpr Reason merge_of_kinds{
    Refusal::invalid, "merge_of_kinds",
    "One of them is a person, and the other is an organisation or legal entity."};
inline constexpr Reason merge_hides_refusal{
    Refusal::conflict, "merge_hides_refusal",
    "It is refused and the other one is not: refuse that one too, or take the refusal back."};
inline constexpr Reason party_not_merged{Refusal::conflict, "party_not_merged",
                                         "The party was not merged into another one."};
inline constexpr Reason counterparty_not_merged{
    Refusal::conflict, "counterparty_not_merged",
    "The counterparty was not merged into another one."};

struct PartiesMerged {
    CompanyCode company;
    PartyCode party;
    PartyCode into;
    std::string reason;

    bool operator==(const PartiesMerged&) const = default;
    static void describe(auto& event) {
        event.record("PartiesMerged", "One party stands for another one.")
            .company(&PartiesMerged::company)
            .stream(&PartiesMerged::party)
            .on_recorded_day()
            .field("company", &PartiesMerged::company, "Whose parties.")
            .field("party", &PartiesMerged::party, "The party that was merged.")
            .field("into", &PartiesMerged::into, "The party that stands for it.")
            .field("reason", &PartiesMerged::reason, "How it was seen that they are one.");
    }
};

struct PartyMergeUndone {
    CompanyCode company;
    PartyCode party;
    PartyCode into;
    std::string reason;

    bool operator==(const PartyMergeUndone&) const = default;
    static void describe(auto& event) {
        event.record("PartyMergeUndone", "Two parties are two again.")
            .company(&PartyMergeUndone::company)
            .stream(&PartyMergeUndone::party)
            .on_recorded_day()
            .field("company", &PartyMergeUndone::company, "Whose parties.")
            .field("party", &PartyMergeUndone::party, "The party that was merged.")
            .field("into", &PartyMergeUndone::into, "The party that stood for it.")
            .field("reason", &PartyMergeUndone::reason, "How it was seen that they are two.");
    }
};

struct CounterpartiesMerged {
    CompanyCode company;
    CounterpartyCode counterparty;
    CounterpartyCode into;
    std::string reason;

    bool operator==(const CounterpartiesMerged&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartiesMerged", "One counterparty stands for another one.")
            .company(&CounterpartiesMerged::company)
            .stream(&CounterpartiesMerged::counterparty)
            .on_recorded_day()
            .field("company", &CounterpartiesMerged::company, "Whose counterparties.")
            .field("counterparty", &CounterpartiesMerged::counterparty, "The one that was merged.")
            .field("into", &CounterpartiesMerged::into, "The one that stands for it.")
            .field("reason", &CounterpartiesMerged::reason, "How it was seen that they are one.");
    }
};

struct CounterpartyMergeUndone {
    CompanyCode company;
    CounterpartyCode counterparty;
    CounterpartyCode into;
    std::string reason;

    bool operator==(const CounterpartyMergeUndone&) const = default;
    static void describe(auto& event) {
        event.record("CounterpartyMergeUndone", "Two counterparties are two again.")
            .company(&CounterpartyMergeUndone::company)
            .stream(&CounterpartyMergeUndone::counterparty)
            .on_recorded_day()
            .field("company", &CounterpartyMergeUndone::company, "Whose counterparties.")
            .field("counterparty", &CounterpartyMergeUndone::counterparty,
                   "The one that was merged.")
            .field("into", &CounterpartyMergeUndone::into, "The one that stood for it.")
            .field("reason", &CounterpartyMergeUndone::reason,
                   "How it was seen that they are two.");
    }
};

struct MergeParties {
    CompanyCode company;
    PartyCode party;
    PartyCode into;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("MergeParties",
                    "Says that two parties are one: the second stands for the first. Documents "
                    "keep the party that they named, questions show the one that stands for it, "
                    "new documents must name that one. UndoPartyMerge takes it back.")
            .company(&MergeParties::company)
            .stream(&MergeParties::party)
            .example(R"({"company": "DEMO", "party": "C-1006", "into": "SALIX", "reason":
                "Same shop, entered twice"})")
            .field("company", &MergeParties::company, "Whose parties.")
            .field("party", &MergeParties::party, "The party that is to go.")
            .field("into", &MergeParties::into, "The party that is to stand for it.")
            .field("reason", &MergeParties::reason, "How it is seen that they are one.")
            .shortest(1)
            .longest(500)
            .refuses(party_unknown, party_merged, merge_into_itself, merge_of_kinds,
                     merge_hides_refusal);
    }
};

struct UndoPartyMerge {
    CompanyCode company;
    PartyCode party;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("UndoPartyMerge",
                    "Takes a merge back: the party stands for itself again, with all that it had. "
                    "What was entered for the other one meanwhile stays with that.")
            .company(&UndoPartyMerge::company)
            .stream(&UndoPartyMerge::party)
            .example(R"({"company": "DEMO", "party": "C-1006", "reason":
                "Two shops in one street"})")
            .field("company", &UndoPartyMerge::company, "Whose parties.")
            .field("party", &UndoPartyMerge::party, "A party that was merged.")
            .field("reason", &UndoPartyMerge::reason, "How it is seen that they are two.")
            .shortest(1)
            .longest(500)
            .refuses(party_unknown, party_not_merged);
    }
};

struct MergeCounterparties {
    CompanyCode company;
    CounterpartyCode counterparty;
    CounterpartyCode into;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("MergeCounterparties",
                    "Says that two counterparties are one legal entity: the second stands for the "
                    "first, as with MergeParties. UndoCounterpartyMerge takes it back.")
            .company(&MergeCounterparties::company)
            .stream(&MergeCounterparties::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "into": "ALDER-LTD",
                "reason": "Same register number"})")
            .field("company", &MergeCounterparties::company, "Whose counterparties.")
            .field("counterparty", &MergeCounterparties::counterparty, "The one that is to go.")
            .field("into", &MergeCounterparties::into, "The one that is to stand for it.")
            .field("reason", &MergeCounterparties::reason, "How it is seen that they are one.")
            .shortest(1)
            .longest(500)
            .refuses(counterparty_unknown, counterparty_merged, merge_into_itself, merge_of_kinds,
                     merge_hides_refusal);
    }
};

struct UndoCounterpartyMerge {
    CompanyCode company;
    CounterpartyCode counterparty;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("UndoCounterpartyMerge",
                    "Takes a merge back: the counterparty stands for itself again, with all that "
                    "it had.")
            .company(&UndoCounterpartyMerge::company)
            .stream(&UndoCounterpartyMerge::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "reason":
                "Another register court"})")
            .field("company", &UndoCounterpartyMerge::company, "Whose counterparties.")
            .field("counterparty", &UndoCounterpartyMerge::counterparty, "One that was merged.")
            .field("reason", &UndoCounterpartyMerge::reason, "How it is seen that they are two.")
            .shortest(1)
            .longest(500)
            .refuses(counterparty_unknown, counterparty_not_merged);
    }
};

Decision<PartiesMerged> decide(const World&, const MergeParties&, const Context&);
Decision<PartyMergeUndone> decide(const World&, const UndoPartyMerge&, const Context&);
Decision<CounterpartiesMerged> decide(const World&, const MergeCounterparties&, const Context&);
Decision<CounterpartyMergeUndone> decide(const World&, const UndoCounterpartyMerge&,
                                         const Context&);
void evolve(Parties&, const PartiesMerged&);
void evolve(Parties&, const PartyMergeUndone&);
void evolve(Counterparties&, const CounterpartiesMerged&);
void evolve(Counterparties&, const CounterpartyMergeUndone&);

Part merges();

}  // namespace kontor::parties
