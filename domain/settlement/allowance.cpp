// What is expected to be lost, and the difference to what was posted for it.
#include "domain/settlement/allowance.h"

#include "domain/core/catalog.h"

#include <algorithm>
#include <map>

namespace kontor::settlement {

namespace {

// What is open of receivables at the end of a day, by due day, in smallest units as booked.
std::map<Date, Wide> open_by_due(const World& world, const CompanyCode& company, Date day) {
    std::map<Date, Wide> open;
    world.of<OpenByDue>().each_from({company, first_date},
                                    [&](const OpenByDueKey& key, const OpenByDueSum& sum) {
                                        if (key.company != company) return false;
                                        open[key.due] += sum.base;
                                        return true;
                                    });
    // Without what happened after that day.
    world.of<DueMoves>().each_from({company, day + 1, first_date},
                                   [&](const DueMoveKey& key, const OpenByDueSum& sum) {
                                       if (key.company != company) return false;
                                       open[key.due] -= sum.base;
                                       return true;
                                   });
    return open;
}

std::vector<AllowanceOfBand> expected_of(const AllowanceMatrix& matrix,
                                         const std::map<Date, Wide>& open, Date day,
                                         Currency base) {
    std::vector<AllowanceOfBand> all;
    for (const AllowanceBand& band : matrix.bands) all.push_back({band, {0, base}, {0, base}});
    for (const auto& [due, sum] : open) {
        const std::int64_t overdue = std::max(day - due, 0);
        AllowanceOfBand* of = nullptr;
        for (AllowanceOfBand& each : all)
            if (each.band.days <= overdue) of = &each;
        if (of) of->open.minor += static_cast<std::int64_t>(sum);
    }
    for (AllowanceOfBand& each : all)
        if (each.open.minor > 0)
            each.expected =
                percent_of(each.open, each.band.percent, Rounding::half_up).value_or(each.open);
    return all;
}

}  // namespace

ledger::EntryId entry_of(const AllowanceId& allowance) {
    return {derived_uuid(allowance.uuid, "posted_loss_allowance_posts_to_ledger", 0)};
}

Decision<AllowanceMatrixSet> decide(const World& world, const SetAllowanceMatrix& set,
                                    const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    const AllowanceMatrix& matrix = set.matrix;
    for (const auto* code : {&matrix.allowance, &matrix.expense})
        if (Objection fault = ledger::fault_of_named(world, set.company, *code)) return fault;
    const auto kind_of = [&](const ledger::AccountCode& code) {
        return world.of<ledger::Accounts>().find({set.company, code})->kind;
    };
    if (kind_of(matrix.allowance) != ledger::AccountKind::asset)
        return allowance_account_unfit.about(matrix.allowance);
    if (kind_of(matrix.expense) != ledger::AccountKind::expense)
        return allowance_account_unfit.about(matrix.expense);
    for (std::size_t at = 1; at < matrix.bands.size(); ++at)
        if (matrix.bands[at].days <= matrix.bands[at - 1].days ||
            matrix.bands[at].percent < matrix.bands[at - 1].percent)
            return allowance_bands_unfit.about(std::to_string(matrix.bands[at].days) + " days");
    const AllowanceMatrix* was = world.of<AllowanceMatrices>().find(set.company);
    if (was && *was == matrix) return allowance_matrix_unchanged;
    return AllowanceMatrixSet{set.company, matrix};
}

Decision<LossAllowancePosted> decide(const World& world, const PostLossAllowance& post,
                                     const Context& context) {
    const AllowanceMatrix* matrix = world.of<AllowanceMatrices>().find(post.company);
    if (!matrix) return allowance_matrix_missing;
    const SettlementRules* rules = world.of<SettlementRulesTable>().find(post.company);
    if (!rules) return settlement_accounts_missing;
    const Date day = post.date.value_or(context.today);
    Wide posted = 0;
    for (const auto& [key, of_day] : world.of<AllowanceDays>().from({post.company, first_date})) {
        if (key.company != post.company) break;
        if (std::ranges::find(of_day.allowances, post.allowance) != of_day.allowances.end())
            return allowance_exists.about(post.allowance);
        if (key.day <= day) posted += of_day.posted;
    }
    LossAllowancePosted made;
    made.company = post.company;
    made.allowance = post.allowance;
    made.matrix = *matrix;
    made.journal = rules->journals.receivables;
    if (Objection fault = find_day(world, post.company, day, context, made.date, made.belongs_to))
        return fault;
    const Currency base = world.of<companies::Companies>().find(post.company)->base_currency;
    made.bands = expected_of(*matrix, open_by_due(world, post.company, day), day, base);
    made.expected = {0, base};
    for (const AllowanceOfBand& each : made.bands) made.expected = made.expected + each.expected;
    made.posted = {made.expected.minor - static_cast<std::int64_t>(posted), base};
    if (made.posted.minor == 0) return {};
    return made;
}

void evolve(AllowanceMatrices& matrices, const AllowanceMatrixSet& set) {
    matrices.put(set.company, set.matrix);
}

void evolve(AllowanceDays& days, const LossAllowancePosted& posted) {
    const AllowanceDayKey key{posted.company, posted.date};
    const AllowanceDay* was = days.find(key);
    AllowanceDay day = was ? *was : AllowanceDay{};
    day.posted += posted.posted.minor;
    day.allowances.push_back(posted.allowance);
    days.put(key, std::move(day));
}

Part allowance() {
    return Part()
        .table<AllowanceMatrices>("settlement.allowance_matrices")
        .table<AllowanceDays>("settlement.allowance_days")
        .commands<SetAllowanceMatrix, PostLossAllowance>()
        .event<AllowanceMatrixSet, AllowanceMatrices>()
        .event<LossAllowancePosted, AllowanceDays>();
}

}  // namespace kontor::settlement
