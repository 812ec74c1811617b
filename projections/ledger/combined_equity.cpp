// How the companies' components are found and added.
#include "projections/ledger/combined_equity.h"

#include "projections/ledger/equity_figures.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/financial_statements.h"
#include "projections/ledger/statement_figures.h"

#include <algorithm>

namespace kontor::ledger {

std::optional<std::string> StatementsModel::find(const CombinedChangesInEquity& query,
                                                 const CompanyCode& company, const AsOf& as_of,
                                                 AskedStatement& asked) const {
    ChangesInEquity of;
    of.company = company;
    of.statement = query.statement;
    of.from = query.from;
    of.closing_entries = query.closing_entries;
    of.currency = query.currency;
    return find(of, as_of, asked);
}

void StatementsModel::answer(const CombinedChangesInEquity& query, const AsOf& as_of,
                             Page<CombinedComponent>& page) const {
    struct Sum {
        EquityRow row{};
        ByCompany closing;
    };
    std::optional<StatementDefined> frame;
    std::map<StatementLineCode, Sum> sums;
    const auto companies = companies_of(as_of, query.companies);
    CombinedEquityTotals totals{combined_basis, companies, {}, {}, {}};
    Wide reserve = 0, unassigned = 0;
    const auto words = each_company(
        as_of, companies, [&](const CompanyCode& company, Currency) -> std::optional<std::string> {
            AskedStatement asked;
            if (auto unknown = find(query, company, as_of, asked)) return unknown;
            EquityFigures own;
            if (auto unknown = find_equity(as_of, asked, StatementLines(asked.layout, asked.chart),
                                           asked.span, own))
                return unknown;
            if (!frame) frame = asked.layout;
            reserve += own.reserve.value_or(0);
            unassigned += own.unassigned;
            for (std::size_t at = 0; at < own.lines.size(); ++at) {
                const StatementLineCode& line = asked.layout.lines[at].line;
                if (std::ranges::find(frame->lines, line, &StatementLine::line) ==
                    frame->lines.end()) {
                    totals.lines_left_out.push_back(company.text + '/' + line.text);
                    continue;
                }
                Sum& sum = sums[line];
                for (std::size_t column = 0; column < equity_columns; ++column)
                    sum.row[column] += own.lines[at][column];
                sum.closing[company.text] = in(own.lines[at], EquityColumn::closing);
            }
            return std::nullopt;
        });
    if (words) return page.missing(*words);
    const auto money = [&](Wide minor) { return money_of(minor, query.currency); };
    totals.translation_reserve = money(reserve);
    totals.unassigned = money(unassigned);
    page.totals(std::move(totals));
    for (std::size_t at = 0; at < frame->lines.size(); ++at) {
        const StatementLine& line = frame->lines[at];
        const Sum& sum = sums.at(line.line);
        const auto figure = [&](EquityColumn column) { return money(in(sum.row, column)); };
        using enum EquityColumn;
        CombinedComponent component{line.line,
                                    line.name,
                                    line.level,
                                    !line.adds.empty(),
                                    figure(opening),
                                    figure(profit),
                                    figure(comprehensive),
                                    figure(contribution),
                                    figure(distribution),
                                    figure(against_profit),
                                    figure(transfer),
                                    figure(translation),
                                    figure(closing),
                                    money_of(sum.closing, companies, query.currency)};
        std::string key = ordered_key(static_cast<std::int64_t>(at));
        if (key > page.after() && !page.add(std::move(key), std::move(component))) return;
    }
}

void StatementsModel::explain(const CombinedChangesInEquity& query, const ExplainedRow& row,
                              const AsOf& as_of, Explanation& why) const {
    const auto one = column_named(row.field, "by_company");
    const auto column = one ? EquityColumn::closing : equity_column_named(row.field);
    const bool total = row.row.empty();
    const bool reserve = total && row.field == "translation_reserve";
    if (total ? !reserve && row.field != "unassigned" : !column)
        return why.missing("The statement has no such figure; its fields are named as they are.");
    bool is_there = total;
    Wide figure = 0;
    EventSums events;
    const auto words = each_company(
        as_of, companies_of(as_of, query.companies),
        [&](const CompanyCode& company, Currency) -> std::optional<std::string> {
            AskedStatement asked;
            if (auto unknown = find(query, company, as_of, asked)) return unknown;
            if (one && company.text != *one) return std::nullopt;
            const StatementLines lines(asked.layout, asked.chart);
            EquityFigures own;
            if (auto unknown = find_equity(as_of, asked, lines, asked.span, own)) return unknown;
            if (reserve) {
                if (!own.reserve) return std::nullopt;
                figure += *own.reserve;
                add_to(events, reserve_events_of(as_of, asked, asked.span.scope));
                return std::nullopt;
            }
            const auto line = lines.at(row.row);
            if (total) {
                figure += own.unassigned;
                add_to(events, unassigned_equity_of(as_of, asked, lines, asked.span));
            } else if (line) {
                is_there = true;
                figure += in(own.lines[*line], *column);
                add_to(events, equity_events_of(as_of, asked, lines, asked.span, *line, *column));
            }
            return std::nullopt;
        });
    if (words) return why.missing(*words);
    if (!is_there) return why.missing("The statement has no such line or company.");
    why.figure(Figure::of(money_of(figure, query.currency)));
    explain_events(events, query.currency, why);
}

}  // namespace kontor::ledger
