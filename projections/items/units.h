// Units of measure: those of a company and of each item, and what a quantity is in another unit.
#pragma once

#include "domain/items/item_units.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>

namespace kontor::items {

struct ListedUnit {
    Unit unit;
    std::string name;
    std::int64_t decimals = Quantity::digits;
    std::optional<std::string> rec20;
    std::optional<Unit> of;
    std::optional<std::int64_t> numerator;
    std::optional<std::int64_t> denominator;

    bool operator==(const ListedUnit&) const = default;
    static void describe(auto& row) {
        row.record("ListedUnit", "A unit of measure of a company.")
            .field("unit", &ListedUnit::unit, "Its code.")
            .field("name", &ListedUnit::name, "Its name.")
            .field("decimals", &ListedUnit::decimals, "Digits that its quantities may have.")
            .field("rec20", &ListedUnit::rec20, "Its code in UN/ECE Recommendation 20.")
            .field("of", &ListedUnit::of, "The unit that it is told by for all items.")
            .field("numerator", &ListedUnit::numerator, "One of it is numerator ...")
            .field("denominator", &ListedUnit::denominator, "... by denominator of that.");
    }
};

struct UnitList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("units", "Units of measure, by code.")
            .company(&UnitList::company)
            .field("company", &UnitList::company, "Whose units.")
            .template answers<ListedUnit>(Times::known_at);
    }
};

struct ListedItemUnit {
    ItemCode item;
    Unit unit;
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    Unit base_unit;

    bool operator==(const ListedItemUnit&) const = default;
    static void describe(auto& row) {
        row.record("ListedItemUnit", "What a unit means of an item.")
            .field("item", &ListedItemUnit::item, "The item.")
            .field("unit", &ListedItemUnit::unit, "The unit.")
            .field("numerator", &ListedItemUnit::numerator, "One of it is numerator ...")
            .field("denominator", &ListedItemUnit::denominator, "... by denominator base units.")
            .field("base_unit", &ListedItemUnit::base_unit, "The item's base unit.");
    }
};

struct ItemUnitList {
    CompanyCode company;
    std::optional<ItemCode> item;

    static void describe(auto& query) {
        query.record("item_units", "Units that mean something of their own of items, by item.")
            .company(&ItemUnitList::company)
            .field("company", &ItemUnitList::company, "Whose items.")
            .field("item", &ItemUnitList::item, "Only those of this item.")
            .template answers<ListedItemUnit>(Times::known_at);
    }
};

struct ConvertedQuantity {
    Quantity quantity;
    Quantity result;
    bool exact = true;
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;

    bool operator==(const ConvertedQuantity&) const = default;
    static void describe(auto& row) {
        row.record("ConvertedQuantity", "A quantity in another unit.")
            .field("quantity", &ConvertedQuantity::quantity, "What was asked for.")
            .field("result", &ConvertedQuantity::result,
                   "The same in the other unit, to the millionth, halves away from zero.")
            .field("exact", &ConvertedQuantity::exact,
                   "Whether that is all of it. What is not is counted exactly all the same, as the "
                   "fraction that it is.")
            .field("numerator", &ConvertedQuantity::numerator, "One of the unit is numerator ...")
            .field("denominator", &ConvertedQuantity::denominator,
                   "... by denominator of the other.");
    }
};

struct UnitConversion {
    CompanyCode company;
    Quantity quantity;
    Unit into;
    std::optional<ItemCode> item;

    static void describe(auto& query) {
        query
            .record("unit_conversion",
                    "What a quantity is in another unit: of an item, by what its units mean, else "
                    "by what holds for all items.")
            .company(&UnitConversion::company)
            .field("company", &UnitConversion::company, "Whose units.")
            .field("quantity", &UnitConversion::quantity, "The quantity.")
            .field("into", &UnitConversion::into, "The other unit.")
            .field("item", &UnitConversion::item, "The item that it is of.")
            .template answers<ConvertedQuantity>(Times::known_at);
    }
};

class UnitsModel {
public:
    explicit UnitsModel(const Place& place)
        : units_(place.table(1)), item_units_(place.table(2)), bases_(place.table(3)) {}

    void on(const UnitDefined&, const Recorded&);
    void on(const UnitChanged&, const Recorded&);
    void on(const UnitConversionDefined&, const Recorded&);
    void on(const UnitConversionWithdrawn&, const Recorded&);
    void on(const ItemCreated&, const Recorded&);
    void on(const ItemUnitDefined&, const Recorded&);
    void on(const ItemUnitWithdrawn&, const Recorded&);
    void answer(const UnitList&, const AsOf&, Page<ListedUnit>&) const;
    void answer(const ItemUnitList&, const AsOf&, Page<ListedItemUnit>&) const;
    void answer(const UnitConversion&, const AsOf&, Page<ConvertedQuantity>&) const;

    // The base unit of an item; empty where it is not known at the corner.
    std::optional<Unit> base_of(const AsOf&, const CompanyCode&, const ItemCode&) const;
    // As `ratio_between` of the domain, by what was known at the corner.
    std::optional<UnitRatio> ratio(const AsOf&, const CompanyCode&, const std::optional<ItemCode>&,
                                   Unit from, Unit to) const;

private:
    struct OfItem {
        Unit unit;
        static void describe(auto& row) {
            row.record("ListedBaseUnit", "The base unit of an item.")
                .field("unit", &OfItem::unit, "Its code.");
        }
    };
    LinkOf links(const AsOf&, const CompanyCode&) const;
    std::optional<UnitRatio> to_base(const AsOf&, const CompanyCode&, const ItemCode&, Unit) const;

    DescribedRows<UnitKey, ListedUnit> units_;
    DescribedRows<ItemUnitKey, ListedItemUnit> item_units_;
    DescribedRows<ItemKey, OfItem> bases_;
};

ReadModelSpec units_of_measure();

}  // namespace kontor::items
