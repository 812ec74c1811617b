// What can be promised: the published case by hand, and what is late, reserved or elsewhere.
#include "domain/inventory/promises.h"

#include "tests/domain/inventory/stocked_company.h"
#include "tests/support/dice.h"

#include <algorithm>

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

// A row of promises in one line, bucket by bucket: "25, 15, -, 20".
std::string discrete(const std::map<std::int64_t, Promise>& promises) {
    std::string text;
    for (const auto& [bucket, promise] : promises)
        text += (text.empty() ? "" : ", ") +
                (promise.discrete ? std::to_string(static_cast<long long>(*promise.discrete))
                                  : std::string("-"));
    return text;
}
std::string cumulative(const std::map<std::int64_t, Promise>& promises) {
    std::string text;
    for (const auto& [bucket, promise] : promises)
        text +=
            (text.empty() ? "" : ", ") + std::to_string(static_cast<long long>(promise.cumulative));
    return text;
}

OrderReference order(std::uint64_t number) { return test::nth<OrderReference>(number); }

ExpectStock expect(ExpectedWay way, std::uint64_t number, std::string_view quantity,
                   std::string_view on, std::optional<WarehouseCode> warehouse = {}) {
    return {acme, way, order(number), 1, {"mug"}, std::move(warehouse), pcs(quantity), day(on), {}};
}
ReserveStock reserve(std::uint64_t number, std::string_view quantity) {
    return {acme, order(number), 1, {"mug"}, {}, pcs(quantity), day("2026-03-01"), false};
}

// What can be promised in all until the end of a day, in pieces.
long long promised(const Books& books, std::string_view until,
                   const std::optional<WarehouseCode>& warehouse = {}) {
    const Date from = day("2026-02-01");
    const auto plan = promise_plan(books.world(), acme, {"mug"}, warehouse, from, 1);
    return static_cast<long long>(plan.cumulative(day(until) - from) / 1'000'000);
}

}  // namespace

TEST_CASE("available to promise by weeks, as it is published") {
    // On hand 40, 60 come in weeks 2 and 4, needed are 15, 10, 35 and 40.
    std::map<std::int64_t, SupplyAndDemand> weeks{
        {0, {0, 15}}, {1, {60, 10}}, {2, {0, 35}}, {3, {60, 40}}};
    CHECK(discrete(available_to_promise(40, weeks)) == "25, 15, -, 20");
    CHECK(cumulative(available_to_promise(40, weeks)) == "25, 40, 40, 60");
    // 70 in week 4: what is missing there is taken from week 2.
    weeks[3].orders = 70;
    CHECK(discrete(available_to_promise(40, weeks)) == "25, 5, -, 0");
    CHECK(cumulative(available_to_promise(40, weeks)) == "25, 30, 30, 30");
    // 120 in week 4: from week 1 too, and the rest is promised and will not be there.
    weeks[3].orders = 120;
    CHECK(discrete(available_to_promise(40, weeks)) == "-20, 0, -, 0");
    CHECK(cumulative(available_to_promise(40, weeks)) == "-20, -20, -20, -20");
    CHECK(discrete(available_to_promise(7, {})) == "7");
}

TEST_CASE("what has come of an order is not expected again") {
    Books books;
    books.must(expect(ExpectedWay::in, 1, "100", "2026-02-02"));
    CHECK(promised(books, "2026-02-01") == 0);
    CHECK(promised(books, "2026-02-02") == 100);
    ReceiveStock receipt = receive(1, "2026-02-01", "30", "300.00");
    receipt.lines[0].order = OrderLineRef{order(1), 1};
    books.must(receipt);
    CHECK(promised(books, "2026-02-01") == 30);
    CHECK(promised(books, "2026-02-02") == 100);
    // It was 20, as is found later; and then it had never come.
    books.must(CorrectStockLine{acme, nth<StockDocumentId>(1), 1, pcs("20"), {}, "Miscounted"});
    CHECK(promised(books, "2026-02-01") == 20);
    CHECK(promised(books, "2026-02-02") == 100);
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(1), "Never came"});
    CHECK(promised(books, "2026-02-01") == 0);
    CHECK(promised(books, "2026-02-02") == 100);
}

TEST_CASE("what came before its order was known counts for it all the same") {
    Books books;
    ReceiveStock receipt = receive(1, "2026-01-20", "30", "300.00");
    receipt.lines[0].order = OrderLineRef{order(1), 1};
    books.must(receipt);
    books.must(expect(ExpectedWay::in, 1, "100", "2026-02-02"));
    CHECK(promised(books, "2026-02-02") == 100);
    books.must(DropExpectation{acme, ExpectedWay::in, order(1), 1, {"mug"}, "Closed short"});
    CHECK(promised(books, "2026-02-02") == 30);
}

TEST_CASE("late receipts count on the day that was confirmed, or not at all") {
    Books books;
    ExpectStock late = expect(ExpectedWay::in, 1, "100", "2026-01-15");
    books.must(late);
    CHECK(promised(books, "2026-12-31") == 0);
    late.confirmed = day("2026-02-10");
    books.must(late);
    CHECK(promised(books, "2026-02-09") == 0);
    CHECK(promised(books, "2026-02-10") == 100);
    late.confirmed = day("2026-01-20");
    books.must(late);
    CHECK(promised(books, "2026-12-31") == 0);
    // What should have gone is still needed.
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(expect(ExpectedWay::out, 2, "4", "2026-01-10"));
    CHECK(promised(books, "2026-02-01") == 6);
}

TEST_CASE("a reservation is part of its order and never subtracted twice") {
    Books books;
    books.must(receive(1, "2026-01-05", "40", "400.00"));
    books.must(expect(ExpectedWay::out, 1, "15", "2026-02-20"));
    CHECK(promised(books, "2026-02-20") == 25);
    books.must(reserve(1, "10"));
    CHECK(promised(books, "2026-02-20") == 25);
    books.must(reserve(2, "5"));
    CHECK(promised(books, "2026-02-20") == 20);
    // More reserved than the order still asks for.
    books.must(expect(ExpectedWay::out, 1, "8", "2026-02-20"));
    CHECK(promised(books, "2026-02-20") == 25);
}

TEST_CASE("of one warehouse no more can be promised than of all") {
    Books books;
    books.must(OpenWarehouse{acme, {"SHOP"}, "Shop"});
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    ReceiveStock in_shop = receive(2, "2026-01-05", "6", "60.00");
    in_shop.lines[0].warehouse = {"SHOP"};
    books.must(in_shop);
    books.must(expect(ExpectedWay::out, 1, "4", "2026-02-10", WarehouseCode{"SHOP"}));
    CHECK(promised(books, "2026-02-10", WarehouseCode{"SHOP"}) == 2);
    CHECK(promised(books, "2026-02-10", WarehouseCode{"MAIN"}) == 10);
    // Twelve are all that is left anywhere; nine go from wherever they are.
    books.must(expect(ExpectedWay::out, 2, "9", "2026-02-10"));
    CHECK(promised(books, "2026-02-10") == 3);
    CHECK(promised(books, "2026-02-10", WarehouseCode{"MAIN"}) == 3);
    CHECK(promised(books, "2026-02-10", WarehouseCode{"SHOP"}) == 2);
}

TEST_CASE("the first day on which so much can be promised") {
    Books books;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(expect(ExpectedWay::in, 1, "20", "2026-02-15"));
    books.must(expect(ExpectedWay::out, 2, "5", "2026-03-01"));
    const Date from = day("2026-02-01");
    CHECK(promised_day(books.world(), acme, {"mug"}, {}, pcs("10"), from) == from);
    CHECK(promised_day(books.world(), acme, {"mug"}, {}, pcs("11"), from) == day("2026-02-15"));
    CHECK(promised_day(books.world(), acme, {"mug"}, {}, pcs("25"), from) == day("2026-02-15"));
    CHECK(promised_day(books.world(), acme, {"mug"}, {}, pcs("26"), from) == std::nullopt);
}

TEST_CASE("what is promised for a bucket is the least that will be there from then on") {
    // A running balance says how much each bucket ends with. Whoever takes more than the least of
    // them leaves that bucket short; whoever takes that much leaves none short.
    test::Dice dice(20260226);
    for (int round = 0; round < 2'000; ++round) {
        const std::int64_t on_hand = dice.between(0, 99);
        std::map<std::int64_t, SupplyAndDemand> buckets;
        for (std::int64_t at = 0; at < 8; ++at)
            if (!dice.one_in(3))
                buckets[at] = {dice.one_in(2) ? dice.between(0, 59) : 0, dice.between(0, 49)};
        const auto promises = available_to_promise(on_hand, buckets);
        std::vector<Wide> balance(8);
        Wide there = on_hand;
        for (std::int64_t at = 0; at < 8; ++at) {
            if (const auto of = buckets.find(at); of != buckets.end())
                there += of->second.receipts - of->second.orders;
            balance[static_cast<std::size_t>(at)] = there;
        }
        for (const auto& [bucket, promise] : promises) {
            const auto from = balance.begin() + static_cast<std::ptrdiff_t>(bucket);
            CAPTURE(round, bucket);
            CHECK(promise.cumulative == *std::min_element(from, balance.end()));
        }
    }
}

TEST_CASE("an expectation is refused for the first of its faults") {
    Books books;
    ExpectStock command = expect(ExpectedWay::out, 1, "-1", "2026-02-20", WarehouseCode{"NOWHERE"});
    command.company = {"OTHER"};
    command.item = {"none"};
    command.confirmed = day("2026-03-01");
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
    command.warehouse = WarehouseCode{"MAIN"};
    CHECK(books.refused(command).reason == &quantity_not_positive);
    command.quantity = pcs("0.5");
    CHECK(books.refused(command).reason == &quantity_not_whole);
    command.quantity = pcs("5");
    CHECK(books.refused(command).reason == &confirmed_for_issue);
    command.confirmed.reset();
    DropExpectation drop{acme, ExpectedWay::out, order(1), 1, {"mug"}, "Why"};
    CHECK(books.refused(drop).reason == &expectation_unknown);
    books.must(command);
    CHECK(books.refused(command).reason == &expectation_unchanged);
    drop.way = ExpectedWay::in;
    CHECK(books.refused(drop).reason == &expectation_unknown);
    drop.way = ExpectedWay::out;
    books.must(drop);
    CHECK(books.refused(drop).reason == &expectation_unknown);
    CHECK(promised(books, "2026-12-31") == 0);
}
