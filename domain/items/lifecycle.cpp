// How items pass through their lives, and what each stage and each block refuses.
#include "domain/items/lifecycle.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/items/kits.h"

#include <algorithm>

namespace kontor::items {

namespace {

bool is_blocked(const Item& item, ItemUse use) {
    return std::ranges::find(item.blocked, use) != item.blocked.end();
}

// What it holds on which day is for who opens it to ask; a kit that never holds anything is no
// offer.
bool ever_holds(const World& world, const CompanyCode& company, const ItemCode& kit) {
    for (const auto& [key, held] : world.of<Kits>().from({company, kit, first_date}))
        return key.company == company && key.kit == kit;
    return false;
}

}  // namespace

Objection fault_of_use(const World& world, const CompanyCode& company, const ItemCode& code,
                       ItemUse use) {
    const Item* item = world.of<Items>().find({company, code});
    if (!item) return item_unknown.about(code);
    if (item->is_template) return item_is_template.about(code);
    const bool adds = use == ItemUse::purchase || use == ItemUse::production;
    switch (item->lifecycle) {
        case ItemLifecycle::draft: return item_is_draft.about(code);
        case ItemLifecycle::active: break;
        case ItemLifecycle::phase_out:
            if (adds) return item_phased_out.about(code);
            break;
        case ItemLifecycle::discontinued:
            if (use != ItemUse::move) return item_discontinued.about(code);
            break;
    }
    if (is_blocked(*item, use)) return item_use_blocked.about(code, use);
    if (item->kind == ItemKind::kit && !ever_holds(world, company, code))
        return kit_is_empty.about(code);
    return {};
}

Decision<ItemLifecycleSet> decide(const World& world, const SetItemLifecycle& set, const Context&) {
    const Item* item = world.of<Items>().find({set.company, set.item});
    if (!item) return item_unknown.about(set.item);
    if (item->lifecycle == set.lifecycle)
        return item_lifecycle_unchanged.about(set.item, set.lifecycle);
    if (set.lifecycle == ItemLifecycle::draft) return item_no_draft_again.about(set.item);
    return ItemLifecycleSet{set.company, set.item, set.lifecycle};
}

Decision<ItemBlocked> decide(const World& world, const BlockItem& block, const Context&) {
    const Item* item = world.of<Items>().find({block.company, block.item});
    if (!item) return item_unknown.about(block.item);
    for (std::size_t n = 0; n < block.uses.size(); ++n)
        if (is_blocked(*item, block.uses[n]))
            return item_use_blocked.about(block.item, block.uses[n]).at("uses", n);
    return ItemBlocked{block.company, block.item, sorted_once(block.uses), block.because};
}

Decision<ItemUnblocked> decide(const World& world, const UnblockItem& unblock, const Context&) {
    const Item* item = world.of<Items>().find({unblock.company, unblock.item});
    if (!item) return item_unknown.about(unblock.item);
    for (std::size_t n = 0; n < unblock.uses.size(); ++n)
        if (!is_blocked(*item, unblock.uses[n]))
            return item_use_not_blocked.about(unblock.item, unblock.uses[n]).at("uses", n);
    return ItemUnblocked{unblock.company, unblock.item, sorted_once(unblock.uses)};
}

void evolve(Items& items, const ItemLifecycleSet& set) {
    items.change({set.company, set.item}, [&](Item& item) { item.lifecycle = set.lifecycle; });
}

void evolve(Items& items, const ItemBlocked& blocked) {
    items.change({blocked.company, blocked.item}, [&](Item& item) {
        item.blocked.insert(item.blocked.end(), blocked.uses.begin(), blocked.uses.end());
        item.blocked = sorted_once(std::move(item.blocked));
    });
}

void evolve(Items& items, const ItemUnblocked& unblocked) {
    items.change({unblocked.company, unblocked.item}, [&](Item& item) {
        std::erase_if(item.blocked, [&](ItemUse use) {
            return std::ranges::find(unblocked.uses, use) != unblocked.uses.end();
        });
    });
}

Part lifecycle() {
    return Part()
        .commands<SetItemLifecycle, BlockItem, UnblockItem>()
        .event<ItemLifecycleSet, Items>()
        .event<ItemBlocked, Items>()
        .event<ItemUnblocked, Items>();
}

}  // namespace kontor::items
