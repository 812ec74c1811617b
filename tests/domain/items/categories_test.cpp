// Categories of items: how the tree grows, and that a move in it costs nothing another way.
#include "domain/items/categories.h"

#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::day;
using test::given;

namespace {

MoveItemCategory move(std::string_view category, std::string_view parent) {
    MoveItemCategory command{acme, {std::string(category)}, {}};
    if (!parent.empty()) command.parent = ItemCategoryCode{std::string(parent)};
    return command;
}

CostingSet costed(std::string_view category, std::string_view from, CostingMethod method) {
    CostingSet set;
    set.company = acme;
    set.category = ItemCategoryCode{std::string(category)};
    set.from = day(from);
    set.method = method;
    return set;
}

}  // namespace

TEST_CASE("a category is defined once, below one that is there") {
    auto story = given(stocked_company());
    DefineItemCategory define{{"OTHER"}, {"mugs"}, "Mugs", ItemCategoryCode{"nowhere"}};
    story.when(define).refused(companies::company_unknown);
    define.company = acme;
    story.when(define).refused(item_category_exists, "item category mugs");
    define.category = {"cups"};
    story.when(define).refused(item_category_unknown, "item category nowhere");
    define.parent = ItemCategoryCode{"mugs"};
    story.when(define).then(ItemCategoryDefined{acme, {"cups"}, "Mugs", ItemCategoryCode{"mugs"}});
    define.parent.reset();
    story.when(define).accepted();
}

TEST_CASE("a category is renamed") {
    auto story = given(stocked_company());
    story.when(RenameItemCategory{acme, {"cups"}, "Cups"}).refused(item_category_unknown);
    story.when(RenameItemCategory{acme, {"mugs"}, "Mugs and cups"})
        .then(ItemCategoryRenamed{acme, {"mugs"}, "Mugs and cups"});
}

TEST_CASE("a category moves with all that is below it, and never below itself") {
    auto story = given(stocked_company(), category("cups", "mugs"));
    story.when(move("nowhere", "goods")).refused(item_category_unknown);
    story.when(move("mugs", "nowhere")).refused(item_category_unknown);
    story.when(move("mugs", "mugs")).refused(item_category_below_itself);
    story.when(move("mugs", "cups")).refused(item_category_below_itself, "item category cups");
    story.when(move("mugs", "goods")).refused(item_category_stands_there);
    story.when(move("mugs", "")).then(ItemCategoryMoved{acme, {"mugs"}, {}});
    story.when(move("mugs", "oils"))
        .then(ItemCategoryMoved{acme, {"mugs"}, ItemCategoryCode{"oils"}});
    CHECK(is_within(story.world(), acme, ItemCategoryCode{"cups"}, {"goods"}));
    story.happened(ItemCategoryMoved{acme, {"mugs"}, {}});
    CHECK_FALSE(is_within(story.world(), acme, ItemCategoryCode{"cups"}, {"goods"}));
    CHECK(is_within(story.world(), acme, ItemCategoryCode{"cups"}, {"mugs"}));
}

TEST_CASE("a move that would cost items another way is refused until that is said by itself") {
    auto story = given(stocked_company(), costed("goods", "2026-03-01", CostingMethod::standard));
    story.when(move("mugs", "")).refused(move_changes_costing, "item category mugs, 2026-03-01");
    story.when(move("mugs", "oils")).accepted();
    story.happened(costed("mugs", "2026-03-01", CostingMethod::standard));
    story.when(move("mugs", "")).accepted();
}
