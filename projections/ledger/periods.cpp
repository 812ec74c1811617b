// How a year's periods are read: each is what the ledger is through it less what it is through the
// one before, so that adjustment periods, which share a day, fall apart as in any other question.
#include "projections/ledger/periods.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/ledger_totals.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

struct ThroughYear {
    Wide opening = 0;
    std::vector<Wide> periods;
    Turnover year;
    Wide closing() const { return opening + year.balance(); }
};

std::map<std::string, Money> by_number(const std::vector<Wide>& periods, Currency base) {
    std::map<std::string, Money> named;
    for (std::size_t at = 0; at < periods.size(); ++at)
        named[two_digits(static_cast<std::int64_t>(at) + 1)] = money_of(periods[at], base);
    return named;
}

// Which of the year's periods an entry is in, from 0. Entries of old programs do not say.
std::size_t period_of(const std::vector<FiscalPeriod>& periods, const EntryPosted& entry) {
    std::size_t at = 0;
    while (!periods[at].adjustment && periods[at].last_day < entry.date) ++at;
    return at + static_cast<std::size_t>(entry.adjustment);
}

}  // namespace

struct LedgerTotals::AskedPeriods {
    Currency base;
    Scope scope;                        // through the last period
    std::vector<FiscalPeriod> periods;  // up to that one
    std::map<AccountCode, ThroughYear> accounts;
};

std::optional<std::string> LedgerTotals::find(const TrialBalanceByPeriod& query, const AsOf& as_of,
                                              AskedPeriods& asked) const {
    const auto base = base_currency(as_of, query.company);
    if (!base) return "No company has this code.";
    asked.base = *base;
    asked.periods =
        as_of.models.of<BooksModel>().periods_of(as_of, query.company, query.fiscal_year);
    if (asked.periods.empty())
        return "The company has no fiscal year " + query.fiscal_year.text + ".";
    const std::optional<FiscalYearCode> year = query.fiscal_year;
    const auto scope_through = [&](std::optional<std::int64_t> period, Scope& scope) {
        return find_scope(as_of,
                          ScopeFields{query.company, query.book, year, period,
                                      query.closing_entries, query.dimensions},
                          scope);
    };
    const auto last = query.through_period.value_or(asked.periods.back().period);
    if (auto words = scope_through(last, asked.scope)) return words;
    asked.periods.resize(static_cast<std::size_t>(last));
    std::set<AccountCode> wanted;
    if (query.account) {
        wanted = as_of.models.of<ChartModel>().below(as_of, query.company, *query.account);
        if (wanted.empty()) return "The company has no account with this code.";
    }
    // The balances so far; what they are more after a period is the period's movement.
    std::map<AccountCode, Turnover> so_far;
    const auto count = [&](const Scope& scope, const auto& add) {
        for (const auto& [account, through] :
             by_account(as_of, query.company, query.dimensions, scope)) {
            if (query.account && !wanted.contains(account)) continue;
            ThroughYear& of = asked.accounts[account];
            of.periods.resize(asked.periods.size());
            Turnover moved = through;
            moved -= so_far[account];
            so_far[account] = through;
            add(of, moved);
        }
    };
    count(before(asked.scope, asked.periods.front().first_day),
          [](ThroughYear& of, const Turnover& moved) { of.opening = moved.balance(); });
    for (std::size_t at = 0; at < asked.periods.size(); ++at) {
        Scope through;
        if (auto words = scope_through(asked.periods[at].period, through)) return words;
        count(through, [&](ThroughYear& of, const Turnover& moved) {
            of.periods[at] = moved.balance();
            of.year += moved;
        });
    }
    return std::nullopt;
}

void LedgerTotals::answer(const TrialBalanceByPeriod& query, const AsOf& as_of,
                          Page<PeriodBalanceRow>& page) const {
    AskedPeriods asked;
    if (const auto words = find(query, as_of, asked)) return page.missing(*words);
    const auto money = [&](Wide minor) { return money_of(minor, asked.base); };
    auto chart = as_of.models.of<ChartModel>().finder(as_of.rows);
    ThroughYear all;
    all.periods.resize(asked.periods.size());
    bool room = true;
    for (const auto& [account, of] : asked.accounts) {
        all.opening += of.opening;
        all.year += of.year;
        for (std::size_t at = 0; at < of.periods.size(); ++at) all.periods[at] += of.periods[at];
        std::string key = ordered_key(account);
        if (!room || key <= page.after()) continue;
        const auto known = chart.get({query.company, account}, asked.scope.corner);
        room = page.add(std::move(key),
                        {account, known ? known->name : std::string(), money(of.opening),
                         by_number(of.periods, asked.base), money(of.year.debit),
                         money(of.year.credit), money(of.closing())});
    }
    PeriodBalanceTotals totals{money(all.opening),    by_number(all.periods, asked.base),
                               money(all.year.debit), money(all.year.credit),
                               money(all.closing()),  {}};
    for (const FiscalPeriod& period : asked.periods)
        totals.columns.push_back(
            {two_digits(period.period), period.first_day, period.last_day, period.adjustment});
    page.totals(std::move(totals));
}

void LedgerTotals::explain(const TrialBalanceByPeriod& query, const ExplainedRow& row,
                           const AsOf& as_of, Explanation& why) const {
    AskedPeriods asked;
    if (const auto words = find(query, as_of, asked)) return why.missing(*words);
    std::set<AccountCode> accounts;
    ThroughYear of;
    of.periods.resize(asked.periods.size());
    for (const auto& [account, each] : asked.accounts) {
        if (!row.row.empty() && account.text != row.row) continue;
        accounts.insert(account);
        of.opening += each.opening;
        of.year += each.year;
        for (std::size_t at = 0; at < of.periods.size(); ++at) of.periods[at] += each.periods[at];
    }
    if (accounts.empty() && !row.row.empty())
        return why.missing("The trial balance has no such account.");
    std::optional<std::size_t> period;
    for (std::size_t at = 0; at < asked.periods.size(); ++at)
        if (row.field == "periods[" + two_digits(asked.periods[at].period) + "]") period = at;
    Wide figure = 0;
    if (period)
        figure = of.periods[*period];
    else if (row.field == "opening")
        figure = of.opening;
    else if (row.field == "debit")
        figure = of.year.debit;
    else if (row.field == "credit")
        figure = of.year.credit;
    else if (row.field == "closing")
        figure = of.closing();
    else
        return why.missing(
            "Figures of it are `opening`, `periods[01]` and so on, `debit`, `credit` and "
            "`closing`.");
    why.figure(Figure::of(money_of(figure, asked.base)));
    const auto adds = [&](const EntryPosted& entry, const PostedLine& line) -> Wide {
        if (!accounts.contains(line.account) || !carries(line.dimensions, query.dimensions))
            return 0;
        const bool early = entry.date < asked.periods.front().first_day;
        const bool debit = line.side == Side::debit;
        const Wide net = debit ? line.base.minor : -Wide{line.base.minor};
        if (row.field == "closing") return net;
        if (row.field == "opening") return early ? net : 0;
        if (early) return 0;
        if (period) return period_of(asked.periods, entry) == *period ? net : 0;
        return debit == (row.field == "debit") ? Wide{line.base.minor} : 0;
    };
    explain_lines(as_of,
                  keys_of_all(as_of, query.company, accounts, query.dimensions, asked.scope).keys,
                  asked.scope, asked.base, adds, why);
}

}  // namespace kontor::ledger
