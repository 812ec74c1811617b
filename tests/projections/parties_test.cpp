// Parties and counterparties as the screens show them, at any corner of the two times.
#include "projections/parties/counterparty_list.h"
#include "projections/parties/party_list.h"
#include "tests/projections/reading.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::parties;
using test::currency;
using test::day;

namespace {

const CompanyCode acme{"ACME"};
const Date entered = day("2026-03-01");
constexpr auto customer = PartyRole::customer;

OrganisationRegistered registered(const char* party, const char* name, const char* country = "DE") {
    return {acme, {party}, name, {country}, {"de"}};
}
CounterpartyRegistered entity(const char* code, const char* name, const char* vat = "") {
    CounterpartyRegistered event{acme, {code}, name, "GmbH", {"DE"}, {}};
    if (*vat) event.numbers = {{NumberKind::vat, {"DE"}, vat, {}, {}}};
    return event;
}

std::string codes(const std::vector<ListedParty>& rows) {
    std::string codes;
    for (const ListedParty& row : rows) codes += row.party.text + " ";
    return codes;
}

}  // namespace

TEST_CASE("parties are listed by role, country, standing and words, on any day") {
    test::Reading books;
    books.happened(registered("B", "Müller und Söhne"), entered);
    books.happened(registered("A", "Acorn", "AT"), entered);
    books.happened(PartyRoleStarted{acme, {"B"}, customer, day("2026-01-01")}, entered);
    books.happened(PartyRoleEnded{acme, {"B"}, customer, day("2026-06-30")}, entered);
    books.happened(PartyRoleStarted{acme, {"A"}, customer, day("2026-05-01")}, entered);
    books.happened(PartyRefused{acme, {"A"}, "Owes", day("2026-08-01")}, entered);
    const auto list = [&](const PartyList& query, Corner corner = {}) {
        return codes(books.ask<ListedParty>(query, corner, 1).rows);
    };
    CHECK(list({acme, {}, {}, {}}) == "A B ");
    CHECK(list({acme, customer, {}, {}}) == "A ");  // B's has an end
    CHECK(list({acme, customer, {}, {}}, {day("2026-04-30")}) == "B ");
    CHECK(list({acme, customer, {}, {}}, {day("2026-06-30")}) == "A B ");
    CHECK(list({acme, customer, {}, {}}, {{}, 3}) == "B ");
    CHECK(list({acme, {}, CountryCode{"AT"}, {}}) == "A ");
    CHECK(list({acme, {}, {}, Standing::refused}) == "A ");
    CHECK(list({acme, {}, {}, Standing::refused}, {day("2026-07-31")}).empty());
    CHECK(list({acme, {}, {}, {}, "MUELL"}) == "B ");
    CHECK(list({acme, {}, {}, {}, "sohn mueller"}).empty());
    CHECK(list({acme, {}, {}, {}, "soehn mueller"}) == "B ");
    CHECK(list({acme, {}, {}, {}, "A"}) == "A ");
    CHECK(list({{"OTHER"}, {}, {}, {}}).empty());
    const auto refused = books.ask<ListedParty>(PartyList{acme, {}, {}, Standing::refused}).rows;
    CHECK(refused[0].standing_reason == "Owes");
}

TEST_CASE("the party's counterparty is the preferred one of those that hold") {
    test::Reading books;
    books.happened(registered("A", "Acorn"), entered);
    books.happened(entity("ONE", "One"), entered);
    books.happened(entity("TWO", "Two"), entered);
    books.happened(CounterpartyLinked{acme, {"A"}, {"TWO"}, day("2026-01-01"), true}, entered);
    books.happened(CounterpartyLinked{acme, {"A"}, {"ONE"}, day("2026-02-01"), false}, entered);
    books.happened(CounterpartyUnlinked{acme, {"A"}, {"TWO"}, day("2026-06-30")}, entered);
    const auto shown = [&](const char* on) {
        const auto rows = books.ask<ListedParty>(PartyList{acme}, {day(on)}).rows;
        return rows[0].counterparty ? rows[0].counterparty->text : "none";
    };
    CHECK(shown("2025-12-31") == "none");
    CHECK(shown("2026-02-01") == "TWO");
    CHECK(shown("2026-07-01") == "ONE");
    books.happened(CounterpartyPreferred{acme, {"A"}, {"ONE"}}, entered);
    CHECK(shown("2026-02-01") == "ONE");
    const auto card = books.ask<PartyCard>(OneParty{acme, {"A"}}).rows[0];
    CHECK(card.counterparties ==
          std::vector<LinkTerm>{{{"A"}, {"ONE"}, day("2026-02-01"), {}, true},
                                {{"A"}, {"TWO"}, day("2026-01-01"), day("2026-06-30"), false}});
}

TEST_CASE("a merged party answers as the one that stands for it, unless itself is asked for") {
    test::Reading books;
    for (const char* code : {"A", "B", "C"}) books.happened(registered(code, code), entered);
    books.happened(PartiesMerged{acme, {"A"}, {"B"}, "Same"}, entered);
    books.happened(PartiesMerged{acme, {"B"}, {"C"}, "Same"}, entered);
    books.happened(PartyMergeUndone{acme, {"B"}, {"C"}, "Two"}, entered);
    const auto answers = [&](const char* party, Corner corner = {}) {
        return books.ask<PartyCard>(OneParty{acme, {party}}, corner).rows.at(0).party.text;
    };
    CHECK(answers("A", {{}, 3}) == "A");
    CHECK(answers("A", {{}, 4}) == "B");
    CHECK(answers("A", {{}, 5}) == "C");
    CHECK(answers("A") == "B");
    CHECK(books.ask<PartyCard>(OneParty{acme, {"A"}, true}).rows[0].party.text == "A");
    CHECK(books.ask<PartyCard>(OneParty{acme, {"X"}}).missing);
    CHECK(codes(books.ask<ListedParty>(PartyList{acme}).rows) == "B C ");
    PartyList merged{acme};
    merged.merged = true;
    CHECK(codes(books.ask<ListedParty>(merged).rows) == "A B C ");
    // The roles of those that it stands for are its own.
    books.happened(PartyRoleStarted{acme, {"A"}, customer, day("2026-01-01")}, entered);
    CHECK(codes(books.ask<ListedParty>(PartyList{acme, customer}).rows) == "B ");
}

TEST_CASE("a card has the ways to a party and its relations on either side") {
    test::Reading books;
    for (const char* code : {"A", "B", "C"}) books.happened(registered(code, code), entered);
    const ContactPointAdded shop{acme, {"A"}, {"shop"}, ContactKind::telephone, "110 99", "Noon"};
    books.happened(shop, entered);
    books.happened(ContactPointAdded{acme, {"A"}, {"x"}, ContactKind::other, "X", ""}, entered);
    books.happened(ContactPointRemoved{acme, {"A"}, {"x"}}, entered);
    const auto parent = RelationKind::parent_of, agent = RelationKind::agent_of;
    books.happened(PartiesRelated{acme, {"B"}, parent, {"A"}, day("2026-01-01")}, entered);
    books.happened(PartiesRelated{acme, {"A"}, agent, {"C"}, day("2026-02-01")}, entered);
    books.happened(PartyRelationEnded{acme, {"A"}, agent, {"C"}, day("2026-02-28")}, entered);
    books.happened(PartiesRelated{acme, {"A"}, agent, {"C"}, day("2026-04-01")}, entered);
    const auto card = books.ask<PartyCard>(OneParty{acme, {"A"}}).rows[0];
    CHECK(card.contact_points ==
          std::vector<PartyContact>{{{"shop"}, ContactKind::telephone, "110 99", "Noon"}});
    CHECK(card.relations.size() == 3);
    const auto relations = [&](RelationList query, Corner corner) {
        return books.ask<PartyRelation>(query, corner, 1).rows.size();
    };
    CHECK(relations({acme, {}, {}}, {}) == 2);
    CHECK(relations({acme, PartyCode{"C"}, {}}, {day("2026-02-28")}) == 1);
    CHECK(relations({acme, PartyCode{"C"}, {}}, {day("2026-03-01")}) == 0);
    CHECK(relations({acme, PartyCode{"A"}, parent}, {day("2026-03-01")}) == 1);
}

TEST_CASE("counterparties are listed under the name and with the numbers of the day") {
    test::Reading books;
    books.happened(entity("S", "Salix", "DE136695976"), entered);
    books.happened(CounterpartyChanged{acme, {"S"}, "Salix SE", {}, day("2026-06-01")}, entered);
    books.happened(CounterpartyChanged{acme, {"S"}, {}, "SE", day("2026-07-01")}, entered);
    books.happened(
        CounterpartyNumberAdded{
            acme, {"S"}, {NumberKind::tax, {"DE"}, "99", day("2026-05-01"), {}}},
        entered);
    books.happened(
        CounterpartyNumberEnded{
            acme, {"S"}, NumberKind::vat, {"DE"}, "DE136695976", day("2026-05-31")},
        entered);
    books.happened(CounterpartyRetired{acme, {"S"}, "Gone", day("2026-09-01")}, entered);
    const auto on = [&](const char* date) {
        return books.ask<ListedCounterparty>(CounterpartyList{acme}, {day(date)}).rows.at(0);
    };
    CHECK(on("2026-04-30").legal_name == "Salix");
    CHECK(on("2026-04-30").numbers == std::vector<std::string>{"vat DE136695976"});
    CHECK(on("2026-05-01").numbers == std::vector<std::string>{"vat DE136695976", "tax DE 99"});
    CHECK(on("2026-06-01").legal_name == "Salix SE");
    CHECK(on("2026-06-01").legal_form == "GmbH");
    CHECK(on("2026-06-01").vat_number.empty());
    CHECK(on("2026-07-01").legal_name == "Salix SE");
    CHECK(on("2026-07-01").legal_form == "SE");
    CHECK(on("2026-08-31").standing == Standing::active);
    CHECK(on("2026-09-01").standing_reason == "Gone");
    CounterpartyList by_number{acme};
    by_number.text = "1366";
    CHECK(books.ask<ListedCounterparty>(by_number, {day("2026-05-01")}).rows.size() == 1);
    CHECK(books.ask<ListedCounterparty>(by_number).rows.empty());
    books.happened(CounterpartyNumberRemoved{acme, {"S"}, NumberKind::tax, {"DE"}, "99"}, entered);
    CHECK(on("2026-06-01").numbers.empty());
    CHECK(books.ask<CounterpartyCard>(OneCounterparty{acme, {"X"}}).missing);
}

TEST_CASE("addresses and bank accounts are shown as they are on the day") {
    test::Reading books;
    books.happened(entity("S", "Salix"), entered);
    const auto seat = AddressPurpose::registered, goods = AddressPurpose::delivery;
    const auto at = [](const char* city) { return PostalAddress{{}, "", city, "", {"DE"}}; };
    books.happened(
        AddressAdded{
            acme, {"S"}, {"HQ"}, {seat, goods}, at("Ulm"), day("2026-01-01"), {seat, goods}},
        entered);
    books.happened(AddressAdded{acme, {"S"}, {"BARN"}, {goods}, at("Aalen"), day("2026-02-01"), {}},
                   entered);
    books.happened(AddressChanged{acme, {"S"}, {"HQ"}, {seat}, at("Bonn"), day("2026-03-01")},
                   entered);
    books.happened(AddressPreferred{acme, {"S"}, {"BARN"}, goods}, entered);
    books.happened(AddressEnded{acme, {"S"}, {"BARN"}, day("2026-04-30")}, entered);
    const auto cities = [&](AddressList query, const char* on) {
        std::string all;
        for (const auto& row : books.ask<ListedAddress>(query, {day(on)}, 1).rows)
            all += row.city + " ";
        return all;
    };
    CHECK(cities({acme, {}, {}}, "2026-01-31") == "Ulm ");
    CHECK(cities({acme, {}, {}}, "2026-02-28") == "Aalen Ulm ");
    CHECK(cities({acme, CounterpartyCode{"S"}, goods}, "2026-03-01") == "Aalen ");
    CHECK(cities({acme, {}, {}}, "2026-05-01") == "Bonn ");
    CHECK(cities({acme, CounterpartyCode{"X"}, {}}, "2026-05-01").empty());
    const auto card =
        books.ask<CounterpartyCard>(OneCounterparty{acme, {"S"}}, {day("2026-02-01")}).rows.at(0);
    CHECK(card.addresses.at(0).preferred_for == std::vector<AddressPurpose>{goods});
    CHECK(card.addresses.at(1).preferred_for == std::vector<AddressPurpose>{seat});

    AccountDetails euro;
    euro.currency = currency("EUR");
    euro.iban = "DE89370400440532013000";
    AccountDetails any;
    any.iban = "GB29NWBK60161331926819";
    const std::vector<Currency> eur{currency("EUR")};
    books.happened(BankAccountAdded{acme, {"S"}, {"E"}, euro, day("2026-01-01"), eur}, entered);
    books.happened(BankAccountAdded{acme, {"S"}, {"G"}, any, day("2026-01-01"), {}}, entered);
    books.happened(BankAccountClosed{acme, {"S"}, {"E"}, day("2026-06-30")}, entered);
    books.happened(BankAccountPreferred{acme, {"S"}, {"G"}, currency("USD")}, entered);
    const auto accounts = [&](BankAccountList query, const char* on) {
        std::string all;
        for (const auto& row : books.ask<ListedBankAccount>(query, {day(on)}, 1).rows) {
            all += row.bank_account.text + " ";
            for (const Currency each : row.preferred_for) all += std::string(each.text()) + " ";
        }
        return all;
    };
    CHECK(accounts({acme, {}, {}}, "2026-06-30") == "E EUR G USD ");
    CHECK(accounts({acme, {}, currency("USD")}, "2026-06-30") == "G USD ");
    CHECK(accounts({acme, CounterpartyCode{"S"}, {}}, "2026-07-01") == "G USD ");
}

TEST_CASE("duplicates are found by number, name, contact and account, before entering too") {
    test::Reading books;
    books.happened(registered("A", "Salix Gifts GmbH"), entered);
    books.happened(registered("B", "SALIX GIFTS"), entered);
    books.happened(registered("C", "Fern"), entered);
    books.happened(registered("D", "Moss"), entered);
    books.happened(entity("X", "Xylo", "DE136695976"), entered);
    books.happened(entity("Y", "Yew", "DE136695976"), entered);
    const auto link = [&](const char* party, const char* code) {
        books.happened(CounterpartyLinked{acme, {party}, {code}, day("2026-01-01"), true}, entered);
    };
    link("C", "X");
    link("D", "X");
    const auto pairs = [&](const DuplicateParties& query, Corner corner = {}) {
        std::string all;
        for (const auto& row : books.ask<DuplicateParty>(query, corner, 1).rows)
            all += (row.party ? row.party->text : "?") + row.other.text +
                   (row.certainty == Certainty::certain ? "! " : " ");
        return all;
    };
    // C and D are served through one counterparty, which is no sign.
    CHECK(pairs({acme}) == "AB ");
    link("B", "Y");
    // Who has it beside others need not be the one who has it alone.
    CHECK(pairs({acme}) == "AB BC BD ");
    CHECK(pairs({acme, PartyCode{"C"}}) == "CB ");
    CHECK(pairs({acme}, {{}, 8}) == "AB ");
    CHECK(pairs({acme, {}, "Salx Gifts", CountryCode{"DE"}, ""}) == "?A ?B ");
    CHECK(pairs({acme, {}, "Salx Gifts", CountryCode{"AT"}, ""}).empty());
    CHECK(pairs({acme, {}, "Salx Gifts", {}, "136 695 976"}) == "?B! ?A ?C ?D ");
    books.happened(PartiesMerged{acme, {"B"}, {"A"}, "Same"}, entered);
    CHECK(pairs({acme, PartyCode{"A"}}).empty());
    books.happened(entity("W", "Wort", "DE118619592"), entered);
    books.happened(entity("V", "Viola", "DE118619592"), entered);
    books.happened(registered("E", "Elm"), entered);
    books.happened(registered("F", "Fir"), entered);
    link("E", "W");
    link("F", "V");
    CHECK(pairs({acme}) == "EF! ");

    const auto entities = [&](const DuplicateCounterparties& query) {
        std::string all;
        for (const auto& row : books.ask<DuplicateCounterparty>(query, {}, 1).rows)
            all += (row.counterparty ? row.counterparty->text : "?") + row.other.text + " " +
                   row.same + " ";
        return all;
    };
    CHECK(entities({acme}) == "VW vat DE118619592 XY vat DE136695976 ");
    books.happened(entity("Z", "Zinnia"), entered);
    AccountDetails details;
    details.iban = "DE89370400440532013000";
    for (const char* code : {"Y", "Z"})
        books.happened(BankAccountAdded{acme, {code}, {"E"}, details, day("2026-01-01"), {}},
                       entered);
    CHECK(entities({acme, CounterpartyCode{"Z"}}) == "ZY DE89370400440532013000 ");
    CHECK(entities({acme, {}, "Zinia", CountryCode{"DE"}, ""}) == "?Z  ");
    books.happened(CounterpartiesMerged{acme, {"Y"}, {"X"}, "Same"}, entered);
    CHECK(entities({acme}) == "VW vat DE118619592 ");
}
