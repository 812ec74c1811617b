// How each kind of account is translated, period by period and day by day.
#include "projections/ledger/translation.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/journal.h"
#include "projections/ledger/rates.h"

#include <algorithm>
#include <set>
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
        std::vector<YearPeriod> year;
        for (const YearPeriod& period : periods()) {
            year.push_back(period);
            if (!period.ends_year) continue;
            for (const auto& [account, result] : results_of(year, of_.scope.corner.known()))
                translated[account] += result.shown;
            if (of_.scope.closing) carry(translated, year);
            year.clear();
        }
    }

    // What an account of the result came to in a year, in base currency and in the other.
    struct Result {
        Wide base = 0;
        Wide shown = 0;
    };
    using Results = std::map<AccountCode, Result>;
    // As it was known at an event, at the rates that are asked for.
    Results results_of(const std::vector<YearPeriod>& year, const EventRef& known_at) const {
        const auto known = [&](Scope scope) {
            scope.corner.known_at = known_at.position;
            scope.corner.known_n = known_at.n;
            return only_results(cumulated(scope, false));
        };
        Balances before_it = known(before(of_.scope, year.front().days.first));
        const Balances began = before_it;
        Balances shown;
        for (const YearPeriod& period : year) {
            const Balances now = known(period_end(period));
            add_movements(shown, before_it, now, period.days);
            before_it = now;
        }
        Results results;
        for (const auto& [account, balance] : before_it)
            results[account].base = balance - in(began, account);
        for (const auto& [account, amount] : shown) results[account].shown = amount;
        return results;
    }

    // What the closing entries of one commit moved, debit positive.
    struct Close {
        Balances results;
        Balances equity;
        bool taken_back = true;  // by all of them
        EventRef last;           // of its entries: what lies before it was known
    };
    // By the position of their commit, those of a year.
    std::map<std::uint64_t, Close> closes_of(const Period& year) const {
        std::set<AccountCode> accounts;
        for (const auto& [code, account] : chart_)
            if (!account.summary && is_result(code)) accounts.insert(code);
        Scope scope = of_.scope;
        scope.ordinary = false;
        std::map<std::uint64_t, Close> closes;
        RowsByEvent::Finder entries = as_of_.models.of<JournalModel>().entries(as_of_.rows);
        as_of_.models.of<LedgerTotals>().each_event_on(
            as_of_, of_.company, {{accounts, scope}}, {}, std::nullopt, [&](const EventRef& event) {
                const EntryPosted entry = JournalModel::entry_of(entries, event).posted;
                if (!year.contains(entry.date) || !scope.shows(entry, event)) return true;
                Close& close = closes[event.position];
                close.last = std::max(close.last, event);
                close.taken_back = close.taken_back && entry.reverses.has_value();
                for (const PostedLine& line : entry.lines)
                    (is_result(line.account) ? close.results : close.equity)[line.account] +=
                        debit_of(line);
                return true;
            });
        return closes;
    }
    static Wide debit_of(const PostedLine& line) {
        return line.side == Side::debit ? line.base.minor : -Wide{line.base.minor};
    }

    // What each close carried stays what it was by what was known then: a late fact that is not
    // carried yet moves no equity.
    void carry(Balances& translated, const std::vector<YearPeriod>& year) const {
        Results closed;  // so far, as the closing entries move it
        for (const auto& [position, close] :
             closes_of({year.front().days.first, year.back().days.last})) {
            const Results known = results_of(year, close.last);
            Wide carried = 0;
            std::set<AccountCode> accounts;
            for (const auto& [account, moved] : close.results) accounts.insert(account);
            for (const auto& [account, result] : known) accounts.insert(account);
            for (const AccountCode& account : accounts) {
                const auto found = known.find(account);
                const Wide shown =
                    carried_of(closed[account], found == known.end() ? Result{} : found->second,
                               in(close.results, account), close.taken_back);
                translated[account] += shown;
                carried -= shown;
            }
            share(translated, close.equity, carried);
        }
    }
    // What a close takes from an account in the other currency: all that is left there where it
    // leaves nothing in base currency, and else in proportion.
    static Wide carried_of(Result& closed, const Result& known, Wide moved, bool taken_back) {
        const Wide before = closed.shown;
        const Wide left = known.base + closed.base, left_shown = known.shown + closed.shown;
        if (taken_back)
            closed.shown = closed.base == 0 ? 0
                                            : divide(closed.shown * (closed.base + moved),
                                                     closed.base, Rounding::half_up);
        else if (left + moved == 0)
            closed.shown -= left_shown;
        else if (left != 0)
            closed.shown += divide(moved * left_shown, left, Rounding::half_up);
        closed.base += moved;
        return closed.shown - before;
    }
    static void share(Balances& translated, const Balances& into, Wide carried) {
        Wide weights = 0, left = carried;
        for (const auto& [account, moved] : into) weights += moved;
        std::size_t at = 0;
        for (const auto& [account, moved] : into) {
            const bool is_last = ++at == into.size() || weights == 0;
            const Wide part = is_last ? left : divide(carried * moved, weights, Rounding::half_up);
            translated[account] += part;
            left -= part;
            if (is_last) return;
        }
    }

    // What came into equity and left it, each at the rate of its day; what was taken back leaves at
    // the rate that it came at.
    Wide historical(const AccountCode& account) const {
        Scope scope = of_.scope;
        scope.closing = false;
        const auto& journal = as_of_.models.of<JournalModel>();
        RowsByEvent::Finder entries = journal.entries(as_of_.rows);
        std::map<Date, Wide> days;
        as_of_.models.of<LedgerTotals>().each_event_on(
            as_of_, of_.company, {{{account}, scope}}, {}, std::nullopt,
            [&](const EventRef& event) {
                const EntryPosted entry = JournalModel::entry_of(entries, event).posted;
                if (!scope.shows(entry, event)) return true;
                Date day = entry.date;
                if (entry.reverses)
                    if (const auto of = journal.event_of(as_of_.rows, of_.company, *entry.reverses))
                        day = journal.entry_of(as_of_.rows, *of).posted.date;
                for (const PostedLine& line : entry.lines)
                    if (line.account == account) days[day] += debit_of(line);
                return true;
            });
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
    totals.explain_sum_on(
        as_of, query.company, {account}, {}, scope, *base,
        [](const Posting& posting) { return Wide{posting.amounts[0]} - posting.amounts[1]; }, why);
}

}  // namespace kontor::ledger
