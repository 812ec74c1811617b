// How items are listed. An item is there on any day, under what it was first: moves are often
// entered for days before its code was typed in. What has days of its own, its category and its
// revision, lies apart, so that neither a past nor a coming day of it hides what changes today.
#include "projections/items/item_list.h"

#include "domain/core/sorted_once.h"
#include "projections/small_letters.h"

#include <algorithm>

namespace kontor::items {

void ItemsModel::on(const ItemCreated& created, const Recorded& recorded) {
    ListedItem item;
    item.item = created.item;
    item.name = created.name;
    item.text = created.text;
    item.kind = created.kind;
    item.base_unit = created.base_unit;
    item.category = created.category;
    item.tracking = created.tracking;
    item.shelf_life_days = created.shelf_life_days;
    item.weight = created.weight;
    item.volume = created.volume;
    item.lifecycle = created.lifecycle;
    item.is_template = created.is_template;
    items_.put(recorded, {created.company, created.item}, first_date, item);
}

void ItemsModel::on(const ItemRenamed& renamed, const Recorded& recorded) {
    items_.change(recorded, {renamed.company, renamed.item}, [&](ListedItem& item) {
        item.name = renamed.name;
        item.text = renamed.text;
    });
}

void ItemsModel::on(const ItemMeasured& measured, const Recorded& recorded) {
    items_.change(recorded, {measured.company, measured.item}, [&](ListedItem& item) {
        item.shelf_life_days = measured.shelf_life_days;
        item.weight = measured.weight;
        item.volume = measured.volume;
    });
}

void ItemsModel::on(const ItemTrackingChanged& changed, const Recorded& recorded) {
    items_.change(recorded, {changed.company, changed.item},
                  [&](ListedItem& item) { item.tracking = changed.tracking; });
}

void ItemsModel::on(const ItemCategorized& categorized, const Recorded& recorded) {
    of_category_.put(recorded, {categorized.company, categorized.item}, categorized.from,
                     {categorized.category});
}

void ItemsModel::on(const ItemLifecycleSet& set, const Recorded& recorded) {
    items_.change(recorded, {set.company, set.item},
                  [&](ListedItem& item) { item.lifecycle = set.lifecycle; });
}

void ItemsModel::on(const ItemBlocked& blocked, const Recorded& recorded) {
    items_.change(recorded, {blocked.company, blocked.item}, [&](ListedItem& item) {
        item.blocked.insert(item.blocked.end(), blocked.uses.begin(), blocked.uses.end());
        item.blocked = sorted_once(std::move(item.blocked));
        item.blocked_because = blocked.because;
    });
}

void ItemsModel::on(const ItemUnblocked& unblocked, const Recorded& recorded) {
    items_.change(recorded, {unblocked.company, unblocked.item}, [&](ListedItem& item) {
        std::erase_if(item.blocked, [&](ItemUse use) {
            return std::ranges::find(unblocked.uses, use) != unblocked.uses.end();
        });
        if (item.blocked.empty()) item.blocked_because.clear();
    });
}

void ItemsModel::on(const ItemCategoryDefined& defined, const Recorded& recorded) {
    categories_.put(recorded, {defined.company, defined.category}, first_date,
                    {defined.category, defined.name, defined.parent, 0});
}

void ItemsModel::on(const ItemCategoryRenamed& renamed, const Recorded& recorded) {
    categories_.change(recorded, {renamed.company, renamed.category},
                       [&](ListedCategory& category) { category.name = renamed.name; });
}

void ItemsModel::on(const ItemCategoryMoved& moved, const Recorded& recorded) {
    categories_.change(recorded, {moved.company, moved.category},
                       [&](ListedCategory& category) { category.parent = moved.parent; });
}

void ItemsModel::on(const VariantAttributeDefined& defined, const Recorded& recorded) {
    attributes_.put(recorded, {defined.company, defined.item, defined.attribute}, first_date,
                    {defined.item, defined.attribute, defined.name, defined.values});
}

void ItemsModel::on(const AttributeValuesAdded& added, const Recorded& recorded) {
    attributes_.change_always(
        recorded, {added.company, added.item, added.attribute}, [&](ListedAttribute& is) {
            is.values.insert(is.values.end(), added.values.begin(), added.values.end());
        });
}

void ItemsModel::on(const VariantAdded& added, const Recorded& recorded) {
    items_.change_always(recorded, {added.company, added.item}, [&](ListedItem& item) {
        item.variant_of = added.variant_of;
        item.values = added.values;
    });
}

void ItemsModel::on(const ItemRevised& revised, const Recorded& recorded) {
    revisions_.put(recorded, {revised.company, revised.item, -revised.from.days}, revised.from,
                   {revised.item, revised.revision, revised.from, revised.text});
}

void ItemsModel::Completing::operator()(ListedItem& item) {
    if (const auto of = of_category_.get({company_, item.item}, as_of_.corner))
        item.category = of->category;
    const std::string key = ordered_key(ItemKey{company_, item.item});
    if (const auto newest = model_.revisions_.first(as_of_.rows, key, key, as_of_.corner))
        item.revision = newest->revision;
}

std::optional<ListedItem> ItemsModel::find(const AsOf& as_of, const CompanyCode& company,
                                           const ItemCode& code) const {
    auto item = items_.get(as_of.rows, {company, code}, as_of.corner);
    if (item) Completing(*this, as_of, company)(*item);
    return item;
}

std::optional<ListedItem> ItemsModel::next(const AsOf& as_of, const CompanyCode& company,
                                           std::string& place) const {
    const std::string all = ordered_key(company);
    auto item = items_.first(as_of.rows, all, place.empty() ? all : place, as_of.corner);
    if (!item) return std::nullopt;
    place = ordered_key(ItemKey{company, item->item});
    Completing(*this, as_of, company)(*item);
    return item;
}

std::map<ItemCategoryCode, ListedCategory> ItemsModel::categories(
    const AsOf& as_of, const CompanyCode& company) const {
    std::map<ItemCategoryCode, ListedCategory> tree;
    categories_.each(as_of, ordered_key(company),
                     [&](ListedCategory category) { tree.emplace(category.category, category); });
    for (auto& [code, category] : tree) {
        category.level = 1;
        for (auto above = category.parent; above; above = tree.at(*above).parent) ++category.level;
    }
    return tree;
}

std::set<ItemCategoryCode> ItemsModel::within(const AsOf& as_of, const CompanyCode& company,
                                              const ItemCategoryCode& wanted) const {
    const auto tree = categories(as_of, company);
    std::set<ItemCategoryCode> within;
    for (const auto& [code, category] : tree)
        for (std::optional<ItemCategoryCode> at = code; at; at = tree.at(*at).parent)
            if (*at == wanted) within.insert(code);
    return within;
}

void ItemsModel::answer(const ItemList& query, const AsOf& as_of, Page<ListedItem>& page) const {
    std::set<ItemCategoryCode> categories;
    if (query.category) categories = within(as_of, query.company, *query.category);
    const std::string text = in_small_letters(query.text.value_or(""));
    const auto has_text = [&](const std::string& in) {
        return in_small_letters(in).find(text) != std::string::npos;
    };
    const auto wanted = [&](const ListedItem& item) {
        if (query.category && !(item.category && categories.contains(*item.category))) return false;
        if (query.kind && item.kind != *query.kind) return false;
        if (query.lifecycle && item.lifecycle != *query.lifecycle) return false;
        if (query.blocked && !std::ranges::count(item.blocked, *query.blocked)) return false;
        if (query.variant_of && item.variant_of != query.variant_of) return false;
        return !query.text || has_text(item.item.text) || has_text(item.name) ||
               has_text(item.text);
    };
    Completing complete(*this, as_of, query.company);
    items_.list(as_of, ordered_key(query.company), page, [&](ListedItem& item) {
        complete(item);
        return wanted(item);
    });
}

void ItemsModel::answer(const OneItem& query, const AsOf& as_of, Page<ListedItem>& page) const {
    const auto item = find(as_of, query.company, query.item);
    if (!item) return page.missing("The company has no item " + query.item.text + ".");
    if (page.after().empty()) page.add("item", *item);
}

void ItemsModel::answer(const CategoryList& query, const AsOf& as_of,
                        Page<ListedCategory>& page) const {
    std::set<ItemCategoryCode> wanted;
    if (query.within) wanted = within(as_of, query.company, *query.within);
    for (const auto& [code, category] : categories(as_of, query.company)) {
        if (query.within && !wanted.contains(code)) continue;
        std::string key = ordered_key(code);
        if (key > page.after() && !page.add(std::move(key), category)) return;
    }
}

void ItemsModel::answer(const AttributeList& query, const AsOf& as_of,
                        Page<ListedAttribute>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.item) begins_with += ordered_key(*query.item);
    attributes_.list(as_of, begins_with, page);
}

void ItemsModel::answer(const RevisionList& query, const AsOf& as_of,
                        Page<ListedRevision>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.item) begins_with += ordered_key(*query.item);
    revisions_.list(as_of, begins_with, page);
}

ReadModelSpec item_list() {
    return ReadModelSpec::of<ItemsModel>("item_list", 1, "items")
        .folding<ItemsModel, ItemCreated, ItemRenamed, ItemMeasured, ItemTrackingChanged,
                 ItemCategorized, ItemLifecycleSet, ItemBlocked, ItemUnblocked, ItemCategoryDefined,
                 ItemCategoryRenamed, ItemCategoryMoved, VariantAttributeDefined,
                 AttributeValuesAdded, VariantAdded, ItemRevised>()
        .answering<ItemsModel, ItemList, ListedItem>()
        .answering<ItemsModel, OneItem, ListedItem>()
        .answering<ItemsModel, CategoryList, ListedCategory>()
        .answering<ItemsModel, AttributeList, ListedAttribute>()
        .answering<ItemsModel, RevisionList, ListedRevision>();
}

}  // namespace kontor::items
