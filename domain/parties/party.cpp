// How parties are refused, retired and reinstated.
#include "domain/parties/party.h"

#include "domain/core/catalog.h"

namespace kontor::parties {

namespace {

// Why the party cannot stand so from the day on; empty when it can.
Objection fault_of_change(const World& world, const PartyKey& key, Standing standing, Date since) {
    if (const Objection fault = fault_of_party(world, key.company, key.party)) return fault;
    return fault_of_standing(world.of<Parties>().find(key)->standings, standing, since);
}

void change(Parties& parties, const auto& event, Standing standing) {
    parties.change({event.company, event.party},
                   [&](Party& party) { change_standing(party.standings, standing, event.since); });
}

}  // namespace

Objection fault_of_party(const World& world, const CompanyCode& company, const PartyCode& code) {
    const Party* party = world.of<Parties>().find({company, code});
    if (!party) return party_unknown.about(code);
    if (party->merged_into) return party_merged.about(code, *party->merged_into);
    return {};
}

Objection fault_of_organisation(const World& world, const CompanyCode& company,
                                const PartyCode& code) {
    if (Objection fault = fault_of_party(world, company, code)) return fault;
    if (world.of<Parties>().find({company, code})->person) return party_is_person.about(code);
    return {};
}

Decision<PartyRefused> decide(const World& world, const RefuseParty& refuse,
                              const Context& context) {
    const Date since = refuse.since.value_or(context.today);
    if (const Objection fault =
            fault_of_change(world, {refuse.company, refuse.party}, Standing::refused, since))
        return fault;
    return PartyRefused{refuse.company, refuse.party, refuse.reason, since};
}

Decision<PartyRetired> decide(const World& world, const RetireParty& retire,
                              const Context& context) {
    const Date since = retire.since.value_or(context.today);
    if (const Objection fault =
            fault_of_change(world, {retire.company, retire.party}, Standing::former, since))
        return fault;
    return PartyRetired{retire.company, retire.party, retire.reason, since};
}

Decision<PartyReinstated> decide(const World& world, const ReinstateParty& reinstate,
                                 const Context& context) {
    const Date since = reinstate.since.value_or(context.today);
    if (const Objection fault =
            fault_of_change(world, {reinstate.company, reinstate.party}, Standing::active, since))
        return fault;
    return PartyReinstated{reinstate.company, reinstate.party, reinstate.reason, since};
}

void evolve(Parties& parties, const PartyRefused& refused) {
    change(parties, refused, Standing::refused);
}

void evolve(Parties& parties, const PartyRetired& retired) {
    change(parties, retired, Standing::former);
}

void evolve(Parties& parties, const PartyReinstated& reinstated) {
    change(parties, reinstated, Standing::active);
}

Part party_standings() {
    return Part()
        .commands<RefuseParty, ReinstateParty, RetireParty>()
        .event<PartyRefused, Parties>()
        .event<PartyRetired, Parties>()
        .event<PartyReinstated, Parties>();
}

}  // namespace kontor::parties
