// Prices, promotions and credit of orders: what the lists say, what is agreed, who may owe what.
#include "domain/sales/sales_orders.h"

#include "domain/contracts/credit_limits.h"
#include "domain/flows/sale_beyond_credit_is_held.h"
#include "domain/pricing/price_assignments.h"
#include "tests/domain/sales/selling_company.h"

using namespace kontor;
using namespace kontor::sales;
using namespace kontor::sales::selling;

namespace {

class PricedShop : public Shop {
public:
    PricedShop() {
        pricing::DefinePriceList retail;
        retail.company = acme;
        retail.list = {"RETAIL"};
        retail.name = "Retail";
        retail.currency = test::currency("EUR");
        must(retail);
        must(pricing::SetPrices{acme,
                                {"RETAIL"},
                                day("2026-01-01"),
                                {priced("mug", {{{}, price("8")}, {pcs("10"), price("7.50")}}),
                                 priced("plate", {{{}, price("4")}})}});
        pricing::AssignPriceList to_all;
        to_all.company = acme;
        to_all.currency = test::currency("EUR");
        to_all.list = pricing::PriceListCode{"RETAIL"};
        to_all.from = day("2026-01-01");
        must(to_all);
    }
    static pricing::PricedLineOfList priced(const char* item,
                                            std::vector<pricing::PriceBreak> breaks) {
        return {items::ItemCode{item}, {}, {}, std::move(breaks), {}};
    }
    // Three for the price of two, on mugs.
    void promote(std::optional<std::int64_t> uses = {}) {
        pricing::DefinePromotion promotion;
        promotion.company = acme;
        promotion.promotion = {"3-FOR-2"};
        promotion.name = "Three for two";
        promotion.terms.currency = test::currency("EUR");
        promotion.terms.buy = 3;
        promotion.terms.pay = 2;
        promotion.terms.items = {{"mug"}};
        promotion.terms.uses = uses;
        promotion.terms.from = day("2026-01-01");
        promotion.terms.until = day("2026-12-31");
        must(promotion);
    }
    const SoldLine& sold(std::uint64_t number, std::int64_t line = 1) const {
        return world().of<SalesOrders>().find({acme, order(number)})->line(line)->sold;
    }
    std::optional<Money> used(std::uint64_t number) const {
        const auto* use = world().of<pricing::PromotionUses>().find(
            {acme, {"3-FOR-2"}, pricing::UsingDocumentId{order(number).uuid}});
        return use ? std::optional(use->amount) : std::nullopt;
    }
};

PlaceSalesOrder by_list(std::uint64_t number, const char* item, std::string_view quantity) {
    PlaceSalesOrder order = place(number, "2026-02-01", item, quantity, price("1"));
    order.lines[0].price.reset();
    return order;
}

std::string exposure(const Shop& shop) {
    std::string text;
    for (const Money& amount : flow::credit_exposure_of(shop.world(), acme, {"ALDER"}))
        text += to_text(amount);
    return text;
}

}  // namespace

TEST_CASE("a line that names no price has that of the customer's list") {
    PricedShop shop;
    shop.must(by_list(1, "mug", "9"));
    CHECK(shop.sold(1).price == price("8"));
    CHECK(shop.sold(1).amount == eur("72.00"));
    CHECK(shop.sold(1).list == pricing::PriceListCode{"RETAIL"});
    shop.must(by_list(2, "mug", "10"));
    CHECK(shop.sold(2).amount == eur("75.00"));
    PlaceSalesOrder less = by_list(3, "mug", "10");
    less.lines[0].discount = Percent{10'000'000};
    shop.must(less);
    CHECK(shop.sold(3).amount == eur("67.50"));
    // What the list has not is refused at its line.
    PlaceSalesOrder two = by_list(4, "mug", "1");
    two.lines.push_back(two.lines[0]);
    two.lines[0].price = price("3");
    two.lines[1].item = {"engraving"};
    const Objection missing = shop.refused(two);
    CHECK(missing.reason == &pricing::price_missing);
    CHECK(missing.pointer.starts_with("/lines/1"));
}

TEST_CASE("the agreed price stays when a quantity is amended, and another one is said") {
    PricedShop shop;
    shop.must(by_list(1, "mug", "9"));
    AmendSalesOrder amend{acme, order(1), {AmendedSalesLine()}, "More"};
    amend.lines[0].line = 1;
    amend.lines[0].quantity = pcs("20");
    shop.must(amend);
    CHECK(shop.sold(1).amount == eur("160.00"));
    amend.lines[0].quantity.reset();
    amend.lines[0].price = price("7");
    shop.must(amend);
    CHECK(shop.sold(1).amount == eur("140.00"));
    CHECK_FALSE(shop.sold(1).list);
    AmendSalesOrder more{acme, order(1), {AmendedSalesLine()}, "A plate too"};
    more.lines[0].added = by_list(1, "plate", "2").lines[0];
    shop.must(more);
    CHECK(shop.sold(1, 2).amount == eur("8.00"));
}

TEST_CASE("a promotion is used by the order that it gives something, as long as it does") {
    PricedShop shop;
    shop.promote(1);
    shop.must(by_list(1, "mug", "3"));
    CHECK(shop.sold(1).amount == eur("16.00"));
    CHECK(shop.used(1) == eur("8.00"));
    // One sale has had it: for the next one it is used up.
    shop.must(by_list(2, "mug", "3"));
    CHECK(shop.sold(2).amount == eur("24.00"));
    CHECK_FALSE(shop.used(2));
    // Less is ordered, and less is given: 8.00 for three are 2.67 for one.
    AmendSalesOrder amend{acme, order(1), {AmendedSalesLine()}, "One is enough"};
    amend.lines[0].line = 1;
    amend.lines[0].quantity = pcs("1");
    shop.must(amend);
    CHECK(shop.sold(1).amount == eur("5.33"));
    CHECK(shop.used(1) == eur("2.67"));
    shop.must(CloseSalesLines{acme, order(1), {}, "None"});
    CHECK_FALSE(shop.used(1));
    shop.must(by_list(3, "mug", "3"));
    CHECK(shop.used(3) == eur("8.00"));
    // What was given to somebody else since cannot be had again.
    CHECK(shop.refused(ReopenSalesLines{acme, order(1), {1}, "After all"}).reason ==
          &pricing::promotion_used_up);
}

TEST_CASE("exposure is the same at every step from order to invoice, and less by what is paid") {
    Shop shop;
    shop.must(
        taxes::SetTaxRate{acme, {"GB"}, {"standard"}, day("2021-01-01"), Percent{20'000'000}, {}});
    taxes::DefineTax tax;
    tax.company = acme;
    tax.tax = {"VAT"};
    tax.name = "VAT";
    tax.terms.jurisdiction = {"GB"};
    tax.terms.rate = taxes::TaxRateCode{"standard"};
    shop.must(tax);
    shop.must(taxes::SetTaxAccounts{
        acme, {"VAT"}, ledger::AccountCode{"2100"}, ledger::AccountCode{"1300"}, {}});
    shop.must(
        contracts::SetCreditLimit{acme, {"ALDER"}, day("2026-01-01"), eur("1200.00"), "Accounts"});
    PlaceSalesOrder big = place(1, "2026-03-01", "mug", "10", price("100"));
    big.lines[0].taxes = {{"VAT"}};
    shop.must(big);
    CHECK(exposure(shop) == "1200.00 EUR");
    shop.must(deliver(1, 1, "2026-03-02", pcs("6")));
    CHECK(exposure(shop) == "1200.00 EUR");
    shop.must(bill(1, 1, "2026-03-03", InvoiceBasis::delivered, pcs("4")));
    CHECK(exposure(shop) == "1200.00 EUR");
    shop.must(settlement::settled::payment(7, "2026-03-04", eur("100.00")));
    CHECK(exposure(shop) == "1100.00 EUR");
    // 100.00 more are at the limit, a cent more is beyond it.
    shop.must(place(2, "2026-03-05", "mug", "1", price("100")));
    CHECK_FALSE(shop.world().of<SalesOrders>().find({acme, order(2)})->held);
    shop.must(place(3, "2026-03-05", "mug", "1", price("0.01")));
    CHECK(shop.world().of<SalesOrders>().find({acme, order(3)})->held ==
          "Credit: 1200.01 EUR against a limit of 1200.00 EUR");
    // The rest of the first order is beyond now too, until somebody answers for it.
    CHECK(shop.refused(deliver(2, 1, "2026-03-06")).reason == &flow::credit_limit_exceeded);
    shop.must(ReleaseSalesOrder{acme, order(1), "They pay on Monday"});
    shop.must(deliver(2, 1, "2026-03-06"));
    CHECK(exposure(shop) == "1200.01 EUR");
    shop.must(CloseSalesLines{acme, order(3), {}, "Nothing"});
    shop.must(bill(2, 1, "2026-03-07"));
    CHECK(exposure(shop) == "1200.00 EUR");
    shop.must(credit(3, 2, "2026-03-08"));
    CHECK(exposure(shop) == "1200.00 EUR");
}

TEST_CASE("who answered for an order did so for what it came to then") {
    Shop shop;
    shop.must(contracts::SetCreditLimit{acme, {"ALDER"}, day("2026-01-01"), eur("10.00"), "Small"});
    shop.must(place(1, "2026-03-01", "mug", "1", price("11")));
    shop.must(ReleaseSalesOrder{acme, order(1), "A good customer"});
    AmendSalesOrder amend{acme, order(1), {AmendedSalesLine()}, "More"};
    amend.lines[0].line = 1;
    amend.lines[0].due = day("2026-07-01");
    shop.must(amend);
    CHECK_FALSE(shop.world().of<SalesOrders>().find({acme, order(1)})->held);
    amend.lines[0].quantity = pcs("2");
    shop.must(amend);
    CHECK(shop.world().of<SalesOrders>().find({acme, order(1)})->held);
}

TEST_CASE("a limit in another currency holds at the day's rate, and without one nothing passes") {
    Shop shop;
    shop.must(
        contracts::SetCreditLimit{acme, {"ALDER"}, day("2026-01-01"), usd("100.00"), "Dollars"});
    shop.must(place(1, "2026-03-01", "mug", "1", price("45")));
    CHECK(shop.world().of<SalesOrders>().find({acme, order(1)})->held ==
          "Credit: a rate is missing to compare with a limit of 100.00 USD");
    shop.rate_of("2026-03-02", "0.90");
    shop.must(place(2, "2026-03-02", "mug", "1", price("45")));  // 90.00 are USD 100.00
    CHECK_FALSE(shop.world().of<SalesOrders>().find({acme, order(2)})->held);
    shop.must(place(3, "2026-03-02", "mug", "1", price("0.01")));
    CHECK(shop.world().of<SalesOrders>().find({acme, order(3)})->held);
}
