// What a described type allows, as JSON Schema keywords.
#include "api/openapi_schemas.h"

#include "api/json.h"
#include "api/scalar_text.h"
#include "domain/core/date.h"
#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/personal.h"
#include "domain/core/quantity.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace kontor {
namespace {

constexpr Bounds unbounded{};

std::string decimal_pattern(int digits) {
    return "^-?(0|[1-9][0-9]*)(\\.[0-9]{1," + std::to_string(digits) + "}0*)?$";
}
// Money has at most four digits after the point in any currency (ISO 4217: CLF, UYW).
constexpr int most_minor_digits = 4;

Json decimal_schema(int digits) {
    return {{"type", "string"}, {"pattern", decimal_pattern(digits)}};
}

void add_thing(const Thing& thing, Json& schema) {
    if (thing.name.empty()) return;
    Json about{{"name", thing.name}};
    if (!thing.query.empty()) about["query"] = thing.query;
    schema["x-kontor-thing"] = std::move(about);
}

// Values that every context knows by the same name.
bool is_core(const Type& type) {
    switch (type.kind) {
        case Kind::currency:
        case Kind::unit:
        case Kind::rate:
        case Kind::percent:
        case Kind::money:
        case Kind::unit_price:
        case Kind::quantity:
        case Kind::personal: return true;
        default: return &type == &type_of<Period>();
    }
}

std::string_view core_name(const Type& type) {
    if (type.kind == Kind::rate) return "Rate";
    if (type.kind == Kind::percent) return "Percent";
    return type.name;
}

Json measured_schema(const Type& type) {
    const std::string measure(measure_name(type.kind));
    Json schema{{"type", "object"}};
    std::string_view doc;
    int digits = 6;
    switch (type.kind) {
        case Kind::money:
            doc =
                "A sum of money, with no more digits after the point than its currency has "
                "(ISO 4217) and at most 10^15 of its smallest units.";
            digits = most_minor_digits;
            break;
        case Kind::unit_price: doc = "The price of one unit of something."; break;
        default: doc = "A number of units of something."; break;
    }
    schema["description"] = doc;
    schema["properties"]["amount"] = decimal_schema(digits);
    schema["properties"][measure] = {{"$ref", type.kind == Kind::quantity
                                                  ? "#/components/schemas/Unit"
                                                  : "#/components/schemas/Currency"}};
    schema["required"] = Json::array({"amount", measure});
    schema["additionalProperties"] = false;
    return schema;
}

Json choice_schema(const Type& type) {
    std::string doc(type.doc);
    Json names = Json::array(), docs = Json::array();
    for (const Choice& choice : type.choices) {
        names.push_back(choice.name);
        docs.push_back(choice.doc);
        (((doc += doc.empty() ? "- `" : "\n- `") += choice.name) += "`: ") += choice.doc;
    }
    return {{"type", "string"},
            {"description", doc},
            {"enum", std::move(names)},
            {"x-enum-descriptions", std::move(docs)}};
}

// Each with a sentence of its own: a program that shows people must tell the three apart.
Json personal_schema() {
    const auto mark = [](const char* name, const char* doc) {
        Json schema{{"type", "object"}, {"description", doc}};
        schema["properties"][name] = {{"const", true}};
        schema["required"] = Json::array({name});
        schema["additionalProperties"] = false;
        return schema;
    };
    return {
        {"description", "What is known about a person."},
        {"x-personal", true},
        {"oneOf",
         Json::array({Json{{"type", "string"}},
                      mark("erased",
                           "It was known once. The person was erased, or the keys were lost, and "
                           "nobody can read it any more."),
                      mark("sealed", "It is known, and your key has no right to read it.")})}};
}

Json core_schema(const Type& type) {
    Json schema;
    switch (type.kind) {
        case Kind::personal: return personal_schema();
        case Kind::currency:
            schema = {{"type", "string"},
                      {"description", "Alphabetic code of ISO 4217, such as EUR."},
                      {"pattern", "^[A-Z]{3}$"}};
            break;
        case Kind::unit:
            schema = {{"type", "string"},
                      {"description", "The company's own name of a unit, such as kg."},
                      {"pattern", "^[!-~]{1,8}$"}};
            break;
        case Kind::rate:
            schema = decimal_schema(Rate::digits);
            schema["description"] = "So many units of one currency for one of another.";
            break;
        case Kind::percent:
            schema = decimal_schema(Percent::digits);
            schema["description"] = "Per hundred: 21.5 is 21.5 %.";
            break;
        default: return measured_schema(type);
    }
    add_thing(type.thing, schema);
    return schema;
}

void add_number_bounds(const Bounds& bounds, Json& schema) {
    if (bounds.least != unbounded.least) schema["minimum"] = bounds.least;
    if (bounds.most != unbounded.most) schema["maximum"] = bounds.most;
}

// Lengths count characters in JSON Schema and bytes here: what breaks these breaks ours, and ours
// is the stricter one for letters beyond ASCII.
void add_lengths(const Bounds& bounds, Json& schema) {
    constexpr std::size_t longest_character = 4;
    if (bounds.shortest)
        schema["minLength"] = (bounds.shortest + longest_character - 1) / longest_character;
    schema["maxLength"] = bounds.longest;
}

void add_counts(const Bounds& bounds, const char* least, const char* most, Json& schema) {
    if (bounds.shortest) schema[least] = bounds.shortest;
    schema[most] = bounds.longest;
}

Json word_schema(const Type& type, const Bounds& bounds) {
    Json schema{{"type", "string"}};
    switch (type.kind) {
        case Kind::boolean: return {{"type", "boolean"}};
        case Kind::integer:
            schema = {{"type", "integer"}, {"format", "int64"}};
            add_number_bounds(bounds, schema);
            return schema;
        case Kind::text: add_lengths(bounds, schema); return schema;
        case Kind::personal:
            add_lengths(bounds, schema);
            schema["x-personal"] = true;
            return schema;
        case Kind::bytes:
            schema["contentEncoding"] = "base64";
            schema["maxLength"] = (bounds.longest + 2) / 3 * 4;
            return schema;
        case Kind::code:
            schema["minLength"] = 1;
            schema["maxLength"] = std::min(longest_code, bounds.longest);
            break;
        case Kind::id: schema["format"] = "uuid"; break;
        case Kind::date: schema["format"] = "date"; return schema;
        case Kind::timestamp: schema["format"] = "date-time"; return schema;
        default: ensure(false, "only one-word values have a word's schema");
    }
    add_thing(type.thing, schema);
    return schema;
}

const Type& inside(const Type& type) {
    return type.kind == Kind::optional ? inside(type.element()) : type;
}

void add_description(std::string_view doc, const std::string& bounds, Json& schema) {
    std::string text(doc);
    if (!bounds.empty()) (text += text.empty() ? "" : " ") += bounds;
    if (text.empty()) return;
    if (schema.contains("description"))
        ((text += "\n") += "\n") += schema["description"].get<std::string>();
    schema["description"] = text;
}

}  // namespace

std::string bounds_in_words(const Type& type, const Bounds& bounds) {
    std::string least, most;
    const auto decimals = [&](int digits) {
        least = short_decimal_text(bounds.least, digits);
        most = short_decimal_text(bounds.most, digits);
    };
    switch (inside(type).kind) {
        case Kind::money: decimals(0); break;
        case Kind::rate: decimals(Rate::digits); break;
        case Kind::percent:
        case Kind::unit_price:
        case Kind::quantity: decimals(Quantity::digits); break;
        case Kind::date:
            if (bounds.least != unbounded.least)
                least = to_text(Date{static_cast<std::int32_t>(bounds.least)});
            if (bounds.most != unbounded.most)
                most = to_text(Date{static_cast<std::int32_t>(bounds.most)});
            break;
        case Kind::timestamp:
            if (bounds.least != unbounded.least) least = to_text(Timestamp{bounds.least});
            if (bounds.most != unbounded.most) most = to_text(Timestamp{bounds.most});
            break;
        default: return {};
    }
    const std::string of_what =
        inside(type).kind == Kind::money ? " of the currency's smallest units" : "";
    std::string words;
    if (bounds.least != unbounded.least) words += "At least " + least + of_what + ".";
    if (bounds.most != unbounded.most)
        words += (words.empty() ? "At most " : " At most ") + most + of_what + ".";
    return words;
}

void Components::belongs(const Type& type, std::string_view context) {
    contexts_.emplace(&type, context);
}

void Components::belongs_within(const Type& type, std::string_view context) {
    for (const Field& field : type.fields)
        if (!field.retired) is_used_by(field.type(), context);
    if (type.row) is_used_by(type.row(), context);
    if (type.totals) is_used_by(type.totals(), context);
}

void Components::is_used_by(const Type& type, std::string_view context) {
    if (type.kind == Kind::record || type.kind == Kind::choice) {
        if (contexts_.emplace(&type, context).second) belongs_within(type, context);
        return;
    }
    if (type.key) is_used_by(type.key(), context);
    if (type.element) is_used_by(type.element(), context);
    for (const TypeRef& alternative : type.alternatives) is_used_by(alternative(), context);
}

const Components::Component& Components::component(const Type& type, const Use& use) {
    // What holds nothing personal comes back as it was sent.
    const bool answered = use.answered && holds_personal(type);
    if (const auto known = known_.find({&type, answered}); known != known_.end())
        return components_[known->second];
    const auto owner = contexts_.find(&type);
    Component made{
        &type, owner == contexts_.end() ? std::string(use.context) : owner->second, answered, {}};
    const std::string plain =
        is_core(type) ? std::string(core_name(type)) : made.context + "." + std::string(type.name);
    // Two aggregates of one context may both have, say, a `Line`.
    made.name = plain;
    const auto taken = [&] {
        return std::ranges::any_of(components_,
                                   [&](const Component& c) { return c.name == made.name; });
    };
    if (answered && taken()) made.name += "_answered";
    for (int again = 2; taken(); ++again) made.name = plain + "_" + std::to_string(again);
    known_[{&type, answered}] = components_.size();
    return components_.emplace_back(std::move(made));
}

std::string Components::name(const Type& type, std::string_view context) {
    return component(type, {context, false}).name;
}

Json Components::reference(const Type& type, std::string_view context) {
    return referred(type, {context, false});
}

Json Components::answered(const Type& type, std::string_view context) {
    return referred(type, {context, true});
}

Json Components::field(const Field& field, std::string_view context) {
    return field_schema(field, {context, false});
}

Json Components::referred(const Type& type, const Use& use) {
    return bounded(type, unbounded, use);
}

Json Components::bounded(const Type& type, const Bounds& bounds, const Use& use) {
    Bounds items = bounds;
    items.shortest = unbounded.shortest;
    items.longest = unbounded.longest;
    Json schema;
    switch (type.kind) {
        case Kind::optional: return bounded(type.element(), bounds, use);
        case Kind::list:
            schema = {{"type", "array"}, {"items", item(type.element(), items, use)}};
            add_counts(bounds, "minItems", "maxItems", schema);
            return schema;
        case Kind::map:
            schema = {{"type", "object"},
                      {"propertyNames", name_schema(type.key(), use)},
                      {"additionalProperties", item(type.element(), items, use)}};
            add_counts(bounds, "minProperties", "maxProperties", schema);
            return schema;
        case Kind::variant: return variant(type, use);
        case Kind::personal:
            if (!use.answered) return word_schema(type, bounds);
            break;
        case Kind::record:
        case Kind::choice: break;
        default:
            if (!is_core(type)) return word_schema(type, bounds);
            break;
    }
    // The parts of an amount refer to these.
    if (type.kind == Kind::quantity) component(type_of<Unit>(), use);
    if (is_measured(type.kind) && type.kind != Kind::quantity) component(type_of<Currency>(), use);
    return {{"$ref", "#/components/schemas/" + component(type, use).name}};
}

// Names of members are texts, whatever the key of a map is.
Json Components::name_schema(const Type& key, const Use& use) {
    if (key.kind == Kind::integer) return {{"type", "string"}, {"pattern", "^-?(0|[1-9][0-9]*)$"}};
    if (key.kind == Kind::boolean) return {{"type", "string"}, {"enum", {"true", "false"}}};
    return referred(key, use);
}

// What may be absent is null within a list or a map; a member is left out instead.
Json Components::item(const Type& type, const Bounds& bounds, const Use& use) {
    Json schema = bounded(type, bounds, use);
    if (type.kind != Kind::optional) return schema;
    return {{"anyOf", Json::array({std::move(schema), {{"type", "null"}}})}};
}

Json Components::variant(const Type& type, const Use& use) {
    Json alternatives = Json::array();
    for (const TypeRef& alternative : type.alternatives) {
        const std::string kind(alternative().name);
        Json one{{"type", "object"}, {"title", kind}};
        one["properties"][kind] = referred(alternative(), use);
        one["required"] = Json::array({kind});
        one["additionalProperties"] = false;
        alternatives.push_back(std::move(one));
    }
    return {{"oneOf", std::move(alternatives)}};
}

Json Components::field_schema(const Field& field, const Use& use) {
    const Type& type = field.type();
    Json schema = bounded(type, field.bounds, use);
    add_description(field.doc, bounds_in_words(type, field.bounds), schema);
    if (field.otherwise && type.size)
        schema["default"] = Json::parse(write_json(type, field.otherwise.get()));
    return schema;
}

Json Components::record(const Component& component) {
    const Type& type = *component.type;
    const std::string context = component.context;  // the list of components grows meanwhile
    const Use use{context, component.answered};
    Json schema{{"type", "object"}};
    if (!type.doc.empty()) schema["description"] = type.doc;
    schema["properties"] = Json::object();
    Json required = Json::array();
    for (const Field& each : type.fields) {
        if (each.retired) continue;
        schema["properties"][std::string(each.name)] = field_schema(each, use);
        if (each.type().kind != Kind::optional && !each.otherwise) required.push_back(each.name);
    }
    if (!required.empty()) schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    return schema;
}

Json Components::schema(const Component& component) {
    switch (component.type->kind) {
        case Kind::record: return record(component);
        case Kind::choice: return choice_schema(*component.type);
        default: return core_schema(*component.type);
    }
}

Json Components::all() {
    std::map<std::string, Json> sorted;
    // What a component refers to comes behind it in the list.
    for (std::size_t at = 0; at < components_.size(); ++at) {
        const Component component = components_[at];
        sorted[component.name] = schema(component);
    }
    Json all = Json::object();
    for (auto& [name, schema] : sorted) all[name] = std::move(schema);
    return all;
}

}  // namespace kontor
