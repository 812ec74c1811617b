// What comes back: stock at what it cost, revenue on the day of the return, and what is owed for
// it.
#include "domain/sales/sales_returns.h"

#include "tests/domain/sales/selling_company.h"

using namespace kontor;
using namespace kontor::sales;
using namespace kontor::sales::selling;

TEST_CASE("what comes back before its invoice is neither earned nor unbilled any more") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-02"));
    shop.must(give_back(1, 1, "2026-04-03", pcs("4")));
    CHECK(shop.balance("4000", "2026-03-31") == -500'00);
    CHECK(shop.balance("4000", "2026-04-30") == -300'00);
    CHECK(shop.balance("5000", "2026-04-30") == 180'00);
    CHECK(shop.balance("1130", "2026-04-30") == 300'00);
    CHECK(shop.on_hand("mug") == 94);
    // It is not delivered again, and no more is invoiced than is kept.
    CHECK(shop.refused(deliver(2, 1, "2026-04-04")).reason == &nothing_to_deliver);
    shop.must(bill(1, 1, "2026-04-05", InvoiceBasis::ordered));
    CHECK(shop.balance("1100") == 300'00);
    CHECK(shop.balance("1130") == 0);
}

TEST_CASE("what comes back after its invoice is owed to the customer until it is credited") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-02"));
    shop.must(bill(1, 1, "2026-03-03"));
    shop.must(give_back(1, 1, "2026-03-04", pcs("4")));
    CHECK(shop.balance("4000") == -300'00);
    CHECK(shop.balance("2150") == -200'00);
    CHECK(shop.balance("1100") == 500'00);
    CreditSale gives = credit(2, 1, "2026-03-05");
    gives.lines = {{1, pcs("4"), {}}};
    shop.must(gives);
    CHECK(shop.balance("2150") == 0);
    CHECK(shop.balance("1100") == 300'00);
    CHECK(shop.balance("1130") == 0);
}

TEST_CASE("a price that was reduced before is less to give back, and nothing stays unbilled") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("100.00")));
    shop.must(deliver(1, 1, "2026-03-02", pcs("6")));
    shop.must(bill(1, 1, "2026-03-03", InvoiceBasis::delivered, pcs("4")));
    CreditSale less = credit(2, 1, "2026-03-04");
    less.kind = CreditKind::price;
    less.lines = {{1, {}, eur("10.00")}};
    shop.must(less);
    shop.must(give_back(1, 1, "2026-03-05", pcs("2")));
    CHECK(shop.balance("1130") == 0);
    CHECK(shop.balance("4000") == -390'00);
    shop.must(give_back(2, 1, "2026-03-06"));
    CHECK(shop.balance("4000") == 0);
    CHECK(shop.balance("2150") == -390'00);
    shop.must(credit(3, 1, "2026-03-07"));
    CHECK(shop.balance("2150") == 0);
    CHECK(shop.balance("1100") == 0);
}

TEST_CASE("goods come back at what their issue cost, kits as what they hold, or not at all") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-02"));
    inventory::ReceiveStock dear;
    dear.company = acme;
    dear.document = nth<inventory::StockDocumentId>(77);
    dear.date = day("2026-03-03");
    dear.lines.resize(1);
    dear.lines[0].item = {"mug"};
    dear.lines[0].quantity = pcs("90");
    dear.lines[0].warehouse = {"MAIN"};
    dear.lines[0].cost = eur("9000.00");
    shop.must(dear);
    shop.must(give_back(1, 1, "2026-03-04", pcs("1")));
    CHECK(shop.balance("5000") == 270'00);
    ReturnSale spoilt = give_back(2, 1, "2026-03-05", pcs("1"));
    spoilt.without_goods = true;
    shop.must(spoilt);
    CHECK(shop.balance("5000") == 270'00);
    CHECK(shop.balance("4000") == -400'00);
    CHECK(shop.on_hand("mug") == 181);
    shop.must(place(2, "2026-03-01", "set", "2", price("80.00")));
    shop.must(deliver(2, 2, "2026-03-06"));
    shop.must(give_back(3, 2, "2026-03-07", pcs("1")));
    CHECK(shop.on_hand("plate") == 99);
    CHECK(shop.on_hand("mug") == 179);
}

TEST_CASE("a return is refused for the first of its faults") {
    Shop shop;
    shop.must(place(1, "2026-03-02", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-02"));
    const auto refused = [&](const auto& command, const Reason& reason) {
        INFO(reason.code);
        CHECK(shop.refused(command).reason == &reason);
    };
    ReturnSale back = give_back(1, 9, "2026-03-01", pcs("0"));
    back.lines[0].line = 2;
    refused(back, sale_delivery_unknown);
    back.delivery = delivery(1);
    refused(back, returned_before_delivery);
    back.date = day("2031-01-01");
    refused(back, ledger::date_outside_calendar);
    back.date = day("2026-03-03");
    refused(back, delivery_line_unknown);
    back.lines[0].line = 1;
    refused(back, inventory::quantity_not_positive);
    back.lines[0].quantity = pcs("0.5");
    refused(back, inventory::quantity_not_whole);
    back.lines[0].quantity = pcs("11");
    refused(back, returned_beyond_delivery);
    back.lines[0].quantity = pcs("10");
    shop.must(back);
    refused(back, sale_return_exists);
    back.sale_return = nth<SaleReturnId>(2);
    refused(back, returned_beyond_delivery);
    refused(ReverseSaleDelivery{acme, delivery(1), "Never"}, delivery_returned);
    shop.must(place(2, "2026-03-02", "mug", "1", price("50.00")));
    shop.must(deliver(2, 2, "2026-03-02"));
    shop.must(ReverseSaleDelivery{acme, delivery(2), "Never"});
    refused(give_back(3, 2, "2026-03-03"), sale_delivery_reversed);
}
