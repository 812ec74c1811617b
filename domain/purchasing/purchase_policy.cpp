// How a company's rules of purchasing are set and found.
#include "domain/purchasing/purchase_policy.h"

#include "domain/core/catalog.h"
#include "domain/inventory/stock_accounts.h"

namespace kontor::purchasing {

namespace {

Objection fault_of_tolerance(const std::optional<MatchTolerance>& tolerance, Currency base) {
    if (tolerance && tolerance->amount && tolerance->amount->currency != base)
        return tolerance_currency_differs.about(base);
    return {};
}

}  // namespace

const PurchasePolicy& purchase_policy_of(const World& world, const CompanyCode& company) {
    static const PurchasePolicy of_the_beginning;
    const PurchasePolicy* policy = world.of<PurchasePolicies>().find(company);
    return policy ? *policy : of_the_beginning;
}

Decision<PurchasePolicySet> decide(const World& world, const SetPurchasePolicy& set,
                                   const Context&) {
    const auto* company = world.of<companies::Companies>().find(set.company);
    if (!company) return companies::company_unknown.about(set.company);
    for (const auto* tolerance : {&set.dearer, &set.cheaper, &set.more})
        if (Objection fault = fault_of_tolerance(*tolerance, company->base_currency)) return fault;
    if (set.releases && !world.of<access::Roles>().find(*set.releases))
        return access::role_unknown.about(*set.releases);
    const PurchasePolicy& was = purchase_policy_of(world, set.company);
    PurchasePolicy is = was;
    const auto change = [](auto& option, const auto& wanted) {
        if (wanted) option = *wanted;
    };
    if (set.without_numbers) is.order_numbers.reset();
    if (set.order_numbers) is.order_numbers = set.order_numbers;
    change(is.dearer, set.dearer);
    change(is.cheaper, set.cheaper);
    change(is.more, set.more);
    change(is.over_receipt, set.over_receipt);
    change(is.under_receipt, set.under_receipt);
    if (set.releases) is.releases = set.releases;
    if (is == was) return purchase_policy_unchanged;
    return PurchasePolicySet{set.company, is};
}

Decision<PurchaseAccountsSet> decide(const World& world, const SetPurchaseAccounts& set,
                                     const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    const PurchaseAccounts& accounts = set.accounts;
    if (!world.of<ledger::Journals>().find({set.company, accounts.journal}))
        return ledger::journal_unknown.about(accounts.journal);
    for (const auto* account : {&accounts.received, &accounts.expense, &accounts.exchange_gains,
                                &accounts.exchange_losses})
        if (Objection fault = inventory::fault_of_account(world, set.company, *account))
            return fault;
    const PurchaseAccounts* was = world.of<PurchasePostings>().find(set.company);
    if (was && *was == accounts) return purchase_accounts_unchanged;
    return PurchaseAccountsSet{set.company, accounts};
}

void evolve(PurchasePolicies& policies, const PurchasePolicySet& set) {
    policies.put(set.company, set.policy);
}

void evolve(PurchasePostings& postings, const PurchaseAccountsSet& set) {
    postings.put(set.company, set.accounts);
}

Part purchase_policy() {
    return Part()
        .table<PurchasePolicies>("purchasing.policies")
        .table<PurchasePostings>("purchasing.postings")
        .commands<SetPurchasePolicy, SetPurchaseAccounts>()
        .event<PurchasePolicySet, PurchasePolicies>()
        .event<PurchaseAccountsSet, PurchasePostings>();
}

}  // namespace kontor::purchasing
