// How runs are remembered, and how a late fact is seen: by what their accounts came to when they
// were computed, and what they come to now.
#include "projections/ledger/rule_runs.h"

#include "projections/ledger/books.h"
#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/period_figures.h"
#include "projections/ledger/rates.h"

#include <algorithm>

namespace kontor::ledger {

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

void RuleRunsModel::on(const LedgerPolicySet& set, const Recorded& recorded) {
    policies_.put(recorded, {set.company}, first_date, set.policy);
}

void RuleRunsModel::on(const EntryPosted& posted, const Recorded& recorded) {
    if (!posted.reverses || !posted.belongs_to) return;
    if (!posted.origin || posted.origin->rule != EntryRule::accrual) return;
    late_reversals_.put(recorded, {posted.company, *posted.reverses}, first_date,
                        {*posted.reverses, *posted.belongs_to, posted.date});
}

void RuleRunsModel::on(const AccrualReversed& reversed, const Recorded& recorded) {
    late_reversals_.erase(recorded, {reversed.company, reversed.entry}, first_date);
}

bool RuleRunsModel::stale(const AsOf& as_of, const CompanyCode& company,
                          const RuleRunRow& run) const {
    const auto asked = period_of(as_of, company, run.fiscal_year, run.period);
    if (!asked) return false;
    const Corner now{std::nullopt, as_of.corner.known_at};
    // What the run itself posted lies before its own event, and what comes behind that in the
    // commit of a batch is late.
    const Key key{company, {run.rule, run.of, run.fiscal_year, run.period}};
    const EventRef ran = runs_.event_of(as_of.rows, key, now).value();
    const Corner then{std::nullopt, ran.position, ran.n};
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
        const AllocationKey of{company, {run.of}};
        const auto was = allocations_.get(as_of.rows, of, then);
        const auto is = allocations_.get(as_of.rows, of, now);
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
        scopes_through(as_of, company, asked->end, now), [&](const Scope& scope) {
            return result_left(as_of, company, chart, scope, asked->year_begins).has_value();
        });
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

void RuleRunsModel::answer(const PolicyOfLedger& query, const AsOf& as_of,
                           Page<LedgerPolicy>& page) const {
    if (!as_of.models.of<LedgerTotals>().base_currency(as_of, query.company))
        return page.missing("No company has this code.");
    if (!page.after().empty()) return;
    page.add("policy",
             policies_.get(as_of.rows, {query.company}, as_of.corner).value_or(LedgerPolicy{}));
}

ReadModelSpec rule_runs() {
    return ReadModelSpec::of<RuleRunsModel>("rule_runs", 2, "ledger")
        .folding<RuleRunsModel, FiscalYearClosed, ForeignBalancesRevalued, CostsAllocated,
                 AllocationDefined, LedgerPolicySet, EntryPosted, AccrualReversed>()
        .answering<RuleRunsModel, RuleRuns, RuleRunRow>()
        .answering<RuleRunsModel, AllocationList, ListedAllocation>()
        .answering<RuleRunsModel, ClosingChecklist, ChecklistRow>()
        .answering<RuleRunsModel, PolicyOfLedger, LedgerPolicy>();
}

}  // namespace kontor::ledger
