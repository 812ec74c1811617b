// A register of persons, small enough for a test: what is personal, in each place that it can have.
#pragma once

#include "domain/core/catalog.h"
#include "domain/core/paged_table.h"
#include "domain/core/personal.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kontor::people {

struct PersonThing {
    static constexpr Thing thing{"person", "people"};
};
using PersonId = Id<PersonThing>;
struct VisitThing {
    static constexpr Thing thing{"visit", {}};
};
using VisitId = Id<VisitThing>;

inline constexpr Reason person_known{Refusal::conflict, "person_known", "The person is known."};
inline constexpr Reason person_unknown{Refusal::missing, "nobody_has_id", "Nobody has this id."};
inline constexpr Reason name_is_that{Refusal::conflict, "name_is_that", "That is the name."};

// Leaves it to its message to say whose it is.
struct ContactPoint {
    std::string kind;
    PersonalText value;
    bool operator==(const ContactPoint&) const = default;
    static void describe(auto& contact) {
        contact.record("ContactPoint", "Where somebody can be reached.")
            .field("kind", &ContactPoint::kind, "Such as phone.")
            .field("value", &ContactPoint::value, "Number or address.")
            .shortest(1)
            .longest(200)
            .sealed_as("contact");
    }
};

struct WelcomePerson {
    PersonId person;
    PersonalText name;
    std::optional<PersonalText> born_in;
    std::vector<ContactPoint> contacts;
    static void describe(auto& command) {
        using C = WelcomePerson;
        command.record("WelcomePerson", "Makes somebody known.")
            .every_company()
            .stream(&C::person)
            .field("person", &C::person, "Who.")
            .field("name", &C::name, "As they write it.")
            .longest(100)
            .personal(&C::person)
            .field("born_in", &C::born_in, "Where.")
            .personal(&C::person)
            .field("contacts", &C::contacts, "How to reach them.")
            .personal(&C::person)
            .refuses(person_known);
    }
};
struct PersonWelcomed {
    PersonId person;
    PersonalText name;
    std::optional<PersonalText> born_in;
    std::vector<ContactPoint> contacts;
    bool operator==(const PersonWelcomed&) const = default;
    static void describe(auto& event) {
        using E = PersonWelcomed;
        event.record("PersonWelcomed", "Somebody became known.")
            .every_company()
            .stream(&E::person)
            .on_recorded_day()
            .field("person", &E::person, "Who.")
            .field("name", &E::name, "As they write it.")
            .personal(&E::person)
            .field("born_in", &E::born_in, "Where.")
            .personal(&E::person)
            .field("contacts", &E::contacts, "How to reach them.")
            .personal(&E::person);
    }
};
struct ChangeName {
    PersonId person;
    PersonalText name;
    static void describe(auto& command) {
        command.record("ChangeName", "Somebody is called otherwise now.")
            .every_company()
            .stream(&ChangeName::person)
            .field("person", &ChangeName::person, "Who.")
            .field("name", &ChangeName::name, "As they write it.")
            .personal(&ChangeName::person)
            .refuses(person_unknown, name_is_that);
    }
};
struct NameChanged {
    PersonId person;
    PersonalText name;
    bool operator==(const NameChanged&) const = default;
    static void describe(auto& event) {
        event.record("NameChanged", "Somebody is called otherwise.")
            .every_company()
            .stream(&NameChanged::person)
            .on_recorded_day()
            .field("person", &NameChanged::person, "Who.")
            .field("name", &NameChanged::name, "As they write it.")
            .personal(&NameChanged::person);
    }
};
// Copies a value that was sealed in another command, into a field that is called otherwise.
struct ReceiveGuest {
    VisitId visit;
    PersonId guest;
    static void describe(auto& command) {
        command.record("ReceiveGuest", "Somebody came.")
            .every_company()
            .no_stream()
            .field("visit", &ReceiveGuest::visit, "Which visit.")
            .field("guest", &ReceiveGuest::guest, "Who came.")
            .refuses(person_unknown);
    }
};
struct GuestReceived {
    VisitId visit;
    std::optional<PersonId> guest;
    std::optional<PersonalText> guest_name;
    static void describe(auto& event) {
        event.record("GuestReceived", "Somebody was there.")
            .every_company()
            .stream(&GuestReceived::visit)
            .on_recorded_day()
            .field("visit", &GuestReceived::visit, "Which visit.")
            .field("guest", &GuestReceived::guest, "Who came.")
            .field("guest_name", &GuestReceived::guest_name, "As they were called then.")
            .personal(&GuestReceived::guest, "name");
    }
};
// May be about nobody, and then nothing personal may be in it.
struct LeaveMessage {
    std::optional<PersonId> from;
    std::optional<PersonalText> text;
    static void describe(auto& command) {
        command.record("LeaveMessage", "Somebody wants to say something.")
            .every_company()
            .no_stream()
            .field("from", &LeaveMessage::from, "Who.")
            .field("text", &LeaveMessage::text, "What.")
            .personal(&LeaveMessage::from);
    }
};
struct MessageLeft {
    std::optional<PersonId> from;
    std::optional<PersonalText> text;
    static void describe(auto& event) {
        event.record("MessageLeft", "Somebody said something.")
            .every_company()
            .no_stream()
            .on_recorded_day()
            .field("from", &MessageLeft::from, "Who.")
            .field("text", &MessageLeft::text, "What.")
            .personal(&MessageLeft::from);
    }
};
struct ForgetPerson {
    PersonId person;
    static void describe(auto& command) {
        command.record("ForgetPerson", "Forgets all that is personal about somebody.")
            .every_company()
            .stream(&ForgetPerson::person)
            .field("person", &ForgetPerson::person, "Who.")
            .refuses(person_unknown);
    }
};
struct PersonForgotten {
    PersonId person;
    static void describe(auto& event) {
        event.record("PersonForgotten", "Somebody was forgotten.")
            .every_company()
            .stream(&PersonForgotten::person)
            .on_recorded_day()
            .erases(&PersonForgotten::person)
            .field("person", &PersonForgotten::person, "Who.");
    }
};

struct Person {
    PersonalText name;
    static void describe(auto& person) {
        person.record("Person", "Somebody.").field("name", &Person::name, "What they are called.");
    }
};
using Persons = PagedTable<PersonId, Person>;

inline Decision<PersonWelcomed> decide(const World& world, const WelcomePerson& person,
                                       const Context&) {
    if (world.of<Persons>().find(person.person)) return person_known;
    return PersonWelcomed{person.person, person.name, person.born_in, person.contacts};
}
inline Decision<NameChanged> decide(const World& world, const ChangeName& change, const Context&) {
    const Person* person = world.of<Persons>().find(change.person);
    if (!person) return person_unknown;
    if (person->name == change.name) return name_is_that;
    return NameChanged{change.person, change.name};
}
inline Decision<GuestReceived> decide(const World& world, const ReceiveGuest& receive,
                                      const Context&) {
    const Person* person = world.of<Persons>().find(receive.guest);
    if (!person) return person_unknown;
    return GuestReceived{receive.visit, receive.guest, person->name};
}
inline Decision<MessageLeft> decide(const World&, const LeaveMessage& leave, const Context&) {
    return MessageLeft{leave.from, leave.text};
}
inline Decision<PersonForgotten> decide(const World& world, const ForgetPerson& erase,
                                        const Context&) {
    if (!world.of<Persons>().find(erase.person)) return person_unknown;
    return PersonForgotten{erase.person};
}
inline void evolve(Persons& persons, const PersonWelcomed& registered) {
    persons.put(registered.person, {registered.name});
}
inline void evolve(Persons& persons, const NameChanged& changed) {
    persons.change(changed.person, [&](Person& person) { person.name = changed.name; });
}

inline BusinessContext context() {
    BusinessContext context{"people", "Who is known.", {}};
    context.parts.push_back(
        Part()
            .table<Persons>("persons")
            .commands<WelcomePerson, ChangeName, ReceiveGuest, LeaveMessage, ForgetPerson>()
            .event<PersonWelcomed, Persons>()
            .event<NameChanged, Persons>()
            .event<GuestReceived>()
            .event<MessageLeft>()
            .event<PersonForgotten>());
    return context;
}

inline std::unique_ptr<Catalog> catalog() {
    return std::make_unique<Catalog>(std::vector<BusinessContext>{context()},
                                     std::vector<FlowSpec>{});
}

inline PersonId nth_person(std::uint64_t number) { return {Uuid{7, number}}; }
inline PersonalText said(std::string text) {
    PersonalText value;
    value.plain = std::move(text);
    return value;
}

}  // namespace kontor::people
