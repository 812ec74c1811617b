// How the lines of a statement get their figures from the chart's tree and the ledger's totals.
#include "projections/ledger/financial_statements.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

using Chart = std::map<AccountCode, ChartAccount>;

// From one day, if any, to where a scope ends.
struct Span {
    Scope scope;
    std::optional<Date> from;
};

// Debit positive, by account.
std::map<AccountCode, Wide> balances(const AsOf& as_of, const FinancialStatement& query,
                                     const Span& span) {
    const auto& totals = as_of.models.of<LedgerTotals>();
    std::map<AccountCode, Wide> balances;
    for (const auto& [account, turnover] :
         totals.by_account(as_of, query.company, query.dimensions, span.scope))
        balances[account] += turnover.balance();
    if (!span.from) return balances;
    Scope earlier = span.scope;
    earlier.corner = before(earlier.corner, *span.from);
    earlier.adjustments.reset();  // those of the last day are not before the first
    for (const auto& [account, turnover] :
         totals.by_account(as_of, query.company, query.dimensions, earlier))
        balances[account] -= turnover.balance();
    return balances;
}

// The line that shows an account: the one that names it, or the nearest heading above it.
class Lines {
public:
    Lines(const StatementDefined& layout, const Chart& chart) : layout_(layout), chart_(chart) {
        for (std::size_t at = 0; at < layout.lines.size(); ++at) {
            index_[layout.lines[at].line] = at;
            for (const AccountCode& account : layout.lines[at].accounts) named_[account] = at;
        }
    }
    std::optional<std::size_t> of(const AccountCode& account) const {
        for (std::optional<AccountCode> at = account; at; at = chart_.at(*at).parent)
            if (const auto found = named_.find(*at); found != named_.end()) return found->second;
        return std::nullopt;
    }
    std::optional<std::size_t> at(std::string_view line) const {
        const auto found = index_.find(StatementLineCode{std::string(line)});
        return found == index_.end() ? std::nullopt : std::optional(found->second);
    }
    // How often each line with accounts is in a line, itself or through what it adds. A position's
    // figure is signed as its own line shows it, so that total assets add assets.
    std::map<std::size_t, Wide> parts_of(std::size_t line) const {
        std::map<std::size_t, Wide> parts;
        const StatementLine& of = layout_.lines[line];
        if (of.adds.empty()) return {{line, 1}};
        for (const StatementLineCode& added : of.adds)
            for (const auto& [part, times] : parts_of(index_.at(added))) parts[part] += times;
        return parts;
    }
    Wide sign(std::size_t line) const {
        return layout_.lines[line].positive == Side::debit ? 1 : -1;
    }

private:
    const StatementDefined& layout_;
    const Chart& chart_;
    std::map<StatementLineCode, std::size_t> index_;
    std::map<AccountCode, std::size_t> named_;
};

bool is_income_or_expense(AccountKind kind) {
    return kind == AccountKind::income || kind == AccountKind::expense;
}

struct Figures {
    std::vector<Wide> lines;
    Wide unassigned = 0;
    std::vector<AccountCode> unassigned_accounts;
};

Figures figures_of(const std::map<AccountCode, Wide>& balances, const StatementDefined& layout,
                   const Chart& chart, const Lines& lines) {
    Figures figures;
    std::vector<Wide> own(layout.lines.size());
    for (const auto& [account, balance] : balances) {
        if (const auto line = lines.of(account)) {
            own[*line] += lines.sign(*line) * balance;
        } else if (balance != 0 && (layout.kind == StatementKind::position ||
                                    is_income_or_expense(chart.at(account).kind))) {
            figures.unassigned += balance;
            figures.unassigned_accounts.push_back(account);
        }
    }
    for (std::size_t at = 0; at < layout.lines.size(); ++at) {
        Wide figure = 0;
        for (const auto& [part, times] : lines.parts_of(at)) figure += times * own[part];
        figures.lines.push_back(figure);
    }
    return figures;
}

}  // namespace

struct StatementsModel::Asked {
    Currency base;
    StatementDefined layout;
    Chart chart;
    Span span;
    std::optional<Span> compared;
};

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

std::optional<std::string> StatementsModel::find(const FinancialStatement& query, const AsOf& as_of,
                                                 Asked& asked) const {
    const auto& books = as_of.models.of<BooksModel>();
    const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, query.company);
    if (!base) return "No company has this code.";
    asked.base = *base;
    const auto layout = layouts_.get(as_of.rows, {query.company, query.statement},
                                     Corner{std::nullopt, as_of.corner.known_at});
    if (!layout) return "The company has laid out no statement with this code.";
    asked.layout = *layout;
    asked.chart = as_of.models.of<ChartModel>().all(as_of, query.company);
    if (auto words = find_scope(as_of, query, asked.span.scope)) return words;
    const bool performance = layout->kind == StatementKind::performance;
    if (performance) asked.span.scope.closing = false;
    if (query.compare_from && !query.compare_to)
        return "`compare_from` is said together with `compare_to`.";
    // The first day of a performance whose last is known.
    const auto begins = [&](const std::optional<Date>& said,
                            const Scope& scope) -> std::optional<Date> {
        if (said) return said;
        if (!scope.corner.valid_at) return std::nullopt;
        std::optional<Date> first;
        for (const auto& [first_day, year] : books.fiscal_years(as_of, query.company))
            if (first_day <= *scope.corner.valid_at) first = first_day;
        return first;
    };
    if (performance) {
        asked.span.from = begins(query.from, asked.span.scope);
        if (!asked.span.from)
            return "An income statement is asked for with `valid_at`, or `fiscal_year` and "
                   "`through_period`, or `from`; its first day lies in a fiscal year.";
    } else if (query.from) {
        return "A position has no `from`: it is that of a day.";
    }
    if (!query.compare_to) return std::nullopt;
    asked.compared = asked.span;
    asked.compared->scope.corner.valid_at = *query.compare_to;
    asked.compared->scope.adjustments.reset();
    if (performance) asked.compared->from = begins(query.compare_from, asked.compared->scope);
    return std::nullopt;
}

void StatementsModel::answer(const FinancialStatement& query, const AsOf& as_of,
                             Page<StatementFigure>& page) const {
    Asked asked;
    if (const auto words = find(query, as_of, asked)) return page.missing(*words);
    const Lines lines(asked.layout, asked.chart);
    const auto of = [&](const Span& span) {
        return figures_of(balances(as_of, query, span), asked.layout, asked.chart, lines);
    };
    const Figures now = of(asked.span);
    const Figures other = asked.compared ? of(*asked.compared) : Figures{};
    page.totals(FinancialStatementTotals{asked.span.from, asked.span.scope.corner.valid_at,
                                         money_of(now.unassigned, asked.base),
                                         now.unassigned_accounts});
    for (std::size_t at = 0; at < asked.layout.lines.size(); ++at) {
        const StatementLine& line = asked.layout.lines[at];
        StatementFigure figure{line.line, line.name, line.level,   !line.adds.empty(),
                               {},        {},        line.category};
        if (!line.accounts.empty() || !line.adds.empty()) {
            figure.amount = money_of(now.lines[at], asked.base);
            if (asked.compared) figure.comparative = money_of(other.lines[at], asked.base);
        }
        std::string key = ordered_key(static_cast<std::int64_t>(at));
        if (key > page.after() && !page.add(std::move(key), std::move(figure))) return;
    }
}

void StatementsModel::explain(const FinancialStatement& query, const ExplainedRow& row,
                              const AsOf& as_of, Explanation& why) const {
    Asked asked;
    if (const auto words = find(query, as_of, asked)) return why.missing(*words);
    const Lines lines(asked.layout, asked.chart);
    const auto line = lines.at(row.row);
    if (!line) return why.missing("The statement has no such line.");
    const bool compared = row.field == "comparative";
    if (!compared && row.field != "amount")
        return why.missing("Figures of a statement are `amount` and `comparative`.");
    if (compared && !asked.compared) return why.missing("The statement is not compared.");
    const Span& span = compared ? *asked.compared : asked.span;
    const auto parts = lines.parts_of(*line);
    // What a debit on an account adds to the line.
    std::map<AccountCode, Wide> adds;
    for (const auto& [account, known] : asked.chart) {
        const auto shown = lines.of(account);
        const auto part = shown ? parts.find(*shown) : parts.end();
        if (!known.summary && part != parts.end())
            adds[account] = part->second * lines.sign(*shown);
    }
    Wide figure = 0;
    for (const auto& [account, balance] : balances(as_of, query, span))
        if (const auto found = adds.find(account); found != adds.end())
            figure += found->second * balance;
    why.figure(Figure::of(money_of(figure, asked.base)));
    as_of.models.of<LedgerTotals>().explain_accounts(as_of, query.company, adds, query.dimensions,
                                                     span.scope, span.from, asked.base, why);
}

ReadModelSpec financial_statements() {
    return ReadModelSpec::of<StatementsModel>("financial_statements", 1, "ledger")
        .folding<StatementsModel, StatementDefined>()
        .answering<StatementsModel, StatementList, ListedStatement>()
        .answering<StatementsModel, FinancialStatement, StatementFigure>();
}

}  // namespace kontor::ledger
