// How an assessment becomes a step of all stock of an item.
#include "domain/inventory/write_downs.h"

#include "domain/core/catalog.h"
#include "domain/inventory/document_lines.h"
#include "domain/inventory/moving.h"

#include <algorithm>

namespace kontor::inventory {

namespace {

// At the close of the day, behind all that moves on it.
MoveOrder place_of_assessment(Date date) {
    return {date, second_of_counts, {{~std::uint64_t{0}, ~std::uint64_t{0}}}, 0};
}

StockRevalued revaluation(const CompanyCode& company, const items::ItemCode& item, Date date,
                          std::string text) {
    return {company,
            item,
            {derived_uuid(company.text + '/' + item.text + '/' + to_text(date), "assessment", 0)},
            date,
            std::move(text),
            {},
            {}};
}

// The steps by which all stock of an item comes to be assessed so, or not any more.
void find_steps(const World& world, StockRevalued& revalued, const MoveOrder& at,
                const std::optional<Move>& becomes) {
    each_series(world, revalued.company, revalued.item,
                [&](const SeriesKey& key, const StockSeries& series) {
                    ChangedStep step{key.area, key.lot, std::nullopt, becomes};
                    const auto was = std::ranges::find(series.steps, at, &Move::at);
                    if (was != series.steps.end()) step.was = *was;
                    if (step.was != step.becomes) revalued.steps.push_back(std::move(step));
                });
}

bool was_in_stock(const World& world, const CompanyCode& company, const items::ItemCode& item) {
    bool was = false;
    each_series(world, company, item, [&](const SeriesKey&, const StockSeries&) { was = true; });
    return was;
}

}  // namespace

Decision<WriteDownAccountsSet> decide(const World& world, const SetWriteDownAccounts& set,
                                      const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    for (const auto* account : {&set.accounts.allowance, &set.accounts.expense})
        if (Objection fault = fault_of_account(world, set.company, *account)) return fault;
    const WriteDownAccounts* was = world.of<WriteDownPostings>().find({set.company});
    if (was && *was == set.accounts) return write_down_accounts_unchanged;
    return WriteDownAccountsSet{set.company, set.accounts};
}

Decision<StockRevalued> decide(const World& world, const AssessStock& assess,
                               const Context& context) {
    if (!world.of<companies::Companies>().find(assess.company))
        return companies::company_unknown.about(assess.company);
    if (!world.of<items::Items>().find({assess.company, assess.item}))
        return items::item_unknown.about(assess.item);
    const WriteDownAccounts* accounts = world.of<WriteDownPostings>().find({assess.company});
    if (!accounts) return write_down_accounts_missing.about(assess.company);
    if (!was_in_stock(world, assess.company, assess.item)) return never_in_stock.about(assess.item);
    Quantity per;
    if (Objection fault = find_quantity(world, assess.company, assess.item, assess.per,
                                        LeastQuantity::above_zero, per))
        return fault;
    if (Objection fault = fault_of_cost(world, assess.company, assess.item, assess.realisable))
        return fault;
    const Date date = assess.date.value_or(context.today);
    Move becomes;
    becomes.at = place_of_assessment(date);
    becomes.valuing = Valuing::assess;
    becomes.counterpart = accounts->expense;
    becomes.allowance = accounts->allowance;
    becomes.realisable = UnitCost{assess.realisable.minor, per.micro};
    StockRevalued revalued = revaluation(assess.company, assess.item, date, assess.text);
    find_steps(world, revalued, becomes.at, becomes);
    if (revalued.steps.empty()) return assessment_unchanged.about(assess.item, date);
    if (!ledger::fiscal_day(world, assess.company, date))
        return ledger::date_outside_calendar.about(date);
    if (Objection fault =
            find_postings(world, assess.company, edits_of(revalued), context, revalued.postings))
        return fault;
    return revalued;
}

Decision<StockRevalued> decide(const World& world, const WithdrawAssessment& withdraw,
                               const Context& context) {
    StockRevalued revalued =
        revaluation(withdraw.company, withdraw.item, withdraw.date, withdraw.reason);
    find_steps(world, revalued, place_of_assessment(withdraw.date), std::nullopt);
    if (revalued.steps.empty()) return assessment_unknown.about(withdraw.item, withdraw.date);
    if (Objection fault =
            find_postings(world, withdraw.company, edits_of(revalued), context, revalued.postings))
        return fault;
    return revalued;
}

void evolve(WriteDownPostings& postings, const WriteDownAccountsSet& set) {
    postings.put({set.company}, set.accounts);
}

Part write_downs() {
    return Part()
        .table<WriteDownPostings>("inventory.write_down_postings")
        .commands<SetWriteDownAccounts, AssessStock, WithdrawAssessment>()
        .event<WriteDownAccountsSet, WriteDownPostings>();
}

}  // namespace kontor::inventory
