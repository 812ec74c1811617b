// What comes of an order: its cost, what is not taken, what was paid or invoiced before.
#include "domain/purchasing/purchase_receipts.h"

#include "domain/inventory/expectations.h"
#include "tests/domain/purchasing/buying_company.h"

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

namespace {

// What is expected of mugs by an order's first line, or nothing.
std::int64_t expected(const Buyer& buyer, std::uint64_t order) {
    for (const auto& [key, expectation] :
         inventory::open_expectations(buyer.world(), acme, {"mug"}))
        if (key.order.uuid == nth<PurchaseOrderId>(order).uuid) return expectation.open();
    return 0;
}

}  // namespace

TEST_CASE("goods enter stock at the order's price and the rate of the day") {
    Buyer buyer;
    buyer.know_rate("2026-01-10", "0.90");
    buyer.must(place(1, "YANKEE", {mugs("100", "10.00", "USD")}));
    CHECK(expected(buyer, 1) == pcs("100").micro);
    const auto received = buyer.says<PurchaseReceived>(receive(1, 1));
    CHECK(received.lines[0].owed == usd("1000.00"));
    CHECK(received.lines[0].cost == eur("900.00"));
    CHECK(buyer.at_end("1200") == 900'00);
    CHECK(buyer.at_end("2200") == -900'00);
    CHECK(buyer.in_currency("2200", "USD") == -1000'00);
    CHECK(expected(buyer, 1) == 0);
}

TEST_CASE("an advance keeps its own rate in what comes next") {
    Buyer buyer;
    buyer.know_rate("2026-01-10", "0.90");
    buyer.must(place(1, "YANKEE", {mugs("100", "10.00", "USD")}));
    // USD 400 at 0.88 and USD 600 at 0.90: 352.00 + 540.00.
    buyer.must(PrepayOrder{acme, nth<PurchaseOrderId>(1), usd("400.00"), eur("352.00")});
    buyer.must(receive(1, 1));
    CHECK(buyer.at_end("1200") == 892'00);
    CHECK(buyer.at_end("2200") == -892'00);
    CHECK(buyer.in_currency("2200", "USD") == -600'00);
    CHECK(buyer.in_currency("2200", "EUR") == -352'00);
    auto paid = invoice(1, 1);
    paid.rate = rate("0.92");
    buyer.must(paid);
    CHECK(buyer.at_end("2200") == 0);
    CHECK(buyer.in_currency("2200", "USD") == 0);
    // The whole is owed at 0.92; the advance's share comes back when it is allocated.
    CHECK(buyer.at_end("2000") == -920'00);
    CHECK(buyer.at_end("5800") == 28'00);
}

TEST_CASE("an advance is used up in the order of what comes") {
    Buyer buyer;
    buyer.know_rate("2026-01-10", "0.90");
    buyer.must(place(1, "YANKEE", {mugs("100", "10.00", "USD")}));
    buyer.must(PrepayOrder{acme, nth<PurchaseOrderId>(1), usd("400.00"), eur("352.00")});
    buyer.must(receive(1, 1, pcs("30")));
    CHECK(buyer.at_end("1200") == 264'00);
    CHECK(buyer.order(1).prepaid == Valued{0, 100'00, 88'00});
    buyer.must(receive(2, 1, pcs("70")));
    CHECK(buyer.at_end("1200") == 892'00);
    CHECK(buyer.order(1).prepaid == Valued{});
}

TEST_CASE("what is rejected is counted and not taken") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("100", "10.00")}));
    buyer.must(receive(1, 1, pcs("60"), pcs("5")));
    const LineProgress& progress = buyer.order(1).lines[0].progress;
    CHECK(progress.received == pcs("60").micro);
    CHECK(progress.rejected == pcs("5").micro);
    CHECK(progress.accepted() == pcs("55").micro);
    CHECK(open_of(buyer.order(1).lines[0]) == pcs("45").micro);
    CHECK(expected(buyer, 1) == pcs("45").micro);
    CHECK(buyer.at_end("1200") == 550'00);
    buyer.must(receive(2, 1, pcs("45"), pcs("45")));
    CHECK(buyer.at_end("1200") == 550'00);
}

TEST_CASE("cartons of an order are received in pieces, to the cent") {
    Buyer buyer;
    PurchaseLine line;
    line.item = items::ItemCode{"mug"};
    line.quantity = ctn("1");
    line.price = price("100");
    buyer.must(place(1, "WICK", {line}));
    buyer.must(receive(1, 1, pcs("7")));
    CHECK(buyer.at_end("1200") == 29'17);  // 100 x 7 / 24 = 29.1666...
    buyer.must(receive(2, 1, pcs("17")));
    CHECK(buyer.at_end("1200") == 100'00);  // 70.8333... and so 29.17 + 70.83
}

TEST_CASE("a tolerance allows more than was ordered, and lets less be all") {
    Buyer buyer;
    auto line = mugs("100", "10.00");
    line.over_receipt = percent("5");
    line.under_receipt = percent("2");
    buyer.must(place(1, "WICK", {line}));
    buyer.refuses(receive(1, 1, pcs("106")), received_beyond_order);
    buyer.must(receive(1, 1, pcs("97")));
    CHECK(open_of(buyer.order(1).lines[0]) == pcs("3").micro);
    buyer.must(receive(2, 1, pcs("1")));
    CHECK(open_of(buyer.order(1).lines[0]) == 0);
    buyer.must(receive(3, 1, pcs("7")));
    buyer.refuses(receive(4, 1, pcs("1")), received_beyond_order);
}

TEST_CASE("services are borne by their account and owed like goods") {
    Buyer buyer;
    buyer.know_rate("2026-01-10", "0.90");
    PurchaseLine carriage;
    carriage.item = items::ItemCode{"carriage"};
    carriage.quantity = pcs("1");
    carriage.price = price("50", "USD");
    buyer.must(place(1, "YANKEE", {mugs("10", "10.00", "USD"), carriage}));
    buyer.must(receive(1, 1));
    CHECK(buyer.at_end("1200") == 90'00);
    CHECK(buyer.at_end("5300") == 45'00);
    CHECK(buyer.in_currency("2200", "USD") == -150'00);
    buyer.must(ReversePurchaseReceipt{acme, nth<PurchaseReceiptId>(1), "Next door's"});
    CHECK(buyer.at_end("1200") == 0);
    CHECK(buyer.at_end("5300") == 0);
    CHECK(buyer.in_currency("2200", "USD") == 0);
    CHECK(open_of(buyer.order(1).lines[0]) == pcs("10").micro);
    buyer.refuses(ReversePurchaseReceipt{acme, nth<PurchaseReceiptId>(1), "Again"},
                  purchase_receipt_reversed);
}

TEST_CASE("what was invoiced before it came costs what it was invoiced at") {
    Buyer buyer;
    buyer.know_rate("2026-01-05", "0.92");
    buyer.must(place(1, "YANKEE", {mugs("100", "10.00", "USD")}));
    buyer.must(invoice(1, 1, pcs("40"), price("11.00", "USD"), "2026-01-06"));
    CHECK(buyer.at_end("2200") == 404'80);  // USD 440 at 0.92
    buyer.know_rate("2026-01-10", "0.90");
    buyer.must(receive(1, 1));
    CHECK(buyer.at_end("1200") == 404'80 + 540'00);
    CHECK(buyer.at_end("2200") == -540'00);
    CHECK(buyer.in_currency("2200", "USD") == -600'00);
}

TEST_CASE("stock of a receipt is put right by purchasing alone") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(receive(1, 1));
    CHECK(buyer.refused(inventory::stocked::correct_cost(1, "90.00")).reason->code ==
          "stock_of_purchase");
    CHECK(buyer
              .refused(inventory::ReverseStockDocument{acme, nth<inventory::StockDocumentId>(1),
                                                       "Wrong"})
              .reason->code == "stock_of_purchase");
}

TEST_CASE("in a closed month a receipt is posted on the first open day") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(ledger::ClosePeriod{acme, {"2026"}, 1});
    const auto received = buyer.says<PurchaseReceived>(receive(1, 1));
    CHECK(received.posted_on == day("2026-02-01"));
    CHECK(buyer.balance("2200", "2026-01-31") == 0);
    CHECK(buyer.balance("2200", "2026-02-01") == -100'00);
}

TEST_CASE("a receipt from a supplier is refused for the first of its faults") {
    Buyer buyer;
    ReceivePurchase command = receive(2, 1, pcs("0"), pcs("0"), "2025-12-31");
    buyer.refuses(command, purchase_order_unknown);
    auto line = mugs("10", "10.00", "USD");
    PurchaseLine carriage;
    carriage.item = items::ItemCode{"carriage"};
    carriage.quantity = pcs("1");
    carriage.price = price("50", "USD");
    buyer.must(place(1, "YANKEE", {line, line, carriage}));
    buyer.know_rate("2026-01-10", "0.90");
    buyer.must(receive(1, 1, pcs("1")));
    command.receipt = nth<PurchaseReceiptId>(1);
    buyer.refuses(command, purchase_receipt_exists);
    command.receipt = nth<PurchaseReceiptId>(2);
    command.rate = rate("0");
    buyer.refuses(command, receipt_rate_unfit);
    command.rate.reset();
    buyer.refuses(command, receipt_rate_unknown);
    command.rate = rate("0.91");
    buyer.refuses(command, ledger::date_outside_calendar);
    command.date = day("2026-12-31");
    for (std::int64_t period = 2; period <= 12; ++period)
        buyer.must(ledger::ClosePeriod{acme, {"2026"}, period});
    buyer.refuses(command, inventory::stock_day_closed);
    command.date = day("2026-01-10");
    command.lines[0].line = 4;
    buyer.refuses(command, purchase_line_unknown);
    buyer.must(ClosePurchaseLines{acme, nth<PurchaseOrderId>(1), {2}, "None"});
    command.lines[0].line = 2;
    buyer.refuses(command, purchase_line_closed);
    command.lines[0].line = 1;
    buyer.refuses(command, inventory::quantity_not_positive);
    command.lines[0].quantity = pcs("0.5");
    buyer.refuses(command, inventory::quantity_not_whole);
    command.lines[0].quantity = pcs("10");
    command.lines[0].rejected = pcs("11");
    buyer.refuses(command, rejected_beyond_received);
    command.lines[0].rejected.reset();
    buyer.refuses(command, received_beyond_order);
    command.lines[0].quantity = pcs("9");
    command.rate = rate("900000000");
    command.lines[0].line = 1;
    buyer.must(AmendPurchaseOrder{acme,
                                  nth<PurchaseOrderId>(1),
                                  {{1, {}, {}, price("10000000000", "USD"), {}, {}, {}}},
                                  "Dear"});
    buyer.refuses(command, purchase_too_large);
    buyer.must(ClosePurchaseLines{acme, nth<PurchaseOrderId>(1), {}, "None"});
    command.lines.clear();
    buyer.refuses(command, purchase_line_closed);
}

TEST_CASE("a receipt needs accounts") {
    inventory::stocked::Books books(items::CostingMethod::fifo, false);
    books.must(parties::RegisterOrganisation{
        acme, {"WICK"}, "Wick", {"GB"}, {"en"}, {parties::PartyRole::supplier}, day("2025-01-01")});
    books.must(parties::RegisterCounterparty{acme, {"LTD"}, "Wick", "Ltd", {"GB"}, {}});
    books.must(parties::LinkCounterparty{acme, {"WICK"}, {"LTD"}, day("2025-01-01"), true});
    items::CreateItem carriage;
    carriage.company = acme;
    carriage.item = {"carriage"};
    carriage.name = "Carriage";
    carriage.kind = items::ItemKind::service;
    carriage.base_unit = inventory::stocked::pieces();
    books.must(carriage);
    PurchaseLine service;
    service.item = carriage.item;
    service.quantity = pcs("1");
    service.price = price("50");
    books.must(place(1, "WICK", {mugs("10", "10.00")}));
    books.must(place(2, "WICK", {service}));
    books.must(place(3, "WICK", {mugs("10", "10.00")}));
    CHECK(books.refused(receive(1, 1)).reason == &inventory::stock_accounts_missing);
    CHECK(books.refused(receive(1, 2)).reason == &purchase_accounts_missing);
    CHECK(books.refused(invoice(1, 1, pcs("1"))).reason == &purchase_accounts_missing);
    books.must(inventory::SetStockAccounts{acme, {}, books.accounts(), {"GEN"}});
    books.must(receive(3, 3));
    CHECK(books.refused(send_back(1, 3, "1")).reason == &purchase_accounts_missing);
}

TEST_CASE("a receipt is taken back while nothing follows from it") {
    Buyer buyer;
    const ReversePurchaseReceipt reverse{acme, nth<PurchaseReceiptId>(1), "Not ours"};
    buyer.refuses(reverse, purchase_receipt_unknown);
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(receive(1, 1));
    buyer.must(invoice(1, 1, pcs("1")));
    buyer.refuses(reverse, purchase_receipt_settled);
    buyer.must(place(2, "WICK", {mugs("10", "10.00")}));
    buyer.must(receive(2, 2));
    buyer.must(send_back(1, 2, "1"));
    buyer.refuses(ReversePurchaseReceipt{acme, nth<PurchaseReceiptId>(2), "Not ours"},
                  purchase_receipt_settled);
    buyer.must(place(3, "WICK", {mugs("10", "10.00")}));
    buyer.must(receive(3, 3));
    for (std::int64_t period = 1; period <= 12; ++period)
        buyer.must(ledger::ClosePeriod{acme, {"2026"}, period});
    buyer.refuses(ReversePurchaseReceipt{acme, nth<PurchaseReceiptId>(3), "Not ours"},
                  inventory::stock_day_closed);
}

TEST_CASE("an advance is in the order's currency") {
    Buyer buyer;
    PrepayOrder prepay{acme, nth<PurchaseOrderId>(1), eur("10.00"), eur("9.00")};
    buyer.refuses(prepay, purchase_order_unknown);
    buyer.must(place(1, "YANKEE", {mugs("10", "10.00", "USD")}));
    buyer.must(place(2, "WICK", {mugs("10", "10.00")}));
    buyer.refuses(prepay, prepaid_currency_differs);
    prepay.order = nth<PurchaseOrderId>(2);
    buyer.refuses(prepay, prepaid_currency_differs);
    prepay.base = eur("10.00");
    buyer.must(prepay);
}
