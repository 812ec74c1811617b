// Persons: parties like others, of whom nothing is said that is not sealed.
#include "domain/parties/persons.h"

#include "domain/parties/dealings.h"
#include "domain/parties/merges.h"
#include "domain/parties/person_contacts.h"
#include "domain/parties/relations.h"
#include "tests/domain/parties/known_persons.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

namespace {

RegisterPerson carla() {
    RegisterPerson enter;
    enter.company = acme;
    enter.person = PersonId{Uuid{7, 3}};
    enter.party = {"P-3"};
    enter.name = said("Carla Moss");
    enter.born_on = said<PersonalBirthDate>("1984-02-29");
    enter.country = {"DE"};
    enter.language = {"de"};
    return enter;
}

PersonRegistered carla_registered() {
    PersonRegistered event = person(PersonId{Uuid{7, 3}}, "P-3");
    event.name = said("Carla Moss");
    event.born_on = said("1984-02-29");
    return event;
}

}  // namespace

TEST_CASE("a person is registered as a party, with the roles that persons have") {
    auto story = given(with_persons());
    RegisterPerson enter = carla();
    story.when(enter, today()).then(carla_registered());
    enter.roles = {PartyRole::employee, PartyRole::customer};
    story.when(enter, today())
        .then(carla_registered(),
              PartyRoleStarted{acme, {"P-3"}, PartyRole::customer, day("2026-05-15")},
              PartyRoleStarted{acme, {"P-3"}, PartyRole::employee, day("2026-05-15")});
    story.when(StartPartyRole{acme, {"P-1"}, PartyRole::employee, {}}, today()).accepted();
    story.when(StartPartyRole{acme, {"SALIX"}, PartyRole::employee, {}}).refused(role_of_persons);
}

TEST_CASE("what is wrong with a person is said in a fixed order") {
    auto story = given(with_persons());
    RegisterPerson wrong = carla();
    wrong.company = {"NONE"};
    wrong.party = {"MOSS"};
    wrong.person = anna;
    wrong.country = {"EU"};
    wrong.language = {"xx"};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(code_may_name, "");
    wrong.party = {"P-1"};
    story.when(wrong).refused(party_exists, "party P-1");
    wrong.party = {"P-3"};
    story.when(wrong).refused(person_exists);
    // The key of one who is known in another company would go with an erasure in this one.
    wrong.company = other_company;
    story.when(wrong).refused(person_exists);
    wrong.person = PersonId{Uuid{7, 3}};
    story.when(wrong).refused(country_unknown, "country EU");
    wrong.country = {"AT"};
    story.when(wrong).refused(language_unknown, "language xx");
    wrong.language = {"en"};
    story.when(wrong).accepted();
}

TEST_CASE("a code that says nothing has two letters and seven digits at most") {
    for (const char* code : {"1", "1234567", "P1", "P-1042", "CU-1234567"}) {
        CAPTURE(code);
        CHECK(says_nothing(code));
    }
    for (const char* code : {"", "P", "P-", "WEBER", "WEB-1", "p-1", "P-1A", "19840229", "-1",
                             "P--1", "P 1", "1-1", "ÄB1"}) {
        CAPTURE(code);
        CHECK_FALSE(says_nothing(code));
    }
}

TEST_CASE("a person is called otherwise, born on another day, lives elsewhere") {
    auto story = given(with_persons());
    ChangePerson change;
    change.company = other_company;
    change.person = anna;
    change.country = CountryCode{"EU"};
    change.language = LanguageCode{"xx"};
    story.when(change).refused(person_unknown);
    change.company = acme;
    change.person = PersonId{Uuid{7, 9}};
    story.when(change).refused(person_unknown);
    change.person = anna;
    story.when(change).refused(country_unknown);
    change.country = {};
    story.when(change).refused(language_unknown);
    change.language = {};
    story.when(change).refused(person_unchanged);
    change.name = said("Anna Schmidt");
    change.born_on = said<PersonalBirthDate>("1984-03-01");
    PersonChanged changed;
    changed.company = acme;
    changed.person = anna;
    changed.party = {"P-1"};
    changed.name = said("Anna Schmidt");
    changed.born_on = said("1984-03-01");
    story.when(change).then(changed);
    changed.language = LanguageCode{"ru"};
    story.happened(changed);
    CHECK(language_of(story.world(), acme, {"P-1"}).text == "ru");
    story.happened(erased(anna, "P-1"));
    story.when(change).refused(person_erased);
}

TEST_CASE("a person is erased with all that was merged into it, once") {
    auto story = given(with_persons());
    ErasePerson erase{other_company, anna, ErasureGround::law};
    story.when(erase).refused(person_unknown);
    erase.company = acme;
    story.when(erase).then(PersonErased{acme, anna, {"P-1"}, ErasureGround::law});
    story.happened(PartiesMerged{acme, {"P-2"}, {"P-1"}, "Same birth date"});
    story.when(erase).then(PersonErased{acme, anna, {"P-1"}, ErasureGround::law},
                           PersonErased{acme, ben, {"P-2"}, ErasureGround::law});
    story.when(ErasePerson{acme, ben, ErasureGround::law})
        .refused(party_merged, "party P-2, party P-1");
    story.happened(erased(ben, "P-2"));
    story.when(erase).then(PersonErased{acme, anna, {"P-1"}, ErasureGround::law});
    story.happened(erased(anna, "P-1"));
    story.when(erase).refused(person_erased);
}

TEST_CASE("an erased person is a former one, whatever it was") {
    auto story = given(with_persons());
    story.happened(PartyRoleStarted{acme, {"P-1"}, PartyRole::customer, day("2026-01-01")});
    story.happened(CounterpartyLinked{acme, {"P-1"}, {"N-1"}, day("2026-01-01"), true});
    const auto sold_to = [&] {
        const Objection fault =
            fault_of_selling_to(story.world(), acme, {"P-1"}, day("2026-02-01"));
        return fault ? fault.reason : nullptr;
    };
    const auto served = [&] {
        const Objection fault =
            fault_of_serving(story.world(), acme, {"P-1"}, {"N-1"}, day("2026-02-01"));
        return fault ? fault.reason : nullptr;
    };
    CHECK(sold_to() == nullptr);
    CHECK(served() == nullptr);
    story.happened(erased(anna, "P-1"));
    CHECK(sold_to() == &party_former);
    CHECK(served() == &counterparty_former);
}

TEST_CASE("what is open to all is not entered for a person, and a person is no organisation") {
    auto story = given(with_persons());
    story.when(ChangeOrganisation{acme, {"P-1"}, "Anna", {}, {}}).refused(party_is_person);
    story.when(AddContactPoint{acme, {"P-1"}, {"x"}, ContactKind::email, "a@b.example", ""})
        .refused(party_is_person, "party P-1");
    MergeParties merge{acme, {"P-1"}, {"P-1"}, "One"};
    story.when(merge).refused(merge_into_itself);
    merge.into = {"SALIX"};
    story.happened(PartyRefused{acme, {"P-1"}, "Owes", day("2026-01-01")});
    story.when(merge).refused(merge_of_kinds, "party P-1, party SALIX");
    merge.into = {"P-2"};
    story.when(merge).refused(merge_hides_refusal);
    story.when(MergeCounterparties{acme, {"N-1"}, {"S-GMBH"}, "One"}).refused(merge_of_kinds);
}

TEST_CASE("a person works at an organisation") {
    auto story = given(with_persons());
    RelateParties relate{acme, {"SALIX"}, RelationKind::works_at, {"FERN"}, day("2026-01-01")};
    story.when(relate).refused(relation_of_persons, "party SALIX, party FERN");
    relate.party = {"P-1"};
    relate.other = {"P-1"};
    story.when(relate).refused(relation_to_itself);
    relate.other = {"P-2"};
    story.when(relate).refused(relation_of_persons);
    relate.other = {"FERN"};
    const PartiesRelated related{
        acme, {"P-1"}, RelationKind::works_at, {"FERN"}, day("2026-01-01")};
    story.when(relate).then(related);
    story.happened(related);
    story.when(relate).refused(relation_stands);
}

TEST_CASE("a person is reached by one thing under a code that says nothing") {
    auto story = given(with_persons());
    AddPersonContact add;
    add.company = other_company;
    add.person = anna;
    add.contact_point = {"anna@weber.example"};
    story.when(add).refused(person_unknown);
    add.company = acme;
    story.when(add).refused(code_may_name, "");
    add.contact_point = {"E1"};
    story.when(add).refused(contact_form_unclear);
    add.email = said<PersonalEmail>("anna@weber.example");
    add.telephone = said<PersonalTelephone>("+49 30 1234567");
    story.when(add).refused(contact_form_unclear);
    add.telephone = {};
    PersonContactAdded added;
    added.company = acme;
    added.person = anna;
    added.party = {"P-1"};
    added.contact_point = {"E1"};
    added.kind = ContactKind::email;
    added.address = said("anna@weber.example");
    story.when(add).then(added);
    story.happened(added);
    story.when(add).refused(contact_point_exists);
    add.contact_point = {"T1"};
    add.email = {};
    add.telephone = said<PersonalTelephone>("+49 30 1234567");
    add.note = said("Evenings");
    added.contact_point = {"T1"};
    added.kind = ContactKind::telephone;
    added.address = said("+49 30 1234567");
    added.note = said("Evenings");
    story.when(add).then(added);
    add.telephone = {};
    add.other = said("@anna");
    added.kind = ContactKind::other;
    added.address = said("@anna");
    story.when(add).then(added);
    story.when(RemoveContactPoint{acme, {"P-1"}, {"E1"}})
        .then(ContactPointRemoved{acme, {"P-1"}, {"E1"}});
    story.happened(erased(anna, "P-1"));
    story.when(add).refused(person_erased);
}
