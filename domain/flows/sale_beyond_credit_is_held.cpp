// How far a customer is exposed, and what is held for it.
#include "domain/flows/sale_beyond_credit_is_held.h"

#include "domain/contracts/credit_limits.h"
#include "domain/ledger/policy.h"
#include "domain/ledger/rates.h"

#include <map>

namespace kontor::flow {

namespace {

// A limit that does not hold: what would be owed and what may be; without a sum where a rate is
// missing.
struct Beyond {
    Money limit;
    std::optional<Money> exposure;
};

// Exposures in the currency of a limit; empty where the day has no rate.
std::optional<Money> sum_in(const World& world, const CompanyCode& company,
                            const std::vector<Money>& amounts, Currency currency, Date day) {
    Wide sum = 0;
    const ledger::RateType type = ledger::policy_of(world, company).rate_type;
    for (const Money& amount : amounts) {
        if (amount.minor == 0) continue;
        ExactRate rate;
        if (amount.currency != currency) {
            const auto found =
                ledger::rate_on(world, company, type, amount.currency, currency, day);
            if (!found) return std::nullopt;
            rate = found->rate;
        }
        const auto worth =
            amount.currency == currency ? std::optional(amount) : converted(amount, rate, currency);
        if (!worth) return std::nullopt;
        sum += worth->minor;
    }
    return Money{static_cast<std::int64_t>(sum), currency};
}

std::optional<Beyond> beyond(const World& world, const sales::SalesOrder& order,
                             const CompanyCode& company, Date day) {
    const auto over =
        [&](const std::optional<Money>& limit,
            const std::optional<contracts::ContractCode>& contract) -> std::optional<Beyond> {
        if (!limit) return std::nullopt;
        const auto exposure =
            sum_in(world, company, credit_exposure_of(world, company, order.counterparty, contract),
                   limit->currency, day);
        if (exposure && exposure->minor <= limit->minor) return std::nullopt;
        return Beyond{*limit, exposure};
    };
    if (auto found = over(contracts::credit_limit_of(world, company, order.counterparty, day), {}))
        return found;
    return over(contracts::credit_limit_of(world, company, order.contract, day), order.contract);
}

Decision<sales::HoldSalesOrder> hold_beyond(const World& world, const CompanyCode& company,
                                            const sales::SalesOrderId& id, Date day) {
    const sales::SalesOrder& order = *world.of<sales::SalesOrders>().find({company, id});
    if (order.held || order.released) return {};
    const auto found = beyond(world, order, company, day);
    if (!found) return {};
    const std::string limit = to_text(found->limit);
    return sales::HoldSalesOrder{
        company, id,
        found->exposure ? "Credit: " + to_text(*found->exposure) + " against a limit of " + limit
                        : "Credit: a rate is missing to compare with a limit of " + limit};
}

}  // namespace

std::vector<Money> credit_exposure_of(const World& world, const CompanyCode& company,
                                      const parties::CounterpartyCode& counterparty,
                                      const std::optional<contracts::ContractCode>& contract) {
    const parties::CounterpartyCode stands = parties::resolved(world, company, counterparty);
    std::vector<parties::CounterpartyCode> all{stands};
    const auto* record = world.of<parties::Counterparties>().find({company, stands});
    if (record) all.insert(all.end(), record->absorbed.begin(), record->absorbed.end());
    std::map<Currency, std::int64_t> sums;
    for (const parties::CounterpartyCode& each : all) {
        for (const Money& amount : sales::uninvoiced_of(world, company, each, contract))
            sums[amount.currency] += amount.minor;
        for (const Money& amount :
             settlement::open_of(world, company, each, settlement::ItemSide::receivable, contract))
            sums[amount.currency] += amount.minor;
    }
    std::vector<Money> exposures;
    for (const auto& [currency, minor] : sums) exposures.push_back({minor, currency});
    return exposures;
}

Decision<sales::HoldSalesOrder> ordered_sale_is_held_beyond_credit(
    const sales::SalesOrderPlaced& placed, const World& world) {
    return hold_beyond(world, placed.company, placed.order, placed.date);
}

Decision<sales::HoldSalesOrder> amended_sale_is_held_beyond_credit(
    const sales::SalesOrderAmended& amended, const World& world) {
    if (amended.uninvoiced.amount.minor <= 0) return {};
    return hold_beyond(world, amended.company, amended.order, amended.date);
}

Decision<> delivered_sale_is_within_credit(const sales::SaleDelivered& delivered,
                                           const World& world) {
    const sales::SalesOrder& order =
        *world.of<sales::SalesOrders>().find({delivered.company, delivered.order});
    if (order.released) return {};
    if (const auto found = beyond(world, order, delivered.company, delivered.date))
        return found->exposure ? credit_limit_exceeded.about(*found->exposure, found->limit)
                               : credit_limit_exceeded.about(found->limit);
    return {};
}

}  // namespace kontor::flow
