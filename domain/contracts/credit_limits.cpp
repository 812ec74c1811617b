// How limits of counterparties are set and found.
#include "domain/contracts/credit_limits.h"

#include "domain/core/catalog.h"
#include "domain/parties/dealings.h"

namespace kontor::contracts {

namespace {

std::optional<Money> limit_of(const World& world, const CompanyCode& company,
                              const parties::CounterpartyCode& counterparty, Date day) {
    const auto* row = world.of<CreditLimits>().last_until({company, counterparty, day});
    if (!row || row->first.company != company || row->first.counterparty != counterparty)
        return std::nullopt;
    return row->second.limit;
}

}  // namespace

std::optional<Money> credit_limit_of(const World& world, const CompanyCode& company,
                                     const parties::CounterpartyCode& counterparty, Date day) {
    return limit_of(world, company, parties::resolved(world, company, counterparty), day);
}

Decision<CreditLimitSet> decide(const World& world, const SetCreditLimit& set,
                                const Context& context) {
    if (Objection fault = parties::fault_of_counterparty(world, set.company, set.counterparty))
        return fault;
    if (set.limit && set.limit->minor < 0) return credit_limit_negative.about(*set.limit);
    const Date from = set.from.value_or(context.today);
    if (limit_of(world, set.company, set.counterparty, from) == set.limit)
        return credit_limit_unchanged.about(set.counterparty, from);
    return CreditLimitSet{set.company, set.counterparty, from, set.limit, set.because};
}

void evolve(CreditLimits& limits, const CreditLimitSet& set) {
    limits.put({set.company, set.counterparty, set.from}, {set.limit});
}

Part credit_limits() {
    return Part()
        .table<CreditLimits>("contracts.credit_limits")
        .commands<SetCreditLimit>()
        .event<CreditLimitSet, CreditLimits>();
}

}  // namespace kontor::contracts
