// Why orders, deliveries and invoices cannot be, in the order in which it is told.
#include "domain/items/lifecycle.h"
#include "domain/parties/counterparty_standings.h"
#include "domain/parties/merges.h"
#include "domain/parties/party_roles.h"
#include "tests/domain/sales/selling_company.h"

using namespace kontor;
using namespace kontor::sales;
using namespace kontor::sales::selling;

namespace {

template <class Command>
void refused(Shop& shop, const Command& command, const Reason& reason) {
    INFO("expected: " << reason.code);
    const Objection objection = shop.refused(command);
    INFO("answered: " << objection.text());
    CHECK(objection.reason == &reason);
}

void know(Shop& shop, const char* code) {
    shop.must(parties::RegisterOrganisation{
        acme, {code}, code, {"GB"}, {"en"}, {parties::PartyRole::customer}, day("2025-01-01")});
}

void define_tax(Shop& shop, const char* code, taxes::TaxUse use, const char* tax_rate,
                taxes::TaxComputation computation = taxes::TaxComputation::percent) {
    taxes::DefineTax tax;
    tax.company = acme;
    tax.tax = {code};
    tax.name = code;
    tax.terms.jurisdiction = {"GB"};
    tax.terms.rate = taxes::TaxRateCode{tax_rate};
    tax.terms.use = use;
    tax.terms.computation = computation;
    shop.must(tax);
}

// The taxes that cannot be on a sale, by the reason why.
void define_unfit_taxes(Shop& shop) {
    using namespace taxes;
    shop.must(SetTaxRate{acme, {"GB"}, {"standard"}, day("2021-01-01"), Percent{20'000'000}, {}});
    define_tax(shop, "VAT", TaxUse::both, "standard");
    define_tax(shop, "BUYING", TaxUse::purchase, "standard");
    define_tax(shop, "UNSET", TaxUse::both, "unset");
    define_tax(shop, "UNFIT", TaxUse::both, "standard", TaxComputation::fixed);
    define_tax(shop, "BLOCKED", TaxUse::both, "standard");
    shop.must(BlockTax{acme, {"BLOCKED"}});
}

}  // namespace

TEST_CASE("accounts of sales are refused for the first of their faults") {
    Shop shop;
    SetSalesAccounts set = Shop::accounts_of_sales();
    set.company = {"NONE"};
    refused(shop, set, companies::company_unknown);
    set.company = acme;
    set.category = items::ItemCategoryCode{"NONE"};
    refused(shop, set, items::item_category_unknown);
    set.category.reset();
    set.journal = {"NONE"};
    refused(shop, set, ledger::journal_unknown);
    set.journal = {"SAL"};
    set.accounts.revenue = {"NONE"};
    refused(shop, set, ledger::account_unknown);
    set.accounts.revenue = {"4"};
    refused(shop, set, ledger::account_is_summary);
    set.accounts.revenue = {"1130"};
    refused(shop, set, sales_account_unfit);
    set.accounts.revenue = {"4000"};
    set.accounts.unbilled = {"2150"};
    refused(shop, set, sales_account_unfit);
    set.accounts.unbilled = {"1130"};
    set.taxes = {{"NONE"}};
    refused(shop, set, taxes::tax_unknown);
    set.taxes.clear();
    refused(shop, set, sales_accounts_unchanged);
}

TEST_CASE("rules of numbering are refused for the first of their faults") {
    Shop shop;
    SetSalesPolicy set{{"NONE"}, {}};
    set.policy.invoices = set.policy.orders;
    refused(shop, set, companies::company_unknown);
    set.company = acme;
    refused(shop, set, document_series_shared);
    set.policy = {};
    refused(shop, set, sales_policy_unchanged);
}

TEST_CASE("a sales order is refused for the first of its faults") {
    Shop shop;
    shop.must(place(1, "2026-02-01", "mug", "1", price("1")));
    PlaceSalesOrder order = place(1, "2026-02-01", "NONE", "0", price("-1"));
    order.company = {"NONE"};
    refused(shop, order, companies::company_unknown);
    order.company = acme;
    refused(shop, order, sales_order_exists);
    order.order = selling::order(2);
    order.customer = {"NONE"};
    refused(shop, order, parties::party_unknown);
    for (const char* code : {"MERGED", "REFUSED", "FORMER", "ONCE", "ALONE"}) know(shop, code);
    shop.must(parties::MergeParties{acme, {"MERGED"}, {"SHOP"}, "The same"});
    order.customer = {"MERGED"};
    refused(shop, order, parties::party_merged);
    shop.must(parties::RefuseParty{acme, {"REFUSED"}, "Never pays", day("2026-01-01")});
    order.customer = {"REFUSED"};
    refused(shop, order, parties::party_refused);
    shop.must(parties::RetireParty{acme, {"FORMER"}, "Gone", day("2026-01-01")});
    order.customer = {"FORMER"};
    refused(shop, order, parties::party_former);
    shop.must(
        parties::EndPartyRole{acme, {"ONCE"}, parties::PartyRole::customer, day("2025-12-31")});
    order.customer = {"ONCE"};
    refused(shop, order, parties::party_lacks_role);
    order.customer = {"SHOP"};
    using parties::CounterpartyCode;
    order.counterparty = CounterpartyCode{"NONE"};
    refused(shop, order, parties::counterparty_unknown);
    for (const char* code : {"MERGED", "REFUSED", "FORMER", "APART"})
        shop.must(parties::RegisterCounterparty{acme, {code}, code, "Ltd", {"GB"}, {}});
    shop.must(parties::MergeCounterparties{acme, {"MERGED"}, {"APART"}, "The same"});
    order.counterparty = CounterpartyCode{"MERGED"};
    refused(shop, order, parties::counterparty_merged);
    shop.must(parties::RefuseCounterparty{acme, {"REFUSED"}, "Never pays", day("2026-01-01")});
    order.counterparty = CounterpartyCode{"REFUSED"};
    refused(shop, order, parties::counterparty_refused);
    shop.must(parties::RetireCounterparty{acme, {"FORMER"}, "Gone", day("2026-01-01")});
    order.counterparty = CounterpartyCode{"FORMER"};
    refused(shop, order, parties::counterparty_former);
    order.counterparty = CounterpartyCode{"APART"};
    refused(shop, order, parties::counterparty_not_linked);
    order.counterparty.reset();
    order.customer = {"ALONE"};
    refused(shop, order, customer_without_counterparty);
    order.customer = {"SHOP"};
    order.country = parties::CountryCode{"XQ"};
    refused(shop, order, parties::country_unknown);
    order.country.reset();
    order.contract = contracts::ContractCode{"NONE"};
    refused(shop, order, contracts::contract_unknown);
    order.contract.reset();
    refused(shop, order, items::item_unknown);
}

TEST_CASE("a contract that is not for an order is refused") {
    Shop shop;
    const auto contract_of = [&](std::uint64_t number, UnitPrice at, const char* customer) {
        PlaceSalesOrder order = place(number, "2026-02-01", "mug", "1", at);
        order.customer = {customer};
        shop.must(order);
        return shop.world().of<SalesOrders>().find({acme, order.order})->contract;
    };
    know(shop, "BISTRO");
    shop.must(parties::LinkCounterparty{acme, {"BISTRO"}, {"BIRCH"}, day("2025-01-01"), true});
    PlaceSalesOrder order = place(9, "2026-02-01", "mug", "1", price("1"));
    order.contract = contract_of(1, price("1"), "BISTRO");
    refused(shop, order, contracts::contract_not_of_dealing);
    order.contract = contract_of(2, price("1", "USD"), "SHOP");
    refused(shop, order, contracts::contract_currency_differs);
    contracts::MakeContract later;
    later.company = acme;
    later.contract = {"LATER"};
    later.party = {"SHOP"};
    later.counterparty = parties::CounterpartyCode{"ALDER"};
    later.currency = test::currency("EUR");
    later.since = day("2026-03-01");
    shop.must(later);
    order.contract = later.contract;
    refused(shop, order, contracts::contract_not_in_force);
    order.date = day("2026-03-01");
    shop.must(order);
}

TEST_CASE("a line of a sale is refused for the first of its faults") {
    Shop shop;
    define_unfit_taxes(shop);
    shop.create("draft", items::ItemKind::goods);
    PlaceSalesOrder order = place(1, "2026-02-01", "NONE", "0", price("-1"));
    SalesLine& line = order.lines[0];
    line.discount = Percent{-1};
    line.due = day("2026-01-31");
    line.warehouse = inventory::WarehouseCode{"NONE"};
    refused(shop, order, items::item_unknown);
    line.item = {"engraving"};
    refused(shop, order, inventory::quantity_not_positive);
    line.quantity = pcs("0.5");
    refused(shop, order, inventory::quantity_not_whole);
    line.quantity = pcs("1");
    refused(shop, order, sales_warehouse_unwanted);
    line.item = {"mug"};
    refused(shop, order, inventory::warehouse_unknown);
    shop.must(inventory::OpenWarehouse{acme, {"OLD"}, "Old"});
    line.warehouse.reset();
    refused(shop, order, sales_warehouse_missing);
    shop.must(inventory::BlockWarehouse{acme, {"OLD"}});
    line.warehouse = inventory::WarehouseCode{"OLD"};
    refused(shop, order, inventory::warehouse_blocked);
    line.warehouse.reset();
    line.price.reset();
    refused(shop, order, pricing::price_missing);
    order.promotions = {{"NONE"}};
    refused(shop, order, pricing::promotion_not_running);
    line.price = price("-1");
    refused(shop, order, sales_price_unfit);
    line.price = price("9000000000");
    refused(shop, order, sales_discount_unfit);
    line.discount.reset();
    line.quantity = pcs("9000000");
    refused(shop, order, sales_too_large);
    line.quantity = pcs("1");
    line.price = price("1");
    refused(shop, order, due_before_order);
    line.due.reset();
    const auto taxed = [&](const char* tax, const Reason& reason) {
        line.taxes = {{tax}};
        refused(shop, order, reason);
    };
    taxed("NONE", taxes::tax_unknown);
    taxed("BLOCKED", taxes::tax_blocked);
    taxed("BUYING", taxes::tax_of_other_use);
    taxed("UNSET", taxes::tax_rate_not_set);
    taxed("UNFIT", taxes::tax_rate_unfit);
    line.taxes = {{"VAT"}};
    shop.must(order);
}

TEST_CASE("kits that cannot be taken from stock are not sold") {
    Shop shop;
    shop.create("empty", items::ItemKind::kit);
    refused(shop, place(1, "2026-02-01", "empty", "1", price("1")), items::kit_is_empty);
}

TEST_CASE("an amendment is refused for the first of its faults") {
    Shop shop;
    shop.must(place(1, "2026-02-01", "mug", "10", price("5")));
    AmendSalesOrder amend{acme, order(9), {AmendedSalesLine()}, "Other"};
    refused(shop, amend, sales_order_unknown);
    amend.order = order(1);
    refused(shop, amend, sales_line_unknown);
    amend.lines[0].line = 2;
    refused(shop, amend, sales_line_unknown);
    amend.lines[0].line = 1;
    refused(shop, amend, sales_order_unchanged);
    amend.lines.push_back(amend.lines[0]);
    refused(shop, amend, sales_line_twice);
    amend.lines.pop_back();
    shop.must(deliver(1, 1, "2026-02-02", pcs("4")));
    amend.lines[0].price = price("6");
    refused(shop, amend, sales_line_begun);
    amend.lines[0].price.reset();
    amend.lines[0].quantity = pcs("0");
    refused(shop, amend, inventory::quantity_not_positive);
    amend.lines[0].quantity = pcs("3");
    refused(shop, amend, sales_below_done);
    amend.lines[0].quantity = pcs("4");
    amend.lines[0].due = day("2026-01-01");
    refused(shop, amend, due_before_order);
    shop.must(CloseSalesLines{acme, order(1), {}, "Enough"});
    refused(shop, amend, sales_line_closed);
}

TEST_CASE("lines are closed and reopened, orders held and released, each once") {
    Shop shop;
    shop.must(place(1, "2026-02-01", "mug", "10", price("5")));
    refused(shop, CloseSalesLines{acme, order(9), {}, "Enough"}, sales_order_unknown);
    refused(shop, CloseSalesLines{acme, order(1), {2}, "Enough"}, sales_line_unknown);
    refused(shop, CloseSalesLines{acme, order(1), {1, 1}, "Enough"}, sales_line_twice);
    refused(shop, ReopenSalesLines{acme, order(9), {1}, "After all"}, sales_order_unknown);
    refused(shop, ReopenSalesLines{acme, order(1), {2}, "After all"}, sales_line_unknown);
    refused(shop, ReopenSalesLines{acme, order(1), {1}, "After all"}, sales_line_open);
    shop.must(CloseSalesLines{acme, order(1), {1}, "Enough"});
    refused(shop, CloseSalesLines{acme, order(1), {1}, "Enough"}, sales_line_closed);
    refused(shop, CloseSalesLines{acme, order(1), {}, "Enough"}, sales_line_closed);
    refused(shop, ReopenSalesLines{acme, order(1), {1, 1}, "After all"}, sales_line_twice);
    shop.must(ReopenSalesLines{acme, order(1), {1}, "After all"});

    refused(shop, HoldSalesOrder{acme, order(9), "Wait"}, sales_order_unknown);
    refused(shop, ReleaseSalesOrder{acme, order(9), "Go"}, sales_order_unknown);
    shop.must(HoldSalesOrder{acme, order(1), "Wait"});
    refused(shop, HoldSalesOrder{acme, order(1), "Wait"}, sales_order_held);
    refused(shop, deliver(1, 1, "2026-02-02"), sales_order_held);
    shop.must(ReleaseSalesOrder{acme, order(1), "Go"});
    refused(shop, ReleaseSalesOrder{acme, order(1), "Go"}, sales_order_not_held);
    shop.must(deliver(1, 1, "2026-02-02"));
}

TEST_CASE("a delivery is refused for the first of its faults") {
    Shop shop;
    shop.must(place(1, "2026-02-01", "mug", "10", price("5", "USD")));
    shop.must(place(2, "2026-02-01", "engraving", "1", price("5")));
    DeliverSale go = deliver(1, 9, "2026-01-31", pcs("0"));
    go.lines[0].line = 2;
    go.carrier = parties::PartyCode{"NONE"};
    go.freight = eur("-1.00");
    refused(shop, go, sales_order_unknown);
    go.order = order(1);
    refused(shop, go, delivered_before_order);
    go.date = day("2031-01-01");
    refused(shop, go, parties::party_unknown);
    go.carrier.reset();
    refused(shop, go, freight_unfit);
    go.freight.reset();
    refused(shop, go, ledger::date_outside_calendar);
    go.date = day("2026-02-02");
    refused(shop, go, ledger::rate_unknown);
    shop.rate_of("2026-02-01", "0.9");
    refused(shop, go, sales_line_unknown);
    go.lines[0].line = 1;
    refused(shop, go, inventory::quantity_not_positive);
    go.lines[0].quantity = pcs("0.5");
    refused(shop, go, inventory::quantity_not_whole);
    go.lines[0].quantity = pcs("11");
    refused(shop, go, delivered_beyond_order);
    DeliverSale service = deliver(2, 2, "2026-02-02", pcs("1"));
    service.lines[0].warehouse = inventory::WarehouseCode{"MAIN"};
    refused(shop, service, sales_warehouse_unwanted);
    go.lines[0].quantity = pcs("10");
    shop.must(go);
    refused(shop, go, sale_delivery_exists);
    refused(shop, deliver(3, 1, "2026-02-02"), nothing_to_deliver);
    shop.must(CloseSalesLines{acme, order(2), {1}, "Enough"});
    refused(shop, deliver(3, 2, "2026-02-02", pcs("1")), sales_line_closed);
    refused(shop, ReverseSaleDelivery{acme, delivery(9), "Never"}, sale_delivery_unknown);
}

TEST_CASE("an invoice is refused for the first of its faults") {
    Shop shop;
    define_unfit_taxes(shop);
    PlaceSalesOrder taxed = place(1, "2026-02-01", "mug", "10", price("5"));
    taxed.lines[0].taxes = {{"VAT"}};
    shop.must(taxed);
    shop.must(place(2, "2026-02-01", "mug", "10", price("5", "USD")));
    InvoiceSale asked = bill(1, 9, "2026-01-31");
    asked.company = {"NONE"};
    refused(shop, asked, companies::company_unknown);
    asked.company = acme;
    refused(shop, asked, sales_order_unknown);
    asked.lines[0].order = order(1);
    refused(shop, asked, invoiced_before_order);
    asked.date = day("2031-01-01");
    refused(shop, asked, ledger::date_outside_calendar);
    asked.date = day("2026-02-02");
    refused(shop, asked, nothing_to_invoice);
    asked.basis = InvoiceBasis::ordered;
    asked.lines.push_back({order(2), {}, {}});
    refused(shop, asked, invoice_of_several);
    asked.lines.pop_back();
    asked.lines[0].line = 2;
    refused(shop, asked, sales_line_unknown);
    asked.lines[0].line = 1;
    asked.lines[0].quantity = pcs("0");
    refused(shop, asked, inventory::quantity_not_positive);
    asked.lines[0].quantity = pcs("0.5");
    refused(shop, asked, inventory::quantity_not_whole);
    asked.lines[0].quantity = pcs("11");
    refused(shop, asked, invoiced_beyond);
    asked.lines[0].quantity = pcs("10");
    asked.terms = contracts::PaymentTermsCode{"NONE"};
    refused(shop, asked, contracts::payment_terms_unknown);
    asked.terms.reset();
    refused(shop, asked, tax_account_missing);
    InvoiceSale dollars = bill(2, 2, "2026-02-02", InvoiceBasis::ordered);
    refused(shop, dollars, ledger::rate_unknown);
    shop.must(taxes::SetTaxAccounts{
        acme, {"VAT"}, ledger::AccountCode{"2100"}, ledger::AccountCode{"1300"}, {}});
    shop.must(asked);
    CHECK(shop.balance("2100") == -10'00);
    CHECK(shop.balance("1100") == 60'00);
    refused(shop, asked, sales_invoice_exists);
}

TEST_CASE("a credit note is refused for the first of its faults") {
    Shop shop;
    shop.must(place(1, "2026-02-01", "mug", "10", price("5")));
    shop.must(bill(1, 1, "2026-02-02", InvoiceBasis::ordered));
    CreditSale gives = credit(1, 9, "2026-02-01");
    gives.lines = {{2, pcs("0"), {}}};
    refused(shop, gives, sales_invoice_unknown);
    gives.invoice = invoice(1);
    refused(shop, gives, sales_invoice_exists);
    gives.credit_note = invoice(2);
    refused(shop, gives, credited_before_invoice);
    gives.date = day("2031-01-01");
    refused(shop, gives, ledger::date_outside_calendar);
    gives.date = day("2026-02-03");
    refused(shop, gives, sales_invoice_line_unknown);
    gives.lines[0].line = 1;
    gives.lines[0].amount = eur("1.00");
    refused(shop, gives, credit_amount_unfit);
    gives.kind = CreditKind::price;
    refused(shop, gives, credit_amount_unfit);
    gives.lines[0].quantity.reset();
    gives.lines[0].amount = eur("50.01");
    refused(shop, gives, credited_beyond);
    gives.kind = CreditKind::quantity;
    gives.lines[0].amount.reset();
    gives.lines[0].quantity = pcs("0");
    refused(shop, gives, inventory::quantity_not_positive);
    gives.lines[0].quantity = pcs("0.5");
    refused(shop, gives, inventory::quantity_not_whole);
    gives.lines[0].quantity = pcs("11");
    refused(shop, gives, credited_beyond);
    gives.lines[0].quantity = pcs("10");
    shop.must(gives);
    gives.credit_note = invoice(3);
    gives.invoice = invoice(2);
    refused(shop, gives, sales_invoice_unknown);
}
