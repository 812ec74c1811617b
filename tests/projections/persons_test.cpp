// Persons as the screens show them: sealed as they lie, looked for and compared by what they say.
#include "domain/parties/personal_places.h"
#include "projections/opened.h"
#include "projections/parties/counterparty_list.h"
#include "projections/parties/party_list.h"
#include "projections/parties/person_list.h"
#include "tests/projections/reading.h"

#include <catch2/catch.hpp>

#include <set>

using namespace kontor;
using namespace kontor::parties;
using test::currency;
using test::day;

namespace {

const CompanyCode acme{"ACME"};
const Date entered = day("2026-03-01");
const PersonId anna{Uuid{7, 1}}, ben{Uuid{7, 2}}, carla{Uuid{7, 3}};

// Stands for a seal: what is between the signs can be read with the key of this test only.
PersonalText sealed(const std::string& text) {
    PersonalText value;
    value.sealed = "<" + text + ">";
    value.fingerprint = text;
    return value;
}

// Read models that are asked with the keys of all but those who were erased.
class WithKeys : public test::Reading, public OpensPersonal {
public:
    void open(const Type& type, void* value) const override {
        each_personal(type, value, [&](const PersonalValue& one) {
            if (one.text.sealed.empty()) return;
            if (erased.contains(one.subject->id))
                one.text.erased = true;
            else
                one.text.plain = one.text.sealed.substr(1, one.text.sealed.size() - 2);
            one.text.sealed.clear();
        });
    }
    std::set<Uuid> erased;
};

PersonRegistered person(const PersonId& id, const char* party, const char* name,
                        const char* born = "") {
    PersonRegistered event;
    event.company = acme;
    event.person = id;
    event.party = {party};
    event.name = sealed(name);
    if (*born) event.born_on = sealed(born);
    event.country = {"DE"};
    event.language = {"de"};
    return event;
}

PersonContactAdded reached(const PersonId& id, const char* party, const char* code,
                           ContactKind kind, const char* address) {
    return {acme, id, {party}, {code}, kind, sealed(address), {}};
}

NaturalPersonRegistered trader(const PersonId& id, const char* code, const char* inn = "") {
    NaturalPersonRegistered event;
    event.company = acme;
    event.counterparty = {code};
    event.person = id;
    event.legal_name = sealed("A trader");
    event.country = {"RU"};
    if (*inn) event.inn = sealed(inn);
    return event;
}

PersonalText asked_for(const char* text) {
    PersonalText value;
    value.plain = text;
    return value;
}

std::string codes(const std::vector<ListedPerson>& rows) {
    std::string codes;
    for (const ListedPerson& row : rows) codes += row.party.text + " ";
    return codes;
}

std::string pairs(const std::vector<DuplicatePerson>& rows) {
    std::string all;
    for (const DuplicatePerson& row : rows)
        all += (row.party ? row.party->text : "?") + "=" + row.other.text +
               (row.certainty == Certainty::certain ? "! " : " ");
    return all;
}

}  // namespace

TEST_CASE("persons are listed by country and found by name, without a name in any row") {
    WithKeys books;
    books.happened(person(anna, "P-1", "Anna Petrovna Weber", "1984-02-29"), entered);
    books.happened(person(ben, "P-2", "Benedikt Weber"), entered);
    PersonRegistered moss = person(carla, "P-3", "Carla Moss");
    moss.country = {"AT"};
    books.happened(moss, entered);
    const auto list = [&](const PersonList& query, Corner corner = {}) {
        return codes(books.ask<ListedPerson>(query, corner, 1).rows);
    };
    CHECK(list({acme}) == "P-1 P-2 P-3 ");
    CHECK(list({acme, {}, CountryCode{"AT"}}) == "P-3 ");
    CHECK(list({acme, asked_for("weber")}) == "P-1 P-2 ");
    CHECK(list({acme, asked_for("WEBER ann")}) == "P-1 ");
    CHECK(list({acme, asked_for("nobody")}).empty());
    CHECK(list({{"OTHER"}}).empty());
    const auto rows = books.ask<ListedPerson>(PersonList{acme, asked_for("ann")}).rows;
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].name.plain.empty());
    CHECK(rows[0].name == sealed("Anna Petrovna Weber"));

    PersonChanged changed;
    changed.company = acme;
    changed.person = anna;
    changed.party = {"P-1"};
    changed.name = sealed("Anna Schmidt");
    books.happened(changed, entered);
    CHECK(list({acme, asked_for("schmidt")}) == "P-1 ");
    CHECK(list({acme, asked_for("weber")}) == "P-2 ");
    CHECK(list({acme, asked_for("weber")}, {{}, 3}) == "P-1 P-2 ");

    // Nobody who has no keys can look for a name.
    test::Reading locked;
    locked.happened(person(anna, "P-1", "Anna Weber"), entered);
    CHECK(locked.ask<ListedPerson>(PersonList{acme}).rows.size() == 1);
    CHECK(locked.ask<ListedPerson>(PersonList{acme, asked_for("weber")}).rows.empty());
}

TEST_CASE("an erased person is in no list unless asked for, and is found by no name") {
    WithKeys books;
    books.happened(person(anna, "P-1", "Anna Weber"), entered);
    books.happened(person(ben, "P-2", "Anna Weber"), entered);
    books.happened(PersonErased{acme, anna, {"P-1"}, ErasureGround::law}, entered);
    books.erased.insert(anna.uuid);
    const auto list = [&](const PersonList& query) { return books.ask<ListedPerson>(query).rows; };
    CHECK(codes(list({acme})) == "P-2 ");
    PersonList all{acme};
    all.erased = true;
    REQUIRE(codes(list(all)) == "P-1 P-2 ");
    CHECK(list(all)[0].erased == ErasureGround::law);
    all.name = asked_for("weber");
    CHECK(codes(list(all)) == "P-2 ");
    CHECK(books.ask<DuplicatePerson>(DuplicatePersons{acme}).rows.empty());
}

TEST_CASE("who may be entered twice is told by number, name and contact, and by birth date not") {
    WithKeys books;
    books.happened(person(anna, "P-1", "Anna Weber", "1984-02-29"), entered);
    books.happened(person(ben, "P-2", "WEBER, Anna"), entered);
    const auto asked = [&](const DuplicatePersons& query) {
        return pairs(books.ask<DuplicatePerson>(query, {}, 1).rows);
    };
    CHECK(asked({acme}) == "P-1=P-2 ");
    CHECK(asked({acme, PartyCode{"P-2"}}) == "P-2=P-1 ");
    CHECK(asked({acme, {}, asked_for("anna weber")}) == "?=P-1 ?=P-2 ");
    CHECK(asked({acme, {}, asked_for("anna weber"), asked_for("1990-01-01")}) == "?=P-2 ");
    CHECK(asked({acme, PartyCode{"P-1"}, asked_for("anna weber")}) == "?=P-1 ");
    CHECK(asked({acme, PartyCode{"P-9"}}).empty());

    books.happened(person(carla, "P-3", "Anna Weber", "1990-01-01"), entered);
    CHECK(asked({acme}) == "P-1=P-2 P-2=P-3 ");
    books.happened(trader(anna, "N-1", "500100732259"), entered);
    books.happened(trader(carla, "N-3", "500100732259"), entered);
    CHECK(asked({acme}) == "P-1=P-3! P-1=P-2 P-2=P-3 ");

    WithKeys others;
    others.happened(person(anna, "P-1", "Anna Weber"), entered);
    others.happened(person(ben, "P-2", "Nina Moss"), entered);
    others.happened(reached(anna, "P-1", "T1", ContactKind::telephone, "+49 30 123-4567"), entered);
    CHECK(others.ask<DuplicatePerson>(DuplicatePersons{acme}).rows.empty());
    others.happened(reached(ben, "P-2", "T1", ContactKind::telephone, "+49 (30) 1234567"), entered);
    const auto rows = others.ask<DuplicatePerson>(DuplicatePersons{acme}).rows;
    CHECK(pairs(rows) == "P-1=P-2 ");
    CHECK(rows.at(0).sign == LikenessSign::contact);
    CHECK(rows.at(0).name == sealed("Anna Weber"));
    others.happened(PartiesMerged{acme, {"P-2"}, {"P-1"}, "One"}, entered);
    CHECK(others.ask<DuplicatePerson>(DuplicatePersons{acme}).rows.empty());
    CHECK(codes(others.ask<ListedPerson>(PersonList{acme}).rows) == "P-1 ");
    others.happened(PartyMergeUndone{acme, {"P-2"}, {"P-1"}, "Two"}, entered);
    CHECK(others.ask<DuplicatePerson>(DuplicatePersons{acme}).rows.size() == 1);
}

TEST_CASE("a card tells how a person is reached and as what the person contracts") {
    WithKeys books;
    books.happened(person(anna, "P-1", "Anna Weber"), entered);
    books.happened(reached(anna, "P-1", "E1", ContactKind::email, "anna@weber.example"), entered);
    books.happened(reached(anna, "P-1", "T1", ContactKind::telephone, "+49 30 1234567"), entered);
    books.happened(ContactPointRemoved{acme, {"P-1"}, {"T1"}}, entered);
    books.happened(trader(anna, "N-1"), entered);
    const auto card = books.ask<PersonCard>(OnePerson{acme, anna}).rows.at(0);
    CHECK(card.party.text == "P-1");
    REQUIRE(card.contact_points.size() == 1);
    CHECK(card.contact_points[0].personal_address == sealed("anna@weber.example"));
    CHECK(card.contracts_as == std::vector{CounterpartyCode{"N-1"}});
    CHECK(books.ask<PersonCard>(OnePerson{acme, ben}).missing);
    const auto party = books.ask<PartyCard>(OneParty{acme, {"P-1"}}).rows.at(0);
    CHECK(party.name.empty());
    CHECK(party.person == anna);
    CHECK(party.person_name == sealed("Anna Weber"));
    CHECK(party.contact_points.size() == 1);
    CHECK(books.ask<ListedParty>(PartyList{acme}).rows.at(0).person_name == sealed("Anna Weber"));
}

TEST_CASE("a counterparty that is a person shows its names, address and account sealed") {
    WithKeys books;
    books.happened(trader(anna, "N-1", "500100732259"), entered);
    NaturalPersonChanged changed;
    changed.company = acme;
    changed.counterparty = {"N-1"};
    changed.person = anna;
    changed.legal_name = sealed("Another name");
    changed.ogrnip = sealed("304500116000157");
    changed.since = day("2026-04-01");
    books.happened(changed, changed.since);
    PersonalAddressAdded home;
    home.company = acme;
    home.counterparty = {"N-1"};
    home.address = {"A1"};
    home.person = anna;
    home.purposes = home.preferred_for = {AddressPurpose::registered};
    home.lines = sealed("Weidenweg 7");
    home.city = sealed("Stuttgart");
    home.country = {"DE"};
    home.since = day("2026-01-01");
    books.happened(home, home.since);
    PersonalAccountAdded account;
    account.company = acme;
    account.counterparty = {"N-1"};
    account.bank_account = {"B1"};
    account.person = anna;
    account.number = sealed("DE89370400440532013000");
    account.iban = true;
    account.since = day("2026-01-01");
    account.preferred_for = {currency("EUR")};
    account.awaits_confirmation = true;
    books.happened(account, account.since);

    const Corner march{day("2026-03-31")};
    const auto listed = [&](const Corner& corner) {
        return books.ask<ListedCounterparty>(CounterpartyList{acme}, corner).rows.at(0);
    };
    CHECK(listed(march).personal_name == sealed("A trader"));
    CHECK(listed({}).personal_name == sealed("Another name"));
    CHECK(listed({}).legal_name.empty());
    const auto card = books.ask<CounterpartyCard>(OneCounterparty{acme, {"N-1"}}, march).rows.at(0);
    CHECK(card.person == anna);
    CHECK(card.personal_numbers->inn == sealed("500100732259"));
    CHECK(card.personal_numbers->ogrnip == sealed("304500116000157"));
    REQUIRE(card.addresses.size() == 1);
    CHECK(card.addresses[0].personal->city == sealed("Stuttgart"));
    CHECK(card.addresses[0].preferred_for == home.purposes);
    CHECK(card.addresses[0].city.empty());
    REQUIRE(card.bank_accounts.size() == 1);
    CHECK(card.bank_accounts[0].personal_number == sealed("DE89370400440532013000"));
    CHECK(card.bank_accounts[0].iban.empty());
    CHECK(card.bank_accounts[0].awaits_confirmation);
    books.happened(BankAccountConfirmed{acme, {"N-1"}, {"B1"}, "Called"}, entered);
    CHECK_FALSE(
        books.ask<ListedBankAccount>(BankAccountList{acme}, march).rows.at(0).awaits_confirmation);
}
