// How relations begin and end.
#include "domain/parties/relations.h"

#include "domain/core/catalog.h"

#include <set>

namespace kontor::parties {

namespace {

// The parent companies of a party from a day on; several when one follows the other.
std::vector<PartyCode> parents_from(const World& world, const CompanyCode& company,
                                    const PartyCode& party, Date since) {
    std::vector<PartyCode> parents;
    const RelationKey first{company, RelationKind::parent_of, party, {}};
    for (const auto& [key, relation] : world.of<Relations>().from(first)) {
        if (key.company != company || key.relation != RelationKind::parent_of || key.other != party)
            break;
        if (taken_from(relation.terms, since)) parents.push_back(key.party);
    }
    return parents;
}

// Whether one stands above the other from the day on. Who was whose parent can have turned round
// since that day, so each party is looked at once.
bool stands_above(const World& world, const CompanyCode& company, const PartyCode& above,
                  const PartyCode& below, Date since) {
    std::set<PartyCode> seen;
    std::vector<PartyCode> next{below};
    while (!next.empty()) {
        const PartyCode party = next.back();
        next.pop_back();
        for (const PartyCode& parent : parents_from(world, company, party, since)) {
            if (parent == above) return true;
            if (seen.insert(parent).second) next.push_back(parent);
        }
    }
    return false;
}

}  // namespace

Decision<PartiesRelated> decide(const World& world, const RelateParties& relate,
                                const Context& context) {
    for (const PartyCode& party : {relate.party, relate.other})
        if (const Objection fault = fault_of_party(world, relate.company, party)) return fault;
    if (relate.party == relate.other) return relation_to_itself.about(relate.party);
    const auto is_person = [&](const PartyCode& party) {
        return world.of<Parties>().find({relate.company, party})->person.has_value();
    };
    if (relate.relation == RelationKind::works_at &&
        (!is_person(relate.party) || is_person(relate.other)))
        return relation_of_persons.about(relate.party, relate.other);
    const Date since = relate.since.value_or(context.today);
    const Relation* known =
        world.of<Relations>().find({relate.company, relate.relation, relate.other, relate.party});
    if (known && taken_from(known->terms, since))
        return relation_stands.about(relate.party, relate.relation, relate.other);
    if (relate.relation == RelationKind::parent_of) {
        const auto parents = parents_from(world, relate.company, relate.other, since);
        if (!parents.empty()) return parent_known.about(relate.other, parents.front());
        if (stands_above(world, relate.company, relate.other, relate.party, since))
            return parents_in_circle.about(relate.other, relate.party);
    }
    return PartiesRelated{relate.company, relate.party, relate.relation, relate.other, since};
}

Decision<PartyRelationEnded> decide(const World& world, const EndPartyRelation& end,
                                    const Context& context) {
    for (const PartyCode& party : {end.party, end.other})
        if (!world.of<Parties>().find({end.company, party})) return party_unknown.about(party);
    const Relation* known =
        world.of<Relations>().find({end.company, end.relation, end.other, end.party});
    const Term* open = known ? open_term(known->terms) : nullptr;
    if (!open) return relation_unknown.about(end.party, end.relation, end.other);
    const Date until = end.until.value_or(context.today);
    if (until < open->since) return end_before_beginning.about(open->since);
    return PartyRelationEnded{end.company, end.party, end.relation, end.other, until};
}

void evolve(Relations& relations, const PartiesRelated& related) {
    const RelationKey key{related.company, related.relation, related.other, related.party};
    if (!relations.find(key)) relations.put(key, {});
    relations.change(key, [&](Relation& relation) {
        relation.terms.push_back({related.since, {}});
    });
}

void evolve(Relations& relations, const PartyRelationEnded& ended) {
    relations.change({ended.company, ended.relation, ended.other, ended.party},
                     [&](Relation& relation) { end_term(relation.terms, ended.until); });
}

Part relations() {
    return Part()
        .table<Relations>("parties.relations")
        .commands<RelateParties, EndPartyRelation>()
        .event<PartiesRelated, Relations>()
        .event<PartyRelationEnded, Relations>();
}

}  // namespace kontor::parties
