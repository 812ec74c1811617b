// The aggregates of the parties context.
#include "domain/parties/parties.h"

#include "domain/parties/account_confirmations.h"
#include "domain/parties/addresses.h"
#include "domain/parties/bank_accounts.h"
#include "domain/parties/contact_points.h"
#include "domain/parties/counterparties.h"
#include "domain/parties/counterparty_links.h"
#include "domain/parties/counterparty_standings.h"
#include "domain/parties/merges.h"
#include "domain/parties/natural_persons.h"
#include "domain/parties/organisations.h"
#include "domain/parties/party_roles.h"
#include "domain/parties/person_contacts.h"
#include "domain/parties/personal_places.h"
#include "domain/parties/persons.h"
#include "domain/parties/relations.h"

namespace kontor::parties {

BusinessContext parties() {
    BusinessContext context{
        "parties", "Customers, suppliers, carriers and persons, and who contracts and pays.", {}};
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
    context.parts.push_back(persons());
    context.parts.push_back(person_contacts());
    context.parts.push_back(natural_persons());
    context.parts.push_back(personal_places());
    context.parts.push_back(account_confirmations());
    return context;
}

}  // namespace kontor::parties
