// Item records: what a company buys, makes, keeps and sells, under codes of its own.
#pragma once

#include "domain/items/categories.h"
#include "domain/items/units.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kontor::items {

struct ItemThing {
    static constexpr Thing thing{"item", "items"};
};
using ItemCode = Code<ItemThing>;

struct VariantAttributeThing {
    static constexpr Thing thing{"variant_attribute", "variant_attributes"};
};
using VariantAttributeCode = Code<VariantAttributeThing>;

struct AttributeValueThing {
    static constexpr Thing thing{"attribute_value", "variant_attributes"};
};
using AttributeValueCode = Code<AttributeValueThing>;

// What names a variant among its template's: a value for each attribute.
using VariantValues = std::map<VariantAttributeCode, AttributeValueCode>;

enum class ItemKind : std::uint8_t { goods, service, kit };

void describe(auto& choice, ItemKind) {
    choice.choice("ItemKind", "What an item is.")
        .value("goods", "A thing that is kept in stock.")
        .value("service", "Work, freight, a licence: bought and sold, and never in stock.")
        .value("kit", "Several items sold as one. It is not in stock itself; its components are.");
}

enum class Tracking : std::uint8_t { none, lot, serial };

void describe(auto& choice, Tracking) {
    choice.choice("Tracking", "How single goods of an item are told apart.")
        .value("none", "They are not: any piece is as good as another.")
        .value("lot", "By lot: what was made or received together has one number.")
        .value("serial", "By piece: each has a serial number.");
}

// The stages of an item's life; each allows what `refuses` does not name.
enum class ItemLifecycle : std::uint8_t { draft, active, phase_out, discontinued };

void describe(auto& choice, ItemLifecycle) {
    choice.choice("ItemLifecycle", "The stage of its life that an item is in.")
        .value("draft", "Being prepared: it is neither bought nor sold, made nor moved.")
        .value("active", "In use: nothing is refused.")
        .value("phase_out", "Running out: no more of it is bought or made, what is there is sold.")
        .value("discontinued",
               "Over: neither bought nor made nor sold. What is left may still be moved: "
               "returned, counted, written off.");
}

// What an item can be kept from, beside its lifecycle.
enum class ItemUse : std::uint8_t { purchase, production, sale, move };

void describe(auto& choice, ItemUse) {
    choice.choice("ItemUse", "What is done with an item.")
        .value("purchase", "It is ordered from suppliers.")
        .value("production", "It is made.")
        .value("sale", "It is sold to customers.")
        .value("move", "It is received, transferred or issued by a document.");
}

inline constexpr Reason item_exists{Refusal::conflict, "item_exists",
                                    "The company has an item with this code already."};
inline constexpr Reason item_unknown{Refusal::missing, "item_unknown",
                                     "The company has no item with this code."};
inline constexpr Reason measure_negative{Refusal::invalid, "measure_negative",
                                         "Neither weight nor volume is below zero."};
inline constexpr Reason only_goods_are_tracked{
    Refusal::invalid, "only_goods_are_tracked",
    "Only goods have lots, serial numbers or a shelf life; services and kits are not in stock."};
inline constexpr Reason shelf_life_needs_tracking{
    Refusal::invalid, "shelf_life_needs_tracking",
    "A shelf life is kept by lot or by serial number; the item has neither."};
inline constexpr Reason kit_is_no_template{Refusal::invalid, "kit_is_no_template",
                                           "A kit has components and no variants."};
inline constexpr Reason item_unchanged{Refusal::conflict, "item_unchanged",
                                       "The command names nothing that is to be another way."};
inline constexpr Reason item_stands_there{Refusal::conflict, "item_stands_there",
                                          "The item is of that category on the day already."};

struct ItemCreated {
    CompanyCode company;
    ItemCode item;
    std::string name;
    std::string text;
    ItemKind kind = ItemKind::goods;
    Unit base_unit;
    std::optional<ItemCategoryCode> category;
    Tracking tracking = Tracking::none;
    std::int64_t shelf_life_days = 0;
    std::optional<Quantity> weight;
    std::optional<Quantity> volume;
    ItemLifecycle lifecycle = ItemLifecycle::active;
    bool is_template = false;

    bool operator==(const ItemCreated&) const = default;
    static void describe(auto& event) {
        event.record("ItemCreated", "The company has one more item.")
            .company(&ItemCreated::company)
            .stream(&ItemCreated::item)
            .on_recorded_day()
            .field("company", &ItemCreated::company, "Whose item.")
            .field("item", &ItemCreated::item, "Its code.")
            .field("name", &ItemCreated::name, "Its name.")
            .field("text", &ItemCreated::text, "What more is said of it.")
            .field("kind", &ItemCreated::kind, "What it is.")
            .field("base_unit", &ItemCreated::base_unit, "The unit that its stock is counted in.")
            .field("category", &ItemCreated::category, "Its category.")
            .field("tracking", &ItemCreated::tracking, "How single goods are told apart.")
            .field("shelf_life_days", &ItemCreated::shelf_life_days,
                   "Days that it keeps; 0: for good.")
            .field("weight", &ItemCreated::weight, "Net weight of one base unit.")
            .field("volume", &ItemCreated::volume, "Volume of one base unit.")
            .field("lifecycle", &ItemCreated::lifecycle, "The stage that it begins in.")
            .field("template", &ItemCreated::is_template, "It stands for its variants.");
    }
};

struct ItemRenamed {
    CompanyCode company;
    ItemCode item;
    std::string name;
    std::string text;

    bool operator==(const ItemRenamed&) const = default;
    static void describe(auto& event) {
        event.record("ItemRenamed", "An item has another name, or more is said of it.")
            .company(&ItemRenamed::company)
            .stream(&ItemRenamed::item)
            .on_recorded_day()
            .field("company", &ItemRenamed::company, "Whose item.")
            .field("item", &ItemRenamed::item, "Its code, which stays.")
            .field("name", &ItemRenamed::name, "Its name.")
            .field("text", &ItemRenamed::text, "What more is said of it.");
    }
};

struct ItemMeasured {
    CompanyCode company;
    ItemCode item;
    std::int64_t shelf_life_days = 0;
    std::optional<Quantity> weight;
    std::optional<Quantity> volume;

    bool operator==(const ItemMeasured&) const = default;
    static void describe(auto& event) {
        event.record("ItemMeasured", "What an item weighs, takes up or how long it keeps changed.")
            .company(&ItemMeasured::company)
            .stream(&ItemMeasured::item)
            .on_recorded_day()
            .field("company", &ItemMeasured::company, "Whose item.")
            .field("item", &ItemMeasured::item, "Its code.")
            .field("shelf_life_days", &ItemMeasured::shelf_life_days,
                   "Days that it keeps; 0: for good.")
            .field("weight", &ItemMeasured::weight, "Net weight of one base unit.")
            .field("volume", &ItemMeasured::volume, "Volume of one base unit.");
    }
};

struct ItemTrackingChanged {
    CompanyCode company;
    ItemCode item;
    Tracking tracking = Tracking::none;

    bool operator==(const ItemTrackingChanged&) const = default;
    static void describe(auto& event) {
        event.record("ItemTrackingChanged", "Single goods of an item are told apart another way.")
            .company(&ItemTrackingChanged::company)
            .stream(&ItemTrackingChanged::item)
            .on_recorded_day()
            .field("company", &ItemTrackingChanged::company, "Whose item.")
            .field("item", &ItemTrackingChanged::item, "Its code.")
            .field("tracking", &ItemTrackingChanged::tracking, "How, from now on.");
    }
};

struct ItemCategorized {
    CompanyCode company;
    ItemCode item;
    Date from;
    std::optional<ItemCategoryCode> category;

    bool operator==(const ItemCategorized&) const = default;
    static void describe(auto& event) {
        event.record("ItemCategorized", "An item is of another category from a day on.")
            .company(&ItemCategorized::company)
            .stream(&ItemCategorized::item)
            .on(&ItemCategorized::from)
            .field("company", &ItemCategorized::company, "Whose item.")
            .field("item", &ItemCategorized::item, "Its code.")
            .field("from", &ItemCategorized::from, "The first day.")
            .field("category", &ItemCategorized::category, "The category; absent: none.");
    }
};

struct CreateItem {
    CompanyCode company;
    ItemCode item;
    std::string name;
    std::string text;
    ItemKind kind = ItemKind::goods;
    Unit base_unit;
    std::optional<ItemCategoryCode> category;
    Tracking tracking = Tracking::none;
    std::int64_t shelf_life_days = 0;
    std::optional<Quantity> weight;
    std::optional<Quantity> volume;
    bool draft = false;
    bool is_template = false;

    static void describe(auto& command) {
        command
            .record("CreateItem",
                    "Adds an item. It can be used at once, unless it is a draft; a kit when its "
                    "components are set, a template through its variants only.")
            .company(&CreateItem::company)
            .stream(&CreateItem::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "name": "Mug, white", "base_unit":
                "pcs", "category": "MUGS", "weight": {"amount": "0.35", "unit": "kg"}})")
            .field("company", &CreateItem::company, "Whose item.")
            .field("item", &CreateItem::item,
                   "A code for it, such as \"MUG-01\". Capital and small letters differ; it never "
                   "changes.")
            .field("name", &CreateItem::name, "Its name, as on an invoice.")
            .shortest(1)
            .longest(200)
            .field("text", &CreateItem::text, "What more is to be said of it.")
            .otherwise(std::string())
            .longest(2'000)
            .field("kind", &CreateItem::kind, "What it is.")
            .otherwise(ItemKind::goods)
            .field("base_unit", &CreateItem::base_unit,
                   "The unit that its stock is counted in: the smallest that it is handled in. It "
                   "never changes.")
            .field("category", &CreateItem::category, "Its category.")
            .field("tracking", &CreateItem::tracking, "How single goods are told apart.")
            .otherwise(Tracking::none)
            .field("shelf_life_days", &CreateItem::shelf_life_days,
                   "Days that it keeps once it is made; 0: for good.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(36'500)
            .field("weight", &CreateItem::weight,
                   "Net weight of one base unit, in a unit of the company; costs of transport are "
                   "shared out by it.")
            .field("volume", &CreateItem::volume,
                   "Volume of one base unit, in a unit of the company.")
            .field("draft", &CreateItem::draft, "True while it is being prepared.")
            .otherwise(false)
            .field("template", &CreateItem::is_template,
                   "True for what stands for its variants, such as a shirt of several sizes; it "
                   "is not bought or sold itself.")
            .otherwise(false)
            .refuses(companies::company_unknown, item_exists, unit_unknown, item_category_unknown,
                     measure_negative, only_goods_are_tracked, shelf_life_needs_tracking,
                     kit_is_no_template);
    }
};

struct RenameItem {
    CompanyCode company;
    ItemCode item;
    std::optional<std::string> name;
    std::optional<std::string> text;

    static void describe(auto& command) {
        command
            .record("RenameItem",
                    "Gives an item another name or says more of it. Its code stays; what the "
                    "command does not name stays as it was.")
            .company(&RenameItem::company)
            .stream(&RenameItem::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "name": "Mug, white, 0.3 l"})")
            .field("company", &RenameItem::company, "Whose item.")
            .field("item", &RenameItem::item, "An item of the company.")
            .field("name", &RenameItem::name, "The new name.")
            .shortest(1)
            .longest(200)
            .field("text", &RenameItem::text, "What more is to be said of it.")
            .longest(2'000)
            .refuses(item_unknown, item_unchanged);
    }
};

struct MeasureItem {
    CompanyCode company;
    ItemCode item;
    std::optional<std::int64_t> shelf_life_days;
    std::optional<Quantity> weight;
    std::optional<Quantity> volume;

    static void describe(auto& command) {
        command
            .record("MeasureItem",
                    "Says what one base unit of an item weighs and takes up, and how long it "
                    "keeps. What the command does not name stays as it was; what was computed "
                    "before stays.")
            .company(&MeasureItem::company)
            .stream(&MeasureItem::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "weight": {"amount": "0.36",
                "unit": "kg"}})")
            .field("company", &MeasureItem::company, "Whose item.")
            .field("item", &MeasureItem::item, "An item of the company.")
            .field("shelf_life_days", &MeasureItem::shelf_life_days,
                   "Days that it keeps once it is made; 0: for good.")
            .least(0)
            .most(36'500)
            .field("weight", &MeasureItem::weight, "Net weight of one base unit.")
            .field("volume", &MeasureItem::volume, "Volume of one base unit.")
            .refuses(item_unknown, unit_unknown, measure_negative, only_goods_are_tracked,
                     shelf_life_needs_tracking, item_unchanged);
    }
};

struct ChangeItemTracking {
    CompanyCode company;
    ItemCode item;
    Tracking tracking = Tracking::none;

    static void describe(auto& command) {
        command
            .record("ChangeItemTracking",
                    "Says how single goods of an item are told apart from now on.")
            .company(&ChangeItemTracking::company)
            .stream(&ChangeItemTracking::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "tracking": "lot"})")
            .field("company", &ChangeItemTracking::company, "Whose item.")
            .field("item", &ChangeItemTracking::item, "An item of the company: goods.")
            .field("tracking", &ChangeItemTracking::tracking, "How they are told apart.")
            .refuses(item_unknown, only_goods_are_tracked, shelf_life_needs_tracking,
                     item_unchanged);
    }
};

struct CategorizeItem {
    CompanyCode company;
    ItemCode item;
    std::optional<ItemCategoryCode> category;
    std::optional<Date> from;

    static void describe(auto& command) {
        command
            .record("CategorizeItem",
                    "Puts an item into another category, or into none, from a day on. Where the "
                    "category says how it is costed, that changes on the day too.")
            .company(&CategorizeItem::company)
            .stream(&CategorizeItem::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "category": "CUPS"})")
            .field("company", &CategorizeItem::company, "Whose item.")
            .field("item", &CategorizeItem::item, "An item of the company.")
            .field("category", &CategorizeItem::category, "A category. Absent: none.")
            .field("from", &CategorizeItem::from, "The first day. Absent: today.")
            .refuses(item_unknown, item_category_unknown, item_stands_there);
    }
};

struct ItemKey {
    CompanyCode company;
    ItemCode item;

    auto operator<=>(const ItemKey&) const = default;
    static void describe(auto& key) {
        key.record("ItemKey", "An item of a company.")
            .field("company", &ItemKey::company, "Whose item.")
            .field("item", &ItemKey::item, "Its code.");
    }
};

// What decisions, here and on the floors above, need to know of an item.
struct Item {
    std::string name;
    std::string text;
    ItemKind kind = ItemKind::goods;
    Unit base_unit;
    std::optional<ItemCategoryCode> first_category;  // `category_of` tells that of a day
    Tracking tracking = Tracking::none;
    std::int64_t shelf_life_days = 0;
    std::optional<Quantity> weight;
    std::optional<Quantity> volume;
    ItemLifecycle lifecycle = ItemLifecycle::active;
    bool is_template = false;
    std::vector<ItemUse> blocked;
    std::optional<ItemCode> variant_of;

    static void describe(auto& record) {
        record.record("Item", "An item as decisions know it.")
            .field("name", &Item::name, "Its name.")
            .field("text", &Item::text, "What more is said of it.")
            .field("kind", &Item::kind, "What it is.")
            .field("base_unit", &Item::base_unit, "The unit that its stock is counted in.")
            .field("first_category", &Item::first_category, "The category that it began in.")
            .field("tracking", &Item::tracking, "How single goods are told apart.")
            .field("shelf_life_days", &Item::shelf_life_days, "Days that it keeps; 0: for good.")
            .field("weight", &Item::weight, "Net weight of one base unit.")
            .field("volume", &Item::volume, "Volume of one base unit.")
            .field("lifecycle", &Item::lifecycle, "The stage of its life.")
            .field("template", &Item::is_template, "It stands for its variants.")
            .field("blocked", &Item::blocked, "What it is kept from, sorted.")
            .field("variant_of", &Item::variant_of, "The template that it is a variant of.");
    }
};
using Items = Table<ItemKey, Item>;

struct CategoryOfItemKey {
    CompanyCode company;
    ItemCode item;
    Date from;

    auto operator<=>(const CategoryOfItemKey&) const = default;
    static void describe(auto& key) {
        key.record("CategoryOfItemKey", "An item from a day on.")
            .field("company", &CategoryOfItemKey::company, "Whose item.")
            .field("item", &CategoryOfItemKey::item, "Its code.")
            .field("from", &CategoryOfItemKey::from, "The first day.");
    }
};

struct CategoryOfItem {
    std::optional<ItemCategoryCode> category;

    static void describe(auto& record) {
        record.record("CategoryOfItem", "What category an item came into.")
            .field("category", &CategoryOfItem::category, "The category; absent: none.");
    }
};
// Only of items that did not stay in the category that they began in.
using CategoriesOfItems = Table<CategoryOfItemKey, CategoryOfItem>;

// The category of an item on a day; empty where it has none. The item is there.
std::optional<ItemCategoryCode> category_of(const World&, const CompanyCode&, const ItemCode&,
                                            Date);

Decision<ItemCreated> decide(const World&, const CreateItem&, const Context&);
Decision<ItemRenamed> decide(const World&, const RenameItem&, const Context&);
Decision<ItemMeasured> decide(const World&, const MeasureItem&, const Context&);
Decision<ItemTrackingChanged> decide(const World&, const ChangeItemTracking&, const Context&);
Decision<ItemCategorized> decide(const World&, const CategorizeItem&, const Context&);
void evolve(Items&, const ItemCreated&);
void evolve(Items&, const ItemRenamed&);
void evolve(Items&, const ItemMeasured&);
void evolve(Items&, const ItemTrackingChanged&);
void evolve(CategoriesOfItems&, const ItemCategorized&);

Part item_records();

}  // namespace kontor::items
