// How runs are remembered, and how a late fact is seen: by what their accounts came to when they
// were computed, and what they come to now.
#include "projections/ledger/rule_runs.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/foreign_balances.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/rates.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

// A period with all that is asked of it; empty when the company has none such.
struct Asked {
    FiscalPeriod period;
    BooksModel::PeriodEnd end;
    BooksModel::PeriodEnd end_of_year;
};

// Period 0 is the whole year.
std::optional<Asked> period_of(const AsOf& as_of, const CompanyCode& company,
                               const FiscalYearCode& year, std::int64_t number) {
    const auto& books = as_of.models.of<BooksModel>();
    const auto periods = books.periods_of(as_of, company, year);
    if (number < 0 || number > std::ssize(periods) || periods.empty()) return std::nullopt;
    const auto end_of = [&](std::int64_t period) {
        return books.end_of_period(as_of, company, year, period).value();
    };
    const auto last = std::ssize(periods);
    if (number == 0) return Asked{periods.front(), end_of(last), end_of(last)};
    return Asked{periods[static_cast<std::size_t>(number - 1)], end_of(number), end_of(last)};
}

// One scope for each of the company's books, through a period, as known at a position.
std::vector<Scope> scopes_through(const AsOf& as_of, const CompanyCode& company,
                                  const BooksModel::PeriodEnd& end, std::uint64_t known_at) {
    Scope scope;
    scope.corner = {end.last_day, known_at};
    scope.adjustments = end.adjustment;
    const auto books = as_of.models.of<BooksModel>().books(as_of, company);
    if (books.empty()) return {scope};
    std::vector<Scope> scopes;
    for (const ListedBook& book : books) {
        scope.book = book.book;
        scopes.push_back(scope);
    }
    return scopes;
}

// Debits and credits of some accounts in one period by book, with or without closing entries.
using Moved = std::vector<std::map<AccountCode, std::pair<Wide, Wide>>>;
Moved moved_in(const AsOf& as_of, const CompanyCode& company, const Asked& asked,
               std::uint64_t known_at, const std::vector<AccountCode>& accounts,
               const std::map<DimensionCode, DimensionValueCode>& dimensions) {
    const auto& totals = as_of.models.of<LedgerTotals>();
    Moved moved;
    for (Scope scope : scopes_through(as_of, company, asked.end, known_at)) {
        scope.closing = false;
        Scope earlier = scope;
        if (asked.end.adjustment > 0)
            *earlier.adjustments -= 1;
        else
            earlier = before(scope, asked.period.first_day);
        std::map<AccountCode, std::pair<Wide, Wide>> of_book;
        for (const AccountCode& account : accounts) {
            Turnover turnover = totals.of_account(as_of, company, account, dimensions, scope);
            turnover -= totals.of_account(as_of, company, account, dimensions, earlier);
            if (turnover.debit != 0 || turnover.credit != 0)
                of_book[account] = {turnover.debit, turnover.credit};
        }
        moved.push_back(std::move(of_book));
    }
    return moved;
}

bool same_sums(const ForeignBalancesModel::Sums& a, const ForeignBalancesModel::Sums& b) {
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
        return x.first == y.first && x.second.amount == y.second.amount &&
               x.second.booked == y.second.booked;
    });
}

ForeignBalancesModel::Sums monetary_sums(const AsOf& as_of, const CompanyCode& company,
                                         const Scope& scope) {
    auto sums =
        as_of.models.of<ForeignBalancesModel>().sums(as_of, company, std::nullopt, {}, scope);
    const auto chart = as_of.models.of<ChartModel>().all(as_of, company);
    std::erase_if(sums, [&](const auto& sum) {
        return !chart.at(sum.first.first).monetary ||
               (sum.second.amount == 0 && sum.second.booked == 0);
    });
    return sums;
}

// What is left on income and expenses, debit positive; empty when each of them is at zero.
std::optional<Wide> result_left(const AsOf& as_of, const CompanyCode& company,
                                const std::map<AccountCode, ChartAccount>& chart,
                                const Scope& scope) {
    Wide left = 0;
    bool any = false;
    for (const auto& [account, turnover] :
         as_of.models.of<LedgerTotals>().by_account(as_of, company, {}, scope)) {
        if (!is_income_or_expense(chart.at(account).kind)) continue;
        left += turnover.balance();
        any = any || turnover.balance() != 0;
    }
    return any ? std::optional(left) : std::nullopt;
}

std::string text_of(const AccountCode& account, Currency currency) {
    return account.text + '/' + std::string(currency.text());
}

}  // namespace

void RuleRunsModel::put(const Recorded& recorded, const CompanyCode& company,
                        RuleRunRow row) const {
    row.computed_at = static_cast<std::int64_t>(recorded.event.position) - 1;
    row.time = recorded.time;
    row.actor = recorded.actor;
    runs_.put(recorded, {company, {row.rule, row.of, row.fiscal_year, row.period}}, first_date,
              row);
}

void RuleRunsModel::on(const FiscalYearClosed& closed, const Recorded& recorded) {
    RuleRunRow row;
    row.rule = EntryRule::closing;
    row.fiscal_year = closed.fiscal_year;
    row.entries = closed.entries;
    put(recorded, closed.company, std::move(row));
}

void RuleRunsModel::on(const ForeignBalancesRevalued& revalued, const Recorded& recorded) {
    RuleRunRow row;
    row.rule = EntryRule::revaluation;
    row.fiscal_year = revalued.fiscal_year;
    row.period = revalued.period;
    row.entries = revalued.entries;
    row.rates = revalued.rates;
    row.rate_type = revalued.rate_type;
    put(recorded, revalued.company, std::move(row));
}

void RuleRunsModel::on(const CostsAllocated& allocated, const Recorded& recorded) {
    RuleRunRow row;
    row.rule = EntryRule::allocation;
    row.of = allocated.allocation.text;
    row.fiscal_year = allocated.fiscal_year;
    row.period = allocated.period;
    row.entries = allocated.entries;
    put(recorded, allocated.company, std::move(row));
}

void RuleRunsModel::on(const AllocationDefined& defined, const Recorded& recorded) {
    allocations_.put(recorded, {defined.company, defined.allocation}, first_date,
                     {defined.allocation, defined.name, defined.journal, defined.sources,
                      defined.source_dimensions, defined.basis, defined.targets});
}

bool RuleRunsModel::stale(const AsOf& as_of, const CompanyCode& company,
                          const RuleRunRow& run) const {
    const auto asked = period_of(as_of, company, run.fiscal_year, run.period);
    if (!asked) return false;
    // What the run itself posted is in its own commit.
    const auto then = static_cast<std::uint64_t>(run.computed_at) + 1;
    const std::uint64_t now = as_of.corner.known_at;
    if (run.rule == EntryRule::revaluation) {
        const auto base = as_of.models.of<LedgerTotals>().base_currency(as_of, company);
        const auto known_then_scopes = scopes_through(as_of, company, asked->end, then);
        const auto known_now_scopes = scopes_through(as_of, company, asked->end, now);
        for (std::size_t at = 0; at < std::min(known_then_scopes.size(), known_now_scopes.size());
             ++at)
            if (!same_sums(monetary_sums(as_of, company, known_then_scopes[at]),
                           monetary_sums(as_of, company, known_now_scopes[at])))
                return true;
        return std::ranges::any_of(run.rates, [&](const RateUsed& used) {
            const auto rate = as_of.models.of<RatesModel>().rate_on(
                as_of, company, *run.rate_type, used.currency, *base, asked->end.last_day);
            return !rate || rounded(rate->rate) != used.rate;
        });
    }
    if (run.rule == EntryRule::allocation) {
        const Corner known_then{std::nullopt, then}, known_now{std::nullopt, now};
        const AllocationKey key{company, {run.of}};
        const auto was = allocations_.get(as_of.rows, key, known_then);
        const auto is = allocations_.get(as_of.rows, key, known_now);
        if (!is || was != is) return true;
        if (moved_in(as_of, company, *asked, then, is->sources, is->source_dimensions) !=
            moved_in(as_of, company, *asked, now, is->sources, is->source_dimensions))
            return true;
        return std::ranges::any_of(is->targets, [&](const AllocationTarget& target) {
            if (!target.basis_account) return false;
            const std::vector<AccountCode> basis{*target.basis_account};
            return moved_in(as_of, company, *asked, then, basis, target.basis_dimensions) !=
                   moved_in(as_of, company, *asked, now, basis, target.basis_dimensions);
        });
    }
    const auto chart = as_of.models.of<ChartModel>().all(as_of, company);
    return std::ranges::any_of(
        scopes_through(as_of, company, asked->end, now),
        [&](const Scope& scope) { return result_left(as_of, company, chart, scope).has_value(); });
}

void RuleRunsModel::answer(const RuleRuns& query, const AsOf& as_of, Page<RuleRunRow>& page) const {
    bool room = true;
    runs_.each(as_of, ordered_key(query.company), [&](RuleRunRow run) {
        if (query.fiscal_year && run.fiscal_year != *query.fiscal_year) return;
        std::string key = ordered_key(EntryOrigin{run.rule, run.of, run.fiscal_year, run.period});
        if (!room || key <= page.after()) return;
        run.stale = stale(as_of, query.company, run);
        room = page.add(std::move(key), std::move(run));
    });
}

void RuleRunsModel::answer(const AllocationList& query, const AsOf& as_of,
                           Page<ListedAllocation>& page) const {
    allocations_.list(as_of, ordered_key(query.company), page);
}

// Goes through what a close asks for, in the order of the choice.
class RuleRunsModel::Checks {
public:
    Checks(const RuleRunsModel& model, const ClosingChecklist& query, const AsOf& as_of,
           const Asked& asked)
        : model_(model), query_(query), as_of_(as_of), asked_(asked) {}

    std::vector<ChecklistRow> run() {
        base_ = as_of_.models.of<LedgerTotals>().base_currency(as_of_, query_.company).value();
        chart_ = as_of_.models.of<ChartModel>().all(as_of_, query_.company);
        earlier_periods();
        suspense();
        revaluation();
        allocations();
        result();
        return std::move(rows_);
    }

private:
    void add(ClosingCheck check, std::string of, std::optional<Money> amount = {},
             std::optional<std::int64_t> computed_at = {}) {
        const auto& names = type_of<ClosingCheck>().choices;
        std::string item(names[static_cast<std::size_t>(check)].name);
        if (!of.empty()) item += ' ' + of;
        rows_.push_back({std::move(item), check, std::move(of), amount, computed_at});
    }
    std::vector<Scope> scopes() const {
        return scopes_through(as_of_, query_.company, asked_.end, as_of_.corner.known_at);
    }
    // " HGB" behind what is told of one of several books.
    static std::string in_book(const Scope& scope) {
        return scope.book ? ' ' + scope.book->text : std::string();
    }
    std::optional<RuleRunRow> run_of(EntryRule rule, std::string of, std::int64_t period) const {
        return model_.runs_.get(as_of_.rows,
                                {query_.company, {rule, std::move(of), query_.fiscal_year, period}},
                                Corner{std::nullopt, as_of_.corner.known_at});
    }

    void earlier_periods() {
        const auto& books = as_of_.models.of<BooksModel>();
        for (const auto& [first_day, year] : books.fiscal_years(as_of_, query_.company)) {
            if (first_day > asked_.period.first_day) return;
            for (const FiscalPeriod& each : books.periods_of(as_of_, query_.company, year)) {
                if (year == query_.fiscal_year && each.period >= query_.period) break;
                if (each.state == PeriodState::open)
                    add(ClosingCheck::earlier_period_open,
                        year.text + ' ' + std::to_string(each.period));
            }
        }
    }
    void suspense() {
        for (const Scope& scope : scopes())
            for (const auto& [account, turnover] :
                 as_of_.models.of<LedgerTotals>().by_account(as_of_, query_.company, {}, scope))
                if (chart_.at(account).suspense && turnover.balance() != 0)
                    add(ClosingCheck::suspense_not_zero, account.text + in_book(scope),
                        money_of(turnover.balance(), base_));
    }
    // An adjustment period shares its day with those before it: what was revalued for one of them
    // stands until something more is posted.
    void revaluation() {
        for (std::int64_t period = query_.period; period >= 1; --period) {
            const auto earlier =
                period_of(as_of_, query_.company, query_.fiscal_year, period).value();
            if (earlier.end.last_day != asked_.end.last_day) break;
            const auto run = run_of(EntryRule::revaluation, {}, period);
            if (!run) continue;
            if (model_.stale(as_of_, query_.company, *run))
                add(ClosingCheck::revaluation_stale, {}, {}, run->computed_at);
            else if (period < query_.period && moved_since(earlier))
                break;
            return;
        }
        for (const Scope& scope : scopes())
            for (const auto& [of, sum] : monetary_sums(as_of_, query_.company, scope))
                add(ClosingCheck::not_revalued, text_of(of.first, of.second) + in_book(scope),
                    money_of(sum.booked, base_));
    }
    // Whether foreign balances differ from those through an earlier period of the same day.
    bool moved_since(const Asked& earlier) const {
        const auto then =
            scopes_through(as_of_, query_.company, earlier.end, as_of_.corner.known_at);
        const auto now = scopes();
        for (std::size_t at = 0; at < now.size(); ++at)
            if (!same_sums(monetary_sums(as_of_, query_.company, then[at]),
                           monetary_sums(as_of_, query_.company, now[at])))
                return true;
        return false;
    }
    void allocations() {
        model_.allocations_.each(
            as_of_, ordered_key(query_.company), [&](const ListedAllocation& allocation) {
                const auto run =
                    run_of(EntryRule::allocation, allocation.allocation.text, query_.period);
                if (run) {
                    if (model_.stale(as_of_, query_.company, *run))
                        add(ClosingCheck::allocation_stale, allocation.allocation.text, {},
                            run->computed_at);
                    return;
                }
                const Moved moved = moved_in(as_of_, query_.company, asked_, as_of_.corner.known_at,
                                             allocation.sources, allocation.source_dimensions);
                if (std::ranges::any_of(moved, [](const auto& book) { return !book.empty(); }))
                    add(ClosingCheck::not_allocated, allocation.allocation.text);
            });
    }
    void result() {
        if (asked_.end_of_year.last_day != asked_.end.last_day) return;
        for (const Scope& scope :
             scopes_through(as_of_, query_.company, asked_.end_of_year, as_of_.corner.known_at))
            if (const auto left = result_left(as_of_, query_.company, chart_, scope))
                add(ClosingCheck::result_not_carried, query_.fiscal_year.text + in_book(scope),
                    money_of(*left, base_));
    }

    const RuleRunsModel& model_;
    const ClosingChecklist& query_;
    const AsOf& as_of_;
    const Asked& asked_;
    Currency base_;
    std::map<AccountCode, ChartAccount> chart_;
    std::vector<ChecklistRow> rows_;
};

void RuleRunsModel::answer(const ClosingChecklist& query, const AsOf& as_of,
                           Page<ChecklistRow>& page) const {
    const auto asked = period_of(as_of, query.company, query.fiscal_year, query.period);
    if (!asked)
        return page.missing("The company has no period " + std::to_string(query.period) +
                            " of a fiscal year " + query.fiscal_year.text + ".");
    std::int64_t number = 0;
    for (ChecklistRow& row : Checks(*this, query, as_of, *asked).run()) {
        std::string key = ordered_key(number++);
        if (key > page.after() && !page.add(std::move(key), std::move(row))) return;
    }
}

ReadModelSpec rule_runs() {
    return ReadModelSpec::of<RuleRunsModel>("rule_runs", 1, "ledger")
        .folding<RuleRunsModel, FiscalYearClosed, ForeignBalancesRevalued, CostsAllocated,
                 AllocationDefined>()
        .answering<RuleRunsModel, RuleRuns, RuleRunRow>()
        .answering<RuleRunsModel, AllocationList, ListedAllocation>()
        .answering<RuleRunsModel, ClosingChecklist, ChecklistRow>();
}

}  // namespace kontor::ledger
