// What is set for categories of items: that of the item's own, of one above it, or of all others.
#pragma once

#include "domain/items/categories.h"
#include "domain/items/item_records.h"

#include <optional>

namespace kontor::items {

// The first that `find` has, for the category of an item on a day, then for each above it, and for
// none at last. `find` takes an optional category and answers a pointer.
template <class Find>
auto found_by_category(const World& world, const CompanyCode& company, const ItemCode& item,
                       Date day, const Find& find) {
    std::optional<ItemCategoryCode> category = category_of(world, company, item, day);
    while (category) {
        if (const auto* found = find(category)) return found;
        category = world.of<ItemCategories>().find({company, *category})->parent;
    }
    return find(category);
}

}  // namespace kontor::items
