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
    if (!world.of<companies::Companies>().find(set.company)) return companies::company_unknown;
    const LedgerPolicy& was = policy_of(world, set.company);
    LedgerPolicy policy = was;
    if (set.late_entries) policy.late_entries = *set.late_entries;
    if (set.reversals) policy.reversals = *set.reversals;
    if (set.rate_type) policy.rate_type = *set.rate_type;
    if (set.rates_through) policy.rates_through = set.rates_through;
    if (set.rate_days) policy.rate_days = *set.rate_days;
    if (policy == was) return policy_unchanged;
    return LedgerPolicySet{set.company,      policy.late_entries,  policy.reversals,
                           policy.rate_type, policy.rates_through, policy.rate_days};
}

void evolve(LedgerPolicies& policies, const LedgerPolicySet& set) {
    policies.put(set.company, {set.late_entries, set.reversals, set.rate_type, set.rates_through,
                               set.rate_days});
}

Part policy() {
    return Part()
        .table<LedgerPolicies>("ledger.policies")
        .commands<SetLedgerPolicy>()
        .event<LedgerPolicySet, LedgerPolicies>();
}

}  // namespace kontor::ledger
