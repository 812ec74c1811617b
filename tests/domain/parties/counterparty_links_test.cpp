// Which party is served through which counterparty.
#include "domain/parties/counterparty_links.h"

#include "tests/domain/parties/known.h"

using namespace kontor;
using namespace kontor::parties;
using namespace kontor::parties::known;
using test::given;

namespace {

CounterpartyLinked linked(const char* counterparty, bool preferred,
                          const char* since = "2026-01-01") {
    return {acme, {"SALIX"}, {counterparty}, day(since), preferred};
}
LinkCounterparty through(const char* party, const char* counterparty) {
    return {acme, {party}, {counterparty}, day("2026-01-01")};
}

}  // namespace

TEST_CASE("a party is linked with counterparties, of which the first is taken by default") {
    auto story = given(acquainted());
    story.when(through("NOBODY", "NOBODY")).refused(party_unknown);
    story.when(through("SALIX", "NOBODY")).refused(counterparty_unknown);
    story.when(through("SALIX", "S-GMBH")).then(linked("S-GMBH", true));
    story.happened(linked("S-GMBH", true));
    story.when(through("SALIX", "S-GMBH")).refused(link_stands);
    story.when(through("SALIX", "F-GMBH")).then(linked("F-GMBH", false));
    LinkCounterparty instead = through("SALIX", "F-GMBH");
    instead.preferred = true;
    story.when(instead).then(linked("F-GMBH", true));
    story.when(through("FERN", "S-GMBH")).accepted();
}

TEST_CASE("another counterparty is preferred, and one is given up") {
    auto story = given(acquainted(), linked("S-GMBH", true));
    const auto prefer = [](const char* party, const char* counterparty) {
        return PreferCounterparty{acme, {party}, {counterparty}};
    };
    UnlinkCounterparty unlink{acme, {"NOBODY"}, {"F-GMBH"}, day("2025-12-31")};
    story.when(prefer("NOBODY", "F-GMBH")).refused(party_unknown);
    story.when(unlink).refused(party_unknown);
    unlink.party = {"SALIX"};
    story.when(prefer("SALIX", "F-GMBH")).refused(link_unknown);
    story.when(unlink).refused(link_unknown, "party SALIX, counterparty F-GMBH");
    story.when(prefer("SALIX", "S-GMBH")).refused(link_preferred);
    story.happened(linked("F-GMBH", false));
    story.when(prefer("SALIX", "F-GMBH")).then(CounterpartyPreferred{acme, {"SALIX"}, {"F-GMBH"}});
    story.happened(CounterpartyPreferred{acme, {"SALIX"}, {"F-GMBH"}});
    story.when(prefer("SALIX", "S-GMBH")).accepted();
    story.when(unlink).refused(end_before_beginning, "2026-01-01");
    unlink.until = {};
    const CounterpartyUnlinked unlinked{acme, {"SALIX"}, {"F-GMBH"}, day("2026-05-15")};
    story.when(unlink, today()).then(unlinked);
    story.happened(unlinked);
    story.when(prefer("SALIX", "F-GMBH")).refused(link_unknown);
    story.when(unlink).refused(link_unknown);
    story.when(through("SALIX", "F-GMBH")).refused(link_stands);
}
