// Orders: what a line takes from its order and from what was quoted, how they become others.
#include "domain/purchasing/purchase_orders.h"

#include "domain/parties/counterparty_standings.h"
#include "domain/pricing/price_assignments.h"
#include "tests/domain/purchasing/buying_company.h"

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

namespace {

AmendPurchaseOrder amend(std::int64_t line, std::optional<Quantity> quantity,
                         std::optional<UnitPrice> price = {}) {
    return {acme,
            nth<PurchaseOrderId>(1),
            {{line, {}, quantity, price, {}, {}, {}}},
            "As agreed on the telephone"};
}
ScheduledDelivery on(const char* date, std::string_view quantity) {
    return {day(date), pcs(quantity)};
}

}  // namespace

TEST_CASE("an order needs an item, a quantity and a price, and takes the rest from elsewhere") {
    Buyer buyer;
    SetPurchasePolicy policy;
    policy.company = acme;
    policy.over_receipt = percent("5");
    buyer.must(policy);
    const auto placed = buyer.says<PurchaseOrderPlaced>(place(1, "WICK", {mugs("10", "9.50")}));
    CHECK(placed.counterparty == parties::CounterpartyCode{"WICK-LTD"});
    CHECK(placed.currency == test::currency("EUR"));
    CHECK_FALSE(placed.number.has_value());
    const OrderedLine& line = placed.lines[0];
    CHECK(line.amount == eur("95.00"));
    CHECK(line.warehouse == inventory::WarehouseCode{"MAIN"});
    CHECK(line.deliveries == std::vector{on("2026-01-05", "10")});
    CHECK(line.over_receipt == percent("5"));
}

TEST_CASE("orders are counted without a gap, anew for another beginning") {
    Buyer buyer;
    const auto number_of = [&](std::uint64_t order) {
        return to_text(
            *buyer.says<PurchaseOrderPlaced>(place(order, "WICK", {mugs("1", "1")})).number);
    };
    SetPurchasePolicy policy;
    policy.company = acme;
    policy.order_numbers = "PO-2026-";
    buyer.must(policy);
    CHECK(number_of(1) == "PO-2026-1");
    buyer.refuses(place(2, "WICK", {mugs("0", "1")}), inventory::quantity_not_positive);
    CHECK(number_of(2) == "PO-2026-2");
    policy.order_numbers = "PO-2027-";
    buyer.must(policy);
    CHECK(number_of(3) == "PO-2027-1");
    policy.order_numbers = "PO-2026-";
    buyer.must(policy);
    CHECK(number_of(4) == "PO-2026-3");
}

TEST_CASE("a line by an awarded quotation takes its price, its quantity and its lead time") {
    Buyer buyer;
    buyer.must(RequestQuotations{
        acme, nth<QuotationRequestId>(1), {{{"mug"}, pcs("100"), {}, {}}}, {{"WICK"}}, {}, ""});
    RecordSupplierQuotation quote;
    quote.company = acme;
    quote.quotation = nth<SupplierQuotationId>(1);
    quote.request = nth<QuotationRequestId>(1);
    quote.supplier = {"WICK"};
    quote.date = day("2026-01-20");
    quote.valid_until = day("2026-03-01");
    quote.lines = {{1, price("8.20"), 14, pcs("50")}};
    buyer.must(quote);
    PurchaseLine line;
    line.quotation = QuotationLineRef{nth<SupplierQuotationId>(1), 1};
    auto command = place(1, "WICK", {line}, "2026-02-01");
    buyer.refuses(command, quotation_not_awarded);
    buyer.must(
        AwardQuotations{acme, nth<QuotationRequestId>(1), {{1, nth<SupplierQuotationId>(1)}}, ""});
    command.lines[0].quotation->line = 2;
    buyer.refuses(command, quotation_line_unknown);
    command.lines[0].quotation->line = 1;
    command.supplier = {"YANKEE"};
    buyer.refuses(command, quotation_of_other_supplier);
    command.supplier = {"WICK"};
    command.date = day("2026-03-02");
    buyer.refuses(command, quotation_expired);
    command.date = day("2026-02-01");
    command.lines[0].item = items::ItemCode{"carriage"};
    buyer.refuses(command, quotation_item_differs);
    command.lines[0].item.reset();
    command.lines[0].quantity = pcs("49");
    buyer.refuses(command, quotation_minimum_missed);
    command.lines[0].quantity.reset();
    const OrderedLine ordered = buyer.says<PurchaseOrderPlaced>(command).lines[0];
    CHECK(ordered.amount == eur("820.00"));
    CHECK(ordered.deliveries == std::vector{on("2026-02-15", "100")});
    command.order = nth<PurchaseOrderId>(2);
    command.lines[0].quotation->quotation = nth<SupplierQuotationId>(9);
    buyer.refuses(command, supplier_quotation_unknown);
}

TEST_CASE("a purchase order is refused for the first of its faults") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("1", "1")}));
    PlacePurchaseOrder command = place(1, "WICK", {PurchaseLine()}, "2026-02-01");
    command.company = {"NONE"};
    buyer.refuses(command, companies::company_unknown);
    command.company = acme;
    buyer.refuses(command, purchase_order_exists);
    command.order = nth<PurchaseOrderId>(2);
    refuses_suppliers(buyer, [&](const char* supplier) {
        command.supplier = {supplier};
        return command;
    });
    command.supplier = {"WICK"};
    using parties::CounterpartyCode;
    command.counterparty = CounterpartyCode{"NONE"};
    buyer.refuses(command, parties::counterparty_unknown);
    for (const char* code : {"MERGED", "REFUSED", "FORMER", "APART"})
        buyer.must(parties::RegisterCounterparty{acme, {code}, code, "Ltd", {"GB"}, {}});
    buyer.must(parties::MergeCounterparties{acme, {"MERGED"}, {"APART"}, "The same"});
    command.counterparty = CounterpartyCode{"MERGED"};
    buyer.refuses(command, parties::counterparty_merged);
    buyer.must(parties::RefuseCounterparty{acme, {"REFUSED"}, "Never pays", day("2026-01-01")});
    command.counterparty = CounterpartyCode{"REFUSED"};
    buyer.refuses(command, parties::counterparty_refused);
    buyer.must(parties::RetireCounterparty{acme, {"FORMER"}, "Gone", day("2026-01-01")});
    command.counterparty = CounterpartyCode{"FORMER"};
    buyer.refuses(command, parties::counterparty_former);
    command.counterparty = CounterpartyCode{"APART"};
    buyer.refuses(command, parties::counterparty_not_linked);
    command.counterparty.reset();
    buyer.must(parties::RegisterOrganisation{acme,
                                             {"ALONE"},
                                             "Alone",
                                             {"GB"},
                                             {"en"},
                                             {parties::PartyRole::supplier},
                                             day("2025-01-01")});
    command.supplier = {"ALONE"};
    buyer.refuses(command, supplier_without_counterparty);
    command.supplier = {"WICK"};
    buyer.refuses(command, purchase_line_incomplete);
}

TEST_CASE("a line of a purchase is refused for the first of its faults") {
    Buyer buyer;
    PlacePurchaseOrder command = place(1, "WICK", {mugs("0", "-1")}, "2026-02-01");
    PurchaseLine& line = command.lines[0];
    line.item = items::ItemCode{"none"};
    line.requisition = RequisitionLineRef{nth<RequisitionId>(1), 2};
    line.warehouse = inventory::WarehouseCode{"NONE"};
    line.expense = ledger::AccountCode{"none"};
    line.framework = FrameworkCode{"NONE"};
    line.taxes = {{"NONE"}};
    line.deliveries = {{day("2026-01-31"), ctn("1")}};
    buyer.refuses(command, requisition_unknown);
    buyer.must_as(
        "ann",
        RequestPurchase{acme, nth<RequisitionId>(1), {{{"carriage"}, pcs("1"), {}, {}, ""}}, ""});
    buyer.refuses(command, requisition_line_unknown);
    line.requisition->line = 1;
    buyer.refuses(command, items::item_unknown);
    line.item = items::ItemCode{"mug"};
    buyer.refuses(command, requisition_not_approved);
    buyer.must(ApproveRequisition{acme, nth<RequisitionId>(1)});
    buyer.refuses(command, requisition_item_differs);
    buyer.must(RejectRequisition{acme, nth<RequisitionId>(1), "No"});
    buyer.refuses(command, requisition_rejected);
    line.requisition.reset();
    buyer.refuses(command, inventory::quantity_not_positive);
    line.quantity = pcs("0.5");
    buyer.refuses(command, inventory::quantity_not_whole);
    line.quantity = pcs("10");
    buyer.refuses(command, purchase_warehouse_unwanted);
    line.expense.reset();
    buyer.refuses(command, inventory::warehouse_unknown);
    buyer.must(inventory::OpenWarehouse{acme, {"SIDE"}, "Side"});
    line.warehouse.reset();
    buyer.refuses(command, purchase_warehouse_missing);
    buyer.must(inventory::BlockWarehouse{acme, {"SIDE"}});
    line.warehouse = inventory::WarehouseCode{"SIDE"};
    buyer.refuses(command, inventory::warehouse_blocked);
    line.item = items::ItemCode{"carriage"};
    buyer.refuses(command, purchase_warehouse_unwanted);
    line.warehouse.reset();
    line.expense = ledger::AccountCode{"none"};
    buyer.refuses(command, ledger::account_unknown);
    line.expense = ledger::AccountCode{"5"};
    buyer.refuses(command, ledger::account_is_summary);
    line.expense = ledger::AccountCode{"5300"};
    buyer.refuses(command, framework_unknown);
    const auto agree = [&](const char* code, const char* supplier, const char* item) {
        buyer.must(AgreeFramework{acme,
                                  {code},
                                  {supplier},
                                  {day("2026-01-01"), day("2026-01-31")},
                                  {{{item}, inventory::stocked::pieces(), price("5"), {}}},
                                  {},
                                  ""});
        line.framework = FrameworkCode{code};
    };
    agree("YANKEE", "YANKEE", "mug");
    buyer.refuses(command, framework_of_other_supplier);
    agree("MUGS", "WICK", "mug");
    buyer.refuses(command, framework_not_valid);
    command.date = day("2026-01-31");
    buyer.refuses(command, framework_item_unknown);
    agree("CARRIAGE", "WICK", "carriage");
    buyer.refuses(command, framework_price_differs);
    line.framework.reset();
    buyer.refuses(command, purchase_price_unfit);
    line.price.reset();
    command.date = day("2026-02-01");
    buyer.refuses(command, purchase_price_missing);
    line.price = price("5000000000000");
    buyer.refuses(command, purchase_too_large);
    line.price = price("10");
    buyer.refuses(command, taxes::tax_unknown);
    line.taxes.clear();
    buyer.refuses(command, deliveries_differ);
    line.deliveries = {on("2026-01-31", "4"), on("2026-02-03", "5")};
    buyer.refuses(command, deliveries_differ);
    line.deliveries[1].quantity = pcs("6");
    buyer.refuses(command, delivery_before_order);
    line.deliveries[0].date = day("2026-02-01");
    command.lines.push_back(mugs("1", "1", "USD"));
    command.lines[1].warehouse = inventory::WarehouseCode{"MAIN"};
    const Objection mixed = buyer.refused(command);
    CHECK(mixed.reason == &purchase_price_unfit);
    CHECK(mixed.pointer == "/lines/1");
}

TEST_CASE("where nothing else says a price, the supplier's price list does") {
    Buyer buyer;
    pricing::DefinePriceList list;
    list.company = acme;
    list.list = {"WICK"};
    list.name = "Wick";
    list.use = pricing::PriceUse::purchase;
    list.currency = test::currency("EUR");
    buyer.must(list);
    buyer.must(pricing::SetPrices{
        acme,
        list.list,
        day("2026-01-01"),
        {{items::ItemCode{"mug"}, {}, {}, {{{}, price("9.00")}, {pcs("50"), price("8.50")}}, {}}}});
    pricing::AssignPriceList assign;
    assign.company = acme;
    assign.use = pricing::PriceUse::purchase;
    assign.party = parties::PartyCode{"WICK"};
    assign.currency = list.currency;
    assign.list = list.list;
    assign.from = day("2026-01-01");
    buyer.must(assign);
    PurchaseLine line;
    line.item = items::ItemCode{"mug"};
    line.quantity = pcs("49");
    CHECK(buyer.says<PurchaseOrderPlaced>(place(1, "WICK", {line})).lines[0].price ==
          price("9.00"));
    line.quantity = ctn("3");  // 72 pieces, and a carton holds 24
    const OrderedLine cartons = buyer.says<PurchaseOrderPlaced>(place(2, "WICK", {line})).lines[0];
    CHECK(cartons.price == price("204.00"));
    CHECK(cartons.amount == eur("612.00"));
    buyer.refuses(place(3, "YANKEE", {line}), purchase_price_missing);
}

TEST_CASE("an order is under a contract, and has one made where there is none") {
    Buyer buyer;
    const auto first = buyer.says<PurchaseOrderPlaced>(place(1, "WICK", {mugs("1", "1")}));
    CHECK(buyer.world().of<contracts::Contracts>().find({acme, first.contract}) != nullptr);
    const auto second = buyer.says<PurchaseOrderPlaced>(place(2, "WICK", {mugs("1", "1")}));
    CHECK(second.contract == first.contract);
    auto named = place(3, "WICK", {mugs("1", "1")});
    named.contract = contracts::ContractCode{"NONE"};
    buyer.refuses(named, contracts::contract_unknown);
    const auto dollars = buyer.says<PurchaseOrderPlaced>(place(4, "WICK", {mugs("1", "1", "USD")}));
    named.contract = dollars.contract;
    buyer.refuses(named, contracts::contract_currency_differs);
    named.contract = buyer.says<PurchaseOrderPlaced>(place(5, "YANKEE", {mugs("1", "1")})).contract;
    buyer.refuses(named, contracts::contract_not_of_dealing);
    named.contract = first.contract;
    CHECK(buyer.says<PurchaseOrderPlaced>(named).contract == first.contract);
    contracts::EndContract end;
    end.company = acme;
    end.contract = first.contract;
    end.until = day("2026-01-31");
    end.because = "Renegotiated";
    buyer.must(end);
    named.order = nth<PurchaseOrderId>(6);
    named.date = day("2026-02-01");
    buyer.refuses(named, contracts::contract_not_in_force);
}

TEST_CASE("taxes that cannot be on a purchase are refused when it is ordered") {
    Buyer buyer;
    using namespace taxes;
    const auto define = [&](const char* code, TaxUse use, const char* tax_rate,
                            TaxComputation computation = TaxComputation::percent) {
        DefineTax tax;
        tax.company = acme;
        tax.tax = {code};
        tax.name = code;
        tax.terms.jurisdiction = {"DE"};
        tax.terms.rate = TaxRateCode{tax_rate};
        tax.terms.use = use;
        tax.terms.computation = computation;
        buyer.must(tax);
    };
    SetTaxRate standard{acme, {"DE"}, {"standard"}, day("2021-01-01"), percent("19"), {}};
    buyer.must(standard);
    define("VAT", TaxUse::both, "standard");
    define("SALES", TaxUse::sale, "standard");
    define("UNSET", TaxUse::both, "unset");
    define("UNFIT", TaxUse::both, "standard", TaxComputation::fixed);
    define("BLOCKED", TaxUse::both, "standard");
    buyer.must(BlockTax{acme, {"BLOCKED"}});
    auto command = place(1, "WICK", {mugs("1", "1")});
    const auto refused_with = [&](const char* code, const Reason& reason) {
        command.taxes = {{code}};
        buyer.refuses(command, reason);
    };
    refused_with("BLOCKED", tax_blocked);
    refused_with("SALES", tax_of_other_use);
    refused_with("UNSET", tax_rate_not_set);
    refused_with("UNFIT", tax_rate_unfit);
    command.taxes = {{"VAT"}};
    CHECK(buyer.says<PurchaseOrderPlaced>(command).lines[0].taxes == std::vector<TaxCode>{{"VAT"}});
}

TEST_CASE("an amendment keeps what the order was, and its parts fit the new quantity") {
    Buyer buyer;
    auto line = mugs("10", "9.50");
    line.deliveries = {on("2026-01-10", "4"), on("2026-01-20", "6")};
    buyer.must(place(1, "WICK", {line}));
    buyer.must(ConfirmPurchaseOrder{acme, nth<PurchaseOrderId>(1), {}, "W-1"});
    CHECK(buyer.order(1).lines[0].confirmed == line.deliveries);
    const auto amended = buyer.says<PurchaseOrderAmended>(amend(1, pcs("7")));
    CHECK(amended.version == 2);
    CHECK(amended.was[0].amount == eur("95.00"));
    CHECK(amended.becomes[0].amount == eur("66.50"));
    CHECK(amended.becomes[0].deliveries ==
          std::vector{on("2026-01-10", "4"), on("2026-01-20", "3")});
    CHECK(buyer.order(1).lines[0].confirmed.empty());
    const auto again = buyer.says<PurchaseOrderAmended>(amend(1, pcs("12"), price("9")));
    CHECK(again.version == 3);
    CHECK(again.becomes[0].deliveries == std::vector{on("2026-01-10", "4"), on("2026-01-20", "8")});
    AmendPurchaseOrder add{acme, nth<PurchaseOrderId>(1), {AmendedLine()}, "And a few"};
    add.lines[0].added = mugs("2", "9");
    CHECK(buyer.says<PurchaseOrderAmended>(add).becomes[0].line == 2);
    AmendPurchaseOrder later{acme, nth<PurchaseOrderId>(1), {{1, {}, {}, {}, {}, {}, {}}}, "Late"};
    later.lines[0].due = day("2026-03-01");
    CHECK(buyer.says<PurchaseOrderAmended>(later).becomes[0].deliveries ==
          std::vector{on("2026-03-01", "12")});
}

TEST_CASE("an amendment of an order is refused for the first of its faults") {
    Buyer buyer;
    AmendPurchaseOrder command = amend(3, ctn("1"), price("-1"));
    buyer.refuses(command, purchase_order_unknown);
    buyer.must(place(1, "WICK", {mugs("10", "9"), mugs("10", "9")}));
    buyer.refuses(command, purchase_line_unknown);
    buyer.must(ClosePurchaseLines{acme, nth<PurchaseOrderId>(1), {2}, "No"});
    command.lines[0].line = 2;
    buyer.refuses(command, purchase_line_closed);
    command.lines[0].line = 1;
    buyer.refuses(command, purchase_item_kept);
    command.lines[0].quantity = pcs("0");
    buyer.refuses(command, inventory::quantity_not_positive);
    command.lines[0].quantity = pcs("0.5");
    buyer.refuses(command, inventory::quantity_not_whole);
    command.lines[0].quantity = pcs("10");
    command.lines[0].warehouse = inventory::WarehouseCode{"NONE"};
    buyer.refuses(command, inventory::warehouse_unknown);
    command.lines[0].warehouse.reset();
    buyer.refuses(command, purchase_price_unfit);
    command.lines[0].price = price("5000000000000");
    buyer.refuses(command, purchase_too_large);
    command.lines[0].price = price("9");
    command.lines[0].deliveries = {on("2026-01-04", "9")};
    buyer.refuses(command, deliveries_differ);
    command.lines[0].deliveries = {on("2026-01-04", "10")};
    buyer.refuses(command, delivery_before_order);
    command.lines[0].deliveries.clear();
    buyer.refuses(command, purchase_unchanged);
    command = amend(1, pcs("11"));
    command.lines.push_back(command.lines[0]);
    buyer.refuses(command, purchase_line_twice);
    command.lines[1] = AmendedLine();
    buyer.refuses(command, purchase_line_incomplete);
}

TEST_CASE("a supplier confirms its own days") {
    Buyer buyer;
    ConfirmPurchaseOrder command{acme, nth<PurchaseOrderId>(1), {{3, {}, {}}}, "W-1"};
    buyer.refuses(command, purchase_order_unknown);
    buyer.must(place(1, "WICK", {mugs("10", "9"), mugs("5", "9")}));
    buyer.refuses(command, purchase_line_unknown);
    buyer.must(ClosePurchaseLines{acme, nth<PurchaseOrderId>(1), {2}, "No"});
    command.lines[0].line = 2;
    buyer.refuses(command, purchase_line_closed);
    command.lines[0] = {1, {}, {on("2026-01-04", "9")}};
    buyer.refuses(command, deliveries_differ);
    command.lines[0] = {1, day("2026-01-04"), {}};
    buyer.refuses(command, delivery_before_order);
    command.lines[0].date = day("2026-01-12");
    command.lines.push_back(command.lines[0]);
    buyer.refuses(command, purchase_line_twice);
    command.lines.pop_back();
    buyer.must(command);
    CHECK(buyer.order(1).lines[0].confirmed == std::vector{on("2026-01-12", "10")});
    buyer.must(ClosePurchaseLines{acme, nth<PurchaseOrderId>(1), {}, "No"});
    command.lines.clear();
    buyer.refuses(command, purchase_line_closed);
}

TEST_CASE("lines are closed and reopened") {
    Buyer buyer;
    ClosePurchaseLines close{acme, nth<PurchaseOrderId>(1), {3}, "No more"};
    ReopenPurchaseLines reopen{acme, nth<PurchaseOrderId>(1), {3}, "After all"};
    buyer.refuses(close, purchase_order_unknown);
    buyer.refuses(reopen, purchase_order_unknown);
    buyer.must(place(1, "WICK", {mugs("10", "9"), mugs("5", "9")}));
    buyer.refuses(close, purchase_line_unknown);
    buyer.refuses(reopen, purchase_line_unknown);
    close.lines = {1, 1};
    buyer.refuses(close, purchase_line_twice);
    reopen.lines = {1};
    buyer.refuses(reopen, purchase_line_open);
    close.lines = {1};
    const auto closed = buyer.says<PurchaseLinesClosed>(close);
    CHECK(closed.lines[0].undelivered == pcs("10"));
    CHECK(closed.lines[0].amount == eur("90.00"));
    CHECK(open_of(buyer.order(1).lines[0]) == 0);
    buyer.refuses(close, purchase_line_closed);
    reopen.lines = {1, 1};
    buyer.refuses(reopen, purchase_line_twice);
    reopen.lines = {1};
    buyer.must(reopen);
    CHECK(open_of(buyer.order(1).lines[0]) == pcs("10").micro);
}
