// Categories of items: a tree that a company sorts its items into, as one looks for them.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <optional>
#include <string>

namespace kontor::items {

struct ItemCategoryThing {
    static constexpr Thing thing{"item_category", "item_categories"};
};
using ItemCategoryCode = Code<ItemCategoryThing>;

inline constexpr Reason item_category_exists{
    Refusal::conflict, "item_category_exists",
    "The company has a category of items with this code already."};
inline constexpr Reason item_category_unknown{
    Refusal::missing, "item_category_unknown",
    "The company has no category of items with this code."};
inline constexpr Reason item_category_below_itself{
    Refusal::invalid, "item_category_below_itself",
    "The new parent is the category itself or stands below it."};
inline constexpr Reason item_category_stands_there{Refusal::conflict, "item_category_stands_there",
                                                   "The category stands below that one already."};
inline constexpr Reason move_changes_costing{
    Refusal::conflict, "move_changes_costing",
    "Below that category its items would be costed another way, on days that are past too. Set the "
    "costing of the category itself first, so that it does not depend on what stands above."};

struct ItemCategoryDefined {
    CompanyCode company;
    ItemCategoryCode category;
    std::string name;
    std::optional<ItemCategoryCode> parent;

    bool operator==(const ItemCategoryDefined&) const = default;
    static void describe(auto& event) {
        event.record("ItemCategoryDefined", "Items may be of one more category.")
            .company(&ItemCategoryDefined::company)
            .stream(&ItemCategoryDefined::category)
            .on_recorded_day()
            .field("company", &ItemCategoryDefined::company, "Whose category.")
            .field("category", &ItemCategoryDefined::category, "Its code.")
            .field("name", &ItemCategoryDefined::name, "Its name.")
            .field("parent", &ItemCategoryDefined::parent, "The category above it.");
    }
};

struct ItemCategoryRenamed {
    CompanyCode company;
    ItemCategoryCode category;
    std::string name;

    bool operator==(const ItemCategoryRenamed&) const = default;
    static void describe(auto& event) {
        event.record("ItemCategoryRenamed", "A category has another name.")
            .company(&ItemCategoryRenamed::company)
            .stream(&ItemCategoryRenamed::category)
            .on_recorded_day()
            .field("company", &ItemCategoryRenamed::company, "Whose category.")
            .field("category", &ItemCategoryRenamed::category, "Its code.")
            .field("name", &ItemCategoryRenamed::name, "The new name.");
    }
};

struct ItemCategoryMoved {
    CompanyCode company;
    ItemCategoryCode category;
    std::optional<ItemCategoryCode> parent;

    bool operator==(const ItemCategoryMoved&) const = default;
    static void describe(auto& event) {
        event.record("ItemCategoryMoved", "A category stands elsewhere in the tree.")
            .company(&ItemCategoryMoved::company)
            .stream(&ItemCategoryMoved::category)
            .on_recorded_day()
            .field("company", &ItemCategoryMoved::company, "Whose category.")
            .field("category", &ItemCategoryMoved::category, "Its code.")
            .field("parent", &ItemCategoryMoved::parent,
                   "The category above it; absent: it is at the top.");
    }
};

struct DefineItemCategory {
    CompanyCode company;
    ItemCategoryCode category;
    std::string name;
    std::optional<ItemCategoryCode> parent;

    static void describe(auto& command) {
        command
            .record("DefineItemCategory", "Adds a category to the tree that items are sorted in.")
            .company(&DefineItemCategory::company)
            .stream(&DefineItemCategory::category)
            .example(R"({"company": "DEMO", "category": "MUGS", "name": "Mugs"})")
            .field("company", &DefineItemCategory::company, "Whose category.")
            .field("category", &DefineItemCategory::category,
                   "A code for it, such as \"MUGS\"; it never changes.")
            .field("name", &DefineItemCategory::name, "Its name.")
            .shortest(1)
            .longest(200)
            .field("parent", &DefineItemCategory::parent,
                   "The category that it stands below. Absent: it is at the top.")
            .refuses(companies::company_unknown, item_category_exists, item_category_unknown);
    }
};

struct RenameItemCategory {
    CompanyCode company;
    ItemCategoryCode category;
    std::string name;

    static void describe(auto& command) {
        command.record("RenameItemCategory", "Gives a category another name. Its code stays.")
            .company(&RenameItemCategory::company)
            .stream(&RenameItemCategory::category)
            .example(R"({"company": "DEMO", "category": "MUGS", "name": "Mugs and cups"})")
            .field("company", &RenameItemCategory::company, "Whose category.")
            .field("category", &RenameItemCategory::category, "A category of the company.")
            .field("name", &RenameItemCategory::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(item_category_unknown);
    }
};

struct MoveItemCategory {
    CompanyCode company;
    ItemCategoryCode category;
    std::optional<ItemCategoryCode> parent;

    static void describe(auto& command) {
        command
            .record("MoveItemCategory",
                    "Puts a category, with all that is below it, below another one. Where its "
                    "items would be costed another way by that, it is refused: costing changes on "
                    "a day, and never by the way.")
            .company(&MoveItemCategory::company)
            .stream(&MoveItemCategory::category)
            .example(R"({"company": "DEMO", "category": "CUPS", "parent": "MUGS"})")
            .field("company", &MoveItemCategory::company, "Whose category.")
            .field("category", &MoveItemCategory::category, "A category of the company.")
            .field("parent", &MoveItemCategory::parent,
                   "The category above it. Absent: the top of the tree.")
            .refuses(item_category_unknown, item_category_below_itself, item_category_stands_there,
                     move_changes_costing);
    }
};

struct ItemCategoryKey {
    CompanyCode company;
    ItemCategoryCode category;

    auto operator<=>(const ItemCategoryKey&) const = default;
    static void describe(auto& key) {
        key.record("ItemCategoryKey", "A category of a company.")
            .field("company", &ItemCategoryKey::company, "Whose category.")
            .field("category", &ItemCategoryKey::category, "Its code.");
    }
};

struct ItemCategory {
    std::optional<ItemCategoryCode> parent;

    static void describe(auto& record) {
        record.record("ItemCategory", "A category as decisions know it.")
            .field("parent", &ItemCategory::parent, "The category above it.");
    }
};
using ItemCategories = Table<ItemCategoryKey, ItemCategory>;

// Whether a category is another one or stands below it.
bool is_within(const World&, const CompanyCode&, std::optional<ItemCategoryCode> category,
               const ItemCategoryCode& above);

Decision<ItemCategoryDefined> decide(const World&, const DefineItemCategory&, const Context&);
Decision<ItemCategoryRenamed> decide(const World&, const RenameItemCategory&, const Context&);
Decision<ItemCategoryMoved> decide(const World&, const MoveItemCategory&, const Context&);
void evolve(ItemCategories&, const ItemCategoryDefined&);
void evolve(ItemCategories&, const ItemCategoryMoved&);

Part categories();

}  // namespace kontor::items
