// What a document's lines cost, and why: a pure function, for orders and for questions alike.
#pragma once

#include "domain/pricing/discounts.h"
#include "domain/pricing/promotions.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kontor::pricing {

inline constexpr Reason price_quantity_unfit{
    Refusal::invalid, "price_quantity_unfit",
    "A quantity that is priced is above zero, in a unit of the item."};
inline constexpr Reason price_missing{
    Refusal::conflict, "price_missing",
    "No price list that holds here prices the item in this quantity on that day."};
inline constexpr Reason price_too_large{Refusal::invalid, "price_too_large",
                                        "It comes to more than an amount can be."};

struct AskedPrice {
    items::ItemCode item;
    Quantity quantity;
};

struct PriceQuestion {
    PriceUse use = PriceUse::sale;
    std::optional<parties::PartyCode> party;
    std::optional<contracts::ContractCode> contract;
    Currency currency;
    Date date;
    std::vector<AskedPrice> lines;
    std::vector<PromotionCode> promotions;    // named, such as by a coupon
    std::optional<UsingDocumentId> document;  // whose own uses of promotions do not count
};

enum class PriceStepKind : std::uint8_t { list_price, adjustment, discount, promotion };

void describe(auto& choice, PriceStepKind) {
    choice.choice("PriceStepKind", "What makes a part of what a line comes to.")
        .value("list_price", "The price that a list has, times the quantity.")
        .value("adjustment", "What another list that is based on it adds or takes off.")
        .value("discount", "What a discount takes off.")
        .value("promotion", "What a promotion gives.");
}

struct PriceStep {
    PriceStepKind kind = PriceStepKind::list_price;
    std::string code;
    std::optional<Percent> percent;
    std::optional<UnitPrice> unit_price;
    Money amount;

    bool operator==(const PriceStep&) const = default;
    static void describe(auto& record) {
        record.record("PriceStep", "A part of what a line comes to; all of them add up to it.")
            .field("kind", &PriceStep::kind, "What makes it.")
            .field("code", &PriceStep::code, "Of the list, discount or promotion.")
            .field("percent", &PriceStep::percent, "Its percentage, where it has one.")
            .field("unit_price", &PriceStep::unit_price, "The price that it leaves.")
            .field("amount", &PriceStep::amount, "What it adds; below zero: what it takes off.");
    }
};

// A line as it is priced. Amounts are of the document's currency.
struct PricedLine {
    PriceListCode list;    // that gave the price, computed or its own
    Unit unit;             // what prices are for one of
    UnitPrice list_price;  // before discounts
    UnitPrice unit_price;  // after discounts, before promotions
    Money gross;           // list price x quantity
    Money discounts;       // not below zero: what they take off
    Money promotions;      // not below zero: what they give
    Money net;             // gross less both
    std::vector<PriceStep> steps;
    bool operator==(const PricedLine&) const = default;
};

// What a promotion gives on all lines: what an order says with UsePromotion.
struct PromotionGiven {
    PromotionCode promotion;
    Money amount;
    bool operator==(const PromotionGiven&) const = default;
};

struct PricedDocument {
    std::vector<PricedLine> lines;
    std::vector<PromotionGiven> promotions;
    Money gross, discounts, promoted, net;
};

// What lines come to, or the first reason why they cannot be priced: item_unknown,
// price_quantity_unfit, price_missing, price_too_large, promotion_not_running.
struct Priced {
    PricedDocument document;
    Objection fault;
};

// What is known of an item on the day: its categories from the nearest up.
struct PricedItem {
    Unit base_unit;
    std::optional<items::ItemCode> variant_of;
    std::vector<items::ItemCategoryCode> categories;
};

struct PriceInForce {
    std::optional<Unit> unit;
    KeptPrice price;
};

struct RunningPromotion {
    PromotionCode promotion;
    PromotionTerms terms;
    std::int64_t uses = 0;
    std::int64_t uses_of_party = 0;
    Money spent;
};

// All that prices follow from, as it is on the question's day: a seam, so that orders and the read
// model compute by the same function.
struct PriceBook {
    std::function<std::optional<PricedItem>(const items::ItemCode&)> item;
    std::function<std::optional<items::UnitRatio>(const items::ItemCode&, Unit from, Unit to)>
        ratio;
    std::function<std::optional<PriceList>(const PriceListCode&)> list;
    // Of each unit the price that began last.
    std::function<std::vector<PriceInForce>(const PriceListCode&,
                                            const std::optional<items::ItemCode>&,
                                            const std::optional<items::ItemCategoryCode>&)>
        prices;
    // Discounts of the question's use that lie under a code, whatever their days.
    std::function<std::vector<std::pair<DiscountCode, DiscountTerms>>(DiscountShelf,
                                                                      const std::string&)>
        discounts;
    std::vector<PriceListCode> lists;          // in which prices are looked for, in order
    std::vector<parties::PartyCode> parties;   // the party and those that it stands for
    std::optional<PriceGroupCode> group;       // that the party is in
    std::vector<RunningPromotion> promotions;  // by code; those of the day and currency
};

// The lists in which a price is looked for: the contract's, the party's, its group's, that of all;
// without those of another use or currency.
std::vector<PriceListCode> lists_in_order(
    const PriceBook&, const PriceQuestion&, const std::optional<PriceListCode>& of_contract,
    const std::function<std::optional<PriceListCode>(const PriceAssignmentKey&)>& assigned,
    const CompanyCode&);

Priced prices_of(const PriceBook&, const PriceQuestion&);
// The same by what decisions know.
PriceBook price_book_on(const World&, const CompanyCode&, const PriceQuestion&);
Priced prices_of(const World&, const CompanyCode&, const PriceQuestion&);

}  // namespace kontor::pricing
