// How contact points come and go.
#include "domain/parties/contact_points.h"

#include "domain/core/catalog.h"
#include "domain/parties/contact_forms.h"

namespace kontor::parties {

namespace {

std::string fault_of_address(ContactKind kind, std::string_view address) {
    switch (kind) {
        case ContactKind::telephone:
        case ContactKind::fax: return fault_of_telephone(address);
        case ContactKind::email: return fault_of_email(address);
        case ContactKind::web: return fault_of_web(address);
        case ContactKind::other: break;
    }
    return {};
}

}  // namespace

Decision<ContactPointAdded> decide(const World& world, const AddContactPoint& add, const Context&) {
    if (const Objection fault = fault_of_organisation(world, add.company, add.party)) return fault;
    if (world.of<ContactPoints>().find({add.company, add.party, add.contact_point}))
        return contact_point_exists.about(add.contact_point);
    if (const std::string fault = fault_of_address(add.kind, add.address); !fault.empty())
        return contact_address_malformed.about(add.kind, fault);
    return ContactPointAdded{add.company, add.party,   add.contact_point,
                             add.kind,    add.address, add.note};
}

Decision<ContactPointRemoved> decide(const World& world, const RemoveContactPoint& remove,
                                     const Context&) {
    if (const Objection fault = fault_of_party(world, remove.company, remove.party)) return fault;
    if (!world.of<ContactPoints>().find({remove.company, remove.party, remove.contact_point}))
        return contact_point_unknown.about(remove.contact_point);
    return ContactPointRemoved{remove.company, remove.party, remove.contact_point};
}

void evolve(ContactPoints& points, const ContactPointAdded& added) {
    points.put({added.company, added.party, added.contact_point}, {added.kind});
}

void evolve(ContactPoints& points, const ContactPointRemoved& removed) {
    points.erase({removed.company, removed.party, removed.contact_point});
}

Part contact_points() {
    return Part()
        .table<ContactPoints>("parties.contact_points")
        .commands<AddContactPoint, RemoveContactPoint>()
        .event<ContactPointAdded, ContactPoints>()
        .event<ContactPointRemoved, ContactPoints>();
}

}  // namespace kontor::parties
