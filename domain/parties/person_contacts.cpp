// How ways to a person are added.
#include "domain/parties/person_contacts.h"

#include "domain/core/catalog.h"

namespace kontor::parties {

Decision<PersonContactAdded> decide(const World& world, const AddPersonContact& add,
                                    const Context&) {
    if (const Objection fault = fault_of_person(world, add.company, add.person)) return fault;
    if (!says_nothing(add.contact_point.text)) return code_may_name;
    const PartyCode party = world.of<Persons>().find(add.person)->party;
    if (world.of<ContactPoints>().find({add.company, party, add.contact_point}))
        return contact_point_exists.about(add.contact_point);
    if (add.telephone.has_value() + add.email.has_value() + add.other.has_value() != 1)
        return contact_form_unclear.about(add.contact_point);
    PersonContactAdded added{add.company, add.person, party, add.contact_point, {}, {}, add.note};
    added.kind = add.telephone ? ContactKind::telephone
                 : add.email   ? ContactKind::email
                               : ContactKind::other;
    if (add.telephone) added.address = *add.telephone;
    if (add.email) added.address = *add.email;
    if (add.other) added.address = *add.other;
    return added;
}

void evolve(ContactPoints& points, const PersonContactAdded& added) {
    points.put({added.company, added.party, added.contact_point}, {added.kind});
}

Part person_contacts() {
    return Part().commands<AddPersonContact>().event<PersonContactAdded, ContactPoints>();
}

}  // namespace kontor::parties
