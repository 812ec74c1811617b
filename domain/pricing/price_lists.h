// Price lists: what an item costs in a currency, from a day and a quantity on.
//
// A list of sale says what customers pay, a list of purchase what a supplier takes. Prices have six
// digits, as a screw costs less than a cent; only a line's amount is rounded to cents.
#pragma once

#include "domain/contracts/contract_terms.h"
#include "domain/core/catalog.h"
#include "domain/items/categories.h"
#include "domain/items/item_units.h"
#include "domain/parties/term.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::pricing {

using contracts::PriceListCode;

enum class PriceUse : std::uint8_t { sale, purchase };

void describe(auto& choice, PriceUse) {
    choice.choice("PriceUse", "Who pays a price.")
        .value("sale", "A customer pays it.")
        .value("purchase", "The company pays it to a supplier.");
}

inline constexpr Reason price_list_exists{Refusal::conflict, "price_list_exists",
                                          "The company has a price list with this code already."};
inline constexpr Reason price_list_unknown{Refusal::missing, "price_list_unknown",
                                           "The company has no price list with this code."};
inline constexpr Reason price_list_unfit{
    Refusal::invalid, "price_list_unfit",
    "The price list is of the other use, sale or purchase, or in another currency."};
inline constexpr Reason price_adjustment_unfit{
    Refusal::invalid, "price_adjustment_unfit",
    "Only what is based on another list has a percentage, above -100 %, and a step to round to, "
    "which is above zero and of the list's currency."};
inline constexpr Reason price_list_unchanged{Refusal::conflict, "price_list_unchanged",
                                             "The list is computed so on that day already."};
inline constexpr Reason price_of_one_thing{Refusal::invalid, "price_of_one_thing",
                                           "A price is of an item or of a category: one of both."};
inline constexpr Reason price_breaks_unfit{
    Refusal::invalid, "price_breaks_unfit",
    "Prices are not below zero and of the list's currency; quantities are above zero, in the unit "
    "of the price, each more than the one before, and only the first price may have none."};
inline constexpr Reason price_named_twice{Refusal::invalid, "price_named_twice",
                                          "The command prices the same thing in the same unit "
                                          "twice."};
inline constexpr Reason price_not_set{Refusal::missing, "price_not_set",
                                      "The list has no such price from that day on."};

struct PriceAdjustment {
    Date from;
    Percent percent;
    std::optional<UnitPrice> round_to;

    bool operator==(const PriceAdjustment&) const = default;
    static void describe(auto& record) {
        record.record("PriceAdjustment", "How a list is computed from another, from a day on.")
            .field("from", &PriceAdjustment::from, "The first day.")
            .field("percent", &PriceAdjustment::percent, "What is added; below zero: taken off.")
            .field("round_to", &PriceAdjustment::round_to,
                   "Prices are whole multiples of this, halves up. Absent: six digits.");
    }
};

struct PriceListDefined {
    CompanyCode company;
    PriceListCode list;
    std::string name;
    PriceUse use = PriceUse::sale;
    Currency currency;
    std::optional<PriceListCode> based_on;
    Percent percent;
    std::optional<UnitPrice> round_to;

    bool operator==(const PriceListDefined&) const = default;
    static void describe(auto& event) {
        event.record("PriceListDefined", "The company has one more price list.")
            .company(&PriceListDefined::company)
            .stream(&PriceListDefined::list)
            .on_recorded_day()
            .field("company", &PriceListDefined::company, "Whose list.")
            .field("list", &PriceListDefined::list, "Its code.")
            .field("name", &PriceListDefined::name, "Its name.")
            .field("use", &PriceListDefined::use, "Who pays its prices.")
            .field("currency", &PriceListDefined::currency, "Of its prices.")
            .field("based_on", &PriceListDefined::based_on,
                   "The list whose prices it takes where it has none.")
            .field("percent", &PriceListDefined::percent, "What is added to those.")
            .field("round_to", &PriceListDefined::round_to, "To which step they are rounded.");
    }
};

struct PriceListRenamed {
    CompanyCode company;
    PriceListCode list;
    std::string name;

    bool operator==(const PriceListRenamed&) const = default;
    static void describe(auto& event) {
        event.record("PriceListRenamed", "A price list has another name.")
            .company(&PriceListRenamed::company)
            .stream(&PriceListRenamed::list)
            .on_recorded_day()
            .field("company", &PriceListRenamed::company, "Whose list.")
            .field("list", &PriceListRenamed::list, "Its code, which stays.")
            .field("name", &PriceListRenamed::name, "The new name.");
    }
};

struct PriceListAdjusted {
    CompanyCode company;
    PriceListCode list;
    Date from;
    Percent percent;
    std::optional<UnitPrice> round_to;

    bool operator==(const PriceListAdjusted&) const = default;
    static void describe(auto& event) {
        event
            .record("PriceListAdjusted",
                    "A list is computed from the one below it another way, from a day on.")
            .company(&PriceListAdjusted::company)
            .stream(&PriceListAdjusted::list)
            .on(&PriceListAdjusted::from)
            .field("company", &PriceListAdjusted::company, "Whose list.")
            .field("list", &PriceListAdjusted::list, "Its code.")
            .field("from", &PriceListAdjusted::from, "The first day.")
            .field("percent", &PriceListAdjusted::percent, "What is added.")
            .field("round_to", &PriceListAdjusted::round_to, "To which step.");
    }
};

struct PriceBreak {
    std::optional<Quantity> quantity;
    UnitPrice price;

    bool operator==(const PriceBreak&) const = default;
    static void describe(auto& record) {
        record.record("PriceBreak", "A price from a quantity on.")
            .field("quantity", &PriceBreak::quantity,
                   "The least that is bought at once at this price. Absent: any quantity.")
            .field("price", &PriceBreak::price, "For one of the unit.");
    }
};

// What a list says of one thing in one unit: all its quantities.
struct PricedLineOfList {
    std::optional<items::ItemCode> item;
    std::optional<items::ItemCategoryCode> category;
    std::optional<Unit> unit;
    std::vector<PriceBreak> breaks;
    std::optional<Date> until;

    bool operator==(const PricedLineOfList&) const = default;
    static void describe(auto& record) {
        record.record("PricedLineOfList", "What an item costs, or all of a category.")
            .field("item", &PricedLineOfList::item, "An item; a template: its variants.")
            .field("category", &PricedLineOfList::category,
                   "Or a category: what is in it and below it.")
            .field("unit", &PricedLineOfList::unit,
                   "What the price is for one of. Absent: the item's base unit.")
            .field("breaks", &PricedLineOfList::breaks, "The prices, by quantity.")
            .shortest(1)
            .longest(50)
            .field("until", &PricedLineOfList::until,
                   "The last day. Absent: until another price is set.");
    }
};

struct PricesSet {
    CompanyCode company;
    PriceListCode list;
    Date from;
    std::vector<PricedLineOfList> prices;

    bool operator==(const PricesSet&) const = default;
    static void describe(auto& event) {
        event.record("PricesSet", "A list has these prices from a day on.")
            .company(&PricesSet::company)
            .stream(&PricesSet::list)
            .on(&PricesSet::from)
            .field("company", &PricesSet::company, "Whose list.")
            .field("list", &PricesSet::list, "Its code.")
            .field("from", &PricesSet::from, "The first day.")
            .field("prices", &PricesSet::prices, "The prices.");
    }
};

struct PriceWithdrawn {
    CompanyCode company;
    PriceListCode list;
    std::optional<items::ItemCode> item;
    std::optional<items::ItemCategoryCode> category;
    std::optional<Unit> unit;
    Date from;

    bool operator==(const PriceWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("PriceWithdrawn", "A price was never meant: what was before it goes on.")
            .company(&PriceWithdrawn::company)
            .stream(&PriceWithdrawn::list)
            .on(&PriceWithdrawn::from)
            .field("company", &PriceWithdrawn::company, "Whose list.")
            .field("list", &PriceWithdrawn::list, "Its code.")
            .field("item", &PriceWithdrawn::item, "Of which item.")
            .field("category", &PriceWithdrawn::category, "Or of which category.")
            .field("unit", &PriceWithdrawn::unit, "For one of what.")
            .field("from", &PriceWithdrawn::from, "The first day that it was set for.");
    }
};

struct DefinePriceList {
    CompanyCode company;
    PriceListCode list;
    std::string name;
    PriceUse use = PriceUse::sale;
    Currency currency;
    std::optional<PriceListCode> based_on;
    std::optional<Percent> percent;
    std::optional<UnitPrice> round_to;

    static void describe(auto& command) {
        command
            .record("DefinePriceList",
                    "Adds a price list, of its own prices or computed from another one. Where it "
                    "has a price of its own, that stands before what is computed.")
            .company(&DefinePriceList::company)
            .stream(&DefinePriceList::list)
            .example(R"({"company": "DEMO", "list": "TRADE", "name": "Trade", "use": "sale",
                "currency": "EUR", "based_on": "RETAIL", "percent": "-20", "round_to": {"amount":
                "0.05", "currency": "EUR"}})")
            .field("company", &DefinePriceList::company, "Whose list.")
            .field("list", &DefinePriceList::list,
                   "A code for it, such as \"TRADE\"; it never changes.")
            .field("name", &DefinePriceList::name, "Its name.")
            .shortest(1)
            .longest(200)
            .field("use", &DefinePriceList::use, "Who pays its prices.")
            .otherwise(PriceUse::sale)
            .field("currency", &DefinePriceList::currency, "Of its prices.")
            .field("based_on", &DefinePriceList::based_on,
                   "Another list of this use and currency, whose prices it takes.")
            .field("percent", &DefinePriceList::percent,
                   "What is added to those; below zero: taken off. Absent: nothing.")
            .field("round_to", &DefinePriceList::round_to,
                   "A step such as 0.05 that they are rounded to. Absent: six digits.")
            .refuses(companies::company_unknown, price_list_exists, price_list_unknown,
                     price_list_unfit, price_adjustment_unfit);
    }
};

struct RenamePriceList {
    CompanyCode company;
    PriceListCode list;
    std::string name;

    static void describe(auto& command) {
        command.record("RenamePriceList", "Gives a price list another name. Its code stays.")
            .company(&RenamePriceList::company)
            .stream(&RenamePriceList::list)
            .example(R"({"company": "DEMO", "list": "TRADE", "name": "Trade and schools"})")
            .field("company", &RenamePriceList::company, "Whose list.")
            .field("list", &RenamePriceList::list, "A price list.")
            .field("name", &RenamePriceList::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(price_list_unknown);
    }
};

struct AdjustPriceList {
    CompanyCode company;
    PriceListCode list;
    std::optional<Date> from;
    Percent percent;
    std::optional<UnitPrice> round_to;

    static void describe(auto& command) {
        command
            .record("AdjustPriceList",
                    "Says how a list is computed from the one that it is based on, from a day on.")
            .company(&AdjustPriceList::company)
            .stream(&AdjustPriceList::list)
            .example(R"({"company": "DEMO", "list": "TRADE", "percent": "-18"})")
            .field("company", &AdjustPriceList::company, "Whose list.")
            .field("list", &AdjustPriceList::list, "A list that is based on another.")
            .field("from", &AdjustPriceList::from, "The first day. Absent: today.")
            .field("percent", &AdjustPriceList::percent, "What is added; below zero: taken off.")
            .field("round_to", &AdjustPriceList::round_to, "A step. Absent: six digits.")
            .refuses(price_list_unknown, price_adjustment_unfit, price_list_unchanged);
    }
};

struct SetPrices {
    CompanyCode company;
    PriceListCode list;
    std::optional<Date> from;
    std::vector<PricedLineOfList> prices;

    static void describe(auto& command) {
        command
            .record("SetPrices",
                    "Sets prices of a list from a day on. What is said of a thing in a unit "
                    "replaces all that was said of it before, with all its quantities.")
            .company(&SetPrices::company)
            .stream(&SetPrices::list)
            .example(R"({"company": "DEMO", "list": "RETAIL", "prices": [{"item": "CANDLE",
                "breaks": [{"price": {"amount": "2.95", "currency": "EUR"}}, {"quantity":
                {"amount": "24", "unit": "ea"}, "price": {"amount": "2.45", "currency":
                "EUR"}}]}]})")
            .field("company", &SetPrices::company, "Whose list.")
            .field("list", &SetPrices::list, "A price list.")
            .field("from", &SetPrices::from, "The first day. Absent: today.")
            .field("prices", &SetPrices::prices, "The prices.")
            .shortest(1)
            .longest(5'000)
            .refuses(price_list_unknown, price_of_one_thing, items::item_unknown,
                     items::item_category_unknown, items::unit_unknown, items::units_do_not_convert,
                     price_breaks_unfit, parties::end_before_beginning, price_named_twice);
    }
};

struct WithdrawPrice {
    CompanyCode company;
    PriceListCode list;
    std::optional<items::ItemCode> item;
    std::optional<items::ItemCategoryCode> category;
    std::optional<Unit> unit;
    Date from;

    static void describe(auto& command) {
        command
            .record("WithdrawPrice",
                    "Takes back a price that was set in error, as if it had not been: what was "
                    "before it goes on. What was sold at it stays.")
            .company(&WithdrawPrice::company)
            .stream(&WithdrawPrice::list)
            .example(R"({"company": "DEMO", "list": "RETAIL", "item": "GIFT", "from":
                "2026-01-02"})")
            .field("company", &WithdrawPrice::company, "Whose list.")
            .field("list", &WithdrawPrice::list, "A price list.")
            .field("item", &WithdrawPrice::item, "Of which item.")
            .field("category", &WithdrawPrice::category, "Or of which category.")
            .field("unit", &WithdrawPrice::unit, "For one of what. Absent: of the base unit.")
            .field("from", &WithdrawPrice::from, "The first day that it was set for.")
            .refuses(price_list_unknown, price_of_one_thing, price_not_set);
    }
};

struct PriceListKey {
    CompanyCode company;
    PriceListCode list;

    auto operator<=>(const PriceListKey&) const = default;
    static void describe(auto& key) {
        key.record("PriceListKey", "A price list of a company.")
            .field("company", &PriceListKey::company, "Whose list.")
            .field("list", &PriceListKey::list, "Its code.");
    }
};

struct PriceList {
    PriceUse use = PriceUse::sale;
    Currency currency;
    std::optional<PriceListCode> based_on;
    std::vector<PriceAdjustment> adjustments;

    static void describe(auto& record) {
        record.record("PriceList", "A price list as decisions know it.")
            .field("use", &PriceList::use, "Who pays its prices.")
            .field("currency", &PriceList::currency, "Of its prices.")
            .field("based_on", &PriceList::based_on, "The list below it.")
            .field("adjustments", &PriceList::adjustments, "By their first day.");
    }
};
using PriceLists = Table<PriceListKey, PriceList>;

// The adjustment that holds on a day: the last that began, or the first of all.
const PriceAdjustment& adjustment_on(const PriceList&, Date);

struct PriceKey {
    CompanyCode company;
    PriceListCode list;
    std::optional<items::ItemCode> item;
    std::optional<items::ItemCategoryCode> category;
    std::optional<Unit> unit;
    Date from;

    auto operator<=>(const PriceKey&) const = default;
    static void describe(auto& key) {
        key.record("PriceKey", "A price of a list from a day on.")
            .field("company", &PriceKey::company, "Whose list.")
            .field("list", &PriceKey::list, "Its code.")
            .field("item", &PriceKey::item, "Of an item.")
            .field("category", &PriceKey::category, "Or of a category.")
            .field("unit", &PriceKey::unit, "For one of this; absent: of the base unit.")
            .field("from", &PriceKey::from, "The first day.");
    }
};

struct KeptPrice {
    std::vector<PriceBreak> breaks;
    std::optional<Date> until;

    static void describe(auto& record) {
        record.record("KeptPrice", "What a thing costs from a day on.")
            .field("breaks", &KeptPrice::breaks, "By quantity.")
            .field("until", &KeptPrice::until, "The last day.");
    }
};
using Prices = Table<PriceKey, KeptPrice>;

Decision<PriceListDefined> decide(const World&, const DefinePriceList&, const Context&);
Decision<PriceListRenamed> decide(const World&, const RenamePriceList&, const Context&);
Decision<PriceListAdjusted> decide(const World&, const AdjustPriceList&, const Context&);
Decision<PricesSet> decide(const World&, const SetPrices&, const Context&);
Decision<PriceWithdrawn> decide(const World&, const WithdrawPrice&, const Context&);
void evolve(PriceLists&, const PriceListDefined&);
void evolve(PriceLists&, const PriceListAdjusted&);
void evolve(Prices&, const PricesSet&);
void evolve(Prices&, const PriceWithdrawn&);

Part price_lists();

}  // namespace kontor::pricing
