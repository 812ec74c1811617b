// Negative stock where it is allowed, and when the ledger gets what is learned late.
#include "domain/inventory/stock_policy.h"

#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

TEST_CASE("what goes out before it came is provisional, and trued up by what covers it") {
    // Day -3 in 1 at 100, day -2 out 2, day -1 in 2 at 120, day 0 in 3 at 100: average 105, true-up
    // 20; the 120 changed to 130: 107.50, true-up 30; and back.
    Books books;
    books.must(receive(1, "2026-01-07", "1", "100.00"));
    CHECK(books.refused(issue(2, "2026-01-08", "2")).reason == &stock_insufficient);
    books.must(SetNegativeStock{acme, {}, NegativeStock::provisional});
    books.must(issue(2, "2026-01-08", "2"));
    CHECK(books.balance("1200", "2026-01-31") == -100'00);
    books.must(receive(3, "2026-01-09", "2", "240.00"));
    CHECK(books.balance("5000", "2026-01-31") == 220'00);
    books.must(receive(4, "2026-01-10", "3", "300.00"));
    CHECK(books.balance("1200", "2026-01-31") == 420'00);
    books.must(correct_cost(3, "260.00"));
    CHECK(books.balance("1200", "2026-01-31") == 430'00);
    CHECK(books.balance("5000", "2026-01-31") == 230'00);
    books.must(correct_cost(3, "240.00"));
    CHECK(books.balance("1200", "2026-01-31") == 420'00);
}

TEST_CASE("of what never was in stock, the standard is the cost, else the purchase price") {
    Books books;
    books.must(SetNegativeStock{acme, WarehouseCode{"MAIN"}, NegativeStock::provisional});
    IssueStock first = issue(1, "2026-01-05", "2");
    CHECK(books.refused(first).reason == &cost_missing);
    first.lines[0].purchase_price = test::money("1.00", "USD");
    CHECK(books.refused(first).reason == &cost_not_in_base_currency);
    first.lines[0].purchase_price = eur("-1.00");
    CHECK(books.refused(first).reason == &cost_negative);
    first.lines[0].purchase_price = eur("14.00");
    books.must(first);
    CHECK(books.balance("5000", "2026-01-31") == 14'00);
    books.must(standard("2026-01-01", "6.00"));
    CHECK(books.balance("5000", "2026-01-31") == 12'00);
    books.must(receive(2, "2026-01-07", "5", "40.00"));
    CHECK(books.balance("5000", "2026-01-31") == 16'00);
    CHECK(books.balance("1200", "2026-01-31") == 24'00);
}

TEST_CASE("what is less than nothing already stays, but no move makes it less once forbidden") {
    Books books;
    books.must(SetNegativeStock{acme, {}, NegativeStock::provisional});
    books.must(receive(1, "2026-01-05", "1", "10.00"));
    books.must(issue(2, "2026-01-06", "5"));
    books.must(SetNegativeStock{acme, {}, NegativeStock::forbidden});
    CHECK(books.refused(issue(3, "2026-01-07", "1")).reason == &stock_insufficient);
    books.must(receive(4, "2026-01-07", "3", "30.00"));
    books.must(correct_cost(4, "33.00"));
    CorrectStockLine less{acme, nth<StockDocumentId>(2), 1, pcs("4"), {}, "Miscounted"};
    books.must(less);
    CHECK(books.balance("1200", "2026-01-31") == 0);
}

TEST_CASE("a warehouse's own policy comes before the company's") {
    Books books;
    books.must(SetNegativeStock{acme, {}, NegativeStock::provisional});
    books.must(SetNegativeStock{acme, WarehouseCode{"MAIN"}, NegativeStock::forbidden});
    books.must(receive(1, "2026-01-05", "1", "10.00"));
    CHECK(books.refused(issue(2, "2026-01-06", "2")).reason == &stock_insufficient);
}

TEST_CASE("forward, what is learned late is posted in the period in which it is learned") {
    Books books;  // it is 1 February
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-08", "10", "200.00"));
    books.must(issue(3, "2026-01-10", "15"));
    CHECK(books.balance("1200", "2026-01-31") == 75'00);
    books.must(SetLatePosting{acme, LatePosting::forward});
    books.must(correct_cost(1, "150.00"));
    CHECK(books.balance("1200", "2026-01-31") == 75'00);
    CHECK(books.balance("1200", "2026-02-01") == 87'50);
    CHECK(books.balance("5000", "2026-02-01") == 262'50);
    books.must(SetLatePosting{acme, LatePosting::restated});
    books.must(correct_cost(1, "100.00"));
    CHECK(books.balance("1200", "2026-01-31") == 62'50);
}

TEST_CASE("a policy is refused for the first of its faults") {
    Books books;
    SetNegativeStock negative{{"OTHER"}, WarehouseCode{"none"}, NegativeStock::provisional};
    CHECK(books.refused(negative).reason == &companies::company_unknown);
    negative.company = acme;
    CHECK(books.refused(negative).reason == &warehouse_unknown);
    negative.warehouse.reset();
    books.must(negative);
    CHECK(books.refused(negative).reason == &stock_policy_unchanged);
    SetLatePosting late{{"OTHER"}, LatePosting::restated};
    CHECK(books.refused(late).reason == &companies::company_unknown);
    late.company = acme;
    CHECK(books.refused(late).reason == &stock_policy_unchanged);
}
