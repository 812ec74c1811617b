// How shares are computed, and the entries that move them.
#include "domain/ledger/allocation.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/ledger/posting.h"
#include "domain/ledger/rule_run.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

bool carries_all(const LineDimensions& dimensions, const LineDimensions& wanted) {
    return std::ranges::includes(dimensions, wanted);
}

// A value that is blocked for the time being may be opened again before the allocation is run.
Objection fault_of_wanted(const World& world, const CompanyCode& company,
                          const LineDimensions& dimensions) {
    for (const auto& [code, value] : dimensions) {
        const Objection fault = fault_of_value(world, company, code, value);
        if (fault && fault.reason != &dimension_value_blocked) return fault;
    }
    return {};
}

Objection fault_of_share(const AllocationTarget& target, AllocationBasis basis) {
    if (target.percent.has_value() != (basis == AllocationBasis::percent)) return share_missing;
    if (target.weight.has_value() != (basis == AllocationBasis::weights)) return share_missing;
    if (target.basis_account.has_value() != (basis == AllocationBasis::balances))
        return share_missing;
    if (target.percent && target.percent->units <= 0) return share_not_positive;
    if (target.weight && *target.weight <= 0) return share_not_positive;
    return {};
}

Objection fault_of_target(const World& world, const DefineAllocation& define,
                          const AllocationTarget& target) {
    if (const Objection fault = fault_of_named(world, define.company, target.account)) return fault;
    const Account* account = world.of<Accounts>().find({define.company, target.account});
    for (const DimensionCode& required : account->required_dimensions)
        if (!target.dimensions.contains(required))
            return dimension_missing.about(target.account, required);
    if (const Objection fault = fault_of_wanted(world, define.company, target.dimensions))
        return fault;
    if (const Objection fault = fault_of_share(target, define.basis)) return fault;
    if (!target.basis_account) return {};
    if (!world.of<Accounts>().find({define.company, *target.basis_account}))
        return account_unknown.about(*target.basis_account);
    return fault_of_wanted(world, define.company, target.basis_dimensions);
}

Objection fault_of_targets(const DefineAllocation& define) {
    constexpr Wide hundred = Wide{100} * 1'000'000;
    Wide percents = 0;
    for (const AllocationTarget& target : define.targets)
        if (target.percent) percents += target.percent->units;
    if (define.basis == AllocationBasis::percent && percents != hundred)
        return percents_not_hundred;
    std::map<std::pair<AccountCode, LineDimensions>, int> places;
    for (const AllocationTarget& target : define.targets)
        if (++places[{target.account, target.dimensions}] > 1)
            return target_repeated.about(target.account);
    for (const AllocationTarget& target : define.targets)
        if (std::ranges::find(define.sources, target.account) != define.sources.end() &&
            carries_all(target.dimensions, define.source_dimensions))
            return allocation_feeds_itself.about(target.account);
    return {};
}

using CellsByBook = std::map<BookCode, Cells>;

// What the accounts moved in the period, by book; without what the allocation itself has posted.
CellsByBook movements(const World& world, const CompanyCode& company, const FiscalYear& year,
                      std::int64_t period, std::span<const AccountCode> accounts,
                      const LineDimensions& wanted, const DerivedEntry* own) {
    CellsByBook moved;
    for (const auto& [of, sum] :
         balances_in(world, company, year, {period, period, false}, accounts))
        if (carries_all(dimensions_from(of.dimensions), wanted))
            moved[of.book][{of.account, of.dimensions}] += sum.base;
    if (!own) return moved;
    for (const DerivedSum& sum : own->sums)
        if (std::ranges::find(accounts, sum.account) != accounts.end() &&
            carries_all(dimensions_from(sum.dimensions), wanted))
            moved[sum.book][{sum.account, sum.dimensions}] -= sum.base;
    return moved;
}

// What each target is weighed by; empty where there are no proportions.
std::vector<std::int64_t> weights_of(const World& world, const CompanyCode& company,
                                     const Allocation& allocation, const FiscalYear& year,
                                     std::int64_t period, const BookCode& book,
                                     const DerivedEntry* own) {
    std::vector<std::int64_t> weights;
    Wide all = 0;
    for (const AllocationTarget& target : allocation.targets) {
        Wide weight = 0;
        if (target.percent) weight = target.percent->units;
        if (target.weight) weight = *target.weight;
        if (target.basis_account) {
            for (const auto& [of, cells] :
                 movements(world, company, year, period, {{*target.basis_account}},
                           target.basis_dimensions, own))
                if (of.text.empty() || of == book)
                    for (const auto& [cell, moved] : cells) weight += moved;
            const Account* account = world.of<Accounts>().find({company, *target.basis_account});
            if (normal_side_of(account->kind) == Side::credit) weight = -weight;
        }
        if (weight < 0 || weight > most_balance) return {};
        all += weight;
        weights.push_back(static_cast<std::int64_t>(weight));
    }
    if (all == 0) return {};
    return weights;
}

// Accounts may have changed since the allocation was defined. What is taken off a source carries
// what was posted there.
Objection fault_of_line(const World& world, const CompanyCode& company,
                        const Allocation& allocation, const PostedLine& line,
                        const Context& context) {
    if (const Objection fault =
            fault_of_account(world, company, line.account, line.amount.currency, context))
        return fault;
    const bool to_target =
        std::ranges::any_of(allocation.targets, [&](const AllocationTarget& target) {
            return target.account == line.account && target.dimensions == line.dimensions;
        });
    if (!to_target) return {};
    return fault_of_dimensions(world, company, line.account, line.dimensions);
}

}  // namespace

Decision<AllocationDefined> decide(const World& world, const DefineAllocation& define,
                                   const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    if (!world.of<Journals>().find({define.company, define.journal}))
        return journal_unknown.about(define.journal);
    if (define.sources.empty() || define.targets.empty()) return allocation_has_no_sources;
    for (std::size_t at = 0; at < define.sources.size(); ++at)
        if (Objection fault = fault_of_named(world, define.company, define.sources[at]))
            return std::move(fault).at("sources", at);
    if (const Objection fault = fault_of_wanted(world, define.company, define.source_dimensions))
        return fault;
    for (std::size_t at = 0; at < define.targets.size(); ++at)
        if (Objection fault = fault_of_target(world, define, define.targets[at]))
            return std::move(fault).at("targets", at);
    if (const Objection fault = fault_of_targets(define)) return fault;
    return AllocationDefined{define.company,
                             define.allocation,
                             define.name,
                             define.journal,
                             sorted_once(define.sources),
                             define.source_dimensions,
                             define.basis,
                             define.targets};
}

Decision<EntryPosted, CostsAllocated> decide(const World& world, const AllocateCosts& allocate,
                                             const Context& context) {
    const CompanyCode& company = allocate.company;
    const Allocation* allocation = world.of<Allocations>().find({company, allocate.allocation});
    if (!allocation) return allocation_unknown.about(allocate.allocation);
    const FiscalYear* year = fiscal_year_named(world, company, allocate.fiscal_year);
    if (!year) return fiscal_year_unknown.about(allocate.fiscal_year);
    if (allocate.period > year->shape.periods())
        return period_unknown.about(allocate.fiscal_year, allocate.period);
    if (world.of<Entries>().find({company, allocate.entry}))
        return entry_exists.about(allocate.entry);
    const Date day = year->shape.days_of(allocate.period).last;
    const auto place = fiscal_period(world, company, day, allocate.period);
    if (const Objection closed = closed_for(world, company, *place, context.actor)) return closed;

    const EntryOrigin origin{EntryRule::allocation, allocate.allocation.text, allocate.fiscal_year,
                             allocate.period};
    const DerivedEntry* own = derived_by(world, company, origin);
    const Currency base = world.of<companies::Companies>().find(company)->base_currency;
    CellsByBook wanted;
    for (const auto& [book, cells] :
         movements(world, company, *year, allocate.period, allocation->sources,
                   allocation->source_dimensions, own)) {
        Wide whole = 0;
        Cells& of_book = wanted[book];
        for (const auto& [cell, moved] : cells) {
            of_book[cell] -= moved;
            whole += moved;
        }
        if (whole > most_money || whole < -Wide{most_money}) return entry_too_large;
        if (whole == 0) continue;
        const auto weights =
            weights_of(world, company, *allocation, *year, allocate.period, book, own);
        if (weights.empty()) return basis_not_positive.about(book);
        const auto shares = kontor::allocate({static_cast<std::int64_t>(whole), base}, weights);
        for (std::size_t at = 0; at < shares.size(); ++at) {
            const AllocationTarget& target = allocation->targets[at];
            of_book[{target.account, dimension_text(target.dimensions)}] += shares[at].minor;
        }
    }
    if (own)
        for (const DerivedSum& sum : own->sums)
            wanted[sum.book][{sum.account, sum.dimensions}] -= sum.base;

    Decision<EntryPosted, CostsAllocated> posts;
    CostsAllocated allocated{
        company, allocate.allocation, allocate.fiscal_year, allocate.period, {}};
    RuleRun run(world, company, allocate.entry, allocation->journal, allocate.text);
    for (const auto& [book, cells] : wanted) {
        std::vector<PostedLine> lines;
        if (const Objection fault = lines_of(cells, base, lines)) return fault;
        for (const PostedLine& line : lines)
            if (const Objection fault = fault_of_line(world, company, *allocation, line, context))
                return fault;
        if (lines.empty()) continue;
        const EntryPosted entry = run.entry(origin, *place, day, book, std::move(lines));
        allocated.entries.push_back(entry.entry);
        posts.add(entry);
    }
    posts.add(allocated);
    return posts;
}

void evolve(Allocations& allocations, const AllocationDefined& defined) {
    allocations.put({defined.company, defined.allocation},
                    {defined.journal, defined.sources, defined.source_dimensions, defined.basis,
                     defined.targets});
}

Part allocation() {
    return Part()
        .table<Allocations>("ledger.allocations")
        .commands<DefineAllocation, AllocateCosts>()
        .event<AllocationDefined, Allocations>()
        .event<CostsAllocated>();
}

}  // namespace kontor::ledger
