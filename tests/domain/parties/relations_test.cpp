// Relations between parties: dated, and parent companies without circles.
#include "domain/parties/relations.h"

#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

namespace {

constexpr auto parent = RelationKind::parent_of;

RelateParties relate(const char* party, const char* other, RelationKind kind = parent) {
    return {acme, {party}, kind, {other}, day("2026-02-01")};
}
PartiesRelated related(const char* party, const char* other, const char* since = "2026-02-01",
                       RelationKind kind = parent) {
    return {acme, {party}, kind, {other}, day(since)};
}
EndPartyRelation end(const char* party, const char* other) {
    return {acme, {party}, parent, {other}, {}};
}

}  // namespace

TEST_CASE("parties stand in a relation from a day on, until a day") {
    auto story = given(acquainted());
    story.when(relate("NOBODY", "FERN")).refused(party_unknown, "party NOBODY");
    story.when(relate("SALIX", "NOBODY")).refused(party_unknown, "party NOBODY");
    story.when(relate("SALIX", "SALIX")).refused(relation_to_itself);
    story.when(relate("SALIX", "FERN")).then(related("SALIX", "FERN"));
    RelateParties undated = relate("SALIX", "FERN");
    undated.since = {};
    story.when(undated, today()).then(related("SALIX", "FERN", "2026-05-15"));
    story.when(end("NOBODY", "FERN")).refused(party_unknown);
    story.when(end("SALIX", "FERN")).refused(relation_unknown);
    story.happened(related("SALIX", "FERN"));
    story.when(relate("SALIX", "FERN")).refused(relation_stands);
    EndPartyRelation early = end("SALIX", "FERN");
    early.until = day("2026-01-31");
    story.when(early).refused(end_before_beginning, "2026-02-01");
    story.when(end("SALIX", "FERN"), today())
        .then(PartyRelationEnded{acme, {"SALIX"}, parent, {"FERN"}, day("2026-05-15")});
    story.happened(PartyRelationEnded{acme, {"SALIX"}, parent, {"FERN"}, day("2026-05-15")});
    story.when(end("SALIX", "FERN"), today()).refused(relation_unknown);
    story.when(undated, today()).refused(relation_stands);
    undated.since = day("2026-05-16");
    story.when(undated).accepted();
}

TEST_CASE("a party has one parent company at a time, and none that it stands above") {
    auto story = given(acquainted(), registered("MOSS"), registered("OAK"));
    story.happened(related("SALIX", "FERN"));
    story.happened(related("FERN", "MOSS"));
    story.when(relate("OAK", "FERN")).refused(parent_known, "party FERN, party SALIX");
    story.when(relate("MOSS", "SALIX")).refused(parents_in_circle, "party SALIX, party MOSS");
    story.when(relate("FERN", "SALIX")).refused(parents_in_circle);
    story.when(relate("OAK", "SALIX")).accepted();
    story.when(relate("MOSS", "SALIX", RelationKind::agent_of)).accepted();
    story.when(relate("OAK", "FERN", RelationKind::carrier_of)).accepted();
}

TEST_CASE("who was whose parent may turn round in time") {
    auto story = given(acquainted(), registered("MOSS"));
    story.happened(related("SALIX", "FERN", "2020-01-01"));
    story.happened(PartyRelationEnded{acme, {"SALIX"}, parent, {"FERN"}, day("2022-12-31")});
    story.happened(related("FERN", "SALIX", "2023-01-01"));
    RelateParties before = relate("MOSS", "FERN");
    before.since = day("2021-01-01");
    story.when(before).refused(parent_known);
    before = relate("FERN", "MOSS");
    before.since = day("2021-01-01");
    story.when(before).accepted();
}
