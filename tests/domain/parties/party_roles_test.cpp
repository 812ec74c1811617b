// Roles: taken, given up and taken again, never twice at once.
#include "domain/parties/party_roles.h"

#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

TEST_CASE("a party has a role from a day on, until a day") {
    auto story = given(acquainted());
    const PartyCode salix{"SALIX"};
    const auto customer = PartyRole::customer;
    story.when(StartPartyRole{acme, {"NOBODY"}, customer, {}}).refused(party_unknown);
    story.when(StartPartyRole{acme, salix, PartyRole::employee, {}}).refused(role_of_persons);
    story.when(EndPartyRole{acme, {"NOBODY"}, customer, {}}).refused(party_unknown);
    story.when(EndPartyRole{acme, salix, customer, {}}).refused(role_not_held);
    story.when(StartPartyRole{acme, salix, customer, {}}, today())
        .then(PartyRoleStarted{acme, salix, customer, day("2026-05-15")});
    story.happened(PartyRoleStarted{acme, salix, customer, day("2026-05-15")});
    story.when(StartPartyRole{acme, salix, customer, day("2020-01-01")})
        .refused(role_held, "party SALIX, customer");
    story.when(EndPartyRole{acme, salix, customer, day("2026-05-14")})
        .refused(end_before_beginning, "2026-05-15");
    story.when(EndPartyRole{acme, salix, customer, {}}, today())
        .then(PartyRoleEnded{acme, salix, customer, day("2026-05-15")});
    story.happened(PartyRoleEnded{acme, salix, customer, day("2026-06-30")});
    story.when(EndPartyRole{acme, salix, customer, {}}, today()).refused(role_not_held);
    story.when(StartPartyRole{acme, salix, customer, day("2026-06-30")}).refused(role_held);
    story.happened(PartyRoleStarted{acme, salix, customer, day("2026-09-01")});
    const auto had = [&](const char* on) {
        return has_role(story.world(), acme, salix, customer, day(on));
    };
    CHECK_FALSE(had("2026-05-14"));
    CHECK(had("2026-05-15"));
    CHECK(had("2026-06-30"));
    CHECK_FALSE(had("2026-07-01"));
    CHECK(had("2026-09-01"));
    CHECK_FALSE(has_role(story.world(), acme, salix, PartyRole::supplier, day("2026-09-01")));
}
