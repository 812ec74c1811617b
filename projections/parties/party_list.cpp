// How parties are listed and shown.
#include "projections/parties/party_list.h"

#include "domain/core/sorted_once.h"
#include "domain/parties/check_digits.h"
#include "projections/parties/at_corner.h"
#include "projections/parties/counterparty_list.h"
#include "projections/parties/duplicate_pairs.h"
#include "projections/parties/words.h"

#include <set>

namespace kontor::parties {

void PartyModel::on(const OrganisationRegistered& registered, const Recorded& recorded) {
    KnownParty party;
    party.party = registered.party;
    party.name = registered.name;
    party.country = registered.country;
    party.language = registered.language;
    parties_.put(recorded, {registered.company, registered.party}, first_date, party);
}

void PartyModel::on(const OrganisationChanged& changed, const Recorded& recorded) {
    parties_.change_always(recorded, {changed.company, changed.party}, [&](KnownParty& party) {
        party.name = changed.name.value_or(party.name);
        party.country = changed.country.value_or(party.country);
        party.language = changed.language.value_or(party.language);
    });
}

void PartyModel::on(const PersonRegistered& registered, const Recorded& recorded) {
    KnownParty party;
    party.party = registered.party;
    party.country = registered.country;
    party.language = registered.language;
    party.person = registered.person;
    party.person_name = registered.name;
    parties_.put(recorded, {registered.company, registered.party}, first_date, party);
}

void PartyModel::on(const PersonChanged& changed, const Recorded& recorded) {
    parties_.change_always(recorded, {changed.company, changed.party}, [&](KnownParty& party) {
        if (changed.name) party.person_name = changed.name;
        party.country = changed.country.value_or(party.country);
        party.language = changed.language.value_or(party.language);
    });
}

void PartyModel::on(const PersonContactAdded& added, const Recorded& recorded) {
    contacts_.put(recorded, {added.company, added.party, added.contact_point}, first_date,
                  {added.contact_point, added.kind, {}, {}, added.address, added.note});
}

void PartyModel::on(const PartyRoleStarted& started, const Recorded& recorded) {
    parties_.change_always(recorded, {started.company, started.party}, [&](KnownParty& party) {
        party.roles.push_back({started.role, started.since, {}});
    });
}

void PartyModel::on(const PartyRoleEnded& ended, const Recorded& recorded) {
    parties_.change_always(recorded, {ended.company, ended.party}, [&](KnownParty& party) {
        for (RoleTerm& held : party.roles)
            if (held.role == ended.role && !held.until) held.until = ended.until;
    });
}

void PartyModel::stand(const auto& event, Standing standing, const Recorded& recorded) const {
    parties_.change_always(recorded, {event.company, event.party}, [&](KnownParty& party) {
        party.standings.push_back({event.since, standing, event.reason});
    });
}

void PartyModel::on(const PartyRefused& refused, const Recorded& recorded) {
    stand(refused, Standing::refused, recorded);
}

void PartyModel::on(const PartyRetired& retired, const Recorded& recorded) {
    stand(retired, Standing::former, recorded);
}

void PartyModel::on(const PartyReinstated& reinstated, const Recorded& recorded) {
    stand(reinstated, Standing::active, recorded);
}

void PartyModel::on(const ContactPointAdded& added, const Recorded& recorded) {
    contacts_.put(recorded, {added.company, added.party, added.contact_point}, first_date,
                  {added.contact_point, added.kind, added.address, added.note});
}

void PartyModel::on(const ContactPointRemoved& removed, const Recorded& recorded) {
    contacts_.erase(recorded, {removed.company, removed.party, removed.contact_point}, first_date);
}

void PartyModel::on(const PartiesRelated& related, const Recorded& recorded) {
    const RelationKey key{related.company, related.relation, related.other, related.party};
    KnownRelation relation =
        relations_.get(recorded.rows, key, Corner{})
            .value_or(KnownRelation{related.party, related.relation, related.other, {}});
    relation.terms.push_back({related.since, {}});
    relations_.put(recorded, key, first_date, relation);
}

void PartyModel::on(const PartyRelationEnded& ended, const Recorded& recorded) {
    relations_.change_always(
        recorded, {ended.company, ended.relation, ended.other, ended.party},
        [&](KnownRelation& relation) { relation.terms.back().until = ended.until; });
}

void PartyModel::on(const CounterpartyLinked& linked, const Recorded& recorded) {
    const CounterpartyLinkKey key{linked.company, linked.party, linked.counterparty};
    KnownLink link = links_.get(recorded.rows, key, Corner{})
                         .value_or(KnownLink{linked.party, linked.counterparty, {}});
    link.terms.push_back({linked.since, {}});
    links_.put(recorded, key, first_date, link);
    if (!linked.preferred) return;
    parties_.change_always(recorded, {linked.company, linked.party},
                           [&](KnownParty& party) { party.preferred = linked.counterparty; });
}

void PartyModel::on(const CounterpartyPreferred& preferred, const Recorded& recorded) {
    parties_.change_always(recorded, {preferred.company, preferred.party},
                           [&](KnownParty& party) { party.preferred = preferred.counterparty; });
}

void PartyModel::on(const CounterpartyUnlinked& unlinked, const Recorded& recorded) {
    links_.change_always(recorded, {unlinked.company, unlinked.party, unlinked.counterparty},
                         [&](KnownLink& link) { link.terms.back().until = unlinked.until; });
}

void PartyModel::on(const PartiesMerged& merged, const Recorded& recorded) {
    parties_.change_always(recorded, {merged.company, merged.party}, [&](KnownParty& party) {
        party.merged_into = merged.into;
        party.merge_reason = merged.reason;
    });
    parties_.change_always(recorded, {merged.company, merged.into},
                           [&](KnownParty& party) { party.absorbed.push_back(merged.party); });
}

void PartyModel::on(const PartyMergeUndone& undone, const Recorded& recorded) {
    parties_.change_always(recorded, {undone.company, undone.party}, [&](KnownParty& party) {
        party.merged_into = {};
        party.merge_reason = undone.reason;
    });
    parties_.change_always(recorded, {undone.company, undone.into},
                           [&](KnownParty& party) { std::erase(party.absorbed, undone.party); });
}

std::vector<LinkTerm> PartyModel::links(const AsOf& as_of, const CompanyCode& company) const {
    std::map<PartyCode, std::optional<CounterpartyCode>> preferred;
    parties_.each(as_of, ordered_key(company),
                  [&](const KnownParty& party) { preferred[party.party] = party.preferred; });
    std::vector<LinkTerm> links;
    links_.each(as_of, ordered_key(company), [&](const KnownLink& link) {
        for (const Term& term : link.terms)
            links.push_back({link.party, link.counterparty, term.since, term.until,
                             preferred[link.party] == link.counterparty});
    });
    return links;
}

std::vector<PartyRelation> PartyModel::relations(const AsOf& as_of,
                                                 const CompanyCode& company) const {
    std::vector<PartyRelation> relations;
    relations_.each(as_of, ordered_key(company), [&](const KnownRelation& relation) {
        for (const Term& term : relation.terms)
            relations.push_back(
                {relation.party, relation.relation, relation.other, term.since, term.until});
    });
    return relations;
}

std::optional<KnownParty> PartyModel::find(const AsOf& as_of, const OneParty& query) const {
    auto party = parties_.get(as_of.rows, {query.company, query.party}, as_of.corner);
    while (party && party->merged_into && !query.as_itself)
        party = parties_.get(as_of.rows, {query.company, *party->merged_into}, as_of.corner);
    return party;
}

ListedParty PartyModel::listed(const KnownParty& party, const Known& known, const AsOf& as_of) {
    ListedParty row{party.party,  party.name,        party.country, party.language,   {}, {}, {},
                    std::nullopt, party.merged_into, party.person,  party.person_name};
    if (const StandingReason* standing = newest(party.standings, as_of.corner)) {
        row.standing = standing->standing;
        row.standing_reason = standing->reason;
    }
    // It has the roles and counterparties of those too that it stands for, as decisions see it.
    std::vector<PartyCode> all{party.party};
    for (std::size_t n = 0; n < all.size(); ++n) {
        const KnownParty& each = known.parties.at(all[n]);
        all.insert(all.end(), each.absorbed.begin(), each.absorbed.end());
        for (const RoleTerm& held : each.roles)
            if (holds(held, as_of.corner)) row.roles.push_back(held.role);
        const auto link = known.by_default.find(all[n]);
        if (!row.counterparty && link != known.by_default.end()) row.counterparty = link->second;
    }
    row.roles = sorted_once(row.roles);
    return row;
}

void PartyModel::answer(const PartyList& query, const AsOf& as_of, Page<ListedParty>& page) const {
    Known known;
    parties_.each(as_of, ordered_key(query.company),
                  [&](KnownParty party) { known.parties.emplace(party.party, std::move(party)); });
    for (const LinkTerm& link : links(as_of, query.company))
        if (holds(link, as_of.corner)) {
            if (link.preferred) known.by_default[link.party] = link.counterparty;
            known.by_default.emplace(link.party, link.counterparty);
        }
    const Words words(query.text);
    for (const auto& [code, party] : known.parties) {
        ListedParty row = listed(party, known, as_of);
        if ((query.country && party.country != *query.country) ||
            (query.standing && row.standing != *query.standing) ||
            (query.role && std::ranges::find(row.roles, *query.role) == row.roles.end()) ||
            (party.merged_into && !query.merged) ||
            !(words.in(party.name) || words.within(code.text)))
            continue;
        std::string key = ordered_key(code);
        if (key > page.after() && !page.add(std::move(key), std::move(row))) return;
    }
}

void PartyModel::answer(const OneParty& query, const AsOf& as_of, Page<PartyCard>& page) const {
    const auto party = find(as_of, query);
    if (!party) return page.missing("The company has no party with this code.");
    PartyCard card;
    card.party = party->party;
    card.name = party->name;
    card.country = party->country;
    card.language = party->language;
    card.standings = party->standings;
    if (const StandingReason* standing = newest(party->standings, as_of.corner))
        card.standing = standing->standing;
    card.roles = party->roles;
    card.merged_into = party->merged_into;
    card.merge_reason = party->merge_reason;
    card.stands_for = party->absorbed;
    card.person = party->person;
    card.person_name = party->person_name;
    const PartyKey key{query.company, party->party};
    contacts_.each(as_of, ordered_key(key),
                   [&](PartyContact contact) { card.contact_points.push_back(contact); });
    links_.each(as_of, ordered_key(key), [&](const KnownLink& link) {
        for (const Term& term : link.terms)
            card.counterparties.push_back({link.party, link.counterparty, term.since, term.until,
                                           party->preferred == link.counterparty});
    });
    for (const PartyRelation& relation : relations(as_of, query.company))
        if (relation.party == party->party || relation.other == party->party)
            card.relations.push_back(relation);
    std::string row_key = ordered_key(card.party);
    if (row_key > page.after()) page.add(std::move(row_key), std::move(card));
}

void PartyModel::answer(const RelationList& query, const AsOf& as_of,
                        Page<PartyRelation>& page) const {
    for (const PartyRelation& relation : relations(as_of, query.company)) {
        if (!holds(relation, as_of.corner) ||
            (query.relation && relation.relation != *query.relation) ||
            (query.party && relation.party != *query.party && relation.other != *query.party))
            continue;
        std::string key = ordered_key(
            RelationKey{query.company, relation.relation, relation.other, relation.party});
        if (key > page.after() && !page.add(std::move(key), relation)) return;
    }
}

void PartyModel::answer(const DuplicateParties& query, const AsOf& as_of,
                        Page<DuplicateParty>& page) const {
    const auto known = as_of.models.of<CounterpartyModel>().all(as_of, query.company);
    std::map<PartyCode, std::set<CounterpartyCode>> through;
    std::map<CounterpartyCode, std::set<PartyCode>> serves;
    for (const LinkTerm& link : links(as_of, query.company)) {
        through[link.party].insert(link.counterparty);
        serves[link.counterparty].insert(link.party);
    }

    std::vector<Suspect<PartyCode>> suspects;
    parties_.each(as_of, ordered_key(query.company), [&](const KnownParty& party) {
        // Persons are compared with persons, by a query of their own.
        if (party.merged_into || party.person) return;
        Suspect<PartyCode> suspect{party.party, {party.name, party.country.text, {}, {}, {}, {}}};
        for (const CounterpartyCode& code : through[party.party]) {
            const KnownCounterparty& counterparty = known.at(code);
            suspect.likely.behind.push_back(code.text);
            suspect.shared = suspect.shared || serves[code].size() > 1;
            for (std::string& number : compared_numbers(counterparty))
                suspect.likely.numbers.push_back(std::move(number));
            for (std::string& branch : branches_of(counterparty))
                suspect.likely.branches.push_back(std::move(branch));
        }
        contacts_.each(
            as_of, ordered_key(PartyKey{query.company, party.party}),
            [&](const PartyContact& contact) {
                if (contact.kind != ContactKind::other)
                    suspect.likely.contacts.push_back(contact.kind == ContactKind::email ||
                                                              contact.kind == ContactKind::web
                                                          ? contact.address
                                                          : compacted(contact.address));
            });
        suspects.push_back(std::move(suspect));
    });
    add_asked(suspects, query);
    answer_pairs(suspects, query.party, page);
}

ReadModelSpec party_list() {
    return ReadModelSpec::of<PartyModel>("parties", 2, "parties")
        .folding<PartyModel, OrganisationRegistered, OrganisationChanged, PersonRegistered,
                 PersonChanged, PersonContactAdded, PartyRoleStarted, PartyRoleEnded, PartyRefused,
                 PartyRetired, PartyReinstated, ContactPointAdded, ContactPointRemoved,
                 PartiesRelated, PartyRelationEnded, CounterpartyLinked, CounterpartyPreferred,
                 CounterpartyUnlinked, PartiesMerged, PartyMergeUndone>()
        .answering<PartyModel, PartyList, ListedParty>()
        .answering<PartyModel, OneParty, PartyCard>()
        .answering<PartyModel, RelationList, PartyRelation>()
        .answering<PartyModel, DuplicateParties, DuplicateParty>();
}

}  // namespace kontor::parties
