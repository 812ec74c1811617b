// How each kind of account is translated, period by period and day by day.
#include "projections/ledger/translation.h"

#include "projections/ledger/books.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/journal.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

Wide debit_of(const PostedLine& line) {
    return line.side == Side::debit ? line.base.minor : -Wide{line.base.minor};
}

Wide in(const Translation::Balances& balances, const AccountCode& account) {
    const auto found = balances.find(account);
    return found == balances.end() ? 0 : found->second;
}

bool is_among(const Translation::Accounts& accounts, const AccountCode& account) {
    return !accounts || accounts->contains(account);
}

}  // namespace

Translation::Translation(const AsOf& as_of, Untranslated of)
    : as_of_(as_of),
      of_(std::move(of)),
      chart_(as_of.models.of<ChartModel>().all(as_of, of_.company)),
      last_(*of_.scope.corner.valid_at),
      periods_(ordinary_periods()) {}

Translation::Balances Translation::movements() const {
    Balances translated;
    Balances before_it = cumulated(before(of_.scope, *of_.from), false);
    for (const YearPeriod& period : periods_) {
        if (period.days.last < *of_.from) continue;
        const Balances now = cumulated(period_end(period), false);
        add_movements(translated, before_it, now, period.days);
        before_it = now;
    }
    return translated;
}

Translation::Balances Translation::position() const {
    Balances translated;
    add_results(translated);
    for (const auto& [account, balance] : cumulated(of_.scope, false)) {
        const AccountKind kind = chart_.at(account).kind;
        if (kind == AccountKind::asset || kind == AccountKind::liability)
            translated[account] += at(RateType::closing, last_, balance);
        else if (kind == AccountKind::equity)
            each_historical(account, [&](const AccountCode&, const EventRef&, Wide shown) {
                translated[account] += shown;
            });
    }
    return translated;
}

void Translation::each_of_position(const Accounts& accounts, const EachShare& each) const {
    for (const auto& [code, account] : chart_) {
        if (account.summary || !is_among(accounts, code)) continue;
        if (is_result(code)) {
            if (!periods_.empty()) each_at_average(code, periods_.front().days.first, each);
        } else if (account.kind == AccountKind::equity) {
            each_historical(code, each);
        } else if (account.kind == AccountKind::asset || account.kind == AccountKind::liability) {
            each_at_closing(code, each);
        }
    }
    if (!of_.scope.closing) return;
    each_carried([&](const AccountCode& account, const Close& close, Wide shown) {
        if (is_among(accounts, account)) each(account, close.last, shown);
    });
}

void Translation::each_of_movements(const Accounts& accounts, const EachShare& each) const {
    for (const auto& [code, account] : chart_)
        if (!account.summary && is_among(accounts, code)) each_at_average(code, *of_.from, each);
}

void Translation::each_of_closes(Date first_day, const EachShare& each) const {
    if (!of_.scope.closing) return;
    each_carried([&](const AccountCode& account, const Close& close, Wide shown) {
        if (close.date >= first_day) each(account, close.last, shown);
    });
}

std::optional<ExactRate> Translation::known_rate(RateType type, Date day) const {
    const auto [place, is_new] = rates_.try_emplace({type, day});
    if (is_new)
        if (const auto found = as_of_.models.of<RatesModel>().rate_on(
                as_of_, of_.company, type, of_.base_currency, of_.into, day))
            place->second = found->rate;
    return place->second;
}

ExactRate Translation::rate(RateType type, Date day) const {
    if (const auto known = known_rate(type, day)) return *known;
    if (!missing_)
        missing_ = "No " +
                   std::string(type_of<RateType>().choices[static_cast<std::size_t>(type)].name) +
                   " rate from " + std::string(of_.base_currency.text()) + " to " +
                   std::string(of_.into.text()) + " is known on " + to_text(day) + ".";
    return {};
}

Wide Translation::at(const ExactRate& rate, Wide minor) const {
    const auto money = converted(money_of(minor, of_.base_currency), rate, of_.into);
    if (money) return money->minor;
    if (!missing_)
        missing_ = "A figure in " + std::string(of_.into.text()) +
                   " is larger than an amount may be, 10^15 of its smallest units.";
    return 0;
}

Wide Translation::at(RateType type, Date day, Wide minor) const {
    return minor == 0 ? 0 : at(rate(type, day), minor);
}

std::optional<Date> Translation::period_end_of(Date day) const {
    const auto found = std::ranges::lower_bound(
        periods_, day, {}, [](const YearPeriod& period) { return period.days.last; });
    if (found == periods_.end()) return std::nullopt;
    return std::min(found->days.last, last_);
}

Date Translation::came_on(const EntryPosted& entry) const {
    if (!entry.reverses) return entry.date;
    const auto& journal = as_of_.models.of<JournalModel>();
    const auto of = journal.event_of(as_of_.rows, of_.company, *entry.reverses);
    return of ? journal.entry_of(as_of_.rows, *of).posted.date : entry.date;
}

std::vector<std::pair<Scope, Date>> Translation::period_ends(Date from) const {
    std::vector<std::pair<Scope, Date>> ends;
    for (const YearPeriod& period : periods_)
        if (period.days.last >= from)
            ends.emplace_back(period_end(period), std::min(period.days.last, last_));
    return ends;
}

Scope Translation::period_end(const YearPeriod& period) const {
    if (period.days.last >= last_) return of_.scope;
    return before(of_.scope, period.days.last + 1);
}

// Debit positive, with the entries that close years or without.
Translation::Balances Translation::cumulated(Scope scope, bool closing) const {
    scope.closing = closing;
    Balances balances;
    for (const auto& [account, turnover] :
         as_of_.models.of<LedgerTotals>().by_account(as_of_, of_.company, {}, scope))
        balances[account] = turnover.balance();
    return balances;
}

// Those up to the last day, in the order of time.
std::vector<Translation::YearPeriod> Translation::ordinary_periods() const {
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

void Translation::add_movements(Balances& to, const Balances& before_it, const Balances& now,
                                const Period& period) const {
    std::optional<ExactRate> average;
    for (const auto& [account, balance] : now) {
        const Wide moved = balance - in(before_it, account);
        if (moved == 0) continue;
        if (!average) average = rate(RateType::average, std::min(period.last, last_));
        to[account] += at(*average, moved);
    }
}

bool Translation::is_result(const AccountCode& account) const {
    return is_income_or_expense(chart_.at(account).kind);
}
Translation::Balances Translation::only_results(Balances balances) const {
    std::erase_if(balances, [&](const auto& each) { return !is_result(each.first); });
    return balances;
}

// Income and expenses of all years and, where their closing counts, what it carried to equity.
void Translation::add_results(Balances& translated) const {
    std::vector<YearPeriod> year;
    for (const YearPeriod& period : periods_) {
        year.push_back(period);
        if (!period.ends_year) continue;
        for (const auto& [account, result] : results_of(year, of_.scope.corner.known()))
            translated[account] += result.shown;
        year.clear();
    }
    if (of_.scope.closing)
        each_carried([&](const AccountCode& account, const Close&, Wide shown) {
            translated[account] += shown;
        });
}

// As it was known at an event, at the rates that are asked for.
Translation::Results Translation::results_of(const std::vector<YearPeriod>& year,
                                             const EventRef& known_at) const {
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

// By the position of their commit, those of a year.
std::map<std::uint64_t, Translation::Close> Translation::closes_of(const Period& year) const {
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
            close.date = entry.date;
            close.taken_back = close.taken_back && entry.reverses.has_value();
            for (const PostedLine& line : entry.lines)
                (is_result(line.account) ? close.results : close.equity)[line.account] +=
                    debit_of(line);
            return true;
        });
    return closes;
}
void Translation::each_carried(const EachCarried& each) const {
    std::vector<YearPeriod> year;
    for (const YearPeriod& period : periods_) {
        year.push_back(period);
        if (!period.ends_year) continue;
        carry(year, each);
        year.clear();
    }
}

// What each close carried stays what it was by what was known then: a late fact that is not
// carried yet moves no equity.
void Translation::carry(const std::vector<YearPeriod>& year, const EachCarried& each) const {
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
            each(account, close, shown);
            carried -= shown;
        }
        share(close, carried, each);
    }
}

// What a close takes from an account in the other currency: all that is left there where it
// leaves nothing in base currency, and else in proportion.
Wide Translation::carried_of(Result& closed, const Result& known, Wide moved, bool taken_back) {
    const Wide before = closed.shown;
    const Wide left = known.base + closed.base, left_shown = known.shown + closed.shown;
    if (taken_back)
        closed.shown = closed.base == 0 ? 0
                                        : divide(closed.shown * (closed.base + moved), closed.base,
                                                 Rounding::half_up);
    else if (left + moved == 0)
        closed.shown -= left_shown;
    else if (left != 0)
        closed.shown += divide(moved * left_shown, left, Rounding::half_up);
    closed.base += moved;
    return closed.shown - before;
}
void Translation::share(const Close& close, Wide carried, const EachCarried& each) {
    const Balances& into = close.equity;
    Wide weights = 0, left = carried;
    for (const auto& [account, moved] : into) weights += moved;
    std::size_t at = 0;
    for (const auto& [account, moved] : into) {
        const bool is_last = ++at == into.size() || weights == 0;
        const Wide part = is_last ? left : divide(carried * moved, weights, Rounding::half_up);
        each(account, close, part);
        left -= part;
        if (is_last) return;
    }
}

// What came into equity and left it, each at the rate of its day. Where a day leaves nothing, no
// rate is asked of it.
void Translation::each_historical(const AccountCode& account, const EachShare& each) const {
    Scope scope = of_.scope;
    scope.closing = false;
    struct Piece {
        EventRef event;
        Date day;
        Wide balance = 0;
    };
    std::vector<Piece> pieces;
    std::map<Date, Wide> days;
    RowsByEvent::Finder entries = as_of_.models.of<JournalModel>().entries(as_of_.rows);
    as_of_.models.of<LedgerTotals>().each_event_on(
        as_of_, of_.company, {{{account}, scope}}, {}, std::nullopt, [&](const EventRef& event) {
            const EntryPosted entry = JournalModel::entry_of(entries, event).posted;
            if (!scope.shows(entry, event)) return true;
            Piece piece{event, came_on(entry)};
            for (const PostedLine& line : entry.lines)
                if (line.account == account) piece.balance += debit_of(line);
            days[piece.day] += piece.balance;
            pieces.push_back(piece);
            return true;
        });
    std::map<Date, PieceByPiece> sums;
    for (const Piece& piece : pieces) {
        const auto known = known_rate(RateType::spot, piece.day);
        if (!known && days[piece.day] == 0) continue;
        const ExactRate spot = known ? *known : rate(RateType::spot, piece.day);
        each(account, piece.event, sums[piece.day].add(*this, spot, piece.balance));
    }
}

void Translation::each_at_average(const AccountCode& account, Date from,
                                  const EachShare& each) const {
    Scope scope = of_.scope;
    scope.closing = false;
    std::map<Date, PieceByPiece> sums;  // by the last day of a period
    as_of_.models.of<LedgerTotals>().each_posting(
        as_of_, of_.company, account, scope, [&](const Posting& posting, LayerKind) {
            const auto period = posting.day < from ? std::nullopt : period_end_of(posting.day);
            const auto average = period ? known_rate(RateType::average, *period) : std::nullopt;
            if (!average) return;
            each(account, posting.place.event,
                 sums[*period].add(*this, *average, Wide{posting.amounts[0]} - posting.amounts[1]));
        });
}

void Translation::each_at_closing(const AccountCode& account, const EachShare& each) const {
    const auto closing = known_rate(RateType::closing, last_);
    if (!closing) return;  // the account is at zero
    Scope scope = of_.scope;
    scope.closing = false;
    PieceByPiece sum;
    as_of_.models.of<LedgerTotals>().each_posting(
        as_of_, of_.company, account, scope, [&](const Posting& posting, LayerKind) {
            each(account, posting.place.event,
                 sum.add(*this, *closing, Wide{posting.amounts[0]} - posting.amounts[1]));
        });
}

std::optional<std::string> without_last_day(const Scope& scope) {
    if (scope.corner.valid_at) return std::nullopt;
    return "Figures in another currency are of a day: `valid_at`, or `fiscal_year` and "
           "`through_period`.";
}

std::optional<std::string> translate(const AsOf& as_of, const Untranslated& of,
                                     Translated& translated) {
    if (of.base_currency == of.into && !of.from) {
        for (const auto& [account, turnover] :
             as_of.models.of<LedgerTotals>().by_account(as_of, of.company, {}, of.scope))
            translated.balances[account] = turnover.balance();
        return std::nullopt;
    }
    if (auto words = without_last_day(of.scope)) return words;
    const Translation translation(as_of, of);
    translated.balances = of.from ? translation.movements() : translation.position();
    if (translation.missing()) return translation.missing();
    if (of.from) return std::nullopt;
    for (const auto& [account, balance] : translated.balances) translated.reserve += balance;
    return std::nullopt;
}

void each_of_position(const AsOf& as_of, const Untranslated& of,
                      const Translation::Accounts& accounts, const Translation::EachShare& each) {
    if (of.base_currency != of.into) return Translation(as_of, of).each_of_position(accounts, each);
    for (const auto& [code, account] : as_of.models.of<ChartModel>().all(as_of, of.company))
        if (!account.summary && is_among(accounts, code))
            as_of.models.of<LedgerTotals>().each_posting(
                as_of, of.company, code, of.scope, [&](const Posting& posting, LayerKind) {
                    each(code, posting.place.event, Wide{posting.amounts[0]} - posting.amounts[1]);
                });
}

}  // namespace kontor::ledger
