// What prices are told, and that whoever asks before ordering is told what the order will say.
#include "projections/pricing/pricing.h"

#include "tests/domain/pricing/shop.h"
#include "tests/projections/reading.h"
#include "tests/support/dice.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::pricing;
using namespace kontor::pricing::shop;

namespace {

// A company that decides at random; what is accepted is folded into both sides.
class Traders {
public:
    explicit Traders(std::uint64_t seed) : story_(test::the_catalog()), dice_(seed) {
        test::Past past = selling_company();
        items::ItemCreated bowl = items::stocked::goods("bowl");
        bowl.category = items::ItemCategoryCode{"mugs"};
        past.push_back(Message::of(bowl));
        story_.happened(past);
        for (const Message& event : past) reading_.happened(event, day("2026-01-01"));
    }

    void decide_something() {
        Context context;
        context.today = some_day();
        const auto told = [&](const auto& command) {
            const auto events = story_.when(command, context).events();
            for (const Message& event : events) {
                if (const auto* used = event.as<PromotionUsed>()) hold_to_limits(*used);
                story_.happened(test::Past{event});
                reading_.happened(event, context.today);
            }
        };
        switch (dice_.below(12)) {
            case 0:
                told(DefinePriceList{acme, some_list(), "L", PriceUse::sale, euro,
                                     maybe(some_list()), maybe(some_percent(-50)),
                                     maybe(price("0.05"))});
                break;
            case 1: told(AdjustPriceList{acme, some_list(), {}, some_percent(-50), {}}); break;
            case 2:
            case 3:
            case 4: told(SetPrices{acme, some_list(), {}, {some_price()}}); break;
            case 5:
                told(AssignPriceList{acme,
                                     PriceUse::sale,
                                     euro,
                                     dice_.one_in(2) ? maybe(some_party()) : std::nullopt,
                                     {},
                                     maybe(some_list()),
                                     {}});
                break;
            case 6: told(PutIntoPriceGroup{acme, some_party(), maybe(schools), {}}); break;
            case 7:
                told(DefineDiscount{acme, some_code<DiscountCode>(), "D", some_discount()});
                break;
            case 8: told(EndDiscount{acme, some_code<DiscountCode>(), {}}); break;
            case 9:
                told(DefinePromotion{acme, some_code<PromotionCode>(), "P", some_promotion()});
                break;
            case 10:
                told(UsePromotion{acme,
                                  some_code<PromotionCode>(),
                                  some_document(),
                                  some_party(),
                                  {},
                                  {dice_.between(1, 900), euro}});
                break;
            case 11:
                if (dice_.one_in(3))
                    told(parties::MergeParties{acme, fern, salix, "One"});
                else if (dice_.one_in(3))
                    told(parties::UndoPartyMerge{acme, fern, "Two"});
                else
                    told(TakeBackPromotion{acme, some_code<PromotionCode>(), some_document()});
        }
    }

    // The order's answer and the screen's are one.
    void ask_something() {
        PriceQuestion question;
        question.party = maybe(some_party());
        question.currency = euro;
        question.date = some_day();
        PriceOf query;
        query.company = acme;
        query.party = question.party;
        for (std::int64_t lines = dice_.between(1, 4); lines > 0; --lines) {
            const char* unit_code = dice_.one_in(4) ? "dz" : "pcs";
            const Quantity quantity{dice_.between(1, 40) * 500'000, unit(unit_code)};
            question.lines.push_back({{dice_.one_in(2) ? "mug" : "bowl"}, quantity});
            query.items.push_back(question.lines.back().item);
            query.quantities.push_back(amount_text(quantity));
            query.units.push_back(quantity.unit);
        }
        const Priced decided = prices_of(story_.world(), acme, question);
        const auto shown = reading_.ask<LinePrice>(query, {question.date}, 2);
        REQUIRE(shown.missing.has_value() == static_cast<bool>(decided.fault));
        if (decided.fault) {
            CHECK(*shown.missing == decided.fault.text());
            return;
        }
        ++priced;
        REQUIRE(shown.rows.size() == decided.document.lines.size());
        Money net{0, euro};
        for (std::size_t n = 0; n < shown.rows.size(); ++n) {
            const PricedLine& line = decided.document.lines[n];
            CHECK(shown.rows[n].steps == line.steps);
            CHECK(shown.rows[n].net == line.net);
            CHECK(shown.rows[n].unit_price == line.unit_price);
            Money sum{0, euro};
            for (const PriceStep& step : line.steps) sum = sum + step.amount;
            CHECK(sum == line.net);
            CHECK(line.net.minor >= 0);
            net = net + line.net;
        }
        CHECK(shown.totals->as<PriceTotals>()->net == net);
        discounted += decided.document.discounts.minor > 0;
        promoted += !decided.document.promotions.empty();
    }

    int priced = 0, discounted = 0, promoted = 0;

private:
    template <class T>
    std::optional<T> maybe(T value) {
        return dice_.one_in(2) ? std::optional(std::move(value)) : std::nullopt;
    }
    Date some_day() { return day("2026-01-01") + static_cast<int>(dice_.below(90)); }
    PriceListCode some_list() {
        return {dice_.one_in(2) ? "RETAIL" : dice_.one_in(2) ? "TRADE" : "THIRD"};
    }
    parties::PartyCode some_party() { return dice_.one_in(2) ? salix : fern; }
    Percent some_percent(std::int64_t least) { return {dice_.between(least, 50) * 1'234'500}; }
    template <class C>
    C some_code() {
        return C{std::string(1, static_cast<char>('A' + dice_.below(6)))};
    }
    UsingDocumentId some_document() { return test::nth<UsingDocumentId>(dice_.below(8)); }
    PricedLineOfList some_price() {
        PricedLineOfList line;
        if (dice_.one_in(4))
            line.category = items::ItemCategoryCode{"mugs"};
        else
            line.item = items::ItemCode{dice_.one_in(2) ? "mug" : "bowl"};
        line.unit = unit(dice_.one_in(4) ? "dz" : "pcs");
        line.breaks.push_back({{}, {dice_.between(0, 30'000'000), euro}});
        if (dice_.one_in(2))
            line.breaks.push_back({Quantity{dice_.between(1, 20) * 1'000'000, *line.unit},
                                   {dice_.between(0, 20'000'000), euro}});
        line.until = maybe(day("2026-02-20"));
        return line;
    }
    DiscountTerms some_discount() {
        DiscountTerms terms;
        if (dice_.one_in(3))
            terms.per_unit = UnitPrice{dice_.between(1, 900'000), euro};
        else
            terms.percent = Percent{dice_.between(1, 40) * 1'234'567};
        if (dice_.one_in(3)) terms.party = some_party();
        if (dice_.one_in(4)) terms.group = schools;
        if (dice_.one_in(4)) terms.item = items::ItemCode{"mug"};
        if (dice_.one_in(4)) terms.category = items::ItemCategoryCode{"goods"};
        if (dice_.one_in(4)) terms.list = some_list();
        if (dice_.one_in(4)) terms.from_quantity = pcs("6");
        terms.stage = dice_.between(1, 3);
        terms.last = dice_.one_in(6);
        terms.from = some_day();
        terms.until = maybe(terms.from + 40);
        return terms;
    }
    PromotionTerms some_promotion() {
        PromotionTerms terms;
        terms.currency = euro;
        switch (dice_.below(3)) {
            case 0: terms.percent = Percent{dice_.between(1, 40) * 1'234'567}; break;
            case 1: terms.amount = Money{dice_.between(1, 2'000), euro}; break;
            default: terms.buy = dice_.between(2, 5); terms.pay = dice_.between(1, *terms.buy - 1);
        }
        if (dice_.one_in(3)) terms.items = {{"bowl"}};
        if (dice_.one_in(4)) terms.group = schools;
        if (dice_.one_in(4)) terms.from_amount = Money{1'000, euro};
        if (dice_.one_in(2)) terms.uses = dice_.between(1, 3);
        if (dice_.one_in(2)) terms.uses_per_party = 1;
        if (dice_.one_in(2)) terms.budget = Money{dice_.between(1, 2'000), euro};
        terms.combines = dice_.one_in(2);
        terms.order = dice_.between(0, 3);
        terms.from = some_day();
        terms.until = terms.from + 40;
        return terms;
    }
    // By a count of its own: what the promotion says was used.
    void hold_to_limits(const PromotionUsed& used) {
        const auto& terms = story_.world().of<Promotions>().find({acme, used.promotion})->terms;
        if (terms.uses) CHECK(used.uses <= *terms.uses);
        if (terms.uses_per_party) CHECK(used.uses_of_party <= *terms.uses_per_party);
        if (terms.budget) CHECK(used.spent.minor <= terms.budget->minor);
    }

    test::Given story_;
    test::Reading reading_;
    test::Dice dice_;
};

}  // namespace

TEST_CASE("whoever asks before ordering is told what the order will say") {
    int priced = 0, discounted = 0, promoted = 0;
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        INFO("seed " << seed);
        Traders traders(seed);
        for (int step = 0; step < 60; ++step) {
            traders.decide_something();
            if (step % 2) traders.ask_something();
        }
        priced += traders.priced;
        discounted += traders.discounted;
        promoted += traders.promoted;
    }
    CHECK(priced > 200);
    CHECK(discounted > 50);
    CHECK(promoted > 50);
}

TEST_CASE("a question about prices says what it lacks") {
    test::Reading reading;
    for (const Message& event : selling_company()) reading.happened(event, day("2026-01-01"));
    PriceOf query;
    query.company = {"OTHER"};
    query.items = {{"mug"}};
    const auto missing = [&] { return reading.ask<LinePrice>(query).missing.value_or("none"); };
    CHECK(missing() == "No company has the code OTHER.");
    query.company = acme;
    CHECK(missing() == "none");
    query.quantities = {"1", "2"};
    CHECK(missing() == "There are 1 items, and 2 of what each of them has.");
    query.quantities = {"x"};
    CHECK(missing() == "The quantity of line 1 is no number.");
    query.quantities = {"2"};
    const auto rows = reading.ask<LinePrice>(query).rows;
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].quantity == pcs("2"));
    CHECK(rows[0].net == eur("20.00"));
    query.currency = test::currency("USD");
    CHECK(missing().find("No price list that holds here") != std::string::npos);
}
