// Counterparties: legal entities with numbers that are checked, and how they stand.
#include "domain/parties/counterparties.h"

#include "domain/parties/counterparty_standings.h"
#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

namespace {

const CounterpartyCode salix{"S-GMBH"};

RegisterCounterparty enter(std::vector<GivenNumber> numbers = {}) {
    return {acme, {"NEW"}, "Salix Geschenke GmbH", "GmbH", {"DE"}, std::move(numbers)};
}
GivenNumber given_number(NumberKind kind, const char* number, const char* country = "") {
    GivenNumber given{kind, number, {}, {}};
    if (*country) given.country = CountryCode{country};
    return given;
}
AddCounterpartyNumber add(NumberKind kind, const char* number, const char* country = "") {
    return {acme, salix, given_number(kind, number, country)};
}

}  // namespace

TEST_CASE("a counterparty is registered with its numbers in their one form") {
    CounterpartyRegistered expected = entity("NEW");
    expected.numbers = {{NumberKind::vat, {"DE"}, "DE136695976", {}, {}},
                        {NumberKind::vat, {"GR"}, "EL094259216", {}, {}},
                        {NumberKind::registration, {"DE"}, "HRB 4711, Stuttgart", {}, {}},
                        {NumberKind::lei, {"DE"}, "506700GE1G29325QX363", {}, {}}};
    given(acme_created())
        .when(enter({given_number(NumberKind::vat, "136 695 976"),
                     given_number(NumberKind::vat, "el-094259216", "GR"),
                     given_number(NumberKind::registration, "HRB 4711, Stuttgart"),
                     given_number(NumberKind::lei, "5067 00GE 1G29 325Q X363")}))
        .then(expected);
}

TEST_CASE("what is wrong with a counterparty is said in a fixed order") {
    auto story = given(acquainted());
    RegisterCounterparty wrong = enter({given_number(NumberKind::vat, "DE136695976"),
                                        given_number(NumberKind::vat, "DE136695977", "EU")});
    wrong.company = {"OTHER"};
    wrong.counterparty = salix;
    wrong.country = {"EU"};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(counterparty_exists, "counterparty S-GMBH");
    wrong.counterparty = {"NEW"};
    story.when(wrong).refused(country_unknown, "country EU");
    wrong.country = {"DE"};
    story.when(wrong).refused(country_unknown, "country EU", "/numbers/1");
    wrong.numbers[1].country = {};
    story.when(wrong).refused(number_malformed, "vat, has the check digit 7, which should be 6",
                              "/numbers/1");
    wrong.numbers[1] = given_number(NumberKind::vat, "ES54362315K", "ES");
    story.when(wrong).refused(number_of_person, "vat", "/numbers/1");
    wrong.numbers[1] = given_number(NumberKind::vat, "DE 136 695 976");
    story.when(wrong).refused(number_exists, "vat, DE136695976", "/numbers/1");
    wrong.numbers.pop_back();
    story.when(wrong).accepted();
}

TEST_CASE("each kind of number has its rule") {
    auto story = given(acquainted());
    story.when(add(NumberKind::tax, "7707083893", "RU")).accepted();
    story.when(add(NumberKind::vat, "7707083893", "RU")).accepted();
    story.when(add(NumberKind::tax, "7707083894", "RU")).refused(number_malformed);
    story.when(add(NumberKind::tax, "500100732259", "RU")).refused(number_of_person);
    story.when(add(NumberKind::registration, "1027700132195", "RU")).accepted();
    story.when(add(NumberKind::registration, "1027700132196", "RU")).refused(number_malformed);
    story.when(add(NumberKind::registration, "304500116000157", "RU")).refused(number_of_person);
    story.when(add(NumberKind::kpp, "773601001", "RU")).accepted();
    story.when(add(NumberKind::kpp, "773601001"))
        .refused(number_malformed, "kpp, is Russian, and the country is not");
    story.when(add(NumberKind::lei, "506700GE1G29325QX364")).refused(number_malformed);
    story.when(add(NumberKind::eori, "QQ1234567")).refused(number_malformed);
    story.when(add(NumberKind::eori, "DE1234567")).accepted();
    story.when(add(NumberKind::tax, "99/815/08150")).accepted();
    story.when(add(NumberKind::other, "DUNS 15-048-3782")).accepted();
}

TEST_CASE("numbers are added, end, and are taken back when they were wrong") {
    auto story = given(acquainted());
    AddCounterpartyNumber vat = add(NumberKind::vat, "DE136695976");
    vat.number.since = day("2026-02-01");
    const EntityNumber number{NumberKind::vat, {"DE"}, "DE136695976", day("2026-02-01"), {}};
    vat.counterparty = {"NOBODY"};
    story.when(vat).refused(counterparty_unknown);
    vat.counterparty = salix;
    story.when(vat).then(CounterpartyNumberAdded{acme, salix, number});
    story.happened(CounterpartyNumberAdded{acme, salix, number});
    story.when(vat).refused(number_exists);
    const auto held = [&](const char* on) {
        return number_on(*story.world().of<Counterparties>().find({acme, salix}), NumberKind::vat,
                         {"DE"}, day(on)) != nullptr;
    };
    CHECK_FALSE(held("2026-01-31"));
    CHECK(held("2026-02-01"));

    EndCounterpartyNumber end{acme, {"NOBODY"}, NumberKind::vat, "136695976", {}, {}};
    story.when(end).refused(counterparty_unknown);
    end.counterparty = salix;
    end.number = "136695975";
    story.when(end).refused(number_unknown, "vat");
    end.number = "136695976";
    end.until = day("2026-01-31");
    story.when(end).refused(end_before_beginning);
    end.until = {};
    const CounterpartyNumberEnded ended{acme,   salix,         NumberKind::vat,
                                        {"DE"}, "DE136695976", day("2026-05-15")};
    story.when(end, today()).then(ended);
    RemoveCounterpartyNumber remove{acme, {"NOBODY"}, NumberKind::vat, "DE 136 695 976", {}};
    story.when(remove).refused(counterparty_unknown);
    remove.counterparty = salix;
    story.when(remove).then(
        CounterpartyNumberRemoved{acme, salix, NumberKind::vat, {"DE"}, "DE136695976"});
    story.happened(ended);
    CHECK(held("2026-05-15"));
    CHECK_FALSE(held("2026-05-16"));
    story.when(end).refused(number_ended);
    story.happened(CounterpartyNumberRemoved{acme, salix, NumberKind::vat, {"DE"}, "DE136695976"});
    story.when(remove).refused(number_unknown);
    story.when(vat).accepted();
}

TEST_CASE("a counterparty's name and form change from a day on") {
    auto story = given(acquainted());
    ChangeCounterparty change{acme, {"NOBODY"}, {}, {}, {}};
    story.when(change).refused(counterparty_unknown);
    change.counterparty = salix;
    story.when(change).refused(counterparty_unchanged);
    change.legal_form = "SE";
    story.when(change, today()).then(CounterpartyChanged{acme, salix, {}, "SE", day("2026-05-15")});
}

TEST_CASE("a counterparty is refused, retired and reinstated") {
    auto story = given(acquainted());
    story.when(RefuseCounterparty{acme, {"NOBODY"}, "Owes", {}}).refused(counterparty_unknown);
    story.when(RetireCounterparty{acme, {"NOBODY"}, "Gone", {}}).refused(counterparty_unknown);
    story.when(ReinstateCounterparty{acme, {"NOBODY"}, "Paid", {}}).refused(counterparty_unknown);
    story.when(ReinstateCounterparty{acme, salix, "Paid", {}}).refused(standing_unchanged);
    story.when(RefuseCounterparty{acme, salix, "Owes", {}}, today())
        .then(CounterpartyRefused{acme, salix, "Owes", day("2026-05-15")});
    story.happened(CounterpartyRefused{acme, salix, "Owes", day("2026-05-15")});
    story.when(RefuseCounterparty{acme, salix, "Owes", {}}, today()).refused(standing_unchanged);
    story.when(RetireCounterparty{acme, salix, "Gone", day("2026-05-01")})
        .refused(standing_changed_later);
    story.when(RetireCounterparty{acme, salix, "Gone", {}}, today())
        .then(CounterpartyRetired{acme, salix, "Gone", day("2026-05-15")});
    story.happened(CounterpartyRetired{acme, salix, "Gone", day("2026-05-20")});
    story.when(RetireCounterparty{acme, salix, "Gone", {}}, today()).refused(standing_unchanged);
    story.when(ReinstateCounterparty{acme, salix, "Back", day("2026-05-19")})
        .refused(standing_changed_later);
    story.when(ReinstateCounterparty{acme, salix, "Back", day("2026-06-01")})
        .then(CounterpartyReinstated{acme, salix, "Back", day("2026-06-01")});
    story.when(RefuseCounterparty{acme, salix, "Owes", day("2026-05-19")})
        .refused(standing_changed_later);
}
