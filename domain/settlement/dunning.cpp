// Who is reminded of what, and how urgently.
#include "domain/settlement/dunning.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::settlement {

std::int64_t next_level(const DunningRules& rules, const Dunned* so_far, Date due, Date day) {
    const std::size_t next = so_far ? static_cast<std::size_t>(so_far->level) : 0;
    if (so_far && day - so_far->last < std::max<std::int64_t>(rules.interval_days, 1)) return 0;
    // Who has reached the last level is reminded of it again.
    const std::size_t level = std::min(next, rules.levels.size() - 1);
    if (day - due < rules.levels[level].days) return 0;
    return static_cast<std::int64_t>(level) + 1;
}

Decision<DunningLevelsSet> decide(const World& world, const SetDunningLevels& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    for (std::size_t at = 1; at < set.levels.size(); ++at)
        if (set.levels[at].days <= set.levels[at - 1].days)
            return dunning_levels_unfit.about(set.levels[at].name).at("levels", at);
    const DunningRules rules{set.levels, set.interval_days};
    const DunningRules* was = world.of<DunningRulesTable>().find(set.company);
    if (was && *was == rules) return dunning_levels_unchanged;
    return DunningLevelsSet{set.company, set.levels, set.interval_days};
}

Decision<CustomersDunned> decide(const World& world, const DunCustomers& dun,
                                 const Context& context) {
    const DunningRules* rules = world.of<DunningRulesTable>().find(dun.company);
    if (!rules) return dunning_levels_missing;
    if (world.of<DunningRuns>().find({dun.company, dun.run}))
        return dunning_run_exists.about(dun.run);
    CustomersDunned dunned{dun.company, dun.run, dun.date.value_or(context.today), {}};
    DueKey from{dun.company, ItemSide::receivable, {}, first_date, {}, 0};
    if (dun.counterparty) from.counterparty = *dun.counterparty;
    world.of<DueInstalments>().each_from(from, [&](const DueKey& key, const DueAmount& amount) {
        if (key.company != dun.company || key.side != ItemSide::receivable ||
            (dun.counterparty && key.counterparty != *dun.counterparty))
            return false;
        if (amount.direction != ledger::Side::debit) return true;
        const KeptItem& item = *world.of<OpenItems>().find({key.company, key.item});
        if (item.blocked || dunned.date < item.date) return true;
        const Dunned* so_far =
            world.of<DunnedInstalments>().find({key.company, key.item, key.instalment});
        const std::int64_t level = next_level(*rules, so_far, key.due, dunned.date);
        if (level > 0)
            dunned.items.push_back(
                {key.item, key.instalment, key.counterparty, key.due, amount.open, level});
        return true;
    });
    if (dunned.items.empty()) return nobody_dunned.about(dunned.date);
    return dunned;
}

void evolve(DunningRulesTable& rules, const DunningLevelsSet& set) {
    rules.put(set.company, {set.levels, set.interval_days});
}

void evolve(DunnedInstalments& all, const CustomersDunned& dunned) {
    for (const DunnedItem& each : dunned.items)
        all.put({dunned.company, each.item, each.instalment}, {each.level, dunned.date});
}

void evolve(DunningRuns& runs, const CustomersDunned& dunned) {
    runs.put({dunned.company, dunned.run}, {dunned.date});
}

Part dunning() {
    return Part()
        .table<DunningRulesTable>("settlement.dunning_rules")
        .table<DunnedInstalments>("settlement.dunned_instalments")
        .table<DunningRuns>("settlement.dunning_runs")
        .commands<SetDunningLevels, DunCustomers>()
        .event<DunningLevelsSet, DunningRulesTable>()
        .event<CustomersDunned, DunnedInstalments, DunningRuns>();
}

}  // namespace kontor::settlement
