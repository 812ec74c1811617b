// Counts say what was there: what they find more or less follows from the moves before them.
#include "domain/inventory/counts.h"

#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

std::int64_t on_hand(const Books& books) {
    const OnHand* there =
        books.world().of<StocksOnHand>().find({acme, {"mug"}, {{"MAIN"}, std::nullopt}});
    return there ? there->quantity / 1'000'000 : 0;
}

}  // namespace

TEST_CASE("a count finds more than the books: the gain is worth what stock costs") {
    Books books;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(count(2, "2026-01-10", "12"));
    CHECK(on_hand(books) == 12);
    CHECK(books.balance("1200", "2026-01-31") == 120'00);
    CHECK(books.balance("5000", "2026-01-31") == -20'00);

    SECTION("a late receipt of the day before: the gain is none, and 12 are there") {
        books.must(receive(3, "2026-01-09", "2", "20.00"));
        CHECK(on_hand(books) == 12);
        CHECK(books.balance("1200", "2026-01-31") == 120'00);
        CHECK(books.balance("5000", "2026-01-31") == 0);
        CHECK(books.balance("2200", "2026-01-31") == -120'00);
    }
    SECTION("late moves behind the count leave it alone") {
        books.must(receive(3, "2026-01-11", "2", "20.00"));
        CHECK(on_hand(books) == 14);
        CHECK(books.balance("5000", "2026-01-31") == -20'00);
    }
    SECTION("a late issue before it makes the gain larger") {
        books.must(issue(3, "2026-01-08", "4"));
        CHECK(on_hand(books) == 12);
        CHECK(books.balance("1200", "2026-01-31") == 120'00);
        CHECK(books.balance("5000", "2026-01-08") == 40'00);
        CHECK(books.balance("5000", "2026-01-31") == -20'00);
    }
    SECTION("it is put right at its own place") {
        books.must(CorrectStockLine{acme, nth<StockDocumentId>(2), 1, pcs("9"), {}, "Once more"});
        CHECK(on_hand(books) == 9);
        CHECK(books.balance("5000", "2026-01-31") == 10'00);
        books.must(CorrectStockLine{acme, nth<StockDocumentId>(2), 1, pcs("0"), {}, "Stolen"});
        CHECK(on_hand(books) == 0);
        CHECK(books.balance("1200", "2026-01-31") == 0);
    }
    SECTION("reversed, it never was") {
        books.must(receive(3, "2026-01-09", "2", "20.00"));
        books.must(ReverseStockDocument{acme, nth<StockDocumentId>(2), "Not counted"});
        CHECK(on_hand(books) == 12);
        CHECK(books.balance("5000", "2026-01-31") == 0);
        books.must(receive(4, "2026-01-09", "1", "10.00"));
        CHECK(on_hand(books) == 13);
    }
}

TEST_CASE("each count takes up what was otherwise before it") {
    Books books;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(count(2, "2026-01-20", "8"));
    CHECK(books.balance("5000", "2026-01-31") == 20'00);
    // Known later: half way there were 9, so one was lost before and one after.
    books.must(count(3, "2026-01-10", "9"));
    CHECK(on_hand(books) == 8);
    CHECK(books.balance("5000", "2026-01-10") == 10'00);
    CHECK(books.balance("5000", "2026-01-31") == 20'00);
    books.must(issue(4, "2026-01-15", "1"));
    CHECK(books.balance("5000", "2026-01-31") == 20'00);
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(3), "Wrong shelf"});
    CHECK(books.balance("5000", "2026-01-10") == 0);
    CHECK(books.balance("5000", "2026-01-31") == 20'00);
    CHECK(on_hand(books) == 8);
}

TEST_CASE("a count is by warehouse: what lies elsewhere is not touched") {
    Books books;
    books.must(OpenWarehouse{acme, {"SHOP"}, "Shop"});
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    ReceiveStock elsewhere = receive(2, "2026-01-06", "5", "50.00");
    elsewhere.lines[0].warehouse = {"SHOP"};
    books.must(elsewhere);
    books.must(count(3, "2026-01-10", "9"));
    CHECK(books.balance("1200", "2026-01-31") == 140'00);
    elsewhere.document = nth<StockDocumentId>(4);
    books.must(elsewhere);
    CHECK(on_hand(books) == 9);
    CHECK(books.balance("5000", "2026-01-31") == 10'00);
}

TEST_CASE("a day that only its count saves from less than nothing refuses what is before it") {
    Books books;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(count(2, "2026-01-10", "12"));
    const Objection refused = books.refused(issue(3, "2026-01-09", "11"));
    CHECK(refused.reason == &stock_insufficient);
    CHECK(refused.about == "item mug, warehouse MAIN, -1 pcs, 2026-01-09");
    books.must(issue(3, "2026-01-11", "11"));
}

TEST_CASE("a count is refused for the first of its faults") {
    Books books;
    CountStock command = count(1, "2026-01-10", "12");
    command.company = {"OTHER"};
    CHECK(books.refused(command).reason == &companies::company_unknown);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    command.company = acme;
    command.counterpart = ledger::AccountCode{"none"};
    CHECK(books.refused(command).reason == &stock_document_exists);
    command.document = nth<StockDocumentId>(2);
    CHECK(books.refused(command).reason == &ledger::account_unknown);
    command.counterpart.reset();
    command.lines.push_back(command.lines[0]);
    command.lines[1].item = {"none"};
    CHECK(books.refused(command).pointer == "/lines/1");
    command.lines[1].item = {"mug"};
    command.lines[1].counted = pcs("-1");
    CHECK(books.refused(command).reason == &counted_negative);
    command.lines[1].counted = pcs("0.5");
    CHECK(books.refused(command).reason == &quantity_not_whole);
    command.lines[1].counted = pcs("1");
    const Objection twice = books.refused(command);
    CHECK(twice.reason == &counted_twice);
    CHECK(twice.pointer == "/lines/1");
    command.lines.pop_back();
    command.date = day("2031-01-01");
    CHECK(books.refused(command).reason == &ledger::date_outside_calendar);
    command.date = day("2026-01-04");
    CHECK(books.refused(command).reason == &cost_missing);
    CorrectStockLine less{acme, nth<StockDocumentId>(3), 1, pcs("-1"), {}, "Why"};
    books.must(count(3, "2026-01-10", "12"));
    CHECK(books.refused(less).reason == &counted_negative);
}
