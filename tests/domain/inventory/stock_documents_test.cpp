// Stock documents: what they post, late and corrected ones too, and why one may not be.
#include "domain/inventory/stock_documents.h"

#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

// 10 at 10 on 5 January, 10 at 20 on the 8th, 15 out on the 10th.
void move_in_january(Books& books) {
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-08", "10", "200.00"));
    books.must(issue(3, "2026-01-10", "15"));
    CHECK(books.balance("1200", "2026-01-31") == 75'00);
    CHECK(books.balance("5000", "2026-01-31") == 225'00);
}

}  // namespace

TEST_CASE("a price that was wrong is posted on the days of what it changes") {
    Books books;
    move_in_january(books);
    books.must(correct_cost(1, "150.00"));
    CHECK(books.balance("1200", "2026-01-05") == 150'00);
    CHECK(books.balance("2200", "2026-01-05") == -150'00);
    CHECK(books.balance("1200", "2026-01-31") == 87'50);
    CHECK(books.balance("5000", "2026-01-31") == 262'50);
    CHECK(books.balance("2200", "2026-01-31") == -350'00);
}

TEST_CASE("in a closed month nothing changes: the first open day gets the difference") {
    Books books;
    move_in_january(books);
    books.must(ledger::ClosePeriod{acme, {"2026"}, 1});
    books.must(correct_cost(1, "150.00"));
    CHECK(books.balance("1200", "2026-01-31") == 75'00);
    CHECK(books.balance("1200", "2026-02-01") == 87'50);
    CHECK(books.balance("5000", "2026-02-01") == 262'50);
    CHECK(books.balance("2200", "2026-02-01") == -350'00);
}

TEST_CASE("any order of entering the same documents gives the same books") {
    Books in_order, backwards;
    in_order.must(receive(1, "2026-01-05", "10", "100.00"));
    in_order.must(receive(2, "2026-01-08", "10", "200.00"));
    in_order.must(issue(3, "2026-01-10", "5"));
    backwards.must(receive(2, "2026-01-08", "10", "200.00"));
    backwards.must(issue(3, "2026-01-10", "5"));
    backwards.must(receive(1, "2026-01-05", "10", "100.00"));
    for (const char* date : {"2026-01-05", "2026-01-08", "2026-01-10"})
        for (const char* account : {"1200", "5000", "2200"}) {
            CAPTURE(date, account);
            CHECK(in_order.balance(account, date) == backwards.balance(account, date));
        }
    CHECK(in_order.balance("1200", "2026-01-31") == 225'00);
}

TEST_CASE("what is reversed leaves nothing") {
    Books books;
    move_in_january(books);
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(3), "Never went"});
    CHECK(books.balance("1200", "2026-12-31") == 300'00);
    CHECK(books.balance("5000", "2026-12-31") == 0);
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(1), "Never came"});
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(2), "Never came"});
    CHECK(books.balance("1200", "2026-12-31") == 0);
    CHECK(books.balance("2200", "2026-12-31") == 0);
    books.must(receive(4, "2026-01-03", "1", "7.00"));
    CHECK(books.balance("1200", "2026-12-31") == 7'00);
}

TEST_CASE("an issue that leaves a later day with less than nothing is refused") {
    Books books;
    books.must(receive(1, "2026-03-01", "10", "100.00"));
    books.must(issue(2, "2026-03-10", "8"));
    const Objection short_of = books.refused(issue(3, "2026-03-05", "5"));
    CHECK(short_of.reason == &stock_insufficient);
    CHECK(short_of.about == "item mug, warehouse MAIN, -3 pcs, 2026-03-10");
    books.must(issue(3, "2026-03-05", "2"));
    CHECK(books.refused(issue(4, "2026-02-28", "1")).about ==
          "item mug, warehouse MAIN, -1 pcs, 2026-02-28");
    // A receipt can no longer be less than what went out.
    CorrectStockLine less{acme, nth<StockDocumentId>(1), 1, pcs("9"), {}, "Miscounted"};
    CHECK(books.refused(less).reason == &stock_insufficient);
}

TEST_CASE("FIFO and standard through documents") {
    Books fifo(items::CostingMethod::fifo);
    fifo.must(receive(1, "2026-01-05", "10", "100.00"));
    fifo.must(receive(2, "2026-01-08", "10", "150.00"));
    fifo.must(issue(3, "2026-01-10", "15"));
    CHECK(fifo.balance("1200", "2026-01-31") == 75'00);
    CorrectStockLine more{acme, nth<StockDocumentId>(1), 1, pcs("20"), eur("200.00"), "Recount"};
    fifo.must(more);
    CHECK(fifo.balance("1200", "2026-01-31") == 200'00);
    CHECK(fifo.balance("5000", "2026-01-31") == 150'00);
}
