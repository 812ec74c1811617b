// How the policy of stock is set and found.
#include "domain/inventory/stock_policy.h"

#include "domain/core/catalog.h"

namespace kontor::inventory {

namespace {

StockPolicy policy_at(const StockPolicies& policies, const StockPolicyKey& key) {
    const StockPolicy* policy = policies.find(key);
    return policy ? *policy : StockPolicy{};
}

}  // namespace

NegativeStock negative_stock_of(const World& world, const CompanyCode& company,
                                const WarehouseCode& warehouse) {
    const auto& policies = world.of<StockPolicies>();
    const auto own = policy_at(policies, {company, warehouse}).negative;
    if (own) return *own;
    return policy_at(policies, {company, {}}).negative.value_or(NegativeStock::forbidden);
}

LatePosting late_posting_of(const World& world, const CompanyCode& company) {
    return policy_at(world.of<StockPolicies>(), {company, {}}).late.value_or(LatePosting::restated);
}

Decision<NegativeStockSet> decide(const World& world, const SetNegativeStock& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (set.warehouse && !world.of<Warehouses>().find({set.company, *set.warehouse}))
        return warehouse_unknown.about(*set.warehouse);
    const auto was = policy_at(world.of<StockPolicies>(), {set.company, set.warehouse}).negative;
    if (was == set.negative) return stock_policy_unchanged.about(set.negative);
    return NegativeStockSet{set.company, set.warehouse, set.negative};
}

Decision<LatePostingSet> decide(const World& world, const SetLatePosting& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (late_posting_of(world, set.company) == set.late)
        return stock_policy_unchanged.about(set.late);
    return LatePostingSet{set.company, set.late};
}

void evolve(StockPolicies& policies, const NegativeStockSet& set) {
    const StockPolicyKey key{set.company, set.warehouse};
    StockPolicy policy = policy_at(policies, key);
    policy.negative = set.negative;
    policies.put(key, policy);
}

void evolve(StockPolicies& policies, const LatePostingSet& set) {
    const StockPolicyKey key{set.company, {}};
    StockPolicy policy = policy_at(policies, key);
    policy.late = set.late;
    policies.put(key, policy);
}

Part stock_policy() {
    return Part()
        .table<StockPolicies>("inventory.stock_policies")
        .commands<SetNegativeStock, SetLatePosting>()
        .event<NegativeStockSet, StockPolicies>()
        .event<LatePostingSet, StockPolicies>();
}

}  // namespace kontor::inventory
