// How foreign amounts are added up, and what they come to at the rates of a day.
#include "projections/ledger/foreign_balances.h"

#include "projections/described_rows.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/rates.h"
#include "projections/ledger/summed_events.h"

#include <algorithm>
#include <array>

namespace kontor::ledger {

namespace {

// What stands behind the company in a key: account, currency, layer, dimensions.
struct Held {
    AccountCode account;
    Currency currency;
    Layer layer;
    std::map<DimensionCode, DimensionValueCode> dimensions;
};

Held held_from(std::string_view octets) {
    Held held;
    held.account = taken<AccountCode>(octets);
    held.currency = taken<Currency>(octets);
    held.layer = taken_layer(octets);
    held.dimensions = taken_dimensions(octets);
    return held;
}

std::string balance_text(const AccountCode& account, Currency currency) {
    return account.text + '/' + std::string(currency.text());
}

std::string keys_of(const CompanyCode& company, const std::optional<AccountCode>& account) {
    std::string begins_with = ordered_key(company);
    if (account) begins_with += ordered_key(*account);
    return begins_with;
}

}  // namespace

void ForeignBalancesModel::on(const EntryPosted& posted, const Recorded& recorded) {
    for (const PostedLine& line : posted.lines) {
        if (line.amount.currency == line.base.currency) continue;
        const std::int64_t sign = line.side == Side::debit ? 1 : -1;
        const std::array<std::int64_t, 2> amounts{sign * line.amount.minor, sign * line.base.minor};
        const std::string held = ordered_key(posted.company) + ordered_key(line.account) +
                                 ordered_key(line.amount.currency);
        const std::string dimensions = octets_of(line.dimensions);
        for (const Layer& layer : layers_of(posted))
            totals_.add(recorded.rows, held + octets_of(layer) + dimensions, posted.date,
                        recorded.event, amounts);
    }
}

ForeignBalancesModel::Sums ForeignBalancesModel::sums(
    const AsOf& as_of, const CompanyCode& company, const std::optional<AccountCode>& account,
    const std::map<DimensionCode, DimensionValueCode>& wanted, const Scope& scope) const {
    Sums sums;
    const std::string company_key = ordered_key(company);
    totals_.for_each_key(as_of.rows, keys_of(company, account), std::nullopt,
                         [&](std::string_view key) {
                             const Held held = held_from(key.substr(company_key.size()));
                             if (!scope.counts(held.layer) || !carries(held.dimensions, wanted))
                                 return true;
                             std::array<Wide, 2> at{};
                             if (!totals_.sum(as_of.rows, key, scope.corner_of(held.layer), at))
                                 return true;
                             Sum& sum = sums[{held.account, held.currency}];
                             sum.amount += at[0];
                             sum.booked += at[1];
                             return true;
                         });
    return sums;
}

void ForeignBalancesModel::answer(const ForeignBalances& query, const AsOf& as_of,
                                  Page<ForeignBalance>& page) const {
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return page.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return page.missing(*words);
    const auto& rates = as_of.models.of<RatesModel>();
    auto accounts = as_of.models.of<ChartModel>().finder(as_of.rows);
    Wide booked = 0, differences = 0;
    bool room = true;
    for (const auto& [of, sum] :
         sums(as_of, query.company, query.account, query.dimensions, scope)) {
        const auto& [account, currency] = of;
        if (sum.amount == 0 && sum.booked == 0) continue;
        const auto known = accounts.get({query.company, account}, as_of.corner);
        ForeignBalance row;
        row.balance = balance_text(account, currency);
        row.account = account;
        if (known) row.name = known->name;
        row.monetary = known && known->monetary;
        row.currency = currency;
        row.amount = money_of(sum.amount, currency);
        row.booked = money_of(sum.booked, *base);
        const auto rate = rates.rate_on(as_of, query.company, query.rate_type, currency, *base,
                                        scope.corner.valid_at);
        if (rate) row.rate = rounded(rate->rate);
        if (const auto at = rate_of(as_of, query, account, currency, *base, scope))
            row.worth = converted(row.amount, *at, *base);
        if (row.worth) row.difference = money_of(Wide{row.worth->minor} - sum.booked, *base);
        booked += sum.booked;
        if (row.difference) differences += row.difference->minor;
        std::string key = ordered_key(account) + ordered_key(currency);
        if (room && key > page.after()) room = page.add(std::move(key), std::move(row));
    }
    page.totals(ForeignBalanceTotals{money_of(booked, *base), money_of(differences, *base)});
}

void ForeignBalancesModel::explain(const ForeignBalances& query, const ExplainedRow& row,
                                   const AsOf& as_of, Explanation& why) const {
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return why.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return why.missing(*words);
    const bool all = row.row.empty();
    const bool amount = !all && row.field == "amount", worth = !all && row.field == "worth";
    const bool difference = row.field == "difference";
    if (!amount && !worth && !difference && row.field != "booked")
        return why.missing(
            "Figures of foreign balances are `amount`, `booked`, `worth` and `difference`, and of "
            "all of them together `booked` and `difference`.");
    const std::size_t slash = row.row.rfind('/');
    const auto currency =
        slash == row.row.npos ? std::nullopt : currency_from(row.row.substr(slash + 1));
    if (!all && !currency)
        return why.missing("A row is named by account and currency, as \"1100/USD\".");
    const std::optional<AccountCode> account =
        all ? query.account : std::optional(AccountCode{row.row.substr(0, slash)});
    const Held wanted{account.value_or(AccountCode{}), currency.value_or(*base), {}, {}};
    bool is_there = all, has_rate = all;
    Wide figure = 0;
    EventSums events;
    for (const auto& [of, sum] : sums(as_of, query.company, account, query.dimensions, scope)) {
        if (!all && of.second != wanted.currency) continue;
        is_there = true;
        const auto rate = worth || difference
                              ? rate_of(as_of, query, of.first, of.second, *base, scope)
                              : std::nullopt;
        if ((worth || difference) && !rate) continue;
        has_rate = true;
        // What a sum of the foreign currency comes to, rounded once.
        const auto at = [&](Wide foreign) {
            const auto money = converted(money_of(foreign, of.second), *rate, *base);
            return money ? Wide{money->minor} : 0;
        };
        const auto shown = [&](const Sum& each) {
            if (amount) return each.amount;
            if (worth) return at(each.amount);
            return difference ? at(each.amount) - each.booked : each.booked;
        };
        figure += shown(sum);
        Sum so_far;
        each_posting(as_of, query.company, of.first, of.second, query.dimensions, scope,
                     [&](const EventRef& event, const Sum& piece) {
                         const Wide before = shown(so_far);
                         so_far.amount += piece.amount;
                         so_far.booked += piece.booked;
                         events[event] += shown(so_far) - before;
                     });
    }
    if (!is_there) return why.missing("The account holds nothing in this currency.");
    if (!has_rate)
        return why.missing(
            "It is worth what it is booked at: it is not monetary, or no rate is "
            "known.");
    const Currency unit = amount ? wanted.currency : *base;
    why.figure(Figure::of(money_of(figure, unit)));
    explain_events(events, unit, why);
}

std::optional<ExactRate> ForeignBalancesModel::rate_of(const AsOf& as_of,
                                                       const ForeignBalances& query,
                                                       const AccountCode& account,
                                                       Currency currency, Currency base,
                                                       const Scope& scope) {
    const auto known =
        as_of.models.of<ChartModel>().find(as_of.rows, query.company, account, as_of.corner);
    // What is not monetary keeps the rate that it was booked at (IAS 21.23, IFRIC 22.8).
    if (!known || !known->monetary) return std::nullopt;
    const auto rate = as_of.models.of<RatesModel>().rate_on(as_of, query.company, query.rate_type,
                                                            currency, base, scope.corner.valid_at);
    return rate ? std::optional(rate->rate) : std::nullopt;
}

void ForeignBalancesModel::each_posting(
    const AsOf& as_of, const CompanyCode& company, const AccountCode& account, Currency currency,
    const std::map<DimensionCode, DimensionValueCode>& dimensions, const Scope& scope,
    const std::function<void(const EventRef&, const Sum&)>& call) const {
    const std::string company_key = ordered_key(company);
    totals_.for_each_key(
        as_of.rows, company_key + ordered_key(account) + ordered_key(currency), std::nullopt,
        [&](std::string_view key) {
            const Held held = held_from(key.substr(company_key.size()));
            if (!scope.counts(held.layer) || !carries(held.dimensions, dimensions)) return true;
            totals_.postings(
                as_of.rows, std::string(key), scope.corner_of(held.layer), {},
                [&](const Posting& posting) {
                    call(posting.place.event, {posting.amounts[0], posting.amounts[1]});
                    return true;
                });
            return true;
        });
}

ReadModelSpec foreign_balances() {
    return ReadModelSpec::of<ForeignBalancesModel>("foreign_balances", 2, "ledger")
        .folding<ForeignBalancesModel, EntryPosted>()
        .answering<ForeignBalancesModel, ForeignBalances, ForeignBalance>();
}

}  // namespace kontor::ledger
