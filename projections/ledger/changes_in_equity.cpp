// What moved each component of equity: the result by its sums, the rest entry by entry, as equity
// is posted on a few dozen times a year.
#include "projections/ledger/changes_in_equity.h"

#include "projections/ledger/figures.h"
#include "projections/ledger/financial_statements.h"
#include "projections/ledger/journal.h"
#include "projections/ledger/statement_lines.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

namespace kontor::ledger {

namespace {

// What can move a component beside the result.
enum class Move : std::uint8_t {
    comprehensive,
    contribution,
    distribution,
    against_profit,
    transfer,
};
using Moves = std::array<Wide, 5>;

Wide& of(Moves& moves, Move move) { return moves[static_cast<std::size_t>(move)]; }

std::optional<Move> move_named(std::string_view field) {
    if (field == "other_comprehensive_income") return Move::comprehensive;
    if (field == "contributions") return Move::contribution;
    if (field == "distributions") return Move::distribution;
    if (field == "against_profit") return Move::against_profit;
    if (field == "transfers") return Move::transfer;
    return std::nullopt;
}

Wide signed_credit(const PostedLine& line) {
    return line.side == Side::credit ? line.base.minor : -Wide{line.base.minor};
}

class EquityEntries {
public:
    EquityEntries(const AskedStatement& asked, const StatementLines& lines,
                  const DimensionFilter& dimensions)
        : asked_(asked), lines_(lines), dimensions_(dimensions) {}

    bool is_result(const AccountCode& account) const {
        return is_income_or_expense(asked_.chart.at(account).kind);
    }
    bool is_equity(const AccountCode& account) const {
        return !is_result(account) && (asked_.chart.at(account).kind == AccountKind::equity ||
                                       lines_.of(account).has_value());
    }
    // Calls with the component, the move and its amount, credit positive.
    void moves_of(const EntryPosted& entry,
                  const std::function<void(std::size_t, Move, Wide)>& call) const;

private:
    // What an entry has on one side.
    struct Amounts {
        Wide equity = 0;
        Wide result = 0;
    };

    const AskedStatement& asked_;
    const StatementLines& lines_;
    const DimensionFilter& dimensions_;
};

void EquityEntries::moves_of(const EntryPosted& entry,
                             const std::function<void(std::size_t, Move, Wide)>& call) const {
    const auto tell = [&](const PostedLine& line, Move move, Wide amount) {
        const auto component = lines_.of(line.account);
        if (component && amount != 0 && carries(line.dimensions, dimensions_))
            call(*component, move, amount);
    };
    if (entry.kind == EntryKind::opening) return;
    if (entry.kind == EntryKind::closing) {
        for (const PostedLine& line : entry.lines) tell(line, Move::transfer, signed_credit(line));
        return;
    }
    // A reversal is read as the entry that it takes back, and counts against it.
    const Wide direction = entry.reverses ? -1 : 1;
    Amounts credits, debits;
    for (const PostedLine& line : entry.lines) {
        const Wide credit = direction * signed_credit(line);
        Amounts& side = credit > 0 ? credits : debits;
        const Wide amount = credit > 0 ? credit : -credit;
        if (is_equity(line.account)) side.equity += amount;
        if (is_result(line.account)) side.result += amount;
    }
    const Wide transfer = std::min(credits.equity, debits.equity);
    struct Left {
        Wide transfer, result;
    };
    Left of_credits{transfer, debits.result}, of_debits{transfer, credits.result};
    for (const PostedLine& line : entry.lines) {
        if (!is_equity(line.account)) continue;
        const Wide credit = direction * signed_credit(line);
        Left& left = credit > 0 ? of_credits : of_debits;
        Wide rest = credit > 0 ? credit : -credit;
        const Wide signs = direction * (credit > 0 ? 1 : -1);
        const auto take = [&](Wide& from, Move move) {
            const Wide taken = std::min(rest, from);
            from -= taken;
            rest -= taken;
            tell(line, move, signs * taken);
        };
        take(left.transfer, Move::transfer);
        take(left.result, Move::against_profit);
        const auto component = lines_.of(line.account);
        const bool comprehensive = component && asked_.layout.lines[*component].comprehensive;
        tell(line,
             comprehensive ? Move::comprehensive
             : credit > 0  ? Move::contribution
                           : Move::distribution,
             signs * rest);
    }
}

// Equity as it was posted on since the first day, and results only as far as years were closed.
void each_entry(const AsOf& as_of, const ChangesInEquity& query, const AskedStatement& asked,
                const EquityEntries& equity, const std::optional<EventRef>& after,
                const std::function<bool(const EventRef&, const EntryPosted&)>& call) {
    const auto& totals = as_of.models.of<LedgerTotals>();
    std::set<AccountCode> of_equity, of_result;
    for (const auto& [code, account] : asked.chart)
        if (!account.summary && (equity.is_result(code) || equity.is_equity(code)))
            (equity.is_result(code) ? of_result : of_equity).insert(code);
    Scope closing = asked.span.scope;
    closing.ordinary = false;
    RowsByEvent::Finder entries = as_of.models.of<JournalModel>().entries(as_of.rows);
    totals.each_event_on(
        as_of, query.company, {{of_equity, asked.span.scope}, {of_result, closing}},
        query.dimensions, after, [&](const EventRef& event) {
            const EntryPosted entry = JournalModel::entry_of(entries, event).posted;
            return entry.date < *asked.span.from || call(event, entry);
        });
}

// What a debit on each account of the result adds to a component's profit.
std::map<AccountCode, DebitAdds> adds_to_profit(const StatementLines& lines,
                                                const EquityEntries& equity, std::size_t line) {
    auto adds = lines.adds_to(line);
    std::erase_if(adds, [&](const auto& pair) { return !equity.is_result(pair.first); });
    for (auto& [account, add] : adds) add.opening = add.since;
    return adds;
}

Span without_closing(Span span) {
    span.scope.closing = false;
    return span;
}

// Of the balance at the end, or before the first day. With income and expenses the books begin in
// the course of a year, whose profit they are a part of.
std::map<AccountCode, DebitAdds> adds_to_balance(const StatementLines& lines,
                                                 const EquityEntries& equity, std::size_t line,
                                                 bool closing) {
    auto adds = lines.adds_to(line);
    for (auto& [account, add] : adds) {
        const Wide each = add.since;
        const bool opens = closing || !equity.is_result(account);
        add = {each, closing ? each : 0, opens ? each : 0};
    }
    return adds;
}

}  // namespace

std::optional<std::string> StatementsModel::find(const ChangesInEquity& query, const AsOf& as_of,
                                                 AskedStatement& asked) const {
    FinancialStatement statement;
    statement.company = query.company;
    statement.statement = query.statement;
    statement.from = query.from;
    statement.dimensions = query.dimensions;
    statement.book = query.book;
    statement.fiscal_year = query.fiscal_year;
    statement.through_period = query.through_period;
    statement.closing_entries = query.closing_entries;
    if (auto words = find(statement, as_of, asked)) return words;
    if (asked.layout.kind != StatementKind::changes_in_equity)
        return "This is no statement of changes in equity; ask `financial_statement`.";
    return std::nullopt;
}

void StatementsModel::answer(const ChangesInEquity& query, const AsOf& as_of,
                             Page<EquityComponent>& page) const {
    AskedStatement asked;
    if (const auto words = find(query, as_of, asked)) return page.missing(*words);
    const StatementLines lines(asked.layout, asked.chart);
    const EquityEntries equity(asked, lines, query.dimensions);
    const auto money = [&](Wide minor) { return money_of(minor, asked.base); };
    std::vector<Moves> moves(asked.layout.lines.size());
    each_entry(as_of, query, asked, equity, std::nullopt,
               [&](const EventRef&, const EntryPosted& entry) {
                   equity.moves_of(entry, [&](std::size_t component, Move move, Wide amount) {
                       of(moves[component], move) += amount;
                   });
                   return true;
               });
    const auto balances = balances_of(as_of, query.company, query.dimensions, asked.span);
    const auto results =
        balances_of(as_of, query.company, query.dimensions, without_closing(asked.span));
    ChangesInEquityTotals totals{asked.span.from, asked.span.scope.corner.valid_at, {}, {}};
    Wide unassigned = 0;
    for (const auto& [account, balance] : balances) {
        const Wide lacking = lines.lacking(account, balance);
        if (lacking == 0) continue;
        unassigned += lacking;
        totals.unassigned_accounts.push_back(account);
    }
    totals.unassigned = money(unassigned);
    page.totals(std::move(totals));
    for (std::size_t at = 0; at < asked.layout.lines.size(); ++at) {
        const StatementLine& line = asked.layout.lines[at];
        Moves all{};
        for (const auto& [part, times] : lines.parts_of(at))
            for (std::size_t move = 0; move < all.size(); ++move)
                all[move] += times * moves[part][move];
        EquityComponent component{
            line.line,
            line.name,
            line.level,
            !line.adds.empty(),
            money(figure_of(adds_to_balance(lines, equity, at, false), balances)),
            money(figure_of(adds_to_profit(lines, equity, at), results)),
            money(of(all, Move::comprehensive)),
            money(of(all, Move::contribution)),
            money(of(all, Move::distribution)),
            money(of(all, Move::against_profit)),
            money(of(all, Move::transfer)),
            money(figure_of(adds_to_balance(lines, equity, at, true), balances))};
        std::string key = ordered_key(static_cast<std::int64_t>(at));
        if (key > page.after() && !page.add(std::move(key), std::move(component))) return;
    }
}

void StatementsModel::explain(const ChangesInEquity& query, const ExplainedRow& row,
                              const AsOf& as_of, Explanation& why) const {
    AskedStatement asked;
    if (const auto words = find(query, as_of, asked)) return why.missing(*words);
    const StatementLines lines(asked.layout, asked.chart);
    const EquityEntries equity(asked, lines, query.dimensions);
    if (row.row.empty() && row.field == "unassigned") {
        const auto adds = lines.adds_to_unassigned();
        const auto balances = balances_of(as_of, query.company, query.dimensions, asked.span);
        why.figure(Figure::of(money_of(figure_of(adds, balances), asked.base)));
        return as_of.models.of<LedgerTotals>().explain_accounts(as_of, query.company, adds,
                                                                query.dimensions, asked.span.scope,
                                                                asked.span.from, asked.base, why);
    }
    const auto line = lines.at(row.row);
    if (!line) return why.missing("The statement has no such line.");
    if (row.field == "opening" || row.field == "closing" || row.field == "profit") {
        const bool profit = row.field == "profit";
        const Span span = profit ? without_closing(asked.span) : asked.span;
        const auto adds = profit ? adds_to_profit(lines, equity, *line)
                                 : adds_to_balance(lines, equity, *line, row.field == "closing");
        const auto balances = balances_of(as_of, query.company, query.dimensions, span);
        why.figure(Figure::of(money_of(figure_of(adds, balances), asked.base)));
        return as_of.models.of<LedgerTotals>().explain_accounts(
            as_of, query.company, adds, query.dimensions, span.scope, span.from, asked.base, why);
    }
    const auto move = move_named(row.field);
    if (!move)
        return why.missing("The statement has no such figure; its fields are named as they are.");
    const auto parts = lines.parts_of(*line);
    const auto amount_of = [&](const EntryPosted& entry) {
        Wide sum = 0;
        equity.moves_of(entry, [&](std::size_t component, Move each, Wide amount) {
            const auto part = parts.find(component);
            if (each == *move && part != parts.end()) sum += part->second * amount;
        });
        return sum;
    };
    Wide figure = 0;
    bool room = true;
    each_entry(as_of, query, asked, equity, std::nullopt,
               [&](const EventRef& event, const EntryPosted& entry) {
                   const Wide amount = amount_of(entry);
                   figure += amount;
                   if (amount == 0 || !room || (why.after() && event <= *why.after())) return true;
                   room = why.add(
                       event, {amount, minor_digits(asked.base), std::string(asked.base.text())});
                   return true;
               });
    why.figure(Figure::of(money_of(figure, asked.base)));
}

}  // namespace kontor::ledger
