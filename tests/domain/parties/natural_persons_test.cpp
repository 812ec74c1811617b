// Persons who contract: sole traders and consumers, their addresses and bank accounts.
#include "domain/parties/natural_persons.h"

#include "domain/parties/dealings.h"
#include "domain/parties/merges.h"
#include "domain/parties/personal_places.h"
#include "tests/domain/parties/known_persons.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::currency;
using test::given;

namespace {

const CounterpartyCode trader_code{"N-1"}, firm{"S-GMBH"};

AddPersonalAddress home() {
    AddPersonalAddress add;
    add.company = acme;
    add.counterparty = trader_code;
    add.address = {"A1"};
    add.person = anna;
    add.purposes = {AddressPurpose::invoice, AddressPurpose::registered};
    add.lines = said("Weidenweg 7");
    add.city = said("Stuttgart");
    add.country = {"DE"};
    add.since = day("2026-01-01");
    return add;
}

AddPersonalAccount account() {
    AddPersonalAccount add;
    add.company = acme;
    add.counterparty = trader_code;
    add.bank_account = {"B1"};
    add.person = anna;
    add.iban = said<PersonalIban>("DE89370400440532013000");
    add.currency = currency("EUR");
    add.since = day("2026-01-01");
    return add;
}

PersonalAccountAdded account_added() {
    PersonalAccountAdded event;
    event.company = acme;
    event.counterparty = trader_code;
    event.bank_account = {"B1"};
    event.person = anna;
    event.number = said("DE89370400440532013000");
    event.iban = true;
    event.bank.currency = currency("EUR");
    event.since = day("2026-01-01");
    event.preferred_for = {currency("EUR")};
    return event;
}

}  // namespace

TEST_CASE("a person contracts under a name and numbers that are sealed") {
    auto story = given(with_persons());
    RegisterNaturalPerson enter;
    enter.company = {"NONE"};
    enter.counterparty = {"BEN-FERN"};
    enter.person = PersonId{Uuid{7, 9}};
    enter.legal_name = said("Ben Fern");
    enter.country = {"EU"};
    enter.inn = said<PersonalInn>("500100732259");
    story.when(enter).refused(companies::company_unknown);
    enter.company = acme;
    story.when(enter).refused(code_may_name, "");
    enter.counterparty = trader_code;
    story.when(enter).refused(counterparty_exists);
    enter.counterparty = {"N-2"};
    story.when(enter).refused(person_unknown);
    enter.person = ben;
    story.when(enter).refused(country_unknown);
    enter.country = {"RU"};
    NaturalPersonRegistered registered;
    registered.company = acme;
    registered.counterparty = {"N-2"};
    registered.person = ben;
    registered.legal_name = said("Ben Fern");
    registered.country = {"RU"};
    registered.inn = said("500100732259");
    story.when(enter).then(registered);
    story.happened(erased(ben, "P-2"));
    story.when(enter).refused(person_erased);
}

TEST_CASE("a person's legal name and numbers change, by its own command") {
    auto story = given(with_persons());
    ChangeNaturalPerson change;
    change.company = acme;
    change.counterparty = {"NOBODY"};
    change.person = ben;
    story.when(change).refused(counterparty_unknown);
    change.counterparty = firm;
    story.when(change).refused(counterparty_is_no_person, "counterparty S-GMBH");
    change.counterparty = trader_code;
    story.when(change).refused(person_differs);
    change.person = anna;
    story.when(change).refused(counterparty_unchanged);
    change.legal_name = said("Anna Schmidt e.K.");
    NaturalPersonChanged changed;
    changed.company = acme;
    changed.counterparty = trader_code;
    changed.person = anna;
    changed.legal_name = said("Anna Schmidt e.K.");
    changed.since = day("2026-05-15");
    story.when(change, today()).then(changed);
    story.happened(erased(anna, "P-1"));
    story.when(change).refused(person_erased);
    NaturalPersonRegistered second = trader();
    second.counterparty = {"N-2"};
    story.happened(second);
    story.happened(CounterpartiesMerged{acme, trader_code, {"N-2"}, "One"});
    story.when(change).refused(counterparty_merged);
}

TEST_CASE("what is open to all is not entered for a person who contracts") {
    auto story = given(with_persons());
    story.when(ChangeCounterparty{acme, trader_code, "Anna", {}, {}})
        .refused(counterparty_is_person, "counterparty N-1");
    story.when(AddCounterpartyNumber{acme, trader_code, GivenNumber{}})
        .refused(counterparty_is_person);
    AddAddress address;
    address.company = acme;
    address.counterparty = trader_code;
    story.when(address).refused(counterparty_is_person);
    ChangeAddress change;
    change.company = acme;
    change.counterparty = trader_code;
    story.when(change).refused(counterparty_is_person);
    AddBankAccount bank;
    bank.company = acme;
    bank.counterparty = trader_code;
    story.when(bank).refused(counterparty_is_person);
}

TEST_CASE("an address of a person is sealed but for its country") {
    auto story = given(with_persons());
    AddPersonalAddress add = home();
    add.address = {"HOME"};
    add.person = ben;
    add.country = {"EU"};
    add.counterparty = {"NOBODY"};
    story.when(add).refused(counterparty_unknown);
    add.counterparty = firm;
    story.when(add).refused(counterparty_is_no_person);
    add.counterparty = trader_code;
    story.when(add).refused(person_differs);
    add.person = anna;
    story.when(add).refused(code_may_name, "");
    add.address = {"A1"};
    story.when(add).refused(country_unknown);
    add.country = {"DE"};
    PersonalAddressAdded added;
    added.company = acme;
    added.counterparty = trader_code;
    added.address = {"A1"};
    added.person = anna;
    added.purposes = {AddressPurpose::registered, AddressPurpose::invoice};
    added.lines = said("Weidenweg 7");
    added.city = said("Stuttgart");
    added.country = {"DE"};
    added.since = day("2026-01-01");
    added.preferred_for = added.purposes;
    story.when(add).then(added);
    story.happened(added);
    story.when(add).refused(address_exists);
    CHECK(address_for(story.world(), acme, trader_code, AddressPurpose::delivery, day("2026-02-01"))
              ->text == "A1");
    add.address = {"A2"};
    added.address = {"A2"};
    added.preferred_for = {};
    story.when(add).then(added);
    story.happened(erased(anna, "P-1"));
    story.when(add).refused(person_erased);
}

TEST_CASE("a bank account of a person is sealed but for the bank") {
    auto story = given(with_persons());
    AddPersonalAccount add = account();
    add.counterparty = {"NOBODY"};
    add.person = ben;
    add.bank_account = {"MAIN"};
    add.account_number = said("40802810000000000001");
    add.bic = "COBADEF";
    story.when(add).refused(counterparty_unknown);
    add.counterparty = firm;
    story.when(add).refused(counterparty_is_no_person);
    add.counterparty = trader_code;
    story.when(add).refused(person_differs);
    add.person = anna;
    story.when(add).refused(code_may_name, "");
    add.bank_account = {"B1"};
    story.when(add).refused(account_number_unclear);
    add.iban = {};
    story.when(add).refused(account_number_unclear);
    add.country = CountryCode{"EU"};
    story.when(add).refused(bic_malformed);
    add.bic = "";
    story.when(add).refused(country_unknown);
    add.country = CountryCode{"RU"};
    story.when(add).refused(bank_code_malformed);
    add.bank_code = "049805746";
    PersonalAccountAdded russian = account_added();
    russian.number = said("40802810000000000001");
    russian.iban = false;
    russian.bank.country = CountryCode{"RU"};
    russian.bank.bank_code = "049805746";
    story.when(add).then(russian);
    story.when(account()).then(account_added());
    story.happened(account_added());
    story.when(account()).refused(bank_account_exists);
    add = account();
    add.bank_account = {"B2"};
    story.when(add).refused(bank_account_listed, "bank account B1");
    CHECK(bank_account_to_pay(story.world(), acme, trader_code, currency("EUR"), day("2026-02-01"))
              ->text == "B1");
    story.happened(erased(anna, "P-1"));
    story.when(add).refused(person_erased);
    CHECK_FALSE(
        bank_account_to_pay(story.world(), acme, trader_code, currency("EUR"), day("2026-02-01")));
}
