// How a company's sales documents are numbered.
#include "domain/sales/sales_policy.h"

#include "domain/core/catalog.h"

namespace kontor::sales {

SalesPolicy sales_policy_of(const World& world, const CompanyCode& company) {
    const SalesPolicy* policy = world.of<SalesPolicies>().find(company);
    return policy ? *policy : SalesPolicy{};
}

companies::DocumentNumber next_number(const World& world, const CompanyCode& company,
                                      const std::string& pattern, Date day) {
    std::string series = companies::series_on(pattern, day);
    const SalesSeriesCount* given = world.of<SalesSeries>().find({company, series});
    return {std::move(series), (given ? given->last : 0) + 1};
}

void count(SalesSeries& series, const CompanyCode& company,
           const companies::DocumentNumber& number) {
    series.put({company, number.series}, {number.count});
}

Decision<SalesPolicySet> decide(const World& world, const SetSalesPolicy& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    const SalesPolicy& policy = set.policy;
    if (policy.orders == policy.invoices || policy.orders == policy.credit_notes ||
        policy.invoices == policy.credit_notes)
        return document_series_shared;
    if (sales_policy_of(world, set.company) == policy) return sales_policy_unchanged;
    return SalesPolicySet{set.company, policy};
}

void evolve(SalesPolicies& policies, const SalesPolicySet& set) {
    policies.put(set.company, set.policy);
}

Part sales_policy() {
    return Part()
        .table<SalesPolicies>("sales.policies")
        .table<SalesSeries>("sales.series")
        .commands<SetSalesPolicy>()
        .event<SalesPolicySet, SalesPolicies>();
}

}  // namespace kontor::sales
