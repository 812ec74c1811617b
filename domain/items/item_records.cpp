// How items are created and what of them changes.
#include "domain/items/item_records.h"

#include "domain/core/catalog.h"

namespace kontor::items {

namespace {

using Measure = std::optional<Quantity>;

// Why weight and volume cannot be told in their units; null when they can.
Objection fault_of_units(const World& world, const CompanyCode& company, const Measure& weight,
                         const Measure& volume) {
    for (const Measure* measure : {&weight, &volume})
        if (*measure && !world.of<Units>().find({company, (*measure)->unit}))
            return unit_unknown.about((*measure)->unit);
    return {};
}

Objection fault_of_measures(const Measure& weight, const Measure& volume) {
    for (const Measure* measure : {&weight, &volume})
        if (*measure && (*measure)->micro < 0) return measure_negative.about(**measure);
    return {};
}

// Why an item of a kind cannot be tracked so and keep for so long; null when it can.
Objection fault_of_tracking(ItemKind kind, Tracking tracking, std::int64_t shelf_life_days) {
    if (kind != ItemKind::goods && (tracking != Tracking::none || shelf_life_days > 0))
        return only_goods_are_tracked.about(kind);
    if (shelf_life_days > 0 && tracking == Tracking::none) return shelf_life_needs_tracking;
    return {};
}

}  // namespace

std::optional<ItemCategoryCode> category_of(const World& world, const CompanyCode& company,
                                            const ItemCode& item, Date day) {
    const auto* row = world.of<CategoriesOfItems>().last_until({company, item, day});
    if (row && row->first.company == company && row->first.item == item)
        return row->second.category;
    const Item* record = world.of<Items>().find({company, item});
    ensure(record != nullptr, "the category is asked for of an item that is there");
    return record->first_category;
}

Decision<ItemCreated> decide(const World& world, const CreateItem& create, const Context&) {
    if (!world.of<companies::Companies>().find(create.company))
        return companies::company_unknown.about(create.company);
    if (world.of<Items>().find({create.company, create.item}))
        return item_exists.about(create.item);
    if (!world.of<Units>().find({create.company, create.base_unit}))
        return unit_unknown.about(create.base_unit);
    if (const Objection fault = fault_of_units(world, create.company, create.weight, create.volume))
        return fault;
    if (create.category && !world.of<ItemCategories>().find({create.company, *create.category}))
        return item_category_unknown.about(*create.category);
    if (const Objection fault = fault_of_measures(create.weight, create.volume)) return fault;
    if (const Objection fault =
            fault_of_tracking(create.kind, create.tracking, create.shelf_life_days))
        return fault;
    if (create.is_template && create.kind == ItemKind::kit) return kit_is_no_template;
    return ItemCreated{create.company,
                       create.item,
                       create.name,
                       create.text,
                       create.kind,
                       create.base_unit,
                       create.category,
                       create.tracking,
                       create.shelf_life_days,
                       create.weight,
                       create.volume,
                       create.draft ? ItemLifecycle::draft : ItemLifecycle::active,
                       create.is_template};
}

Decision<ItemRenamed> decide(const World& world, const RenameItem& rename, const Context&) {
    const Item* item = world.of<Items>().find({rename.company, rename.item});
    if (!item) return item_unknown.about(rename.item);
    ItemRenamed renamed{rename.company, rename.item, rename.name.value_or(item->name),
                        rename.text.value_or(item->text)};
    if (renamed.name == item->name && renamed.text == item->text)
        return item_unchanged.about(rename.item);
    return renamed;
}

Decision<ItemMeasured> decide(const World& world, const MeasureItem& measure, const Context&) {
    const Item* item = world.of<Items>().find({measure.company, measure.item});
    if (!item) return item_unknown.about(measure.item);
    if (const Objection fault =
            fault_of_units(world, measure.company, measure.weight, measure.volume))
        return fault;
    if (const Objection fault = fault_of_measures(measure.weight, measure.volume)) return fault;
    const ItemMeasured measured{measure.company, measure.item,
                                measure.shelf_life_days.value_or(item->shelf_life_days),
                                measure.weight ? measure.weight : item->weight,
                                measure.volume ? measure.volume : item->volume};
    if (const Objection fault =
            fault_of_tracking(item->kind, item->tracking, measured.shelf_life_days))
        return fault;
    if (measured.shelf_life_days == item->shelf_life_days && measured.weight == item->weight &&
        measured.volume == item->volume)
        return item_unchanged.about(measure.item);
    return measured;
}

Decision<ItemTrackingChanged> decide(const World& world, const ChangeItemTracking& change,
                                     const Context&) {
    const Item* item = world.of<Items>().find({change.company, change.item});
    if (!item) return item_unknown.about(change.item);
    if (const Objection fault =
            fault_of_tracking(item->kind, change.tracking, item->shelf_life_days))
        return fault;
    if (change.tracking == item->tracking) return item_unchanged.about(change.item);
    return ItemTrackingChanged{change.company, change.item, change.tracking};
}

Decision<ItemCategorized> decide(const World& world, const CategorizeItem& categorize,
                                 const Context& context) {
    if (!world.of<Items>().find({categorize.company, categorize.item}))
        return item_unknown.about(categorize.item);
    if (categorize.category &&
        !world.of<ItemCategories>().find({categorize.company, *categorize.category}))
        return item_category_unknown.about(*categorize.category);
    const Date from = categorize.from.value_or(context.today);
    if (category_of(world, categorize.company, categorize.item, from) == categorize.category)
        return item_stands_there.about(categorize.item, from);
    return ItemCategorized{categorize.company, categorize.item, from, categorize.category};
}

void evolve(Items& items, const ItemCreated& created) {
    items.put({created.company, created.item}, {created.name,
                                                created.text,
                                                created.kind,
                                                created.base_unit,
                                                created.category,
                                                created.tracking,
                                                created.shelf_life_days,
                                                created.weight,
                                                created.volume,
                                                created.lifecycle,
                                                created.is_template,
                                                {},
                                                std::nullopt});
}

void evolve(Items& items, const ItemRenamed& renamed) {
    items.change({renamed.company, renamed.item}, [&](Item& item) {
        item.name = renamed.name;
        item.text = renamed.text;
    });
}

void evolve(Items& items, const ItemMeasured& measured) {
    items.change({measured.company, measured.item}, [&](Item& item) {
        item.shelf_life_days = measured.shelf_life_days;
        item.weight = measured.weight;
        item.volume = measured.volume;
    });
}

void evolve(Items& items, const ItemTrackingChanged& changed) {
    items.change({changed.company, changed.item},
                 [&](Item& item) { item.tracking = changed.tracking; });
}

void evolve(CategoriesOfItems& categories, const ItemCategorized& categorized) {
    categories.put({categorized.company, categorized.item, categorized.from},
                   {categorized.category});
}

Part item_records() {
    return Part()
        .table<Items>("items.items")
        .table<CategoriesOfItems>("items.categories_of_items")
        .commands<CreateItem, RenameItem, MeasureItem, ChangeItemTracking, CategorizeItem>()
        .event<ItemCreated, Items>()
        .event<ItemRenamed, Items>()
        .event<ItemMeasured, Items>()
        .event<ItemTrackingChanged, Items>()
        .event<ItemCategorized, CategoriesOfItems>();
}

}  // namespace kontor::items
