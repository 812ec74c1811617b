// Dimensions say of a posting what the account does not: which cost centre, project or country.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <string>
#include <vector>

namespace kontor::ledger {

struct DimensionThing {
    static constexpr Thing thing{"dimension", "dimensions"};
};
using DimensionCode = Code<DimensionThing>;

struct DimensionValueThing {
    static constexpr Thing thing{"dimension_value", "dimension_values"};
};
using DimensionValueCode = Code<DimensionValueThing>;

// Which values postings may carry.
enum class ValueRule : std::uint8_t { listed, any };

void describe(auto& choice, ValueRule) {
    choice.choice("ValueRule", "Which values of a dimension postings may carry.")
        .value("listed", "Only values that were added and are not blocked.")
        .value("any", "Every value, but not those that are blocked.");
}

inline constexpr Reason dimension_exists{Refusal::conflict, "dimension_exists",
                                         "The company has a dimension with this code already."};
inline constexpr Reason dimension_unknown{Refusal::missing, "dimension_unknown",
                                          "The company has no dimension with this code."};
inline constexpr Reason dimension_value_exists{
    Refusal::conflict, "dimension_value_exists",
    "One of the values was added before, or stands twice in the list."};
inline constexpr Reason dimension_value_unknown{Refusal::missing, "dimension_value_unknown",
                                                "The dimension has no such value; add it first."};
inline constexpr Reason dimension_value_blocked{Refusal::conflict, "dimension_value_blocked",
                                                "The value of the dimension is blocked."};
inline constexpr Reason dimension_value_not_blocked{
    Refusal::conflict, "dimension_value_not_blocked", "The value of the dimension is not blocked."};

// One value of a dimension with its name.
struct NamedValue {
    DimensionValueCode value;
    std::string name;

    bool operator==(const NamedValue&) const = default;
    static void describe(auto& record) {
        record.record("NamedValue", "A value of a dimension.")
            .field("value", &NamedValue::value, "Its code, as postings carry it.")
            .field("name", &NamedValue::name, "Its name, as people know it.")
            .shortest(1)
            .longest(200);
    }
};

struct DimensionDefined {
    CompanyCode company;
    DimensionCode dimension;
    std::string name;
    ValueRule values = ValueRule::listed;

    bool operator==(const DimensionDefined&) const = default;
    static void describe(auto& event) {
        event.record("DimensionDefined", "Postings may carry one more kind of analysis.")
            .company(&DimensionDefined::company)
            .stream(&DimensionDefined::dimension)
            .on_recorded_day()
            .field("company", &DimensionDefined::company, "Whose books.")
            .field("dimension", &DimensionDefined::dimension, "Code of the dimension.")
            .field("name", &DimensionDefined::name, "Its name.")
            .field("values", &DimensionDefined::values, "Which values postings may carry.");
    }
};

struct DimensionValuesAdded {
    CompanyCode company;
    DimensionCode dimension;
    std::vector<NamedValue> values;

    bool operator==(const DimensionValuesAdded&) const = default;
    static void describe(auto& event) {
        event.record("DimensionValuesAdded", "A dimension has these values too.")
            .company(&DimensionValuesAdded::company)
            .stream(&DimensionValuesAdded::dimension)
            .on_recorded_day()
            .field("company", &DimensionValuesAdded::company, "Whose books.")
            .field("dimension", &DimensionValuesAdded::dimension, "Code of the dimension.")
            .field("values", &DimensionValuesAdded::values, "The new values.");
    }
};

struct DimensionValueBlocked {
    CompanyCode company;
    DimensionCode dimension;
    DimensionValueCode value;

    bool operator==(const DimensionValueBlocked&) const = default;
    static void describe(auto& event) {
        event.record("DimensionValueBlocked", "No new posting may carry the value.")
            .company(&DimensionValueBlocked::company)
            .stream(&DimensionValueBlocked::dimension)
            .on_recorded_day()
            .field("company", &DimensionValueBlocked::company, "Whose books.")
            .field("dimension", &DimensionValueBlocked::dimension, "Code of the dimension.")
            .field("value", &DimensionValueBlocked::value, "The value.");
    }
};

struct DimensionValueUnblocked {
    CompanyCode company;
    DimensionCode dimension;
    DimensionValueCode value;

    bool operator==(const DimensionValueUnblocked&) const = default;
    static void describe(auto& event) {
        event.record("DimensionValueUnblocked", "Postings may carry the value again.")
            .company(&DimensionValueUnblocked::company)
            .stream(&DimensionValueUnblocked::dimension)
            .on_recorded_day()
            .field("company", &DimensionValueUnblocked::company, "Whose books.")
            .field("dimension", &DimensionValueUnblocked::dimension, "Code of the dimension.")
            .field("value", &DimensionValueUnblocked::value, "The value.");
    }
};

struct DefineDimension {
    CompanyCode company;
    DimensionCode dimension;
    std::string name;
    ValueRule values = ValueRule::listed;

    static void describe(auto& command) {
        command
            .record("DefineDimension",
                    "Lets the lines of entries carry one more kind of analysis, such as the "
                    "country of a sale.")
            .company(&DefineDimension::company)
            .stream(&DefineDimension::dimension)
            .example(R"({"company": "DEMO", "dimension": "region", "name": "Region", "values":
                "listed"})")
            .field("company", &DefineDimension::company, "Whose books.")
            .field("dimension", &DefineDimension::dimension,
                   "A code for it, such as \"country\"; entries name it by this.")
            .field("name", &DefineDimension::name, "Its name, as on reports.")
            .shortest(1)
            .longest(200)
            .field("values", &DefineDimension::values, "Which values postings may carry.")
            .otherwise(ValueRule::listed)
            .refuses(companies::company_unknown, dimension_exists);
    }
};

struct AddDimensionValues {
    CompanyCode company;
    DimensionCode dimension;
    std::vector<NamedValue> values;

    static void describe(auto& command) {
        command
            .record("AddDimensionValues",
                    "Adds values to a dimension. A dimension that takes any value may have "
                    "values too: they give a name to what postings carry.")
            .company(&AddDimensionValues::company)
            .stream(&AddDimensionValues::dimension)
            .example(R"({"company": "DEMO", "dimension": "region", "values": [{"value": "NORTH",
                "name": "North"}]})")
            .field("company", &AddDimensionValues::company, "Whose books.")
            .field("dimension", &AddDimensionValues::dimension, "A defined dimension.")
            .field("values", &AddDimensionValues::values, "The new values; at least one.")
            .shortest(1)
            .longest(10'000)
            .refuses(dimension_unknown, dimension_value_exists);
    }
};

struct BlockDimensionValue {
    CompanyCode company;
    DimensionCode dimension;
    DimensionValueCode value;

    static void describe(auto& command) {
        command
            .record("BlockDimensionValue",
                    "Keeps new postings from carrying the value, such as a project that ended. "
                    "What is posted stays; reversals are still possible.")
            .company(&BlockDimensionValue::company)
            .stream(&BlockDimensionValue::dimension)
            .example(R"({"company": "DEMO", "dimension": "region", "value": "NORTH"})")
            .field("company", &BlockDimensionValue::company, "Whose books.")
            .field("dimension", &BlockDimensionValue::dimension, "A defined dimension.")
            .field("value", &BlockDimensionValue::value, "A value that was added.")
            .refuses(dimension_value_unknown, dimension_value_blocked);
    }
};

struct UnblockDimensionValue {
    CompanyCode company;
    DimensionCode dimension;
    DimensionValueCode value;

    static void describe(auto& command) {
        command.record("UnblockDimensionValue", "Lets postings carry a blocked value again.")
            .company(&UnblockDimensionValue::company)
            .stream(&UnblockDimensionValue::dimension)
            .example(R"({"company": "DEMO", "dimension": "region", "value": "NORTH"})")
            .field("company", &UnblockDimensionValue::company, "Whose books.")
            .field("dimension", &UnblockDimensionValue::dimension, "A defined dimension.")
            .field("value", &UnblockDimensionValue::value, "A blocked value.")
            .refuses(dimension_value_unknown, dimension_value_not_blocked);
    }
};

struct DimensionKey {
    CompanyCode company;
    DimensionCode dimension;

    auto operator<=>(const DimensionKey&) const = default;
    static void describe(auto& key) {
        key.record("DimensionKey", "A dimension of a company.")
            .field("company", &DimensionKey::company, "Whose books.")
            .field("dimension", &DimensionKey::dimension, "Code of the dimension.");
    }
};

struct Dimension {
    ValueRule values = ValueRule::listed;

    static void describe(auto& record) {
        record.record("Dimension", "A dimension as decisions know it.")
            .field("values", &Dimension::values, "Which values postings may carry.");
    }
};
using Dimensions = Table<DimensionKey, Dimension>;

struct DimensionValueKey {
    CompanyCode company;
    DimensionCode dimension;
    DimensionValueCode value;

    auto operator<=>(const DimensionValueKey&) const = default;
    static void describe(auto& key) {
        key.record("DimensionValueKey", "A value of a dimension of a company.")
            .field("company", &DimensionValueKey::company, "Whose books.")
            .field("dimension", &DimensionValueKey::dimension, "Code of the dimension.")
            .field("value", &DimensionValueKey::value, "The value.");
    }
};

struct DimensionValue {
    bool blocked = false;

    static void describe(auto& record) {
        record.record("DimensionValue", "A value of a dimension as decisions know it.")
            .field("blocked", &DimensionValue::blocked, "No new posting may carry it.");
    }
};
using DimensionValues = Table<DimensionValueKey, DimensionValue>;

Decision<DimensionDefined> decide(const World&, const DefineDimension&, const Context&);
Decision<DimensionValuesAdded> decide(const World&, const AddDimensionValues&, const Context&);
Decision<DimensionValueBlocked> decide(const World&, const BlockDimensionValue&, const Context&);
Decision<DimensionValueUnblocked> decide(const World&, const UnblockDimensionValue&,
                                         const Context&);
void evolve(Dimensions&, const DimensionDefined&);
void evolve(DimensionValues&, const DimensionValuesAdded&);
void evolve(DimensionValues&, const DimensionValueBlocked&);
void evolve(DimensionValues&, const DimensionValueUnblocked&);

Part dimensions();

}  // namespace kontor::ledger
