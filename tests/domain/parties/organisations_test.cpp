// Organisations: how they come to be known, what they are called, how they stand.
#include "domain/parties/organisations.h"

#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

namespace {

RegisterOrganisation salix() { return {acme, {"SALIX"}, "Salix Gifts", {"DE"}, {"de"}, {}, {}}; }

}  // namespace

TEST_CASE("an organisation is registered, with the roles that it has") {
    given(acme_created()).when(salix(), today()).then(registered("SALIX"));
    RegisterOrganisation both = salix();
    both.roles = {PartyRole::supplier, PartyRole::customer, PartyRole::supplier};
    given(acme_created())
        .when(both, today())
        .then(registered("SALIX"),
              PartyRoleStarted{acme, {"SALIX"}, PartyRole::customer, day("2026-05-15")},
              PartyRoleStarted{acme, {"SALIX"}, PartyRole::supplier, day("2026-05-15")});
    both.roles = {PartyRole::carrier};
    both.since = day("2020-01-01");
    given(acme_created())
        .when(both, today())
        .then(registered("SALIX"),
              PartyRoleStarted{acme, {"SALIX"}, PartyRole::carrier, day("2020-01-01")});
}

TEST_CASE("what is wrong with an organisation is said in a fixed order") {
    auto story = given(acquainted());
    RegisterOrganisation wrong = salix();
    wrong.company = {"OTHER"};
    wrong.country = {"EU"};
    wrong.language = {"xx"};
    wrong.roles = {PartyRole::customer, PartyRole::employee};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(party_exists, "party SALIX");
    wrong.party = {"NEW"};
    story.when(wrong).refused(country_unknown, "country EU");
    wrong.country = {"AT"};
    story.when(wrong).refused(language_unknown, "language xx");
    wrong.language = {"en"};
    story.when(wrong).refused(role_of_persons, "employee", "/roles/1");
    wrong.roles = {PartyRole::customer};
    story.when(wrong).accepted();
}

TEST_CASE("an organisation's name, country and language change, its code does not") {
    auto story = given(acquainted());
    ChangeOrganisation change{acme, {"NOBODY"}, {}, CountryCode{"EU"}, LanguageCode{"xx"}};
    story.when(change).refused(party_unknown, "party NOBODY");
    change.party = {"SALIX"};
    story.when(change).refused(country_unknown);
    change.country = CountryCode{"AT"};
    story.when(change).refused(language_unknown);
    change.language = {};
    story.when(change).then(OrganisationChanged{acme, {"SALIX"}, {}, CountryCode{"AT"}, {}});
    change.country = {};
    story.when(change).refused(organisation_unchanged);
    change.name = "Salix";
    story.when(change).then(OrganisationChanged{acme, {"SALIX"}, "Salix", {}, {}});
}

TEST_CASE("a party is refused, retired and reinstated, each from a day on and with the reason") {
    auto story = given(acquainted());
    const PartyCode salix{"SALIX"};
    story.when(RefuseParty{acme, {"NOBODY"}, "Owes", {}}).refused(party_unknown);
    story.when(RetireParty{acme, {"NOBODY"}, "Closed", {}}).refused(party_unknown);
    story.when(ReinstateParty{acme, {"NOBODY"}, "Paid", {}}).refused(party_unknown);
    story.when(ReinstateParty{acme, salix, "Paid", {}}).refused(standing_unchanged);
    story.when(RefuseParty{acme, salix, "Owes", {}}, today())
        .then(PartyRefused{acme, salix, "Owes", day("2026-05-15")});
    story.happened(PartyRefused{acme, salix, "Owes", day("2026-05-15")});
    story.when(RefuseParty{acme, salix, "Owes more", {}}, today()).refused(standing_unchanged);
    story.when(RetireParty{acme, salix, "Closed", day("2026-05-14")})
        .refused(standing_changed_later, "refused, 2026-05-15");
    story.when(RetireParty{acme, salix, "Closed", {}}, today())
        .then(PartyRetired{acme, salix, "Closed", day("2026-05-15")});
    story.happened(PartyRetired{acme, salix, "Closed", day("2026-06-01")});
    story.when(RetireParty{acme, salix, "Closed", {}}, today()).refused(standing_unchanged);
    story.when(ReinstateParty{acme, salix, "Open again", day("2026-07-01")})
        .then(PartyReinstated{acme, salix, "Open again", day("2026-07-01")});
}

TEST_CASE("how something stands is what was said last of the days until then") {
    Standings standings;
    CHECK(standing_on(standings, day("2026-01-01")) == Standing::active);
    change_standing(standings, Standing::refused, day("2026-02-01"));
    change_standing(standings, Standing::active, day("2026-03-01"));
    change_standing(standings, Standing::former, day("2026-03-01"));
    CHECK(standings.size() == 2);
    CHECK(standing_on(standings, day("2026-01-31")) == Standing::active);
    CHECK(standing_on(standings, day("2026-02-01")) == Standing::refused);
    CHECK(standing_on(standings, day("2026-02-28")) == Standing::refused);
    CHECK(standing_on(standings, day("2026-03-01")) == Standing::former);
    CHECK(last_standing(standings) == Standing::former);
}
