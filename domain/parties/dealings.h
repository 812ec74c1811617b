// What contracts, orders and payments ask of parties: may they be dealt with, through whom, how.
//
// A document names a party and a counterparty and keeps both names for good. Before it is accepted
// it asks here with the day that it is dated; afterwards it asks nothing.
#pragma once

#include "domain/parties/addresses.h"
#include "domain/parties/bank_accounts.h"
#include "domain/parties/counterparty_links.h"
#include "domain/parties/natural_persons.h"
#include "domain/parties/party_roles.h"

#include <optional>
#include <vector>

namespace kontor::parties {

inline constexpr Reason party_lacks_role{
    Refusal::conflict, "party_lacks_role",
    "The party does not have the role that this needs on that day; give it with StartPartyRole."};
inline constexpr Reason party_refused{Refusal::conflict, "party_refused",
                                      "The company refuses to deal with the party."};
inline constexpr Reason party_former{Refusal::conflict, "party_former",
                                     "The party is a former one."};
inline constexpr Reason counterparty_refused{Refusal::conflict, "counterparty_refused",
                                             "The company refuses to deal with the counterparty."};
inline constexpr Reason counterparty_former{Refusal::conflict, "counterparty_former",
                                            "The counterparty is a former one."};
inline constexpr Reason counterparty_not_linked{
    Refusal::conflict, "counterparty_not_linked",
    "The party is not served through this counterparty on that day; link them first."};

inline constexpr Reason bank_account_unconfirmed{
    Refusal::conflict, "bank_account_unconfirmed",
    "Nobody but who has entered the bank account has looked at it: ConfirmBankAccount comes "
    "first."};

// Why a new document of the day cannot name the party; empty when it can: party_unknown,
// party_merged, party_refused, party_former, party_lacks_role, in this order. A person who was
// erased is a former one.
Objection fault_of_dealing(const World&, const CompanyCode&, const PartyCode&, PartyRole, Date);
inline Objection fault_of_selling_to(const World& world, const CompanyCode& company,
                                     const PartyCode& party, Date day) {
    return fault_of_dealing(world, company, party, PartyRole::customer, day);
}
inline Objection fault_of_buying_from(const World& world, const CompanyCode& company,
                                      const PartyCode& party, Date day) {
    return fault_of_dealing(world, company, party, PartyRole::supplier, day);
}

// Why a new document of the day with the party cannot name the counterparty; empty when it can:
// counterparty_unknown, counterparty_merged, counterparty_refused, counterparty_former,
// counterparty_not_linked, in this order.
Objection fault_of_serving(const World&, const CompanyCode&, const PartyCode&,
                           const CounterpartyCode&, Date);

// The counterparty that a document of the day takes where it names none: the preferred one, else
// the first by code. A party has also those of the parties that it stands for.
std::optional<CounterpartyCode> default_counterparty(const World&, const CompanyCode&,
                                                     const PartyCode&, Date);

// The party and all that it stands for, at any remove: whoever looks for what is kept of a party
// looks under each of them.
std::vector<PartyCode> with_absorbed(const World&, const CompanyCode&, const PartyCode&);
// Who stands for a party or a counterparty now: itself, or the last that it was merged into.
PartyCode resolved(const World&, const CompanyCode&, const PartyCode&);
CounterpartyCode resolved(const World&, const CompanyCode&, const CounterpartyCode&);

// The account of a counterparty that is paid to in a currency on a day: the preferred one, else the
// first by code that takes only this currency, else the first that takes any. None that awaits a
// second person. Empty when there is none.
std::optional<BankAccountCode> bank_account_to_pay(const World&, const CompanyCode&,
                                                   const CounterpartyCode&, Currency, Date);

// Why a payment of the day cannot name the account; empty when it can: bank_account_unknown,
// bank_account_closed, bank_account_currency_differs, bank_account_unconfirmed, in this order.
Objection fault_of_paying_to(const World&, const CompanyCode&, const CounterpartyCode&,
                             const BankAccountCode&, Currency, Date);

// The address of a counterparty for a purpose on a day: the preferred one, else the first by code;
// for deliveries and invoices without an address of their own the registered one.
std::optional<AddressCode> address_for(const World&, const CompanyCode&, const CounterpartyCode&,
                                       AddressPurpose, Date);

// In which language documents for the party are written; English for a party that is unknown.
LanguageCode language_of(const World&, const CompanyCode&, const PartyCode&);

}  // namespace kontor::parties
