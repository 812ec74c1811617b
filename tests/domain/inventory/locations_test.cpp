// Locations: the tree of a warehouse, and why it cannot be another one.
#include "domain/inventory/locations.h"

#include "domain/inventory/stock_places.h"
#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

DefineLocation define(const char* code, std::optional<LocationCode> parent = {}) {
    return {acme, {"MAIN"}, {code}, "A place", LocationKind::bin, std::move(parent)};
}

}  // namespace

TEST_CASE("locations are defined once, below what is there") {
    Books books;
    DefineLocation command = define("A-1", LocationCode{"A"});
    command.warehouse = {"NOWHERE"};
    CHECK(books.refused(command).reason == &warehouse_unknown);
    command.warehouse = {"MAIN"};
    CHECK(books.refused(command).about == "warehouse MAIN, location A");
    books.must(define("A"));
    books.must(command);
    CHECK(books.refused(command).reason == &location_exists);
    CHECK(books.refused(RenameLocation{acme, {"MAIN"}, {"B"}, "B"}).reason == &location_unknown);
    books.must(RenameLocation{acme, {"MAIN"}, {"A"}, "Hall A"});
    // Another warehouse has codes of its own.
    books.must(OpenWarehouse{acme, {"SHOP"}, "Shop"});
    command.warehouse = {"SHOP"};
    command.parent.reset();
    books.must(command);
}

TEST_CASE("a location moves in the tree, and is no part of itself") {
    Books books;
    books.must(define("A"));
    books.must(define("B"));
    books.must(define("A-1", LocationCode{"A"}));
    MoveLocation move{acme, {"MAIN"}, {"C"}, LocationCode{"D"}};
    CHECK(books.refused(move).about == "warehouse MAIN, location C");
    move.location = {"A"};
    CHECK(books.refused(move).about == "warehouse MAIN, location D");
    move.parent = LocationCode{"A-1"};
    CHECK(books.refused(move).reason == &location_below_itself);
    move.parent.reset();
    CHECK(books.refused(move).reason == &location_stands_there);
    move.location = {"A-1"};
    move.parent = LocationCode{"B"};
    books.must(move);
    CHECK(books.refused(move).reason == &location_stands_there);
}

TEST_CASE("what is blocked above is blocked below") {
    Books books;
    books.must(define("A"));
    books.must(define("A-1", LocationCode{"A"}));
    CHECK(books.refused(BlockLocation{acme, {"MAIN"}, {"B"}}).reason == &location_unknown);
    CHECK(books.refused(UnblockLocation{acme, {"MAIN"}, {"B"}}).reason == &location_unknown);
    CHECK(books.refused(UnblockLocation{acme, {"MAIN"}, {"A"}}).reason == &location_not_blocked);
    books.must(BlockLocation{acme, {"MAIN"}, {"A"}});
    CHECK(books.refused(BlockLocation{acme, {"MAIN"}, {"A"}}).reason == &location_blocked);
    ReceiveStock receipt = receive(1, "2026-01-05", "10", "100.00");
    receipt.lines[0].location = LocationCode{"A-1"};
    CHECK(books.refused(receipt).about == "warehouse MAIN, location A");
    books.must(UnblockLocation{acme, {"MAIN"}, {"A"}});
    books.must(receipt);
}

TEST_CASE("a default location is one of the warehouse that is in use") {
    Books books;
    SetDefaultLocation set{acme, {"NOWHERE"}, LocationCode{"A"}};
    CHECK(books.refused(set).reason == &warehouse_unknown);
    set.warehouse = {"MAIN"};
    CHECK(books.refused(set).reason == &location_unknown);
    books.must(define("A"));
    books.must(BlockLocation{acme, {"MAIN"}, {"A"}});
    CHECK(books.refused(set).reason == &location_blocked);
    books.must(UnblockLocation{acme, {"MAIN"}, {"A"}});
    books.must(set);
    CHECK(books.refused(set).reason == &default_location_unchanged);
    set.location.reset();
    books.must(set);
    CHECK(books.refused(set).reason == &default_location_unchanged);
}

TEST_CASE("a receipt and an issue name a location that is there and in use, and no transit") {
    Books books;
    books.must(define("A"));
    const auto refuses = [&](auto command) {
        auto& line = command.lines[0];
        line.lot = LotCode{"L"};
        line.state = StockState::transit;
        line.location = LocationCode{"B"};
        CHECK(books.refused(command).reason == &location_unknown);
        books.must(BlockLocation{acme, {"MAIN"}, {"A"}});
        line.location = LocationCode{"A"};
        CHECK(books.refused(command).reason == &location_blocked);
        books.must(UnblockLocation{acme, {"MAIN"}, {"A"}});
        CHECK(books.refused(command).reason == &stock_state_transit);
        line.state = StockState::free;
        CHECK(books.refused(command).reason == &lot_not_tracked);
    };
    refuses(receive(1, "2026-01-05", "10", "100.00"));
    refuses(issue(1, "2026-01-05", "10"));
}
