// A company that sells to Salix and buys from Fern, for tests of what is agreed with them.
#pragma once

#include "domain/contracts/contract_uses.h"
#include "domain/contracts/credit_limits.h"
#include "domain/parties/merges.h"
#include "tests/domain/parties/known.h"

namespace kontor::contracts::agreed {

using parties::known::acme;
using parties::known::day;
using parties::known::today;

inline const Currency euro = test::currency("EUR");
inline Money eur(std::string_view amount) { return test::money(amount, "EUR"); }
inline Money usd(std::string_view amount) { return test::money(amount, "USD"); }
inline const parties::PartyCode salix{"SALIX"}, fern{"FERN"};
inline const parties::CounterpartyCode s_gmbh{"S-GMBH"}, f_gmbh{"F-GMBH"};
inline const PaymentTermsCode net30{"NET-30"};

inline PaymentTermsDefined terms_defined(const PaymentTermsCode& terms = net30) {
    return {acme, terms, "30 days", {{{{}, {0, 30, DueDay::counted, {}, 0}, {}}}, {}, {}}};
}

// Salix is a customer through S-GMBH, Fern a supplier through F-GMBH, both since January 2026.
inline test::Past dealing() {
    test::Past past = parties::known::acquainted();
    const auto add = [&](auto event) { past.push_back(Message::of(std::move(event))); };
    const Date since = day("2026-01-01");
    add(parties::PartyRoleStarted{acme, salix, parties::PartyRole::customer, since});
    add(parties::PartyRoleStarted{acme, fern, parties::PartyRole::supplier, since});
    add(parties::CounterpartyLinked{acme, salix, s_gmbh, since, true});
    add(parties::CounterpartyLinked{acme, fern, f_gmbh, since, true});
    add(terms_defined());
    return past;
}

// A contract of sale with Salix in euros, from January to December 2026.
inline ContractMade made(const char* contract, ContractTerms terms = {}) {
    ContractMade event;
    event.company = acme;
    event.contract = {contract};
    event.party = salix;
    event.counterparty = s_gmbh;
    event.currency = euro;
    event.since = day("2026-01-01");
    event.until = day("2026-12-31");
    event.terms = std::move(terms);
    return event;
}

inline ContractTerms with_limit(std::optional<Money> limit,
                                std::optional<Money> ceiling = std::nullopt) {
    ContractTerms terms;
    terms.credit_limit = limit;
    terms.ceiling = ceiling;
    return terms;
}

// What a sale to Salix in euros says of itself.
inline ContractWanted sale_on(std::optional<Date> day) {
    return {ContractKind::sale, salix, s_gmbh, euro, day};
}

}  // namespace kontor::contracts::agreed
