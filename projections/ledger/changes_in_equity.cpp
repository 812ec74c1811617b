// How the statement of changes in equity is shown and compared, and how its figures explain
// themselves.
#include "projections/ledger/changes_in_equity.h"

#include "projections/ledger/equity_figures.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/financial_statements.h"
#include "projections/ledger/statement_figures.h"

namespace kontor::ledger {

namespace {

constexpr std::string_view comparative = "comparative_";

bool is_sum(EquityColumn column) {
    return column == EquityColumn::opening || column == EquityColumn::profit ||
           column == EquityColumn::closing;
}

}  // namespace

std::optional<std::string> StatementsModel::find(const ChangesInEquity& query, const AsOf& as_of,
                                                 AskedStatement& asked) const {
    FinancialStatement statement;
    statement.company = query.company;
    statement.statement = query.statement;
    statement.from = query.from;
    statement.compare_from = query.compare_from;
    statement.compare_to = query.compare_to;
    statement.dimensions = query.dimensions;
    statement.book = query.book;
    statement.fiscal_year = query.fiscal_year;
    statement.through_period = query.through_period;
    statement.closing_entries = query.closing_entries;
    statement.currency = query.currency;
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
    EquityFigures now, other;
    if (const auto words = find_equity(as_of, asked, lines, asked.span, now))
        return page.missing(*words);
    if (asked.compared)
        if (const auto words = find_equity(as_of, asked, lines, *asked.compared, other))
            return page.missing(*words);
    const auto money = [&](Wide minor) { return money_of(minor, asked.shown); };
    ChangesInEquityTotals totals{asked.span.from, asked.span.scope.corner.valid_at,
                                 money(now.unassigned), now.unassigned_accounts};
    if (now.reserve) totals.translation_reserve = money(*now.reserve);
    page.totals(std::move(totals));
    for (std::size_t at = 0; at < asked.layout.lines.size(); ++at) {
        const StatementLine& line = asked.layout.lines[at];
        const auto figure = [&](const EquityFigures& of, EquityColumn column) {
            return money(in(of.lines[at], column));
        };
        using enum EquityColumn;
        EquityComponent component{line.line,
                                  line.name,
                                  line.level,
                                  !line.adds.empty(),
                                  figure(now, opening),
                                  figure(now, profit),
                                  figure(now, comprehensive),
                                  figure(now, contribution),
                                  figure(now, distribution),
                                  figure(now, against_profit),
                                  figure(now, transfer),
                                  {},
                                  figure(now, closing)};
        if (asked.translated()) component.translation = figure(now, translation);
        if (asked.compared) {
            component.comparative_opening = figure(other, opening);
            component.comparative_profit = figure(other, profit);
            component.comparative_other_comprehensive_income = figure(other, comprehensive);
            component.comparative_contributions = figure(other, contribution);
            component.comparative_distributions = figure(other, distribution);
            component.comparative_against_profit = figure(other, against_profit);
            component.comparative_transfers = figure(other, transfer);
            if (asked.translated()) component.comparative_translation = figure(other, translation);
            component.comparative_closing = figure(other, closing);
        }
        std::string key = ordered_key(static_cast<std::int64_t>(at));
        if (key > page.after() && !page.add(std::move(key), std::move(component))) return;
    }
}

void StatementsModel::explain(const ChangesInEquity& query, const ExplainedRow& row,
                              const AsOf& as_of, Explanation& why) const {
    AskedStatement asked;
    if (const auto words = find(query, as_of, asked)) return why.missing(*words);
    const StatementLines lines(asked.layout, asked.chart);
    std::string_view field = row.field;
    const bool compared = field.starts_with(comparative);
    if (compared) field.remove_prefix(comparative.size());
    if (compared && !asked.compared) return why.missing("The statement is not compared.");
    const Span& span = compared ? *asked.compared : asked.span;
    EquityFigures figures;
    if (const auto words = find_equity(as_of, asked, lines, span, figures))
        return why.missing(*words);
    const auto& totals = as_of.models.of<LedgerTotals>();
    // Sums in base currency are explained page by page, whatever lies behind them.
    const auto by_pages = [&](const std::map<AccountCode, DebitAdds>& adds, const Span& counted) {
        totals.explain_accounts(as_of, query.company, adds, query.dimensions, counted.scope,
                                counted.from, asked.base, why);
    };
    if (row.row.empty() && row.field == "unassigned") {
        why.figure(Figure::of(money_of(figures.unassigned, asked.shown)));
        if (!asked.translated()) return by_pages(lines.adds_to_unassigned(), span);
        return explain_events(unassigned_equity_of(as_of, asked, lines, span), asked.shown, why);
    }
    if (row.row.empty() && row.field == "translation_reserve" && figures.reserve) {
        why.figure(Figure::of(money_of(*figures.reserve, asked.shown)));
        return explain_events(reserve_events_of(as_of, asked, span.scope), asked.shown, why);
    }
    const auto line = lines.at(row.row);
    if (!line) return why.missing("The statement has no such line.");
    const auto column = equity_column_named(field);
    if (!column || (*column == EquityColumn::translation && !asked.translated()))
        return why.missing("The statement has no such figure; its fields are named as they are.");
    why.figure(Figure::of(money_of(in(figures.lines[*line], *column), asked.shown)));
    if (!asked.translated() && is_sum(*column))
        return by_pages(adds_to_equity(asked, lines, *line, *column), span_of(*column, span));
    explain_events(equity_events_of(as_of, asked, lines, span, *line, *column), asked.shown, why);
}

}  // namespace kontor::ledger
