// Who has which price list: a party, a group of parties, or all; for a contract, it says so itself.
#pragma once

#include "domain/parties/party.h"
#include "domain/pricing/price_lists.h"

namespace kontor::pricing {

struct PriceGroupThing {
    static constexpr Thing thing{"price_group", "price_groups"};
};
using PriceGroupCode = Code<PriceGroupThing>;

inline constexpr Reason price_group_exists{Refusal::conflict, "price_group_exists",
                                           "The company has a price group with this code already."};
inline constexpr Reason price_group_unknown{Refusal::missing, "price_group_unknown",
                                            "The company has no price group with this code."};
inline constexpr Reason price_group_unchanged{Refusal::conflict, "price_group_unchanged",
                                              "The party is in this group on that day already."};
inline constexpr Reason price_list_for_one{
    Refusal::invalid, "price_list_for_one",
    "A price list is assigned to a party, or to a group, or, with neither, to all."};
inline constexpr Reason price_list_assigned{Refusal::conflict, "price_list_assigned",
                                            "They have this price list on that day already."};

struct PriceGroupDefined {
    CompanyCode company;
    PriceGroupCode group;
    std::string name;

    bool operator==(const PriceGroupDefined&) const = default;
    static void describe(auto& event) {
        event.record("PriceGroupDefined", "Parties may be in one more group with prices.")
            .company(&PriceGroupDefined::company)
            .stream(&PriceGroupDefined::group)
            .on_recorded_day()
            .field("company", &PriceGroupDefined::company, "Whose group.")
            .field("group", &PriceGroupDefined::group, "Its code.")
            .field("name", &PriceGroupDefined::name, "Its name.");
    }
};

struct PartyPutIntoPriceGroup {
    CompanyCode company;
    parties::PartyCode party;
    std::optional<PriceGroupCode> group;
    Date from;

    bool operator==(const PartyPutIntoPriceGroup&) const = default;
    static void describe(auto& event) {
        event.record("PartyPutIntoPriceGroup", "A party has the prices of a group.")
            .company(&PartyPutIntoPriceGroup::company)
            .stream(&PartyPutIntoPriceGroup::party)
            .on(&PartyPutIntoPriceGroup::from)
            .field("company", &PartyPutIntoPriceGroup::company, "Whose party.")
            .field("party", &PartyPutIntoPriceGroup::party, "The party.")
            .field("group", &PartyPutIntoPriceGroup::group, "The group; absent: none any more.")
            .field("from", &PartyPutIntoPriceGroup::from, "The first day.");
    }
};

struct PriceListAssigned {
    CompanyCode company;
    PriceUse use = PriceUse::sale;
    Currency currency;
    std::optional<parties::PartyCode> party;
    std::optional<PriceGroupCode> group;
    std::optional<PriceListCode> list;
    Date from;

    bool operator==(const PriceListAssigned&) const = default;
    static void describe(auto& event) {
        event.record("PriceListAssigned", "A party, a group or all have a price list.")
            .company(&PriceListAssigned::company)
            .stream(&PriceListAssigned::company)
            .on(&PriceListAssigned::from)
            .field("company", &PriceListAssigned::company, "Whose list.")
            .field("use", &PriceListAssigned::use, "Who pays its prices.")
            .field("currency", &PriceListAssigned::currency, "Of which documents.")
            .field("party", &PriceListAssigned::party, "The party.")
            .field("group", &PriceListAssigned::group, "Or the group.")
            .field("list", &PriceListAssigned::list, "The list; absent: none any more.")
            .field("from", &PriceListAssigned::from, "The first day.");
    }
};

struct DefinePriceGroup {
    CompanyCode company;
    PriceGroupCode group;
    std::string name;

    static void describe(auto& command) {
        command
            .record("DefinePriceGroup",
                    "Adds a group of parties that have prices and discounts in common, such as "
                    "schools.")
            .company(&DefinePriceGroup::company)
            .stream(&DefinePriceGroup::group)
            .example(R"({"company": "DEMO", "group": "SCHOOLS", "name": "Schools"})")
            .field("company", &DefinePriceGroup::company, "Whose group.")
            .field("group", &DefinePriceGroup::group, "A code for it; it never changes.")
            .field("name", &DefinePriceGroup::name, "Its name.")
            .shortest(1)
            .longest(200)
            .refuses(companies::company_unknown, price_group_exists);
    }
};

struct PutIntoPriceGroup {
    CompanyCode company;
    parties::PartyCode party;
    std::optional<PriceGroupCode> group;
    std::optional<Date> from;

    static void describe(auto& command) {
        command
            .record("PutIntoPriceGroup",
                    "Puts a party into a group with prices, or into none, from a day on. It is in "
                    "one group at a time.")
            .company(&PutIntoPriceGroup::company)
            .stream(&PutIntoPriceGroup::party)
            .example(R"({"company": "DEMO", "party": "C-1005", "group": "SCHOOLS"})")
            .field("company", &PutIntoPriceGroup::company, "Whose party.")
            .field("party", &PutIntoPriceGroup::party, "A party.")
            .field("group", &PutIntoPriceGroup::group, "A group. Absent: none.")
            .field("from", &PutIntoPriceGroup::from, "The first day. Absent: today.")
            .refuses(parties::party_unknown, parties::party_merged, price_group_unknown,
                     price_group_unchanged);
    }
};

struct AssignPriceList {
    CompanyCode company;
    PriceUse use = PriceUse::sale;
    Currency currency;
    std::optional<parties::PartyCode> party;
    std::optional<PriceGroupCode> group;
    std::optional<PriceListCode> list;
    std::optional<Date> from;

    static void describe(auto& command) {
        command
            .record("AssignPriceList",
                    "Says which price list a party, a group or all have in a currency, from a day "
                    "on. Prices are looked for in the list that the contract names, then in the "
                    "party's, its group's and that of all; the first that has one has it.")
            .company(&AssignPriceList::company)
            .stream(&AssignPriceList::company)
            .example(R"({"company": "DEMO", "use": "sale", "currency": "EUR", "group": "SCHOOLS",
                "list": "TRADE"})")
            .field("company", &AssignPriceList::company, "Whose list.")
            .field("use", &AssignPriceList::use, "Who pays its prices.")
            .otherwise(PriceUse::sale)
            .field("currency", &AssignPriceList::currency, "Of which documents.")
            .field("party", &AssignPriceList::party, "A customer or, to buy, a supplier.")
            .field("group", &AssignPriceList::group, "Or a group. Neither: all.")
            .field("list", &AssignPriceList::list,
                   "A list of this use and currency. Absent: none any more.")
            .field("from", &AssignPriceList::from, "The first day. Absent: today.")
            .refuses(companies::company_unknown, price_list_for_one, parties::party_unknown,
                     parties::party_merged, price_group_unknown, price_list_unknown,
                     price_list_unfit, price_list_assigned);
    }
};

struct PriceGroupKey {
    CompanyCode company;
    PriceGroupCode group;

    auto operator<=>(const PriceGroupKey&) const = default;
    static void describe(auto& key) {
        key.record("PriceGroupKey", "A price group of a company.")
            .field("company", &PriceGroupKey::company, "Whose group.")
            .field("group", &PriceGroupKey::group, "Its code.");
    }
};

struct PriceGroup {
    std::string name;

    static void describe(auto& record) {
        record.record("PriceGroup", "A group of parties with prices in common.")
            .field("name", &PriceGroup::name, "Its name.");
    }
};
using PriceGroups = Table<PriceGroupKey, PriceGroup>;

struct PartyPriceGroupKey {
    CompanyCode company;
    parties::PartyCode party;
    Date from;

    auto operator<=>(const PartyPriceGroupKey&) const = default;
    static void describe(auto& key) {
        key.record("PartyPriceGroupKey", "A party from a day on.")
            .field("company", &PartyPriceGroupKey::company, "Whose party.")
            .field("party", &PartyPriceGroupKey::party, "The party.")
            .field("from", &PartyPriceGroupKey::from, "The first day.");
    }
};

struct PartyPriceGroup {
    std::optional<PriceGroupCode> group;

    static void describe(auto& record) {
        record.record("PartyPriceGroup", "In which group a party is.")
            .field("group", &PartyPriceGroup::group, "The group; absent: none.");
    }
};
using PartyPriceGroups = Table<PartyPriceGroupKey, PartyPriceGroup>;

struct PriceAssignmentKey {
    CompanyCode company;
    PriceUse use = PriceUse::sale;
    Currency currency;
    std::optional<parties::PartyCode> party;
    std::optional<PriceGroupCode> group;
    Date from;

    auto operator<=>(const PriceAssignmentKey&) const = default;
    static void describe(auto& key) {
        key.record("PriceAssignmentKey", "Who has a price list from a day on.")
            .field("company", &PriceAssignmentKey::company, "Whose list.")
            .field("use", &PriceAssignmentKey::use, "Who pays its prices.")
            .field("currency", &PriceAssignmentKey::currency, "Of which documents.")
            .field("party", &PriceAssignmentKey::party, "The party.")
            .field("group", &PriceAssignmentKey::group, "Or the group.")
            .field("from", &PriceAssignmentKey::from, "The first day.");
    }
};

struct PriceAssignment {
    std::optional<PriceListCode> list;

    static void describe(auto& record) {
        record.record("PriceAssignment", "Which price list they have.")
            .field("list", &PriceAssignment::list, "The list; absent: none.");
    }
};
using PriceAssignments = Table<PriceAssignmentKey, PriceAssignment>;

// The group that a party is in on a day, or one that it stands for.
std::optional<PriceGroupCode> price_group_of(const World&, const CompanyCode&,
                                             const parties::PartyCode&, Date);
// The list that they have on the key's day.
std::optional<PriceListCode> list_assigned(const World&, const PriceAssignmentKey&);

Decision<PriceGroupDefined> decide(const World&, const DefinePriceGroup&, const Context&);
Decision<PartyPutIntoPriceGroup> decide(const World&, const PutIntoPriceGroup&, const Context&);
Decision<PriceListAssigned> decide(const World&, const AssignPriceList&, const Context&);
void evolve(PriceGroups&, const PriceGroupDefined&);
void evolve(PartyPriceGroups&, const PartyPutIntoPriceGroup&);
void evolve(PriceAssignments&, const PriceListAssigned&);

Part price_assignments();

}  // namespace kontor::pricing
