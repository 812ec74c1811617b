// Costs shared out: what lies on some accounts in a period goes to where it belongs, by percents,
// by fixed weights or in proportion to another account.
//
// Nothing is lost to rounding: the shares of the whole are computed, and what earlier runs posted
// is taken off them. So a late cost of 50, after 1,000 were shared 60 to 40, posts 30 and 20.
#pragma once

#include "domain/ledger/derived_entries.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::ledger {

struct AllocationThing {
    static constexpr Thing thing{"allocation", "allocations"};
};
using AllocationCode = Code<AllocationThing>;

constexpr std::size_t most_targets = 200;

// What the shares of an allocation are in proportion to.
enum class AllocationBasis : std::uint8_t { percent, weights, balances };

void describe(auto& choice, AllocationBasis) {
    choice.choice("AllocationBasis", "What the shares of an allocation are in proportion to.")
        .value("percent", "To percents, which add up to 100.")
        .value("weights", "To fixed weights, such as square metres or heads.")
        .value("balances", "To what another account has moved in the period, target by target.");
}

inline constexpr Reason allocation_unknown{Refusal::missing, "allocation_unknown",
                                           "The company has no allocation with this code."};
inline constexpr Reason allocation_has_no_sources{
    Refusal::invalid, "allocation_has_no_sources",
    "An allocation has at least one account to share out, and one target."};
inline constexpr Reason share_missing{Refusal::invalid, "share_missing",
                                      "A target says its share as the basis asks: `percent`, "
                                      "`weight`, or `basis_account`, and none of "
                                      "the others."};
inline constexpr Reason share_not_positive{Refusal::invalid, "share_not_positive",
                                           "A percent or a weight is not above zero."};
inline constexpr Reason percents_not_hundred{Refusal::invalid, "percents_not_hundred",
                                             "The percents of the targets do not add up to 100."};
inline constexpr Reason allocation_feeds_itself{
    Refusal::invalid, "allocation_feeds_itself",
    "A target is among the sources, so that its share would be shared out again."};
inline constexpr Reason target_repeated{
    Refusal::invalid, "target_repeated",
    "Two targets are the same account with the same dimensions."};
inline constexpr Reason basis_not_positive{
    Refusal::conflict, "basis_not_positive",
    "The accounts of the basis have moved nothing in the period, or some of them moved the other "
    "way, so there are no proportions."};

// Where a share goes, and how large it is.
struct AllocationTarget {
    AccountCode account;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<Percent> percent;
    std::optional<std::int64_t> weight;
    std::optional<AccountCode> basis_account;
    std::map<DimensionCode, DimensionValueCode> basis_dimensions;

    bool operator==(const AllocationTarget&) const = default;
    static void describe(auto& record) {
        record.record("AllocationTarget", "Where a share goes, and how large it is.")
            .field("account", &AllocationTarget::account, "An account that is no heading.")
            .field("dimensions", &AllocationTarget::dimensions, "What its lines carry.")
            .otherwise_empty()
            .longest(20)
            .field("percent", &AllocationTarget::percent, "Its share, on the basis `percent`.")
            .field("weight", &AllocationTarget::weight, "Its weight, on the basis `weights`.")
            .most(1'000'000'000)
            .field("basis_account", &AllocationTarget::basis_account,
                   "On the basis `balances`: the account whose movement in the period is its "
                   "weight.")
            .field("basis_dimensions", &AllocationTarget::basis_dimensions,
                   "Only of that account's postings that carry these values.")
            .otherwise_empty()
            .longest(20);
    }
};

struct AllocationDefined {
    CompanyCode company;
    AllocationCode allocation;
    std::string name;
    JournalCode journal;
    std::vector<AccountCode> sources;
    std::map<DimensionCode, DimensionValueCode> source_dimensions;
    AllocationBasis basis = AllocationBasis::percent;
    std::vector<AllocationTarget> targets;

    bool operator==(const AllocationDefined&) const = default;
    static void describe(auto& event) {
        event.record("AllocationDefined", "Costs are shared out like this from now on.")
            .company(&AllocationDefined::company)
            .stream(&AllocationDefined::allocation)
            .on_recorded_day()
            .field("company", &AllocationDefined::company, "Whose books.")
            .field("allocation", &AllocationDefined::allocation, "Code of the allocation.")
            .field("name", &AllocationDefined::name, "Its name.")
            .field("journal", &AllocationDefined::journal, "The journal of its entries.")
            .field("sources", &AllocationDefined::sources, "The accounts that are shared out.")
            .field("source_dimensions", &AllocationDefined::source_dimensions,
                   "Only of their postings that carry these values.")
            .otherwise_empty()
            .field("basis", &AllocationDefined::basis, "What the shares are in proportion to.")
            .field("targets", &AllocationDefined::targets, "Where they go.");
    }
};

struct DefineAllocation {
    CompanyCode company;
    AllocationCode allocation;
    std::string name;
    JournalCode journal;
    std::vector<AccountCode> sources;
    std::map<DimensionCode, DimensionValueCode> source_dimensions;
    AllocationBasis basis = AllocationBasis::percent;
    std::vector<AllocationTarget> targets;

    static void describe(auto& command) {
        command
            .record("DefineAllocation",
                    "Says how costs are shared out, or says it anew. What is posted stays until "
                    "the allocation is run for its period again.")
            .company(&DefineAllocation::company)
            .stream(&DefineAllocation::allocation)
            .example(R"({"company": "DEMO", "allocation": "RENT", "name": "Rent by floor space",
                "journal": "GEN", "sources": ["5200"], "basis": "weights", "targets":
                [{"account": "5300", "weight": 120}, {"account": "5400", "weight": 80}]})")
            .field("company", &DefineAllocation::company, "Whose books.")
            .field("allocation", &DefineAllocation::allocation, "A code for it, such as \"RENT\".")
            .field("name", &DefineAllocation::name, "Its name.")
            .shortest(1)
            .longest(200)
            .field("journal", &DefineAllocation::journal, "The journal of its entries.")
            .field("sources", &DefineAllocation::sources,
                   "The accounts whose movement in a period is shared out.")
            .longest(200)
            .field("source_dimensions", &DefineAllocation::source_dimensions,
                   "Only of their postings that carry these values.")
            .otherwise_empty()
            .longest(20)
            .field("basis", &DefineAllocation::basis, "What the shares are in proportion to.")
            .field("targets", &DefineAllocation::targets, "1 to 200 targets.")
            .longest(most_targets)
            .refuses(companies::company_unknown, journal_unknown, allocation_has_no_sources,
                     account_unknown, account_is_summary, account_is_control, dimension_missing,
                     dimension_unknown, dimension_value_unknown, share_missing, share_not_positive,
                     percents_not_hundred, target_repeated, allocation_feeds_itself);
    }
};

struct CostsAllocated {
    CompanyCode company;
    AllocationCode allocation;
    FiscalYearCode fiscal_year;
    std::int64_t period = 1;
    std::vector<EntryId> entries;

    bool operator==(const CostsAllocated&) const = default;
    static void describe(auto& event) {
        event
            .record("CostsAllocated",
                    "The costs of a period are shared out, as far as they were known.")
            .company(&CostsAllocated::company)
            .stream(&CostsAllocated::allocation)
            .on_recorded_day()
            .field("company", &CostsAllocated::company, "Whose books.")
            .field("allocation", &CostsAllocated::allocation, "Code of the allocation.")
            .field("fiscal_year", &CostsAllocated::fiscal_year, "Code of the year.")
            .field("period", &CostsAllocated::period, "Number of the period.")
            .field("entries", &CostsAllocated::entries,
                   "The entries that it took, one a book; none where nothing had changed.");
    }
};

struct AllocateCosts {
    CompanyCode company;
    AllocationCode allocation;
    FiscalYearCode fiscal_year;
    std::int64_t period = 1;
    EntryId entry;
    std::string text;

    static void describe(auto& command) {
        command
            .record("AllocateCosts",
                    "Shares out what the sources of an allocation moved in a period, dated on its "
                    "last day. Once more, after late costs or by other shares, it posts the "
                    "difference; with none it posts nothing.")
            .company(&AllocateCosts::company)
            .stream(&AllocateCosts::allocation)
            .example(
                R"({"company": "DEMO", "allocation": "RENT", "fiscal_year": "2026", "period": 6,
                "entry": "01980000-0000-7000-8000-000000000202"})")
            .field("company", &AllocateCosts::company, "Whose books.")
            .field("allocation", &AllocateCosts::allocation, "A defined allocation.")
            .field("fiscal_year", &AllocateCosts::fiscal_year, "Code of the year.")
            .field("period", &AllocateCosts::period, "Number of the period.")
            .least(1)
            .most(most_periods)
            .field("entry", &AllocateCosts::entry,
                   "A new id, chosen by the client. The ids of further entries follow from it.")
            .field("text", &AllocateCosts::text, "What the entries say.")
            .otherwise_empty()
            .longest(500)
            .refuses(allocation_unknown, fiscal_year_unknown, period_unknown, entry_exists,
                     period_closed, period_soft_closed, basis_not_positive, entry_too_large,
                     account_blocked, account_is_control, account_currency_differs,
                     dimension_missing, dimension_value_blocked);
    }
};

struct AllocationKey {
    CompanyCode company;
    AllocationCode allocation;

    auto operator<=>(const AllocationKey&) const = default;
    static void describe(auto& key) {
        key.record("AllocationKey", "An allocation of a company.")
            .field("company", &AllocationKey::company, "Whose books.")
            .field("allocation", &AllocationKey::allocation, "Code of the allocation.");
    }
};

struct Allocation {
    JournalCode journal;
    std::vector<AccountCode> sources;
    std::map<DimensionCode, DimensionValueCode> source_dimensions;
    AllocationBasis basis = AllocationBasis::percent;
    std::vector<AllocationTarget> targets;

    static void describe(auto& record) {
        record.record("Allocation", "How costs are shared out.")
            .field("journal", &Allocation::journal, "The journal of its entries.")
            .field("sources", &Allocation::sources, "The accounts that are shared out.")
            .field("source_dimensions", &Allocation::source_dimensions,
                   "Only of their postings that carry these values.")
            .field("basis", &Allocation::basis, "What the shares are in proportion to.")
            .field("targets", &Allocation::targets, "Where they go.");
    }
};
using Allocations = Table<AllocationKey, Allocation>;

Decision<AllocationDefined> decide(const World&, const DefineAllocation&, const Context&);
Decision<EntryPosted, CostsAllocated> decide(const World&, const AllocateCosts&, const Context&);
void evolve(Allocations&, const AllocationDefined&);

Part allocation();

}  // namespace kontor::ledger
