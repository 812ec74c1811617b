// The aggregates of the parties context.
#include "domain/parties/parties.h"

#include "domain/parties/addresses.h"
#include "domain/parties/bank_accounts.h"
#include "domain/parties/contact_points.h"
#include "domain/parties/counterparties.h"
#include "domain/parties/counterparty_links.h"
#include "domain/parties/counterparty_standings.h"
#include "domain/parties/merges.h"
#include "domain/parties/organisations.h"
#include "domain/parties/party_roles.h"
#include "domain/parties/relations.h"

namespace kontor::parties {

BusinessContext parties() {
    BusinessContext context{
        "parties", "Customers, suppliers and carriers, and the legal entities behind them.", {}};
    context.parts.push_back(organisations());
    context.parts.push_back(party_roles());
    context.parts.push_back(contact_points());
    context.parts.push_back(relations());
    context.parts.push_back(counterparties());
    context.parts.push_back(addresses());
    context.parts.push_back(bank_accounts());
    context.parts.push_back(counterparty_links());
    context.parts.push_back(merges());
    context.parts.push_back(counterparty_standings());
    context.parts.push_back(party_standings());
    return context;
}

}  // namespace kontor::parties
