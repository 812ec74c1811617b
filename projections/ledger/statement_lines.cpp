// How the layout of a statement and the chart's tree become what each account adds to each line.
#include "projections/ledger/statement_lines.h"

#include <algorithm>

namespace kontor::ledger {

SpannedBalances balances_of(const AsOf& as_of, const CompanyCode& company,
                            const DimensionFilter& dimensions, const Span& span) {
    const auto& totals = as_of.models.of<LedgerTotals>();
    SpannedBalances balances;
    const auto move = [&](SpannedBalance& balance, LayerKind kind, Wide debit) {
        (kind == LayerKind::opening ? balance.opening : balance.since) += debit;
        if (kind == LayerKind::revaluation) balance.revalued += debit;
    };
    totals.each_account(as_of, company, dimensions, span.scope,
                        [&](const AccountCode& account, LayerKind kind, const Turnover& turnover) {
                            move(balances[account], kind, turnover.balance());
                        });
    if (!span.from) return balances;
    totals.each_account(as_of, company, dimensions, before(span.scope, *span.from),
                        [&](const AccountCode& account, LayerKind kind, const Turnover& turnover) {
                            balances[account].before += turnover.balance();
                            move(balances[account], kind, -turnover.balance());
                        });
    return balances;
}

StatementLines::StatementLines(const StatementDefined& layout, const Chart& chart)
    : layout_(layout), chart_(chart) {
    for (std::size_t at = 0; at < layout.lines.size(); ++at) {
        const StatementLine& line = layout.lines[at];
        index_[line.line] = at;
        auto& parts = parts_.emplace_back();
        if (line.adds.empty()) parts[at] = 1;
        for (const StatementLineCode& added : line.adds)
            for (const auto& [part, times] : parts_[index_.at(added)])
                parts[part] = std::min<Wide>(parts[part] + times, most_times_in_a_line);
        for (const AccountCode& account : line.accounts)
            named_[static_cast<std::size_t>(line.figure)][account] = at;
        for (const AccountCode& account : line.adds_back) added_back_[account] = at;
    }
    for (const auto& [code, account] : chart)
        if (!account.summary) accounts_.emplace_back(code, own_adds(code));
}

std::optional<std::size_t> StatementLines::at(std::string_view line) const {
    const auto found = index_.find(StatementLineCode{std::string(line)});
    return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> StatementLines::nearest(const Named& named,
                                                   const AccountCode& account) const {
    for (std::optional<AccountCode> at = account; at; at = chart_.at(*at).parent)
        if (const auto found = named.find(*at); found != named.end()) return found->second;
    return std::nullopt;
}

std::optional<std::size_t> StatementLines::of(const AccountCode& account, LineFigure figure) const {
    return nearest(named_[static_cast<std::size_t>(figure)], account);
}

std::vector<std::pair<std::size_t, DebitAdds>> StatementLines::own_adds(
    const AccountCode& account) const {
    std::vector<std::pair<std::size_t, DebitAdds>> adds;
    const auto moved = of(account);
    if (layout_.kind == StatementKind::position || layout_.kind == StatementKind::performance) {
        if (!moved) return adds;
        const Wide sign = layout_.lines[*moved].positive == Side::debit ? 1 : -1;
        return {{*moved, {0, sign, sign}}};
    }
    // What an account gives up is what cash receives, and equity grows on the credit side.
    if (moved && !is_cash(account)) adds.push_back({*moved, {0, -1}});
    if (const auto line = of(account, LineFigure::opening)) adds.push_back({*line, {1, 0, 1}});
    if (const auto line = of(account, LineFigure::closing))
        adds.push_back({*line, {1, 1, 1, 0, 1}});
    if (const auto line = of(account, LineFigure::exchange)) {
        adds.push_back({*line, {0, 0, 0, 1, 1}});
        adds.push_back({index_.at(*layout_.lines[*line].against), {0, 0, 0, -1}});
    }
    if (const auto line = nearest(added_back_, account)) {
        adds.push_back({*line, {0, 1}});
        adds.push_back({index_.at(*layout_.lines[*line].against), {0, -1}});
    }
    return adds;
}

std::map<AccountCode, DebitAdds> StatementLines::adds_to(std::size_t line) const {
    const auto& parts = parts_of(line);
    std::map<AccountCode, DebitAdds> all;
    for (const auto& [account, adds] : accounts_) {
        DebitAdds sum;
        for (const auto& [own, each] : adds) {
            const auto part = parts.find(own);
            if (part == parts.end()) continue;
            sum.before += part->second * each.before;
            sum.since += part->second * each.since;
            sum.opening += part->second * each.opening;
            sum.revalued += part->second * each.revalued;
            sum.exchange += part->second * each.exchange;
        }
        if (sum != DebitAdds{}) all[account] = sum;
    }
    return all;
}

bool StatementLines::is_cash(const AccountCode& account) const {
    return of(account, LineFigure::opening) || of(account, LineFigure::closing) ||
           of(account, LineFigure::exchange);
}

DebitAdds StatementLines::lacking_adds(const AccountCode& account) const {
    // What rates made of cash is missed where no line tells it.
    if (is_cash(account)) return {0, 0, 0, 0, of(account, LineFigure::exchange) ? 0 : -1};
    if (of(account)) return {};
    const AccountKind kind = chart_.at(account).kind;
    const bool result = is_income_or_expense(kind);
    switch (layout_.kind) {
        case StatementKind::position: return {1, 1, 1};
        case StatementKind::performance: return result ? DebitAdds{0, 1, 1} : DebitAdds{};
        case StatementKind::cash_flow: return {0, 1, 0};
        case StatementKind::changes_in_equity:
            return result || kind == AccountKind::equity ? DebitAdds{1, 1, 1} : DebitAdds{};
    }
    return {};
}

Wide StatementLines::lacking(const AccountCode& account, const SpannedBalance& balance) const {
    return balance.figure(lacking_adds(account));
}

std::map<AccountCode, DebitAdds> StatementLines::adds_to_unassigned() const {
    std::map<AccountCode, DebitAdds> all;
    for (const auto& [account, lines] : accounts_)
        if (const DebitAdds adds = lacking_adds(account); adds != DebitAdds{}) all[account] = adds;
    return all;
}

std::map<AccountCode, DebitAdds> StatementLines::adds_to_cash_movement() const {
    std::map<AccountCode, DebitAdds> all;
    for (const auto& [account, lines] : accounts_)
        if (is_cash(account)) all[account] = {0, 1, 0, 0, 1};
    return all;
}

bool is_caption(const StatementLine& line, const StatementDefined& layout) {
    return line.accounts.empty() && line.adds.empty() && line.adds_back.empty() &&
           std::ranges::find(layout.lines, line.line, &StatementLine::against) ==
               layout.lines.end();
}

Wide figure_of(const std::map<AccountCode, DebitAdds>& adds, const SpannedBalances& balances) {
    Wide figure = 0;
    for (const auto& [account, of_debit] : adds)
        if (const auto found = balances.find(account); found != balances.end())
            figure += found->second.figure(of_debit);
    return figure;
}

LineFigures figures_of(const SpannedBalances& balances, const StatementDefined& layout,
                       const StatementLines& lines) {
    LineFigures figures;
    for (std::size_t at = 0; at < layout.lines.size(); ++at)
        figures.lines.push_back(figure_of(lines.adds_to(at), balances));
    figures.cash_movement = figure_of(lines.adds_to_cash_movement(), balances);
    for (const auto& [account, balance] : balances) {
        const Wide lacking = lines.lacking(account, balance);
        if (lacking == 0) continue;
        figures.unassigned += lacking;
        figures.unassigned_accounts.push_back(account);
    }
    return figures;
}

}  // namespace kontor::ledger
