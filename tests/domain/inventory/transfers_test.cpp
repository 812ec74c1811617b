// Goods that are put elsewhere: what each place has, and that they are worth what they were.
#include "domain/inventory/transfers.h"

#include "tests/domain/inventory/stocked_company.h"
#include "tests/support/dice.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

// What lies where, in the order of places: "MAIN 4, MAIN A-1 6, SHOP transit 2".
std::string places(const Books& books, bool with_transfer = false) {
    static constexpr const char* states[] = {"", " inspection", " blocked", " transit"};
    std::string text;
    books.world().of<StocksOnHand>().each_from({}, [&](const OnHandKey& key, const OnHand& there) {
        const StockPlace& place = key.place;
        text += (text.empty() ? "" : ", ") + place.warehouse.text;
        if (place.location && (with_transfer || place.state != StockState::transit))
            text += " " + place.location->text;
        text += states[static_cast<int>(place.state)];
        text += " " + std::to_string(there.quantity / 1'000'000);
        return true;
    });
    return text;
}

StockDocumentId document(std::uint64_t number) { return nth<StockDocumentId>(number); }

void open_bins(Books& books) {
    books.must(OpenWarehouse{acme, {"SHOP"}, "Shop"});
    for (const char* bin : {"A-1", "A-2"})
        books.must(DefineLocation{acme, {"MAIN"}, {bin}, "Bin", LocationKind::bin, {}});
}
MoveStock move(std::uint64_t number, std::string_view date, std::string_view quantity) {
    MoveLine line;
    line.item = {"mug"};
    line.quantity = pcs(quantity);
    line.from = {"MAIN"};
    line.to_location = LocationCode{"A-1"};
    return {acme, document(number), day(date), {}, {line}, "Put away"};
}
SendTransfer send(std::uint64_t number, std::string_view date, std::string_view quantity) {
    return {acme,
            document(number),
            day(date),
            {},
            {"MAIN"},
            {"SHOP"},
            {{{"mug"}, pcs(quantity), {}, {}}},
            "To the shop"};
}
ReceiveTransfer arrive(std::uint64_t number, std::uint64_t transfer, std::string_view date,
                       std::string_view quantity) {
    return {acme,
            document(number),
            document(transfer),
            day(date),
            {},
            {{1, pcs(quantity), {}, StockState::free}},
            "Arrived"};
}
LoseTransfer lose(std::uint64_t number, std::uint64_t transfer, std::string_view date,
                  std::string_view quantity) {
    return {acme, document(number),  document(transfer), day(date), {}, {{1, pcs(quantity)}},
            {},   "Fell off the van"};
}
ChangeStockState put(std::uint64_t number, std::string_view date, std::string_view quantity,
                     StockState from, StockState to) {
    return {acme,
            document(number),
            day(date),
            {},
            {{{"mug"}, pcs(quantity), {}, {"MAIN"}, {}, from, to}},
            "Cracked"};
}

}  // namespace

TEST_CASE("goods are put away into bins, and a bin gives what it has") {
    Books books(items::CostingMethod::fifo);
    open_bins(books);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-06", "10", "200.00"));
    books.must(move(3, "2026-01-06", "15"));
    CHECK(places(books) == "MAIN 5, MAIN A-1 15");
    CHECK(books.balance("1200", "2026-12-31") == 300'00);
    CHECK(books.refused(issue(4, "2026-01-07", "6")).reason == &stock_insufficient);
    // The oldest layer goes first, whatever bin it is taken from: 10 at 10, 2 at 20.
    IssueStock from_bin = issue(4, "2026-01-07", "12");
    from_bin.lines[0].location = LocationCode{"A-1"};
    books.must(from_bin);
    CHECK(places(books) == "MAIN 5, MAIN A-1 3");
    CHECK(books.balance("5000", "2026-12-31") == 140'00);
    // A late move would leave less than nothing in the bin on the day of the issue.
    MoveStock late = move(5, "2026-01-06", "4");
    late.lines[0].from_location = LocationCode{"A-1"};
    late.lines[0].to_location = LocationCode{"A-2"};
    CHECK(books.refused(late).about ==
          "item mug, warehouse MAIN, location A-1, -1 pcs, 2026-01-07");
    CHECK(books.refused(ReverseStockDocument{acme, document(3), "Why"}).reason ==
          &stock_insufficient);
}

TEST_CASE("goods without a location lie in the warehouse's default location") {
    Books books;
    open_bins(books);
    books.must(receive(1, "2026-01-05", "4", "40.00"));
    books.must(SetDefaultLocation{acme, {"MAIN"}, LocationCode{"A-1"}});
    books.must(receive(2, "2026-01-05", "6", "60.00"));
    books.must(issue(3, "2026-01-06", "1"));
    CHECK(places(books) == "MAIN 4, MAIN A-1 5");
    // A move says exactly where from.
    books.must(move(4, "2026-01-06", "4"));
    CHECK(places(books) == "MAIN A-1 9");
    books.must(SetDefaultLocation{acme, {"MAIN"}, {}});
    CHECK(books.refused(issue(5, "2026-01-07", "1")).reason == &stock_insufficient);
}

TEST_CASE("what is sent is in transit until it arrives, in parts, or is lost") {
    Books books;
    open_bins(books);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(receive(2, "2026-01-05", "10", "200.00"));
    books.must(send(3, "2026-01-10", "8"));
    CHECK(places(books) == "MAIN 12, SHOP transit 8");
    CHECK(books.balance("1200", "2026-12-31") == 300'00);
    CHECK(books.refused(arrive(4, 3, "2026-01-09", "1")).reason == &stock_insufficient);
    books.must(arrive(4, 3, "2026-01-12", "5"));
    CHECK(places(books) == "MAIN 12, SHOP 5, SHOP transit 3");
    CHECK(books.refused(arrive(5, 3, "2026-01-13", "4")).reason == &stock_insufficient);
    books.must(arrive(5, 3, "2026-01-10", "1"));
    // Two fell off the van, at 15 each.
    books.must(lose(6, 3, "2026-01-14", "2"));
    CHECK(places(books) == "MAIN 12, SHOP 6");
    CHECK(books.balance("1200", "2026-12-31") == 270'00);
    CHECK(books.balance("5000", "2026-12-31") == 30'00);
    // The price was another: what was lost follows, what was sent stays stock.
    books.must(correct_cost(1, "160.00"));
    CHECK(books.balance("1200", "2026-12-31") == 324'00);
    CHECK(books.balance("5000", "2026-12-31") == 36'00);
    CHECK(books.refused(ReverseStockDocument{acme, document(3), "Why"}).reason ==
          &stock_insufficient);
    books.must(ReverseStockDocument{acme, document(6), "Found"});
    CHECK(places(books) == "MAIN 12, SHOP 6, SHOP transit 2");
}

TEST_CASE("no transfer takes what another one sent") {
    Books books;
    open_bins(books);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(send(2, "2026-01-06", "3"));
    books.must(send(3, "2026-01-06", "4"));
    CHECK(books.refused(arrive(4, 2, "2026-01-07", "4")).reason == &stock_insufficient);
    books.must(arrive(4, 3, "2026-01-07", "4"));
    CHECK(books.refused(arrive(5, 3, "2026-01-07", "1")).reason == &stock_insufficient);
}

TEST_CASE("what is blocked stays blocked until somebody says why not") {
    Books books;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(put(2, "2026-01-06", "4", StockState::free, StockState::inspection));
    books.must(put(3, "2026-01-07", "3", StockState::inspection, StockState::blocked));
    CHECK(places(books) == "MAIN 6, MAIN inspection 1, MAIN blocked 3");
    CHECK(books.refused(issue(4, "2026-01-08", "7")).reason == &stock_insufficient);
    // Scrap is issued from blocked stock, for no order.
    IssueStock scrap = issue(4, "2026-01-08", "2");
    scrap.lines[0].state = StockState::blocked;
    scrap.lines[0].order = OrderLineRef{nth<OrderReference>(1), 1};
    CHECK(books.refused(scrap).reason == &stock_not_free);
    scrap.lines[0].order.reset();
    books.must(scrap);
    CHECK(places(books) == "MAIN 6, MAIN inspection 1, MAIN blocked 1");
    CHECK(books.balance("5000", "2026-12-31") == 20'00);
}

TEST_CASE("a move is refused for the first of its faults") {
    Books books;
    open_bins(books);
    MoveStock command = move(1, "2031-01-01", "-1");
    command.company = {"OTHER"};
    const auto refused = [&](const Reason& reason) {
        CHECK(books.refused(command).reason == &reason);
    };
    refused(companies::company_unknown);
    command.company = acme;
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    refused(stock_document_exists);
    command.document = document(2);
    MoveLine& line = command.lines[0];
    const auto create = [&](const char* code, items::ItemKind kind, bool is_template, bool draft,
                            items::Tracking tracking) {
        items::CreateItem item;
        item.company = acme;
        item.item = {code};
        item.name = code;
        item.kind = kind;
        item.base_unit = pieces();
        item.is_template = is_template;
        item.draft = draft;
        item.tracking = tracking;
        books.must(item);
        line.item = {code};
    };
    using items::ItemKind;
    using items::Tracking;
    line.from = {"NOWHERE"};
    line.from_location = LocationCode{"B-9"};
    line.state = StockState::transit;
    line.lot = LotCode{"L"};
    line.item = {"none"};
    refused(items::item_unknown);
    create("form", ItemKind::goods, true, false, Tracking::none);
    refused(items::item_is_template);
    create("work", ItemKind::service, false, false, Tracking::none);
    refused(item_not_in_stock);
    create("draft", ItemKind::goods, false, true, Tracking::none);
    refused(items::item_is_draft);
    line.item = {"mug"};
    books.must(items::BlockItem{acme, {"mug"}, {items::ItemUse::move}, "Damp"});
    refused(items::item_use_blocked);
    books.must(items::UnblockItem{acme, {"mug"}, {items::ItemUse::move}});
    refused(warehouse_unknown);
    books.must(BlockWarehouse{acme, {"MAIN"}});
    line.from = {"MAIN"};
    refused(warehouse_blocked);
    books.must(UnblockWarehouse{acme, {"MAIN"}});
    refused(location_unknown);
    books.must(BlockLocation{acme, {"MAIN"}, {"A-2"}});
    line.from_location = LocationCode{"A-2"};
    refused(location_blocked);
    books.must(UnblockLocation{acme, {"MAIN"}, {"A-2"}});
    refused(stock_state_transit);
    line.from_location.reset();
    refused(stock_state_transit);
    line.state = StockState::free;
    line.lot.reset();
    create("watch", ItemKind::goods, false, false, Tracking::serial);
    refused(lot_missing);
    line.lot = LotCode{"L"};
    line.item = {"mug"};
    refused(lot_not_tracked);
    line.lot.reset();
    refused(quantity_not_positive);
    line.quantity = pcs("0.5");
    refused(quantity_not_whole);
    line.item = {"watch"};
    line.lot = LotCode{"S1"};
    line.quantity = pcs("2");
    refused(serial_not_single);
    line.item = {"mug"};
    line.lot.reset();
    line.to_location.reset();
    refused(transfer_to_same_place);
    create("plate", ItemKind::goods, false, false, Tracking::none);
    items::SetCosting costing;
    costing.company = acme;
    costing.item = items::ItemCode{"plate"};
    costing.from = day("2026-01-01");
    costing.area = items::ValuationArea::warehouse;
    books.must(costing);
    line.to = WarehouseCode{"SHOP"};
    refused(transfer_between_areas);
    line.item = {"mug"};
    refused(ledger::date_outside_calendar);
    command.date = day("2026-02-01");
    line.quantity = pcs("11");
    CHECK(books.refused(command).about == "item mug, warehouse MAIN, -1 pcs, 2026-02-01");
    line.item = {"watch"};
    line.lot = LotCode{"S1"};
    line.quantity = pcs("1");
    CHECK(books.refused(command).about == "item watch, warehouse MAIN, lot S1, -1 pcs, 2026-02-01");
    // Its lines go together.
    line = MoveLine{};
    line.item = {"mug"};
    line.quantity = pcs("2");
    line.from = {"MAIN"};
    line.to = WarehouseCode{"SHOP"};
    books.must(command);
    CHECK(books.refused(CorrectStockLine{acme, document(2), 1, pcs("3"), {}, "Why"}).reason ==
          &transfer_line_paired);
    Books without(items::CostingMethod::fifo, false);
    open_bins(without);
    CHECK(without.refused(move(1, "2026-01-05", "1")).reason == &stock_accounts_missing);
}

TEST_CASE("a change of state, a transfer and its end are refused for the first of their faults") {
    Books books;
    open_bins(books);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    ChangeStockState change = put(1, "2026-01-06", "1", StockState::transit, StockState::transit);
    CHECK(books.refused(change).reason == &stock_document_exists);
    change.document = document(2);
    CHECK(books.refused(change).reason == &stock_state_transit);
    change.lines[0].from = StockState::free;
    CHECK(books.refused(change).reason == &stock_state_transit);
    change.lines[0].to = StockState::free;
    CHECK(books.refused(change).reason == &transfer_to_same_place);

    SendTransfer sending = send(1, "2026-01-06", "3");
    sending.to = {"NOWHERE"};
    CHECK(books.refused(sending).reason == &stock_document_exists);
    sending.document = document(2);
    CHECK(books.refused(sending).reason == &warehouse_unknown);
    sending.to = {"MAIN"};
    CHECK(books.refused(sending).reason == &transfer_to_same_place);
    sending.to = {"SHOP"};
    sending.lines[0].location = LocationCode{"B-9"};
    CHECK(books.refused(sending).reason == &location_unknown);
    sending.lines[0].location.reset();
    books.must(sending);

    ReceiveTransfer arriving = arrive(1, 1, "2026-01-07", "-1");
    arriving.lines[0].line = 2;
    CHECK(books.refused(arriving).reason == &stock_document_exists);
    arriving.document = document(3);
    CHECK(books.refused(arriving).reason == &transfer_unknown);
    arriving.transfer = document(2);
    CHECK(books.refused(arriving).reason == &stock_line_unknown);
    arriving.lines[0].line = 1;
    arriving.lines[0].location = LocationCode{"A-1"};
    CHECK(books.refused(arriving).reason == &location_unknown);
    arriving.lines[0].location.reset();
    arriving.lines[0].state = StockState::transit;
    CHECK(books.refused(arriving).reason == &stock_state_transit);
    arriving.lines[0].state = StockState::free;
    CHECK(books.refused(arriving).reason == &quantity_not_positive);

    LoseTransfer losing = lose(1, 1, "2026-01-07", "-1");
    losing.counterpart = ledger::AccountCode{"none"};
    CHECK(books.refused(losing).reason == &stock_document_exists);
    losing.document = document(3);
    CHECK(books.refused(losing).reason == &ledger::account_unknown);
    losing.counterpart = ledger::AccountCode{"5"};
    CHECK(books.refused(losing).reason == &ledger::account_is_summary);
    losing.counterpart = ledger::AccountCode{"5200"};
    CHECK(books.refused(losing).reason == &transfer_unknown);
    losing.transfer = document(2);
    losing.lines[0].line = 9;
    CHECK(books.refused(losing).reason == &stock_line_unknown);
    losing.lines[0].line = 1;
    CHECK(books.refused(losing).reason == &quantity_not_positive);
    losing.lines[0].quantity = pcs("4");
    CHECK(books.refused(losing).reason == &stock_insufficient);
    losing.lines[0].quantity = pcs("1");
    books.must(losing);
    CHECK(books.balance("5200", "2026-12-31") == 10'00);
    books.must(ReverseStockDocument{acme, document(3), "Found"});
    books.must(ReverseStockDocument{acme, document(2), "Stayed"});
    arriving.document = document(4);
    CHECK(books.refused(arriving).reason == &transfer_reversed);
    losing.document = document(4);
    CHECK(books.refused(losing).reason == &transfer_reversed);
    CHECK(places(books) == "MAIN 10");
}

TEST_CASE("whatever is moved, held, sent and found, nothing of it is lost and no place owes any") {
    // Counted beside: what has come in, less what has gone out and was lost on the way.
    test::Dice dice(61);
    Books books;
    open_bins(books);
    std::int64_t there = 0;
    std::uint64_t last = 0;
    const auto any_day = [&] { return day("2026-01-01") + static_cast<int>(dice.below(28)); };
    std::vector<std::uint64_t> sent;
    int accepted = 0;
    for (int step = 0; step < 400; ++step) {
        const auto quantity = static_cast<std::int64_t>(dice.between(1, 9));
        const std::string text = std::to_string(quantity);
        const std::uint64_t number = ++last;
        std::int64_t change = 0;
        Message message;
        const auto dated = [&](auto command) {
            command.date = any_day();
            message = Message::of(command);
        };
        const auto state = [&] { return static_cast<StockState>(dice.below(3)); };
        switch (dice.below(6)) {
            case 0:
                change = quantity;
                dated(receive(number, "2026-01-05", text, "10.00"));
                break;
            case 1:
                change = -quantity;
                dated(issue(number, "2026-01-05", text));
                break;
            case 2: {
                MoveStock command = move(number, "2026-01-05", text);
                if (dice.one_in(2)) command.lines[0].to_location = LocationCode{"A-2"};
                if (dice.one_in(2)) command.lines[0].from_location = LocationCode{"A-1"};
                if (dice.one_in(3)) command.lines[0].to_location.reset();
                dated(command);
                break;
            }
            case 3: dated(put(number, "2026-01-05", text, state(), state())); break;
            case 4: dated(send(number, "2026-01-05", text)); break;
            default:
                if (sent.empty()) continue;
                if (dice.one_in(3)) {
                    change = -quantity;
                    dated(lose(number, sent[dice.below(sent.size())], "2026-01-05", text));
                } else {
                    dated(arrive(number, sent[dice.below(sent.size())], "2026-01-05", text));
                }
        }
        const bool sends = message.as<SendTransfer>() != nullptr;
        const test::Played played = books.tries(message);
        if (played.refused) {
            CHECK((played.refused.reason == &stock_insufficient ||
                   played.refused.reason == &transfer_to_same_place));
            continue;
        }
        ++accepted;
        there += change;
        if (sends) sent.push_back(number);
        std::int64_t sum = 0;
        books.world().of<StocksOnHand>().each_from({},
                                                   [&](const OnHandKey&, const OnHand& on_hand) {
                                                       CHECK(on_hand.quantity > 0);
                                                       sum += on_hand.quantity;
                                                       return true;
                                                   });
        CHECK(sum == there * 1'000'000);
    }
    CHECK(accepted > 150);
    CHECK_FALSE(sent.empty());
}
