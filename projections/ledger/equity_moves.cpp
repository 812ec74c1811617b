// How an entry on equity is read by its lines.
#include "projections/ledger/equity_moves.h"

#include "projections/ledger/journal.h"

#include <algorithm>
#include <set>

namespace kontor::ledger {

namespace {

Wide signed_credit(const PostedLine& line) {
    return line.side == Side::credit ? line.base.minor : -Wide{line.base.minor};
}

}  // namespace

std::optional<EquityColumn> equity_column_named(std::string_view field) {
    static constexpr std::array<std::string_view, equity_columns> names{
        "opening",       "profit",        "other_comprehensive_income",
        "contributions", "distributions", "against_profit",
        "transfers",     "translation",   "closing"};
    const auto found = std::ranges::find(names, field);
    if (found == names.end()) return std::nullopt;
    return static_cast<EquityColumn>(found - names.begin());
}

void EquityEntries::moves_of(const EntryPosted& entry, const EachMove& call) const {
    // What an entry has on one side.
    struct Amounts {
        Wide equity = 0;
        Wide result = 0;
    };
    const auto tell = [&](const PostedLine& line, EquityColumn move, Wide amount) {
        const auto component = lines_.of(line.account);
        if (component && amount != 0 && carries(line.dimensions, asked_.dimensions))
            call(*component, line.account, move, amount);
    };
    if (entry.kind == EntryKind::opening) return;
    if (entry.kind == EntryKind::closing) {
        for (const PostedLine& line : entry.lines)
            tell(line, EquityColumn::transfer, signed_credit(line));
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
        const auto take = [&](Wide& from, EquityColumn move) {
            const Wide taken = std::min(rest, from);
            from -= taken;
            rest -= taken;
            tell(line, move, signs * taken);
        };
        take(left.transfer, EquityColumn::transfer);
        take(left.result, EquityColumn::against_profit);
        const auto component = lines_.of(line.account);
        const bool comprehensive = component && asked_.layout.lines[*component].comprehensive;
        tell(line,
             comprehensive ? EquityColumn::comprehensive
             : credit > 0  ? EquityColumn::contribution
                           : EquityColumn::distribution,
             signs * rest);
    }
}

void EquityEntries::each_entry(
    const AsOf& as_of, const Scope& scope,
    const std::function<void(const EventRef&, const EntryPosted&)>& call) const {
    std::set<AccountCode> of_equity, of_result;
    for (const auto& [code, account] : asked_.chart)
        if (!account.summary && (is_result(code) || is_equity(code)))
            (is_result(code) ? of_result : of_equity).insert(code);
    Scope closing = scope;
    closing.ordinary = false;
    RowsByEvent::Finder entries = as_of.models.of<JournalModel>().entries(as_of.rows);
    as_of.models.of<LedgerTotals>().each_event_on(
        as_of, asked_.company, {{of_equity, scope}, {of_result, closing}}, asked_.dimensions,
        std::nullopt, [&](const EventRef& event) {
            call(event, JournalModel::entry_of(entries, event).posted);
            return true;
        });
}

}  // namespace kontor::ledger
