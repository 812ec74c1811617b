// How items are revised.
#include "domain/items/revisions.h"

#include "domain/core/catalog.h"

namespace kontor::items {

std::optional<RevisionCode> revision_of(const World& world, const CompanyCode& company,
                                        const ItemCode& item, Date day) {
    const auto* row = world.of<Revisions>().last_until({company, item, day});
    if (!row || row->first.company != company || row->first.item != item) return std::nullopt;
    return row->second.revision;
}

Decision<ItemRevised> decide(const World& world, const ReviseItem& revise, const Context& context) {
    const Item* item = world.of<Items>().find({revise.company, revise.item});
    if (!item) return item_unknown.about(revise.item);
    if (item->is_template) return item_is_template.about(revise.item);
    const Date from = revise.from.value_or(context.today);
    std::optional<Date> last;
    for (const auto& [key, revision] :
         world.of<Revisions>().from({revise.company, revise.item, first_date})) {
        if (key.company != revise.company || key.item != revise.item) break;
        if (revision.revision == revise.revision) return revision_exists.about(revise.revision);
        last = key.from;
    }
    if (last && from <= *last) return revision_not_later.about(*last);
    return ItemRevised{revise.company, revise.item, revise.revision, from, revise.text};
}

void evolve(Revisions& revisions, const ItemRevised& revised) {
    revisions.put({revised.company, revised.item, revised.from}, {revised.revision});
}

Part revisions() {
    return Part()
        .table<Revisions>("items.revisions")
        .commands<ReviseItem>()
        .event<ItemRevised, Revisions>();
}

}  // namespace kontor::items
