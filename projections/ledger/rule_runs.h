// Runs of rules: what was computed from the books, when, and whether late facts have changed it
// since. With it the checklist of a close.
#pragma once

#include "domain/ledger/allocation.h"
#include "domain/ledger/closing.h"
#include "domain/ledger/revaluation.h"
#include "projections/described_rows.h"
#include "projections/ledger/scope.h"
#include "projections/projection.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct RuleRunRow {
    EntryRule rule = EntryRule::closing;
    std::string of;
    FiscalYearCode fiscal_year;
    std::int64_t period = 0;
    std::int64_t computed_at = 0;
    Timestamp time;
    std::string actor;
    std::vector<EntryId> entries;
    bool stale = false;
    std::vector<RateUsed> rates;
    std::optional<RateType> rate_type;

    bool operator==(const RuleRunRow&) const = default;
    static void describe(auto& row) {
        row.record("RuleRunRow", "What a rule was last run for.")
            .field("rule", &RuleRunRow::rule, "The rule.")
            .field("of", &RuleRunRow::of,
                   "Code of the allocation; empty where a company has one such rule.")
            .field("fiscal_year", &RuleRunRow::fiscal_year, "The fiscal year that it was run for.")
            .field("period", &RuleRunRow::period, "The period; 0: the whole year.")
            .field("computed_at", &RuleRunRow::computed_at,
                   "The log position that its last run was computed from.")
            .field("time", &RuleRunRow::time, "When that was.")
            .field("actor", &RuleRunRow::actor, "Who ran it.")
            .field("entries", &RuleRunRow::entries,
                   "What the last run posted, without what takes a revaluation back.")
            .field("stale", &RuleRunRow::stale,
                   "What it was computed from has changed since: run it again.")
            .field("rates", &RuleRunRow::rates, "Of a revaluation: the rates of the last run.")
            .field("rate_type", &RuleRunRow::rate_type, "Of a revaluation: which rates.");
    }
};

struct RuleRuns {
    CompanyCode company;
    std::optional<FiscalYearCode> fiscal_year;

    static void describe(auto& query) {
        query
            .record("rule_runs",
                    "What closing, revaluation and allocations were last run for, and which of "
                    "these runs late facts have made stale.")
            .company(&RuleRuns::company)
            .field("company", &RuleRuns::company, "Whose books.")
            .field("fiscal_year", &RuleRuns::fiscal_year, "Only those for this year.")
            .template answers<RuleRunRow>(Times::known_at);
    }
};

struct ListedAllocation {
    AllocationCode allocation;
    std::string name;
    JournalCode journal;
    std::vector<AccountCode> sources;
    std::map<DimensionCode, DimensionValueCode> source_dimensions;
    AllocationBasis basis = AllocationBasis::percent;
    std::vector<AllocationTarget> targets;

    bool operator==(const ListedAllocation&) const = default;
    static void describe(auto& row) {
        row.record("ListedAllocation", "How costs are shared out.")
            .field("allocation", &ListedAllocation::allocation, "Code of the allocation.")
            .field("name", &ListedAllocation::name, "Its name.")
            .field("journal", &ListedAllocation::journal, "The journal of its entries.")
            .field("sources", &ListedAllocation::sources, "The accounts that are shared out.")
            .field("source_dimensions", &ListedAllocation::source_dimensions,
                   "Only of their postings that carry these values.")
            .field("basis", &ListedAllocation::basis, "What the shares are in proportion to.")
            .field("targets", &ListedAllocation::targets, "Where they go.");
    }
};

struct AllocationList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("allocations", "The company's allocations, by code.")
            .company(&AllocationList::company)
            .field("company", &AllocationList::company, "Whose.")
            .template answers<ListedAllocation>(Times::known_at);
    }
};

// What a close asks for.
enum class ClosingCheck : std::uint8_t {
    earlier_period_open,
    suspense_not_zero,
    not_revalued,
    revaluation_stale,
    not_allocated,
    allocation_stale,
    result_not_carried
};

void describe(auto& choice, ClosingCheck) {
    choice.choice("ClosingCheck", "What is to be done before a period is closed.")
        .value("earlier_period_open", "An earlier period is not closed.")
        .value("suspense_not_zero", "A suspense account has a balance.")
        .value("not_revalued", "A foreign balance was not brought to the period's rate.")
        .value("revaluation_stale", "Foreign balances or rates have changed since.")
        .value("not_allocated", "An allocation was not run, and its accounts have moved.")
        .value("allocation_stale", "What was allocated has changed since.")
        .value("result_not_carried", "Of a whole year: income or expenses are not in equity.");
}

struct ChecklistRow {
    std::string item;
    ClosingCheck check = ClosingCheck::earlier_period_open;
    std::string of;
    std::optional<Money> amount;
    std::optional<std::int64_t> computed_at;

    bool operator==(const ChecklistRow&) const = default;
    static void describe(auto& row) {
        row.record("ChecklistRow", "One thing to be done before the close.")
            .field("item", &ChecklistRow::item, "What it is, as one text.")
            .field("check", &ChecklistRow::check, "Which check found it.")
            .field("of", &ChecklistRow::of,
                   "The period, account, balance or allocation that it is about.")
            .field("amount", &ChecklistRow::amount,
                   "What it amounts to, debit positive, where it is a balance.")
            .field("computed_at", &ChecklistRow::computed_at,
                   "Of what is stale: the log position that it was computed from.");
    }
};

struct ClosingChecklist {
    CompanyCode company;
    FiscalYearCode fiscal_year;
    std::int64_t period = 1;

    static void describe(auto& query) {
        query
            .record("closing_checklist",
                    "What is left to be done before a period is closed; of the last ordinary "
                    "period and those behind it, before its year is.")
            .company(&ClosingChecklist::company)
            .field("company", &ClosingChecklist::company, "Whose books.")
            .field("fiscal_year", &ClosingChecklist::fiscal_year, "Code of the year.")
            .field("period", &ClosingChecklist::period, "Number of the period.")
            .least(1)
            .most(most_periods)
            .template answers<ChecklistRow>(Times::known_at);
    }
};

class RuleRunsModel {
public:
    explicit RuleRunsModel(const Place& place)
        : runs_(place.table(1)), allocations_(place.table(2)) {}

    void on(const FiscalYearClosed&, const Recorded&);
    void on(const ForeignBalancesRevalued&, const Recorded&);
    void on(const CostsAllocated&, const Recorded&);
    void on(const AllocationDefined&, const Recorded&);
    void answer(const RuleRuns&, const AsOf&, Page<RuleRunRow>&) const;
    void answer(const AllocationList&, const AsOf&, Page<ListedAllocation>&) const;
    void answer(const ClosingChecklist&, const AsOf&, Page<ChecklistRow>&) const;

private:
    struct Key {
        CompanyCode company;
        EntryOrigin origin;
        static void describe(auto& key) {
            key.record("RuleRunKey", "What a rule was run for.")
                .field("company", &Key::company, "Whose books.")
                .field("origin", &Key::origin, "The rule, and the year and period.");
        }
    };
    void put(const Recorded&, const CompanyCode&, RuleRunRow) const;

    // Whether what a run was computed from has changed until the moment that is asked for.
    bool stale(const AsOf&, const CompanyCode&, const RuleRunRow&) const;
    class Checks;

    DescribedRows<Key, RuleRunRow> runs_;
    DescribedRows<AllocationKey, ListedAllocation> allocations_;
};

ReadModelSpec rule_runs();

}  // namespace kontor::ledger
