// Duplicates: merged, undone, and what a merge does to business that is going on.
#include "domain/parties/merges.h"

#include "domain/parties/contact_points.h"
#include "domain/parties/counterparty_standings.h"
#include "domain/parties/dealings.h"
#include "domain/parties/relations.h"
#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

namespace {

MergeParties merge(const char* party, const char* into) {
    return {acme, {party}, {into}, "Same shop"};
}
PartiesMerged merged(const char* party, const char* into) {
    return {acme, {party}, {into}, "Same shop"};
}
PartyRefused refused(const char* party) { return {acme, {party}, "Owes", day("2026-01-01")}; }
MergeCounterparties merge_entities(const char* one, const char* into) {
    return {acme, {one}, {into}, "Same number"};
}
CounterpartiesMerged entities_merged(const char* one, const char* into) {
    return {acme, {one}, {into}, "Same number"};
}

template <class Command>
Command about(const CounterpartyCode& counterparty) {
    Command command;
    command.company = acme;
    command.counterparty = counterparty;
    return command;
}

}  // namespace

TEST_CASE("a party is merged into another one, which is undone") {
    auto story = given(acquainted());
    story.when(merge("NOBODY", "FERN")).refused(party_unknown, "party NOBODY");
    story.when(merge("SALIX", "NOBODY")).refused(party_unknown, "party NOBODY");
    story.when(merge("SALIX", "SALIX")).refused(merge_into_itself);
    story.when(merge("SALIX", "FERN")).then(merged("SALIX", "FERN"));
    const UndoPartyMerge undo{acme, {"SALIX"}, "Two shops"};
    story.when(UndoPartyMerge{acme, {"NOBODY"}, "Two"}).refused(party_unknown);
    story.when(undo).refused(party_not_merged);
    story.happened(merged("SALIX", "FERN"));
    story.when(merge("SALIX", "FERN")).refused(party_merged, "party SALIX, party FERN");
    story.when(merge("FERN", "SALIX")).refused(party_merged);
    const PartyMergeUndone undone{acme, {"SALIX"}, {"FERN"}, "Two shops"};
    story.when(undo).then(undone);
    story.happened(undone);
    story.when(undo).refused(party_not_merged);
    story.when(merge("FERN", "SALIX")).accepted();
    CHECK(resolved(story.world(), acme, PartyCode{"SALIX"}).text == "SALIX");
}

TEST_CASE("a survivor may be merged in turn, and each undone by itself") {
    auto story = given(acquainted(), registered("MOSS"));
    const auto stands_for = [&](const char* party) {
        return resolved(story.world(), acme, PartyCode{party}).text;
    };
    story.happened(merged("SALIX", "FERN"));
    story.when(merge("FERN", "MOSS")).accepted();
    story.happened(merged("FERN", "MOSS"));
    CHECK(stands_for("SALIX") == "MOSS");
    CHECK(stands_for("FERN") == "MOSS");
    CHECK(stands_for("MOSS") == "MOSS");
    CHECK(stands_for("NOBODY") == "NOBODY");
    story.when(merge("MOSS", "SALIX")).refused(party_merged);
    story.happened(PartyMergeUndone{acme, {"FERN"}, {"MOSS"}, "Two"});
    CHECK(stands_for("SALIX") == "FERN");
}

TEST_CASE("no merge hides that somebody is refused") {
    auto story = given(acquainted(), refused("SALIX"));
    story.when(merge("SALIX", "FERN")).refused(merge_hides_refusal, "party SALIX, party FERN");
    story.when(merge("FERN", "SALIX")).accepted();
    story.happened(refused("FERN"));
    story.when(merge("SALIX", "FERN")).accepted();
    story.happened(CounterpartyRefused{acme, {"S-GMBH"}, "Owes", day("2026-01-01")});
    story.when(merge_entities("S-GMBH", "F-GMBH")).refused(merge_hides_refusal);
    story.when(merge_entities("F-GMBH", "S-GMBH")).accepted();
}

TEST_CASE("nothing new is entered for a party or counterparty that was merged") {
    auto story = given(acquainted(), merged("SALIX", "FERN"), entities_merged("S-GMBH", "F-GMBH"));
    const PartyCode salix{"SALIX"};
    const CounterpartyCode entity{"S-GMBH"};
    ChangeOrganisation change{acme, salix, "Salix", {}, {}};
    story.when(change).refused(party_merged, "party SALIX, party FERN");
    story.when(StartPartyRole{acme, salix, PartyRole::customer, {}}).refused(party_merged);
    story.when(EndPartyRole{acme, salix, PartyRole::customer, {}}).refused(party_merged);
    story.when(RefuseParty{acme, salix, "Owes", {}}).refused(party_merged);
    story.when(RetireParty{acme, salix, "Closed", {}}).refused(party_merged);
    story.when(ReinstateParty{acme, salix, "Paid", {}}).refused(party_merged);
    story.when(AddContactPoint{acme, salix, {"x"}, ContactKind::other, "Portal", ""})
        .refused(party_merged);
    story.when(RemoveContactPoint{acme, salix, {"x"}}).refused(party_merged);
    story.when(RelateParties{acme, {"FERN"}, RelationKind::agent_of, salix, {}})
        .refused(party_merged);
    story.when(LinkCounterparty{acme, salix, {"F-GMBH"}, {}}).refused(party_merged);
    story.when(PreferCounterparty{acme, salix, {"F-GMBH"}}).refused(party_merged);
    story.when(UnlinkCounterparty{acme, salix, {"F-GMBH"}, {}}).refused(party_merged);
    story.when(LinkCounterparty{acme, {"FERN"}, entity, {}})
        .refused(counterparty_merged, "counterparty S-GMBH, counterparty F-GMBH");
    story.when(ChangeCounterparty{acme, entity, "Salix", {}, {}}).refused(counterparty_merged);
    story.when(AddCounterpartyNumber{acme, entity, GivenNumber{}}).refused(counterparty_merged);
    story.when(about<EndCounterpartyNumber>(entity)).refused(counterparty_merged);
    story.when(about<RemoveCounterpartyNumber>(entity)).refused(counterparty_merged);
    story.when(RefuseCounterparty{acme, entity, "Owes", {}}).refused(counterparty_merged);
    story.when(RetireCounterparty{acme, entity, "Gone", {}}).refused(counterparty_merged);
    story.when(ReinstateCounterparty{acme, entity, "Paid", {}}).refused(counterparty_merged);
    story.when(about<AddAddress>(entity)).refused(counterparty_merged);
    story.when(about<ChangeAddress>(entity)).refused(counterparty_merged);
    story.when(about<PreferAddress>(entity)).refused(counterparty_merged);
    story.when(about<EndAddress>(entity)).refused(counterparty_merged);
    story.when(about<AddBankAccount>(entity)).refused(counterparty_merged);
    story.when(about<PreferBankAccount>(entity)).refused(counterparty_merged);
    story.when(about<CloseBankAccount>(entity)).refused(counterparty_merged);
}

TEST_CASE("a counterparty is merged into another one, which is undone") {
    auto story = given(acquainted());
    story.when(merge_entities("NOBODY", "F-GMBH")).refused(counterparty_unknown);
    story.when(merge_entities("S-GMBH", "NOBODY")).refused(counterparty_unknown);
    story.when(merge_entities("S-GMBH", "S-GMBH")).refused(merge_into_itself);
    story.when(merge_entities("S-GMBH", "F-GMBH")).then(entities_merged("S-GMBH", "F-GMBH"));
    const UndoCounterpartyMerge undo{acme, {"S-GMBH"}, "Two"};
    story.when(UndoCounterpartyMerge{acme, {"NOBODY"}, "Two"}).refused(counterparty_unknown);
    story.when(undo).refused(counterparty_not_merged);
    story.happened(entities_merged("S-GMBH", "F-GMBH"));
    story.when(merge_entities("S-GMBH", "F-GMBH")).refused(counterparty_merged);
    CHECK(resolved(story.world(), acme, CounterpartyCode{"S-GMBH"}).text == "F-GMBH");
    story.when(undo).then(CounterpartyMergeUndone{acme, {"S-GMBH"}, {"F-GMBH"}, "Two"});
    story.happened(CounterpartyMergeUndone{acme, {"S-GMBH"}, {"F-GMBH"}, "Two"});
    CHECK(resolved(story.world(), acme, CounterpartyCode{"S-GMBH"}).text == "S-GMBH");
}
