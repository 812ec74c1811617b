// What foreign balances differ by at the rate of a day, and the entries that say so.
#include "domain/ledger/revaluation.h"

#include "domain/core/catalog.h"
#include "domain/ledger/posting.h"
#include "domain/ledger/rule_run.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

bool is_monetary(const Account& account) { return account.monetary; }

// Where the differences of an account go; null when a control account has nothing beside it.
const AccountCode* adjusted_on(const World& world, const CompanyCode& company,
                               const AccountCode& code) {
    const auto* beside = world.of<AdjustmentAccounts>().find({company, code});
    if (beside) return &beside->adjustment_account;
    return world.of<Accounts>().find({company, code})->control ? nullptr : &code;
}

// What a revaluation comes to, by what is an entry of its own.
using CellsByEntry = std::map<std::pair<Currency, BookCode>, Cells>;

// The dimensions that an account requires, out of those that a balance has; empty when it has not
// all of them.
std::optional<std::string> required_of(const Account& account, const std::string& dimensions) {
    if (account.required_dimensions.empty()) return std::string();
    const auto has = dimensions_from(dimensions);
    std::map<DimensionCode, DimensionValueCode> required;
    for (const DimensionCode& dimension : account.required_dimensions) {
        const auto value = has.find(dimension);
        if (value == has.end()) return std::nullopt;
        required.insert(*value);
    }
    return dimension_text(required);
}

struct Revaluing {
    const World& world;
    const RevalueForeignBalances& revalue;
    const Context& context;
    const LedgerPolicy& policy;
    Currency base;
    Date first_day;  // of the ordinary period
    Date day;
    CellsByEntry wanted = {};
    std::map<Currency, FoundRate> rates = {};

    // Adds what a balance should be worth beyond what it is booked at.
    Objection add(const BalanceOf& of, const BalanceSum& sum) {
        Wide worth = 0;
        if (sum.amount != 0) {
            if (sum.amount > most_money || sum.amount < -Wide{most_money})
                return entry_too_large.about(of.account, of.currency);
            const auto rate = rate_of(of.currency);
            if (!rate) return closing_rate_missing.about(revalue.rate_type, of.currency, day);
            const auto at_rate =
                converted(Money{static_cast<std::int64_t>(sum.amount), of.currency}, *rate, base);
            if (!at_rate) return entry_too_large.about(of.account, of.currency);
            worth = at_rate->minor;
        }
        const Wide difference = worth - sum.base;
        if (difference == 0) return {};
        const AccountCode* beside = adjusted_on(world, revalue.company, of.account);
        if (!beside) return adjustment_account_missing.about(of.account);
        if (*beside != of.account)
            if (const Objection fault =
                    fault_of_account(world, revalue.company, *beside, base, context))
                return fault;
        const AccountCode& result = result_of(of.account, difference);
        if (const Objection fault = fault_of_account(world, revalue.company, result, base, context))
            return fault;
        const Account& result_account = *world.of<Accounts>().find({revalue.company, result});
        const auto dimensions = required_of(result_account, of.dimensions);
        if (!dimensions) return dimension_missing.about(result);
        Cells& cells = wanted[{of.currency, of.book}];
        cells[{*beside, of.dimensions}] += difference;
        cells[{result, *dimensions}] -= difference;
        return {};
    }

private:
    const AccountCode& result_of(const AccountCode& account, Wide difference) const {
        const auto* own = world.of<AdjustmentAccounts>().find({revalue.company, account});
        if (difference > 0)
            return own && own->exchange_gains ? *own->exchange_gains : *policy.exchange_gains;
        return own && own->exchange_losses ? *own->exchange_losses : *policy.exchange_losses;
    }
    const ExactRate* rate_of(Currency currency) {
        auto found = rates.find(currency);
        if (found == rates.end()) {
            const auto rate =
                rate_on(world, revalue.company, revalue.rate_type, currency, base, day);
            if (!rate || (is_of_a_day(revalue.rate_type) && rate->date < first_day)) return nullptr;
            found = rates.emplace(currency, *rate).first;
        }
        return &found->second.rate;
    }
};

EntryOrigin origin_of(const RevalueForeignBalances& revalue, Currency currency,
                      std::int64_t period) {
    return {EntryRule::revaluation, std::string(currency.text()), revalue.fiscal_year, period};
}

// Takes away what earlier runs posted on the same day, and this one for periods before: of the
// period and, as adjustment periods share the year's last day, of those before it that do. It may
// be for currencies with no balance any more.
void less_posted(const World& world, const RevalueForeignBalances& revalue, const YearShape& shape,
                 std::int64_t last, const CellsByEntry& newly, CellsByEntry& wanted) {
    const Date day = shape.days_of(last).last;
    for (const CurrencyEntry& listed : currencies()) {
        const Currency currency = *currency_from(listed.code);
        for (std::int64_t period = last; period >= 1 && shape.days_of(period).last == day;
             --period) {
            const DerivedEntry* posted =
                derived_by(world, revalue.company, origin_of(revalue, currency, period));
            if (!posted) continue;
            for (const DerivedSum& sum : posted->sums)
                wanted[{currency, sum.book}][{sum.account, sum.dimensions}] -= sum.base;
        }
    }
    for (const auto& [of, cells] : newly)
        for (const auto& [cell, moved] : cells) wanted[of][cell] -= moved;
}

// The period and, behind it, adjustment periods of the same day that were revalued before it: what
// they posted holds what it is to post now.
std::vector<std::int64_t> periods_of(const World& world, const RevalueForeignBalances& revalue,
                                     const YearShape& shape) {
    std::vector<std::int64_t> periods{revalue.period};
    const Date day = shape.days_of(revalue.period).last;
    for (std::int64_t later = revalue.period + 1; later <= shape.periods(); ++later) {
        if (shape.days_of(later).last != day) break;
        const bool revalued = std::ranges::any_of(currencies(), [&](const CurrencyEntry& listed) {
            return derived_by(world, revalue.company,
                              origin_of(revalue, *currency_from(listed.code), later)) != nullptr;
        });
        if (revalued) periods.push_back(later);
    }
    return periods;
}

}  // namespace

Decision<AdjustmentAccountSet> decide(const World& world, const SetAdjustmentAccount& set,
                                      const Context&) {
    const Accounts& accounts = world.of<Accounts>();
    const Account* account = accounts.find({set.company, set.account});
    const Account* beside = accounts.find({set.company, set.adjustment_account});
    if (!account) return account_unknown.about(set.account);
    if (!beside) return account_unknown.about(set.adjustment_account);
    if (!account->monetary) return account_not_monetary.about(set.account);
    if (beside->summary) return account_is_summary.about(set.adjustment_account);
    if (account->control && set.account == set.adjustment_account)
        return adjusts_itself.about(set.account);
    if (beside->control) return account_is_control.about(set.adjustment_account);
    for (const auto* result : {&set.exchange_gains, &set.exchange_losses})
        if (*result)
            if (const Objection fault = fault_of_named(world, set.company, **result)) return fault;
    return AdjustmentAccountSet{set.company, set.account, set.adjustment_account,
                                set.exchange_gains, set.exchange_losses};
}

Decision<EntryPosted, ForeignBalancesRevalued> decide(const World& world,
                                                      const RevalueForeignBalances& revalue,
                                                      const Context& context) {
    const CompanyCode& company = revalue.company;
    const FiscalYear* year = fiscal_year_named(world, company, revalue.fiscal_year);
    if (!year) return fiscal_year_unknown.about(revalue.fiscal_year);
    if (revalue.period > year->shape.periods())
        return period_unknown.about(revalue.fiscal_year, revalue.period);
    if (world.of<Entries>().find({company, revalue.entry}))
        return entry_exists.about(revalue.entry);
    if (!world.of<Journals>().find({company, revalue.journal}))
        return journal_unknown.about(revalue.journal);
    const LedgerPolicy& policy = policy_of(world, company);
    if (!policy.exchange_gains || !policy.exchange_losses) return exchange_accounts_missing;
    const YearShape& shape = year->shape;
    const Date day = shape.days_of(revalue.period).last;
    if (!fiscal_day(world, company, day + 1)) return next_period_missing.about(day + 1);
    const auto periods = periods_of(world, revalue, shape);
    for (const std::int64_t period : periods)
        if (const Objection closed = closed_for(
                world, company, *fiscal_period(world, company, day, period), context.actor))
            return closed;
    Placed back;
    if (find_place(world, company, day + 1, std::nullopt, context, back))
        return next_period_closed.about(day + 1);

    const Currency base = world.of<companies::Companies>().find(company)->base_currency;
    Decision<EntryPosted, ForeignBalancesRevalued> posts;
    RuleRun run(world, company, revalue.entry, revalue.journal, revalue.text);
    CellsByEntry newly;
    for (const std::int64_t period : periods) {
        Revaluing revaluing{
            world, revalue, context, policy, base, shape.days_of(shape.period_on(day)).first, day};
        for (const auto& [of, sum] : balances_through(world, company, *year, period,
                                                      accounts_where(world, company, is_monetary)))
            if (of.currency != base)
                if (const Objection fault = revaluing.add(of, sum)) return fault;
        less_posted(world, revalue, shape, period, newly, revaluing.wanted);
        const FiscalPlace place = *fiscal_period(world, company, day, period);
        ForeignBalancesRevalued revalued{
            company, revalue.fiscal_year, period, revalue.rate_type, {}, {}};
        for (const auto& [currency, found] : revaluing.rates)
            if (const auto rate = rounded(found.rate)) revalued.rates.push_back({currency, *rate});
        for (const auto& [of, cells] : revaluing.wanted) {
            for (const auto& [cell, moved] : cells)
                if (moved != 0 && world.of<Accounts>().find({company, cell.account})->blocked)
                    return account_blocked.about(cell.account);
            std::vector<PostedLine> lines;
            if (const Objection fault = lines_of(cells, base, lines)) return fault;
            if (lines.empty()) continue;
            for (const auto& [cell, moved] : cells) newly[of][cell] += moved;
            const EntryPosted entry = run.entry(origin_of(revalue, of.first, period), place, day,
                                                of.second, std::move(lines));
            revalued.entries.push_back(entry.entry);
            posts.add(entry);
            posts.add(run.reversal(entry, back));
        }
        posts.add(std::move(revalued));
    }
    return posts;
}

void evolve(AdjustmentAccounts& accounts, const AdjustmentAccountSet& set) {
    accounts.put({set.company, set.account},
                 {set.adjustment_account, set.exchange_gains, set.exchange_losses});
}

Part revaluation() {
    return Part()
        .table<AdjustmentAccounts>("ledger.adjustment_accounts")
        .commands<SetAdjustmentAccount, RevalueForeignBalances>()
        .event<AdjustmentAccountSet, AdjustmentAccounts>()
        .event<ForeignBalancesRevalued>();
}

}  // namespace kontor::ledger
