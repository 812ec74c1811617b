// Reservations: promised in order, never twice, and covered by what is there.
#include "domain/inventory/reservations.h"

#include "domain/inventory/transfers.h"
#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

OrderReference order(std::uint64_t number) { return test::nth<OrderReference>(number); }

ReserveStock reserve(std::uint64_t number, std::string_view quantity,
                     std::optional<WarehouseCode> warehouse = {}) {
    return {acme,          order(number),     1,    {"mug"}, std::move(warehouse),
            pcs(quantity), day("2026-03-01"), false};
}
IssueStock issue_for(std::uint64_t document, std::uint64_t number, std::string_view quantity) {
    IssueStock command = issue(document, "2026-02-01", quantity);
    command.lines[0].order = OrderLineRef{order(number), 1};
    return command;
}

// What of the reservations is covered and what is short, by orders: "1: 8, 2: 1 short 3".
std::string covers(const Books& books) {
    std::string text;
    for (const OpenReservation& each :
         open_reservations(books.world(), acme, {"mug"}, day("2026-02-01"))) {
        const std::int64_t reserved = each.reservation.quantity();
        text += (text.empty() ? "" : ", ") + std::to_string(each.order.order.uuid.low & 0xff) +
                ": " + std::to_string(each.covered / 1'000'000);
        if (each.covered < reserved)
            text += " short " + std::to_string((reserved - each.covered) / 1'000'000);
    }
    return text;
}
std::string available(const Books& books, const std::optional<WarehouseCode>& warehouse = {}) {
    return to_text(available_of(books.world(), acme, {"mug"}, warehouse, day("2026-02-01")));
}

}  // namespace

TEST_CASE("the youngest reservation loses its cover, and no fact is refused for it") {
    Books books;
    books.must(receive(1, "2026-01-05", "12", "120.00"));
    books.must(reserve(1, "8"));
    books.must(reserve(2, "4"));
    CHECK(available(books) == "0 pcs");
    CHECK(books.refused(reserve(3, "1")).about == "item mug, 0 pcs");
    // Three are missing, as is found.
    books.must(issue(2, "2026-02-01", "3"));
    CHECK(covers(books) == "1: 8, 2: 1 short 3");
    // Two come in: the older of what is short gets them.
    books.must(receive(3, "2026-02-01", "2", "20.00"));
    CHECK(covers(books) == "1: 8, 2: 3 short 1");
    CHECK(books.refused(reserve(3, "1")).reason == &stock_not_available);
    books.must(ReleaseReservation{acme, order(1), 1, {"mug"}, "Not wanted"});
    CHECK(covers(books) == "2: 4");
    CHECK(available(books) == "7 pcs");
}

TEST_CASE("an issue uses up the reservation that it names, and no other") {
    Books books;
    books.must(receive(1, "2026-01-05", "12", "120.00"));
    books.must(reserve(1, "8"));
    books.must(reserve(2, "4"));
    books.must(issue_for(2, 2, "3"));
    CHECK(covers(books) == "1: 8, 2: 1");
    CHECK(available(books) == "0 pcs");
    books.must(issue_for(3, 2, "1"));
    CHECK(covers(books) == "1: 8");
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(3), "Stayed here"});
    CHECK(available(books) == "1 pcs");
    // More goes out for an order than was reserved for it.
    books.must(issue_for(4, 1, "9"));
    CHECK(covers(books).empty());
    CHECK(available(books) == "0 pcs");
}

TEST_CASE("what is added to a reservation waits its turn") {
    Books books;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(reserve(1, "4"));
    books.must(reserve(2, "4"));
    ChangeReservation more{acme, order(1), 1, {"mug"}, pcs("7"), {}};
    CHECK(books.refused(more).about == "item mug, 2 pcs");
    more.quantity = pcs("6");
    books.must(more);
    books.must(issue(2, "2026-02-01", "1"));
    CHECK(covers(books) == "1: 5 short 1, 2: 4");
    // Less: what was added last goes first.
    more.quantity = pcs("4");
    books.must(more);
    CHECK(covers(books) == "1: 4, 2: 4");
    CHECK(available(books) == "1 pcs");
}

TEST_CASE("a reservation takes what there is where that is wanted") {
    Books books;
    books.must(receive(1, "2026-01-05", "3", "30.00"));
    ReserveStock partly = reserve(1, "5");
    CHECK(books.refused(partly).about == "item mug, 3 pcs");
    partly.partly = true;
    books.must(partly);
    CHECK(covers(books) == "1: 3");
    partly.order = order(2);
    CHECK(books.refused(partly).reason == &stock_not_available);
}

TEST_CASE("reservations in one warehouse and in any share what there is") {
    Books books;
    books.must(OpenWarehouse{acme, {"SHOP"}, "Shop"});
    books.must(receive(1, "2026-01-05", "6", "60.00"));
    ReceiveStock in_shop = receive(2, "2026-01-05", "4", "40.00");
    in_shop.lines[0].warehouse = {"SHOP"};
    books.must(in_shop);
    books.must(reserve(1, "7"));
    // Three are left anywhere, and all of them may be taken in the shop.
    CHECK(available(books, WarehouseCode{"SHOP"}) == "3 pcs");
    CHECK(available(books, WarehouseCode{"MAIN"}) == "3 pcs");
    CHECK(books.refused(reserve(2, "4", WarehouseCode{"SHOP"})).reason == &stock_not_available);
    books.must(reserve(2, "3", WarehouseCode{"SHOP"}));
    CHECK(available(books) == "0 pcs");
    CHECK(covers(books) == "1: 7, 2: 3");
    // The shop loses two: there are eight, the seven of order 1 come first, one is left.
    IssueStock scrap = issue(3, "2026-02-01", "2");
    scrap.lines[0].warehouse = {"SHOP"};
    books.must(scrap);
    CHECK(covers(books) == "1: 7, 2: 1 short 2");
}

TEST_CASE("only what is free is promised") {
    Books books;
    ReceiveStock receipt = receive(1, "2026-01-05", "10", "100.00");
    receipt.lines[0].state = StockState::inspection;
    books.must(receipt);
    CHECK(available(books) == "0 pcs");
    CHECK(books.refused(reserve(1, "1")).reason == &stock_not_available);
    ChangeStockState free{
        acme,
        nth<StockDocumentId>(2),
        day("2026-01-06"),
        {},
        {{{"mug"}, pcs("6"), {}, {"MAIN"}, {}, StockState::inspection, StockState::free}},
        "Looked at"};
    books.must(free);
    CHECK(available(books) == "6 pcs");
    books.must(reserve(1, "6"));
    free.document = nth<StockDocumentId>(3);
    free.lines[0].from = StockState::free;
    free.lines[0].to = StockState::blocked;
    free.lines[0].quantity = pcs("2");
    books.must(free);
    CHECK(covers(books) == "1: 4 short 2");
    books.must(BlockWarehouse{acme, {"MAIN"}});
    CHECK(covers(books) == "1: 0 short 6");
}

TEST_CASE("a reservation is refused for the first of its faults") {
    Books books;
    ReserveStock command = reserve(1, "-1", WarehouseCode{"NOWHERE"});
    command.company = {"OTHER"};
    command.item = {"none"};
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
    command.quantity = pcs("0.5");
    CHECK(books.refused(command).reason == &quantity_not_whole);
    books.must(receive(1, "2026-01-05", "3", "30.00"));
    books.must(reserve(1, "2"));
    command.quantity = pcs("2");
    CHECK(books.refused(command).reason == &reservation_exists);
    command.order = order(2);
    CHECK(books.refused(command).reason == &stock_not_available);
}

TEST_CASE("a change of a reservation is refused for the first of its faults") {
    Books books;
    books.must(receive(1, "2026-01-05", "3", "30.00"));
    ChangeReservation command{acme, order(1), 1, {"mug"}, pcs("-1"), {}};
    CHECK(books.refused(command).reason == &reservation_unknown);
    CHECK(books.refused(ReleaseReservation{acme, order(1), 1, {"mug"}, "Why"}).reason ==
          &reservation_unknown);
    books.must(reserve(1, "2"));
    CHECK(books.refused(command).reason == &quantity_not_positive);
    command.quantity = pcs("0.5");
    CHECK(books.refused(command).reason == &quantity_not_whole);
    command.quantity = pcs("2");
    CHECK(books.refused(command).reason == &reservation_unchanged);
    command.quantity = pcs("4");
    CHECK(books.refused(command).reason == &stock_not_available);
    command.quantity.reset();
    command.needed_on = day("2026-04-01");
    books.must(command);
}
