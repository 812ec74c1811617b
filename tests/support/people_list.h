// The read model over the register of persons: who is known, and who came.
#pragma once

#include "projections/described_rows.h"
#include "projections/projection.h"
#include "tests/support/people.h"

#include <string>
#include <vector>

namespace kontor::people {

struct PersonKey {
    PersonId person;
    static void describe(auto& key) {
        key.record("PersonKey", "A person.").field("person", &PersonKey::person, "Who.");
    }
};
struct PersonRow {
    PersonId person;
    PersonalText name;
    std::optional<PersonalText> born_in;
    std::vector<ContactPoint> contacts;
    static void describe(auto& row) {
        using R = PersonRow;
        row.record("PersonRow", "Somebody who is known.")
            .field("person", &R::person, "Who.")
            .field("name", &R::name, "What they are called.")
            .personal(&R::person)
            .field("born_in", &R::born_in, "Where.")
            .personal(&R::person)
            .field("contacts", &R::contacts, "How to reach them.")
            .personal(&R::person);
    }
};
struct PeopleTotals {
    std::optional<PersonId> first;
    std::optional<PersonalText> first_name;
    static void describe(auto& totals) {
        totals.record("PeopleTotals", "Of all of them.")
            .field("first", &PeopleTotals::first, "Whose id is the smallest.")
            .field("first_name", &PeopleTotals::first_name, "What they are called.")
            .personal(&PeopleTotals::first, "name");
    }
};
struct ListPeople {
    static void describe(auto& query) {
        query.record("people", "Who is known.")
            .every_company()
            .template answers<PersonRow>(Times::known_at)
            .template totals<PeopleTotals>();
    }
};

class PeopleList {
public:
    explicit PeopleList(const Place& place) : rows_(place.table(1)) {}
    void on(const PersonWelcomed& registered, const Recorded& recorded) {
        rows_.put(recorded, {registered.person}, first_date,
                  {registered.person, registered.name, registered.born_in, registered.contacts});
    }
    void on(const NameChanged& changed, const Recorded& recorded) {
        rows_.change_always(recorded, {changed.person},
                            [&](PersonRow& row) { row.name = changed.name; });
    }
    void answer(const ListPeople&, const AsOf& as_of, Page<PersonRow>& page) const {
        rows_.list(as_of, {}, page);
        PeopleTotals totals;
        if (const auto first = rows_.first(as_of.rows, {}, {}, as_of.corner))
            totals = {first->person, first->name};
        page.totals(totals);
    }

private:
    DescribedRows<PersonKey, PersonRow> rows_;
};

inline ReadModelSpec people_list() {
    return ReadModelSpec::of<PeopleList>("people_list", 1, "people")
        .folding<PeopleList, PersonWelcomed, NameChanged>()
        .answering<PeopleList, ListPeople, PersonRow>();
}

}  // namespace kontor::people
