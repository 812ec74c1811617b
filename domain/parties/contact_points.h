// How an organisation is reached: its switchboard, info@ address, web pages. What belongs to a
// person who works there belongs to that person.
#pragma once

#include "domain/parties/party.h"

#include <cstdint>
#include <string>

namespace kontor::parties {

struct ContactPointThing {
    static constexpr Thing thing{"contact_point", ""};
};
using ContactPointCode = Code<ContactPointThing>;

enum class ContactKind : std::uint8_t { telephone, fax, email, web, other };

void describe(auto& choice, ContactKind) {
    choice.choice("ContactKind", "By what somebody is reached.")
        .value("telephone", "A telephone number.")
        .value("fax", "A fax number.")
        .value("email", "A mail address.")
        .value("web", "A web page.")
        .value("other", "Something else, such as a portal or a messenger.");
}

inline constexpr Reason contact_point_exists{
    Refusal::conflict, "contact_point_exists",
    "The party has a contact point with this code already."};
inline constexpr Reason contact_point_unknown{Refusal::missing, "contact_point_unknown",
                                              "The party has no contact point with this code."};
inline constexpr Reason contact_address_malformed{Refusal::invalid, "contact_address_malformed",
                                                  "Nobody can be reached by this."};

struct ContactPointAdded {
    CompanyCode company;
    PartyCode party;
    ContactPointCode contact_point;
    ContactKind kind = ContactKind::telephone;
    std::string address;
    std::string note;

    bool operator==(const ContactPointAdded&) const = default;
    static void describe(auto& event) {
        event.record("ContactPointAdded", "An organisation can be reached by this too.")
            .company(&ContactPointAdded::company)
            .stream(&ContactPointAdded::party)
            .on_recorded_day()
            .field("company", &ContactPointAdded::company, "Whose party.")
            .field("party", &ContactPointAdded::party, "The organisation.")
            .field("contact_point", &ContactPointAdded::contact_point, "Code of the way to it.")
            .field("kind", &ContactPointAdded::kind, "By what it is reached.")
            .field("address", &ContactPointAdded::address, "The number or address.")
            .field("note", &ContactPointAdded::note, "When or for what.");
    }
};

struct ContactPointRemoved {
    CompanyCode company;
    PartyCode party;
    ContactPointCode contact_point;

    bool operator==(const ContactPointRemoved&) const = default;
    static void describe(auto& event) {
        event.record("ContactPointRemoved", "An organisation is not reached by this any more.")
            .company(&ContactPointRemoved::company)
            .stream(&ContactPointRemoved::party)
            .on_recorded_day()
            .field("company", &ContactPointRemoved::company, "Whose party.")
            .field("party", &ContactPointRemoved::party, "The organisation.")
            .field("contact_point", &ContactPointRemoved::contact_point, "Code of the way to it.");
    }
};

struct AddContactPoint {
    CompanyCode company;
    PartyCode party;
    ContactPointCode contact_point;
    ContactKind kind = ContactKind::telephone;
    std::string address;
    std::string note;

    static void describe(auto& command) {
        command
            .record("AddContactPoint",
                    "Says how an organisation is reached. It is never the number or address of a "
                    "person: those are kept sealed with the person.")
            .company(&AddContactPoint::company)
            .stream(&AddContactPoint::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "contact_point": "orders", "kind":
                "email", "address": "orders@salix.example", "note": "Orders only"})")
            .field("company", &AddContactPoint::company, "Whose party.")
            .field("party", &AddContactPoint::party, "An organisation.")
            .field("contact_point", &AddContactPoint::contact_point,
                   "A code for the way to it, such as \"switchboard\".")
            .field("kind", &AddContactPoint::kind, "By what it is reached.")
            .field("address", &AddContactPoint::address,
                   "The number or address, such as \"+49 30 1234567\".")
            .shortest(1)
            .longest(500)
            .field("note", &AddContactPoint::note, "When or for what, such as \"until noon\".")
            .otherwise_empty()
            .longest(200)
            .refuses(party_unknown, party_merged, party_is_person, contact_point_exists,
                     contact_address_malformed);
    }
};

struct RemoveContactPoint {
    CompanyCode company;
    PartyCode party;
    ContactPointCode contact_point;

    static void describe(auto& command) {
        command
            .record("RemoveContactPoint", "Says that an organisation is not reached so any more.")
            .company(&RemoveContactPoint::company)
            .stream(&RemoveContactPoint::party)
            .example(R"({"company": "DEMO", "party": "SALIX", "contact_point": "orders"})")
            .field("company", &RemoveContactPoint::company, "Whose party.")
            .field("party", &RemoveContactPoint::party, "An organisation.")
            .field("contact_point", &RemoveContactPoint::contact_point, "A way to it.")
            .refuses(party_unknown, party_merged, contact_point_unknown);
    }
};

struct ContactPointKey {
    CompanyCode company;
    PartyCode party;
    ContactPointCode contact_point;

    auto operator<=>(const ContactPointKey&) const = default;
    static void describe(auto& key) {
        key.record("ContactPointKey", "A way to an organisation.")
            .field("company", &ContactPointKey::company, "Whose party.")
            .field("party", &ContactPointKey::party, "The organisation.")
            .field("contact_point", &ContactPointKey::contact_point, "Code of the way to it.");
    }
};

struct ContactPoint {
    ContactKind kind = ContactKind::telephone;

    static void describe(auto& record) {
        record.record("ContactPoint", "A way to an organisation as decisions know it.")
            .field("kind", &ContactPoint::kind, "By what it is reached.");
    }
};
using ContactPoints = Table<ContactPointKey, ContactPoint>;

Decision<ContactPointAdded> decide(const World&, const AddContactPoint&, const Context&);
Decision<ContactPointRemoved> decide(const World&, const RemoveContactPoint&, const Context&);
void evolve(ContactPoints&, const ContactPointAdded&);
void evolve(ContactPoints&, const ContactPointRemoved&);

Part contact_points();

}  // namespace kontor::parties
