// How parties come to roles and lose them.
#include "domain/parties/party_roles.h"

#include "domain/core/catalog.h"

namespace kontor::parties {

Objection fault_of_role(PartyRole role) {
    if (role == PartyRole::employee) return role_of_persons.about(role);
    return {};
}

bool has_role(const World& world, const CompanyCode& company, const PartyCode& party,
              PartyRole role, Date day) {
    const HeldRole* held = world.of<PartyRoles>().find({company, party, role});
    return held && any_covers(held->terms, day);
}

Decision<PartyRoleStarted> decide(const World& world, const StartPartyRole& start,
                                  const Context& context) {
    if (const Objection fault = fault_of_party(world, start.company, start.party)) return fault;
    if (!world.of<Parties>().find({start.company, start.party})->person)
        if (const Objection fault = fault_of_role(start.role)) return fault;
    const Date since = start.since.value_or(context.today);
    const HeldRole* held = world.of<PartyRoles>().find({start.company, start.party, start.role});
    if (held && taken_from(held->terms, since)) return role_held.about(start.party, start.role);
    return PartyRoleStarted{start.company, start.party, start.role, since};
}

Decision<PartyRoleEnded> decide(const World& world, const EndPartyRole& end,
                                const Context& context) {
    if (const Objection fault = fault_of_party(world, end.company, end.party)) return fault;
    const HeldRole* held = world.of<PartyRoles>().find({end.company, end.party, end.role});
    const Term* open = held ? open_term(held->terms) : nullptr;
    if (!open) return role_not_held.about(end.party, end.role);
    const Date until = end.until.value_or(context.today);
    if (until < open->since) return end_before_beginning.about(open->since);
    return PartyRoleEnded{end.company, end.party, end.role, until};
}

void evolve(PartyRoles& roles, const PartyRoleStarted& started) {
    const PartyRoleKey key{started.company, started.party, started.role};
    if (!roles.find(key)) roles.put(key, {});
    roles.change(key, [&](HeldRole& held) { held.terms.push_back({started.since, {}}); });
}

void evolve(PartyRoles& roles, const PartyRoleEnded& ended) {
    roles.change({ended.company, ended.party, ended.role},
                 [&](HeldRole& held) { end_term(held.terms, ended.until); });
}

Part party_roles() {
    return Part()
        .table<PartyRoles>("parties.roles")
        .commands<StartPartyRole, EndPartyRole>()
        .event<PartyRoleStarted, PartyRoles>()
        .event<PartyRoleEnded, PartyRoles>();
}

}  // namespace kontor::parties
