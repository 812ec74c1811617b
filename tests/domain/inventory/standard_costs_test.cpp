// Standards from a day on, and stock that follows what is set of its costing.
#include "domain/inventory/standard_costs.h"

#include "domain/flows/stock_follows_its_costing.h"
#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

items::SetCosting costing(std::string_view from, items::CostingMethod method) {
    items::SetCosting set;
    set.company = acme;
    set.from = day(from);
    set.method = method;
    return set;
}

}  // namespace

TEST_CASE("100 at 10 become 100 at 12, and a late receipt is revalued with them") {
    Books books(items::CostingMethod::standard);
    books.must(standard("2026-01-01", "10.00"));
    books.must(receive(1, "2026-03-01", "100", "1000.00"));
    books.must(standard("2026-04-01", "12.00"));
    CHECK(books.balance("1200", "2026-03-31") == 1'000'00);
    CHECK(books.balance("1200", "2026-04-01") == 1'200'00);
    CHECK(books.balance("5000", "2026-04-01") == -200'00);
    books.must(receive(2, "2026-03-25", "20", "200.00"));
    CHECK(books.balance("1200", "2026-03-31") == 1'200'00);
    CHECK(books.balance("5000", "2026-04-01") == -240'00);
    // The same day's standard was another one.
    books.must(standard("2026-04-01", "11.00"));
    CHECK(books.balance("5000", "2026-04-01") == -120'00);
}

TEST_CASE("a standard that was set before the first receipt holds for it") {
    Books books(items::CostingMethod::standard);
    books.must(standard("2026-01-01", "8.80"));
    books.must(standard("2026-02-01", "9.00"));
    books.must(receive(1, "2026-01-05", "100", "900.00"));
    CHECK(books.balance("1200", "2026-01-31") == 880'00);
    CHECK(books.balance("5000", "2026-01-31") == 20'00);
    CHECK(books.balance("1200", "2026-02-01") == 900'00);
}

TEST_CASE("costing from a day on values stock from that day on, whenever it is set") {
    const bool set_late = GENERATE(true, false);
    CAPTURE(set_late);
    Books books(items::CostingMethod::moving_average);
    if (!set_late) books.must(costing("2026-01-10", items::CostingMethod::fifo));
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-06", "10", "200.00"));
    books.must(issue(3, "2026-01-07", "2"));
    books.must(receive(4, "2026-01-11", "10", "500.00"));
    books.must(issue(5, "2026-01-12", "18"));
    if (set_late) {
        CHECK(books.balance("1200", "2026-01-31") == 275'00);  // 10 of 28 worth 770
        books.must(costing("2026-01-10", items::CostingMethod::fifo));
    }
    CHECK(books.balance("1200", "2026-01-07") == 270'00);
    CHECK(books.balance("1200", "2026-01-31") == 500'00);
    books.must(items::WithdrawCosting{acme, {}, {}, day("2026-01-10")});
    CHECK(books.balance("1200", "2026-01-31") == 275'00);
}

TEST_CASE("stock that comes to a standard is revalued by it") {
    Books books(items::CostingMethod::moving_average);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(standard("2026-01-08", "12.00"));
    CHECK(books.balance("1200", "2026-01-31") == 100'00);
    books.must(costing("2026-01-20", items::CostingMethod::standard));
    CHECK(books.balance("1200", "2026-01-19") == 100'00);
    CHECK(books.balance("1200", "2026-01-20") == 120'00);
    CHECK(books.balance("5000", "2026-01-20") == -20'00);
}

TEST_CASE("an item that comes into another category is costed as that is") {
    Books books(items::CostingMethod::moving_average);
    books.must(items::DefineItemCategory{acme, {"mugs"}, "Mugs", {}});
    items::SetCosting of_mugs = costing("2026-01-01", items::CostingMethod::fifo);
    of_mugs.category = items::ItemCategoryCode{"mugs"};
    books.must(of_mugs);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-06", "10", "200.00"));
    books.must(issue(3, "2026-01-12", "10"));
    CHECK(books.balance("1200", "2026-01-31") == 150'00);
    items::CategorizeItem into;
    into.company = acme;
    into.item = {"mug"};
    into.category = items::ItemCategoryCode{"mugs"};
    into.from = day("2026-01-06");
    books.must(into);
    CHECK(books.balance("1200", "2026-01-31") == 200'00);
}

TEST_CASE("what stock is told apart by does not change under it") {
    Books books(items::CostingMethod::moving_average);
    items::SetCosting by_warehouse = costing("2026-01-10", items::CostingMethod::fifo);
    by_warehouse.area = items::ValuationArea::warehouse;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    const auto played = books.tries(Message::of(by_warehouse));
    CHECK(played.refused.reason == &stock_area_in_use);
    CHECK(played.flow == "set_costing_values_stock");
    items::ChangeItemTracking tracked{acme, {"mug"}, items::Tracking::lot};
    CHECK(books.refused(tracked).reason == &flow::stock_tracked_otherwise);
    CHECK(books.refused(RecostStock{acme, {"none"}, {}}).reason == &items::item_unknown);
    books.must(RecostStock{acme, {"mug"}, {}});
    CHECK(books.balance("1200", "2026-01-31") == 100'00);
}

TEST_CASE("a standard is refused for the first of its faults") {
    Books books(items::CostingMethod::standard);
    SetStandardCost set = standard("2026-01-01", "-1.00");
    set.company = {"OTHER"};
    CHECK(books.refused(set).reason == &companies::company_unknown);
    set.company = acme;
    set.item = {"none"};
    CHECK(books.refused(set).reason == &items::item_unknown);
    items::CreateItem service;
    service.company = acme;
    service.item = {"service"};
    service.name = "Service";
    service.kind = items::ItemKind::service;
    service.base_unit = pieces();
    books.must(service);
    set.item = {"service"};
    CHECK(books.refused(set).reason == &item_not_in_stock);
    set.item = {"mug"};
    set.per = pcs("0");
    CHECK(books.refused(set).reason == &quantity_not_positive);
    set.per = pcs("0.5");
    CHECK(books.refused(set).reason == &quantity_not_whole);
    set.per = pcs("1");
    CHECK(books.refused(set).reason == &cost_negative);
    set.cost = test::money("1.00", "USD");
    CHECK(books.refused(set).reason == &cost_not_in_base_currency);
    set.cost = eur("1.00");
    books.must(set);
    CHECK(books.refused(set).reason == &standard_cost_unchanged);
}
