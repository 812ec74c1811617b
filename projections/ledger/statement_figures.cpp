// How spans are told in base currency and in others, figure by figure and event by event.
#include "projections/ledger/statement_figures.h"

#include "projections/ledger/figures.h"
#include "projections/ledger/rates.h"

#include <functional>
#include <set>

namespace kontor::ledger {

namespace {

using EachShare =
    std::function<void(const AccountCode&, const EventRef&, const SpannedBalance& share)>;

Wide net(const Posting& posting) { return Wide{posting.amounts[0]} - posting.amounts[1]; }

// A cash flow in another currency.
class TranslatedFlow {
public:
    TranslatedFlow(const AsOf& as_of, const AskedStatement& asked, const StatementLines& lines,
                   const Span& span)
        : as_of_(as_of),
          asked_(asked),
          scope_(span.scope),
          from_(*span.from),
          last_(*span.scope.corner.valid_at),
          translation_(as_of, untranslated(asked, span.scope, from_)) {
        for (const auto& [code, account] : asked.chart) {
            if (account.summary || !lines.is_cash(code)) continue;
            cash_.insert(code);
            if (!rest_ || lines.of(code, LineFigure::exchange) ||
                !lines.of(*rest_, LineFigure::exchange))
                rest_ = code;
        }
    }

    SpannedBalances balances() const;
    void each_share(const EachShare& each) const;
    const std::optional<std::string>& missing() const { return translation_.missing(); }

private:
    // What an account moved, and what of that is revaluation; opening entries moved nothing.
    struct Moved {
        Wide all = 0;
        Wide revalued = 0;
    };
    std::map<AccountCode, Moved> moved_until(const Scope& scope) const;
    // What the books began with, by day.
    std::map<Date, Wide> opened(const AccountCode&) const;
    Date before_span() const { return from_ - 1; }

    const AsOf& as_of_;
    const AskedStatement& asked_;
    const Scope scope_;
    const Date from_;
    const Date last_;
    const Translation translation_;
    std::set<AccountCode> cash_;
    // The cash account that takes what the movements are rounded to: one that a line tells the
    // effect of exchange rates of, where there is one.
    std::optional<AccountCode> rest_;
};

std::map<AccountCode, TranslatedFlow::Moved> TranslatedFlow::moved_until(const Scope& scope) const {
    std::map<AccountCode, Moved> moved;
    as_of_.models.of<LedgerTotals>().each_account(
        as_of_, asked_.company, {}, scope,
        [&](const AccountCode& account, LayerKind kind, const Turnover& turnover) {
            if (kind == LayerKind::opening) return;
            moved[account].all += turnover.balance();
            if (kind == LayerKind::revaluation) moved[account].revalued += turnover.balance();
        });
    return moved;
}

std::map<Date, Wide> TranslatedFlow::opened(const AccountCode& account) const {
    std::map<Date, Wide> days;
    as_of_.models.of<LedgerTotals>().each_posting(
        as_of_, asked_.company, account, scope_, [&](const Posting& posting, LayerKind kind) {
            if (kind == LayerKind::opening && posting.day >= from_)
                days[posting.day] += net(posting);
        });
    return days;
}

SpannedBalances TranslatedFlow::balances() const {
    SpannedBalances balances;
    auto moved = moved_until(before(scope_, from_));
    for (const auto& [through, last] : translation_.period_ends(from_)) {
        const auto now = moved_until(through);
        for (const auto& [account, all] : now) {
            const Moved before_it = moved[account];
            SpannedBalance& balance = balances[account];
            balance.since += translation_.at(RateType::average, last, all.all - before_it.all);
            balance.revalued +=
                translation_.at(RateType::average, last, all.revalued - before_it.revalued);
        }
        moved = now;
    }
    Wide rest = 0;
    for (const auto& [account, balance] : balances) rest += balance.since;
    if (rest_) balances[*rest_].since -= rest;
    const auto& totals = as_of_.models.of<LedgerTotals>();
    const auto held = [&](const AccountCode& account, const Scope& scope) {
        return totals.of_account(as_of_, asked_.company, account, {}, scope).balance();
    };
    for (const AccountCode& account : cash_) {
        SpannedBalance& balance = balances[account];
        balance.before =
            translation_.at(RateType::closing, before_span(), held(account, before(scope_, from_)));
        for (const auto& [day, opening] : opened(account))
            balance.opening += translation_.at(RateType::closing, day - 1, opening);
        balance.exchange = translation_.at(RateType::closing, last_, held(account, scope_)) -
                           balance.before - balance.opening - balance.since;
    }
    return balances;
}

void TranslatedFlow::each_share(const EachShare& each) const {
    // Where no rate is known, all pieces together are nothing.
    const auto piece = [&](PieceByPiece& sum, const std::optional<ExactRate>& rate, Wide minor) {
        return rate ? sum.add(translation_, *rate, minor) : 0;
    };
    for (const auto& [code, account] : asked_.chart) {
        if (account.summary) continue;
        const bool cash = cash_.contains(code);
        std::map<Date, PieceByPiece> since, revalued, opening;
        PieceByPiece earlier, all;
        as_of_.models.of<LedgerTotals>().each_posting(
            as_of_, asked_.company, code, scope_, [&](const Posting& posting, LayerKind kind) {
                SpannedBalance share;
                const auto at_closing = [&](PieceByPiece& sum, Date day) {
                    return cash ? piece(sum, translation_.known_rate(RateType::closing, day),
                                        net(posting))
                                : 0;
                };
                if (posting.day < from_) {
                    share.before = at_closing(earlier, before_span());
                } else if (kind == LayerKind::opening) {
                    share.opening = at_closing(opening[posting.day], posting.day - 1);
                } else if (const auto period = translation_.period_end_of(posting.day)) {
                    const auto average = translation_.known_rate(RateType::average, *period);
                    share.since = piece(since[*period], average, net(posting));
                    if (kind == LayerKind::revaluation)
                        share.revalued = piece(revalued[*period], average, net(posting));
                }
                if (cash)
                    share.exchange =
                        at_closing(all, last_) - share.before - share.opening - share.since;
                each(code, posting.place.event, share);
                if (rest_) each(*rest_, posting.place.event, {0, -share.since, 0, 0, share.since});
            });
    }
}

// As the books have it.
void each_booked(const AsOf& as_of, const AskedStatement& asked, const Span& span,
                 const std::map<AccountCode, DebitAdds>& adds, const EachShare& each) {
    for (const auto& [account, of_debit] : adds)
        as_of.models.of<LedgerTotals>().each_posting(
            as_of, asked.company, account, span.scope, [&](const Posting& posting, LayerKind kind) {
                SpannedBalance share;
                if (span.from && posting.day < *span.from)
                    share.before = net(posting);
                else if (kind == LayerKind::opening)
                    share.opening = net(posting);
                else
                    share.since = net(posting);
                if (share.since != 0 && kind == LayerKind::revaluation)
                    share.revalued = share.since;
                each(account, posting.place.event, share);
            });
}

std::map<AccountCode, Wide> since_of(const std::map<AccountCode, DebitAdds>& adds) {
    std::map<AccountCode, Wide> since;
    for (const auto& [account, of_debit] : adds) since[account] = of_debit.since;
    return since;
}

}  // namespace

Untranslated untranslated(const AskedStatement& asked, const Scope& scope,
                          std::optional<Date> from) {
    return {asked.company, scope, from, asked.base, asked.shown};
}

void show_reserve(const AsOf& as_of, const CompanyCode& company, Wide reserve,
                  Translation::Balances& balances) {
    const auto shown_on = as_of.models.of<RatesModel>().translation_reserve(as_of, company);
    if (shown_on) balances[*shown_on] -= reserve;
}

void add_events_of_position(const AsOf& as_of, const CompanyCode& company,
                            const Translation& translation, const std::map<AccountCode, Wide>& adds,
                            Wide times, EventSums& events) {
    const auto shown_on = as_of.models.of<RatesModel>().translation_reserve(as_of, company);
    const auto reserve = shown_on ? adds.find(*shown_on) : adds.end();
    Translation::Accounts accounts;
    if (reserve == adds.end()) {
        accounts.emplace();
        for (const auto& [account, each] : adds) accounts->insert(account);
    }
    translation.each_of_position(
        accounts, [&](const AccountCode& account, const EventRef& event, Wide shown) {
            const auto own = adds.find(account);
            Wide weight = own == adds.end() ? 0 : own->second;
            if (reserve != adds.end()) weight -= reserve->second;
            events[event] += times * weight * shown;
        });
}

EventSums reserve_events_of(const AsOf& as_of, const AskedStatement& asked, const Scope& scope) {
    EventSums events;
    Translation(as_of, untranslated(asked, scope, {}))
        .each_of_position(std::nullopt, [&](const AccountCode&, const EventRef& event, Wide shown) {
            events[event] += shown;
        });
    return events;
}

std::optional<std::string> find_figures(const AsOf& as_of, const AskedStatement& asked,
                                        const StatementLines& lines, const Span& span,
                                        SpanFigures& found) {
    if (!asked.translated()) {
        found.balances = balances_of(as_of, asked.company, asked.dimensions, span);
        return std::nullopt;
    }
    if (!asked.dimensions.empty()) return "What is translated is the whole and not a dimension.";
    if (auto words = without_last_day(span.scope)) return words;
    if (asked.layout.kind == StatementKind::cash_flow) {
        const TranslatedFlow flow(as_of, asked, lines, span);
        found.balances = flow.balances();
        return flow.missing();
    }
    Translated translated;
    if (auto words = translate(as_of, untranslated(asked, span.scope, span.from), translated))
        return words;
    if (asked.layout.kind == StatementKind::position) {
        found.reserve = translated.reserve;
        show_reserve(as_of, asked.company, translated.reserve, translated.balances);
    }
    for (const auto& [account, balance] : translated.balances)
        found.balances[account].since = balance;
    return std::nullopt;
}

EventSums events_of(const AsOf& as_of, const AskedStatement& asked, const StatementLines& lines,
                    const Span& span, const std::map<AccountCode, DebitAdds>& adds) {
    EventSums events;
    const auto add = [&](const AccountCode& account, const EventRef& event,
                         const SpannedBalance& share) {
        const auto own = adds.find(account);
        if (own != adds.end()) events[event] += share.figure(own->second);
    };
    if (!asked.translated()) {
        each_booked(as_of, asked, span, adds, add);
    } else if (asked.layout.kind == StatementKind::cash_flow) {
        TranslatedFlow(as_of, asked, lines, span).each_share(add);
    } else if (asked.layout.kind == StatementKind::position) {
        add_events_of_position(as_of, asked.company,
                               Translation(as_of, untranslated(asked, span.scope, {})),
                               since_of(adds), 1, events);
    } else {
        std::set<AccountCode> accounts;
        for (const auto& [account, each] : adds) accounts.insert(account);
        Translation(as_of, untranslated(asked, span.scope, span.from))
            .each_of_movements(accounts,
                               [&](const AccountCode& account, const EventRef& event, Wide shown) {
                                   events[event] += adds.at(account).since * shown;
                               });
    }
    return events;
}

}  // namespace kontor::ledger
