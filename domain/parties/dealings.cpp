// How the questions of later contexts are answered from the tables.
#include "domain/parties/dealings.h"

#include "domain/parties/account_confirmations.h"

#include <algorithm>

namespace kontor::parties {

namespace {

// Who stands for the code now; merges never close a circle.
template <class T, class Code>
Code standing_for(const World& world, const CompanyCode& company, Code code) {
    while (const auto* row = world.of<T>().find({company, code})) {
        if (!row->merged_into) break;
        code = *row->merged_into;
    }
    return code;
}

// The links of a party that hold on the day, each with its key, until the callback says false.
void each_link(const World& world, const CompanyCode& company, const PartyCode& party, Date day,
               const auto& call) {
    for (const auto& [key, link] : world.of<CounterpartyLinks>().from({company, party, {}})) {
        if (key.company != company || key.party != party) return;
        if (any_covers(link.terms, day) && !call(key, link)) return;
    }
}

bool serves(const World& world, const CompanyCode& company, const PartyCode& party,
            const CounterpartyCode& counterparty, Date day) {
    bool found = false;
    for (const PartyCode& each : with_absorbed(world, company, party))
        each_link(world, company, each, day, [&](const CounterpartyLinkKey& key, const auto&) {
            found = found || resolved(world, company, key.counterparty) == counterparty;
            return !found;
        });
    return found;
}

}  // namespace

std::vector<PartyCode> with_absorbed(const World& world, const CompanyCode& company,
                                     const PartyCode& code) {
    std::vector<PartyCode> all{code};
    for (std::size_t n = 0; n < all.size(); ++n)
        if (const Party* party = world.of<Parties>().find({company, all[n]}))
            all.insert(all.end(), party->absorbed.begin(), party->absorbed.end());
    return all;
}

Objection fault_of_dealing(const World& world, const CompanyCode& company, const PartyCode& code,
                           PartyRole role, Date day) {
    if (Objection fault = fault_of_party(world, company, code)) return fault;
    const Party& party = *world.of<Parties>().find({company, code});
    const Standing standing = standing_on(party.standings, day);
    if (standing == Standing::refused) return party_refused.about(code);
    if (standing == Standing::former || party.erased) return party_former.about(code);
    // A role of a party that was merged into it counts: its customers are customers still.
    const auto all = with_absorbed(world, company, code);
    if (std::ranges::none_of(
            all, [&](const PartyCode& each) { return has_role(world, company, each, role, day); }))
        return party_lacks_role.about(code, role, day);
    return {};
}

Objection fault_of_serving(const World& world, const CompanyCode& company, const PartyCode& party,
                           const CounterpartyCode& code, Date day) {
    if (Objection fault = fault_of_counterparty(world, company, code)) return fault;
    const Counterparty& counterparty = *world.of<Counterparties>().find({company, code});
    const Standing standing = standing_on(counterparty.standings, day);
    if (standing == Standing::refused) return counterparty_refused.about(code);
    if (standing == Standing::former || is_erased(world, counterparty))
        return counterparty_former.about(code);
    if (!serves(world, company, party, code, day))
        return counterparty_not_linked.about(party, code, day);
    return {};
}

std::optional<CounterpartyCode> default_counterparty(const World& world, const CompanyCode& company,
                                                     const PartyCode& party, Date day) {
    std::optional<CounterpartyCode> chosen;
    for (const PartyCode& each : with_absorbed(world, company, party)) {
        each_link(world, company, each, day,
                  [&](const CounterpartyLinkKey& key, const CounterpartyLink& link) {
                      if (!chosen || link.preferred)
                          chosen = resolved(world, company, key.counterparty);
                      return !link.preferred;
                  });
        if (chosen) return chosen;
    }
    return chosen;
}

PartyCode resolved(const World& world, const CompanyCode& company, const PartyCode& party) {
    return standing_for<Parties>(world, company, party);
}

CounterpartyCode resolved(const World& world, const CompanyCode& company,
                          const CounterpartyCode& counterparty) {
    return standing_for<Counterparties>(world, company, counterparty);
}

std::optional<BankAccountCode> bank_account_to_pay(const World& world, const CompanyCode& company,
                                                   const CounterpartyCode& counterparty,
                                                   Currency currency, Date day) {
    const Counterparty* payee = world.of<Counterparties>().find({company, counterparty});
    if (payee && is_erased(world, *payee)) return std::nullopt;
    std::optional<BankAccountCode> preferred, only, any;
    for (const auto& [key, account] : world.of<BankAccounts>().from({company, counterparty, {}})) {
        if (key.company != company || key.counterparty != counterparty) break;
        if (!account.term.covers(day) || !takes(account, currency) ||
            is_unconfirmed(world, company, account))
            continue;
        const bool chosen =
            std::ranges::find(account.preferred_for, currency) != account.preferred_for.end();
        auto& place = chosen ? preferred : account.details.currency ? only : any;
        if (!place) place = key.bank_account;
    }
    return preferred ? preferred : only ? only : any;
}

Objection fault_of_paying_to(const World& world, const CompanyCode& company,
                             const CounterpartyCode& counterparty, const BankAccountCode& code,
                             Currency currency, Date day) {
    const BankAccount* account = world.of<BankAccounts>().find({company, counterparty, code});
    if (!account) return bank_account_unknown.about(code);
    if (!account->term.covers(day)) return bank_account_closed.about(code, day);
    if (!takes(*account, currency))
        return bank_account_currency_differs.about(code, *account->details.currency);
    if (is_unconfirmed(world, company, *account)) return bank_account_unconfirmed.about(code);
    return {};
}

std::optional<AddressCode> address_for(const World& world, const CompanyCode& company,
                                       const CounterpartyCode& counterparty, AddressPurpose purpose,
                                       Date day) {
    std::optional<AddressCode> preferred, first;
    for (const auto& [key, address] : world.of<Addresses>().from({company, counterparty, {}})) {
        if (key.company != company || key.counterparty != counterparty) break;
        if (!address.term.covers(day) || !is_for(address, purpose)) continue;
        if (!first) first = key.address;
        if (!preferred &&
            std::ranges::find(address.preferred_for, purpose) != address.preferred_for.end())
            preferred = key.address;
    }
    if (preferred || first) return preferred ? preferred : first;
    if (purpose == AddressPurpose::registered) return std::nullopt;
    return address_for(world, company, counterparty, AddressPurpose::registered, day);
}

LanguageCode language_of(const World& world, const CompanyCode& company, const PartyCode& party) {
    const Party* known = world.of<Parties>().find({company, resolved(world, company, party)});
    return known ? known->language : LanguageCode{"en"};
}

}  // namespace kontor::parties
