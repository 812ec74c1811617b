// What goes back: at its receipt's cost, owed no longer or to be credited.
#include "domain/purchasing/supplier_returns.h"

#include "tests/domain/purchasing/buying_company.h"

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

TEST_CASE("moving average: 10 at 10, 10 at 20, the second goes back, 10 are worth 100") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(place(2, "WICK", {mugs("10", "20.00")}));
    buyer.must(receive(1, 1, {}, {}, "2026-01-10"));
    buyer.must(receive(2, 2, {}, {}, "2026-01-11"));
    buyer.must(send_back(1, 2, "10", "2026-01-12"));
    CHECK(buyer.at_end("1200") == 100'00);
    CHECK(buyer.at_end("2200") == -100'00);
}

TEST_CASE("what is not invoiced is owed no longer, the rest is to be credited") {
    Buyer buyer;
    buyer.know_rate("2026-01-10", "0.90");
    buyer.know_rate("2026-01-20", "0.92");
    buyer.must(place(1, "YANKEE", {mugs("10", "10.00", "USD")}));
    buyer.must(receive(1, 1));
    buyer.must(invoice(1, 1, pcs("6")));
    const auto returned = buyer.says<PurchaseReturned>(send_back(1, 1, "5"));
    CHECK(returned.lines[0].open == Valued{pcs("4").micro, 40'00, 36'00});
    CHECK(returned.lines[0].credit == Valued{pcs("1").micro, 10'00, 9'00});
    CHECK(buyer.in_currency("2200", "USD") == 10'00);
    CHECK(buyer.at_end("2200") == 9'00);
    CHECK(buyer.at_end("1200") == 45'00);
    CHECK(buyer.order(1).lines[0].progress.accepted() == pcs("5").micro);
    CHECK(open_of(buyer.order(1).lines[0]) == 0);
}

TEST_CASE("a replacement is to come anew") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(receive(1, 1));
    auto back = send_back(1, 1, "4");
    back.replacement = true;
    buyer.must(back);
    CHECK(open_of(buyer.order(1).lines[0]) == pcs("4").micro);
    buyer.must(receive(2, 1, {}, {}, "2026-01-25"));
    CHECK(buyer.at_end("1200") == 100'00);
    CHECK(buyer.at_end("2200") == -100'00);
}

TEST_CASE("parts that go back add up, whatever was rounded") {
    Buyer buyer;
    buyer.know_rate("2026-01-10", "0.8587620000");
    buyer.know_rate("2026-01-20", "0.8712345678");
    buyer.must(place(1, "YANKEE", {mugs("7", "3.33", "USD")}));
    buyer.must(receive(1, 1));
    buyer.must(invoice(1, 1, pcs("2")));
    for (std::uint64_t n = 1; n <= 5; ++n) buyer.must(send_back(n, 1, "1"));
    CHECK(buyer.at_end("2200") == 0);
    CHECK(buyer.in_currency("2200", "USD") == 0);
}

TEST_CASE("a service goes back as it came") {
    Buyer buyer;
    PurchaseLine carriage;
    carriage.item = items::ItemCode{"carriage"};
    carriage.quantity = pcs("2");
    carriage.price = price("50");
    buyer.must(place(1, "WICK", {carriage}));
    buyer.must(receive(1, 1));
    buyer.must(send_back(1, 1, "1"));
    CHECK(buyer.at_end("5300") == 50'00);
    CHECK(buyer.at_end("2200") == -50'00);
}

TEST_CASE("a return to a supplier is refused for the first of its faults") {
    Buyer buyer;
    ReturnToSupplier command = send_back(1, 1, "0", "2025-12-31");
    command.lines[0].line = 2;
    buyer.refuses(command, purchase_receipt_unknown);
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(receive(1, 1));
    buyer.must(ReversePurchaseReceipt{acme, nth<PurchaseReceiptId>(1), "Not ours"});
    buyer.refuses(command, purchase_receipt_reversed);
    buyer.must(receive(2, 1));
    command.receipt = nth<PurchaseReceiptId>(2);
    buyer.must(send_back(1, 2, "1"));
    buyer.refuses(command, supplier_return_exists);
    command.supplier_return = nth<SupplierReturnId>(1'002);
    buyer.refuses(command, ledger::date_outside_calendar);
    command.date = day("2026-02-01");
    buyer.refuses(command, purchase_receipt_line_unknown);
    command.lines[0].line = 1;
    buyer.refuses(command, inventory::quantity_not_positive);
    command.lines[0].quantity = pcs("0.5");
    buyer.refuses(command, inventory::quantity_not_whole);
    command.lines[0].quantity = pcs("10");
    buyer.refuses(command, returned_beyond_receipt);
    command.lines[0].quantity = pcs("1");
    command.lines.push_back(command.lines[0]);
    buyer.refuses(command, returned_line_twice);
    command.lines.pop_back();
    for (std::int64_t period = 2; period <= 12; ++period)
        buyer.must(ledger::ClosePeriod{acme, {"2026"}, period});
    buyer.refuses(command, inventory::stock_day_closed);
}
