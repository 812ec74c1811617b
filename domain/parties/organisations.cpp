// How organisations are registered and changed.
#include "domain/parties/organisations.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"

namespace kontor::parties {

Decision<OrganisationRegistered, PartyRoleStarted> decide(const World& world,
                                                          const RegisterOrganisation& enter,
                                                          const Context& context) {
    if (!world.of<companies::Companies>().find(enter.company))
        return companies::company_unknown.about(enter.company);
    if (world.of<Parties>().find({enter.company, enter.party}))
        return party_exists.about(enter.party);
    if (!is_country(enter.country.text)) return country_unknown.about(enter.country);
    if (!is_language(enter.language.text)) return language_unknown.about(enter.language);
    for (std::size_t n = 0; n < enter.roles.size(); ++n)
        if (Objection fault = fault_of_role(enter.roles[n])) return std::move(fault).at("roles", n);
    Decision<OrganisationRegistered, PartyRoleStarted> decision;
    decision.add(OrganisationRegistered{enter.company, enter.party, enter.name, enter.country,
                                        enter.language});
    for (const PartyRole role : sorted_once(enter.roles))
        decision.add(PartyRoleStarted{enter.company, enter.party, role,
                                      enter.since.value_or(context.today)});
    return decision;
}

Decision<OrganisationChanged> decide(const World& world, const ChangeOrganisation& change,
                                     const Context&) {
    if (const Objection fault = fault_of_organisation(world, change.company, change.party))
        return fault;
    if (change.country && !is_country(change.country->text))
        return country_unknown.about(*change.country);
    if (change.language && !is_language(change.language->text))
        return language_unknown.about(*change.language);
    if (!change.name && !change.country && !change.language)
        return organisation_unchanged.about(change.party);
    return OrganisationChanged{change.company, change.party, change.name, change.country,
                               change.language};
}

void evolve(Parties& parties, const OrganisationRegistered& registered) {
    parties.put({registered.company, registered.party}, {registered.language, {}, {}, {}});
}

void evolve(Parties& parties, const OrganisationChanged& changed) {
    if (!changed.language) return;
    parties.change({changed.company, changed.party},
                   [&](Party& party) { party.language = *changed.language; });
}

Part organisations() {
    return Part()
        .table<Parties>("parties.parties")
        .commands<RegisterOrganisation, ChangeOrganisation>()
        .event<OrganisationRegistered, Parties>()
        .event<OrganisationChanged, Parties>();
}

}  // namespace kontor::parties
