// What things cost: which list, which price, which discounts, and how a line explains itself.
#include "domain/pricing/prices.h"

#include "tests/domain/pricing/shop.h"

using namespace kontor;
using namespace kontor::pricing;
using namespace kontor::pricing::shop;
using test::given;

namespace {

contracts::ContractMade contract_with(const PriceListCode& list) {
    contracts::ContractMade made;
    made.company = acme;
    made.contract = {"S-1"};
    made.party = salix;
    made.counterparty = {"S-GMBH"};
    made.currency = euro;
    made.since = day("2026-01-01");
    made.terms.price_list = list;
    return made;
}

DiscountDefined off(std::string_view code, std::string_view percentage, std::int64_t stage,
                    bool last = false) {
    DiscountTerms terms;
    terms.stage = stage;
    terms.last = last;
    return discount_defined(code, percentage, terms);
}

}  // namespace

TEST_CASE("a price holds from its day until another one or its end") {
    auto story = given(selling_company(), prices_set(retail, {costs("mug", "11")}, "2026-03-02"),
                       prices_set(retail, {costs("mug", "12")}, "2026-05-01"));
    const auto on = [&](const char* date) {
        PriceQuestion question = mugs("1");
        question.date = day(date);
        return told(story, question);
    };
    CHECK(on("2025-12-31") == "price_missing");
    CHECK(on("2026-01-01") == "RETAIL 10 pcs: 10.00");
    CHECK(on("2026-03-01") == "RETAIL 10 pcs: 10.00");
    CHECK(on("2026-03-02") == "RETAIL 11 pcs: 11.00");
    CHECK(on("2026-05-01") == "RETAIL 12 pcs: 12.00");
    PricedLineOfList ending = costs("mug", "9");
    ending.until = day("2026-06-30");
    story.happened(prices_set(retail, {ending}, "2026-06-01"));
    CHECK(on("2026-06-30") == "RETAIL 9 pcs: 9.00");
    // What was before it does not come back by itself.
    CHECK(on("2026-07-01") == "price_missing");
    story.happened(PriceWithdrawn{acme, retail, items::ItemCode{"mug"}, {}, {}, day("2026-06-01")});
    CHECK(on("2026-07-01") == "RETAIL 12 pcs: 12.00");
}

TEST_CASE("more costs less each, by the unit of the price") {
    PricedLineOfList pieces = costs("mug", "10");
    pieces.breaks.push_back({pcs("12"), price("9")});
    pieces.breaks.push_back({pcs("100"), price("8.5")});
    PricedLineOfList cartons{
        items::ItemCode{"mug"}, {}, unit("CTN"), {{quantity("2", "CTN"), price("200")}}, {}};
    auto story = given(selling_company(), prices_set(retail, {pieces, cartons}));
    CHECK(told(story, mugs("11.999999")) == "RETAIL 10 pcs: 120.00");  // 119.99999
    CHECK(told(story, mugs("12")) == "RETAIL 9 pcs: 108.00");
    CHECK(told(story, mugs("1", "dz")) == "RETAIL 9 pcs: 108.00");
    CHECK(told(story, mugs("100")) == "RETAIL 8.5 pcs: 850.00");
    // One carton is too few for its own price, and 24 pieces at 9 each.
    CHECK(told(story, mugs("1", "CTN")) == "RETAIL 9 pcs: 216.00");
    CHECK(told(story, mugs("2", "CTN")) == "RETAIL 200 CTN: 400.00");
    CHECK(told(story, mugs("48")) == "RETAIL 9 pcs: 432.00");
    // A list that has only large quantities leaves small ones to the next list.
    PricedLineOfList many = costs("mug", "7");
    many.breaks[0].quantity = pcs("500");
    story.happened(list_defined(trade));
    story.happened(prices_set(trade, {many}));
    story.happened(assigned(trade, salix));
    CHECK(told(story, mugs("499")) == "RETAIL 8.5 pcs: 4241.50");
    CHECK(told(story, mugs("500")) == "TRADE 7 pcs: 3500.00");
}

TEST_CASE("a price for a carton makes pieces to the cent, and small prices have six digits") {
    auto story = given(selling_company());
    story.happened(
        prices_set(retail, {{items::ItemCode{"oil"}, {}, {}, {{{}, price("0.000125")}}, {}}}));
    CHECK(told(story, sale({{{"oil"}, quantity("1000", "l")}})) == "RETAIL 0.000125 l: 0.13");
    CHECK(told(story, sale({{{"oil"}, quantity("8000000", "l")}})) == "RETAIL 0.000125 l: 1000.00");
    story.happened(PriceWithdrawn{acme, retail, items::ItemCode{"mug"}, {}, {}, day("2026-01-01")});
    story.happened(
        prices_set(retail, {{items::ItemCode{"mug"}, {}, unit("CTN"), {{{}, price("100")}}, {}}}));
    // 7/24 of a carton: 29.1666...
    CHECK(told(story, mugs("7")) == "RETAIL 100 CTN: 29.17");
    // Exactly a thousand cartons, where a price of 4.166667 for a piece would make 100000.01.
    CHECK(told(story, mugs("24000")) == "RETAIL 100 CTN: 100000.00");
}

TEST_CASE("a list is computed from another one, and its own prices stand before that") {
    PriceListDefined based = list_defined(trade, retail, "-15");
    based.round_to = price("0.05");
    auto story = given(selling_company(), based, assigned(trade, salix),
                       prices_set(retail, {costs("mug", "9.99"), costs("oil", "4")}),
                       prices_set(trade, {costs("oil", "3.10")}));
    // 9.99 less 15 % is 8.4915, and 8.50 by steps of five cents.
    CHECK(told(story, mugs("2")) == "TRADE 8.5 pcs: 19.98 -2.98 = 17.00");
    CHECK(told(story, sale({{{"oil"}, quantity("1", "l")}})) == "TRADE 3.1 l: 3.10");
    story.happened(PriceListAdjusted{acme, trade, day("2026-03-02"), percent("-10"), {}});
    CHECK(told(story, mugs("2")) == "TRADE 8.991 pcs: 19.98 -2.00 = 17.98");
    const PriceListCode export_list{"EXPORT"};
    story.happened(list_defined(export_list, trade, "20"));
    story.happened(assigned(export_list, fern));
    PriceQuestion question = mugs("1");
    question.party = fern;
    CHECK(told(story, question) == "EXPORT 10.7892 pcs: 9.99 -1.00 1.80 = 10.79");
    question.date = day("2026-03-01");
    CHECK(told(story, question) == "EXPORT 10.2 pcs: 9.99 -1.49 1.70 = 10.20");
}

TEST_CASE("a category has prices, and a template those of its variants") {
    auto story = given(selling_company());
    items::ItemCreated bowl = items::stocked::goods("bowl");
    bowl.category = items::ItemCategoryCode{"mugs"};
    story.happened(bowl);
    story.happened(items::stocked::form("shirt"));
    story.happened(items::stocked::goods("shirt-xl"));
    story.happened(items::VariantAdded{acme, {"shirt"}, {"shirt-xl"}, {}});
    const auto ask = [&](const char* item) { return told(story, sale({{{item}, pcs("1")}})); };
    const auto of_category = [&](const char* category, const char* amount) {
        return prices_set(retail,
                          {{{}, items::ItemCategoryCode{category}, {}, {{{}, price(amount)}}, {}}});
    };
    CHECK(ask("bowl") == "price_missing");
    story.happened(of_category("goods", "5"));
    CHECK(ask("bowl") == "RETAIL 5 pcs: 5.00");
    story.happened(of_category("mugs", "6"));
    CHECK(ask("bowl") == "RETAIL 6 pcs: 6.00");
    CHECK(ask("mug") == "RETAIL 10 pcs: 10.00");
    CHECK(ask("shirt-xl") == "price_missing");
    story.happened(prices_set(retail, {costs("shirt", "20")}));
    CHECK(ask("shirt-xl") == "RETAIL 20 pcs: 20.00");
    story.happened(prices_set(retail, {costs("shirt-xl", "22")}));
    CHECK(ask("shirt-xl") == "RETAIL 22 pcs: 22.00");
}

TEST_CASE("prices are looked for by contract, party, group and for all") {
    auto story =
        given(selling_company(), list_defined({"SCHOOL"}), list_defined({"OWN"}),
              list_defined({"DEAL"}), prices_set({"SCHOOL"}, {costs("mug", "8")}),
              prices_set({"OWN"}, {costs("mug", "7")}), prices_set({"DEAL"}, {costs("mug", "6")}),
              assigned({"SCHOOL"}, {}, schools), contract_with({"DEAL"}));
    PriceQuestion question = mugs("1");
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00");
    question.party = fern;
    CHECK(told(story, question) == "SCHOOL 8 pcs: 8.00");
    story.happened(assigned({"OWN"}, fern));
    CHECK(told(story, question) == "OWN 7 pcs: 7.00");
    question.party = salix;
    question.contract = contracts::ContractCode{"S-1"};
    CHECK(told(story, question) == "DEAL 6 pcs: 6.00");
    question.contract.reset();
    // A merged party's prices are those of the one that stands for it.
    story.happened(parties::PartiesMerged{acme, fern, salix, "One"});
    CHECK(told(story, question) == "OWN 7 pcs: 7.00");
    question.party.reset();
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00");
    question.currency = test::currency("USD");
    CHECK(told(story, question) == "price_missing");
    question.currency = euro;
    question.use = PriceUse::purchase;
    CHECK(told(story, question) == "price_missing");
    story.happened(PriceListAssigned{acme, PriceUse::sale, euro, {}, {}, {}, day("2026-03-02")});
    question.use = PriceUse::sale;
    CHECK(told(story, question) == "price_missing");
}

TEST_CASE("what a supplier takes is a price list as well") {
    PriceListDefined bought = list_defined({"FERN-26"});
    bought.use = PriceUse::purchase;
    DiscountTerms rebate;
    rebate.use = PriceUse::purchase;
    rebate.party = fern;
    rebate.from_quantity = quantity("2", "CTN");
    auto story = given(
        selling_company(), bought, prices_set({"FERN-26"}, {costs("mug", "3.75")}),
        PriceListAssigned{
            acme, PriceUse::purchase, euro, fern, {}, PriceListCode{"FERN-26"}, day("2026-01-01")},
        discount_defined("REBATE", "4", rebate));
    PriceQuestion question = mugs("24");
    question.use = PriceUse::purchase;
    CHECK(told(story, question) == "price_missing");
    question.party = fern;
    CHECK(told(story, question) == "FERN-26 3.75 pcs: 90.00");
    question.lines[0].quantity = pcs("48");
    CHECK(told(story, question) == "FERN-26 3.6 pcs: 180.00 -7.20 = 172.80");
}

TEST_CASE("of a stage the best discount counts, and stages follow one another") {
    auto story = given(selling_company(), off("A", "10", 1), off("B", "12", 1), off("C", "5", 2));
    // 10 less 12 % is 8.80, less 5 % of that 8.36.
    CHECK(told(story, mugs("10")) == "RETAIL 8.36 pcs: 100.00 -12.00 -4.40 = 83.60");
    DiscountTerms each;
    each.stage = 2;
    DiscountDefined amount = discount_defined("D", "1", each);
    amount.terms.percent.reset();
    amount.terms.per_unit = price("0.5");
    story.happened(amount);
    CHECK(told(story, mugs("10")) == "RETAIL 8.3 pcs: 100.00 -12.00 -5.00 = 83.00");
    story.happened(off("E", "1", 1, true));
    CHECK(told(story, mugs("10")) == "RETAIL 8.3 pcs: 100.00 -12.00 -5.00 = 83.00");
    story.happened(off("F", "13", 1, true));
    CHECK(told(story, mugs("10")) == "RETAIL 8.7 pcs: 100.00 -13.00 = 87.00");
    story.happened(DiscountEnded{acme, {"F"}, day("2026-03-01")});
    CHECK(told(story, mugs("10")) == "RETAIL 8.3 pcs: 100.00 -12.00 -5.00 = 83.00");
    amount.discount = {"G"};
    amount.terms.per_unit = price("1000");
    story.happened(amount);
    CHECK(told(story, mugs("10")) == "RETAIL 0 pcs: 100.00 -12.00 -88.00 = 0.00");
}

TEST_CASE("an amount for a base unit is taken off whatever unit is priced") {
    DiscountDefined amount = discount_defined("D", "1");
    amount.terms.percent.reset();
    amount.terms.per_unit = price("0.25");
    PricedLineOfList cartons{items::ItemCode{"mug"}, {}, unit("CTN"), {{{}, price("200")}}, {}};
    auto story = given(selling_company(), amount, prices_set(retail, {cartons}));
    CHECK(told(story, mugs("1", "CTN")) == "RETAIL 194 CTN: 200.00 -6.00 = 194.00");
    amount.discount = {"E"};
    amount.terms.per_unit = price("2", "USD");
    story.happened(amount);
    CHECK(told(story, mugs("1", "CTN")) == "RETAIL 194 CTN: 200.00 -6.00 = 194.00");
}

TEST_CASE("a discount is for what it names, all of it") {
    const auto with = [&](const auto& set) {
        DiscountTerms terms;
        set(terms);
        auto story =
            given(selling_company(), contract_with({"NONE"}), discount_defined("D", "10", terms));
        std::string told_of;
        for (const auto& party : {salix, fern}) {
            PriceQuestion question = mugs("12");
            question.party = party;
            if (party == salix) question.contract = contracts::ContractCode{"S-1"};
            told_of += told(story, question).ends_with(" 108.00") ? party.text + " " : "";
        }
        return told_of;
    };
    CHECK(with([](DiscountTerms&) {}) == "SALIX FERN ");
    CHECK(with([](DiscountTerms& terms) { terms.party = fern; }) == "FERN ");
    CHECK(with([](DiscountTerms& terms) { terms.group = schools; }) == "FERN ");
    CHECK(with([](DiscountTerms& terms) { terms.contract = contracts::ContractCode{"S-1"}; }) ==
          "SALIX ");
    CHECK(with([](DiscountTerms& terms) { terms.item = items::ItemCode{"mug"}; }) == "SALIX FERN ");
    CHECK(with([](DiscountTerms& terms) { terms.item = items::ItemCode{"oil"}; }).empty());
    CHECK(with([](DiscountTerms& terms) { terms.category = items::ItemCategoryCode{"goods"}; }) ==
          "SALIX FERN ");
    CHECK(with([](DiscountTerms& terms) {
              terms.category = items::ItemCategoryCode{"oils"};
          }).empty());
    CHECK(with([](DiscountTerms& terms) { terms.list = retail; }) == "SALIX FERN ");
    CHECK(with([](DiscountTerms& terms) { terms.list = trade; }).empty());
    CHECK(with([](DiscountTerms& terms) { terms.from_quantity = quantity("1", "dz"); }) ==
          "SALIX FERN ");
    CHECK(with([](DiscountTerms& terms) { terms.from_quantity = pcs("12.000001"); }).empty());
    CHECK(with([](DiscountTerms& terms) { terms.from_quantity = quantity("1", "kg"); }).empty());
    CHECK(with([](DiscountTerms& terms) { terms.until = day("2026-03-02"); }) == "SALIX FERN ");
    CHECK(with([](DiscountTerms& terms) { terms.until = day("2026-03-01"); }).empty());
    CHECK(with([](DiscountTerms& terms) { terms.use = PriceUse::purchase; }).empty());
    CHECK(with([](DiscountTerms& terms) {
              terms.party = salix;
              terms.group = schools;
          }).empty());
}

TEST_CASE("what cannot be priced says why and where") {
    auto story = given(selling_company());
    const auto fault = [&](std::vector<AskedPrice> lines) {
        const Objection met = prices_of(story.world(), acme, sale(std::move(lines))).fault;
        return met ? std::string(met.reason->code) + ' ' + met.pointer : "none";
    };
    const AskedPrice fine{{"mug"}, pcs("1")};
    CHECK(fault({fine}) == "none");
    CHECK(fault({fine, {{"NONE"}, pcs("1")}}) == "item_unknown /lines/1");
    CHECK(fault({fine, {{"mug"}, pcs("0")}}) == "price_quantity_unfit /lines/1");
    CHECK(fault({{{"mug"}, pcs("-1")}}) == "price_quantity_unfit /lines/0");
    CHECK(fault({{{"mug"}, quantity("1", "kg")}}) == "price_quantity_unfit /lines/0");
    CHECK(fault({{{"oil"}, quantity("1", "l")}}) == "price_missing /lines/0");
    CHECK(fault({{{"mug"}, pcs("1000000000000")}}) == "none");
    CHECK(fault({{{"mug"}, pcs("1000000000000")}, fine}) == "price_too_large ");
    CHECK(fault({{{"mug"}, quantity("90000000000", "dz")}}) == "price_quantity_unfit /lines/0");
    story.happened(prices_set(retail, {costs("oil", "11")}));
    CHECK(fault({{{"oil"}, quantity("1000000000000", "l")}}) == "price_too_large /lines/0");
    PriceQuestion question = mugs("1");
    question.promotions = {{"NONE"}};
    CHECK(told(story, question) == "promotion_not_running");
}
