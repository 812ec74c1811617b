// Variants: one item in several sizes, colours or lengths, each an item of its own.
#pragma once

#include "domain/items/item_records.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::items {

inline constexpr Reason item_no_template{
    Refusal::invalid, "item_no_template",
    "The item is no template; what is to have variants is created as one."};
inline constexpr Reason variant_attribute_exists{
    Refusal::conflict, "variant_attribute_exists",
    "The template has an attribute with this code already."};
inline constexpr Reason variant_attribute_unknown{Refusal::missing, "variant_attribute_unknown",
                                                  "The template has no attribute with this code."};
inline constexpr Reason template_has_variants{
    Refusal::conflict, "template_has_variants",
    "The template has variants already, which would have no value for another attribute."};
inline constexpr Reason attribute_value_exists{
    Refusal::conflict, "attribute_value_exists",
    "The attribute has this value already, or it stands twice in the command."};
inline constexpr Reason attribute_value_unknown{Refusal::missing, "attribute_value_unknown",
                                                "The attribute has no value with this code."};
inline constexpr Reason attribute_value_missing{
    Refusal::invalid, "attribute_value_missing",
    "A variant has a value for each attribute of its template, and a template has some."};
inline constexpr Reason variant_exists{Refusal::conflict, "variant_exists",
                                       "The template has a variant with these values already."};

struct NamedAttributeValue {
    AttributeValueCode value;
    std::string name;

    bool operator==(const NamedAttributeValue&) const = default;
    static void describe(auto& record) {
        record.record("NamedAttributeValue", "A value that an attribute can have.")
            .field("value", &NamedAttributeValue::value, "Its code, such as \"L\".")
            .field("name", &NamedAttributeValue::name, "Its name, such as \"large\".")
            .shortest(1)
            .longest(200);
    }
};

struct VariantAttributeDefined {
    CompanyCode company;
    ItemCode item;
    VariantAttributeCode attribute;
    std::string name;
    std::vector<NamedAttributeValue> values;

    bool operator==(const VariantAttributeDefined&) const = default;
    static void describe(auto& event) {
        event.record("VariantAttributeDefined", "Variants of a template differ in one more thing.")
            .company(&VariantAttributeDefined::company)
            .stream(&VariantAttributeDefined::item)
            .on_recorded_day()
            .field("company", &VariantAttributeDefined::company, "Whose item.")
            .field("item", &VariantAttributeDefined::item, "The template.")
            .field("attribute", &VariantAttributeDefined::attribute, "Code of the attribute.")
            .field("name", &VariantAttributeDefined::name, "Its name.")
            .field("values", &VariantAttributeDefined::values, "What it can be.");
    }
};

struct AttributeValuesAdded {
    CompanyCode company;
    ItemCode item;
    VariantAttributeCode attribute;
    std::vector<NamedAttributeValue> values;

    bool operator==(const AttributeValuesAdded&) const = default;
    static void describe(auto& event) {
        event.record("AttributeValuesAdded", "An attribute can have these values too.")
            .company(&AttributeValuesAdded::company)
            .stream(&AttributeValuesAdded::item)
            .on_recorded_day()
            .field("company", &AttributeValuesAdded::company, "Whose item.")
            .field("item", &AttributeValuesAdded::item, "The template.")
            .field("attribute", &AttributeValuesAdded::attribute, "Code of the attribute.")
            .field("values", &AttributeValuesAdded::values, "The new values.");
    }
};

struct VariantAdded {
    CompanyCode company;
    ItemCode variant_of;
    ItemCode item;
    VariantValues values;

    bool operator==(const VariantAdded&) const = default;
    static void describe(auto& event) {
        event.record("VariantAdded", "A template has one more variant.")
            .company(&VariantAdded::company)
            .stream(&VariantAdded::variant_of)
            .on_recorded_day()
            .field("company", &VariantAdded::company, "Whose item.")
            .field("variant_of", &VariantAdded::variant_of, "The template.")
            .field("item", &VariantAdded::item, "The variant.")
            .field("values", &VariantAdded::values, "Its value for each attribute.");
    }
};

struct DefineVariantAttribute {
    CompanyCode company;
    ItemCode item;
    VariantAttributeCode attribute;
    std::string name;
    std::vector<NamedAttributeValue> values;

    static void describe(auto& command) {
        command
            .record("DefineVariantAttribute",
                    "Says in what the variants of a template differ, such as size, and what that "
                    "can be. All attributes are defined before the first variant.")
            .company(&DefineVariantAttribute::company)
            .stream(&DefineVariantAttribute::item)
            .example(R"({"company": "DEMO", "item": "SHIRT", "attribute": "size", "name": "Size",
                "values": [{"value": "M", "name": "medium"}, {"value": "L", "name": "large"}]})")
            .field("company", &DefineVariantAttribute::company, "Whose item.")
            .field("item", &DefineVariantAttribute::item, "A template.")
            .field("attribute", &DefineVariantAttribute::attribute,
                   "A code for it, such as \"size\".")
            .field("name", &DefineVariantAttribute::name, "Its name.")
            .shortest(1)
            .longest(200)
            .field("values", &DefineVariantAttribute::values, "What it can be; at least one.")
            .shortest(1)
            .longest(1'000)
            .refuses(item_unknown, item_no_template, variant_attribute_exists,
                     template_has_variants, attribute_value_exists);
    }
};

struct AddAttributeValues {
    CompanyCode company;
    ItemCode item;
    VariantAttributeCode attribute;
    std::vector<NamedAttributeValue> values;

    static void describe(auto& command) {
        command.record("AddAttributeValues", "Says what more an attribute of a template can be.")
            .company(&AddAttributeValues::company)
            .stream(&AddAttributeValues::item)
            .example(R"({"company": "DEMO", "item": "SHIRT", "attribute": "size", "values":
                [{"value": "XL", "name": "extra large"}]})")
            .field("company", &AddAttributeValues::company, "Whose item.")
            .field("item", &AddAttributeValues::item, "A template.")
            .field("attribute", &AddAttributeValues::attribute, "An attribute of it.")
            .field("values", &AddAttributeValues::values, "The new values; at least one.")
            .shortest(1)
            .longest(1'000)
            .refuses(item_unknown, item_no_template, variant_attribute_unknown,
                     attribute_value_exists);
    }
};

struct CreateVariant {
    CompanyCode company;
    ItemCode variant_of;
    ItemCode item;
    VariantValues values;
    std::optional<std::string> name;

    static void describe(auto& command) {
        command
            .record("CreateVariant",
                    "Adds an item that is one variant of a template. It takes over what the "
                    "template is at this moment: unit, category, tracking, measures, whether it is "
                    "a draft; later each changes by itself.")
            .company(&CreateVariant::company)
            .stream(&CreateVariant::item)
            .example(R"({"company": "DEMO", "variant_of": "SHIRT", "item": "SHIRT-L", "values":
                {"size": "L"}})")
            .field("company", &CreateVariant::company, "Whose item.")
            .field("variant_of", &CreateVariant::variant_of, "The template.")
            .field("item", &CreateVariant::item, "A code for the variant; it never changes.")
            .field("values", &CreateVariant::values, "A value for each attribute of the template.")
            .longest(20)
            .field("name", &CreateVariant::name,
                   "Its name. Absent: the template's, with the names of the values.")
            .shortest(1)
            .longest(200)
            .refuses(item_unknown, item_no_template, item_exists, variant_attribute_unknown,
                     attribute_value_unknown, attribute_value_missing, variant_exists);
    }
};

struct VariantAttributeKey {
    CompanyCode company;
    ItemCode item;
    VariantAttributeCode attribute;

    auto operator<=>(const VariantAttributeKey&) const = default;
    static void describe(auto& key) {
        key.record("VariantAttributeKey", "An attribute of a template.")
            .field("company", &VariantAttributeKey::company, "Whose item.")
            .field("item", &VariantAttributeKey::item, "The template.")
            .field("attribute", &VariantAttributeKey::attribute, "Code of the attribute.");
    }
};

struct VariantAttribute {
    std::vector<NamedAttributeValue> values;

    static void describe(auto& record) {
        record.record("VariantAttribute", "An attribute as decisions know it.")
            .field("values", &VariantAttribute::values, "What it can be.");
    }
};
using VariantAttributes = Table<VariantAttributeKey, VariantAttribute>;

// By its values, one below the other in the order of their attributes, which are the same for all
// variants of a template. No code has a line break in it.
struct VariantKey {
    CompanyCode company;
    ItemCode variant_of;
    std::string values;

    auto operator<=>(const VariantKey&) const = default;
    static void describe(auto& key) {
        key.record("VariantKey", "A variant of a template.")
            .field("company", &VariantKey::company, "Whose item.")
            .field("variant_of", &VariantKey::variant_of, "The template.")
            .field("values", &VariantKey::values, "Its values.");
    }
};

struct Variant {
    ItemCode item;

    static void describe(auto& record) {
        record.record("Variant", "The item that is a variant.")
            .field("item", &Variant::item, "Its code.");
    }
};
using Variants = Table<VariantKey, Variant>;

Decision<VariantAttributeDefined> decide(const World&, const DefineVariantAttribute&,
                                         const Context&);
Decision<AttributeValuesAdded> decide(const World&, const AddAttributeValues&, const Context&);
Decision<ItemCreated, VariantAdded> decide(const World&, const CreateVariant&, const Context&);
void evolve(VariantAttributes&, const VariantAttributeDefined&);
void evolve(VariantAttributes&, const AttributeValuesAdded&);
void evolve(Items&, const VariantAdded&);
void evolve(Variants&, const VariantAdded&);

Part variants();

}  // namespace kontor::items
