// Units of measure: what a company counts its goods in, and how many of one make one of another.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/quantity.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/items/unit_ratio.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kontor::items {

inline constexpr Reason unit_exists{Refusal::conflict, "unit_exists",
                                    "The company has defined this unit already."};
inline constexpr Reason unit_unknown{Refusal::missing, "unit_unknown",
                                     "The company has not defined this unit."};
inline constexpr Reason unit_code_unfit{
    Refusal::invalid, "unit_code_unfit",
    "A code of UN/ECE Recommendation 20 is two or three capital letters and digits, such as KGM."};
inline constexpr Reason unit_unchanged{Refusal::conflict, "unit_unchanged",
                                       "The command names nothing that is to be another way."};
inline constexpr Reason conversion_not_positive{
    Refusal::invalid, "conversion_not_positive",
    "What a unit equals is not above zero, or the fraction of the two is too long to be kept."};
inline constexpr Reason units_in_circle{
    Refusal::invalid, "units_in_circle",
    "The other unit is told by this one already, by itself or over others."};
inline constexpr Reason conversion_unchanged{Refusal::conflict, "conversion_unchanged",
                                             "The unit is told so already."};
inline constexpr Reason conversion_unknown{Refusal::missing, "conversion_unknown",
                                           "The unit is told by no other one here."};
inline constexpr Reason units_do_not_convert{
    Refusal::invalid, "units_do_not_convert",
    "Nothing tells how many of the one unit are one of the other; define it for the company or "
    "for the item."};

struct UnitDefined {
    CompanyCode company;
    Unit unit;
    std::string name;
    std::int64_t decimals = Quantity::digits;
    std::optional<std::string> rec20;

    bool operator==(const UnitDefined&) const = default;
    static void describe(auto& event) {
        event.record("UnitDefined", "Quantities may be of one more unit.")
            .company(&UnitDefined::company)
            .stream(&UnitDefined::unit)
            .on_recorded_day()
            .field("company", &UnitDefined::company, "Whose unit.")
            .field("unit", &UnitDefined::unit, "Its code.")
            .field("name", &UnitDefined::name, "Its name.")
            .field("decimals", &UnitDefined::decimals, "Digits that its quantities may have.")
            .field("rec20", &UnitDefined::rec20, "Its code in UN/ECE Recommendation 20.");
    }
};

struct UnitChanged {
    CompanyCode company;
    Unit unit;
    std::string name;
    std::int64_t decimals = Quantity::digits;
    std::optional<std::string> rec20;

    bool operator==(const UnitChanged&) const = default;
    static void describe(auto& event) {
        event.record("UnitChanged", "A unit is called or used another way from now on.")
            .company(&UnitChanged::company)
            .stream(&UnitChanged::unit)
            .on_recorded_day()
            .field("company", &UnitChanged::company, "Whose unit.")
            .field("unit", &UnitChanged::unit, "Its code.")
            .field("name", &UnitChanged::name, "Its name.")
            .field("decimals", &UnitChanged::decimals, "Digits that its quantities may have.")
            .field("rec20", &UnitChanged::rec20, "Its code in UN/ECE Recommendation 20.");
    }
};

struct UnitConversionDefined {
    CompanyCode company;
    Unit unit;
    Quantity equals;
    std::int64_t per = 1;

    bool operator==(const UnitConversionDefined&) const = default;
    static void describe(auto& event) {
        event.record("UnitConversionDefined", "A unit is told by another one, for all items.")
            .company(&UnitConversionDefined::company)
            .stream(&UnitConversionDefined::unit)
            .on_recorded_day()
            .field("company", &UnitConversionDefined::company, "Whose unit.")
            .field("unit", &UnitConversionDefined::unit, "The unit that is told.")
            .field("equals", &UnitConversionDefined::equals, "What that many of it are.")
            .field("per", &UnitConversionDefined::per, "How many of it.");
    }
};

struct UnitConversionWithdrawn {
    CompanyCode company;
    Unit unit;

    bool operator==(const UnitConversionWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("UnitConversionWithdrawn", "A unit is no longer told by another one.")
            .company(&UnitConversionWithdrawn::company)
            .stream(&UnitConversionWithdrawn::unit)
            .on_recorded_day()
            .field("company", &UnitConversionWithdrawn::company, "Whose unit.")
            .field("unit", &UnitConversionWithdrawn::unit, "The unit that was told.");
    }
};

struct DefineUnit {
    CompanyCode company;
    Unit unit;
    std::string name;
    std::int64_t decimals = Quantity::digits;
    std::optional<std::string> rec20;

    static void describe(auto& command) {
        command.record("DefineUnit", "Adds a unit of measure that items are counted in.")
            .company(&DefineUnit::company)
            .stream(&DefineUnit::unit)
            .example(R"({"company": "DEMO", "unit": "pcs", "name": "Piece", "decimals": 0,
                "rec20": "H87"})")
            .field("company", &DefineUnit::company, "Whose unit.")
            .field("unit", &DefineUnit::unit, "Its code, such as \"kg\"; it never changes.")
            .field("name", &DefineUnit::name, "Its name, such as \"Kilogram\".")
            .shortest(1)
            .longest(200)
            .field("decimals", &DefineUnit::decimals,
                   "Digits after the point that its quantities may have: 0 for what is counted.")
            .otherwise(std::int64_t{Quantity::digits})
            .least(0)
            .most(Quantity::digits)
            .field("rec20", &DefineUnit::rec20,
                   "Its code in UN/ECE Recommendation 20, such as \"KGM\", as electronic invoices "
                   "have it.")
            .refuses(companies::company_unknown, unit_exists, unit_code_unfit);
    }
};

struct ChangeUnit {
    CompanyCode company;
    Unit unit;
    std::optional<std::string> name;
    std::optional<std::int64_t> decimals;
    std::optional<std::string> rec20;

    static void describe(auto& command) {
        command
            .record("ChangeUnit",
                    "Gives a unit another name, other digits or another code. What is recorded "
                    "stays; what the command does not name stays as it was.")
            .company(&ChangeUnit::company)
            .stream(&ChangeUnit::unit)
            .example(R"({"company": "DEMO", "unit": "pcs", "name": "Pieces"})")
            .field("company", &ChangeUnit::company, "Whose unit.")
            .field("unit", &ChangeUnit::unit, "A defined unit.")
            .field("name", &ChangeUnit::name, "Its name.")
            .shortest(1)
            .longest(200)
            .field("decimals", &ChangeUnit::decimals,
                   "Digits after the point that new quantities of it may have.")
            .least(0)
            .most(Quantity::digits)
            .field("rec20", &ChangeUnit::rec20, "Its code in UN/ECE Recommendation 20.")
            .refuses(unit_unknown, unit_code_unfit, unit_unchanged);
    }
};

struct DefineUnitConversion {
    CompanyCode company;
    Unit unit;
    Quantity equals;
    std::int64_t per = 1;

    static void describe(auto& command) {
        command
            .record("DefineUnitConversion",
                    "Says for all items how much one unit is of another: a dozen equals 12 pcs. "
                    "Each unit is told by one other at most, and any two convert that lead to "
                    "the same one. Said again, it is replaced; what was counted before stays.")
            .company(&DefineUnitConversion::company)
            .stream(&DefineUnitConversion::unit)
            .example(R"({"company": "DEMO", "unit": "dz", "equals": {"amount": "12",
                "unit": "pcs"}})")
            .field("company", &DefineUnitConversion::company, "Whose unit.")
            .field("unit", &DefineUnitConversion::unit, "The unit that is told.")
            .field("equals", &DefineUnitConversion::equals,
                   "What one of it is, or `per` of it; above zero.")
            .most(1'000'000'000'000'000)
            .field("per", &DefineUnitConversion::per,
                   "How many of it equal that, where one of it is no decimal number: 3 where three "
                   "are one.")
            .otherwise(std::int64_t{1})
            .least(1)
            .most(1'000'000'000)
            .refuses(unit_unknown, conversion_not_positive, units_in_circle, conversion_unchanged);
    }
};

struct WithdrawUnitConversion {
    CompanyCode company;
    Unit unit;

    static void describe(auto& command) {
        command
            .record("WithdrawUnitConversion",
                    "A unit is no longer told by another one. What was counted stays as it is.")
            .company(&WithdrawUnitConversion::company)
            .stream(&WithdrawUnitConversion::unit)
            .example(R"({"company": "DEMO", "unit": "gro"})")
            .field("company", &WithdrawUnitConversion::company, "Whose unit.")
            .field("unit", &WithdrawUnitConversion::unit, "The unit that is told.")
            .refuses(unit_unknown, conversion_unknown);
    }
};

struct UnitKey {
    CompanyCode company;
    Unit unit;

    auto operator<=>(const UnitKey&) const = default;
    static void describe(auto& key) {
        key.record("UnitKey", "A unit of a company.")
            .field("company", &UnitKey::company, "Whose unit.")
            .field("unit", &UnitKey::unit, "Its code.");
    }
};

// What decisions need to remember of a unit.
struct DefinedUnit {
    std::string name;
    std::int64_t decimals = Quantity::digits;
    std::optional<std::string> rec20;

    static void describe(auto& record) {
        record.record("DefinedUnit", "A unit as decisions know it.")
            .field("name", &DefinedUnit::name, "Its name.")
            .field("decimals", &DefinedUnit::decimals, "Digits that its quantities may have.")
            .field("rec20", &DefinedUnit::rec20, "Its code in UN/ECE Recommendation 20.");
    }
};
using Units = Table<UnitKey, DefinedUnit>;

// By which other unit a unit is told: one of it is the fraction of one of the other.
struct UnitLink {
    Unit of;
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;

    bool operator==(const UnitLink&) const = default;
    UnitRatio ratio() const { return {numerator, denominator}; }
    static void describe(auto& record) {
        record.record("UnitLink", "How a unit is told by another.")
            .field("of", &UnitLink::of, "The other unit.")
            .field("numerator", &UnitLink::numerator, "One of the unit is numerator ...")
            .field("denominator", &UnitLink::denominator, "... by denominator of the other.");
    }
};
using UnitLinks = Table<UnitKey, UnitLink>;

// What `per` of a unit being `equals` makes of one of it; empty where that is no ratio.
std::optional<UnitLink> link_of(const Quantity& equals, std::int64_t per);

// How a company tells a unit by another; empty where it does not. A seam, so that the decisions and
// the read model convert by the same function.
using LinkOf = std::function<std::optional<UnitLink>(Unit)>;
LinkOf links_of(const World&, const CompanyCode&);

// The units that are met on the way from one to what it is told by at last, each with how much of
// it one of the first is. The first stands first; where a fraction grows too long the way ends.
std::vector<std::pair<Unit, UnitRatio>> way_of(const LinkOf&, Unit from);

// So many of `to` for one of `from`, by what holds for all items; empty where nothing tells.
std::optional<UnitRatio> ratio_among(const LinkOf&, Unit from, Unit to);
std::optional<UnitRatio> ratio_between(const World&, const CompanyCode&, Unit from, Unit to);

// Whether a quantity has no more digits than its unit may have; a unit that is not defined is of
// any.
bool fits_unit(const World&, const CompanyCode&, const Quantity&);

Decision<UnitDefined> decide(const World&, const DefineUnit&, const Context&);
Decision<UnitChanged> decide(const World&, const ChangeUnit&, const Context&);
Decision<UnitConversionDefined> decide(const World&, const DefineUnitConversion&, const Context&);
Decision<UnitConversionWithdrawn> decide(const World&, const WithdrawUnitConversion&,
                                         const Context&);
void evolve(Units&, const UnitDefined&);
void evolve(Units&, const UnitChanged&);
void evolve(UnitLinks&, const UnitConversionDefined&);
void evolve(UnitLinks&, const UnitConversionWithdrawn&);

Part units();

}  // namespace kontor::items
