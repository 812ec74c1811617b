// What comes back comes back at what it cost when it went, whichever document says so.
#include "domain/inventory/returns.h"

#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

IssueStock sold(std::uint64_t document, std::string_view date, std::string_view quantity,
                std::string_view to) {
    IssueStock sold = issue(document, date, quantity);
    sold.customer = parties::PartyCode{std::string(to)};
    return sold;
}
TakeBackStock back_from(std::uint64_t document, std::string_view date, std::string_view quantity,
                        std::string_view from) {
    TakeBackStock back = take_back(document, date, quantity);
    back.customer = parties::PartyCode{std::string(from)};
    return back;
}

}  // namespace

TEST_CASE("a return takes the cost of the issue that it names") {
    Books average;
    average.must(receive(1, "2026-01-01", "1", "10.00"));
    average.must(receive(2, "2026-01-02", "1", "20.00"));
    average.must(issue(3, "2026-01-03", "1"));
    TakeBackStock back = take_back(4, "2026-01-04", "1");
    back.lines[0].issue = line_of(3);
    average.must(back);
    CHECK(average.balance("1200", "2026-01-31") == 30'00);

    Books fifo(items::CostingMethod::fifo);
    fifo.must(receive(1, "2026-01-01", "10", "100.00"));
    fifo.must(issue(3, "2026-01-02", "10"));
    fifo.must(receive(2, "2026-01-03", "10", "200.00"));
    back = take_back(4, "2026-01-04", "10");
    back.lines[0].issue = line_of(3);
    fifo.must(back);
    CHECK(fifo.balance("1200", "2026-01-31") == 300'00);
    CHECK(fifo.refused(ReverseStockDocument{acme, nth<StockDocumentId>(3), "Why"}).reason ==
          &returned_before_source);
    fifo.must(correct_cost(1, "110.00"));
    CHECK(fifo.balance("1200", "2026-01-31") == 310'00);
    CHECK(fifo.balance("5000", "2026-01-31") == 0);
}

TEST_CASE("a return that names none comes back from the customer's oldest issues") {
    Books books(items::CostingMethod::fifo);
    books.must(customer("ANN"));
    books.must(customer("BEN"));
    books.must(receive(1, "2026-01-01", "10", "100.00"));
    books.must(receive(2, "2026-01-02", "10", "200.00"));
    books.must(sold(3, "2026-01-03", "5", "BEN"));
    books.must(sold(4, "2026-01-04", "3", "ANN"));       // at 10
    books.must(sold(5, "2026-01-05", "4", "ANN"));       // 2 at 10, 2 at 20
    books.must(back_from(6, "2026-01-10", "4", "ANN"));  // 3 at 10 and one of the four, at 15
    CHECK(books.balance("5000", "2026-01-09") == 140'00);
    CHECK(books.balance("5000", "2026-01-10") == 95'00);
    const auto parts = [&](std::uint64_t document) {
        return books.world()
            .of<StockDocuments>()
            .find({acme, nth<StockDocumentId>(document)})
            ->lines[0]
            .parts;
    };
    REQUIRE(parts(6).size() == 2);
    CHECK(parts(6)[0].of == line_of(4));
    CHECK(parts(6)[1].quantity == pcs("1"));

    SECTION("what matches none comes back at what stock costs") {
        books.must(back_from(7, "2026-01-11", "5", "ANN"));  // 3 at 15; 2 match none
        CHECK(parts(7).size() == 1);
        CHECK(parts(7)[0].quantity == pcs("3"));
        // There were 8 at 20 and 4 worth 45: 205 for 12, so 2 are worth 34.17.
        CHECK(books.balance("5000", "2026-01-11") == 95'00 - 45'00 - 34'17);
        // A sale that comes to light matches them.
        books.must(sold(8, "2026-01-06", "2", "ANN"));
        CHECK(parts(7).size() == 2);
        CHECK(books.balance("5000", "2026-01-11") == 95'00 + 40'00 - 45'00 - 40'00);
    }
    SECTION("an older issue that comes to light comes back first, also from returns of before") {
        books.must(sold(8, "2026-01-02", "1", "ANN"));
        CHECK(parts(6)[0].of == line_of(8));
        books.must(ReverseStockDocument{acme, nth<StockDocumentId>(8), "Why"});
        CHECK(parts(6)[0].of == line_of(4));
        CHECK(books.balance("5000", "2026-01-10") == 95'00);
    }
    SECTION("what is named is not there for others") {
        TakeBackStock named = take_back(7, "2026-01-20", "3");
        named.lines[0].issue = line_of(4);
        books.must(named);
        REQUIRE(parts(6).size() == 1);
        CHECK(parts(6)[0].of == line_of(5));
        named.document = nth<StockDocumentId>(9);
        CHECK(books.refused(named).reason == &returned_beyond_source);
    }
    SECTION("a return of nobody matches none") {
        books.must(take_back(7, "2026-01-20", "1"));
        CHECK(parts(7).empty());
    }
}

TEST_CASE("a return to the supplier leaves at its receipt's cost") {
    Books books;
    books.must(receive(1, "2026-01-01", "10", "100.00"));
    books.must(receive(2, "2026-01-02", "10", "200.00"));
    books.must(send_back(3, "2026-01-03", 2, "10"));
    CHECK(books.balance("1200", "2026-01-31") == 100'00);
    CHECK(books.balance("2200", "2026-01-31") == -100'00);
    CHECK(books.refused(send_back(4, "2026-01-04", 2, "1")).reason == &returned_beyond_source);
    CHECK(books.refused(CorrectStockLine{acme, nth<StockDocumentId>(2), 1, pcs("9"), {}, "Why"})
              .reason == &returned_beyond_source);
    CHECK(books.refused(ReverseStockDocument{acme, nth<StockDocumentId>(2), "Why"}).reason ==
          &returned_before_source);
}

TEST_CASE("a return from a customer is refused for the first of its faults") {
    Books books;
    books.must(customer("ANN"));
    books.must(customer("BEN"));
    TakeBackStock command = back_from(1, "2026-01-03", "10", "none");
    command.company = {"OTHER"};
    CHECK(books.refused(command).reason == &companies::company_unknown);
    command.company = acme;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    CHECK(books.refused(command).reason == &stock_document_exists);
    command.document = nth<StockDocumentId>(9);
    command.counterpart = ledger::AccountCode{"none"};
    CHECK(books.refused(command).reason == &ledger::account_unknown);
    command.counterpart.reset();
    CHECK(books.refused(command).reason == &parties::party_unknown);
    command.customer = parties::PartyCode{"ANN"};
    command.lines[0].warehouse = {"none"};
    command.lines[0].issue = line_of(7);
    CHECK(books.refused(command).reason == &warehouse_unknown);
    command.lines[0].warehouse = {"MAIN"};
    CHECK(books.refused(command).reason == &source_line_unknown);
    books.must(sold(2, "2026-01-05", "4", "BEN"));
    command.lines[0].issue = line_of(2);
    CHECK(books.refused(command).reason == &source_line_unfit);
    command.customer.reset();
    command.lines[0].issue = line_of(1);
    CHECK(books.refused(command).reason == &source_line_unfit);
    command.lines[0].issue = line_of(2);
    CHECK(books.refused(command).reason == &returned_before_source);
    command.date = day("2026-01-06");
    CHECK(books.refused(command).reason == &returned_beyond_source);
    command.lines[0].quantity = pcs("1");
    command.date = day("2031-01-01");
    CHECK(books.refused(command).reason == &ledger::date_outside_calendar);
    command.date = day("2026-01-06");
    books.must(command);

    IssueStock to_nobody = sold(20, "2026-01-06", "1", "none");
    CHECK(books.refused(to_nobody).reason == &parties::party_unknown);
}

TEST_CASE("what is costed apart does not come back elsewhere") {
    Books books;
    items::SetCosting costing;
    costing.company = acme;
    costing.from = day("2026-01-01");
    costing.method = items::CostingMethod::moving_average;
    costing.area = items::ValuationArea::warehouse;
    books.must(costing);
    books.must(OpenWarehouse{acme, {"SHOP"}, "Shop"});
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(issue(2, "2026-01-06", "4"));
    TakeBackStock back = take_back(3, "2026-01-07", "1");
    back.lines[0].issue = line_of(2);
    back.lines[0].warehouse = {"SHOP"};
    CHECK(books.refused(back).reason == &source_costed_apart);
    SendBackStock send = send_back(4, "2026-01-07", 1, "1");
    send.lines[0].warehouse = WarehouseCode{"SHOP"};
    CHECK(books.refused(send).reason == &source_costed_apart);
    send.lines[0].receipt = line_of(2);
    CHECK(books.refused(send).reason == &source_line_unfit);
    send.lines[0].receipt = line_of(7);
    CHECK(books.refused(send).reason == &source_line_unknown);
    send = send_back(4, "2026-01-04", 1, "1");
    CHECK(books.refused(send).reason == &stock_insufficient);
}
