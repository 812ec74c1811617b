// How rates of exchange are set and found: the newest one, either way round, or over a third.
#include "domain/ledger/rates.h"

#include "domain/core/catalog.h"
#include "domain/ledger/policy.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

struct DatedLeg {
    Leg leg;
    Date date;
};

// An average or a company's own rate holds until the next one; a quotation grows stale.
bool is_fresh(RateType type, Date of, Date on, const RateRules& rules) {
    if (type == RateType::average || type == RateType::own) return true;
    return on - of <= rules.days;
}

}  // namespace

std::optional<FoundRate> rate_among(const NewestRate& newest, const RateRules& rules, RateType type,
                                    Currency from, Currency to, Date date) {
    if (from == to) return FoundRate{ExactRate{}, RateWay::same, date};
    const auto leg_between = [&](Currency a, Currency b) -> std::optional<DatedLeg> {
        const auto direct = newest(a, b);
        const auto inverse = newest(b, a);
        std::optional<DatedLeg> leg;
        if (direct) leg = {{direct->rate, false}, direct->date};
        if (inverse && (!leg || inverse->date > leg->date))
            leg = {{inverse->rate, true}, inverse->date};
        if (leg && !is_fresh(type, leg->date, date, rules)) return std::nullopt;
        return leg;
    };
    if (const auto leg = leg_between(from, to))
        return FoundRate{exact(leg->leg), leg->leg.inverse ? RateWay::inverse : RateWay::direct,
                         leg->date};
    if (rules.through == from || rules.through == to) return std::nullopt;
    const auto into = leg_between(from, rules.through);
    if (!into) return std::nullopt;
    const auto out_of = leg_between(rules.through, to);
    if (!out_of) return std::nullopt;
    return FoundRate{chained(into->leg, out_of->leg), RateWay::through,
                     std::min(into->date, out_of->date)};
}

std::optional<FoundRate> rate_on(const World& world, const CompanyCode& company, RateType type,
                                 Currency from, Currency to, Date date) {
    const NewestRate newest = [&](Currency a, Currency b) -> std::optional<DatedRate> {
        const auto* row = world.of<Rates>().last_until({company, type, a, b, date});
        if (!row || row->first != RateKey{company, type, a, b, row->first.date})
            return std::nullopt;
        return DatedRate{row->second.rate, row->first.date};
    };
    const auto* keeps_books = world.of<companies::Companies>().find(company);
    ensure(keeps_books != nullptr, "rates are asked for by a company that is there");
    const LedgerPolicy& policy = policy_of(world, company);
    const RateRules rules{policy.rates_through.value_or(keeps_books->base_currency),
                          policy.rate_days};
    return rate_among(newest, rules, type, from, to, date);
}

Decision<RateSet> decide(const World& world, const SetRate& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (set.from == set.to) return rate_of_one_currency.about(set.from);
    if (set.rate.units <= 0) return rate_not_positive;
    const RateOfDay* was =
        world.of<Rates>().find({set.company, set.type, set.from, set.to, set.date});
    if (was && was->rate == set.rate)
        return rate_unchanged.about(set.type, set.from, set.to, set.date);
    return RateSet{set.company, set.type, set.from, set.to, set.date, set.rate};
}

Decision<RateWithdrawn> decide(const World& world, const WithdrawRate& withdraw, const Context&) {
    if (!world.of<Rates>().find(
            {withdraw.company, withdraw.type, withdraw.from, withdraw.to, withdraw.date}))
        return rate_not_set.about(withdraw.type, withdraw.from, withdraw.to, withdraw.date);
    return RateWithdrawn{withdraw.company, withdraw.type, withdraw.from, withdraw.to,
                         withdraw.date};
}

void evolve(Rates& rates, const RateSet& set) {
    rates.put({set.company, set.type, set.from, set.to, set.date}, {set.rate});
}

void evolve(Rates& rates, const RateWithdrawn& withdrawn) {
    rates.erase({withdrawn.company, withdrawn.type, withdrawn.from, withdrawn.to, withdrawn.date});
}

Part rates() {
    return Part()
        .table<Rates>("ledger.rates")
        .commands<SetRate, WithdrawRate>()
        .event<RateSet, Rates>()
        .event<RateWithdrawn, Rates>();
}

}  // namespace kontor::ledger
