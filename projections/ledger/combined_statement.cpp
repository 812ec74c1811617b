// How the companies' lines are found and added, and which events are behind the sums.
#include "projections/ledger/combined_statement.h"

#include "projections/ledger/figures.h"
#include "projections/ledger/financial_statements.h"
#include "projections/ledger/statement_figures.h"

#include <algorithm>

namespace kontor::ledger {

std::optional<std::string> StatementsModel::find(const CombinedStatement& query,
                                                 const CompanyCode& company, const AsOf& as_of,
                                                 AskedStatement& asked) const {
    FinancialStatement of;
    of.company = company;
    of.statement = query.statement;
    of.from = query.from;
    of.currency = query.currency;
    if (auto words = find(of, as_of, asked)) return words;
    if (asked.layout.kind == StatementKind::changes_in_equity)
        return "This is a statement of changes in equity; ask `combined_changes_in_equity`.";
    return std::nullopt;
}

void StatementsModel::answer(const CombinedStatement& query, const AsOf& as_of,
                             Page<CombinedFigure>& page) const {
    std::optional<StatementDefined> frame;
    std::map<StatementLineCode, ByCompany> figures;
    const auto companies = companies_of(as_of, query.companies);
    CombinedTotals totals{combined_basis, companies, {}, {}, {}};
    Wide reserve = 0, unassigned = 0, cash_movement = 0;
    const auto words = each_company(
        as_of, companies, [&](const CompanyCode& company, Currency) -> std::optional<std::string> {
            AskedStatement asked;
            if (auto unknown = find(query, company, as_of, asked)) return unknown;
            const StatementLines lines(asked.layout, asked.chart);
            SpanFigures found;
            if (auto unknown = find_figures(as_of, asked, lines, asked.span, found)) return unknown;
            if (!frame) frame = asked.layout;
            const LineFigures own = figures_of(found.balances, asked.layout, lines);
            reserve += found.reserve.value_or(0);
            unassigned += own.unassigned;
            cash_movement += own.cash_movement;
            for (std::size_t at = 0; at < asked.layout.lines.size(); ++at) {
                const StatementLine& line = asked.layout.lines[at];
                if (std::ranges::find(frame->lines, line.line, &StatementLine::line) ==
                    frame->lines.end())
                    totals.lines_left_out.push_back(company.text + '/' + line.line.text);
                else if (!is_caption(line, asked.layout))
                    figures[line.line][company.text] = own.lines[at];
            }
            return std::nullopt;
        });
    if (words) return page.missing(*words);
    totals.translation_reserve = money_of(reserve, query.currency);
    totals.unassigned = money_of(unassigned, query.currency);
    if (frame->kind == StatementKind::cash_flow)
        totals.cash_movement = money_of(cash_movement, query.currency);
    page.totals(std::move(totals));
    for (std::size_t at = 0; at < frame->lines.size(); ++at) {
        const StatementLine& line = frame->lines[at];
        CombinedFigure row{line.line, line.name, line.level, !line.adds.empty(), {}, {}};
        if (const auto found = figures.find(line.line); found != figures.end()) {
            row.by_company = money_of(found->second, companies, query.currency);
            row.amount = money_of(all_of(found->second), query.currency);
        }
        std::string key = ordered_key(static_cast<std::int64_t>(at));
        if (key > page.after() && !page.add(std::move(key), std::move(row))) return;
    }
}

void StatementsModel::explain(const CombinedStatement& query, const ExplainedRow& row,
                              const AsOf& as_of, Explanation& why) const {
    const auto one = column_named(row.field, "by_company");
    const bool total = row.row.empty();
    const bool reserve = total && row.field == "translation_reserve";
    const bool cash = total && row.field == "cash_movement";
    if (total ? !reserve && !cash && row.field != "unassigned" : !one && row.field != "amount")
        return why.missing(
            "Figures of it are `amount` and `by_company[...]`, and of all lines together "
            "`unassigned`, `translation_reserve` and `cash_movement`.");
    bool is_there = total;
    Wide figure = 0;
    EventSums events;
    const auto words =
        each_company(as_of, companies_of(as_of, query.companies),
                     [&](const CompanyCode& company, Currency) -> std::optional<std::string> {
                         AskedStatement asked;
                         if (auto unknown = find(query, company, as_of, asked)) return unknown;
                         if (one && company.text != *one) return std::nullopt;
                         const StatementLines lines(asked.layout, asked.chart);
                         SpanFigures found;
                         if (auto unknown = find_figures(as_of, asked, lines, asked.span, found))
                             return unknown;
                         if (reserve) {
                             if (!found.reserve) return std::nullopt;
                             figure += *found.reserve;
                             add_to(events, reserve_events_of(as_of, asked, asked.span.scope));
                             return std::nullopt;
                         }
                         const auto line = lines.at(row.row);
                         if (!total && !line) return std::nullopt;
                         is_there = true;
                         const auto adds = cash    ? lines.adds_to_cash_movement()
                                           : total ? lines.adds_to_unassigned()
                                                   : lines.adds_to(*line);
                         figure += figure_of(adds, found.balances);
                         add_to(events, events_of(as_of, asked, lines, asked.span, adds));
                         return std::nullopt;
                     });
    if (words) return why.missing(*words);
    if (!is_there) return why.missing("The statement has no such line or company.");
    why.figure(Figure::of(money_of(figure, query.currency)));
    explain_events(events, query.currency, why);
}

}  // namespace kontor::ledger
