// Units of one item: a carton of this mug holds 24, whatever cartons of others hold.
#pragma once

#include "domain/items/item_records.h"

#include <map>
#include <optional>

namespace kontor::items {

inline constexpr Reason unit_is_base{Refusal::invalid, "unit_is_base",
                                     "The unit is the item's base unit, which the others are told "
                                     "by."};

struct ItemUnitDefined {
    CompanyCode company;
    ItemCode item;
    Unit unit;
    Quantity equals;
    std::int64_t per = 1;
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;

    bool operator==(const ItemUnitDefined&) const = default;
    static void describe(auto& event) {
        event.record("ItemUnitDefined", "A unit means so much of an item.")
            .company(&ItemUnitDefined::company)
            .stream(&ItemUnitDefined::item)
            .on_recorded_day()
            .field("company", &ItemUnitDefined::company, "Whose item.")
            .field("item", &ItemUnitDefined::item, "Its code.")
            .field("unit", &ItemUnitDefined::unit, "The unit that is told.")
            .field("equals", &ItemUnitDefined::equals, "What that many of it are.")
            .field("per", &ItemUnitDefined::per, "How many of it.")
            .field("numerator", &ItemUnitDefined::numerator, "One of it is numerator ...")
            .field("denominator", &ItemUnitDefined::denominator, "... by denominator base units.");
    }
};

struct ItemUnitWithdrawn {
    CompanyCode company;
    ItemCode item;
    Unit unit;

    bool operator==(const ItemUnitWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("ItemUnitWithdrawn", "A unit no longer means anything of its own of an item.")
            .company(&ItemUnitWithdrawn::company)
            .stream(&ItemUnitWithdrawn::item)
            .on_recorded_day()
            .field("company", &ItemUnitWithdrawn::company, "Whose item.")
            .field("item", &ItemUnitWithdrawn::item, "Its code.")
            .field("unit", &ItemUnitWithdrawn::unit, "The unit.");
    }
};

struct DefineItemUnit {
    CompanyCode company;
    ItemCode item;
    Unit unit;
    Quantity equals;
    std::int64_t per = 1;

    static void describe(auto& command) {
        command
            .record("DefineItemUnit",
                    "Says what a unit means of one item, such as a supplier's carton: 1 CTN equals "
                    "24 pcs. It stands before what the company says of the unit for all items. "
                    "Said again, it is replaced; what was counted before stays.")
            .company(&DefineItemUnit::company)
            .stream(&DefineItemUnit::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "unit": "CTN", "equals": {"amount":
                "24", "unit": "pcs"}})")
            .field("company", &DefineItemUnit::company, "Whose item.")
            .field("item", &DefineItemUnit::item, "An item of the company.")
            .field("unit", &DefineItemUnit::unit, "A unit of the company; not the base unit.")
            .field("equals", &DefineItemUnit::equals,
                   "What one of it is, or `per` of it, in any unit that converts to the item's "
                   "base unit; above zero. It is kept as base units: what that unit means later "
                   "changes nothing here.")
            .most(1'000'000'000'000'000)
            .field("per", &DefineItemUnit::per,
                   "How many of it equal that, where one of it is no decimal number.")
            .otherwise(std::int64_t{1})
            .least(1)
            .most(1'000'000'000)
            .refuses(item_unknown, unit_unknown, unit_is_base, units_do_not_convert,
                     conversion_not_positive, conversion_unchanged);
    }
};

struct WithdrawItemUnit {
    CompanyCode company;
    ItemCode item;
    Unit unit;

    static void describe(auto& command) {
        command
            .record("WithdrawItemUnit",
                    "A unit no longer means anything of its own of an item; what the company says "
                    "of it for all items holds again.")
            .company(&WithdrawItemUnit::company)
            .stream(&WithdrawItemUnit::item)
            .example(R"({"company": "DEMO", "item": "MUG-01", "unit": "CTN"})")
            .field("company", &WithdrawItemUnit::company, "Whose item.")
            .field("item", &WithdrawItemUnit::item, "An item of the company.")
            .field("unit", &WithdrawItemUnit::unit, "The unit.")
            .refuses(item_unknown, conversion_unknown);
    }
};

struct ItemUnitKey {
    CompanyCode company;
    ItemCode item;
    Unit unit;

    auto operator<=>(const ItemUnitKey&) const = default;
    static void describe(auto& key) {
        key.record("ItemUnitKey", "A unit of an item.")
            .field("company", &ItemUnitKey::company, "Whose item.")
            .field("item", &ItemUnitKey::item, "Its code.")
            .field("unit", &ItemUnitKey::unit, "The unit.");
    }
};

struct ItemUnit {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;

    UnitRatio ratio() const { return {numerator, denominator}; }
    static void describe(auto& record) {
        record.record("ItemUnit", "What a unit means of an item.")
            .field("numerator", &ItemUnit::numerator, "One of it is numerator ...")
            .field("denominator", &ItemUnit::denominator, "... by denominator base units.");
    }
};
using ItemUnits = Table<ItemUnitKey, ItemUnit>;

// The units that mean something of an item: its base unit, and how much of that each other one is.
struct UnitsOfItem {
    Unit base;
    std::map<Unit, UnitRatio> own;
};

// So many base units for one of a unit; empty where nothing tells. From the unit, the company's
// conversions are followed either way to the nearest unit that means something of the item; of
// several that are as near, the first by code.
std::optional<UnitRatio> to_base_among(const LinkOf&, const UnitsOfItem&, Unit from);

// The same of an item of the company; empty for an item that is not there.
std::optional<UnitRatio> ratio_to_base(const World&, const CompanyCode&, const ItemCode&, Unit);
// So many of `to` for one of `from`, of an item.
std::optional<UnitRatio> ratio_between(const World&, const CompanyCode&, const ItemCode&, Unit from,
                                       Unit to);
// A quantity in the item's base unit, exactly; empty where nothing tells, or it is too large.
std::optional<ExactQuantity> in_base_unit(const World&, const CompanyCode&, const ItemCode&,
                                          const Quantity&);

Decision<ItemUnitDefined> decide(const World&, const DefineItemUnit&, const Context&);
Decision<ItemUnitWithdrawn> decide(const World&, const WithdrawItemUnit&, const Context&);
void evolve(ItemUnits&, const ItemUnitDefined&);
void evolve(ItemUnits&, const ItemUnitWithdrawn&);

Part item_units();

}  // namespace kontor::items
