// How a company's rules of bookkeeping are set and found.
#include "domain/ledger/policy.h"

#include "domain/core/catalog.h"

namespace kontor::ledger {

const LedgerPolicy& policy_of(const World& world, const CompanyCode& company) {
    static const LedgerPolicy of_the_beginning;
    const LedgerPolicy* policy = world.of<LedgerPolicies>().find(company);
    return policy ? *policy : of_the_beginning;
}

Decision<LedgerPolicySet> decide(const World& world, const SetLedgerPolicy& set, const Context&) {
    const auto* company = world.of<companies::Companies>().find(set.company);
    if (!company) return companies::company_unknown.about(set.company);
    if (set.four_eyes_above && set.without_approval) return policy_contradicts;
    if (set.four_eyes_above && set.four_eyes_above->currency != company->base_currency)
        return policy_currency_differs.about(company->base_currency);
    for (const auto* account :
         {&set.retained_earnings, &set.exchange_gains, &set.exchange_losses, &set.rounding_account,
          &set.opening_account, &set.translation_reserve})
        if (*account)
            if (const Objection fault = fault_of_named(world, set.company, **account)) return fault;
    for (const auto* account : {&set.retained_earnings, &set.translation_reserve})
        if (*account &&
            world.of<Accounts>().find({set.company, **account})->kind != AccountKind::equity)
            return account_not_equity.about(**account);
    if (set.rounding_account) {
        const Account* account = world.of<Accounts>().find({set.company, *set.rounding_account});
        if (account->currency && *account->currency != company->base_currency)
            return account_currency_differs.about(*set.rounding_account, *account->currency);
        if (!account->required_dimensions.empty())
            return rounding_account_needs_dimensions.about(*set.rounding_account);
    }
    const LedgerPolicy& was = policy_of(world, set.company);
    LedgerPolicy is = was;
    const auto change = [](auto& option, const auto& wanted) {
        if (wanted) option = *wanted;
    };
    change(is.late_entries, set.late_entries);
    change(is.reversals, set.reversals);
    change(is.rate_type, set.rate_type);
    change(is.rates_through, set.rates_through);
    change(is.rate_days, set.rate_days);
    change(is.retained_earnings, set.retained_earnings);
    change(is.exchange_gains, set.exchange_gains);
    change(is.exchange_losses, set.exchange_losses);
    change(is.pairs_lines, set.pairs_lines);
    change(is.rounding_account, set.rounding_account);
    change(is.rounding_tolerance, set.rounding_tolerance);
    change(is.four_eyes_above, set.four_eyes_above);
    change(is.opening_account, set.opening_account);
    change(is.translation_reserve, set.translation_reserve);
    if (set.without_approval) is.four_eyes_above.reset();
    if (is.rounding_tolerance > 0 && !is.rounding_account) return rounding_account_missing;
    if (is == was) return policy_unchanged;
    return LedgerPolicySet{set.company, is};
}

void evolve(LedgerPolicies& policies, const LedgerPolicySet& set) {
    policies.put(set.company, set.policy);
}

Part policy() {
    return Part()
        .table<LedgerPolicies>("ledger.policies")
        .commands<SetLedgerPolicy>()
        .event<LedgerPolicySet, LedgerPolicies>();
}

}  // namespace kontor::ledger
