// Write-downs to net realisable value (IAS 2.28 to 2.34), apart from cost.
#include "domain/inventory/write_downs.h"

#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

SetWriteDownAccounts accounts() { return {acme, {{"1590"}, {"5700"}}}; }

}  // namespace

TEST_CASE("stock is written down to what can be got for it, and back at most to cost") {
    Books books;
    books.must(accounts());
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(assess("2026-01-31", "7.00"));
    CHECK(books.balance("1200", "2026-01-31") == 100'00);
    CHECK(books.balance("1590", "2026-01-30") == 0);
    CHECK(books.balance("1590", "2026-01-31") == -30'00);
    CHECK(books.balance("5700", "2026-01-31") == 30'00);

    SECTION("what is sold takes its part along") {
        books.must(issue(2, "2026-02-01", "4"));
        CHECK(books.balance("1590", "2026-02-01") == -18'00);
        CHECK(books.balance("5000", "2026-02-01") == 28'00);
        books.must(issue(3, "2026-02-01", "6"));
        CHECK(books.balance("1590", "2026-02-01") == 0);
        CHECK(books.balance("5000", "2026-02-01") == 70'00);
        CHECK(books.balance("5700", "2026-02-01") == 30'00);
    }
    SECTION("a better market takes it back in part, and then to cost and not beyond") {
        books.must(assess("2026-02-10", "9.00"));
        CHECK(books.balance("5700", "2026-02-10") == 10'00);
        books.must(assess("2026-02-20", "15.00"));
        CHECK(books.balance("1590", "2026-02-20") == 0);
        CHECK(books.balance("5700", "2026-02-20") == 0);
        CHECK(books.balance("1200", "2026-02-20") == 100'00);
    }
    SECTION("what is learned late of cost is written down with it") {
        books.must(correct_cost(1, "120.00"));
        CHECK(books.balance("1200", "2026-01-31") == 120'00);
        CHECK(books.balance("1590", "2026-01-31") == -50'00);
        books.must(issue(2, "2026-01-20", "5"));
        CHECK(books.balance("1590", "2026-01-31") == -25'00);
    }
    SECTION("withdrawn, it never was") {
        books.must(WithdrawAssessment{acme, {"mug"}, day("2026-01-31"), "Wrong item"});
        CHECK(books.balance("1590", "2026-01-31") == 0);
        CHECK(books.refused(WithdrawAssessment{acme, {"mug"}, day("2026-01-31"), "Why"}).reason ==
              &assessment_unknown);
    }
}

TEST_CASE("an assessment is refused for the first of its faults") {
    Books books;
    SetWriteDownAccounts set{{"OTHER"}, {{"none"}, {"5"}}};
    CHECK(books.refused(set).reason == &companies::company_unknown);
    set.company = acme;
    CHECK(books.refused(set).reason == &ledger::account_unknown);
    set.accounts.allowance = {"1590"};
    CHECK(books.refused(set).reason == &ledger::account_is_summary);
    AssessStock command = assess("2031-01-01", "-1.00");
    command.company = {"OTHER"};
    command.per = pcs("0");
    command.item = {"none"};
    CHECK(books.refused(command).reason == &companies::company_unknown);
    command.company = acme;
    CHECK(books.refused(command).reason == &items::item_unknown);
    command.item = {"mug"};
    CHECK(books.refused(command).reason == &write_down_accounts_missing);
    books.must(accounts());
    CHECK(books.refused(accounts()).reason == &write_down_accounts_unchanged);
    CHECK(books.refused(command).reason == &never_in_stock);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    CHECK(books.refused(command).reason == &quantity_not_positive);
    command.per = pcs("0.5");
    CHECK(books.refused(command).reason == &quantity_not_whole);
    command.per = pcs("1");
    CHECK(books.refused(command).reason == &cost_negative);
    command.realisable = test::money("1.00", "USD");
    CHECK(books.refused(command).reason == &cost_not_in_base_currency);
    command.realisable = eur("1.00");
    CHECK(books.refused(command).reason == &ledger::date_outside_calendar);
    command.date = day("2026-01-31");
    books.must(command);
    CHECK(books.refused(command).reason == &assessment_unchanged);
}
