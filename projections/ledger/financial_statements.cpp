// How the lines of a statement get their figures from the chart's tree and the ledger's totals.
#include "projections/ledger/financial_statements.h"

#include "projections/any_day.h"
#include "projections/ledger/books.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/statement_figures.h"
#include "projections/ledger/statement_lines.h"

#include <algorithm>

namespace kontor::ledger {

void StatementsModel::on(const StatementDefined& defined, const Recorded& recorded) {
    layouts_.put(recorded, {defined.company, defined.statement}, first_date, defined);
}

void StatementsModel::answer(const StatementList& query, const AsOf& as_of,
                             Page<ListedStatement>& page) const {
    layouts_.each(as_of, ordered_key(query.company), [&](const StatementDefined& layout) {
        std::string key = ordered_key(layout.statement);
        if (key > page.after())
            page.add(std::move(key), {layout.statement, layout.name, layout.kind});
    });
}

void StatementsModel::answer(const StatementLayout& query, const AsOf& as_of,
                             Page<StatementLine>& page) const {
    const auto layout = layouts_.get(as_of.rows, {query.company, query.statement}, as_of.corner);
    if (!layout) return page.missing("The company has laid out no statement with this code.");
    std::int64_t number = 0;
    for (const StatementLine& line : layout->lines) {
        std::string key = ordered_key(number++);
        if (key > page.after() && !page.add(std::move(key), line)) return;
    }
}

std::optional<std::string> StatementsModel::find(const FinancialStatement& query, const AsOf& as_of,
                                                 AskedStatement& asked) const {
    const auto& books = as_of.models.of<BooksModel>();
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return "No company has this code.";
    asked.company = query.company;
    asked.dimensions = query.dimensions;
    asked.base = *base;
    asked.shown = query.currency.value_or(*base);
    const auto layout =
        layouts_.get(as_of.rows, {query.company, query.statement}, on_any_day(as_of).corner);
    if (!layout) return "The company has laid out no statement with this code.";
    asked.layout = *layout;
    asked.chart = as_of.models.of<ChartModel>().all(as_of, query.company);
    if (auto words = find_scope(as_of, query, asked.span.scope)) return words;
    const bool spans = layout->kind != StatementKind::position;
    if (layout->kind == StatementKind::performance || layout->kind == StatementKind::cash_flow)
        asked.span.scope.closing = false;
    if (query.compare_from && !query.compare_to)
        return "`compare_from` is said together with `compare_to`.";
    // The first day of a span whose last is known.
    const auto begins = [&](const std::optional<Date>& said,
                            const Scope& scope) -> std::optional<Date> {
        if (said) return said;
        if (!scope.corner.valid_at) return std::nullopt;
        std::optional<Date> first;
        for (const auto& [first_day, year] : books.fiscal_years(as_of, query.company))
            if (first_day <= *scope.corner.valid_at) first = first_day;
        return first;
    };
    if (spans) {
        asked.span.from = begins(query.from, asked.span.scope);
        if (!asked.span.from)
            return "A statement of movements is asked for with `valid_at`, or `fiscal_year` and "
                   "`through_period`, or `from`; its first day lies in a fiscal year.";
    } else if (query.from) {
        return "A position has no `from`: it is that of a day.";
    }
    if (!query.compare_to) return std::nullopt;
    asked.compared = asked.span;
    asked.compared->scope.corner.valid_at = *query.compare_to;
    asked.compared->scope.adjustments.reset();
    if (spans) asked.compared->from = begins(query.compare_from, asked.compared->scope);
    return std::nullopt;
}

std::optional<std::string> StatementsModel::find_columns(const FinancialStatement& query,
                                                         const AsOf& as_of,
                                                         const AskedStatement& asked,
                                                         Columns& columns) {
    if (!query.columns) return std::nullopt;
    if (asked.layout.kind != StatementKind::position &&
        asked.layout.kind != StatementKind::performance)
        return "Positions and performances are told by columns, no others.";
    if (asked.translated()) return "What is translated is the whole and not a dimension.";
    if (!as_of.models.of<BooksModel>().has_dimension(as_of, {query.company, *query.columns}))
        return "The company has no dimension " + query.columns->text + ".";
    const auto add = [&](const Scope& scope, Wide sign) {
        for (const auto& [group, turnover] : as_of.models.of<LedgerTotals>().by_values(
                 as_of, query.company, {*query.columns}, query.dimensions, scope, std::nullopt))
            columns[group.values.front().text][group.account].since += sign * turnover.balance();
    };
    add(asked.span.scope, 1);
    if (asked.span.from) add(before(asked.span.scope, *asked.span.from), -1);
    std::erase_if(columns, [](const auto& column) {
        return std::ranges::all_of(column.second,
                                   [](const auto& each) { return each.second.since == 0; });
    });
    if (columns.size() > most_columns)
        return "There would be over 200 columns; ask `balances` with `by` for the dimension.";
    return std::nullopt;
}

void StatementsModel::answer(const FinancialStatement& query, const AsOf& as_of,
                             Page<StatementFigure>& page) const {
    AskedStatement asked;
    if (const auto words = find(query, as_of, asked)) return page.missing(*words);
    if (asked.layout.kind == StatementKind::changes_in_equity)
        return page.missing("This is a statement of changes in equity; ask `changes_in_equity`.");
    const StatementLines lines(asked.layout, asked.chart);
    const Currency shown = asked.shown;
    SpanFigures now, other;
    if (const auto words = find_figures(as_of, asked, lines, asked.span, now))
        return page.missing(*words);
    if (asked.compared)
        if (const auto words = find_figures(as_of, asked, lines, *asked.compared, other))
            return page.missing(*words);
    Columns columns;
    if (const auto words = find_columns(query, as_of, asked, columns)) return page.missing(*words);
    const LineFigures figures = figures_of(now.balances, asked.layout, lines);
    const LineFigures compared = figures_of(other.balances, asked.layout, lines);
    FinancialStatementTotals totals{asked.span.from, asked.span.scope.corner.valid_at,
                                    money_of(figures.unassigned, shown),
                                    figures.unassigned_accounts};
    if (asked.layout.kind == StatementKind::cash_flow)
        totals.cash_movement = money_of(figures.cash_movement, shown);
    if (now.reserve) totals.translation_reserve = money_of(*now.reserve, shown);
    page.totals(std::move(totals));
    for (std::size_t at = 0; at < asked.layout.lines.size(); ++at) {
        const StatementLine& line = asked.layout.lines[at];
        StatementFigure figure{line.line, line.name, line.level,   !line.adds.empty(),
                               {},        {},        line.category};
        if (!is_caption(line, asked.layout)) {
            figure.amount = money_of(figures.lines[at], shown);
            if (asked.compared) figure.comparative = money_of(compared.lines[at], shown);
            const auto adds =
                columns.empty() ? std::map<AccountCode, DebitAdds>{} : lines.adds_to(at);
            for (const auto& [value, balances] : columns)
                figure.columns[value] = money_of(figure_of(adds, balances), shown);
        }
        std::string key = ordered_key(static_cast<std::int64_t>(at));
        if (key > page.after() && !page.add(std::move(key), std::move(figure))) return;
    }
}

void StatementsModel::explain(const FinancialStatement& query, const ExplainedRow& row,
                              const AsOf& as_of, Explanation& why) const {
    AskedStatement asked;
    if (const auto words = find(query, as_of, asked)) return why.missing(*words);
    const StatementLines lines(asked.layout, asked.chart);
    const auto explained = [&](const std::map<AccountCode, DebitAdds>& adds, const Span& span) {
        SpanFigures found;
        if (const auto words = find_figures(as_of, asked, lines, span, found))
            return why.missing(*words);
        why.figure(Figure::of(money_of(figure_of(adds, found.balances), asked.shown)));
        if (asked.translated())
            return explain_events(events_of(as_of, asked, lines, span, adds), asked.shown, why);
        as_of.models.of<LedgerTotals>().explain_accounts(
            as_of, query.company, adds, query.dimensions, span.scope, span.from, asked.base, why);
    };
    const auto reserve = [&] {
        SpanFigures found;
        if (const auto words = find_figures(as_of, asked, lines, asked.span, found))
            return why.missing(*words);
        why.figure(Figure::of(money_of(*found.reserve, asked.shown)));
        explain_events(reserve_events_of(as_of, asked, asked.span.scope), asked.shown, why);
    };
    if (row.row.empty()) {
        if (row.field == "unassigned") return explained(lines.adds_to_unassigned(), asked.span);
        if (row.field == "cash_movement" && asked.layout.kind == StatementKind::cash_flow)
            return explained(lines.adds_to_cash_movement(), asked.span);
        if (row.field == "translation_reserve" && asked.translated() &&
            asked.layout.kind == StatementKind::position)
            return reserve();
        return why.missing(
            "Of all lines together `unassigned` is explained, of a cash flow `cash_movement`, and "
            "of a position in another currency `translation_reserve`.");
    }
    const auto line = lines.at(row.row);
    if (!line || asked.layout.kind == StatementKind::changes_in_equity)
        return why.missing("The statement has no such line.");
    const auto column = query.columns ? column_named(row.field) : std::nullopt;
    if (column) {
        Columns columns;
        if (const auto words = find_columns(query, as_of, asked, columns))
            return why.missing(*words);
        const auto found = columns.find(*column);
        if (found == columns.end()) return why.missing("The statement has no such column.");
        const auto adds = lines.adds_to(*line);
        why.figure(Figure::of(money_of(figure_of(adds, found->second), asked.base)));
        return as_of.models.of<LedgerTotals>().explain_column(
            as_of, query.company, adds, *query.columns, {*column}, query.dimensions,
            asked.span.scope, asked.span.from, asked.base, why);
    }
    const bool compared = row.field == "comparative";
    if (!compared && row.field != "amount")
        return why.missing(
            "Figures of a statement are `amount`, `comparative` and `columns[...]`.");
    if (compared && !asked.compared) return why.missing("The statement is not compared.");
    explained(lines.adds_to(*line), compared ? *asked.compared : asked.span);
}

ReadModelSpec financial_statements() {
    return ReadModelSpec::of<StatementsModel>("financial_statements", 1, "ledger")
        .folding<StatementsModel, StatementDefined>()
        .answering<StatementsModel, StatementList, ListedStatement>()
        .answering<StatementsModel, StatementLayout, StatementLine>()
        .answering<StatementsModel, FinancialStatement, StatementFigure>()
        .answering<StatementsModel, CombinedStatement, CombinedFigure>()
        .answering<StatementsModel, ChangesInEquity, EquityComponent>()
        .answering<StatementsModel, CombinedChangesInEquity, CombinedComponent>();
}

}  // namespace kontor::ledger
