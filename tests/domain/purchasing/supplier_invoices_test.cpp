// Invoices: what they clear, where a price's difference goes, and what blocks their payment.
#include "domain/purchasing/supplier_invoices.h"

#include "domain/settlement/open_items.h"
#include "tests/domain/purchasing/buying_company.h"

using namespace kontor;
using namespace kontor::purchasing;
using namespace kontor::purchasing::buying;

namespace {

// 2 % and 50.00, whichever is lower, of prices and quantities.
void tolerate(Buyer& buyer) {
    SetPurchasePolicy policy;
    policy.company = acme;
    policy.dearer = policy.more = MatchTolerance{percent("2"), eur("50.00")};
    buyer.must(policy);
}
InvoiceLine credited(std::uint64_t order, std::optional<Quantity> quantity,
                     std::optional<Money> amount = {}) {
    InvoiceLine line;
    line.order = nth<PurchaseOrderId>(order);
    line.quantity = quantity;
    line.amount = amount;
    return line;
}
// 100 at USD 10.00, received at 0.90: 900.00.
void receive_dollars(Buyer& buyer) {
    buyer.know_rate("2026-01-10", "0.90");
    buyer.know_rate("2026-01-20", "0.92");
    buyer.must(place(1, "YANKEE", {mugs("100", "10.00", "USD")}));
    buyer.must(receive(1, 1));
}

}  // namespace

TEST_CASE("a price's difference at the receipt's rate is cost, the rest is exchange") {
    Buyer buyer;
    receive_dollars(buyer);
    const auto invoiced =
        buyer.says<SupplierInvoiced>(invoice(1, 1, pcs("100"), price("10.20", "USD")));
    CHECK(invoiced.payable == usd("1020.00"));
    CHECK(invoiced.payable_base == eur("938.40"));
    CHECK(buyer.at_end("2000") == -938'40);
    CHECK(buyer.at_end("1200") == 918'00);
    CHECK(buyer.at_end("5800") == 20'40);
    CHECK(buyer.at_end("2200") == 0);
    CHECK(buyer.in_currency("2200", "USD") == 0);
    CHECK(buyer.in_currency("2000", "USD") == -1020'00);
}

TEST_CASE("of what is sold, the difference is cost of sales") {
    Buyer buyer(GENERATE(items::CostingMethod::fifo, items::CostingMethod::moving_average));
    receive_dollars(buyer);
    buyer.must(inventory::stocked::issue(9, "2026-01-12", "75"));
    buyer.must(invoice(1, 1, pcs("100"), price("10.20", "USD")));
    CHECK(buyer.at_end("1200") == 229'50);
    CHECK(buyer.at_end("5000") == 688'50);
    CHECK(buyer.at_end("2200") == 0);
}

TEST_CASE("at a standard every difference of price is a variance") {
    Buyer buyer(items::CostingMethod::standard);
    buyer.must(inventory::stocked::standard("2026-01-01", "8.80"));
    receive_dollars(buyer);
    CHECK(buyer.at_end("1200") == 880'00);
    CHECK(buyer.at_end("5050") == 20'00);
    buyer.must(invoice(1, 1, pcs("100"), price("10.20", "USD")));
    CHECK(buyer.at_end("1200") == 880'00);
    CHECK(buyer.at_end("5050") == 38'00);
    CHECK(buyer.at_end("5800") == 20'40);
    CHECK(buyer.at_end("2200") == 0);
}

TEST_CASE("cheaper than ordered, goods cost less") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("100", "10.00")}));
    buyer.must(receive(1, 1));
    const auto invoiced = buyer.says<SupplierInvoiced>(invoice(1, 1, pcs("100"), price("9.50")));
    CHECK(invoiced.faults.empty());
    CHECK(buyer.at_end("1200") == 950'00);
    CHECK(buyer.at_end("2000") == -950'00);
    CHECK(buyer.at_end("2200") == 0);
}

TEST_CASE("an invoice in parts clears receipts to exactly nothing") {
    Buyer buyer;
    buyer.know_rate("2026-01-10", "0.8587620000");
    buyer.know_rate("2026-01-20", "0.8712345678");
    buyer.must(place(1, "YANKEE", {mugs("7", "3.33", "USD")}));
    buyer.must(receive(1, 1, pcs("4")));
    buyer.must(receive(2, 1, pcs("3")));
    for (std::uint64_t n = 1; n <= 7; ++n)
        buyer.must(invoice(n, 1, pcs("1"), price("3.37", "USD")));
    CHECK(buyer.at_end("2200") == 0);
    CHECK(buyer.in_currency("2200", "USD") == 0);
    CHECK(buyer.in_currency("2000", "USD") == -7 * 3'37);
}

TEST_CASE("100 at 10, 90 received, 5 returned: 85 are accepted") {
    Buyer buyer;
    tolerate(buyer);
    buyer.must(place(1, "WICK", {mugs("100", "10.00")}));
    buyer.must(receive(1, 1, pcs("90"), {}, "2026-01-10"));
    buyer.must(send_back(1, 1, "5", "2026-01-11"));
    SECTION("85 at 10.15 pass: 1.5 %, 12.75") {
        CHECK(
            buyer.says<SupplierInvoiced>(invoice(1, 1, pcs("85"), price("10.15"))).faults.empty());
    }
    SECTION("85 at 10.25 are blocked: 2.5 %") {
        const auto invoiced =
            buyer.says<SupplierInvoiced>(invoice(1, 1, pcs("85"), price("10.25")));
        REQUIRE(invoiced.faults.size() == 1);
        CHECK(invoiced.faults[0].kind == MatchFaultKind::dearer);
        CHECK(invoiced.faults[0].amount == eur("21.25"));
        // It is in the books all the same.
        CHECK(buyer.at_end("2000") == -871'25);
    }
    SECTION("100 at 10.15 are blocked for 15") {
        const auto invoiced =
            buyer.says<SupplierInvoiced>(invoice(1, 1, pcs("100"), price("10.15")));
        REQUIRE(invoiced.faults.size() == 1);
        CHECK(invoiced.faults[0].kind == MatchFaultKind::more_than_accepted);
        CHECK(invoiced.faults[0].quantity == pcs("15"));
        CHECK(buyer.at_end("2200") == 152'25);
        // The supplier gives back what never came.
        buyer.must(credit_note(2, 1, {credited(1, pcs("15"), eur("152.25"))}));
        CHECK(buyer.at_end("2200") == 0);
        CHECK(buyer.at_end("2000") == -862'75);
    }
    SECTION("parts are counted together") {
        buyer.must(invoice(1, 1, pcs("80"), price("10.15")));
        const auto rest = buyer.says<SupplierInvoiced>(invoice(2, 1, pcs("5"), price("12.00")));
        // 22.00 on 850.00 are more than 2 %.
        REQUIRE(rest.faults.size() == 1);
        CHECK(rest.faults[0].amount == eur("22.00"));
    }
}

TEST_CASE("the lower of two tolerances binds, and favourable differences have their own") {
    const MatchTolerance both{percent("2"), eur("50.00")};
    CHECK_FALSE(is_beyond(both, 50'00, 10'000'00, eur("50.00")));
    CHECK(is_beyond(both, 50'01, 10'000'00, eur("50.01")));
    CHECK(is_beyond(both, 2'01, 100'00, eur("2.01")));
    CHECK_FALSE(is_beyond(both, 2'00, 100'00, eur("2.00")));
    CHECK_FALSE(is_beyond({}, 1'000'00, 1'00, eur("1000.00")));
    Buyer buyer;
    SetPurchasePolicy policy;
    policy.company = acme;
    policy.cheaper = MatchTolerance{percent("10"), {}};
    buyer.must(policy);
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(receive(1, 1));
    const auto invoiced = buyer.says<SupplierInvoiced>(invoice(1, 1, pcs("10"), price("8.99")));
    REQUIRE(invoiced.faults.size() == 1);
    CHECK(invoiced.faults[0].kind == MatchFaultKind::cheaper);
}

TEST_CASE("a blocked invoice is held back until somebody with the role releases it") {
    Buyer buyer;
    const ReleaseSupplierInvoice release{acme, nth<SupplierInvoiceId>(1), "Agreed"};
    buyer.refuses(release, supplier_invoice_unknown);
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(receive(1, 1));
    buyer.must(invoice(1, 1, pcs("5")));
    buyer.refuses(release, invoice_not_blocked);
    buyer.must(invoice(2, 1, pcs("5"), price("10.01")));
    const ReleaseSupplierInvoice second{acme, nth<SupplierInvoiceId>(2), "Agreed"};
    const auto held = [&] {
        return buyer.world()
            .of<settlement::OpenItems>()
            .find({acme, nth<settlement::OpenItemId>(2)})
            ->blocked;
    };
    CHECK(held());
    buyer.refuses(second, release_needs_role);
    buyer.must(access::DefineRole{{"lead"}, {"purchasing"}});
    SetPurchasePolicy policy;
    policy.company = acme;
    policy.releases = access::RoleCode{"lead"};
    buyer.must(policy);
    buyer.refuses(second, release_needs_role);
    buyer.must(access::GrantRole{{"ann"}, {"lead"}, acme});
    buyer.must_as("ann", second);
    CHECK_FALSE(held());
    buyer.refuses(second, invoice_not_blocked);
}

TEST_CASE("taxes are got back, or owed by reverse charge") {
    Buyer buyer;
    using namespace taxes;
    buyer.must(SetTaxRate{acme, {"DE"}, {"standard"}, day("2021-01-01"), percent("19"), {}});
    DefineTax vat;
    vat.company = acme;
    vat.tax = {"VAT"};
    vat.name = "VAT";
    vat.terms.jurisdiction = {"DE"};
    vat.terms.rate = TaxRateCode{"standard"};
    buyer.must(vat);
    vat.tax = {"REVERSE"};
    vat.terms.effect = TaxEffect::reverse_charge;
    buyer.must(vat);
    auto taxed = place(1, "WICK", {mugs("10", "10.00")});
    taxed.taxes = {{"VAT"}};
    buyer.must(taxed);
    buyer.must(receive(1, 1));
    buyer.refuses(invoice(1, 1), purchase_tax_account_missing);
    SetTaxAccounts accounts;
    accounts.company = acme;
    accounts.tax = {"VAT"};
    accounts.recoverable = ledger::AccountCode{"1300"};
    buyer.must(accounts);
    auto command = invoice(1, 1);
    command.total = eur("118.99");
    buyer.refuses(command, invoice_total_differs);
    command.total = eur("119.00");
    command.charges = {{{"5400"}, eur("10.00"), {}, "Leaflets"}};
    buyer.refuses(command, invoice_total_differs);
    command.total = eur("129.00");
    buyer.must(command);
    CHECK(buyer.at_end("1300") == 19'00);
    CHECK(buyer.at_end("5400") == 10'00);
    CHECK(buyer.at_end("2000") == -129'00);
    accounts.tax = {"REVERSE"};
    accounts.payable = ledger::AccountCode{"2100"};
    buyer.must(accounts);
    auto abroad = place(2, "WICK", {mugs("10", "10.00")});
    abroad.taxes = {{"REVERSE"}};
    buyer.must(abroad);
    buyer.must(receive(2, 2));
    buyer.must(invoice(2, 2));
    CHECK(buyer.at_end("1300") == 38'00);
    CHECK(buyer.at_end("2100") == -19'00);
    CHECK(buyer.at_end("2000") == -229'00);
}

TEST_CASE("what goes back after it was invoiced is credited at what it cost") {
    Buyer buyer;
    receive_dollars(buyer);
    buyer.must(invoice(1, 1, pcs("100"), price("10.20", "USD")));
    buyer.must(send_back(1, 1, "10"));
    // 10 of 918.00; USD 100.00 at 0.90 are claimed, and the price's 1.80 stay with what is kept.
    CHECK(buyer.at_end("2200") == 90'00);
    CHECK(buyer.in_currency("2200", "USD") == 100'00);
    CHECK(buyer.at_end("1200") == 828'00);
    auto note = credit_note(2, 1, {credited(1, pcs("10"), usd("102.00"))});
    note.rate = rate("0.92");
    buyer.must(note);
    CHECK(buyer.at_end("2200") == 0);
    CHECK(buyer.in_currency("2200", "USD") == 0);
    CHECK(buyer.at_end("1200") == 826'20);  // 90 at USD 10.20 and 0.90
    CHECK(buyer.in_currency("2000", "USD") == -918'00);
    CHECK(buyer.at_end("2000") == -938'40 + 93'84);
    CHECK(buyer.at_end("5800") == 20'40);
    CHECK(buyer.at_end("4910") == -2'04);
}

TEST_CASE("a bonus makes what was invoiced and kept cheaper") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("100", "10.00")}));
    buyer.must(receive(1, 1, pcs("60")));
    buyer.must(receive(2, 1, pcs("40")));
    buyer.must(invoice(1, 1));
    buyer.must(credit_note(2, 1, {credited(1, {}, eur("30.00"))}));
    CHECK(buyer.at_end("1200") == 970'00);
    CHECK(buyer.at_end("2000") == -970'00);
    CHECK(buyer.at_end("2200") == 0);
    buyer.refuses(credit_note(3, 1, {credited(1, {}, eur("970.01"))}), credited_beyond_invoiced);
    buyer.refuses(credit_note(3, 1, {credited(1, pcs("1"))}), credited_beyond_returned);
}

TEST_CASE("a supplier's invoice is refused for the first of its faults") {
    Buyer buyer;
    buyer.must(place(1, "WICK", {mugs("10", "10.00")}));
    buyer.must(place(2, "YANKEE", {mugs("10", "10.00", "USD")}));
    buyer.must(place(3, "WICK", {mugs("10", "10.00", "USD")}));
    buyer.must(receive(1, 1, pcs("5")));
    buyer.must(invoice(9, 1, pcs("1")));
    RecordSupplierInvoice command = invoice(9, 8, pcs("0"), price("-1"), "2025-12-31");
    command.lines[0].order = nth<PurchaseOrderId>(7);
    command.lines[0].line = 2;
    command.rate = rate("1");
    command.charges = {{{"none"}, usd("1.00"), {{"NONE"}}, ""}};
    buyer.refuses(command, supplier_invoice_exists);
    command.invoice = nth<SupplierInvoiceId>(1);
    buyer.refuses(command, purchase_order_unknown);
    command.order = nth<PurchaseOrderId>(1);
    buyer.refuses(command, purchase_order_unknown);
    command.lines[0].order = nth<PurchaseOrderId>(2);
    buyer.refuses(command, invoice_of_other_supplier);
    command.lines[0].order = nth<PurchaseOrderId>(3);
    buyer.refuses(command, invoice_currency_differs);
    command.lines[0].order = nth<PurchaseOrderId>(1);
    buyer.refuses(command, supplier_number_exists);
    command.number = "I-1";
    buyer.refuses(command, ledger::date_outside_calendar);
    buyer.must(ledger::ClosePeriod{acme, {"2026"}, 2});
    command.date = day("2026-02-01");
    buyer.refuses(command, ledger::period_closed);
    command.date = day("2026-01-20");
    buyer.refuses(command, receipt_rate_unfit);
    command.rate.reset();
    auto dollars = invoice(1, 2, pcs("1"));
    buyer.refuses(dollars, receipt_rate_unknown);
    buyer.refuses(command, purchase_line_unknown);
    command.lines[0].line = 1;
    buyer.refuses(command, inventory::quantity_not_positive);
    command.lines[0].quantity = pcs("0.5");
    buyer.refuses(command, inventory::quantity_not_whole);
    command.lines[0].quantity = pcs("1000000");
    buyer.refuses(command, invoice_amount_negative);
    command.lines[0].price = price("5000000000000");
    buyer.refuses(command, purchase_too_large);
    command.lines[0].price.reset();
    command.lines[0].amount = eur("10.00");
    buyer.refuses(command, ledger::account_unknown);
    command.charges[0].account = {"5"};
    buyer.refuses(command, ledger::account_is_summary);
    command.charges[0].account = {"5300"};
    buyer.refuses(command, invoice_currency_differs);
    command.charges[0].amount = eur("1.00");
    buyer.refuses(command, taxes::tax_unknown);
    command.charges.clear();
    command.lines[0].amount = eur("0.00");
    buyer.refuses(command, invoice_taxes_unfit);
    buyer.must(invoice(2, 1));
    buyer.refuses(invoice(3, 1), invoice_without_lines);
    buyer.refuses(credit_note(3, 1), invoice_without_lines);
}
