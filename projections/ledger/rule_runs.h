// Runs of rules: what was computed from the books, when, and whether late facts have changed it
// since. With it the checklist of a close.
#pragma once

#include "domain/ledger/accruals.h"
#include "domain/ledger/allocation.h"
#include "domain/ledger/closing.h"
#include "domain/ledger/revaluation.h"
#include "projections/described_rows.h"
#include "projections/ledger/closing_checklist.h"
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

struct PolicyOfLedger {
    CompanyCode company;

    static void describe(auto& query) {
        query
            .record("ledger_policy",
                    "What a company has decided once for all entries, as SetLedgerPolicy sets it: "
                    "one row.")
            .company(&PolicyOfLedger::company)
            .field("company", &PolicyOfLedger::company, "Whose.")
            .template answers<LedgerPolicy>(Times::known_at);
    }
};

class RuleRunsModel {
public:
    explicit RuleRunsModel(const Place& place)
        : runs_(place.table(1)),
          allocations_(place.table(2)),
          policies_(place.table(3)),
          late_reversals_(place.table(4)) {}

    void on(const FiscalYearClosed&, const Recorded&);
    void on(const ForeignBalancesRevalued&, const Recorded&);
    void on(const CostsAllocated&, const Recorded&);
    void on(const AllocationDefined&, const Recorded&);
    void on(const LedgerPolicySet&, const Recorded&);
    void on(const EntryPosted&, const Recorded&);
    void on(const AccrualReversed&, const Recorded&);
    void answer(const RuleRuns&, const AsOf&, Page<RuleRunRow>&) const;
    void answer(const AllocationList&, const AsOf&, Page<ListedAllocation>&) const;
    void answer(const ClosingChecklist&, const AsOf&, Page<ChecklistRow>&) const;
    void explain(const ClosingChecklist&, const ExplainedRow&, const AsOf&, Explanation&) const;
    void answer(const PolicyOfLedger&, const AsOf&, Page<LedgerPolicy>&) const;

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
    struct CompanyKey {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("LedgerPolicyOf", "A company.")
                .field("company", &CompanyKey::company, "Its code.");
        }
    };
    // The reversal of an accrual that the policy for late entries moved out of its period.
    struct LateReversal {
        EntryId accrual;
        Date belongs_to;
        Date date;
        static void describe(auto& row) {
            row.record("LateReversal", "A reversal of an accrual that came to lie too late.")
                .field("accrual", &LateReversal::accrual, "The accrual.")
                .field("belongs_to", &LateReversal::belongs_to, "The day that it belongs to.")
                .field("date", &LateReversal::date, "The day that it is dated on.");
        }
    };
    void put(const Recorded&, const CompanyCode&, RuleRunRow) const;

    // Whether what a run was computed from has changed until the moment that is asked for.
    bool stale(const AsOf&, const CompanyCode&, const RuleRunRow&) const;
    class Checks;

    DescribedRows<Key, RuleRunRow> runs_;
    DescribedRows<AllocationKey, ListedAllocation> allocations_;
    DescribedRows<CompanyKey, LedgerPolicy> policies_;
    DescribedRows<EntryKey, LateReversal> late_reversals_;
};

ReadModelSpec rule_runs();

}  // namespace kontor::ledger
