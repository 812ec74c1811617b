// What contracts and orders are told of the parties that they name.
#include "domain/parties/dealings.h"

#include "domain/parties/counterparty_standings.h"
#include "domain/parties/merges.h"
#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

namespace {

const PartyCode salix{"SALIX"}, fern{"FERN"};
const CounterpartyCode s_gmbh{"S-GMBH"}, f_gmbh{"F-GMBH"};

test::Past customers() {
    test::Past past = acquainted();
    past.push_back(
        Message::of(PartyRoleStarted{acme, salix, PartyRole::customer, day("2026-02-01")}));
    past.push_back(Message::of(CounterpartyLinked{acme, salix, s_gmbh, day("2026-02-01"), true}));
    return past;
}

}  // namespace

TEST_CASE("whether a party may be sold to is told by role and standing of the day") {
    auto story = given(customers());
    const auto why_not = [&](const PartyCode& party, const char* on) {
        const Objection fault = fault_of_selling_to(story.world(), acme, party, day(on));
        return fault ? std::string(fault.reason->code) : "";
    };
    CHECK(why_not({"NOBODY"}, "2026-03-01") == "party_unknown");
    CHECK(why_not(salix, "2026-01-31") == "party_lacks_role");
    CHECK(why_not(salix, "2026-02-01").empty());
    CHECK(fault_of_buying_from(story.world(), acme, salix, day("2026-02-01")).about ==
          "party SALIX, supplier, 2026-02-01");
    story.happened(PartyRetired{acme, salix, "Closed", day("2026-03-01")});
    story.happened(PartyReinstated{acme, salix, "Open", day("2026-04-01")});
    story.happened(PartyRefused{acme, salix, "Owes", day("2026-05-01")});
    CHECK(why_not(salix, "2026-02-28").empty());
    CHECK(why_not(salix, "2026-03-01") == "party_former");
    CHECK(why_not(salix, "2026-04-01").empty());
    CHECK(why_not(salix, "2026-05-01") == "party_refused");
    story.happened(PartiesMerged{acme, fern, salix, "Same shop"});
    CHECK(why_not(fern, "2026-04-01") == "party_merged");
}

TEST_CASE("whether a party may be served through a counterparty is told by link and standing") {
    auto story = given(customers());
    const auto why_not = [&](const CounterpartyCode& counterparty, const char* on) {
        const Objection fault = fault_of_serving(story.world(), acme, salix, counterparty, day(on));
        return fault ? std::string(fault.reason->code) : "";
    };
    CHECK(why_not({"NOBODY"}, "2026-03-01") == "counterparty_unknown");
    CHECK(why_not(f_gmbh, "2026-03-01") == "counterparty_not_linked");
    CHECK(why_not(s_gmbh, "2026-01-31") == "counterparty_not_linked");
    CHECK(why_not(s_gmbh, "2026-02-01").empty());
    story.happened(CounterpartyRefused{acme, s_gmbh, "Owes", day("2026-03-01")});
    story.happened(CounterpartyRetired{acme, s_gmbh, "Gone", day("2026-04-01")});
    CHECK(why_not(s_gmbh, "2026-03-01") == "counterparty_refused");
    CHECK(why_not(s_gmbh, "2026-04-01") == "counterparty_former");
    story.happened(CounterpartiesMerged{acme, s_gmbh, f_gmbh, "Same number"});
    CHECK(why_not(s_gmbh, "2026-04-01") == "counterparty_merged");
    CHECK(why_not(f_gmbh, "2026-04-01").empty());
}

TEST_CASE("a document takes the preferred counterparty of the day, else the first") {
    auto story = given(customers());
    const auto taken = [&](const PartyCode& party, const char* on) {
        const auto code = default_counterparty(story.world(), acme, party, day(on));
        return code ? code->text : "none";
    };
    CHECK(taken(salix, "2026-01-31") == "none");
    CHECK(taken(salix, "2026-02-01") == "S-GMBH");
    story.happened(CounterpartyLinked{acme, salix, f_gmbh, day("2026-01-01"), false});
    CHECK(taken(salix, "2026-01-31") == "F-GMBH");
    CHECK(taken(salix, "2026-02-01") == "S-GMBH");
    story.happened(CounterpartyUnlinked{acme, salix, s_gmbh, day("2026-06-30")});
    CHECK(taken(salix, "2026-07-01") == "F-GMBH");
    story.happened(CounterpartiesMerged{acme, s_gmbh, f_gmbh, "Same number"});
    CHECK(taken(salix, "2026-03-01") == "F-GMBH");
}

TEST_CASE("who stands for another has its roles and counterparties too") {
    auto story = given(customers(), PartiesMerged{acme, salix, fern, "Same shop"});
    CHECK_FALSE(fault_of_selling_to(story.world(), acme, fern, day("2026-03-01")));
    CHECK_FALSE(fault_of_serving(story.world(), acme, fern, s_gmbh, day("2026-03-01")));
    CHECK(default_counterparty(story.world(), acme, fern, day("2026-03-01")) == s_gmbh);
    story.happened(PartyMergeUndone{acme, salix, fern, "Two"});
    CHECK(fault_of_selling_to(story.world(), acme, fern, day("2026-03-01")));
    CHECK_FALSE(default_counterparty(story.world(), acme, fern, day("2026-03-01")));
}

TEST_CASE("documents are written in the language of who stands for the party") {
    auto story = given(customers());
    story.happened(OrganisationChanged{acme, fern, {}, {}, LanguageCode{"ru"}});
    CHECK(language_of(story.world(), acme, salix).text == "de");
    CHECK(language_of(story.world(), acme, fern).text == "ru");
    CHECK(language_of(story.world(), acme, {"NOBODY"}).text == "en");
    story.happened(PartiesMerged{acme, salix, fern, "Same shop"});
    CHECK(language_of(story.world(), acme, salix).text == "ru");
}
