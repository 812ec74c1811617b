// A described type with something personal in every place: what codecs are tested on beside the
// kitchen sink.
#pragma once

#include "domain/core/personal.h"
#include "tests/support/kitchen_sink.h"

namespace kontor::test {

struct Note {
    std::string topic;
    PersonalText text;
    bool operator==(const Note&) const = default;

    static void describe(auto& note) {
        note.record("Note", "Something that was heard.")
            .field("topic", &Note::topic, "What it is about.")
            .field("text", &Note::text, "What was said.")
            .sealed_as("note");
    }
};
struct Guest {
    std::optional<ParcelId> guest;
    PersonalText name;
    bool operator==(const Guest&) const = default;

    static void describe(auto& guest) {
        guest.record("Guest", "Somebody else.")
            .field("guest", &Guest::guest, "Who.")
            .field("name", &Guest::name, "What they are called.")
            .personal(&Guest::guest);
    }
};
using Remark = std::variant<Note, Label>;

struct Dossier {
    ParcelId about;
    PersonalText name;
    std::optional<PersonalText> nickname;
    std::vector<PersonalText> aliases;
    std::vector<std::optional<PersonalText>> maybe_each;
    std::map<DepotCode, PersonalText> by_depot;
    std::vector<Note> notes;
    std::optional<Note> last_note;
    std::vector<Remark> remarks;
    std::vector<Guest> guests;
    bool operator==(const Dossier&) const = default;

    static void describe(auto& dossier) {
        using D = Dossier;
        dossier.record("Dossier", "All that is known about somebody.")
            .field("about", &D::about, "Whom.")
            .field("name", &D::name, "What they are called.")
            .longest(200)
            .personal(&D::about)
            .field("nickname", &D::nickname, "By friends.")
            .personal(&D::about, "name")
            .field("aliases", &D::aliases, "Otherwise.")
            .personal(&D::about)
            .field("maybe_each", &D::maybe_each, "Each known or not.")
            .personal(&D::about)
            .field("by_depot", &D::by_depot, "What each depot knows.")
            .personal(&D::about)
            .field("notes", &D::notes, "What was heard.")
            .personal(&D::about)
            .field("last_note", &D::last_note, "The last of it.")
            .personal(&D::about)
            .field("remarks", &D::remarks, "What was heard, or what stands on it.")
            .personal(&D::about)
            .field("guests", &D::guests, "Others, whose own it is.");
    }
};

}  // namespace kontor::test
