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
    if (policy == was) return policy_unchanged;
    return LedgerPolicySet{set.company, policy.late_entries, policy.reversals};
}

void evolve(LedgerPolicies& policies, const LedgerPolicySet& set) {
    policies.put(set.company, {set.late_entries, set.reversals});
}

Part policy() {
    return Part()
        .table<LedgerPolicies>("ledger.policies")
        .commands<SetLedgerPolicy>()
        .event<LedgerPolicySet, LedgerPolicies>();
}

}  // namespace kontor::ledger
