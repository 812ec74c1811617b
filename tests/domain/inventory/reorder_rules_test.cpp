// Reorder rules: how much is ordered at which position, and why a rule cannot be.
#include "domain/inventory/reorder_rules.h"

#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

TEST_CASE("what is ordered at the point or below it brings stock up, in whole cartons") {
    const ReorderRule rule{20, 50, 12, 14};
    CHECK(to_reorder(rule, 21) == 0);
    CHECK(to_reorder(rule, 20) == 36);  // 30 are missing: three cartons of 12
    CHECK(to_reorder(rule, 14) == 36);
    CHECK(to_reorder(rule, 13) == 48);
    CHECK(to_reorder(rule, -10) == 60);
    CHECK(to_reorder({20, 50, 0, 14}, 20) == 30);
    // Up to the point itself: nothing is missing at it.
    CHECK(to_reorder({20, 20, 0, 14}, 20) == 0);
    CHECK(to_reorder({20, 20, 0, 14}, 19) == 1);
}

TEST_CASE("a position has all that comes, and what is needed until an order would come") {
    const Date until = day("2026-02-15");
    const std::vector<PlannedMove> moves{{{}, {}, day("2026-06-01"), 100},
                                         {{}, WarehouseCode{"MAIN"}, day("2026-02-15"), -7},
                                         {{}, WarehouseCode{"SHOP"}, day("2026-02-15"), -2},
                                         {{}, {}, day("2026-02-16"), -50}};
    const FreeStock free{{{"MAIN"}, 10}, {{"SHOP"}, 5}};
    CHECK(position_through(free, moves, {}, until) == 106);
    CHECK(position_through(free, moves, WarehouseCode{"MAIN"}, until) == 3);
}

TEST_CASE("a reorder rule is refused for the first of its faults") {
    Books books;
    SetReorderRule command{{"OTHER"}, {"none"}, WarehouseCode{"NOWHERE"}, pcs("-1"), pcs("5"),
                           pcs("0"),  14};
    CHECK(books.refused(command).reason == &companies::company_unknown);
    command.company = acme;
    CHECK(books.refused(command).reason == &items::item_unknown);
    items::CreateItem item;
    item.company = acme;
    item.item = {"form"};
    item.name = "Form";
    item.base_unit = pieces();
    item.is_template = true;
    books.must(item);
    command.item = {"form"};
    CHECK(books.refused(command).reason == &items::item_is_template);
    item.item = {"work"};
    item.is_template = false;
    item.kind = items::ItemKind::service;
    books.must(item);
    command.item = {"work"};
    CHECK(books.refused(command).reason == &item_not_in_stock);
    command.item = {"mug"};
    CHECK(books.refused(command).reason == &warehouse_unknown);
    command.warehouse.reset();
    CHECK(books.refused(command).reason == &quantity_not_positive);
    command.point = pcs("6");
    CHECK(books.refused(command).reason == &quantity_not_positive);
    command.multiple = pcs("0.5");
    CHECK(books.refused(command).reason == &quantity_not_whole);
    command.multiple = pcs("12");
    CHECK(books.refused(command).reason == &reorder_up_to_below_point);
    command.up_to.reset();
    CHECK(books.refused(WithdrawReorderRule{acme, {"mug"}, {}}).reason == &reorder_rule_unknown);
    books.must(command);
    CHECK(books.refused(command).reason == &reorder_rule_unchanged);
    command.point = pcs("0");
    books.must(command);
    books.must(WithdrawReorderRule{acme, {"mug"}, {}});
}
