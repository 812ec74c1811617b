// A command's shape in a mapping, held against the command's description.
#include "tools/import_reading.h"

#include "api/scalar_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace kontor::imports {
namespace {

// What must be there: no optional and nothing with a meaning when absent.
bool is_required(const Field& field) {
    return !field.otherwise && field.type().kind != Kind::optional;
}

const Type& unwrapped(const Type& type) {
    return type.kind == Kind::optional ? unwrapped(type.element()) : type;
}

std::string names_of(const Type& type) {
    std::string all;
    for (const Field& field : type.fields)
        if (!field.retired) all += (all.empty() ? "" : ", ") + std::string(field.name);
    return all;
}

bool is_number(Kind kind) {
    return kind == Kind::integer || kind == Kind::rate || kind == Kind::percent;
}

bool is_text(Kind kind) {
    return kind == Kind::text || kind == Kind::code || kind == Kind::personal;
}

// Whether what a hole yields can ever be read as the type; a text may be anything.
bool can_be(Yields yields, Kind kind) {
    switch (yields) {
        case Yields::text: return true;
        case Yields::number: return is_number(kind) || is_text(kind);
        case Yields::day: return kind == Kind::date || is_text(kind);
        case Yields::id: return kind == Kind::id || is_text(kind);
    }
    return false;
}

Template begun(Template::Shape shape, const std::string& pointer) {
    Template begun;
    begun.shape = shape;
    begun.pointer = pointer;
    return begun;
}

constexpr std::string_view name_of_yield[] = {"a text", "a number", "a date", "an id"};

}  // namespace

Template MappingReading::shape(const Type& type, const Bounds& bounds, const Json& json,
                               const std::string& pointer) {
    const Type& inner = unwrapped(type);
    switch (inner.kind) {
        case Kind::record: return record_shape(inner, json, pointer);
        case Kind::variant: return variant_shape(inner, json, pointer);
        case Kind::map: return map_shape(inner, json, pointer);
        case Kind::list: return list_shape(inner, json, pointer);
        case Kind::money:
        case Kind::unit_price:
        case Kind::quantity: return measured_shape(inner, bounds, json, pointer);
        default: return scalar_shape(inner, bounds, json, pointer);
    }
}

void MappingReading::add_member(Template& shape, std::string_view name, Template part,
                                bool required) {
    append_json_text(name, part.member);
    part.member += ':';
    part.required = required;
    shape.parts.push_back(std::move(part));
}

Template MappingReading::record_shape(const Type& type, const Json& json,
                                      const std::string& pointer) {
    Template shape = begun(Template::Shape::object, pointer);
    if (!json.is_object()) {
        fault(pointer, "must be an object: it is a " + std::string(type.name));
        return shape;
    }
    for (const auto& item : json.items()) {
        if (item.key().starts_with('$')) continue;
        const std::string here = pointer_to(pointer, item.key());
        const Field* field = type.field(item.key());
        if (!field || field->retired) {
            fault(here,
                  "is no field of " + std::string(type.name) + ", which has " + names_of(type));
            continue;
        }
        add_member(shape, field->name,
                   this->shape(field->type(), field->bounds, item.value(), here),
                   is_required(*field));
    }
    for (const Field& field : type.fields)
        if (!field.retired && is_required(field) && !json.contains(field.name))
            fault(pointer_to(pointer, field.name), "is missing, and " + std::string(type.name) +
                                                       " requires it: " + std::string(field.doc));
    return shape;
}

Template MappingReading::variant_shape(const Type& type, const Json& json,
                                       const std::string& pointer) {
    Template shape = begun(Template::Shape::object, pointer);
    std::string kinds;
    for (const TypeRef& alternative : type.alternatives) {
        const Type& one = alternative();
        kinds += (kinds.empty() ? "" : ", ") + std::string(one.name);
        if (!json.is_object() || json.size() != 1 || !json.contains(one.name)) continue;
        add_member(shape, one.name, record_shape(one, json.front(), pointer_to(pointer, one.name)),
                   true);
        return shape;
    }
    fault(pointer, "must be an object of one member, which is one of " + kinds);
    return shape;
}

Template MappingReading::map_shape(const Type& type, const Json& json, const std::string& pointer) {
    Template shape = begun(Template::Shape::object, pointer);
    if (!json.is_object()) {
        fault(pointer, "must be an object");
        return shape;
    }
    const Box key = box(type.key());
    for (const auto& item : json.items()) {
        const std::string here = pointer_to(pointer, item.key());
        if (const auto wrong = read_scalar(type.key(), {}, item.key(), key.get()); !wrong.empty())
            fault(here, "has a name that " + wrong);
        add_member(shape, item.key(), this->shape(type.element(), {}, item.value(), here), false);
    }
    return shape;
}

// An amount and its currency or unit. A constant currency is checked here, the amount with it when
// it is constant too.
Template MappingReading::measured_shape(const Type& type, const Bounds& bounds, const Json& json,
                                        const std::string& pointer) {
    Template shape = begun(Template::Shape::object, pointer);
    shape.measured = true;
    const std::string measure(measure_name(type.kind));
    if (!object(json, pointer, {"amount", measure})) return shape;
    const Json* amount = member(json, pointer, "amount", true);
    const Json* unit = member(json, pointer, measure, true);
    if (!amount || !unit) return shape;
    Template parts[2];
    parts[0].pointer = pointer_to(pointer, "amount");
    parts[1].pointer = pointer_to(pointer, measure);
    parts[0].text = text(*amount, parts[0].pointer);
    parts[1].text = text(*unit, parts[1].pointer);
    if (const auto hole = parts[0].text.only_hole()) must_be_number(*hole, parts[0].pointer);
    const auto constant_amount = parts[0].text.constant();
    if (const auto constant = parts[1].text.constant()) {
        const std::string zero = "0";
        const Box value = box(type);
        const bool both = constant_amount.has_value();
        for (Fault& wrong :
             read_measured(type, both ? bounds : Bounds{}, both ? &*constant_amount : &zero,
                           &*constant, value.get()))
            fault(pointer + wrong.pointer, std::move(wrong.problem));
    }
    add_member(shape, "amount", std::move(parts[0]), true);
    add_member(shape, measure, std::move(parts[1]), true);
    return shape;
}

Template MappingReading::list_shape(const Type& type, const Json& json,
                                    const std::string& pointer) {
    Template shape = begun(Template::Shape::list, pointer);
    if (!json.is_array()) {
        fault(pointer, "must be a list");
        return shape;
    }
    const bool records = unwrapped(type.element()).kind == Kind::record;
    for (std::size_t at = 0; at < json.size(); ++at) {
        const std::string here = pointer_to(pointer, std::to_string(at));
        Template item = this->shape(type.element(), {}, json[at], here);
        if (records && json[at].is_object()) {
            for (const auto& extra : json[at].items())
                if (extra.key().starts_with('$') && extra.key() != "$each" &&
                    extra.key() != "$when")
                    fault(pointer_to(here, extra.key()), "means nothing; known are $each, $when");
            if (const Json* each = member(json[at], here, "$each")) {
                item.repeats = true;
                item.each = refs(*each, pointer_to(here, "$each"));
            }
            if (const Json* when = member(json[at], here, "$when"))
                item.when = conditions(*when, pointer_to(here, "$when"));
        }
        shape.parts.push_back(std::move(item));
    }
    return shape;
}

Template MappingReading::scalar_shape(const Type& type, const Bounds& bounds, const Json& json,
                                      const std::string& pointer) {
    Template shape = begun(Template::Shape::scalar, pointer);
    shape.bare = type.kind == Kind::integer || type.kind == Kind::boolean;
    shape.text = text(json, pointer);
    std::vector<std::string> possible;
    if (const auto constant = shape.text.constant()) {
        possible.push_back(*constant);
    } else if (const auto hole = shape.text.only_hole()) {
        possible = outcomes(*hole);
        if (possible.empty() && !can_be(yields(*hole), type.kind))
            fault(pointer, "comes out as " +
                               std::string(name_of_yield[static_cast<std::size_t>(yields(*hole))]) +
                               "; it " + expected_words(type));
    }
    const Box value = box(type);
    for (const std::string& one : possible) {
        const std::string wrong = read_scalar(type, bounds, one, value.get());
        if (wrong.empty()) continue;
        std::string problem;
        if (!shape.text.constant())
            problem.append("can come out as \"").append(one).append("\"; it ");
        fault(pointer, problem.append(wrong));
    }
    return shape;
}

}  // namespace kontor::imports
