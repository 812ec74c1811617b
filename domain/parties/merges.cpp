// How duplicates are merged and told apart again.
#include "domain/parties/merges.h"

#include "domain/core/catalog.h"

namespace kontor::parties {

namespace {

// What both kinds of merge refuse, once both are known and neither is merged.
Objection fault_of_merge(const auto& table, const auto& key, const auto& into_key, const auto& code,
                         const auto& into) {
    if (code == into) return merge_into_itself.about(code);
    if (table.find(key)->person.has_value() != table.find(into_key)->person.has_value())
        return merge_of_kinds.about(code, into);
    if (last_standing(table.find(key)->standings) == Standing::refused &&
        last_standing(table.find(into_key)->standings) != Standing::refused)
        return merge_hides_refusal.about(code, into);
    return {};
}

}  // namespace

Decision<PartiesMerged> decide(const World& world, const MergeParties& merge, const Context&) {
    for (const PartyCode& party : {merge.party, merge.into})
        if (const Objection fault = fault_of_party(world, merge.company, party)) return fault;
    if (const Objection fault =
            fault_of_merge(world.of<Parties>(), PartyKey{merge.company, merge.party},
                           PartyKey{merge.company, merge.into}, merge.party, merge.into))
        return fault;
    return PartiesMerged{merge.company, merge.party, merge.into, merge.reason};
}

Decision<PartyMergeUndone> decide(const World& world, const UndoPartyMerge& undo, const Context&) {
    const Party* party = world.of<Parties>().find({undo.company, undo.party});
    if (!party) return party_unknown.about(undo.party);
    if (!party->merged_into) return party_not_merged.about(undo.party);
    return PartyMergeUndone{undo.company, undo.party, *party->merged_into, undo.reason};
}

Decision<CounterpartiesMerged> decide(const World& world, const MergeCounterparties& merge,
                                      const Context&) {
    for (const CounterpartyCode& code : {merge.counterparty, merge.into})
        if (const Objection fault = fault_of_counterparty(world, merge.company, code)) return fault;
    if (const Objection fault = fault_of_merge(
            world.of<Counterparties>(), CounterpartyKey{merge.company, merge.counterparty},
            CounterpartyKey{merge.company, merge.into}, merge.counterparty, merge.into))
        return fault;
    return CounterpartiesMerged{merge.company, merge.counterparty, merge.into, merge.reason};
}

Decision<CounterpartyMergeUndone> decide(const World& world, const UndoCounterpartyMerge& undo,
                                         const Context&) {
    const Counterparty* known = world.of<Counterparties>().find({undo.company, undo.counterparty});
    if (!known) return counterparty_unknown.about(undo.counterparty);
    if (!known->merged_into) return counterparty_not_merged.about(undo.counterparty);
    return CounterpartyMergeUndone{undo.company, undo.counterparty, *known->merged_into,
                                   undo.reason};
}

void evolve(Parties& parties, const PartiesMerged& merged) {
    parties.change({merged.company, merged.party},
                   [&](Party& party) { party.merged_into = merged.into; });
    parties.change({merged.company, merged.into},
                   [&](Party& into) { into.absorbed.push_back(merged.party); });
}

void evolve(Parties& parties, const PartyMergeUndone& undone) {
    parties.change({undone.company, undone.party}, [](Party& party) { party.merged_into = {}; });
    parties.change({undone.company, undone.into},
                   [&](Party& into) { std::erase(into.absorbed, undone.party); });
}

void evolve(Counterparties& counterparties, const CounterpartiesMerged& merged) {
    counterparties.change({merged.company, merged.counterparty},
                          [&](Counterparty& one) { one.merged_into = merged.into; });
    counterparties.change({merged.company, merged.into}, [&](Counterparty& into) {
        into.absorbed.push_back(merged.counterparty);
    });
}

void evolve(Counterparties& counterparties, const CounterpartyMergeUndone& undone) {
    counterparties.change({undone.company, undone.counterparty},
                          [](Counterparty& one) { one.merged_into = {}; });
    counterparties.change({undone.company, undone.into}, [&](Counterparty& into) {
        std::erase(into.absorbed, undone.counterparty);
    });
}

Part merges() {
    return Part()
        .commands<MergeParties, UndoPartyMerge, MergeCounterparties, UndoCounterpartyMerge>()
        .event<PartiesMerged, Parties>()
        .event<PartyMergeUndone, Parties>()
        .event<CounterpartiesMerged, Counterparties>()
        .event<CounterpartyMergeUndone, Counterparties>();
}

}  // namespace kontor::parties
