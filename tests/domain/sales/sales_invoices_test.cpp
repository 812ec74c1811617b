// From the order to the receivable: what is earned when, and what an invoice does not earn.
#include "domain/sales/sales_invoices.h"

#include "domain/flows/invoiced_sale_opens_receivable.h"
#include "tests/domain/sales/selling_company.h"

using namespace kontor;
using namespace kontor::sales;
using namespace kontor::sales::selling;

TEST_CASE("revenue and cost are of the day of delivery, whenever it is invoiced") {
    Shop shop;
    shop.must(place(1, "2026-03-20", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-30"));
    CHECK(shop.balance("4000", "2026-03-31") == -500'00);
    CHECK(shop.balance("5000", "2026-03-31") == 300'00);
    CHECK(shop.balance("1130", "2026-03-31") == 500'00);
    CHECK(shop.balance("1100", "2026-03-31") == 0);
    shop.must(bill(1, 1, "2026-04-02"));
    CHECK(shop.balance("4000", "2026-04-30") == -500'00);
    CHECK(shop.balance("1130", "2026-04-30") == 0);
    CHECK(shop.balance("1100", "2026-04-30") == 500'00);
    CHECK(shop.on_hand("mug") == 90);
}

TEST_CASE("what is invoiced in advance is owed in goods until it is delivered, part by part") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "3", price("33.33")));
    shop.must(bill(1, 1, "2026-03-02", InvoiceBasis::ordered));
    CHECK(shop.balance("1100", "2026-03-31") == 99'99);
    CHECK(shop.balance("2150", "2026-03-31") == -99'99);
    CHECK(shop.balance("4000", "2026-03-31") == 0);
    shop.must(deliver(1, 1, "2026-03-05", pcs("1")));
    CHECK(shop.balance("2150", "2026-03-31") == -66'66);
    shop.must(deliver(2, 1, "2026-03-06"));
    CHECK(shop.balance("2150", "2026-03-31") == 0);
    CHECK(shop.balance("1130", "2026-03-31") == 0);
    CHECK(shop.balance("4000", "2026-03-31") == -99'99);
}

TEST_CASE("parts of a line come to the whole to the cent") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "3", price("0.333333")));  // 1.00 in all
    for (std::uint64_t part = 1; part <= 3; ++part) {
        shop.must(deliver(part, 1, "2026-03-05", pcs("1")));
        shop.must(bill(part, 1, "2026-03-06"));
    }
    CHECK(shop.balance("4000", "2026-12-31") == -1'00);
    CHECK(shop.balance("1100", "2026-12-31") == 1'00);
    CHECK(shop.balance("1130", "2026-12-31") == 0);
}

TEST_CASE("between delivery and invoice a foreign rate moves, and revenue does not") {
    Shop shop;
    shop.rate_of("2026-03-30", "0.90");
    shop.rate_of("2026-04-02", "0.92");
    shop.must(place(1, "2026-03-20", "mug", "10", price("100.00", "USD")));
    shop.must(deliver(1, 1, "2026-03-30"));
    CHECK(shop.balance("4000", "2026-03-31") == -900'00);
    CHECK(shop.balance("1130", "2026-03-31") == 900'00);
    shop.must(bill(1, 1, "2026-04-02"));
    CHECK(shop.balance("1100", "2026-04-30") == 920'00);
    CHECK(shop.balance("1130", "2026-04-30") == 0);
    CHECK(shop.balance("4910", "2026-04-30") == -20'00);
    CHECK(shop.balance("4000", "2026-04-30") == -900'00);
}

TEST_CASE("an advance keeps its rate: what it pays for is earned at that") {
    Shop shop;
    shop.rate_of("2026-03-02", "0.88");
    shop.rate_of("2026-03-30", "0.90");
    shop.must(place(1, "2026-03-01", "mug", "10", price("100.00", "USD")));
    shop.must(bill(1, 1, "2026-03-02", InvoiceBasis::ordered, pcs("4")));  // USD 400 at 0.88
    shop.must(deliver(1, 1, "2026-03-30"));
    CHECK(shop.balance("4000", "2026-03-31") == -892'00);  // 352.00 and 600 x 0.90
    CHECK(shop.balance("2150", "2026-03-31") == 0);
    CHECK(shop.balance("1130", "2026-03-31") == 540'00);
}

TEST_CASE("a kit leaves stock as what it holds, a service as nothing") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "set", "5", price("80.00")));
    PlaceSalesOrder work = place(2, "2026-03-01", "engraving", "5", price("7.00"));
    shop.must(work);
    shop.must(deliver(1, 1, "2026-03-02", pcs("3")));
    shop.must(deliver(2, 2, "2026-03-02"));
    CHECK(shop.on_hand("mug") == 94);
    CHECK(shop.on_hand("plate") == 97);
    CHECK(shop.balance("5000", "2026-03-31") == 195'00);  // 6 x 30.00 and 3 x 5.00
    CHECK(shop.balance("4000", "2026-03-31") == -275'00);
}

TEST_CASE("a credit for a quantity makes it unbilled again, and it can be invoiced anew") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-02"));
    shop.must(bill(1, 1, "2026-03-03"));
    shop.must(credit(2, 1, "2026-03-04"));
    CHECK(shop.balance("1100", "2026-03-31") == 0);
    CHECK(shop.balance("1130", "2026-03-31") == 500'00);
    CHECK(shop.balance("4000", "2026-03-31") == -500'00);
    shop.must(bill(3, 1, "2026-03-05"));
    CHECK(shop.balance("1100", "2026-03-31") == 500'00);
    CHECK(shop.balance("1130", "2026-03-31") == 0);
    CHECK(shop.refused(credit(4, 1, "2026-03-06")).reason == &credited_beyond);
}

TEST_CASE("a credit for the price takes it off revenue, and off what is still owed in goods") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    shop.must(bill(1, 1, "2026-03-03", InvoiceBasis::ordered));
    shop.must(deliver(1, 1, "2026-03-02", pcs("9")));
    CreditSale less = credit(2, 1, "2026-03-04");
    less.kind = CreditKind::price;
    less.lines = {{1, {}, eur("60.00")}};
    shop.must(less);
    // 50.00 were still owed in goods, so 10.00 come off what was earned.
    CHECK(shop.balance("1100", "2026-03-31") == 440'00);
    CHECK(shop.balance("2150", "2026-03-31") == 0);
    CHECK(shop.balance("4000", "2026-03-31") == -440'00);
    shop.must(deliver(2, 1, "2026-03-05"));
    CHECK(shop.balance("4000", "2026-03-31") == -440'00);
    CHECK(shop.balance("1130", "2026-03-31") == 0);
}

TEST_CASE("a delivery that never was leaves nothing, whether it is invoiced or not") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-02"));
    shop.must(bill(1, 1, "2026-03-03", InvoiceBasis::delivered, pcs("4")));
    shop.must(ReverseSaleDelivery{acme, delivery(1), "Never left"});
    CHECK(shop.on_hand("mug") == 100);
    CHECK(shop.balance("4000", "2026-03-31") == 0);
    CHECK(shop.balance("5000", "2026-03-31") == 0);
    CHECK(shop.balance("1130", "2026-03-31") == 0);
    CHECK(shop.balance("2150", "2026-03-31") == -200'00);
    CHECK(shop.refused(ReverseSaleDelivery{acme, delivery(1), "Again"}).reason ==
          &sale_delivery_reversed);
}

TEST_CASE("numbers of invoices have no gap, whatever is refused between them") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-02"));
    const auto number = [](const test::Played& played) {
        for (const Message& event : played.events)
            if (const auto* invoiced = event.as<SaleInvoiced>())
                return companies::to_text(invoiced->document.number);
        return std::string();
    };
    CHECK(number(shop.must(bill(1, 1, "2026-03-03", InvoiceBasis::delivered, pcs("1")))) ==
          "R-2026-1");
    CHECK(shop.refused(bill(2, 1, "2026-03-03", InvoiceBasis::delivered, pcs("10"))).reason ==
          &invoiced_beyond);
    CHECK(number(shop.must(bill(3, 1, "2026-03-03", InvoiceBasis::delivered, pcs("1")))) ==
          "R-2026-2");
}

TEST_CASE("an invoice stays in the books: its item is not reversed") {
    Shop shop;
    shop.must(place(1, "2026-03-01", "mug", "10", price("50.00")));
    shop.must(deliver(1, 1, "2026-03-02"));
    shop.must(bill(1, 1, "2026-03-03"));
    settlement::ReverseItem reverse;
    reverse.company = acme;
    reverse.item = settlement::OpenItemId{invoice(1).uuid};
    reverse.reason = "Wrong";
    CHECK(shop.refused(reverse).reason == &flow::item_is_invoice);
}
