// How persons are listed, shown and compared: sealed as they lie, opened while a question is asked.
#include "projections/parties/person_list.h"

#include "domain/parties/check_digits.h"
#include "projections/opened.h"
#include "projections/parties/words.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kontor::parties {

namespace {

void append_plain(const std::optional<PersonalText>& text, std::string_view kind,
                  std::vector<std::string>& out) {
    if (text && !text->plain.empty())
        out.push_back((std::string(kind) += ' ') += compacted(text->plain));
}

// Somebody who may be entered twice, opened.
struct Somebody {
    const ListedPerson* sealed = nullptr;  // null: who is asked about
    Likely likely;
    std::string born_on;
};

bool born_on_other_days(const Somebody& one, const Somebody& other) {
    return !one.born_on.empty() && !other.born_on.empty() && one.born_on != other.born_on;
}

DuplicatePerson row_of(const Somebody& one, const Somebody& other, LikenessSign sign) {
    DuplicatePerson row;
    if (one.sealed) {
        row.party = one.sealed->party;
        row.person = one.sealed->person;
        row.name = one.sealed->name;
    }
    row.other = other.sealed->party;
    row.other_person = other.sealed->person;
    row.other_name = other.sealed->name;
    row.certainty = sign == LikenessSign::number ? Certainty::certain : Certainty::likely;
    row.sign = sign;
    return row;
}

// Certain pairs first, then by code. Where the first is asked about, only the pairs with it.
std::map<std::string, DuplicatePerson> pairs_of(const std::vector<Somebody>& all,
                                                const std::optional<PartyCode>& only) {
    std::vector<Likely> likely;
    for (const Somebody& each : all) likely.push_back(each.likely);
    const bool asked = !all.empty() && !all.front().sealed;
    const auto is_only = [&](const Somebody& one) {
        return one.sealed && one.sealed->party == *only;
    };
    std::map<std::string, DuplicatePerson> rows;
    for (const Match& match : matches(likely)) {
        const Somebody *one = &all[match.one], *other = &all[match.other];
        if (asked && one->sealed) continue;
        if (match.sign != LikenessSign::number && born_on_other_days(*one, *other)) continue;
        if (only && !is_only(*one) && !is_only(*other)) continue;
        if (only && one->sealed && is_only(*other)) std::swap(one, other);
        DuplicatePerson row = row_of(*one, *other, match.sign);
        std::string key(1, static_cast<char>('1' + static_cast<int>(row.certainty)));
        key += ordered_key(row.party.value_or(PartyCode{})) + ordered_key(row.other);
        rows.emplace(std::move(key), std::move(row));
    }
    return rows;
}

}  // namespace

void PersonModel::change(const auto& event, const Recorded& recorded, const auto& change) const {
    persons_.change_always(recorded, {event.company, event.party}, change);
}

void PersonModel::on(const PersonRegistered& registered, const Recorded& recorded) {
    ListedPerson person;
    person.party = registered.party;
    person.person = registered.person;
    person.name = registered.name;
    person.family_name = registered.family_name;
    person.given_name = registered.given_name;
    person.patronymic = registered.patronymic;
    person.born_on = registered.born_on;
    person.country = registered.country;
    person.language = registered.language;
    persons_.put(recorded, {registered.company, registered.party}, first_date, person);
}

void PersonModel::on(const PersonChanged& changed, const Recorded& recorded) {
    change(changed, recorded, [&](ListedPerson& person) {
        person.name = changed.name.value_or(person.name);
        if (changed.family_name) person.family_name = changed.family_name;
        if (changed.given_name) person.given_name = changed.given_name;
        if (changed.patronymic) person.patronymic = changed.patronymic;
        if (changed.born_on) person.born_on = changed.born_on;
        person.country = changed.country.value_or(person.country);
        person.language = changed.language.value_or(person.language);
    });
}

void PersonModel::on(const PersonErased& erased, const Recorded& recorded) {
    change(erased, recorded, [&](ListedPerson& person) { person.erased = erased.ground; });
}

void PersonModel::on(const PersonContactAdded& added, const Recorded& recorded) {
    contacts_.put(
        recorded, {added.company, added.party, added.contact_point}, first_date,
        {added.person, {added.contact_point, added.kind, {}, {}, added.address, added.note}});
}

void PersonModel::on(const ContactPointRemoved& removed, const Recorded& recorded) {
    const ContactPointKey key{removed.company, removed.party, removed.contact_point};
    // Organisations have contact points too.
    if (contacts_.get(recorded.rows, key, Corner{})) contacts_.erase(recorded, key, first_date);
}

void PersonModel::on(const NaturalPersonRegistered& registered, const Recorded& recorded) {
    contracts_.put(recorded, {registered.company, registered.counterparty}, first_date,
                   {registered.counterparty, registered.person, registered.inn, registered.ogrnip,
                    registered.vat_number, registered.tax_number});
}

void PersonModel::on(const NaturalPersonChanged& changed, const Recorded& recorded) {
    contracts_.change_always(recorded, {changed.company, changed.counterparty},
                             [&](ContractsAs& contracts) {
                                 if (changed.inn) contracts.inn = changed.inn;
                                 if (changed.ogrnip) contracts.ogrnip = changed.ogrnip;
                                 if (changed.vat_number) contracts.vat_number = changed.vat_number;
                                 if (changed.tax_number) contracts.tax_number = changed.tax_number;
                             });
}

void PersonModel::on(const PartiesMerged& merged, const Recorded& recorded) {
    // A person is merged into persons only.
    if (persons_.get(recorded.rows, {merged.company, merged.party}, Corner{}))
        change(merged, recorded, [&](ListedPerson& person) { person.merged_into = merged.into; });
}

void PersonModel::on(const PartyMergeUndone& undone, const Recorded& recorded) {
    if (persons_.get(recorded.rows, {undone.company, undone.party}, Corner{}))
        change(undone, recorded, [](ListedPerson& person) { person.merged_into = {}; });
}

void PersonModel::answer(const PersonList& query, const AsOf& as_of,
                         Page<ListedPerson>& page) const {
    const std::string name = query.name ? query.name->plain : std::string();
    const Words words(name);
    persons_.list(as_of, ordered_key(query.company), page, [&](const ListedPerson& person) {
        return (!query.country || person.country == *query.country) &&
               (!person.merged_into || query.merged) && (!person.erased || query.erased) &&
               (name.empty() || words.in(opened(person, as_of).name.plain));
    });
}

void PersonModel::answer(const OnePerson& query, const AsOf& as_of, Page<PersonCard>& page) const {
    std::optional<ListedPerson> found;
    persons_.each(as_of, ordered_key(query.company), [&](const ListedPerson& person) {
        if (person.person == query.person) found = person;
    });
    if (!found) return page.missing("The company knows no person with this id.");
    PersonCard card;
    card.party = found->party;
    card.person = found->person;
    card.name = found->name;
    card.family_name = found->family_name;
    card.given_name = found->given_name;
    card.patronymic = found->patronymic;
    card.born_on = found->born_on;
    card.country = found->country;
    card.language = found->language;
    card.merged_into = found->merged_into;
    card.erased = found->erased;
    contacts_.each(as_of, ordered_key(PartyKey{query.company, found->party}),
                   [&](const PersonContact& each) { card.contact_points.push_back(each.contact); });
    contracts_.each(as_of, ordered_key(query.company), [&](const ContractsAs& each) {
        if (each.person == query.person) card.contracts_as.push_back(each.counterparty);
    });
    std::string key = ordered_key(card.party);
    if (key > page.after()) page.add(std::move(key), std::move(card));
}

void PersonModel::answer(const DuplicatePersons& query, const AsOf& as_of,
                         Page<DuplicatePerson>& page) const {
    std::vector<ListedPerson> persons;
    persons_.each(as_of, ordered_key(query.company), [&](const ListedPerson& person) {
        if (!person.merged_into && !person.erased) persons.push_back(person);
    });
    std::map<PersonId, std::vector<std::string>> numbers, contacts;
    contracts_.each(as_of, ordered_key(query.company), [&](const ContractsAs& sealed) {
        const ContractsAs open = opened(sealed, as_of);
        for (const auto& [text, kind] : {std::pair{&open.inn, "inn"},
                                         {&open.ogrnip, "ogrnip"},
                                         {&open.vat_number, "vat"},
                                         {&open.tax_number, "tax"}})
            append_plain(*text, kind, numbers[open.person]);
    });
    contacts_.each(as_of, ordered_key(query.company), [&](const PersonContact& sealed) {
        const PersonContact open = opened(sealed, as_of);
        if (open.contact.kind != ContactKind::other)
            append_plain(open.contact.personal_address, "", contacts[open.person]);
    });
    std::vector<Somebody> all;
    if (query.name)
        all.push_back({nullptr,
                       {query.name->plain, {}, {}, {}, {}, {}},
                       query.born_on ? query.born_on->plain : std::string()});
    for (const ListedPerson& sealed : persons) {
        const ListedPerson open = opened(sealed, as_of);
        // Persons move from country to country: a name is the same everywhere.
        all.push_back(
            {&sealed,
             {open.name.plain, {}, numbers[sealed.person], {}, {}, contacts[sealed.person]},
             open.born_on ? open.born_on->plain : std::string()});
    }
    for (auto& [key, row] : pairs_of(all, query.party))
        if (key > page.after() && !page.add(key, std::move(row))) return;
}

ReadModelSpec person_list() {
    return ReadModelSpec::of<PersonModel>("persons", 1, "parties")
        .folding<PersonModel, PersonRegistered, PersonChanged, PersonErased, PersonContactAdded,
                 ContactPointRemoved, NaturalPersonRegistered, NaturalPersonChanged, PartiesMerged,
                 PartyMergeUndone>()
        .answering<PersonModel, PersonList, ListedPerson>()
        .answering<PersonModel, OnePerson, PersonCard>()
        .answering<PersonModel, DuplicatePersons, DuplicatePerson>();
}

}  // namespace kontor::parties
