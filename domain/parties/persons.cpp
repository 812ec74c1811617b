// How persons come to be known, change and are erased.
#include "domain/parties/persons.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"

namespace kontor::parties {

Decision<PersonRegistered, PartyRoleStarted> decide(const World& world, const RegisterPerson& enter,
                                                    const Context& context) {
    if (!world.of<companies::Companies>().find(enter.company))
        return companies::company_unknown.about(enter.company);
    // What is refused is kept in the log: the code, which may be a name, is not said again.
    if (!says_nothing(enter.party.text)) return code_may_name;
    if (world.of<Parties>().find({enter.company, enter.party}))
        return party_exists.about(enter.party);
    if (world.of<Persons>().find(enter.person)) return person_exists.about(enter.person);
    if (!is_country(enter.country.text)) return country_unknown.about(enter.country);
    if (!is_language(enter.language.text)) return language_unknown.about(enter.language);
    Decision<PersonRegistered, PartyRoleStarted> decision;
    decision.add(PersonRegistered{enter.company, enter.person, enter.party, enter.name,
                                  enter.family_name, enter.given_name, enter.patronymic,
                                  enter.born_on, enter.country, enter.language});
    for (const PartyRole role : sorted_once(enter.roles))
        decision.add(PartyRoleStarted{enter.company, enter.party, role,
                                      enter.since.value_or(context.today)});
    return decision;
}

Decision<PersonChanged> decide(const World& world, const ChangePerson& change, const Context&) {
    if (const Objection fault = fault_of_person(world, change.company, change.person)) return fault;
    if (change.country && !is_country(change.country->text))
        return country_unknown.about(*change.country);
    if (change.language && !is_language(change.language->text))
        return language_unknown.about(*change.language);
    if (!change.name && !change.family_name && !change.given_name && !change.patronymic &&
        !change.born_on && !change.country && !change.language)
        return person_unchanged.about(change.person);
    return PersonChanged{
        change.company,    change.person,      world.of<Persons>().find(change.person)->party,
        change.name,       change.family_name, change.given_name,
        change.patronymic, change.born_on,     change.country,
        change.language};
}

// Two entries of one human are two keys, and the human asks for all.
Decision<PersonErased> decide(const World& world, const ErasePerson& erase, const Context&) {
    if (const Objection fault = fault_of_person(world, erase.company, erase.person)) return fault;
    const PartyCode code = world.of<Persons>().find(erase.person)->party;
    if (const Objection fault = fault_of_party(world, erase.company, code)) return fault;
    Decision<PersonErased> decision;
    std::vector<PartyCode> all{code};
    for (std::size_t n = 0; n < all.size(); ++n) {
        const PartyCode each = all[n];
        const Party& party = *world.of<Parties>().find({erase.company, each});
        if (!party.erased)
            decision.add(PersonErased{erase.company, *party.person, each, erase.ground});
        all.insert(all.end(), party.absorbed.begin(), party.absorbed.end());
    }
    return decision;
}

void evolve(Persons& persons, const PersonRegistered& registered) {
    persons.put(registered.person, {registered.company, registered.party});
}

void evolve(Persons& persons, const PersonErased& erased) {
    persons.change(erased.person, [](Person& person) { person.erased = true; });
}

void evolve(Parties& parties, const PersonRegistered& registered) {
    Party party;
    party.language = registered.language;
    party.person = registered.person;
    parties.put({registered.company, registered.party}, party);
}

void evolve(Parties& parties, const PersonChanged& changed) {
    if (!changed.language) return;
    parties.change({changed.company, changed.party},
                   [&](Party& party) { party.language = *changed.language; });
}

void evolve(Parties& parties, const PersonErased& erased) {
    parties.change({erased.company, erased.party}, [](Party& party) { party.erased = true; });
}

Part persons() {
    return Part()
        .table<Persons>("parties.persons")
        .commands<RegisterPerson, ChangePerson, ErasePerson>()
        .event<PersonRegistered, Persons, Parties>()
        .event<PersonChanged, Parties>()
        .event<PersonErased, Persons, Parties>();
}

}  // namespace kontor::parties
