// How each kind of account is translated, period by period and day by day.
#include "projections/ledger/translation.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/rates.h"

#include <algorithm>
#include <vector>

namespace kontor::ledger {

namespace {

using Balances = std::map<AccountCode, Wide>;

struct YearPeriod {
    Period days;
    bool ends_year = false;
};

class Translation {
public:
    Translation(const AsOf& as_of, const Untranslated& of)
        : as_of_(as_of),
          of_(of),
          chart_(as_of.models.of<ChartModel>().all(as_of, of.company)),
          last_(*of.scope.corner.valid_at) {}

    Balances movements() const {
        Balances translated;
        Balances before_it = cumulated(before(of_.scope, *of_.from), false);
        for (const YearPeriod& period : periods()) {
            if (period.days.last < *of_.from) continue;
            const Balances now = cumulated(period_end(period), false);
            add_movements(translated, before_it, now, period.days);
            before_it = now;
        }
        return translated;
    }

    Balances position() const {
        Balances translated;
        add_results(translated);
        const ExactRate closing = rate(RateType::closing, last_);
        for (const auto& [account, balance] : cumulated(of_.scope, false)) {
            const AccountKind kind = chart_.at(account).kind;
            if (kind == AccountKind::asset || kind == AccountKind::liability)
                translated[account] += at(closing, balance);
            else if (kind == AccountKind::equity)
                translated[account] += historical(account);
        }
        return translated;
    }

    // The first rate that nobody knows, in words; then the figures mean nothing.
    const std::optional<std::string>& missing() const { return missing_; }

private:
    ExactRate rate(RateType type, Date day) const {
        const auto found = as_of_.models.of<RatesModel>().rate_on(as_of_, of_.company, type,
                                                                  of_.base_currency, of_.into, day);
        if (found) return found->rate;
        if (!missing_)
            missing_ =
                "No " +
                std::string(type_of<RateType>().choices[static_cast<std::size_t>(type)].name) +
                " rate from " + std::string(of_.base_currency.text()) + " to " +
                std::string(of_.into.text()) + " is known on " + to_text(day) + ".";
        return {};
    }
    Wide at(const ExactRate& rate, Wide minor) const {
        const auto money = converted(money_of(minor, of_.base_currency), rate, of_.into);
        if (money) return money->minor;
        if (!missing_)
            missing_ = "A figure in " + std::string(of_.into.text()) +
                       " is larger than an amount may be, 10^15 of its smallest units.";
        return 0;
    }

    Scope period_end(const YearPeriod& period) const {
        if (period.days.last >= last_) return of_.scope;
        return before(of_.scope, period.days.last + 1);
    }
    // Debit positive, with the entries that close years or without.
    Balances cumulated(Scope scope, bool closing) const {
        scope.closing = closing;
        Balances balances;
        for (const auto& [account, turnover] :
             as_of_.models.of<LedgerTotals>().by_account(as_of_, of_.company, {}, scope))
            balances[account] = turnover.balance();
        return balances;
    }

    // The ordinary periods up to the last day, in the order of time.
    std::vector<YearPeriod> periods() const {
        const auto& books = as_of_.models.of<BooksModel>();
        std::vector<YearPeriod> periods;
        for (const auto& [first_day, year] : books.fiscal_years(as_of_, of_.company)) {
            if (first_day > last_) break;
            for (const FiscalPeriod& period : books.periods_of(as_of_, of_.company, year))
                if (!period.adjustment && period.first_day <= last_)
                    periods.push_back({{period.first_day, period.last_day}, false});
            periods.back().ends_year = true;
        }
        return periods;
    }

    static Wide in(const Balances& balances, const AccountCode& account) {
        const auto found = balances.find(account);
        return found == balances.end() ? 0 : found->second;
    }

    void add_movements(Balances& to, const Balances& before_it, const Balances& now,
                       const Period& period) const {
        std::optional<ExactRate> average;
        for (const auto& [account, balance] : now) {
            const Wide moved = balance - in(before_it, account);
            if (moved == 0) continue;
            if (!average) average = rate(RateType::average, std::min(period.last, last_));
            to[account] += at(*average, moved);
        }
    }

    bool is_result(const AccountCode& account) const {
        return is_income_or_expense(chart_.at(account).kind);
    }
    Balances only_results(Balances balances) const {
        std::erase_if(balances, [&](const auto& each) { return !is_result(each.first); });
        return balances;
    }

    // Income and expenses of all years and, where their closing counts, what it carried to equity.
    void add_results(Balances& translated) const {
        Balances before_it, year_began, closed_before;
        Balances of_year;
        for (const YearPeriod& period : periods()) {
            const Scope end = period_end(period);
            const Balances now = only_results(cumulated(end, false));
            add_movements(of_year, before_it, now, period.days);
            before_it = now;
            if (!period.ends_year) continue;
            if (of_.scope.closing)
                close_year(translated, end, year_began, now, of_year, closed_before);
            for (const auto& [account, balance] : of_year) translated[account] += balance;
            of_year.clear();
            year_began = now;
        }
    }
    // What the closing entries of a year took from its results, each by the rates that it has.
    void close_year(Balances& translated, const Scope& end, const Balances& year_began,
                    const Balances& now, const Balances& of_year, Balances& closed_before) const {
        Balances closed = cumulated(end, true);
        for (const auto& [account, balance] : cumulated(end, false)) closed[account] -= balance;
        Wide carried = 0;
        std::vector<std::pair<AccountCode, Wide>> into;
        for (const auto& [account, all] : closed) {
            const Wide moved = all - in(closed_before, account);
            if (moved == 0) continue;
            if (!is_result(account)) {
                into.emplace_back(account, moved);
                continue;
            }
            const Wide base = in(now, account) - in(year_began, account);
            const auto shown = of_year.find(account);
            if (base == 0 || shown == of_year.end()) continue;
            const Wide taken = divide(moved * shown->second, base, Rounding::half_up);
            translated[account] += taken;
            carried -= taken;
        }
        closed_before = std::move(closed);
        if (into.empty()) return;
        Wide weights = 0;
        for (const auto& [account, moved] : into) weights += moved;
        Wide left = carried;
        for (std::size_t at = 0; at < into.size(); ++at) {
            const bool is_last = at + 1 == into.size() || weights == 0;
            const Wide share =
                is_last ? left : divide(carried * into[at].second, weights, Rounding::half_up);
            translated[into[at].first] += share;
            left -= share;
            if (is_last) return;
        }
    }

    // What came into equity and left it, each at the rate of its day.
    Wide historical(const AccountCode& account) const {
        Scope scope = of_.scope;
        scope.closing = false;
        std::map<Date, Wide> days;
        as_of_.models.of<LedgerTotals>().each_posting(
            as_of_, of_.company, account, {}, scope,
            [&](Date day, Wide balance) { days[day] += balance; });
        Wide sum = 0;
        for (const auto& [day, balance] : days)
            if (balance != 0) sum += at(rate(RateType::spot, day), balance);
        return sum;
    }

    const AsOf& as_of_;
    const Untranslated& of_;
    const std::map<AccountCode, ChartAccount> chart_;
    const Date last_;
    mutable std::optional<std::string> missing_;
};

}  // namespace

std::optional<std::string> translate(const AsOf& as_of, const Untranslated& of,
                                     Translated& translated) {
    if (!of.scope.corner.valid_at)
        return "Figures in another currency are of a day: `valid_at`, or `fiscal_year` and "
               "`through_period`.";
    const Translation translation(as_of, of);
    translated.balances = of.from ? translation.movements() : translation.position();
    if (translation.missing()) return translation.missing();
    if (of.from) return std::nullopt;
    for (const auto& [account, balance] : translated.balances) translated.reserve += balance;
    return std::nullopt;
}

void RatesModel::answer(const TranslatedBalances& query, const AsOf& as_of,
                        Page<TranslatedBalance>& page) const {
    const auto& totals = as_of.models.of<LedgerTotals>();
    const auto base = totals.base_currency(as_of, query.company);
    if (!base) return page.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return page.missing(*words);
    Translated translated;
    const Untranslated of{query.company, scope, std::nullopt, *base, query.currency};
    if (const auto words = translate(as_of, of, translated)) return page.missing(*words);
    const auto books = totals.by_account(as_of, query.company, {}, scope);
    auto accounts = as_of.models.of<ChartModel>().finder(as_of.rows);
    Wide debits = 0;
    Wide credits = 0;
    bool room = true;
    for (const auto& [account, balance] : translated.balances) {
        debits += debit_of(balance);
        credits += credit_of(balance);
        std::string key = ordered_key(account);
        if (!room || key <= page.after()) continue;
        const auto known = accounts.get({query.company, account}, as_of.corner);
        const auto in_books = books.find(account);
        const Wide own = in_books == books.end() ? 0 : in_books->second.balance();
        room = page.add(std::move(key),
                        {account, known ? known->name : std::string(), money_of(own, *base),
                         money_of(debit_of(balance), query.currency),
                         money_of(credit_of(balance), query.currency)});
    }
    page.totals(TranslatedTotals{money_of(debits, query.currency),
                                 money_of(credits, query.currency),
                                 money_of(translated.reserve, query.currency)});
}

void RatesModel::explain(const TranslatedBalances& query, const ExplainedRow& row,
                         const AsOf& as_of, Explanation& why) const {
    const auto& totals = as_of.models.of<LedgerTotals>();
    const auto base = totals.base_currency(as_of, query.company);
    if (!base) return why.missing("No company has this code.");
    Scope scope;
    if (const auto words = find_scope(as_of, query, scope)) return why.missing(*words);
    if (row.field != "base")
        return why.missing(
            "Events add up to `base`; the others follow from it at the rates, which the query "
            "`rates` tells.");
    const AccountCode account{row.row};
    if (!as_of.models.of<ChartModel>().find(as_of.rows, query.company, account, as_of.corner))
        return why.missing("The trial balance has no such account.");
    const Wide balance = totals.of_account(as_of, query.company, account, {}, scope).balance();
    why.figure(Figure::of(money_of(balance, *base)));
    totals.explain_account(
        as_of, query.company, account, {}, scope, *base,
        [](const Posting& posting) { return Wide{posting.amounts[0]} - posting.amounts[1]; }, why);
}

}  // namespace kontor::ledger
