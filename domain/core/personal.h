// What is known of a person: a value that the business carries and compares, and never reads.
//
// The engine seals it before anybody decides, under a key of the person whom it is about, and an
// answer opens it for who may read it. Once the key is destroyed nobody ever can.
#pragma once

#include "domain/core/describe.h"
#include "domain/core/id.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor {

struct PersonalText {
    std::string sealed;
    // Of the text, its meaning and the person's key: tells whether two values of one person that
    // mean the same are the same, and nothing about values of two persons.
    std::string fingerprint;
    // The text itself, on its way between the door and the seal. It is never stored.
    std::string plain;
    bool erased = false;  // of an answer: the key is gone

    bool empty() const { return sealed.empty() && plain.empty() && !erased; }
    // The same text, said with the same meaning of the same person: sealed anew, it has other
    // octets.
    bool operator==(const PersonalText& other) const {
        return fingerprint == other.fingerprint && plain == other.plain && erased == other.erased;
    }
};

template <>
struct Shape<PersonalText> {
    static Type make() {
        Type type = living<PersonalText>(Kind::personal, "PersonalText");
        type.element = &type_of<std::string>;  // what it is when it is open
        return type;
    }
};

// Whom a personal value is about: the thing that its id names, and the id.
struct Subject {
    std::string_view thing;
    Uuid id;
};

// A personal value inside another, and what the descriptions around it say of it.
struct PersonalValue {
    PersonalText& text;
    std::optional<Subject> subject;  // empty: the optional id is absent
    std::string_view meaning;
};

// Calls with each personal value inside, in the order of the description. Of several descriptions
// that say whose it is the innermost counts.
void each_personal(const Type& type, void* value,
                   const std::function<void(const PersonalValue&)>& call);

// Whom an event erases; empty for one that erases nobody.
std::optional<Subject> erased_by(const Type& event, const void* value);

// Whether anything personal can be inside a value of the type, however deep. Walks the type, so who
// asks often keeps the answer.
bool holds_personal(const Type& type);

// What a description leaves open or contradicts about what is personal in it, a sentence each that
// begins with its name; empty for a sound one.
std::vector<std::string> faults_of_personal(const Type& type);

}  // namespace kontor
