// Costing: what is nearest to the item counts, on each day.
#include "domain/items/costing.h"

#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::day;
using test::given;

namespace {

CostingSet was_set(std::string_view category, std::string_view item, std::string_view from,
                   CostingMethod method, ValuationArea area = ValuationArea::company) {
    CostingSet set{acme, {}, {}, day(from), method, area};
    if (!category.empty()) set.category = ItemCategoryCode{std::string(category)};
    if (!item.empty()) set.item = ItemCode{std::string(item)};
    return set;
}

SetCosting set(std::string_view category, std::string_view item, std::string_view from,
               CostingMethod method, ValuationArea area = ValuationArea::company) {
    const CostingSet same = was_set(category, item, from, method, area);
    return {same.company, same.category, same.item, same.from, same.method, same.area};
}

// "standard company by category goods since 2026-01-01"
std::string costed(const test::Given& story, std::string_view item, std::string_view date) {
    const auto found = costing_of(story.world(), acme, {std::string(item)}, day(date));
    if (!found) return "none";
    const auto name = [](const Type& type, auto value) {
        return std::string(type.choices[static_cast<std::size_t>(value)].name);
    };
    std::string text = name(type_of<CostingMethod>(), found->costing.method) + " " +
                       name(type_of<ValuationArea>(), found->costing.area) + " by " +
                       name(type_of<CostingSource>(), found->source);
    if (found->category) text += " " + found->category->text;
    if (found->from) text += " since " + to_text(*found->from);
    return text;
}

}  // namespace

TEST_CASE("the item's own setting counts before its category's, and that before the company's") {
    auto story = given(stocked_company());
    CHECK(costed(story, "mug", "2026-05-01") == "fifo company by nothing");
    story.happened(was_set("", "", "2026-01-01", CostingMethod::moving_average));
    CHECK(costed(story, "mug", "2026-05-01") ==
          "moving_average company by company since 2026-01-01");
    story.happened(
        was_set("goods", "", "2026-02-01", CostingMethod::standard, ValuationArea::warehouse));
    CHECK(costed(story, "mug", "2026-01-31") ==
          "moving_average company by company since 2026-01-01");
    CHECK(costed(story, "mug", "2026-02-01") ==
          "standard warehouse by category goods since 2026-02-01");
    story.happened(was_set("mugs", "", "2026-03-01", CostingMethod::fifo));
    CHECK(costed(story, "mug", "2026-03-01") == "fifo company by category mugs since 2026-03-01");
    CHECK(costed(story, "oil", "2026-03-01") ==
          "standard warehouse by category goods since 2026-02-01");
    story.happened(was_set("", "mug", "2026-04-01", CostingMethod::moving_average));
    CHECK(costed(story, "mug", "2026-03-31") == "fifo company by category mugs since 2026-03-01");
    CHECK(costed(story, "mug", "2026-04-01") == "moving_average company by item since 2026-04-01");
}

TEST_CASE("an item that comes into another category is costed as that from the day on") {
    auto story =
        given(stocked_company(), was_set("mugs", "", "2026-01-01", CostingMethod::standard),
              ItemCategorized{acme, {"mug"}, day("2026-03-01"), ItemCategoryCode{"oils"}});
    CHECK(costed(story, "mug", "2026-02-28") ==
          "standard company by category mugs since 2026-01-01");
    CHECK(costed(story, "mug", "2026-03-01") == "fifo company by nothing");
}

TEST_CASE("only goods are costed, and by lot only where lots are told apart") {
    auto story =
        given(stocked_company(), form("shirt"), was_set("", "", "2026-01-01", CostingMethod::lot));
    for (const char* other : {"freight", "gift", "shirt", "nothing"})
        CHECK(costed(story, other, "2026-05-01") == "none");
    CHECK(costed(story, "mug", "2026-05-01") == "fifo company by company since 2026-01-01");
    story.happened(ItemTrackingChanged{acme, {"mug"}, Tracking::lot});
    CHECK(costed(story, "mug", "2026-05-01") == "lot company by company since 2026-01-01");
}

TEST_CASE("what is wrong with a costing is said in a fixed order") {
    auto story = given(stocked_company(), form("shirt"),
                       was_set("", "mug", "2026-01-01", CostingMethod::standard));
    SetCosting wrong = set("nowhere", "cup", "2026-02-01", CostingMethod::lot);
    wrong.company = {"OTHER"};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(costing_of_both, "item category nowhere, item cup");
    wrong.item.reset();
    story.when(wrong).refused(item_category_unknown, "item category nowhere");
    wrong.category.reset();
    wrong.item = ItemCode{"cup"};
    story.when(wrong).refused(item_unknown, "item cup");
    for (const char* item : {"gift", "freight", "shirt"}) {
        wrong.item = ItemCode{item};
        story.when(wrong).refused(item_keeps_no_stock);
    }
    wrong.item = ItemCode{"mug"};
    story.when(wrong).refused(lot_costing_needs_tracking, "item mug");
    wrong.method = CostingMethod::standard;
    story.when(wrong).refused(costing_unchanged, "standard, company, 2026-02-01");
    wrong.area = ValuationArea::warehouse;
    story.when(wrong).then(
        was_set("", "mug", "2026-02-01", CostingMethod::standard, ValuationArea::warehouse));
    Context june;
    june.today = day("2026-06-01");
    wrong.from.reset();
    story.when(wrong, june)
        .then(was_set("", "mug", "2026-06-01", CostingMethod::standard, ValuationArea::warehouse));
    story.when(set("mugs", "", "2026-01-01", CostingMethod::lot)).accepted();
    story.when(set("", "", "2026-01-01", CostingMethod::standard)).accepted();
}

TEST_CASE("a costing that is withdrawn leaves the one before it") {
    auto story =
        given(stocked_company(), was_set("mugs", "", "2026-01-01", CostingMethod::standard),
              was_set("mugs", "", "2026-03-01", CostingMethod::moving_average));
    const ItemCategoryCode mugs{"mugs"};
    story.when(WithdrawCosting{acme, mugs, {}, day("2026-02-01")})
        .refused(costing_not_set, "2026-02-01");
    story.when(WithdrawCosting{acme, {}, {}, day("2026-03-01")}).refused(costing_not_set);
    const CostingWithdrawn gone{acme, mugs, {}, day("2026-03-01")};
    story.when(WithdrawCosting{acme, mugs, {}, day("2026-03-01")}).then(gone);
    story.happened(gone);
    CHECK(costed(story, "mug", "2026-05-01") ==
          "standard company by category mugs since 2026-01-01");
}
