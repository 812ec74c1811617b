// How the tree of categories grows and changes.
#include "domain/items/categories.h"

#include "domain/core/catalog.h"
#include "domain/items/costing.h"

namespace kontor::items {

bool is_within(const World& world, const CompanyCode& company,
               std::optional<ItemCategoryCode> category, const ItemCategoryCode& above) {
    while (category) {
        if (*category == above) return true;
        const ItemCategory* at = world.of<ItemCategories>().find({company, *category});
        category = at ? at->parent : std::nullopt;
    }
    return false;
}

Decision<ItemCategoryDefined> decide(const World& world, const DefineItemCategory& define,
                                     const Context&) {
    if (!world.of<companies::Companies>().find(define.company))
        return companies::company_unknown.about(define.company);
    const ItemCategories& categories = world.of<ItemCategories>();
    if (categories.find({define.company, define.category}))
        return item_category_exists.about(define.category);
    if (define.parent && !categories.find({define.company, *define.parent}))
        return item_category_unknown.about(*define.parent);
    return ItemCategoryDefined{define.company, define.category, define.name, define.parent};
}

Decision<ItemCategoryRenamed> decide(const World& world, const RenameItemCategory& rename,
                                     const Context&) {
    if (!world.of<ItemCategories>().find({rename.company, rename.category}))
        return item_category_unknown.about(rename.category);
    return ItemCategoryRenamed{rename.company, rename.category, rename.name};
}

Decision<ItemCategoryMoved> decide(const World& world, const MoveItemCategory& move,
                                   const Context&) {
    const ItemCategories& categories = world.of<ItemCategories>();
    const ItemCategory* category = categories.find({move.company, move.category});
    if (!category) return item_category_unknown.about(move.category);
    if (move.parent && !categories.find({move.company, *move.parent}))
        return item_category_unknown.about(*move.parent);
    if (is_within(world, move.company, move.parent, move.category))
        return item_category_below_itself.about(*move.parent);
    if (category->parent == move.parent) return item_category_stands_there.about(move.category);
    if (const auto day = first_day_costed_otherwise(world, move.company, move.category,
                                                    category->parent, move.parent))
        return move_changes_costing.about(move.category, *day);
    return ItemCategoryMoved{move.company, move.category, move.parent};
}

void evolve(ItemCategories& categories, const ItemCategoryDefined& defined) {
    categories.put({defined.company, defined.category}, {defined.parent});
}

void evolve(ItemCategories& categories, const ItemCategoryMoved& moved) {
    categories.change({moved.company, moved.category},
                      [&](ItemCategory& category) { category.parent = moved.parent; });
}

Part categories() {
    return Part()
        .table<ItemCategories>("items.categories")
        .commands<DefineItemCategory, RenameItemCategory, MoveItemCategory>()
        .event<ItemCategoryDefined, ItemCategories>()
        .event<ItemCategoryRenamed>()
        .event<ItemCategoryMoved, ItemCategories>();
}

}  // namespace kontor::items
