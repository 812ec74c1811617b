// Price lists, groups, assignments and discounts as they are entered, and what is wrong with each.
#include "domain/pricing/price_lists.h"

#include "tests/domain/pricing/shop.h"

using namespace kontor;
using namespace kontor::pricing;
using namespace kontor::pricing::shop;
using test::given;

namespace {

const items::ItemCode mug{"mug"};
Context today() {
    Context context;
    context.today = day("2026-03-02");
    return context;
}

DefinePriceList define(const PriceListCode& list) {
    return {acme, list, list.text, PriceUse::sale, euro, {}, {}, {}};
}

}  // namespace

TEST_CASE("a price list has prices of its own, or is computed") {
    auto story = given(selling_company());
    story.when(define(trade)).then(list_defined(trade));
    DefinePriceList based = define(trade);
    based.based_on = retail;
    based.percent = percent("-15");
    based.round_to = price("0.05");
    PriceListDefined event = list_defined(trade, retail, "-15");
    event.round_to = price("0.05");
    story.when(based).then(event);
    story.happened(event);

    DefinePriceList wrong = based;
    wrong.company = {"OTHER"};
    wrong.list = retail;
    wrong.based_on = PriceListCode{"NONE"};
    wrong.percent = percent("-100");
    story.when(wrong).refused(companies::company_unknown, "company OTHER");
    wrong.company = acme;
    story.when(wrong).refused(price_list_exists, "price list RETAIL");
    wrong.list = {"NEW"};
    story.when(wrong).refused(price_list_unknown, "price list NONE");
    wrong.based_on = retail;
    wrong.use = PriceUse::purchase;
    story.when(wrong).refused(price_list_unfit, "price list RETAIL, sale, EUR");
    wrong.use = PriceUse::sale;
    wrong.currency = test::currency("USD");
    story.when(wrong).refused(price_list_unfit);
    wrong.currency = euro;
    story.when(wrong).refused(price_adjustment_unfit);
    wrong.percent = percent("-99.999999");
    wrong.round_to = price("0");
    story.when(wrong).refused(price_adjustment_unfit);
    wrong.round_to = price("1", "USD");
    story.when(wrong).refused(price_adjustment_unfit);
    wrong.round_to.reset();
    story.when(wrong).accepted();
    wrong.based_on.reset();
    story.when(wrong).refused(price_adjustment_unfit);

    AdjustPriceList adjust{acme, {"NONE"}, {}, percent("-100"), {}};
    story.when(adjust, today()).refused(price_list_unknown, "price list NONE");
    adjust.list = trade;
    story.when(adjust, today()).refused(price_adjustment_unfit, "price list TRADE");
    adjust.percent = percent("-15");
    adjust.round_to = price("-1");
    story.when(adjust, today()).refused(price_adjustment_unfit);
    adjust.round_to = price("0.05");
    story.when(adjust, today()).refused(price_list_unchanged, "price list TRADE, 2026-03-02");
    adjust.round_to.reset();
    story.when(adjust, today())
        .then(PriceListAdjusted{acme, trade, day("2026-03-02"), percent("-15"), {}});
    adjust.list = retail;
    story.when(adjust, today()).refused(price_adjustment_unfit, "price list RETAIL");

    story.when(RenamePriceList{acme, {"NONE"}, "New"}).refused(price_list_unknown);
    story.when(RenamePriceList{acme, trade, "New"}).then(PriceListRenamed{acme, trade, "New"});
}

TEST_CASE("an adjustment that is told late holds until the next one") {
    PriceList list{PriceUse::sale, euro, retail, {{first_date, percent("-15"), {}}}};
    auto story = given(selling_company(), list_defined(trade, retail, "-15"),
                       PriceListAdjusted{acme, trade, day("2026-06-01"), percent("-20"), {}},
                       PriceListAdjusted{acme, trade, day("2026-03-01"), percent("-10"), {}},
                       PriceListAdjusted{acme, trade, day("2026-06-01"), percent("-21"), {}});
    const PriceList& is = *story.world().of<PriceLists>().find({acme, trade});
    const auto on = [&](const char* date) {
        return short_decimal_text(adjustment_on(is, day(date)).percent.units, 6);
    };
    CHECK(on("2026-02-28") == "-15");
    CHECK(on("2026-03-01") == "-10");
    CHECK(on("2026-05-31") == "-10");
    CHECK(on("2026-06-01") == "-21");
}

TEST_CASE("prices are set by the sheet") {
    auto story = given(selling_company());
    SetPrices set{acme, retail, {}, {costs("mug", "11"), costs("oil", "0")}};
    set.prices[0].unit = unit("pcs");
    story.when(set, today())
        .then(prices_set(retail, {costs("mug", "11"), costs("oil", "0")}, "2026-03-02"));

    SetPrices wrong{acme, {"NONE"}, day("2026-03-02"), {costs("mug", "1"), costs("NONE", "-1")}};
    PricedLineOfList& line = wrong.prices[1];
    line.category = items::ItemCategoryCode{"NONE"};
    line.unit = unit("xyz");
    line.until = day("2026-03-01");
    story.when(wrong).refused(price_list_unknown, "price list NONE");
    wrong.list = retail;
    story.when(wrong).refused(price_of_one_thing, "", "/prices/1");
    line.category.reset();
    story.when(wrong).refused(items::item_unknown, "item NONE", "/prices/1");
    line.item.reset();
    story.when(wrong).refused(price_of_one_thing);
    line.category = items::ItemCategoryCode{"NONE"};
    story.when(wrong).refused(items::item_category_unknown);
    line.category.reset();
    line.item = mug;
    story.when(wrong).refused(items::unit_unknown, "unit xyz", "/prices/1");
    line.unit = unit("kg");
    story.when(wrong).refused(items::units_do_not_convert);
    line.unit = unit("CTN");
    story.when(wrong).refused(price_breaks_unfit, "", "/prices/1/breaks/0");
    const auto unfit = [&](std::vector<PriceBreak> breaks, std::string_view where) {
        line.breaks = std::move(breaks);
        story.when(wrong).refused(price_breaks_unfit, "", where);
    };
    unfit({{{}, price("1", "USD")}}, "/prices/1/breaks/0");
    unfit({{pcs("1"), price("1")}}, "/prices/1/breaks/0");
    unfit({{quantity("0", "CTN"), price("1")}}, "/prices/1/breaks/0");
    unfit({{{}, price("1")}, {{}, price("1")}}, "/prices/1/breaks/1");
    unfit(
        {{{}, price("1")}, {quantity("2", "CTN"), price("1")}, {quantity("2", "CTN"), price("1")}},
        "/prices/1/breaks/2");
    line.breaks = {{quantity("2", "CTN"), price("1")}};
    story.when(wrong).refused(parties::end_before_beginning, "2026-03-02, 2026-03-01", "/prices/1");
    line.until = day("2026-03-02");
    story.when(wrong).accepted();
    line.unit = unit("pcs");
    line.breaks = {{pcs("1"), price("1")}};
    story.when(wrong).refused(price_named_twice, "", "/prices/1");
    // Of a category nobody knows the base unit, so quantities need a unit that is said.
    line.item.reset();
    line.unit.reset();
    line.category = items::ItemCategoryCode{"mugs"};
    story.when(wrong).refused(price_breaks_unfit);
    line.unit = unit("pcs");
    story.when(wrong).accepted();
}

TEST_CASE("a price that was set in error is withdrawn") {
    auto story = given(selling_company());
    WithdrawPrice withdraw{acme,        {"NONE"},         mug, items::ItemCategoryCode{"mugs"},
                           unit("pcs"), day("2026-03-02")};
    story.when(withdraw).refused(price_list_unknown, "price list NONE");
    withdraw.list = retail;
    story.when(withdraw).refused(price_of_one_thing);
    withdraw.category.reset();
    story.when(withdraw).refused(price_not_set, "price list RETAIL, 2026-03-02");
    withdraw.from = day("2026-01-01");
    story.when(withdraw).then(PriceWithdrawn{acme, retail, mug, {}, {}, day("2026-01-01")});
    withdraw.item.reset();
    story.when(withdraw).refused(price_of_one_thing);
}

TEST_CASE("parties are put into groups, and lists given to them") {
    auto story = given(selling_company());
    story.when(DefinePriceGroup{{"OTHER"}, schools, "Schools"}).refused(companies::company_unknown);
    story.when(DefinePriceGroup{acme, schools, "Schools"})
        .refused(price_group_exists, "price group SCHOOLS");
    story.when(DefinePriceGroup{acme, {"NEW"}, "New"})
        .then(PriceGroupDefined{acme, {"NEW"}, "New"});

    PutIntoPriceGroup put{acme, {"NOBODY"}, PriceGroupCode{"NONE"}, {}};
    story.when(put, today()).refused(parties::party_unknown, "party NOBODY");
    put.party = fern;
    story.when(put, today()).refused(price_group_unknown, "price group NONE");
    put.group = schools;
    story.when(put, today()).refused(price_group_unchanged, "party FERN, 2026-03-02");
    put.group.reset();
    story.when(put, today()).then(PartyPutIntoPriceGroup{acme, fern, {}, day("2026-03-02")});
    story.happened(PartyPutIntoPriceGroup{acme, fern, {}, day("2026-03-02")});
    CHECK(price_group_of(story.world(), acme, fern, day("2026-03-01")) == schools);
    CHECK(price_group_of(story.world(), acme, fern, day("2026-03-02")) == std::nullopt);
    story.happened(parties::PartiesMerged{acme, fern, salix, "One"});
    CHECK(price_group_of(story.world(), acme, salix, day("2026-03-01")) == schools);
    story.when(put, today()).refused(parties::party_merged);
    put.party = salix;
    put.group = schools;
    story.when(put, today()).accepted();

    AssignPriceList assign{{"OTHER"},
                           PriceUse::purchase,
                           euro,
                           parties::PartyCode{"NOBODY"},
                           PriceGroupCode{"NONE"},
                           PriceListCode{"NONE"},
                           {}};
    story.when(assign, today()).refused(companies::company_unknown);
    assign.company = acme;
    story.when(assign, today()).refused(price_list_for_one, "party NOBODY, price group NONE");
    assign.group.reset();
    story.when(assign, today()).refused(parties::party_unknown);
    assign.party = fern;
    story.when(assign, today()).refused(parties::party_merged);
    assign.party.reset();
    assign.group = PriceGroupCode{"NONE"};
    story.when(assign, today()).refused(price_group_unknown);
    assign.group.reset();
    story.when(assign, today()).refused(price_list_unknown, "price list NONE");
    assign.list = retail;
    story.when(assign, today()).refused(price_list_unfit, "price list RETAIL, sale, EUR");
    assign.use = PriceUse::sale;
    assign.currency = test::currency("USD");
    story.when(assign, today()).refused(price_list_unfit);
    assign.currency = euro;
    story.when(assign, today()).refused(price_list_assigned, "2026-03-02");
    assign.list.reset();
    PriceListAssigned event = assigned(retail);
    event.list.reset();
    event.from = day("2026-03-02");
    story.when(assign, today()).then(event);
    assign.list = retail;
    assign.group = schools;
    event.list = retail;
    event.group = schools;
    story.when(assign, today()).then(event);
}

TEST_CASE("what is wrong with a discount is said in a fixed order") {
    auto story = given(selling_company(), discount_defined("D", "5"));
    DefineDiscount wrong{{"OTHER"}, {"D"}, "Less", {}};
    DiscountTerms& terms = wrong.terms;
    terms.from = day("2026-03-02");
    terms.until = day("2026-03-01");
    terms.from_quantity = pcs("0");
    terms.party = parties::PartyCode{"NOBODY"};
    terms.group = PriceGroupCode{"NONE"};
    terms.contract = contracts::ContractCode{"NONE"};
    terms.item = items::ItemCode{"NONE"};
    terms.category = items::ItemCategoryCode{"NONE"};
    terms.list = PriceListCode{"NONE"};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(discount_exists, "discount D");
    wrong.discount = {"NEW"};
    story.when(wrong).refused(discount_is_one_of);
    for (const char* units : {"0", "-1", "100.000001"}) {
        terms.percent = percent(units);
        story.when(wrong).refused(discount_is_one_of);
    }
    terms.percent = percent("100");
    terms.per_unit = price("1");
    story.when(wrong).refused(discount_is_one_of);
    terms.percent.reset();
    terms.per_unit = price("0");
    story.when(wrong).refused(discount_is_one_of);
    terms.per_unit = price("0.000001");
    story.when(wrong).refused(discount_quantity_unfit, "0 pcs");
    terms.from_quantity = pcs("1");
    story.when(wrong).refused(parties::end_before_beginning, "2026-03-02, 2026-03-01");
    terms.until = day("2026-03-02");
    story.when(wrong).refused(parties::party_unknown);
    terms.party = fern;
    story.when(wrong).refused(price_group_unknown);
    terms.group = schools;
    story.when(wrong).refused(contracts::contract_unknown);
    terms.contract.reset();
    story.when(wrong).refused(items::item_unknown);
    terms.item = mug;
    story.when(wrong).refused(items::item_category_unknown);
    terms.category = items::ItemCategoryCode{"mugs"};
    story.when(wrong).refused(price_list_unknown, "price list NONE");
    terms.list = retail;
    story.when(wrong).then(DiscountDefined{acme, {"NEW"}, "Less", terms});
    story.happened(parties::PartiesMerged{acme, fern, salix, "One"});
    story.when(wrong).refused(parties::party_merged);

    EndDiscount end{acme, {"NONE"}, day("2025-12-31")};
    story.when(end).refused(discount_unknown, "discount NONE");
    end.discount = {"D"};
    story.when(end).refused(parties::end_before_beginning, "2026-01-01, 2025-12-31");
    end.until.reset();
    const DiscountEnded ended{acme, {"D"}, day("2026-03-02")};
    story.when(end, today()).then(ended);
    story.happened(ended);
    story.when(end, today()).refused(discount_ends_earlier, "discount D, 2026-03-02");
}
