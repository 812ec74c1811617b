// How each item of the checklist is found.
#include "projections/ledger/closing_checklist.h"

#include "projections/ledger/deferrals.h"
#include "projections/ledger/drafts.h"
#include "projections/ledger/figures.h"
#include "projections/ledger/period_figures.h"
#include "projections/ledger/recurring_entries.h"
#include "projections/ledger/rule_runs.h"
#include "projections/ledger/summed_events.h"

#include <algorithm>
#include <functional>

namespace kontor::ledger {

namespace {

std::string text_of(const AccountCode& account, Currency currency) {
    return account.text + '/' + std::string(currency.text());
}

}  // namespace

// Goes through what a close asks for, in the order of the choice.
class RuleRunsModel::Checks {
public:
    Checks(const RuleRunsModel& model, const ClosingChecklist& query, const AsOf& as_of,
           const PeriodAsked& asked)
        : model_(model), query_(query), as_of_(as_of), asked_(asked) {}

    // What is to be done, and for what is a balance the events behind it.
    struct Found {
        ChecklistRow row;
        std::function<void(Explanation&)> explain;
    };
    std::vector<Found> run() {
        base_ = as_of_.models.of<LedgerTotals>().base_currency(as_of_, query_.company).value();
        chart_ = as_of_.models.of<ChartModel>().all(as_of_, query_.company);
        earlier_periods();
        drafts();
        due_entries();
        deferrals();
        accruals();
        opening();
        suspense();
        revaluation();
        formulas();
        allocations();
        result();
        return std::move(rows_);
    }

private:
    void add(ClosingCheck check, std::string of, std::optional<Money> amount = {},
             std::optional<std::int64_t> computed_at = {},
             std::function<void(Explanation&)> explain = {}) {
        const auto& names = type_of<ClosingCheck>().choices;
        std::string item(names[static_cast<std::size_t>(check)].name);
        if (!of.empty()) item += ' ' + of;
        rows_.push_back(
            {{std::move(item), check, std::move(of), amount, computed_at}, std::move(explain)});
    }
    // A balance that should be zero, with the postings that it is.
    void add_balance(ClosingCheck check, const AccountCode& account, const Scope& scope,
                     Wide balance) {
        add(check, account.text + in_book(scope), money_of(balance, base_), {},
            [this, account, scope](Explanation& why) {
                as_of_.models.of<LedgerTotals>().explain_sum_on(
                    as_of_, query_.company, {account}, {}, scope, base_,
                    [](const Posting& posting) {
                        return Wide{posting.amounts[0]} - posting.amounts[1];
                    },
                    why);
            });
    }
    Date last_day() const { return asked_.end.last_day; }
    std::vector<Scope> scopes() const {
        return scopes_through(as_of_, query_.company, asked_.end, as_of_.corner);
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
    void drafts() {
        as_of_.models.of<DraftsModel>().each_open(
            as_of_, query_.company, [&](const ListedDraft& draft) {
                if (draft.date && *draft.date <= last_day())
                    add(ClosingCheck::draft_not_posted, to_text(draft.draft.uuid));
            });
    }
    void due_entries() {
        as_of_.models.of<RecurringModel>().each(
            as_of_, query_.company, [&](const ListedRecurring& recurring) {
                if (recurring.state == RecurringState::running && *recurring.next_due <= last_day())
                    add(ClosingCheck::recurring_not_posted,
                        recurring.recurring.text + ' ' + to_text(*recurring.next_due));
            });
    }
    void deferrals() {
        as_of_.models.of<DeferralsModel>().each_due(
            as_of_, query_.company, last_day(), [&](const DeferralCode& deferral, Money left) {
                add(ClosingCheck::deferral_not_released, deferral.text, left);
            });
    }
    void accruals() {
        model_.late_reversals_.each(
            as_of_, ordered_key(query_.company), [&](const LateReversal& late) {
                if (late.belongs_to <= last_day() && late.date > last_day())
                    add(ClosingCheck::accrual_not_taken_back, to_text(late.accrual.uuid));
            });
    }
    void opening() {
        const auto policy = model_.policies_.get(as_of_.rows, {query_.company},
                                                 Corner{std::nullopt, as_of_.corner.known_at});
        if (!policy || !policy->opening_account) return;
        const AccountCode& account = *policy->opening_account;
        for (const Scope& scope : scopes()) {
            const Wide left = as_of_.models.of<LedgerTotals>()
                                  .of_account(as_of_, query_.company, account, {}, scope)
                                  .balance();
            if (left != 0) add_balance(ClosingCheck::opening_not_zero, account, scope, left);
        }
    }
    void suspense() {
        for (const Scope& scope : scopes())
            for (const auto& [account, turnover] :
                 as_of_.models.of<LedgerTotals>().by_account(as_of_, query_.company, {}, scope))
                if (chart_.at(account).suspense && turnover.balance() != 0)
                    add_balance(ClosingCheck::suspense_not_zero, account, scope,
                                turnover.balance());
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
                    money_of(sum.booked, base_), {}, [this, of, scope](Explanation& why) {
                        EventSums events;
                        as_of_.models.of<ForeignBalancesModel>().each_posting(
                            as_of_, query_.company, of.first, of.second, {}, scope,
                            [&](const EventRef& event, const ForeignBalancesModel::Sum& piece) {
                                events[event] += piece.booked;
                            });
                        explain_events(events, base_, why);
                    });
    }
    // Whether foreign balances differ from those through an earlier period of the same day.
    bool moved_since(const PeriodAsked& earlier) const {
        const auto then = scopes_through(as_of_, query_.company, earlier.end, as_of_.corner);
        const auto now = scopes();
        for (std::size_t at = 0; at < now.size(); ++at)
            if (!same_sums(monetary_sums(as_of_, query_.company, then[at]),
                           monetary_sums(as_of_, query_.company, now[at])))
                return true;
        return false;
    }
    // Due days lie in ordinary periods.
    void formulas() {
        if (asked_.end.adjustment > 0) return;
        const auto& model = as_of_.models.of<RecurringModel>();
        model.each(as_of_, query_.company, [&](const ListedRecurring& recurring) {
            model.each_computed(
                as_of_, {query_.company, recurring.recurring},
                [&](const RecurringModel::Computed& run) {
                    if (run.due < asked_.period.first_day || run.due > last_day()) return;
                    const auto now =
                        computed_amounts(recurring.lines, base_, [&](const AmountFormula& formula) {
                            return formula_sum(formula, recurring.books);
                        });
                    if (now != run.amounts)
                        add(ClosingCheck::formula_stale,
                            recurring.recurring.text + ' ' + to_text(run.due), {}, run.computed_at);
                });
        });
    }
    // As the domain's formula counts: what is in all books, and what is in the named ones.
    Wide formula_sum(const AmountFormula& formula, const std::vector<BookCode>& books) const {
        const bool movement = formula.measure == BalanceMeasure::movement;
        Scope scope;
        scope.corner = {last_day(), as_of_.corner.known_at};
        scope.adjustments = asked_.end.adjustment;
        scope.closing = !movement;
        Wide sum = 0;
        for (const AccountCode& account : formula.accounts) {
            const auto in_scope = [&](const std::optional<BookCode>& book) {
                scope.book = book;
                const auto& totals = as_of_.models.of<LedgerTotals>();
                Turnover turnover = totals.of_account(as_of_, query_.company, account, {}, scope);
                if (movement)
                    turnover -= totals.of_account(as_of_, query_.company, account, {},
                                                  before(scope, asked_.period.first_day));
                return turnover.balance();
            };
            const Wide in_all = in_scope(std::nullopt);
            Wide balance = in_all;
            for (const BookCode& book : books) balance += in_scope(book) - in_all;
            sum += normal_side_of(chart_.at(account).kind) == Side::debit ? balance : -balance;
        }
        return sum;
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
                const MovedByBook moved =
                    moved_in(as_of_, query_.company, asked_, as_of_.corner, allocation.sources,
                             allocation.source_dimensions);
                if (std::ranges::any_of(moved, [](const auto& book) { return !book.empty(); }))
                    add(ClosingCheck::not_allocated, allocation.allocation.text);
            });
    }
    void result() {
        if (asked_.end_of_year.last_day != asked_.end.last_day) return;
        for (const Scope& scope :
             scopes_through(as_of_, query_.company, asked_.end_of_year, as_of_.corner))
            if (const auto left =
                    result_left(as_of_, query_.company, chart_, scope, asked_.year_begins))
                add(ClosingCheck::result_not_carried, query_.fiscal_year.text + in_book(scope),
                    money_of(*left, base_), {}, [this, scope](Explanation& why) {
                        std::map<AccountCode, DebitAdds> adds;
                        for (const auto& [code, account] : chart_)
                            if (!account.summary && is_income_or_expense(account.kind))
                                adds[code] = {0, 1, 1};
                        as_of_.models.of<LedgerTotals>().explain_accounts(
                            as_of_, query_.company, adds, {}, scope, asked_.year_begins, base_,
                            why);
                    });
    }

    const RuleRunsModel& model_;
    const ClosingChecklist& query_;
    const AsOf& as_of_;
    const PeriodAsked& asked_;
    Currency base_;
    std::map<AccountCode, ChartAccount> chart_;
    std::vector<Found> rows_;
};

void RuleRunsModel::answer(const ClosingChecklist& query, const AsOf& as_of,
                           Page<ChecklistRow>& page) const {
    const auto asked = period_of(as_of, query.company, query.fiscal_year, query.period);
    if (!asked)
        return page.missing("The company has no period " + std::to_string(query.period) +
                            " of a fiscal year " + query.fiscal_year.text + ".");
    std::int64_t number = 0;
    for (auto& [row, explain] : Checks(*this, query, as_of, *asked).run()) {
        std::string key = ordered_key(number++);
        if (key > page.after() && !page.add(std::move(key), std::move(row))) return;
    }
}

void RuleRunsModel::explain(const ClosingChecklist& query, const ExplainedRow& row,
                            const AsOf& as_of, Explanation& why) const {
    const auto asked = period_of(as_of, query.company, query.fiscal_year, query.period);
    if (!asked) return why.missing("The company has no such period.");
    if (row.field != "amount") return why.missing("The figure of an item is `amount`.");
    Checks checks(*this, query, as_of, *asked);
    for (const auto& [found, explain] : checks.run()) {
        if (found.item != row.row) continue;
        if (!explain)
            return why.missing("The item is no balance; what it names says what it comes from.");
        why.figure(Figure::of(*found.amount));
        return explain(why);
    }
    why.missing("The checklist has no such item.");
}

}  // namespace kontor::ledger
