// The list of items: what each is, and was on any day, with its category, revision and variants.
#pragma once

#include "domain/items/revisions.h"
#include "domain/items/variants.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kontor::items {

struct ListedItem {
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
    std::vector<ItemUse> blocked;
    std::string blocked_because;
    bool is_template = false;
    std::optional<ItemCode> variant_of;
    VariantValues values;
    std::optional<RevisionCode> revision;

    bool operator==(const ListedItem&) const = default;
    static void describe(auto& row) {
        row.record("ListedItem", "An item.")
            .field("item", &ListedItem::item, "Its code.")
            .field("name", &ListedItem::name, "Its name.")
            .field("text", &ListedItem::text, "What more is said of it.")
            .field("kind", &ListedItem::kind, "What it is.")
            .field("base_unit", &ListedItem::base_unit, "The unit that its stock is counted in.")
            .field("category", &ListedItem::category, "Its category.")
            .field("tracking", &ListedItem::tracking, "How single goods of it are told apart.")
            .field("shelf_life_days", &ListedItem::shelf_life_days,
                   "Days that it keeps; 0: for good.")
            .field("weight", &ListedItem::weight, "Net weight of one base unit.")
            .field("volume", &ListedItem::volume, "Volume of one base unit.")
            .field("lifecycle", &ListedItem::lifecycle, "The stage of its life.")
            .field("blocked", &ListedItem::blocked, "What it is kept from.")
            .field("blocked_because", &ListedItem::blocked_because,
                   "Why, as it was last said while it is kept from anything.")
            .field("template", &ListedItem::is_template, "It stands for its variants.")
            .field("variant_of", &ListedItem::variant_of, "The template that it is a variant of.")
            .field("values", &ListedItem::values, "Its value for each attribute of the template.")
            .field("revision", &ListedItem::revision, "The revision that it is of.");
    }
};

struct ItemList {
    CompanyCode company;
    std::optional<ItemCategoryCode> category;
    std::optional<ItemKind> kind;
    std::optional<ItemLifecycle> lifecycle;
    std::optional<ItemUse> blocked;
    std::optional<ItemCode> variant_of;
    std::optional<std::string> text;

    static void describe(auto& query) {
        query.record("items", "Items, by code.")
            .company(&ItemList::company)
            .field("company", &ItemList::company, "Whose items.")
            .field("category", &ItemList::category, "Only those of this category and below it.")
            .field("kind", &ItemList::kind, "Only those of this kind.")
            .field("lifecycle", &ItemList::lifecycle, "Only those in this stage of their lives.")
            .field("blocked", &ItemList::blocked, "Only those that are kept from this.")
            .field("variant_of", &ItemList::variant_of, "Only variants of this template.")
            .field("text", &ItemList::text,
                   "Only those with this in code, name or text, in capital or small letters.")
            .template answers<ListedItem>(Times::both);
    }
};

struct OneItem {
    CompanyCode company;
    ItemCode item;

    static void describe(auto& query) {
        query.record("item", "One item.")
            .company(&OneItem::company)
            .field("company", &OneItem::company, "Whose item.")
            .field("item", &OneItem::item, "Its code.")
            .template answers<ListedItem>(Times::both);
    }
};

struct ListedCategory {
    ItemCategoryCode category;
    std::string name;
    std::optional<ItemCategoryCode> parent;
    std::int64_t level = 1;

    bool operator==(const ListedCategory&) const = default;
    static void describe(auto& row) {
        row.record("ListedCategory", "A category of items.")
            .field("category", &ListedCategory::category, "Its code.")
            .field("name", &ListedCategory::name, "Its name.")
            .field("parent", &ListedCategory::parent, "The category above it.")
            .field("level", &ListedCategory::level, "1 at the top, 2 below that, and so on.");
    }
};

struct CategoryList {
    CompanyCode company;
    std::optional<ItemCategoryCode> within;

    static void describe(auto& query) {
        query.record("item_categories", "Categories of items, by code.")
            .company(&CategoryList::company)
            .field("company", &CategoryList::company, "Whose categories.")
            .field("within", &CategoryList::within, "Only this one and what is below it.")
            .template answers<ListedCategory>(Times::both);
    }
};

struct ListedAttribute {
    ItemCode item;
    VariantAttributeCode attribute;
    std::string name;
    std::vector<NamedAttributeValue> values;

    bool operator==(const ListedAttribute&) const = default;
    static void describe(auto& row) {
        row.record("ListedAttribute", "In what variants of a template differ.")
            .field("item", &ListedAttribute::item, "The template.")
            .field("attribute", &ListedAttribute::attribute, "Code of the attribute.")
            .field("name", &ListedAttribute::name, "Its name.")
            .field("values", &ListedAttribute::values, "What it can be.");
    }
};

struct AttributeList {
    CompanyCode company;
    std::optional<ItemCode> item;

    static void describe(auto& query) {
        query.record("variant_attributes", "In what variants differ, by template.")
            .company(&AttributeList::company)
            .field("company", &AttributeList::company, "Whose items.")
            .field("item", &AttributeList::item, "Only attributes of this template.")
            .template answers<ListedAttribute>(Times::known_at);
    }
};

struct ListedRevision {
    ItemCode item;
    RevisionCode revision;
    Date from;
    std::string text;

    bool operator==(const ListedRevision&) const = default;
    static void describe(auto& row) {
        row.record("ListedRevision", "A revision of an item.")
            .field("item", &ListedRevision::item, "The item.")
            .field("revision", &ListedRevision::revision, "Code of the revision.")
            .field("from", &ListedRevision::from, "Its first day.")
            .field("text", &ListedRevision::text, "What was made another way.");
    }
};

struct RevisionList {
    CompanyCode company;
    std::optional<ItemCode> item;

    static void describe(auto& query) {
        query
            .record("item_revisions",
                    "Revisions from days up to `valid_at`, by item, the newest first.")
            .company(&RevisionList::company)
            .field("company", &RevisionList::company, "Whose items.")
            .field("item", &RevisionList::item, "Only those of this item.")
            .template answers<ListedRevision>(Times::both);
    }
};

class ItemsModel {
public:
    explicit ItemsModel(const Place& place)
        : items_(place.table(1)),
          of_category_(place.table(2)),
          categories_(place.table(3)),
          attributes_(place.table(4)),
          revisions_(place.table(5)) {}

    void on(const ItemCreated&, const Recorded&);
    void on(const ItemRenamed&, const Recorded&);
    void on(const ItemMeasured&, const Recorded&);
    void on(const ItemTrackingChanged&, const Recorded&);
    void on(const ItemCategorized&, const Recorded&);
    void on(const ItemLifecycleSet&, const Recorded&);
    void on(const ItemBlocked&, const Recorded&);
    void on(const ItemUnblocked&, const Recorded&);
    void on(const ItemCategoryDefined&, const Recorded&);
    void on(const ItemCategoryRenamed&, const Recorded&);
    void on(const ItemCategoryMoved&, const Recorded&);
    void on(const VariantAttributeDefined&, const Recorded&);
    void on(const AttributeValuesAdded&, const Recorded&);
    void on(const VariantAdded&, const Recorded&);
    void on(const ItemRevised&, const Recorded&);
    void answer(const ItemList&, const AsOf&, Page<ListedItem>&) const;
    void answer(const OneItem&, const AsOf&, Page<ListedItem>&) const;
    void answer(const CategoryList&, const AsOf&, Page<ListedCategory>&) const;
    void answer(const AttributeList&, const AsOf&, Page<ListedAttribute>&) const;
    void answer(const RevisionList&, const AsOf&, Page<ListedRevision>&) const;

    // Empty when the company has no such item at the corner.
    std::optional<ListedItem> find(const AsOf&, const CompanyCode&, const ItemCode&) const;
    // All categories at the corner, by code, each with its level in the tree.
    std::map<ItemCategoryCode, ListedCategory> categories(const AsOf&, const CompanyCode&) const;
    // The category and all that is below it; none when it is not there.
    std::set<ItemCategoryCode> within(const AsOf&, const CompanyCode&,
                                      const ItemCategoryCode&) const;
    // The first item of the company whose place is behind one, which is moved there; empty when
    // there is none. The place is a key of the page, empty at first.
    std::optional<ListedItem> next(const AsOf&, const CompanyCode&, std::string& place) const;

private:
    struct OfCategory {
        std::optional<ItemCategoryCode> category;
        static void describe(auto& row) {
            row.record("ListedCategoryOfItem", "The category that an item came into.")
                .field("category", &OfCategory::category, "The category; absent: none.");
        }
    };
    // Of an item the newest comes first: its number is below those of earlier days.
    struct RevisionPlace {
        CompanyCode company;
        ItemCode item;
        std::int64_t days_back = 0;
        static void describe(auto& key) {
            key.record("ListedRevisionKey", "A revision of an item.")
                .field("company", &RevisionPlace::company, "Whose item.")
                .field("item", &RevisionPlace::item, "The item.")
                .field("days_back", &RevisionPlace::days_back, "Days from its first to 1970.");
        }
    };
    // Adds to one item after another, in the order of their codes, what has days of its own.
    class Completing {
    public:
        Completing(const ItemsModel& model, const AsOf& as_of, const CompanyCode& company)
            : model_(model),
              as_of_(as_of),
              company_(company),
              of_category_(model.of_category_, as_of.rows) {}
        void operator()(ListedItem& item);

    private:
        const ItemsModel& model_;
        const AsOf& as_of_;
        const CompanyCode& company_;
        DescribedRows<ItemKey, OfCategory>::Finder of_category_;
    };

    DescribedRows<ItemKey, ListedItem> items_;
    DescribedRows<ItemKey, OfCategory> of_category_;
    DescribedRows<ItemCategoryKey, ListedCategory> categories_;
    DescribedRows<VariantAttributeKey, ListedAttribute> attributes_;
    DescribedRows<RevisionPlace, ListedRevision> revisions_;
};

ReadModelSpec item_list();

}  // namespace kontor::items
