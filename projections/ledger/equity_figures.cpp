// How the columns of changes in equity are found: balances and the result by their sums, the rest
// entry by entry, as equity is posted on a few dozen times a year.
#include "projections/ledger/equity_figures.h"

#include "projections/ledger/figures.h"
#include "projections/ledger/statement_figures.h"
#include "projections/ledger/translation.h"

#include <functional>
#include <set>
#include <utility>

namespace kontor::ledger {

namespace {

// Calls with the component, the column, the event and what it adds, credit positive.
using EachShare =
    std::function<void(std::size_t component, EquityColumn, const EventRef&, Wide shown)>;

// The position on either side of the span, and what moved in it.
struct InCurrency {
    InCurrency(const AsOf& as_of, const AskedStatement& asked, const Span& span)
        : begin(as_of, untranslated(asked, before(span.scope, *span.from), {})),
          end(as_of, untranslated(asked, span.scope, {})),
          flow(as_of, untranslated(asked, span_of(EquityColumn::profit, span).scope, span.from)) {}

    std::optional<std::string> missing() const {
        for (const Translation* each : {&begin, &end, &flow})
            if (each->missing()) return each->missing();
        return std::nullopt;
    }

    Translation begin, end, flow;
};

// What moved components beside the result, as it was booked.
void each_booked(const AsOf& as_of, const EquityEntries& equity, const Span& span,
                 const EachShare& each) {
    equity.each_entry(as_of, span.scope, [&](const EventRef& event, const EntryPosted& entry) {
        if (entry.date < *span.from) return;
        equity.moves_of(entry, [&](std::size_t component, const AccountCode&, EquityColumn column,
                                   Wide amount) { each(component, column, event, amount); });
    });
}

// The same at the rates of the days. All pieces of an account and a day are rounded together, those
// before the span too, as the positions on both sides round them.
void each_translated(const AsOf& as_of, const EquityEntries& equity, const StatementLines& lines,
                     const Span& span, const Translation& end, const EachShare& each) {
    std::map<std::pair<AccountCode, Date>, PieceByPiece> sums;
    equity.each_entry(as_of, span.scope, [&](const EventRef& event, const EntryPosted& entry) {
        if (entry.kind == EntryKind::closing) return;
        const bool early = entry.date < *span.from;
        const Date day = end.came_on(entry);
        const auto tell = [&](std::size_t component, const AccountCode& account,
                              EquityColumn column, Wide credit) {
            const auto known = end.known_rate(RateType::spot, day);
            if (!known && early) return;  // what has no rate was nothing, or the position says so
            const ExactRate spot = known ? *known : end.rate(RateType::spot, day);
            const Wide debit = sums[{account, day}].add(end, spot, -credit);
            if (!early) each(component, column, event, -debit);
        };
        equity.moves_of(entry, tell);
        if (entry.kind != EntryKind::opening) return;
        for (const PostedLine& line : entry.lines)
            if (const auto component = lines.of(line.account);
                component && !equity.is_result(line.account))
                tell(*component, line.account, EquityColumn::opening,
                     line.side == Side::credit ? line.base.minor : -Wide{line.base.minor});
    });
    end.each_of_closes(*span.from,
                       [&](const AccountCode& account, const EventRef& event, Wide shown) {
                           if (const auto component = lines.of(account))
                               each(*component, EquityColumn::transfer, event, -shown);
                       });
}

void each_share(const AsOf& as_of, const AskedStatement& asked, const StatementLines& lines,
                const Span& span, const Translation* end, const EachShare& each) {
    const EquityEntries equity(asked, lines);
    if (end)
        each_translated(as_of, equity, lines, span, *end, each);
    else
        each_booked(as_of, equity, span, each);
}

// What is left of a component when all other columns are told.
Wide rest_of(const EquityRow& row) {
    Wide rest = in(row, EquityColumn::closing);
    for (std::size_t column = 0; column < equity_columns; ++column)
        if (column != static_cast<std::size_t>(EquityColumn::closing) &&
            column != static_cast<std::size_t>(EquityColumn::translation))
            rest -= row[column];
    return rest;
}

std::map<AccountCode, Wide> at_end(const std::map<AccountCode, DebitAdds>& adds) {
    std::map<AccountCode, Wide> each;
    for (const auto& [account, of_debit] : adds) each[account] = of_debit.before;
    return each;
}

}  // namespace

Span span_of(EquityColumn column, const Span& span) {
    Span counted = span;
    if (column == EquityColumn::profit) counted.scope.closing = false;
    return counted;
}

std::map<AccountCode, DebitAdds> adds_to_equity(const AskedStatement& asked,
                                                const StatementLines& lines, std::size_t line,
                                                EquityColumn column) {
    const EquityEntries equity(asked, lines);
    auto adds = lines.adds_to(line);
    if (column == EquityColumn::profit) {
        std::erase_if(adds, [&](const auto& pair) { return !equity.is_result(pair.first); });
        for (auto& [account, add] : adds) add.opening = add.since;
        return adds;
    }
    // With income and expenses the books begin in the course of a year, whose profit they are a
    // part of.
    const bool closing = column == EquityColumn::closing;
    for (auto& [account, add] : adds) {
        const Wide each = add.since;
        const bool opens = closing || !equity.is_result(account);
        add = {each, closing ? each : 0, opens ? each : 0};
    }
    return adds;
}

std::optional<std::string> find_equity(const AsOf& as_of, const AskedStatement& asked,
                                       const StatementLines& lines, const Span& span,
                                       EquityFigures& found) {
    std::optional<InCurrency> in_currency;
    SpannedBalances balances, results;
    if (asked.translated()) {
        if (!asked.dimensions.empty())
            return "What is translated is the whole and not a dimension.";
        if (auto words = without_last_day(span.scope)) return words;
        in_currency.emplace(as_of, asked, span);
        const auto shown = [&](const Translation& translation) {
            auto position = translation.position();
            Wide reserve = 0;
            for (const auto& [account, balance] : position) reserve += balance;
            show_reserve(as_of, asked.company, reserve, position);
            found.reserve = reserve;
            return position;
        };
        for (const auto& [account, balance] : shown(in_currency->begin))
            balances[account].before = balance;
        for (const auto& [account, balance] : shown(in_currency->end))
            balances[account].since = balance;
        for (auto& [account, balance] : balances) balance.since -= balance.before;
        for (const auto& [account, moved] : in_currency->flow.movements())
            results[account].since = moved;
    } else {
        balances = balances_of(as_of, asked.company, asked.dimensions, span);
        results = balances_of(as_of, asked.company, asked.dimensions,
                              span_of(EquityColumn::profit, span));
    }
    std::vector<EquityRow> own(asked.layout.lines.size());
    each_share(as_of, asked, lines, span, in_currency ? &in_currency->end : nullptr,
               [&](std::size_t component, EquityColumn column, const EventRef&, Wide shown) {
                   in(own[component], column) += shown;
               });
    if (in_currency)
        if (auto words = in_currency->missing()) return words;
    for (std::size_t at = 0; at < own.size(); ++at) {
        EquityRow row{};
        for (const auto& [part, times] : lines.parts_of(at))
            for (std::size_t column = 0; column < equity_columns; ++column)
                row[column] += times * own[part][column];
        for (const auto& [column, of] : {std::pair{EquityColumn::opening, &balances},
                                         {EquityColumn::profit, &results},
                                         {EquityColumn::closing, &balances}})
            in(row, column) += figure_of(adds_to_equity(asked, lines, at, column), *of);
        in(row, EquityColumn::translation) = rest_of(row);
        found.lines.push_back(row);
    }
    for (const auto& [account, balance] : balances) {
        const Wide lacking = lines.lacking(account, balance);
        if (lacking == 0) continue;
        found.unassigned += lacking;
        found.unassigned_accounts.push_back(account);
    }
    return std::nullopt;
}

EventSums equity_events_of(const AsOf& as_of, const AskedStatement& asked,
                           const StatementLines& lines, const Span& span, std::size_t line,
                           EquityColumn wanted) {
    std::optional<InCurrency> in_currency;
    if (asked.translated()) in_currency.emplace(as_of, asked, span);
    EventSums events;
    const auto add_sums = [&](EquityColumn column, Wide times) {
        const auto adds = adds_to_equity(asked, lines, line, column);
        if (in_currency && column != EquityColumn::profit)
            return add_events_of_position(
                as_of, asked.company,
                column == EquityColumn::opening ? in_currency->begin : in_currency->end,
                at_end(adds), times, events);
        if (!in_currency) {
            for (const auto& [event, shown] :
                 events_of(as_of, asked, lines, span_of(column, span), adds))
                events[event] += times * shown;
            return;
        }
        std::set<AccountCode> accounts;
        for (const auto& [account, each] : adds) accounts.insert(account);
        in_currency->flow.each_of_movements(
            accounts, [&](const AccountCode& account, const EventRef& event, Wide shown) {
                events[event] += times * adds.at(account).since * shown;
            });
    };
    const auto is_sum = [](EquityColumn column) {
        return column == EquityColumn::opening || column == EquityColumn::profit ||
               column == EquityColumn::closing;
    };
    const bool rest = wanted == EquityColumn::translation;
    if (rest) {
        add_sums(EquityColumn::closing, 1);
        add_sums(EquityColumn::opening, -1);
        add_sums(EquityColumn::profit, -1);
    } else if (is_sum(wanted)) {
        add_sums(wanted, 1);
    }
    const auto& parts = lines.parts_of(line);
    each_share(as_of, asked, lines, span, in_currency ? &in_currency->end : nullptr,
               [&](std::size_t component, EquityColumn column, const EventRef& event, Wide shown) {
                   const auto part = parts.find(component);
                   if (part != parts.end() && (rest || column == wanted))
                       events[event] += (rest ? -1 : 1) * part->second * shown;
               });
    return events;
}

EventSums unassigned_equity_of(const AsOf& as_of, const AskedStatement& asked,
                               const StatementLines& lines, const Span& span) {
    const auto adds = lines.adds_to_unassigned();
    if (!asked.translated()) return events_of(as_of, asked, lines, span, adds);
    EventSums events;
    add_events_of_position(as_of, asked.company,
                           Translation(as_of, untranslated(asked, span.scope, {})), at_end(adds), 1,
                           events);
    return events;
}

}  // namespace kontor::ledger
