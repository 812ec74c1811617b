// Who confirms a bank account, and when it must be.
#include "domain/parties/account_confirmations.h"

#include "domain/companies/companies.h"
#include "domain/core/catalog.h"

namespace kontor::parties {

bool wants_confirmation(const World& world, const CompanyCode& company) {
    const PartiesPolicy* policy = world.of<PartiesPolicies>().find({company});
    return policy && policy->confirm_bank_accounts;
}

bool is_unconfirmed(const World& world, const CompanyCode& company, const BankAccount& account) {
    return account.awaits_confirmation && wants_confirmation(world, company);
}

Decision<PartiesPolicySet> decide(const World& world, const SetPartiesPolicy& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (wants_confirmation(world, set.company) == set.confirm_bank_accounts)
        return parties_policy_unchanged;
    return PartiesPolicySet{set.company, set.confirm_bank_accounts};
}

Decision<BankAccountConfirmed> decide(const World& world, const ConfirmBankAccount& confirm,
                                      const Context& context) {
    if (const Objection fault = fault_of_counterparty(world, confirm.company, confirm.counterparty))
        return fault;
    const BankAccount* account = world.of<BankAccounts>().find(
        {confirm.company, confirm.counterparty, confirm.bank_account});
    if (!account) return bank_account_unknown.about(confirm.bank_account);
    if (account->term.until)
        return bank_account_closed.about(confirm.bank_account, *account->term.until);
    if (!account->awaits_confirmation) return bank_account_confirmed.about(confirm.bank_account);
    if (account->entered_by == context.actor)
        return bank_account_entered_by_confirmer.about(confirm.bank_account, context.actor);
    return BankAccountConfirmed{confirm.company, confirm.counterparty, confirm.bank_account,
                                confirm.how};
}

void evolve(PartiesPolicies& policies, const PartiesPolicySet& set) {
    policies.put({set.company}, {set.confirm_bank_accounts});
}

void evolve(BankAccounts& accounts, const BankAccountConfirmed& confirmed) {
    accounts.change({confirmed.company, confirmed.counterparty, confirmed.bank_account},
                    [](BankAccount& account) { account.awaits_confirmation = false; });
}

Part account_confirmations() {
    return Part()
        .table<PartiesPolicies>("parties.policies")
        .commands<SetPartiesPolicy, ConfirmBankAccount>()
        .event<PartiesPolicySet, PartiesPolicies>()
        .event<BankAccountConfirmed, BankAccounts>();
}

}  // namespace kontor::parties
