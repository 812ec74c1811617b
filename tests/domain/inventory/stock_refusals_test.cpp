// Why stock may not move, in the order in which it is told.
#include "domain/inventory/stock_documents.h"

#include "tests/domain/inventory/stocked_company.h"

using namespace kontor;
using namespace kontor::inventory;
using namespace kontor::inventory::stocked;

namespace {

void create(Books& books, std::string_view code, items::ItemKind kind, bool is_template,
            items::ItemLifecycle lifecycle, items::Tracking tracking = items::Tracking::none) {
    items::CreateItem item;
    item.company = acme;
    item.item = {std::string(code)};
    item.name = code;
    item.kind = kind;
    item.base_unit = pieces();
    item.is_template = is_template;
    item.draft = lifecycle == items::ItemLifecycle::draft;
    item.tracking = tracking;
    books.must(item);
}

// All that can be wrong with a line of goods, whichever way they go: each fault hides the next.
template <class Command>
void refuses_lines(Books& books, Command command) {
    const auto refused = [&](const Reason& reason) {
        const Objection objection = books.refused(command);
        CHECK(objection.reason == &reason);
        return objection;
    };
    auto& line = command.lines[0];
    line.warehouse = {"NOWHERE"};
    line.lot = LotCode{"L1"};
    line.quantity = quantity_from("-1", unit_from("kg").value()).value();
    line.item = {"none"};
    CHECK(refused(items::item_unknown).pointer == "/lines/0");
    using enum items::ItemLifecycle;
    create(books, "service", items::ItemKind::service, false, active);
    line.item = {"service"};
    refused(item_not_in_stock);
    create(books, "form", items::ItemKind::goods, true, active);
    line.item = {"form"};
    refused(items::item_is_template);
    create(books, "draft", items::ItemKind::goods, false, draft);
    line.item = {"draft"};
    refused(items::item_is_draft);
    books.must(items::BlockItem{acme, {"mug"}, {items::ItemUse::move}, "Damp"});
    line.item = {"mug"};
    refused(items::item_use_blocked);
    books.must(items::UnblockItem{acme, {"mug"}, {items::ItemUse::move}});
    refused(warehouse_unknown);
    books.must(BlockWarehouse{acme, {"MAIN"}});
    line.warehouse = {"MAIN"};
    refused(warehouse_blocked);
    books.must(UnblockWarehouse{acme, {"MAIN"}});
    create(books, "wine", items::ItemKind::goods, false, active, items::Tracking::lot);
    line.item = {"wine"};
    line.lot.reset();
    refused(lot_missing);
    line.item = {"mug"};
    line.lot = LotCode{"L1"};
    refused(lot_not_tracked);
    line.lot.reset();
    refused(quantity_not_positive);
    line.quantity = quantity_from("1", unit_from("kg").value()).value();
    refused(quantity_not_whole);
    line.quantity = pcs("0.5");
    refused(quantity_not_whole);
}

}  // namespace

TEST_CASE("a receipt is refused for the first of its faults") {
    Books books;
    ReceiveStock command = receive(1, "2026-01-05", "10", "100.00");
    command.company = {"OTHER"};
    CHECK(books.refused(command).reason == &companies::company_unknown);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    command.company = acme;
    command.counterpart = ledger::AccountCode{"none"};
    CHECK(books.refused(command).reason == &stock_document_exists);
    command.document = nth<StockDocumentId>(2);
    CHECK(books.refused(command).reason == &ledger::account_unknown);
    command.counterpart = ledger::AccountCode{"1"};
    CHECK(books.refused(command).reason == &ledger::account_is_summary);
    command.counterpart.reset();
    refuses_lines(books, command);
    auto& line = command.lines[0];
    line.cost = test::money("1.00", "USD");
    CHECK(books.refused(command).reason == &cost_not_in_base_currency);
    line.cost = eur("-1.00");
    CHECK(books.refused(command).reason == &cost_negative);
    line.cost = eur("1.00");
    command.date = day("2031-01-01");
    CHECK(books.refused(command).reason == &ledger::date_outside_calendar);
    command.date = day("2026-12-31");
    line.quantity.micro = most_quantity;
    CHECK(books.refused(command).reason == &stock_too_large);
    line.quantity = pcs("1");
    books.must(ledger::ClosePeriod{acme, {"2026"}, 12});
    CHECK(books.refused(command).reason == &stock_day_closed);
    books.must(ledger::ReopenPeriod{acme, {"2026"}, 12, "Once more"});
    books.must(command);
}

TEST_CASE("an issue is refused for the first of its faults") {
    Books books;
    IssueStock command = issue(1, "2026-01-05", "10");
    command.company = {"OTHER"};
    CHECK(books.refused(command).reason == &companies::company_unknown);
    books.must(receive(1, "2026-01-03", "10", "100.00"));
    command.company = acme;
    CHECK(books.refused(command).reason == &stock_document_exists);
    command.document = nth<StockDocumentId>(2);
    refuses_lines(books, command);
    command.date = day("2031-01-01");
    CHECK(books.refused(command).reason == &ledger::date_outside_calendar);
    command.date = day("2026-12-31");
    command.lines[0].quantity = pcs("11");
    CHECK(books.refused(command).reason == &stock_insufficient);
    command.lines[0].quantity = pcs("10");
    books.must(ledger::ClosePeriod{acme, {"2026"}, 12});
    CHECK(books.refused(command).reason == &stock_day_closed);
}

TEST_CASE("stock needs accounts") {
    Books books(items::CostingMethod::fifo, false);
    CHECK(books.refused(receive(1, "2026-01-05", "1", "1.00")).reason == &stock_accounts_missing);
    SetStockAccounts set{{"OTHER"}, {}, Books::accounts(), {"none"}};
    CHECK(books.refused(set).reason == &companies::company_unknown);
    set.company = acme;
    set.category = items::ItemCategoryCode{"none"};
    CHECK(books.refused(set).reason == &items::item_category_unknown);
    set.category.reset();
    CHECK(books.refused(set).reason == &ledger::journal_unknown);
    set.journal = {"GEN"};
    set.accounts.variance = {"none"};
    CHECK(books.refused(set).reason == &ledger::account_unknown);
    set.accounts.variance = {"5"};
    CHECK(books.refused(set).reason == &ledger::account_is_summary);
    set.accounts.variance = {"5000"};
    set.accounts.stock = {"2200"};
    CHECK(books.refused(set).reason == &stock_account_unfit);
    set.accounts.stock = {"1200"};
    books.must(ledger::RequireDimensions{acme, {"1200"}, {{"project"}}});
    CHECK(books.refused(set).about == "account 1200, dimension project");
    books.must(ledger::RequireDimensions{acme, {"1200"}, {}});
    books.must(ledger::DefineDimension{acme, {"item"}, "Item", ledger::ValueRule::listed});
    CHECK(books.refused(set).reason == &item_dimension_listed);
    Books others;
    CHECK(others.refused(SetStockAccounts{acme, {}, Books::accounts(), {"GEN"}}).reason ==
          &stock_accounts_unchanged);
}

TEST_CASE("a correction is refused for the first of its faults") {
    Books books;
    CorrectStockLine correct{acme, nth<StockDocumentId>(1), 2, pcs("-1"), eur("-1.00"), "Why"};
    CHECK(books.refused(correct).reason == &stock_document_unknown);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    books.must(ReverseStockDocument{acme, nth<StockDocumentId>(1), "Never came"});
    CHECK(books.refused(correct).reason == &stock_document_reversed);
    books.must(receive(2, "2026-01-05", "10", "100.00"));
    books.must(issue(3, "2026-01-06", "4"));
    correct.document = nth<StockDocumentId>(2);
    CHECK(books.refused(correct).reason == &stock_line_unknown);
    correct.line = 1;
    CHECK(books.refused(correct).reason == &quantity_not_positive);
    correct.quantity = quantity_from("1", unit_from("kg").value()).value();
    CHECK(books.refused(correct).reason == &quantity_not_whole);
    correct.quantity = pcs("10");
    correct.cost = test::money("1.00", "USD");
    CHECK(books.refused(correct).reason == &cost_not_in_base_currency);
    correct.cost = eur("-1.00");
    CHECK(books.refused(correct).reason == &cost_negative);
    correct.cost = eur("100.00");
    CHECK(books.refused(correct).reason == &stock_line_unchanged);
    correct.quantity = pcs("3");
    CHECK(books.refused(correct).reason == &stock_insufficient);
    CorrectStockLine of_issue{acme, nth<StockDocumentId>(3), 1, {}, eur("1.00"), "Why"};
    CHECK(books.refused(of_issue).reason == &cost_of_no_receipt);
    CHECK(books.refused(ReverseStockDocument{acme, nth<StockDocumentId>(9), "Why"}).reason ==
          &stock_document_unknown);
    CHECK(books.refused(ReverseStockDocument{acme, nth<StockDocumentId>(1), "Why"}).reason ==
          &stock_document_reversed);
    CHECK(books.refused(ReverseStockDocument{acme, nth<StockDocumentId>(2), "Why"}).reason ==
          &stock_insufficient);
}

TEST_CASE("an item that has come into a category without accounts is posted nowhere") {
    Books books(items::CostingMethod::fifo, false);
    books.must(items::DefineItemCategory{acme, {"mugs"}, "Mugs", {}});
    books.must(SetStockAccounts{acme, items::ItemCategoryCode{"mugs"}, Books::accounts(), {"GEN"}});
    items::CategorizeItem into;
    into.company = acme;
    into.item = {"mug"};
    into.category = items::ItemCategoryCode{"mugs"};
    into.from = day("2026-01-01");
    books.must(into);
    books.must(receive(1, "2026-01-05", "10", "100.00"));
    into.category.reset();
    into.from = day("2026-01-20");
    books.must(into);
    CHECK(books.refused(correct_cost(1, "90.00")).reason == &stock_accounts_missing);
    CHECK(books.refused(ReverseStockDocument{acme, nth<StockDocumentId>(1), "Why"}).reason ==
          &stock_accounts_missing);
}

TEST_CASE("warehouses are opened once, blocked and unblocked") {
    Books books;
    CHECK(books.refused(OpenWarehouse{{"OTHER"}, {"NEW"}, "New"}).reason ==
          &companies::company_unknown);
    CHECK(books.refused(OpenWarehouse{acme, {"MAIN"}, "New"}).reason == &warehouse_exists);
    CHECK(books.refused(RenameWarehouse{acme, {"NEW"}, "New"}).reason == &warehouse_unknown);
    CHECK(books.refused(BlockWarehouse{acme, {"NEW"}}).reason == &warehouse_unknown);
    CHECK(books.refused(UnblockWarehouse{acme, {"NEW"}}).reason == &warehouse_unknown);
    CHECK(books.refused(UnblockWarehouse{acme, {"MAIN"}}).reason == &warehouse_not_blocked);
    books.must(RenameWarehouse{acme, {"MAIN"}, "Old town"});
    books.must(BlockWarehouse{acme, {"MAIN"}});
    CHECK(books.refused(BlockWarehouse{acme, {"MAIN"}}).reason == &warehouse_blocked);
}
