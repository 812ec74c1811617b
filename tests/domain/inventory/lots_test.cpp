// Lots and serial numbers: which goes first, which no more, and that a piece is at one place.
#include "domain/inventory/lots.h"

#include "domain/inventory/reservations.h"
#include "domain/inventory/transfers.h"
#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

void create(Books& books, const char* code, items::Tracking tracking, std::int64_t keeps = 0) {
    items::CreateItem item;
    item.company = acme;
    item.item = {code};
    item.name = code;
    item.base_unit = pieces();
    item.tracking = tracking;
    item.shelf_life_days = keeps;
    books.must(item);
}
ReceiveStock receive_lot(std::uint64_t document, const char* item, const char* lot,
                         std::string_view date, std::string_view quantity) {
    ReceiveStock command = receive(document, date, quantity, "10.00");
    command.lines[0].item = {item};
    command.lines[0].lot = LotCode{lot};
    return command;
}
IssueStock issue_lot(std::uint64_t document, const char* item, const char* lot,
                     std::string_view date, std::string_view quantity) {
    IssueStock command = issue(document, date, quantity);
    command.lines[0].item = {item};
    command.lines[0].lot = LotCode{lot};
    return command;
}
std::string picks(const Books& books, std::string_view wanted, std::string_view on) {
    std::string text;
    for (const KeptStock& pick :
         picks_of(books.world(), acme, {"honey"}, {}, pcs(wanted).micro, day(on)))
        text += (text.empty() ? "" : ", ") + pick.place.lot->text + " " +
                std::to_string(pick.quantity / 1'000'000);
    return text;
}

}  // namespace

TEST_CASE("what expires first goes out first") {
    const auto kept = [](const char* lot, std::int64_t quantity, const char* expires) {
        return KeptStock{{{"MAIN"}, LotCode{lot}},
                         quantity,
                         expires ? std::optional(day(expires)) : std::nullopt};
    };
    const std::vector<KeptStock> stock{kept("good", 9, nullptr), kept("late", 4, "2026-09-01"),
                                       kept("past", 7, "2026-01-31"), kept("soon", 5, "2026-02-01"),
                                       kept("none", 0, "2026-02-02")};
    const Date on = day("2026-02-01");
    CHECK(first_expired_first_out(stock, 7, on) ==
          std::vector{kept("soon", 5, "2026-02-01"), kept("late", 2, "2026-09-01")});
    CHECK(first_expired_first_out(stock, 100, on) == std::vector{kept("soon", 5, "2026-02-01"),
                                                                 kept("late", 4, "2026-09-01"),
                                                                 kept("good", 9, nullptr)});
    CHECK(first_expired_first_out(stock, 0, on).empty());
}

TEST_CASE("a lot keeps as its receipt says, else for the shelf life of its item") {
    Books books;
    create(books, "honey", items::Tracking::lot, 30);
    books.must(receive_lot(1, "honey", "B", "2026-01-10", "5"));  // through 9 February
    ReceiveStock said = receive_lot(2, "honey", "A", "2026-01-01", "5");
    said.lines[0].expires = day("2026-03-01");
    books.must(said);
    CHECK(picks(books, "8", "2026-02-01") == "B 5, A 3");
    CHECK(picks(books, "8", "2026-02-09") == "B 5, A 3");
    CHECK(picks(books, "8", "2026-02-10") == "A 5");
    // More of a lot that is known keeps as it does.
    books.must(receive_lot(3, "honey", "B", "2026-01-20", "1"));
    CHECK(picks(books, "8", "2026-02-10") == "A 5");
    books.must(SetLotExpiry{acme, {"honey"}, {"B"}, day("2026-12-31")});
    CHECK(picks(books, "8", "2026-02-10") == "A 5, B 3");
    CHECK(available_of(books.world(), acme, {"honey"}, {}, day("2026-03-01")) == pcs("11"));
    CHECK(available_of(books.world(), acme, {"honey"}, {}, day("2026-03-02")) == pcs("6"));
}

TEST_CASE("what has expired is issued for no order, unless the company sells it") {
    Books books;
    create(books, "honey", items::Tracking::lot, 30);
    books.must(receive_lot(1, "honey", "B", "2026-01-10", "5"));
    IssueStock sale = issue_lot(2, "honey", "B", "2026-02-10", "1");
    sale.lines[0].order = OrderLineRef{nth<OrderReference>(1), 1};
    const Objection expired = books.refused(sale);
    CHECK(expired.reason == &lot_expired);
    CHECK(expired.about == "item honey, lot B, 2026-02-09");
    sale.date = day("2026-02-09");
    books.must(sale);
    IssueStock scrap = issue_lot(3, "honey", "B", "2026-02-10", "1");
    books.must(scrap);
    CHECK(books.refused(SetExpiryPolicy{{"OTHER"}, true}).reason == &companies::company_unknown);
    CHECK(books.refused(SetExpiryPolicy{acme, false}).reason == &expiry_policy_unchanged);
    books.must(SetExpiryPolicy{acme, true});
    sale.document = nth<StockDocumentId>(4);
    sale.date = day("2026-02-10");
    books.must(sale);
    CHECK(books.refused(SetLotExpiry{acme, {"honey"}, {"C"}, {}}).reason == &lot_unknown);
    CHECK(books.refused(SetLotExpiry{acme, {"honey"}, {"B"}, day("2026-02-09")}).reason ==
          &lot_expiry_unchanged);
}

TEST_CASE("a piece with a serial number is one piece at one place") {
    Books books;
    create(books, "watch", items::Tracking::serial);
    ReceiveStock receipt = receive_lot(1, "watch", "S1", "2026-01-05", "2");
    CHECK(books.refused(receipt).reason == &serial_not_single);
    receipt.lines[0].quantity = pcs("1");
    receipt.lines.push_back(receipt.lines[0]);
    const Objection twice = books.refused(receipt);
    CHECK(twice.reason == &serial_in_stock);
    CHECK(twice.pointer == "/lines/1");
    receipt.lines.pop_back();
    books.must(receipt);
    CHECK(books.refused(receive_lot(2, "watch", "S1", "2026-01-06", "1")).reason ==
          &serial_in_stock);
    CHECK(books.refused(issue_lot(2, "watch", "S1", "2026-01-06", "2")).reason ==
          &serial_not_single);
    CHECK(books.refused(CorrectStockLine{acme, nth<StockDocumentId>(1), 1, pcs("2"), {}, "Why"})
              .reason == &serial_not_single);
    books.must(issue_lot(2, "watch", "S1", "2026-01-06", "1"));
    books.must(receive_lot(3, "watch", "S1", "2026-01-07", "1"));
    // It came again, so it had gone.
    CHECK(books.refused(ReverseStockDocument{acme, nth<StockDocumentId>(2), "Why"}).reason ==
          &serial_in_stock);
}
