// How rates are listed and found as they were known at any moment. The rules by which a company
// looks for them have one time only, when they became known.
#include "projections/ledger/rates.h"

#include "projections/any_day.h"

#include <limits>

namespace kontor::ledger {

void RatesModel::on(const companies::CompanyCreated& created, const Recorded& recorded) {
    rules_.put(recorded, {created.company}, first_date,
               {created.base_currency, std::nullopt, usual_rate_days});
}

void RatesModel::on(const LedgerPolicySet& set, const Recorded& recorded) {
    rules_.change_always(recorded, {set.company}, [&](Rules& rules) {
        rules.through = set.policy.rates_through;
        rules.days = set.policy.rate_days;
        rules.reserve = set.policy.translation_reserve;
    });
}

void RatesModel::on(const RateSet& set, const Recorded& recorded) {
    rates_.put(recorded, {set.company, set.type, set.from, set.to, -set.date.days}, set.date,
               {set.type, set.from, set.to, set.date, set.rate});
}

void RatesModel::on(const RateWithdrawn& gone, const Recorded& recorded) {
    rates_.erase(recorded, {gone.company, gone.type, gone.from, gone.to, -gone.date.days},
                 gone.date);
}

std::optional<RateRules> RatesModel::rules(const AsOf& as_of, const CompanyCode& company) const {
    const auto rules = rules_.get(as_of.rows, {company}, on_any_day(as_of).corner);
    if (!rules) return std::nullopt;
    return RateRules{rules->through.value_or(rules->base_currency), rules->days};
}

std::optional<AccountCode> RatesModel::translation_reserve(const AsOf& as_of,
                                                           const CompanyCode& company) const {
    const auto rules = rules_.get(as_of.rows, {company}, on_any_day(as_of).corner);
    return rules ? rules->reserve : std::nullopt;
}

std::optional<FoundRate> RatesModel::rate_on(const AsOf& as_of, const CompanyCode& company,
                                             RateType type, Currency from, Currency to,
                                             std::optional<Date> day) const {
    auto rules = this->rules(as_of, company);
    if (!rules) return std::nullopt;
    if (!day) rules->days = std::numeric_limits<std::int64_t>::max();
    const Date until = day.value_or(last_date);
    const Corner corner{until, as_of.corner.known_at};
    const NewestRate newest = [&](Currency a, Currency b) -> std::optional<DatedRate> {
        const std::string pair =
            ordered_key(company) + ordered_key(type) + ordered_key(a) + ordered_key(b);
        const auto row = rates_.first(
            as_of.rows, pair, ordered_key(Key{company, type, a, b, -until.days - 1}), corner);
        if (!row) return std::nullopt;
        return DatedRate{row->rate, row->date};
    };
    return rate_among(newest, *rules, type, from, to, until);
}

void RatesModel::answer(const RateList& query, const AsOf& as_of, Page<ListedRate>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.type) begins_with += ordered_key(*query.type);
    if (query.type && query.from) begins_with += ordered_key(*query.from);
    rates_.list(as_of, begins_with, page, [&](const ListedRate& rate) {
        return (!query.from || rate.from == *query.from) && (!query.to || rate.to == *query.to);
    });
}

void RatesModel::answer(const OneRate& query, const AsOf& as_of, Page<RateInUse>& page) const {
    const auto rules = this->rules(as_of, query.company);
    if (!rules) return page.missing("No company has the code " + query.company.text + ".");
    const auto found =
        rate_on(as_of, query.company, query.type, query.from, query.to, as_of.corner.valid_at);
    if (!found)
        return page.missing("No rate of this type is known between " +
                            std::string(query.from.text()) + " and " +
                            std::string(query.to.text()) +
                            ", or only one that is older than the company's policy lets it be.");
    if (!page.after().empty()) return;
    RateInUse row{query.type, query.from,  query.to,    rounded(found->rate),
                  found->way, found->date, std::nullopt};
    if (found->way == RateWay::same) row.date.reset();
    if (found->way == RateWay::through) row.through = rules->through;
    page.add("rate", row);
}

ReadModelSpec rates_of_exchange() {
    return ReadModelSpec::of<RatesModel>("rates", 2, "ledger")
        .folding<RatesModel, companies::CompanyCreated, LedgerPolicySet, RateSet, RateWithdrawn>()
        .answering<RatesModel, RateList, ListedRate>()
        .answering<RatesModel, OneRate, RateInUse>()
        .answering<RatesModel, TranslatedBalances, TranslatedBalance>();
}

}  // namespace kontor::ledger
