// Promotions: what they give on a sale, to whom, and how uses are counted against their limits.
#include "domain/pricing/promotions.h"

#include "tests/domain/pricing/shop.h"

using namespace kontor;
using namespace kontor::pricing;
using namespace kontor::pricing::shop;
using test::given;

namespace {

UsingDocumentId order(std::uint64_t number) { return test::nth<UsingDocumentId>(number); }
Context today() {
    Context context;
    context.today = day("2026-03-02");
    return context;
}

PromotionTerms percentage(std::string_view text) {
    PromotionTerms terms = promotion_terms();
    terms.percent = percent(text);
    return terms;
}
PromotionTerms amount(std::string_view text) {
    PromotionTerms terms = promotion_terms();
    terms.amount = eur(text);
    return terms;
}
PromotionTerms pay(std::int64_t pay, std::int64_t buy) {
    PromotionTerms terms = promotion_terms();
    terms.buy = buy;
    terms.pay = pay;
    return terms;
}

// Mugs at 10.00 and bowls at 6.00, both in the category mugs; oil at 4.00.
test::Past goods() {
    test::Past past = selling_company();
    items::ItemCreated bowl = items::stocked::goods("bowl");
    bowl.category = items::ItemCategoryCode{"mugs"};
    past.push_back(Message::of(bowl));
    past.push_back(Message::of(prices_set(retail, {costs("bowl", "6"), costs("oil", "4")})));
    return past;
}
PriceQuestion basket(std::string_view mugs, std::string_view bowls, std::string_view oil) {
    return sale({{{"mug"}, pcs(mugs)}, {{"bowl"}, pcs(bowls)}, {{"oil"}, quantity(oil, "l")}});
}

UsePromotion use(std::uint64_t number, std::string_view amount,
                 const parties::PartyCode& party = salix) {
    return {acme, {"P"}, order(number), party, {}, eur(amount)};
}
PromotionUsed used(std::uint64_t number, std::string_view amount, std::int64_t uses,
                   std::int64_t of_party, std::string_view spent,
                   const parties::PartyCode& party = salix) {
    return {acme,        {"P"}, order(number), party,     day("2026-03-02"),
            eur(amount), uses,  of_party,      eur(spent)};
}

}  // namespace

TEST_CASE("a promotion gives a part of what its goods come to, or an amount") {
    PromotionTerms tenth = percentage("10");
    tenth.categories = {{"mugs"}};
    auto story = given(goods(), promotion_defined("P", tenth));
    CHECK(told(story, basket("1", "1", "1")) ==
          "RETAIL 10 pcs: 10.00 -1.00 = 9.00; RETAIL 6 pcs: 6.00 -0.60 = 5.40; RETAIL 4 l: 4.00");
    const Priced priced = prices_of(story.world(), acme, basket("1", "1", "1"));
    CHECK(priced.document.promotions == std::vector<PromotionGiven>{{{"P"}, eur("1.60")}});
    CHECK(priced.document.gross == eur("20.00"));
    CHECK(priced.document.promoted == eur("1.60"));
    CHECK(priced.document.net == eur("18.40"));

    PromotionTerms five = amount("5.00");
    five.from_amount = eur("20.00");
    auto again = given(goods(), promotion_defined("P", five));
    // 5.00 by 10, 6 and 4 of 20.
    CHECK(told(again, basket("1", "1", "1")) ==
          "RETAIL 10 pcs: 10.00 -2.50 = 7.50; RETAIL 6 pcs: 6.00 -1.50 = 4.50; "
          "RETAIL 4 l: 4.00 -1.00 = 3.00");
    CHECK(told(again, mugs("1.9")) == "RETAIL 10 pcs: 19.00");
    five.from_amount.reset();
    auto third = given(goods(), promotion_defined("P", five));
    CHECK(told(third, sale({{{"oil"}, quantity("1", "l")}})) == "RETAIL 4 l: 4.00 -4.00 = 0.00");
}

TEST_CASE("three for two: the cheapest are free, over all lines") {
    PromotionTerms terms = pay(2, 3);
    terms.categories = {{"mugs"}};
    auto story = given(goods(), promotion_defined("P", terms));
    CHECK(told(story, mugs("2")) == "RETAIL 10 pcs: 20.00");
    CHECK(told(story, mugs("3")) == "RETAIL 10 pcs: 30.00 -10.00 = 20.00");
    CHECK(told(story, mugs("5.9")) == "RETAIL 10 pcs: 59.00 -10.00 = 49.00");
    CHECK(told(story, mugs("1", "dz")) == "RETAIL 10 pcs: 120.00 -40.00 = 80.00");
    CHECK(told(story, basket("2", "1", "1")) ==
          "RETAIL 10 pcs: 20.00; RETAIL 6 pcs: 6.00 -6.00 = 0.00; RETAIL 4 l: 4.00");
    // Nine units: three are free, the one bowl and two of the mugs.
    CHECK(told(story, basket("8", "1", "1")) ==
          "RETAIL 10 pcs: 80.00 -20.00 = 60.00; RETAIL 6 pcs: 6.00 -6.00 = 0.00; "
          "RETAIL 4 l: 4.00");
    terms.most = eur("13.00");
    auto again = given(goods(), promotion_defined("P", terms));
    // 26.00 would be free; of 13.00 the mugs have 10.00 and the bowl 3.00.
    CHECK(told(again, basket("8", "1", "1")) ==
          "RETAIL 10 pcs: 80.00 -10.00 = 70.00; RETAIL 6 pcs: 6.00 -3.00 = 3.00; "
          "RETAIL 4 l: 4.00");
}

TEST_CASE("promotions follow discounts, in their order, and combine if all do") {
    PromotionTerms first = percentage("10");
    first.order = 2;
    PromotionTerms second = percentage("20");
    second.order = 1;
    second.items = {{"bowl"}};
    auto story = given(goods(), promotion_defined("A", first), promotion_defined("B", second));
    CHECK(told(story, basket("1", "1", "1")) ==
          "RETAIL 10 pcs: 10.00 -1.00 = 9.00; RETAIL 6 pcs: 6.00 -1.20 = 4.80; "
          "RETAIL 4 l: 4.00 -0.40 = 3.60");
    first.combines = true;
    auto again = given(goods(), promotion_defined("A", first), promotion_defined("B", second));
    CHECK(told(again, sale({{{"bowl"}, pcs("1")}})) == "RETAIL 6 pcs: 6.00 -1.20 = 4.80");
    second.combines = true;
    auto third = given(goods(), promotion_defined("A", first), promotion_defined("B", second));
    CHECK(told(third, sale({{{"bowl"}, pcs("1")}})) == "RETAIL 6 pcs: 6.00 -1.20 -0.48 = 4.32");
    DiscountTerms half;
    half.last = true;
    half.party = fern;
    third.happened(discount_defined("HALF", "50", half));
    PriceQuestion question = sale({{{"bowl"}, pcs("1")}});
    CHECK(told(third, question) == "RETAIL 6 pcs: 6.00 -1.20 -0.48 = 4.32");
    question.party = fern;
    CHECK(told(third, question) == "RETAIL 3 pcs: 6.00 -3.00 = 3.00");
}

TEST_CASE("a promotion is for whom, when and what it says") {
    const auto gives = [&](const auto& set, const parties::PartyCode& party = salix,
                           const char* date = "2026-03-02", bool coupon = false) {
        PromotionTerms terms = percentage("50");
        set(terms);
        auto story = given(goods(), promotion_defined("P", terms));
        PriceQuestion question = mugs("1");
        question.party = party;
        question.date = day(date);
        if (coupon) question.promotions = {{"P"}};
        return told(story, question) == "RETAIL 10 pcs: 10.00 -5.00 = 5.00";
    };
    const auto as_is = [](PromotionTerms&) {};
    CHECK(gives(as_is));
    CHECK(gives(as_is, salix, "2026-03-01"));
    CHECK(gives(as_is, salix, "2026-03-31"));
    CHECK_FALSE(gives(as_is, salix, "2026-02-28"));
    CHECK_FALSE(gives(as_is, salix, "2026-04-01"));
    const auto of_fern = [](PromotionTerms& terms) { terms.party = fern; };
    CHECK_FALSE(gives(of_fern));
    CHECK(gives(of_fern, fern));
    const auto of_schools = [](PromotionTerms& terms) { terms.group = schools; };
    CHECK_FALSE(gives(of_schools));
    CHECK(gives(of_schools, fern));
    const auto on_request = [](PromotionTerms& terms) { terms.on_request = true; };
    CHECK_FALSE(gives(on_request));
    CHECK(gives(on_request, salix, "2026-03-02", true));
    CHECK_FALSE(gives([](PromotionTerms& terms) { terms.currency = test::currency("USD"); }));
}

TEST_CASE("what is used up is given no more, and a budget is not passed") {
    PromotionTerms terms = percentage("50");
    terms.uses = 2;
    terms.uses_per_party = 1;
    terms.budget = eur("8.00");
    auto story = given(goods(), promotion_defined("P", terms), used(1, "5.00", 1, 1, "5.00"));
    PriceQuestion question = mugs("1");
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00");
    question.document = order(1);  // it is priced again
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00 -5.00 = 5.00");
    question.document.reset();
    question.party = fern;
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00 -3.00 = 7.00");
    story.happened(parties::PartiesMerged{acme, salix, fern, "One"});
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00");
    story.happened(
        PromotionUseTakenBack{acme, {"P"}, order(1), salix, eur("5.00"), 0, 0, eur("0.00")});
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00 -5.00 = 5.00");
    story.happened(used(2, "8.00", 1, 1, "8.00", {"OTHER"}));
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00");
    story.happened(used(2, "1.00", 2, 2, "1.00", {"OTHER"}));
    CHECK(told(story, question) == "RETAIL 10 pcs: 10.00");
}

TEST_CASE("uses are counted in order, so that no limit is passed") {
    PromotionTerms terms = amount("5.00");
    terms.uses = 3;
    terms.uses_per_party = 2;
    terms.budget = eur("11.00");
    auto story = given(goods(), promotion_defined("P", terms));
    story.when(use(1, "5.00"), today()).then(used(1, "5.00", 1, 1, "5.00"));
    story.happened(used(1, "5.00", 1, 1, "5.00"));
    // The same sale, changed: it counts once.
    story.when(use(1, "4.00"), today()).then(used(1, "4.00", 1, 1, "4.00"));
    story.happened(used(2, "5.00", 2, 2, "10.00"));
    story.when(use(3, "1.00"), today())
        .refused(promotion_used_up_by_party, "promotion P, party SALIX");
    story.when(use(2, "6.00"), today()).then(used(2, "6.00", 2, 2, "11.00"));
    story.when(use(2, "6.01"), today()).refused(promotion_budget_spent, "promotion P, 11.01 EUR");
    story.when(use(3, "1.01", fern), today()).refused(promotion_budget_spent);
    story.when(use(3, "1.00", fern), today()).then(used(3, "1.00", 3, 1, "11.00", fern));
    story.happened(used(3, "1.00", 3, 1, "11.00", fern));
    story.when(use(4, "1.00", fern), today()).refused(promotion_used_up, "promotion P");
    const PromotionUseTakenBack back{acme, {"P"}, order(2), salix, eur("5.00"), 2, 1, eur("6.00")};
    story.when(TakeBackPromotion{acme, {"P"}, order(2)}).then(back);
    story.happened(back);
    story.when(TakeBackPromotion{acme, {"P"}, order(2)}).refused(promotion_use_unknown);
    story.when(TakeBackPromotion{acme, {"NONE"}, order(2)})
        .refused(promotion_unknown, "promotion NONE");
    story.when(use(4, "5.00"), today()).then(used(4, "5.00", 3, 2, "11.00"));
}

TEST_CASE("what is wrong with a use is said in a fixed order") {
    PromotionTerms terms = amount("5.00");
    terms.uses = terms.uses_per_party = 1;
    terms.budget = terms.most = eur("5.00");
    auto story = given(goods(), promotion_defined("P", terms), used(1, "5.00", 1, 1, "5.00"));
    UsePromotion wrong{acme, {"NONE"}, order(1), {"NOBODY"}, day("2026-02-28"), eur("0.00")};
    story.when(wrong).refused(promotion_unknown, "promotion NONE");
    wrong.promotion = {"P"};
    story.when(wrong).refused(promotion_not_running, "promotion P, 2026-02-28");
    wrong.date = day("2026-04-01");
    story.when(wrong).refused(promotion_not_running);
    wrong.date = day("2026-03-31");
    story.when(wrong).refused(parties::party_unknown, "party NOBODY");
    wrong.party = fern;
    story.when(wrong).refused(promotion_use_unfit, "0.00 EUR");
    wrong.amount = test::money("1.00", "USD");
    story.when(wrong).refused(promotion_use_unfit);
    wrong.amount = eur("5.01");
    story.when(wrong).refused(promotion_use_unfit);
    wrong.amount = eur("5.00");
    story.when(wrong).refused(promotion_used_by_other, "party SALIX");
    wrong.document = order(2);
    story.when(wrong).refused(promotion_used_up);
    terms.uses = 2;
    auto again = given(goods(), promotion_defined("P", terms), used(1, "5.00", 1, 1, "5.00"));
    wrong.party = salix;
    again.when(wrong).refused(promotion_used_up_by_party);
    wrong.party = fern;
    again.when(wrong).refused(promotion_budget_spent);
}

TEST_CASE("what is wrong with a promotion is said in a fixed order") {
    auto story = given(goods(), promotion_defined("P", amount("5.00")));
    DefinePromotion wrong{{"OTHER"}, {"P"}, "Spring", promotion_terms()};
    wrong.terms.uses = 0;
    wrong.terms.until = day("2026-02-28");
    wrong.terms.party = parties::PartyCode{"NOBODY"};
    wrong.terms.group = PriceGroupCode{"NONE"};
    wrong.terms.items = {{"mug"}, {"NONE"}};
    wrong.terms.categories = {{"NONE"}};
    story.when(wrong).refused(companies::company_unknown);
    wrong.company = acme;
    story.when(wrong).refused(promotion_exists, "promotion P");
    wrong.promotion = {"NEW"};
    const auto is_none = [&](auto set) {
        DefinePromotion command = wrong;
        set(command.terms);
        story.when(command).refused(promotion_is_one_of);
    };
    is_none([](PromotionTerms&) {});
    is_none([](PromotionTerms& terms) { terms.percent = percent("0"); });
    is_none([](PromotionTerms& terms) { terms.percent = percent("100.000001"); });
    is_none([](PromotionTerms& terms) { terms.amount = eur("0.00"); });
    is_none([](PromotionTerms& terms) { terms.amount = test::money("1.00", "USD"); });
    is_none([](PromotionTerms& terms) { terms.buy = 3; });
    is_none([](PromotionTerms& terms) { terms.pay = 2; });
    is_none([](PromotionTerms& terms) { terms.buy = terms.pay = 2; });
    is_none([](PromotionTerms& terms) {
        terms.percent = percent("1");
        terms.amount = eur("1.00");
    });
    wrong.terms.percent = percent("100");
    story.when(wrong).refused(promotion_limits_unfit, "0");
    wrong.terms.uses = 1;
    wrong.terms.uses_per_party = -1;
    story.when(wrong).refused(promotion_limits_unfit, "-1");
    wrong.terms.uses_per_party.reset();
    for (auto* limit : {&wrong.terms.budget, &wrong.terms.most, &wrong.terms.from_amount}) {
        *limit = eur("0.00");
        story.when(wrong).refused(promotion_limits_unfit, "0.00 EUR");
        *limit = test::money("1.00", "USD");
        story.when(wrong).refused(promotion_limits_unfit);
        *limit = eur("0.01");
    }
    story.when(wrong).refused(parties::end_before_beginning, "2026-03-01, 2026-02-28");
    wrong.terms.until = day("2026-03-01");
    story.when(wrong).refused(parties::party_unknown);
    story.happened(parties::PartiesMerged{acme, salix, fern, "One"});
    wrong.terms.party = salix;
    story.when(wrong).refused(parties::party_merged);
    wrong.terms.party = fern;
    story.when(wrong).refused(price_group_unknown, "price group NONE");
    wrong.terms.group = schools;
    story.when(wrong).refused(items::item_unknown, "item NONE", "/terms/items/1");
    wrong.terms.items.pop_back();
    story.when(wrong).refused(items::item_category_unknown, "item category NONE",
                              "/terms/categories/0");
    wrong.terms.categories = {{"mugs"}};
    story.when(wrong).then(PromotionDefined{acme, {"NEW"}, "Spring", wrong.terms});
}

TEST_CASE("a promotion ends sooner than it said") {
    auto story = given(goods(), promotion_defined("P", percentage("50")));
    EndPromotion end{acme, {"NONE"}, day("2026-02-28")};
    story.when(end).refused(promotion_unknown, "promotion NONE");
    end.promotion = {"P"};
    story.when(end).refused(parties::end_before_beginning, "2026-03-01, 2026-02-28");
    end.until = day("2026-03-31");
    story.when(end).refused(promotion_ends_earlier, "promotion P, 2026-03-31");
    end.until.reset();
    story.when(end, today()).then(PromotionEnded{acme, {"P"}, day("2026-03-02")});
    story.happened(PromotionEnded{acme, {"P"}, day("2026-03-01")});
    CHECK(told(story, mugs("1")) == "RETAIL 10 pcs: 10.00");
}
