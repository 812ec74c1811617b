// A company with items, price lists and customers, for tests about what things cost.
#pragma once

#include "domain/contracts/contract_defaults.h"
#include "domain/parties/merges.h"
#include "domain/parties/organisations.h"
#include "domain/pricing/prices.h"
#include "tests/domain/items/stocked.h"

namespace kontor::pricing::shop {

using items::stocked::acme;
using items::stocked::quantity;
using items::stocked::unit;
using test::day;

inline const Currency euro = test::currency("EUR");
inline Money eur(std::string_view amount) { return test::money(amount, "EUR"); }
inline UnitPrice price(std::string_view amount, std::string_view currency = "EUR") {
    return {decimal_from(amount, UnitPrice::digits).value(), test::currency(currency)};
}
inline Percent percent(std::string_view text) { return {decimal_from(text, 6).value()}; }
inline Quantity pcs(std::string_view amount) { return quantity(amount, "pcs"); }
inline const parties::PartyCode salix{"SALIX"}, fern{"FERN"};
inline const PriceListCode retail{"RETAIL"}, trade{"TRADE"};
inline const PriceGroupCode schools{"SCHOOLS"};

inline PriceListDefined list_defined(const PriceListCode& list,
                                     std::optional<PriceListCode> based_on = {},
                                     std::string_view percentage = "0") {
    PriceListDefined event;
    event.company = acme;
    event.list = list;
    event.name = list.text;
    event.currency = euro;
    event.based_on = based_on;
    event.percent = percent(percentage);
    return event;
}

// An item's price for one piece, whatever the quantity.
inline PricedLineOfList costs(std::string_view item, std::string_view amount) {
    return {items::ItemCode{std::string(item)}, {}, {}, {{{}, price(amount)}}, {}};
}
inline PricesSet prices_set(const PriceListCode& list, std::vector<PricedLineOfList> prices,
                            std::string_view from = "2026-01-01") {
    return {acme, list, day(from), std::move(prices)};
}
inline PriceListAssigned assigned(const PriceListCode& list,
                                  std::optional<parties::PartyCode> party = {},
                                  std::optional<PriceGroupCode> group = {}) {
    return {acme, PriceUse::sale, euro, party, group, list, day("2026-01-01")};
}

inline DiscountDefined discount_defined(std::string_view code, std::string_view percentage,
                                        DiscountTerms terms = {}) {
    terms.percent = percent(percentage);
    terms.from = day("2026-01-01");
    return {acme, {std::string(code)}, std::string(code), std::move(terms)};
}

inline PromotionTerms promotion_terms() {
    PromotionTerms terms;
    terms.currency = euro;
    terms.from = day("2026-03-01");
    terms.until = day("2026-03-31");
    return terms;
}
inline PromotionDefined promotion_defined(std::string_view code, PromotionTerms terms) {
    return {acme, {std::string(code)}, std::string(code), std::move(terms)};
}

// ACME of `stocked_company` with two customers, Salix and Fern, of whom Fern is a school, the list
// RETAIL for all and the mug at 10.00 in it. A carton of mugs holds 24.
inline test::Past selling_company() {
    test::Past past = items::stocked::stocked_company();
    const auto add = [&](auto event) { past.push_back(Message::of(std::move(event))); };
    add(items::ItemUnitDefined{acme, {"mug"}, unit("CTN"), pcs("24"), 1, 24, 1});
    add(parties::OrganisationRegistered{acme, salix, "Salix", {"DE"}, {"de"}});
    add(parties::OrganisationRegistered{acme, fern, "Fern", {"DE"}, {"de"}});
    add(PriceGroupDefined{acme, schools, "Schools"});
    add(PartyPutIntoPriceGroup{acme, fern, schools, day("2026-01-01")});
    add(list_defined(retail));
    add(assigned(retail));
    add(prices_set(retail, {costs("mug", "10")}));
    return past;
}

// A sale to Salix on 2 March 2026.
inline PriceQuestion sale(std::vector<AskedPrice> lines) {
    PriceQuestion question;
    question.party = salix;
    question.currency = euro;
    question.date = day("2026-03-02");
    question.lines = std::move(lines);
    return question;
}
inline PriceQuestion mugs(std::string_view amount, std::string_view of = "pcs") {
    return sale({{{"mug"}, quantity(amount, of)}});
}

// "RETAIL 10 pcs: 100.00", or with what each step adds: "RETAIL 9 pcs: 100.00 -10.00 = 90.00"; or
// the reason why not. Steps and amounts add up, whatever they are.
inline std::string told(const test::Given& story, const PriceQuestion& question) {
    const Priced priced = prices_of(story.world(), acme, question);
    if (priced.fault) return std::string(priced.fault.reason->code);
    Money net = {0, question.currency};
    std::string text;
    for (const PricedLine& line : priced.document.lines) {
        text += (text.empty() ? "" : "; ") + line.list.text + ' ' +
                short_decimal_text(line.unit_price.units, UnitPrice::digits) + ' ' +
                std::string(line.unit.text()) + ':';
        Money sum = {0, question.currency};
        for (const PriceStep& step : line.steps) {
            sum = sum + step.amount;
            text += ' ' + amount_text(step.amount);
        }
        if (line.steps.size() > 1) text += " = " + amount_text(line.net);
        CHECK(sum == line.net);
        CHECK(line.gross - line.discounts - line.promotions == line.net);
        net = net + line.net;
    }
    CHECK(net == priced.document.net);
    return text;
}

}  // namespace kontor::pricing::shop
