// How addresses and bank accounts of persons are added.
#include "domain/parties/personal_places.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/parties/account_confirmations.h"

namespace kontor::parties {

Decision<PersonalAddressAdded> decide(const World& world, const AddPersonalAddress& add,
                                      const Context& context) {
    if (const Objection fault =
            fault_of_natural_person(world, add.company, add.counterparty, add.person))
        return fault;
    if (!says_nothing(add.address.text)) return code_may_name;
    if (world.of<Addresses>().find({add.company, add.counterparty, add.address}))
        return address_exists.about(add.address);
    if (!is_country(add.country.text)) return country_unknown.about(add.country);
    const auto purposes = sorted_once(add.purposes);
    return PersonalAddressAdded{add.company,
                                add.counterparty,
                                add.address,
                                add.person,
                                purposes,
                                add.lines,
                                add.postal_code,
                                add.city,
                                add.region,
                                add.country,
                                add.since.value_or(context.today),
                                purposes_unserved(world, add.company, add.counterparty, purposes)};
}

Decision<PersonalAccountAdded> decide(const World& world, const AddPersonalAccount& add,
                                      const Context& context) {
    if (const Objection fault =
            fault_of_natural_person(world, add.company, add.counterparty, add.person))
        return fault;
    if (!says_nothing(add.bank_account.text)) return code_may_name;
    if (world.of<BankAccounts>().find({add.company, add.counterparty, add.bank_account}))
        return bank_account_exists.about(add.bank_account);
    if (add.iban.has_value() == add.account_number.has_value()) return account_number_unclear;
    if (!add.iban && !add.country) return account_number_unclear;
    PersonalAccountAdded added;
    added.company = add.company;
    added.counterparty = add.counterparty;
    added.bank_account = add.bank_account;
    added.person = add.person;
    added.entered_by = context.actor;
    added.awaits_confirmation = wants_confirmation(world, add.company);
    added.iban = add.iban.has_value();
    if (add.iban)
        added.number = *add.iban;
    else
        added.number = *add.account_number;
    added.bank =
        as_kept({add.currency, {}, add.bic, {}, add.bank_code, {}, add.country, add.bank_name});
    added.since = add.since.value_or(context.today);
    if (const Objection fault = fault_of_bank(added.bank, added.iban)) return fault;
    if (const auto listed = account_of_number(world, add.company, add.counterparty, added.number))
        return bank_account_listed.about(*listed);
    added.preferred_for =
        preferred_at_first(world, add.company, add.counterparty, added.bank.currency);
    return added;
}

void evolve(Addresses& addresses, const PersonalAddressAdded& added) {
    addresses.put(
        {added.company, added.counterparty, added.address},
        {added.purposes, added.preferred_for, {{added.since, added.country}}, {added.since, {}}});
}

void evolve(BankAccounts& accounts, const PersonalAccountAdded& added) {
    accounts.put({added.company, added.counterparty, added.bank_account},
                 {added.bank,
                  added.preferred_for,
                  {added.since, {}},
                  added.number,
                  added.entered_by,
                  added.awaits_confirmation});
}

Part personal_places() {
    return Part()
        .commands<AddPersonalAddress, AddPersonalAccount>()
        .event<PersonalAddressAdded, Addresses>()
        .event<PersonalAccountAdded, BankAccounts>();
}

}  // namespace kontor::parties
