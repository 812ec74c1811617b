// Items: how they are created, renamed, measured and put into categories.
#include "domain/items/item_records.h"

#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::day;
using test::given;

namespace {

CreateItem cup() {
    CreateItem create;
    create.company = acme;
    create.item = {"cup"};
    create.name = "Cup";
    create.base_unit = unit("pcs");
    return create;
}

CategorizeItem categorize(std::string_view item, std::string_view category,
                          std::optional<Date> from = {}) {
    CategorizeItem command{acme, {std::string(item)}, {}, from};
    if (!category.empty()) command.category = ItemCategoryCode{std::string(category)};
    return command;
}

ItemCategorized categorized(std::string_view item, std::string_view category,
                            std::string_view from) {
    ItemCategorized event{acme, {std::string(item)}, day(from), {}};
    if (!category.empty()) event.category = ItemCategoryCode{std::string(category)};
    return event;
}

std::string category_on(const test::Given& story, std::string_view date) {
    return category_of(story.world(), acme, {"mug"}, day(date))
        .value_or(ItemCategoryCode{"none"})
        .text;
}

}  // namespace

TEST_CASE("an item is created with all that was said of it, and can be used at once") {
    CreateItem create = cup();
    ItemCreated created = goods("cup");
    created.name = "Cup";
    given(stocked_company()).when(create).then(created);
    create.text = "Holds a quarter of a litre";
    create.category = ItemCategoryCode{"mugs"};
    create.tracking = Tracking::lot;
    create.shelf_life_days = 730;
    create.weight = quantity("0.2", "kg");
    create.volume = quantity("0.5", "l");
    create.draft = true;
    created.text = create.text;
    created.category = create.category;
    created.tracking = Tracking::lot;
    created.shelf_life_days = 730;
    created.weight = create.weight;
    created.volume = create.volume;
    created.lifecycle = ItemLifecycle::draft;
    given(stocked_company()).when(create).then(created);
}

TEST_CASE("capital and small letters make two codes") {
    CreateItem create = cup();
    create.item = {"MUG"};
    given(stocked_company()).when(create).accepted();
    create.item = {"mug"};
    given(stocked_company()).when(create).refused(item_exists, "item mug");
}

TEST_CASE("what is wrong with an item is said in a fixed order") {
    auto story = given(stocked_company());
    CreateItem wrong = cup();
    wrong.company = {"OTHER"};
    wrong.item = {"mug"};
    wrong.base_unit = unit("box");
    wrong.weight = quantity("-1", "stone");
    wrong.volume = quantity("-1", "pint");
    wrong.category = ItemCategoryCode{"nowhere"};
    wrong.kind = ItemKind::kit;
    wrong.shelf_life_days = 10;
    wrong.is_template = true;
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(item_exists, "item mug");
    wrong.item = {"cup"};
    story.when(wrong).refused(unit_unknown, "unit box");
    wrong.base_unit = unit("pcs");
    story.when(wrong).refused(unit_unknown, "unit stone");
    wrong.weight->unit = unit("kg");
    story.when(wrong).refused(unit_unknown, "unit pint");
    wrong.volume->unit = unit("l");
    story.when(wrong).refused(item_category_unknown, "item category nowhere");
    wrong.category.reset();
    story.when(wrong).refused(measure_negative, "-1 kg");
    wrong.weight.reset();
    story.when(wrong).refused(measure_negative, "-1 l");
    wrong.volume.reset();
    story.when(wrong).refused(only_goods_are_tracked, "kit");
    wrong.shelf_life_days = 0;
    wrong.tracking = Tracking::serial;
    story.when(wrong).refused(only_goods_are_tracked);
    wrong.tracking = Tracking::none;
    story.when(wrong).refused(kit_is_no_template);
    wrong.is_template = false;
    story.when(wrong).accepted();
    wrong.kind = ItemKind::goods;
    wrong.shelf_life_days = 10;
    story.when(wrong).refused(shelf_life_needs_tracking);
    wrong.tracking = Tracking::lot;
    story.when(wrong).accepted();
}

TEST_CASE("an item is renamed in part") {
    auto story = given(stocked_company());
    story.when(RenameItem{acme, {"cup"}, "Cup", {}}).refused(item_unknown);
    story.when(RenameItem{acme, {"mug"}, "mug", ""}).refused(item_unchanged);
    story.when(RenameItem{acme, {"mug"}, "Mug", {}}).then(ItemRenamed{acme, {"mug"}, "Mug", ""});
    story.happened(ItemRenamed{acme, {"mug"}, "Mug", ""});
    story.when(RenameItem{acme, {"mug"}, {}, "White"})
        .then(ItemRenamed{acme, {"mug"}, "Mug", "White"});
}

TEST_CASE("what an item weighs changes in part, with what is wrong said in a fixed order") {
    auto story = given(stocked_company());
    MeasureItem measure{acme, {"cup"}, 10, quantity("-1", "stone"), {}};
    story.when(measure).refused(item_unknown);
    measure.item = {"mug"};
    story.when(measure).refused(unit_unknown, "unit stone");
    measure.weight->unit = unit("kg");
    story.when(measure).refused(measure_negative, "-1 kg");
    measure.weight = quantity("0.35", "kg");
    story.when(measure).refused(shelf_life_needs_tracking);
    measure.shelf_life_days.reset();
    story.when(measure).then(ItemMeasured{acme, {"mug"}, 0, quantity("0.35", "kg"), {}});
    story.happened(ItemMeasured{acme, {"mug"}, 0, quantity("0.35", "kg"), {}});
    story.when(measure).refused(item_unchanged);
    story.when(MeasureItem{acme, {"mug"}, {}, {}, quantity("0.5", "l")})
        .then(ItemMeasured{acme, {"mug"}, 0, quantity("0.35", "kg"), quantity("0.5", "l")});
    story.when(MeasureItem{acme, {"freight"}, 10, {}, {}}).refused(only_goods_are_tracked);
}

TEST_CASE("tracking changes as long as a shelf life is not left without it") {
    auto story = given(stocked_company());
    story.when(ChangeItemTracking{acme, {"cup"}, Tracking::lot}).refused(item_unknown);
    story.when(ChangeItemTracking{acme, {"gift"}, Tracking::lot}).refused(only_goods_are_tracked);
    story.when(ChangeItemTracking{acme, {"mug"}, Tracking::none}).refused(item_unchanged);
    story.when(ChangeItemTracking{acme, {"mug"}, Tracking::lot})
        .then(ItemTrackingChanged{acme, {"mug"}, Tracking::lot});
    story.happened(ItemTrackingChanged{acme, {"mug"}, Tracking::lot});
    story.happened(ItemMeasured{acme, {"mug"}, 90, {}, {}});
    story.when(ChangeItemTracking{acme, {"mug"}, Tracking::none})
        .refused(shelf_life_needs_tracking);
    story.when(ChangeItemTracking{acme, {"mug"}, Tracking::serial}).accepted();
}

TEST_CASE("an item is of a category from a day on, until another one follows") {
    auto story = given(stocked_company());
    Context march;
    march.today = day("2026-03-10");
    story.when(categorize("cup", "oils")).refused(item_unknown);
    story.when(categorize("mug", "nowhere")).refused(item_category_unknown);
    story.when(categorize("mug", "mugs"), march).refused(item_stands_there, "item mug, 2026-03-10");
    story.when(categorize("mug", "oils"), march).then(categorized("mug", "oils", "2026-03-10"));
    story.happened(categorized("mug", "oils", "2026-03-10"));
    story.happened(categorized("mug", "goods", "2026-02-01"));
    CHECK(category_on(story, "2026-01-31") == "mugs");
    CHECK(category_on(story, "2026-02-01") == "goods");
    CHECK(category_on(story, "2026-03-09") == "goods");
    CHECK(category_on(story, "2026-03-10") == "oils");
    story.when(categorize("mug", "oils", day("2026-02-15"))).accepted();
    story.when(categorize("mug", "goods", day("2026-02-15"))).refused(item_stands_there);
    story.happened(categorized("mug", "", "2026-04-01"));
    CHECK(category_on(story, "2026-04-01") == "none");
}
