// How bank accounts are checked, preferred and closed.
#include "domain/parties/bank_accounts.h"

#include "domain/core/catalog.h"
#include "domain/parties/account_confirmations.h"
#include "domain/parties/bic.h"
#include "domain/parties/check_digits.h"
#include "domain/parties/iban.h"
#include "domain/parties/russian_numbers.h"

#include <algorithm>

namespace kontor::parties {

namespace {

Objection fault_of_russian(const AccountDetails& details) {
    for (const std::string* number : {&details.account_number, &details.correspondent_account}) {
        if (number->empty()) continue;
        const std::string fault = fault_of_russian_account(*number, details.bank_code);
        if (!fault.empty()) return account_number_malformed.about(fault);
    }
    return {};
}

Objection fault_of_details(const AccountDetails& details) {
    if (details.iban.empty() == details.account_number.empty()) return account_number_unclear;
    if (details.iban.empty() && !details.country) return account_number_unclear;
    if (!details.iban.empty())
        if (const std::string fault = fault_of_iban(details.iban); !fault.empty())
            return iban_malformed.about(fault);
    if (Objection fault = fault_of_bank(details, !details.iban.empty())) return fault;
    if (details.iban.empty() && details.country->text == "RU") return fault_of_russian(details);
    return {};
}

bool is_same(const AccountDetails& one, const AccountDetails& other) {
    return one.iban == other.iban && one.account_number == other.account_number &&
           one.bank_code == other.bank_code && one.currency == other.currency;
}

// The counterparty's accounts, each with its key.
void each_account(const auto& accounts, const CompanyCode& company, const CounterpartyCode& code,
                  const auto& call) {
    for (const auto& [key, account] : accounts.from({company, code, {}})) {
        if (key.company != company || key.counterparty != code) return;
        call(key, account);
    }
}

Objection fault_of_account(const World& world, const BankAccountKey& key) {
    if (const Objection fault = fault_of_counterparty(world, key.company, key.counterparty))
        return fault;
    const BankAccount* account = world.of<BankAccounts>().find(key);
    if (!account) return bank_account_unknown.about(key.bank_account);
    if (account->term.until)
        return bank_account_closed.about(key.bank_account, *account->term.until);
    return {};
}

bool is_preferred(const BankAccount& account, Currency currency) {
    return std::ranges::find(account.preferred_for, currency) != account.preferred_for.end();
}

}  // namespace

AccountDetails as_kept(AccountDetails details) {
    for (std::string* text : {&details.iban, &details.bic, &details.account_number,
                              &details.bank_code, &details.correspondent_account})
        *text = compacted(*text);
    return details;
}

Objection fault_of_bank(const AccountDetails& details, bool by_iban) {
    if (!details.bic.empty())
        if (const std::string fault = fault_of_bic(details.bic); !fault.empty())
            return bic_malformed.about(fault);
    if (details.country && !is_country(details.country->text))
        return country_unknown.about(*details.country);
    if (!by_iban && details.country->text == "RU")
        if (const std::string fault = fault_of_bik(details.bank_code); !fault.empty())
            return bank_code_malformed.about(fault);
    return {};
}

std::vector<Currency> preferred_at_first(const World& world, const CompanyCode& company,
                                         const CounterpartyCode& counterparty,
                                         const std::optional<Currency>& currency) {
    if (!currency) return {};
    bool preferred = false;
    each_account(world.of<BankAccounts>(), company, counterparty,
                 [&](const BankAccountKey&, const BankAccount& other) {
                     preferred = preferred || (!other.term.until && is_preferred(other, *currency));
                 });
    if (preferred) return {};
    return {*currency};
}

std::optional<BankAccountCode> account_of_number(const World& world, const CompanyCode& company,
                                                 const CounterpartyCode& counterparty,
                                                 const PersonalText& number) {
    std::optional<BankAccountCode> found;
    each_account(world.of<BankAccounts>(), company, counterparty,
                 [&](const BankAccountKey& key, const BankAccount& other) {
                     if (!other.term.until && other.number == number) found = key.bank_account;
                 });
    return found;
}

bool takes(const BankAccount& account, Currency currency) {
    return !account.details.currency || *account.details.currency == currency;
}

Decision<BankAccountAdded> decide(const World& world, const AddBankAccount& add,
                                  const Context& context) {
    if (const Objection fault = fault_of_legal_entity(world, add.company, add.counterparty))
        return fault;
    const BankAccounts& accounts = world.of<BankAccounts>();
    if (accounts.find({add.company, add.counterparty, add.bank_account}))
        return bank_account_exists.about(add.bank_account);
    BankAccountAdded added{add.company,
                           add.counterparty,
                           add.bank_account,
                           as_kept(add.details),
                           add.since.value_or(context.today),
                           {}};
    added.entered_by = context.actor;
    added.awaits_confirmation = wants_confirmation(world, add.company);
    if (const Objection fault = fault_of_details(added.details)) return fault;
    Objection listed;
    each_account(accounts, add.company, add.counterparty,
                 [&](const BankAccountKey& key, const BankAccount& other) {
                     if (!other.term.until && is_same(other.details, added.details))
                         listed = bank_account_listed.about(key.bank_account);
                 });
    if (listed) return listed;
    added.preferred_for =
        preferred_at_first(world, add.company, add.counterparty, added.details.currency);
    return added;
}

Decision<BankAccountPreferred> decide(const World& world, const PreferBankAccount& prefer,
                                      const Context&) {
    const BankAccountKey key{prefer.company, prefer.counterparty, prefer.bank_account};
    if (const Objection fault = fault_of_account(world, key)) return fault;
    const BankAccount& account = *world.of<BankAccounts>().find(key);
    if (!takes(account, prefer.currency))
        return bank_account_currency_differs.about(prefer.bank_account, *account.details.currency);
    return BankAccountPreferred{prefer.company, prefer.counterparty, prefer.bank_account,
                                prefer.currency};
}

Decision<BankAccountClosed> decide(const World& world, const CloseBankAccount& close,
                                   const Context& context) {
    const BankAccountKey key{close.company, close.counterparty, close.bank_account};
    if (const Objection fault = fault_of_account(world, key)) return fault;
    const Date until = close.until.value_or(context.today);
    const Date since = world.of<BankAccounts>().find(key)->term.since;
    if (until < since) return end_before_beginning.about(since);
    return BankAccountClosed{close.company, close.counterparty, close.bank_account, until};
}

void evolve(BankAccounts& accounts, const BankAccountAdded& added) {
    accounts.put({added.company, added.counterparty, added.bank_account},
                 {added.details,
                  added.preferred_for,
                  {added.since, {}},
                  std::nullopt,
                  added.entered_by,
                  added.awaits_confirmation});
}

void evolve(BankAccounts& accounts, const BankAccountPreferred& preferred) {
    std::vector<BankAccountKey> before;
    each_account(accounts, preferred.company, preferred.counterparty,
                 [&](const BankAccountKey& key, const BankAccount& account) {
                     if (is_preferred(account, preferred.currency)) before.push_back(key);
                 });
    for (const BankAccountKey& key : before)
        accounts.change(key, [&](BankAccount& account) {
            std::erase(account.preferred_for, preferred.currency);
        });
    accounts.change(
        {preferred.company, preferred.counterparty, preferred.bank_account},
        [&](BankAccount& account) { account.preferred_for.push_back(preferred.currency); });
}

void evolve(BankAccounts& accounts, const BankAccountClosed& closed) {
    accounts.change({closed.company, closed.counterparty, closed.bank_account},
                    [&](BankAccount& account) { account.term.until = closed.until; });
}

Part bank_accounts() {
    return Part()
        .table<BankAccounts>("parties.bank_accounts")
        .commands<AddBankAccount, PreferBankAccount, CloseBankAccount>()
        .event<BankAccountAdded, BankAccounts>()
        .event<BankAccountPreferred, BankAccounts>()
        .event<BankAccountClosed, BankAccounts>();
}

}  // namespace kontor::parties
