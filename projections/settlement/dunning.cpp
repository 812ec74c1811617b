// How reminders are proposed from what is open, and told afterwards.
#include "projections/settlement/dunning.h"

#include "projections/any_day.h"
#include "projections/settlement/open_items.h"

namespace kontor::settlement {

void DunningModel::on(const DunningLevelsSet& set, const Recorded& recorded) {
    rules_.put(recorded, {set.company}, first_date, {set.levels, set.interval_days});
}

void DunningModel::on(const CustomersDunned& dunned, const Recorded& recorded) {
    std::int64_t line = 0;
    for (const DunnedItem& each : dunned.items) {
        dunned_.put(recorded, {dunned.company, each.item, each.instalment}, dunned.date,
                    {each.level, dunned.date});
        ++line;
        runs_.put(recorded, {dunned.company, dunned.date, dunned.run, line}, dunned.date,
                  {dunned.run, line, dunned.date, each.counterparty, each.item, each.instalment,
                   each.due, each.open, each.level});
    }
}

void DunningModel::answer(const DunningProposal& query, const AsOf& as_of,
                          Page<ProposedReminder>& page) const {
    const auto rules = rules_.get(as_of.rows, {query.company}, on_any_day(as_of).corner);
    const std::optional<Date> day = query.day ? query.day : as_of.corner.valid_at;
    if (!rules || !day) return;
    as_of.models.of<OpenItemModel>().each_open(
        as_of, query.company, ItemSide::receivable, query.counterparty, page.after(),
        [&](std::string key, const ListedItem& item) {
            if (item.open.minor <= 0 || item.held || *day < item.date) return true;
            const auto so_far =
                dunned_.get(as_of.rows, {query.company, item.item, item.line}, as_of.corner);
            const std::int64_t level =
                next_level(*rules, so_far ? &*so_far : nullptr, item.due, *day);
            if (level == 0) return true;
            return page.add(std::move(key),
                            {item.counterparty, item.item, item.line, item.document, item.due,
                             std::int64_t{*day - item.due}, item.open, level,
                             rules->levels[static_cast<std::size_t>(level - 1)].name});
        });
}

void DunningModel::answer(const DunningRunList& query, const AsOf& as_of,
                          Page<ListedDunning>& page) const {
    runs_.list(as_of, ordered_key(query.company), page, [&](const ListedDunning& row) {
        return !query.counterparty || row.counterparty == *query.counterparty;
    });
}

ReadModelSpec dunning_model() {
    return ReadModelSpec::of<DunningModel>("dunning", 1, "settlement")
        .folding<DunningModel, DunningLevelsSet, CustomersDunned>()
        .answering<DunningModel, DunningProposal, ProposedReminder>()
        .answering<DunningModel, DunningRunList, ListedDunning>();
}

}  // namespace kontor::settlement
