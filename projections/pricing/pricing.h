// Price lists, discounts and promotions as they stand on any day, and what lines would cost.
#pragma once

#include "domain/companies/companies.h"
#include "domain/parties/merges.h"
#include "domain/pricing/prices.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::pricing {

struct ListedPriceList {
    PriceListCode list;
    std::string name;
    PriceUse use = PriceUse::sale;
    Currency currency;
    std::optional<PriceListCode> based_on;
    std::vector<PriceAdjustment> adjustments;

    bool operator==(const ListedPriceList&) const = default;
    static void describe(auto& row) {
        row.record("ListedPriceList", "A price list of a company.")
            .field("list", &ListedPriceList::list, "Its code.")
            .field("name", &ListedPriceList::name, "Its name.")
            .field("use", &ListedPriceList::use, "Who pays its prices.")
            .field("currency", &ListedPriceList::currency, "Of its prices.")
            .field("based_on", &ListedPriceList::based_on, "The list that it is computed from.")
            .field("adjustments", &ListedPriceList::adjustments,
                   "How it is computed, from which day on.");
    }
};

struct PriceListList {
    CompanyCode company;
    std::optional<PriceUse> use;

    static void describe(auto& query) {
        query.record("price_lists", "Price lists, by code.")
            .company(&PriceListList::company)
            .field("company", &PriceListList::company, "Whose lists.")
            .field("use", &PriceListList::use, "Only those of this use.")
            .template answers<ListedPriceList>(Times::known_at);
    }
};

struct ListedPrice {
    PriceListCode list;
    std::optional<items::ItemCode> item;
    std::optional<items::ItemCategoryCode> category;
    std::optional<Unit> unit;
    Date from;
    std::optional<Date> until;
    std::vector<PriceBreak> breaks;

    bool operator==(const ListedPrice&) const = default;
    static void describe(auto& row) {
        row.record("ListedPrice", "What a list says of a thing from a day on.")
            .field("list", &ListedPrice::list, "The list.")
            .field("item", &ListedPrice::item, "Of an item.")
            .field("category", &ListedPrice::category, "Or of a category.")
            .field("unit", &ListedPrice::unit, "For one of this; absent: of the base unit.")
            .field("from", &ListedPrice::from, "The first day.")
            .field("until", &ListedPrice::until, "The last day, where it ends by itself.")
            .field("breaks", &ListedPrice::breaks, "The prices, by quantity.");
    }
};

struct PriceEntries {
    CompanyCode company;
    std::optional<PriceListCode> list;
    std::optional<items::ItemCode> item;

    static void describe(auto& query) {
        query
            .record("prices",
                    "Prices that were set for days up to `valid_at`, by list and thing, the newest "
                    "first. What lines cost is told by `price`.")
            .company(&PriceEntries::company)
            .field("company", &PriceEntries::company, "Whose lists.")
            .field("list", &PriceEntries::list, "Only those of this list.")
            .field("item", &PriceEntries::item, "Only those of this item.")
            .template answers<ListedPrice>(Times::both);
    }
};

struct ListedPriceGroup {
    PriceGroupCode group;
    std::string name;

    bool operator==(const ListedPriceGroup&) const = default;
    static void describe(auto& row) {
        row.record("ListedPriceGroup", "A group of parties with prices in common.")
            .field("group", &ListedPriceGroup::group, "Its code.")
            .field("name", &ListedPriceGroup::name, "Its name.");
    }
};

struct PriceGroupList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("price_groups", "Groups of parties with prices in common, by code.")
            .company(&PriceGroupList::company)
            .field("company", &PriceGroupList::company, "Whose groups.")
            .template answers<ListedPriceGroup>(Times::known_at);
    }
};

struct ListedGroupMember {
    parties::PartyCode party;
    std::optional<PriceGroupCode> group;
    Date from;

    bool operator==(const ListedGroupMember&) const = default;
    static void describe(auto& row) {
        row.record("ListedGroupMember", "In which price group a party is.")
            .field("party", &ListedGroupMember::party, "The party.")
            .field("group", &ListedGroupMember::group, "The group.")
            .field("from", &ListedGroupMember::from, "The first day.");
    }
};

struct PriceGroupMembers {
    CompanyCode company;
    std::optional<PriceGroupCode> group;

    static void describe(auto& query) {
        query
            .record("price_group_members",
                    "Parties that are in a price group on the day `valid_at`, by code.")
            .company(&PriceGroupMembers::company)
            .field("company", &PriceGroupMembers::company, "Whose parties.")
            .field("group", &PriceGroupMembers::group, "Only those of this group.")
            .template answers<ListedGroupMember>(Times::both);
    }
};

struct ListedAssignment {
    PriceUse use = PriceUse::sale;
    Currency currency;
    std::optional<parties::PartyCode> party;
    std::optional<PriceGroupCode> group;
    std::optional<PriceListCode> list;
    Date from;

    bool operator==(const ListedAssignment&) const = default;
    static void describe(auto& row) {
        row.record("ListedAssignment", "Who has which price list.")
            .field("use", &ListedAssignment::use, "Who pays its prices.")
            .field("currency", &ListedAssignment::currency, "Of which documents.")
            .field("party", &ListedAssignment::party, "A party.")
            .field("group", &ListedAssignment::group, "Or a group; neither: all.")
            .field("list", &ListedAssignment::list, "The list.")
            .field("from", &ListedAssignment::from, "The first day.");
    }
};

struct PriceAssignmentList {
    CompanyCode company;

    static void describe(auto& query) {
        query
            .record("price_list_assignments",
                    "Who has which price list on the day `valid_at`, by use, currency, party and "
                    "group.")
            .company(&PriceAssignmentList::company)
            .field("company", &PriceAssignmentList::company, "Whose lists.")
            .template answers<ListedAssignment>(Times::both);
    }
};

struct ListedDiscount {
    DiscountCode discount;
    std::string name;
    DiscountTerms terms;

    bool operator==(const ListedDiscount&) const = default;
    static void describe(auto& row) {
        row.record("ListedDiscount", "A discount of a company.")
            .field("discount", &ListedDiscount::discount, "Its code.")
            .field("name", &ListedDiscount::name, "Its name.")
            .field("terms", &ListedDiscount::terms, "What it is.");
    }
};

struct DiscountList {
    CompanyCode company;
    std::optional<PriceUse> use;
    std::optional<parties::PartyCode> party;
    std::optional<items::ItemCode> item;

    static void describe(auto& query) {
        query.record("discounts", "Discounts that hold on the day `valid_at`, by code.")
            .company(&DiscountList::company)
            .field("company", &DiscountList::company, "Whose prices.")
            .field("use", &DiscountList::use, "Only those of this use.")
            .field("party", &DiscountList::party, "Only those that name this party.")
            .field("item", &DiscountList::item, "Only those that name this item.")
            .template answers<ListedDiscount>(Times::both);
    }
};

struct ListedPromotion {
    PromotionCode promotion;
    std::string name;
    PromotionTerms terms;
    std::int64_t uses = 0;
    Money spent;

    bool operator==(const ListedPromotion&) const = default;
    static void describe(auto& row) {
        row.record("ListedPromotion", "A promotion of a company.")
            .field("promotion", &ListedPromotion::promotion, "Its code.")
            .field("name", &ListedPromotion::name, "Its name.")
            .field("terms", &ListedPromotion::terms, "What it is.")
            .field("uses", &ListedPromotion::uses, "Sales that use it.")
            .field("spent", &ListedPromotion::spent, "What it has given in all.");
    }
};

struct PromotionList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("promotions", "Promotions that run on the day `valid_at`, by code.")
            .company(&PromotionList::company)
            .field("company", &PromotionList::company, "Whose promotions.")
            .template answers<ListedPromotion>(Times::both);
    }
};

struct ListedPromotionUse {
    PromotionCode promotion;
    UsingDocumentId document;
    parties::PartyCode party;
    Date date;
    Money amount;

    bool operator==(const ListedPromotionUse&) const = default;
    static void describe(auto& row) {
        row.record("ListedPromotionUse", "What a promotion gives on a sale.")
            .field("promotion", &ListedPromotionUse::promotion, "The promotion.")
            .field("document", &ListedPromotionUse::document, "The sale.")
            .field("party", &ListedPromotionUse::party, "Who buys.")
            .field("date", &ListedPromotionUse::date, "Of the sale.")
            .field("amount", &ListedPromotionUse::amount, "What is given.");
    }
};

struct PromotionUseList {
    CompanyCode company;
    std::optional<PromotionCode> promotion;
    std::optional<parties::PartyCode> party;

    static void describe(auto& query) {
        query.record("promotion_uses", "Sales that use promotions, by promotion and document.")
            .company(&PromotionUseList::company)
            .field("company", &PromotionUseList::company, "Whose promotions.")
            .field("promotion", &PromotionUseList::promotion, "Only those of this one.")
            .field("party", &PromotionUseList::party, "Only those of this party.")
            .template answers<ListedPromotionUse>(Times::known_at);
    }
};

struct LinePrice {
    std::int64_t line = 1;
    items::ItemCode item;
    Quantity quantity;
    PriceListCode list;
    Unit unit;
    UnitPrice list_price;
    UnitPrice unit_price;
    Money gross;
    Money discounts;
    Money promotions;
    Money net;
    std::vector<PriceStep> steps;

    bool operator==(const LinePrice&) const = default;
    static void describe(auto& row) {
        row.record("LinePrice", "What a line costs, and why.")
            .field("line", &LinePrice::line, "Its number, from 1.")
            .field("item", &LinePrice::item, "What was asked for.")
            .field("quantity", &LinePrice::quantity, "And how much of it.")
            .field("list", &LinePrice::list, "The list that has given the price.")
            .field("unit", &LinePrice::unit, "What prices are for one of.")
            .field("list_price", &LinePrice::list_price, "Before discounts.")
            .field("unit_price", &LinePrice::unit_price, "After discounts.")
            .field("gross", &LinePrice::gross, "List price times quantity.")
            .field("discounts", &LinePrice::discounts, "What discounts take off.")
            .field("promotions", &LinePrice::promotions, "What promotions give.")
            .field("net", &LinePrice::net, "What is left of it.")
            .field("steps", &LinePrice::steps, "How it comes to that; they add up to it.");
    }
};

struct GivenByPromotion {
    PromotionCode promotion;
    Money amount;

    bool operator==(const GivenByPromotion&) const = default;
    static void describe(auto& row) {
        row.record("GivenByPromotion", "What a promotion gives on all lines.")
            .field("promotion", &GivenByPromotion::promotion, "The promotion.")
            .field("amount", &GivenByPromotion::amount, "What it gives.");
    }
};

struct PriceTotals {
    Money gross;
    Money discounts;
    Money promotions;
    Money net;
    std::vector<GivenByPromotion> given;

    bool operator==(const PriceTotals&) const = default;
    static void describe(auto& row) {
        row.record("PriceTotals", "What all lines come to.")
            .field("gross", &PriceTotals::gross, "List prices times quantities.")
            .field("discounts", &PriceTotals::discounts, "What discounts take off.")
            .field("promotions", &PriceTotals::promotions, "What promotions give.")
            .field("net", &PriceTotals::net, "What is left, without tax.")
            .field("given", &PriceTotals::given, "Each promotion that gives something.");
    }
};

struct PriceOf {
    CompanyCode company;
    std::vector<items::ItemCode> items;
    std::vector<std::string> quantities;
    std::vector<Unit> units;
    PriceUse use = PriceUse::sale;
    std::optional<parties::PartyCode> party;
    std::optional<contracts::ContractCode> contract;
    std::optional<Currency> currency;
    std::vector<PromotionCode> promotions;

    static void describe(auto& query) {
        query
            .record("price",
                    "What lines would cost on the day `valid_at`, as an order of that day is "
                    "priced; without a day by the prices that have no end. Nothing is stored.")
            .company(&PriceOf::company)
            .field("company", &PriceOf::company, "Whose prices.")
            .field("items", &PriceOf::items, "For each line its item.")
            .shortest(1)
            .longest(1'000)
            .field("quantities", &PriceOf::quantities,
                   "For each line its quantity, such as 2.5. Absent: 1.")
            .otherwise_empty()
            .longest(1'000)
            .field("units", &PriceOf::units,
                   "For each line the unit of its quantity. Absent: base units.")
            .otherwise_empty()
            .longest(1'000)
            .field("use", &PriceOf::use, "Whether it is sold or bought.")
            .otherwise(PriceUse::sale)
            .field("party", &PriceOf::party, "The customer, or the supplier.")
            .field("contract", &PriceOf::contract, "The contract that it would be under.")
            .field("currency", &PriceOf::currency, "Absent: that of the company's books.")
            .field("promotions", &PriceOf::promotions, "Promotions that are named, as by a coupon.")
            .otherwise_empty()
            .longest(20)
            .template answers<LinePrice>(Times::both)
            .template totals<PriceTotals>();
    }
};

class PricingModel {
public:
    explicit PricingModel(const Place& place)
        : lists_(place.table(1)),
          prices_(place.table(2)),
          groups_(place.table(3)),
          members_(place.table(4)),
          assignments_(place.table(5)),
          discounts_(place.table(6)),
          shelves_(place.table(7)),
          promotions_(place.table(8)),
          uses_(place.table(9)),
          uses_of_parties_(place.table(10)),
          merges_(place.table(11)),
          companies_(place.table(12)) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const parties::PartiesMerged&, const Recorded&);
    void on(const parties::PartyMergeUndone&, const Recorded&);
    void on(const PriceListDefined&, const Recorded&);
    void on(const PriceListRenamed&, const Recorded&);
    void on(const PriceListAdjusted&, const Recorded&);
    void on(const PricesSet&, const Recorded&);
    void on(const PriceWithdrawn&, const Recorded&);
    void on(const PriceGroupDefined&, const Recorded&);
    void on(const PartyPutIntoPriceGroup&, const Recorded&);
    void on(const PriceListAssigned&, const Recorded&);
    void on(const DiscountDefined&, const Recorded&);
    void on(const DiscountEnded&, const Recorded&);
    void on(const PromotionDefined&, const Recorded&);
    void on(const PromotionEnded&, const Recorded&);
    void on(const PromotionUsed&, const Recorded&);
    void on(const PromotionUseTakenBack&, const Recorded&);
    void answer(const PriceListList&, const AsOf&, Page<ListedPriceList>&) const;
    void answer(const PriceEntries&, const AsOf&, Page<ListedPrice>&) const;
    void answer(const PriceGroupList&, const AsOf&, Page<ListedPriceGroup>&) const;
    void answer(const PriceGroupMembers&, const AsOf&, Page<ListedGroupMember>&) const;
    void answer(const PriceAssignmentList&, const AsOf&, Page<ListedAssignment>&) const;
    void answer(const DiscountList&, const AsOf&, Page<ListedDiscount>&) const;
    void answer(const PromotionList&, const AsOf&, Page<ListedPromotion>&) const;
    void answer(const PromotionUseList&, const AsOf&, Page<ListedPromotionUse>&) const;
    void answer(const PriceOf&, const AsOf&, Page<LinePrice>&) const;

private:
    // Of a price the newest day comes first: its number is below those of earlier days.
    struct PlacedPriceKey {
        CompanyCode company;
        PriceListCode list;
        std::optional<items::ItemCode> item;
        std::optional<items::ItemCategoryCode> category;
        std::optional<Unit> unit;
        std::int64_t days_back = 0;
        static void describe(auto& key) {
            key.record("ListedPriceKey", "A price from a day on.")
                .field("company", &PlacedPriceKey::company, "Whose list.")
                .field("list", &PlacedPriceKey::list, "The list.")
                .field("item", &PlacedPriceKey::item, "Of an item.")
                .field("category", &PlacedPriceKey::category, "Or of a category.")
                .field("unit", &PlacedPriceKey::unit, "For one of this.")
                .field("days_back", &PlacedPriceKey::days_back, "Days from its first to 1970.");
        }
    };
    struct PartyKey {
        CompanyCode company;
        parties::PartyCode party;
        static void describe(auto& key) {
            key.record("PricedPartyKey", "A party.")
                .field("company", &PartyKey::company, "Whose party.")
                .field("party", &PartyKey::party, "Its code.");
        }
    };
    struct Absorbed {
        std::vector<parties::PartyCode> parties;
        static void describe(auto& row) {
            row.record("PricedPartyAbsorbed", "For whom a party stands.")
                .field("parties", &Absorbed::parties, "Those that were merged into it.");
        }
    };
    struct AssignmentKey {
        CompanyCode company;
        PriceUse use = PriceUse::sale;
        Currency currency;
        std::optional<parties::PartyCode> party;
        std::optional<PriceGroupCode> group;
        static void describe(auto& key) {
            key.record("ListedAssignmentKey", "Who has a price list.")
                .field("company", &AssignmentKey::company, "Whose list.")
                .field("use", &AssignmentKey::use, "Who pays its prices.")
                .field("currency", &AssignmentKey::currency, "Of which documents.")
                .field("party", &AssignmentKey::party, "A party.")
                .field("group", &AssignmentKey::group, "Or a group.");
        }
    };
    struct CompanyKey {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("PricedCompanyKey", "A company.")
                .field("company", &CompanyKey::company, "Its code.");
        }
    };
    struct OfCompany {
        Currency base_currency;
        static void describe(auto& row) {
            row.record("PricedCompany", "What of a company its prices need.")
                .field("base_currency", &OfCompany::base_currency, "Currency of its books.");
        }
    };
    // The same as the domain's book, of the corner.
    PriceBook book(const AsOf&, const CompanyCode&, const PriceQuestion&) const;
    std::vector<RunningPromotion> running(const AsOf&, const CompanyCode&, const PriceQuestion&,
                                          const std::vector<parties::PartyCode>&) const;

    DescribedRows<PriceListKey, ListedPriceList> lists_;
    DescribedRows<PlacedPriceKey, ListedPrice> prices_;
    DescribedRows<PriceGroupKey, ListedPriceGroup> groups_;
    DescribedRows<PartyKey, ListedGroupMember> members_;
    DescribedRows<AssignmentKey, ListedAssignment> assignments_;
    DescribedRows<DiscountKey, ListedDiscount> discounts_;
    DescribedRows<ShelvedDiscountKey, ListedDiscount> shelves_;
    DescribedRows<PromotionKey, ListedPromotion> promotions_;
    DescribedRows<PromotionUseKey, ListedPromotionUse> uses_;
    DescribedRows<PromotionPartyKey, PromotionOfParty> uses_of_parties_;
    DescribedRows<PartyKey, Absorbed> merges_;
    DescribedRows<CompanyKey, OfCompany> companies_;
};

ReadModelSpec pricing_model();

}  // namespace kontor::pricing
