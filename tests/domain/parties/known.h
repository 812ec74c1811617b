// A company with a few parties and counterparties, for tests of what becomes of them.
#pragma once

#include "domain/parties/counterparties.h"
#include "domain/parties/counterparty_links.h"
#include "domain/parties/organisations.h"
#include "tests/support/given.h"

namespace kontor::parties::known {

inline const CompanyCode acme{"ACME"};

inline companies::CompanyCreated acme_created() {
    return {acme, "Acme GmbH", test::currency("EUR"), "Europe/Berlin",
            1,    2026,        companies::Chart::none};
}

// Today is 15 May 2026.
inline Context today() {
    Context context;
    context.actor = "ann";
    context.today = test::day("2026-05-15");
    return context;
}

inline OrganisationRegistered registered(const char* party, const char* name = "Salix Gifts") {
    return {acme, {party}, name, {"DE"}, {"de"}};
}

inline CounterpartyRegistered entity(const char* counterparty, const char* country = "DE") {
    return {acme, {counterparty}, "Salix Geschenke GmbH", "GmbH", {country}, {}};
}

// Salix and Fern, organisations; S-GMBH and F-GMBH, counterparties.
inline test::Past acquainted() {
    return {Message::of(acme_created()), Message::of(registered("SALIX")),
            Message::of(registered("FERN", "Fern Cards")), Message::of(entity("S-GMBH")),
            Message::of(entity("F-GMBH"))};
}

inline Date day(const char* text) { return test::day(text); }

}  // namespace kontor::parties::known
