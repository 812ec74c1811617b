// Discounts: what is taken off a price for a party, a group, a contract, an item, a category or a
// list, for as long as they hold.
#pragma once

#include "domain/contracts/agreements.h"
#include "domain/pricing/price_assignments.h"

namespace kontor::pricing {

struct DiscountThing {
    static constexpr Thing thing{"discount", "discounts"};
};
using DiscountCode = Code<DiscountThing>;

inline constexpr Reason discount_exists{Refusal::conflict, "discount_exists",
                                        "The company has a discount with this code already."};
inline constexpr Reason discount_unknown{Refusal::missing, "discount_unknown",
                                         "The company has no discount with this code."};
inline constexpr Reason discount_is_one_of{
    Refusal::invalid, "discount_is_one_of",
    "A discount is a percentage above 0 and at most 100, or an amount above zero for a unit: one "
    "of both."};
inline constexpr Reason discount_quantity_unfit{Refusal::invalid, "discount_quantity_unfit",
                                                "The quantity that it needs is above zero."};
inline constexpr Reason discount_ends_earlier{Refusal::conflict, "discount_ends_earlier",
                                              "The discount ends on that day or before already."};

struct DiscountTerms {
    PriceUse use = PriceUse::sale;
    std::optional<Percent> percent;
    std::optional<UnitPrice> per_unit;
    std::optional<parties::PartyCode> party;
    std::optional<PriceGroupCode> group;
    std::optional<contracts::ContractCode> contract;
    std::optional<items::ItemCode> item;
    std::optional<items::ItemCategoryCode> category;
    std::optional<PriceListCode> list;
    std::optional<Quantity> from_quantity;
    std::int64_t stage = 1;
    bool last = false;
    Date from;
    std::optional<Date> until;

    bool operator==(const DiscountTerms&) const = default;
    static void describe(auto& record) {
        record.record("DiscountTerms", "What is taken off, and where all of this holds.")
            .field("use", &DiscountTerms::use, "Who pays less.")
            .otherwise(PriceUse::sale)
            .field("percent", &DiscountTerms::percent, "A part of what the stages before left.")
            .field("per_unit", &DiscountTerms::per_unit,
                   "Or an amount for each base unit of the item, on documents in its currency.")
            .field("party", &DiscountTerms::party, "With this party.")
            .field("group", &DiscountTerms::group, "With parties of this group.")
            .field("contract", &DiscountTerms::contract, "Under this contract.")
            .field("item", &DiscountTerms::item, "Of this item, or the variants of this template.")
            .field("category", &DiscountTerms::category, "Of items in this category or below it.")
            .field("list", &DiscountTerms::list, "On prices that this list has given.")
            .field("from_quantity", &DiscountTerms::from_quantity,
                   "From this quantity of a line on, in any unit of its item.")
            .field("stage", &DiscountTerms::stage,
                   "Of one stage the best discount counts; stages follow one another.")
            .otherwise(std::int64_t{1})
            .least(1)
            .most(9)
            .field("last", &DiscountTerms::last,
                   "After it nothing more is taken off: no later stage, no promotion.")
            .otherwise(false)
            .field("from", &DiscountTerms::from, "The first day.")
            .field("until", &DiscountTerms::until, "The last day. Absent: no end.");
    }
};

struct DiscountDefined {
    CompanyCode company;
    DiscountCode discount;
    std::string name;
    DiscountTerms terms;

    bool operator==(const DiscountDefined&) const = default;
    static void describe(auto& event) {
        event.record("DiscountDefined", "Prices are less by one more discount.")
            .company(&DiscountDefined::company)
            .stream(&DiscountDefined::discount)
            .on_recorded_day()
            .field("company", &DiscountDefined::company, "Whose prices.")
            .field("discount", &DiscountDefined::discount, "Its code.")
            .field("name", &DiscountDefined::name, "Its name.")
            .field("terms", &DiscountDefined::terms, "What it is.");
    }
};

struct DiscountEnded {
    CompanyCode company;
    DiscountCode discount;
    Date until;

    bool operator==(const DiscountEnded&) const = default;
    static void describe(auto& event) {
        event.record("DiscountEnded", "A discount ends sooner than it said.")
            .company(&DiscountEnded::company)
            .stream(&DiscountEnded::discount)
            .on(&DiscountEnded::until)
            .field("company", &DiscountEnded::company, "Whose prices.")
            .field("discount", &DiscountEnded::discount, "Its code.")
            .field("until", &DiscountEnded::until, "The last day.");
    }
};

struct DefineDiscount {
    CompanyCode company;
    DiscountCode discount;
    std::string name;
    DiscountTerms terms;

    static void describe(auto& command) {
        command
            .record("DefineDiscount",
                    "Adds a discount. What it is never changes, as documents name it; another "
                    "percentage is another discount, and EndDiscount ends it.")
            .company(&DefineDiscount::company)
            .stream(&DefineDiscount::discount)
            .example(R"({"company": "DEMO", "discount": "SCHOOLS-5", "name": "Schools", "terms":
                {"percent": "5", "group": "SCHOOLS", "from": "2026-01-01"}})")
            .field("company", &DefineDiscount::company, "Whose prices.")
            .field("discount", &DefineDiscount::discount, "A code for it; it never changes.")
            .field("name", &DefineDiscount::name, "Its name, as on an invoice.")
            .shortest(1)
            .longest(200)
            .field("terms", &DefineDiscount::terms, "What it is.")
            .refuses(companies::company_unknown, discount_exists, discount_is_one_of,
                     discount_quantity_unfit, parties::end_before_beginning, parties::party_unknown,
                     parties::party_merged, price_group_unknown, contracts::contract_unknown,
                     items::item_unknown, items::item_category_unknown, price_list_unknown);
    }
};

struct EndDiscount {
    CompanyCode company;
    DiscountCode discount;
    std::optional<Date> until;

    static void describe(auto& command) {
        command.record("EndDiscount", "Ends a discount sooner than it said.")
            .company(&EndDiscount::company)
            .stream(&EndDiscount::discount)
            .example(R"({"company": "DEMO", "discount": "SCHOOLS-5"})")
            .field("company", &EndDiscount::company, "Whose prices.")
            .field("discount", &EndDiscount::discount, "A discount.")
            .field("until", &EndDiscount::until, "The last day. Absent: today.")
            .refuses(discount_unknown, parties::end_before_beginning, discount_ends_earlier);
    }
};

struct DiscountKey {
    CompanyCode company;
    DiscountCode discount;

    auto operator<=>(const DiscountKey&) const = default;
    static void describe(auto& key) {
        key.record("DiscountKey", "A discount of a company.")
            .field("company", &DiscountKey::company, "Whose prices.")
            .field("discount", &DiscountKey::discount, "Its code.");
    }
};
using Discounts = Table<DiscountKey, DiscountTerms>;

// Where a discount is looked for: under the first that it names of party, contract, group, item,
// category and list, so that a price asks for few.
enum class DiscountShelf : std::uint8_t { all, party, contract, group, item, category, list };

void describe(auto& choice, DiscountShelf) {
    choice.choice("DiscountShelf", "Under what a discount is looked for.")
        .value("all", "Everywhere.")
        .value("party", "Under its party.")
        .value("contract", "Under its contract.")
        .value("group", "Under its price group.")
        .value("item", "Under its item.")
        .value("category", "Under its category.")
        .value("list", "Under its price list.");
}

struct ShelvedDiscountKey {
    CompanyCode company;
    PriceUse use = PriceUse::sale;
    DiscountShelf shelf = DiscountShelf::all;
    std::string of;
    DiscountCode discount;

    auto operator<=>(const ShelvedDiscountKey&) const = default;
    static void describe(auto& key) {
        key.record("ShelvedDiscountKey", "A discount where it is looked for.")
            .field("company", &ShelvedDiscountKey::company, "Whose prices.")
            .field("use", &ShelvedDiscountKey::use, "Who pays less.")
            .field("shelf", &ShelvedDiscountKey::shelf, "Under what.")
            .field("of", &ShelvedDiscountKey::of, "Under which.")
            .field("discount", &ShelvedDiscountKey::discount, "The discount.");
    }
};

struct ShelvedDiscount {
    Date from;

    static void describe(auto& record) {
        record.record("ShelvedDiscount", "A discount where it is looked for.")
            .field("from", &ShelvedDiscount::from, "The first day.");
    }
};
using ShelvedDiscounts = Table<ShelvedDiscountKey, ShelvedDiscount>;

// A discount's place.
ShelvedDiscountKey shelved(const CompanyCode&, const DiscountCode&, const DiscountTerms&);

Decision<DiscountDefined> decide(const World&, const DefineDiscount&, const Context&);
Decision<DiscountEnded> decide(const World&, const EndDiscount&, const Context&);
void evolve(Discounts&, const DiscountDefined&);
void evolve(Discounts&, const DiscountEnded&);
void evolve(ShelvedDiscounts&, const DiscountDefined&);

Part discounts();

}  // namespace kontor::pricing
