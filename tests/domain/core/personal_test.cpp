// Whose each personal value is, and what a description must not leave open.
#include "domain/core/personal.h"

#include "tests/support/dossier.h"
#include "tests/support/people.h"

#include <catch2/catch.hpp>

using namespace kontor;
using kontor::test::Dossier;
using kontor::test::Guest;
using kontor::test::Label;
using kontor::test::Note;

namespace {

PersonalText plain(std::string text) { return people::said(std::move(text)); }

// "<text>: <meaning> of <last digits of the id>"
std::vector<std::string> told(Dossier dossier) {
    std::vector<std::string> told;
    each_personal(type_of<Dossier>(), &dossier, [&](const PersonalValue& value) {
        told.push_back(value.text.plain + ": " + std::string(value.meaning) + " of " +
                       (value.subject ? std::string(value.subject->thing) + " " +
                                            std::to_string(value.subject->id.low)
                                      : "nobody"));
    });
    return told;
}

struct Nobodys {
    std::int64_t number = 0;
    PersonalText text;
    static void describe(auto& record) {
        record.record("Nobodys", "Says of nobody.")
            .field("number", &Nobodys::number, "A number.")
            .personal(&Nobodys::number)
            .field("text", &Nobodys::text, "A text.")
            .otherwise(PersonalText{});
    }
};
struct Numbered {
    std::int64_t number = 0;
    std::map<std::string, Note> notes;
    static void describe(auto& record) {
        record.record("Numbered", "Says of a number.")
            .every_company()
            .no_stream()
            .on_recorded_day()
            .erases(&Numbered::number)
            .field("number", &Numbered::number, "A number.")
            .field("notes", &Numbered::notes, "Notes.");
    }
};

}  // namespace

TEST_CASE("a personal value belongs to whom the nearest description says") {
    Dossier dossier;
    dossier.about = {Uuid{0, 7}};
    dossier.name = plain("Ann");
    dossier.nickname = plain("Annie");
    dossier.aliases = {plain("A"), plain("B")};
    dossier.maybe_each = {std::nullopt, plain("C")};
    dossier.by_depot = {{{"X"}, plain("D")}};
    dossier.notes = {{"weather", plain("likes rain")}};
    dossier.last_note = Note{"food", plain("likes soup")};
    dossier.remarks = {Label{"paper", {}}, Note{"art", plain("paints")}};
    dossier.guests = {Guest{{{Uuid{0, 8}}}, plain("Ben")}, Guest{{}, plain("Somebody")}};
    CHECK(told(dossier) ==
          std::vector<std::string>{
              "Ann: name of parcel 7", "Annie: name of parcel 7", "A: aliases of parcel 7",
              "B: aliases of parcel 7", "C: maybe_each of parcel 7", "D: by_depot of parcel 7",
              "likes rain: note of parcel 7", "likes soup: note of parcel 7",
              "paints: note of parcel 7", "Ben: name of parcel 8", "Somebody: name of nobody"});
}

TEST_CASE("a type knows whether anything personal can be in it") {
    CHECK(holds_personal(type_of<Dossier>()));
    CHECK(holds_personal(type_of<std::optional<std::vector<Note>>>()));
    CHECK(holds_personal(type_of<test::Remark>()));
    CHECK_FALSE(holds_personal(type_of<test::KitchenSink>()));
    CHECK_FALSE(holds_personal(type_of<test::Node>()));
}

TEST_CASE("a description that leaves open whose it is is refused with its name") {
    CHECK(faults_of_personal(type_of<Dossier>()).empty());
    CHECK(faults_of_personal(type_of<Note>()) ==
          std::vector<std::string>{"Note: text is personal, and nothing says about whom"});
    CHECK(faults_of_personal(type_of<Nobodys>()) ==
          std::vector<std::string>{
              "Nobodys: number is about something that is named by no id",
              "Nobodys: number holds nothing that is personal",
              "Nobodys: text is personal and cannot mean something where it is absent",
              "Nobodys: text is personal, and nothing says about whom"});
    CHECK(faults_of_personal(type_of<Numbered>()) ==
          std::vector<std::string>{"Numbered: notes.text is personal, and nothing says about whom",
                                   "Numbered: erases something that is named by no id"});
}

TEST_CASE("a catalog with such a message is contradictory, and a sound one says so") {
    const auto sound = people::catalog();
    for (const std::string& fault : sound->faults()) FAIL_CHECK(fault);
    CHECK(sound->personal());
    CHECK(sound->erases());
    CHECK(sound->command("WelcomePerson")->personal);
    CHECK_FALSE(sound->command("ReceiveGuest")->personal);
    CHECK(sound->event("GuestReceived")->personal);
    CHECK_FALSE(sound->event("PersonForgotten")->personal);

    BusinessContext context{"numbers", "Numbers.", {}};
    context.parts.push_back(Part().event<Numbered>());
    const Catalog catalog({std::move(context)}, {});
    CHECK(catalog.faults() ==
          std::vector<std::string>{
              "event Numbered: notes.text is personal, and nothing says about whom",
              "event Numbered: erases something that is named by no id"});
}

TEST_CASE("who is erased is the person whose id the event holds") {
    const people::PersonForgotten erased{people::nth_person(3)};
    const auto subject = erased_by(type_of<people::PersonForgotten>(), &erased);
    REQUIRE(subject);
    CHECK(subject->thing == "person");
    CHECK(subject->id == Uuid{7, 3});
    const people::NameChanged changed{people::nth_person(3), {}};
    CHECK_FALSE(erased_by(type_of<people::NameChanged>(), &changed));
}
