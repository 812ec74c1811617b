// Types made at run time from a stored schema, and what has changed between two of them.
#include "eventstore/wire_schema.h"

#include "eventstore/ordered_key.h"
#include "eventstore/wire_layout.h"

#include <flatbuffers/reflection.h>
#include <algorithm>
#include <optional>

namespace kontor {
namespace {

// The kind in a slot of a field's type. The accessors that flatc made turn any octet into an
// enumerator, which one that names none must not become.
reflection::BaseType kind_in(const reflection::Type& type, flatbuffers::voffset_t slot) {
    const auto& table = reinterpret_cast<const flatbuffers::Table&>(type);
    const int number = table.GetField<std::int8_t>(slot, 0);
    const bool known = number >= 0 && number < int{reflection::MaxBaseType};
    return known ? static_cast<reflection::BaseType>(number) : reflection::None;
}

reflection::BaseType base_type_of(const reflection::Type& type) {
    return kind_in(type, reflection::Type::VT_BASE_TYPE);
}

reflection::BaseType element_type_of(const reflection::Type& type) {
    return kind_in(type, reflection::Type::VT_ELEMENT);
}

}  // namespace

// Reads one binary schema. Its offsets were verified; its meaning is checked here.
class SchemaIntake {
public:
    SchemaIntake(StoredSchema& into, const reflection::Schema& schema)
        : into_(into), schema_(schema) {}

    bool take() {
        for (const auto* choice : *schema_.enums())
            if (!take_choice(*choice)) return false;
        // Tables first without their fields, since they may contain each other.
        for (const auto* object : *schema_.objects()) {
            const std::string_view shape = attribute(object->attributes(), "shape");
            const bool part =
                object->is_struct() || shape == "pair" || shape == "wrapped" || shape == "sealed";
            Type* table = part ? nullptr : &into_.made_.emplace_back();
            tables_.push_back(table);
            if (!table) continue;
            table->kind = shape == "variant" ? Kind::variant : Kind::record;
            table->name = unqualified(object->name());
            table->doc = joined(object->documentation());
            if (!into_.types_.emplace(table->name, table).second) return false;
            if (has_attribute(object->attributes(), "message")) into_.messages_.push_back(table);
        }
        for (flatbuffers::uoffset_t i = 0; i < schema_.objects()->size(); ++i)
            if (tables_[i] && !take_table(*schema_.objects()->Get(i), *tables_[i])) return false;
        return true;
    }

private:
    using Attributes = flatbuffers::Vector<flatbuffers::Offset<reflection::KeyValue>>;
    using Lines = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

    std::string_view kept(std::string text) { return into_.texts_.emplace_back(std::move(text)); }

    std::string_view unqualified(const flatbuffers::String* name) {
        const std::string_view full(name->c_str(), name->size());
        return kept(std::string(full.substr(full.rfind('.') + 1)));
    }

    std::string_view joined(const Lines* lines) {
        std::string text;
        if (lines)
            for (const auto* line : *lines) {
                std::string_view words(line->c_str(), line->size());
                while (words.starts_with(' ')) words.remove_prefix(1);
                text.append(text.empty() ? "" : " ").append(words);
            }
        return kept(std::move(text));
    }

    static const reflection::KeyValue* found(const Attributes* attributes, std::string_view key) {
        if (attributes)
            for (const auto* attribute : *attributes)
                if (key == std::string_view(attribute->key()->c_str(), attribute->key()->size()))
                    return attribute;
        return nullptr;
    }
    static bool has_attribute(const Attributes* attributes, std::string_view key) {
        return found(attributes, key) != nullptr;
    }
    // Lies in the schema's octets: what is kept longer is copied.
    static std::string_view attribute(const Attributes* attributes, std::string_view key) {
        const auto* pair = found(attributes, key);
        if (!pair || !pair->value()) return {};
        return {pair->value()->c_str(), pair->value()->size()};
    }

    bool take_choice(const reflection::Enum& from) {
        Type& type = into_.made_.emplace_back();
        choices_.push_back(&type);
        type.kind = Kind::choice;
        type.name = unqualified(from.name());
        type.doc = joined(from.documentation());
        if (from.is_union() || base_type_of(*from.underlying_type()) != reflection::UByte)
            return false;
        for (const auto* value : *from.values()) {
            const auto expected = static_cast<std::int64_t>(type.choices.size());
            if (value->value() != expected || expected > 255) return false;
            type.choices.push_back({kept(value->name()->str()), joined(value->documentation())});
        }
        return !type.choices.empty() && into_.types_.emplace(type.name, &type).second;
    }

    // The table's fields by slot; empty when slots are missing or given twice.
    static std::vector<const reflection::Field*> by_slot(const reflection::Object& object) {
        std::vector<const reflection::Field*> fields(object.fields()->size());
        for (const auto* field : *object.fields()) {
            if (field->id() >= fields.size() || fields[field->id()]) return {};
            fields[field->id()] = field;
        }
        return fields;
    }

    bool take_table(const reflection::Object& object, Type& table) {
        const auto fields = by_slot(object);
        if (fields.size() != object.fields()->size()) return false;
        if (table.kind == Kind::variant) return take_alternatives(fields, table);
        for (const auto* from : fields) {
            Field field;
            field.name = kept(from->name()->str());
            field.doc = joined(from->documentation());
            field.retired = from->deprecated();
            if (has_attribute(from->attributes(), "sealed_as"))
                field.meaning = kept(std::string(attribute(from->attributes(), "sealed_as")));
            if (!field.retired) {
                const Type* type = type_of_field(*from, 0);
                if (!type) return false;
                field.type = TypeRef(*type);
            }
            table.fields.push_back(std::move(field));
        }
        for (std::size_t i = 0; i < fields.size(); ++i)
            for (const auto& [name, into] :
                 {std::pair("otherwise", &into_.otherwise_), std::pair("about", &into_.about_)})
                if (has_attribute(fields[i]->attributes(), name))
                    (*into)[&table.fields[i]] =
                        kept(std::string(attribute(fields[i]->attributes(), name)));
        return true;
    }

    bool take_alternatives(const std::vector<const reflection::Field*>& fields, Type& variant) {
        for (const auto* field : fields) {
            const Type* type = type_of_field(*field, 0);
            if (!type || type->kind != Kind::record) return false;
            variant.alternatives.emplace_back(*type);
        }
        return !fields.empty();
    }

    Type& made(Kind kind, std::string_view name) {
        Type& type = into_.made_.emplace_back();
        type.kind = kind;
        type.name = name;
        return type;
    }
    const Type* made(Kind kind, std::string_view name, const Type* element) {
        if (!element) return nullptr;
        Type& type = made(kind, name);
        type.element = TypeRef(*element);
        return &type;
    }

    // Wrappers may lie in each other, so a hostile schema could go round in them.
    static constexpr int deepest = 32;

    const Type* type_of_field(const reflection::Field& field, int depth) {
        if (depth > deepest) return nullptr;
        const reflection::Type& type = *field.type();
        const reflection::BaseType base = base_type_of(type);
        const Type* value = base == reflection::Vector ? many(field, type, depth)
                                                       : one(field, base, type.index(), depth);
        // The binary form calls everything optional that may be absent, and structs and offsets
        // may.
        const bool scalar = base < reflection::String;
        const bool optional =
            scalar ? field.optional() : has_attribute(field.attributes(), "optional");
        return optional ? made(Kind::optional, "optional", value) : value;
    }

    const Type* many(const reflection::Field& field, const reflection::Type& type, int depth) {
        const reflection::BaseType element = element_type_of(type);
        if (element == reflection::UByte && type.index() < 0) return &made(Kind::bytes, "bytes");
        const reflection::Object* object =
            element == reflection::Obj ? object_at(type.index()) : nullptr;
        if (object && attribute(object->attributes(), "shape") == "pair")
            return map_of(*object, depth);
        return made(Kind::list, "list", one(field, element, type.index(), depth));
    }

    const Type* map_of(const reflection::Object& object, int depth) {
        const auto fields = by_slot(object);
        if (fields.size() != 2) return nullptr;
        const Type* key = type_of_field(*fields[0], depth + 1);
        const Type* value = type_of_field(*fields[1], depth + 1);
        if (!key || !value) return nullptr;
        const bool text = key->kind == Kind::text || key->kind == Kind::code;
        if (!text && !(wire_width(key->kind) > 0 && has_order(*key))) return nullptr;
        Type& map = made(Kind::map, "map");
        map.key = TypeRef(*key);
        map.element = TypeRef(*value);
        return &map;
    }

    // A value that stands alone or is the item of a list.
    const Type* one(const reflection::Field& field, reflection::BaseType base, std::int32_t index,
                    int depth) {
        switch (base) {
            case reflection::Bool: return &made(Kind::boolean, "boolean");
            case reflection::Long: return &made(Kind::integer, "integer");
            case reflection::UByte:
                return index >= 0 && static_cast<std::size_t>(index) < choices_.size()
                           ? choices_[static_cast<std::size_t>(index)]
                           : nullptr;
            case reflection::String: {
                const bool code = attribute(field.attributes(), "kind") == "code";
                return code ? named(field, Kind::code) : &made(Kind::text, "text");
            }
            case reflection::Obj: return object_as_type(field, index, depth);
            default: return nullptr;
        }
    }

    const Type* object_as_type(const reflection::Field& field, std::int32_t index, int depth) {
        const reflection::Object* object = object_at(index);
        if (!object) return nullptr;
        if (object->is_struct()) return core_value(field, unqualified(object->name()));
        const std::string_view shape = attribute(object->attributes(), "shape");
        if (shape == "pair") return nullptr;
        if (shape == "sealed") return sealed(*object);
        if (shape != "wrapped") return tables_[static_cast<std::size_t>(index)];
        const auto fields = by_slot(*object);
        return fields.size() == 1 ? type_of_field(*fields[0], depth + 1) : nullptr;
    }

    const Type* sealed(const reflection::Object& object) {
        const auto fields = by_slot(object);
        const bool sound =
            fields.size() == 2 && std::ranges::all_of(fields, [](const reflection::Field* part) {
                return base_type_of(*part->type()) == reflection::Vector &&
                       element_type_of(*part->type()) == reflection::UByte &&
                       part->type()->index() < 0;
            });
        return sound ? &made(Kind::personal, "PersonalText") : nullptr;
    }

    const Type* core_value(const reflection::Field& field, std::string_view name) {
        static constexpr std::pair<std::string_view, Kind> known[] = {
            {"Date", Kind::date},         {"Timestamp", Kind::timestamp},
            {"Currency", Kind::currency}, {"Unit", Kind::unit},
            {"Rate", Kind::rate},         {"Percent", Kind::percent},
            {"Money", Kind::money},       {"UnitPrice", Kind::unit_price},
            {"Quantity", Kind::quantity},
        };
        if (name == "Uuid") return named(field, Kind::id);
        for (const auto& [core, kind] : known)
            if (name == core) return &made(kind, core);
        return nullptr;
    }

    const Type* named(const reflection::Field& field, Kind kind) {
        Type& type = made(kind, kept(std::string(attribute(field.attributes(), "thing"))));
        type.thing.name = type.name;
        return &type;
    }

    const reflection::Object* object_at(std::int32_t index) const {
        if (index < 0 || static_cast<std::size_t>(index) >= tables_.size()) return nullptr;
        return schema_.objects()->Get(static_cast<flatbuffers::uoffset_t>(index));
    }

    StoredSchema& into_;
    const reflection::Schema& schema_;
    std::vector<Type*> tables_;  // by index of the schema; null for structs, pairs and wrappers
    std::vector<const Type*> choices_;
};

std::unique_ptr<const StoredSchema> StoredSchema::read(std::string_view binary) {
    constexpr std::size_t longest = 64u << 20;  // no context comes near it
    if (binary.size() < 8 || binary.size() > longest) return nullptr;
    // The reader of schemas wants them where the machine likes its numbers.
    std::vector<std::uint64_t> aligned((binary.size() + 7) / 8);
    std::memcpy(aligned.data(), binary.data(), binary.size());
    const auto* octets = reinterpret_cast<const std::uint8_t*>(aligned.data());
    flatbuffers::Verifier verifier(octets, binary.size());
    if (!reflection::VerifySchemaBuffer(verifier)) return nullptr;
    auto schema = std::make_unique<StoredSchema>();
    if (!SchemaIntake(*schema, *reflection::GetSchema(octets)).take()) return nullptr;
    return schema;
}

const Type* StoredSchema::find(std::string_view table) const {
    const auto found = types_.find(table.substr(table.rfind('.') + 1));
    if (found == types_.end() || found->second->kind == Kind::choice) return nullptr;
    return found->second;
}

std::string_view StoredSchema::otherwise(const Field& field) const {
    const auto found = otherwise_.find(&field);
    return found == otherwise_.end() ? std::string_view() : found->second;
}

std::string_view StoredSchema::about(const Field& field) const {
    const auto found = about_.find(&field);
    return found == about_.end() ? std::string_view() : found->second;
}

namespace {

// The type in words that are the same as long as the wire and the JSON of a value are.
std::string in_words(const Type& type) {
    switch (type.kind) {
        case Kind::optional: return "optional " + in_words(type.element());
        case Kind::list: return "list of " + in_words(type.element());
        case Kind::map: return "map of " + in_words(type.key()) + " to " + in_words(type.element());
        case Kind::code: return "code";
        case Kind::id: return "id";
        default: return std::string(type.name);
    }
}

class Comparison {
public:
    Comparison(const StoredSchema& released, const StoredSchema& now)
        : released_(released), now_(now) {}

    std::vector<std::string> breaks() && {
        for (const Type* message : released_.messages()) compare(*message);
        return std::move(breaks_);
    }

private:
    // What is reached only through fields that are retired by now needs no longer be there.
    void compare(const Type& type) {
        if (!seen_.insert(type.name).second) return;
        const auto found = now_.types().find(type.name);
        if (found == now_.types().end()) return say(type.name, "is no longer there");
        const Type& after = *found->second;
        if (after.kind != type.kind) return say(type.name, "is another kind of type");
        if (type.kind == Kind::choice) choices(type, after);
        if (type.kind == Kind::variant) alternatives(type, after);
        if (type.kind == Kind::record) fields(type, after);
    }

    void within(const Type& type) {
        if (type.key) within(type.key());
        if (type.element) within(type.element());
        if (type.kind == Kind::record || type.kind == Kind::variant || type.kind == Kind::choice)
            compare(type);
    }

    void fields(const Type& before, const Type& after) {
        for (std::size_t i = 0; i < before.fields.size(); ++i) {
            const Field& field = before.fields[i];
            const std::string name = std::string(before.name) + "." + std::string(field.name);
            if (i >= after.fields.size()) {
                say(name, "was taken out; retire it");
                continue;
            }
            const Field& kept = after.fields[i];
            if (kept.name != field.name)
                say(name, "has lost its slot to " + std::string(kept.name));
            else if (field.retired && !kept.retired)
                say(name, "was retired and cannot come back");
            else if (!kept.retired)
                field_types(name, field, kept);
        }
        for (std::size_t i = before.fields.size(); i < after.fields.size(); ++i) {
            const Field& field = after.fields[i];
            if (!field.retired && field.type().kind != Kind::optional &&
                now_.otherwise(field).empty())
                say(std::string(before.name) + "." + std::string(field.name),
                    "was appended, but is neither optional nor says what its absence means");
        }
    }

    void field_types(const std::string& name, const Field& before, const Field& after) {
        const std::string was = in_words(before.type());
        const std::string is = in_words(after.type());
        if (was != is)
            say(name, "was " + was + " and is " + is);
        else if (released_.otherwise(before) != now_.otherwise(after))
            say(name, "means something else where it is absent");
        else if (released_.about(before) != now_.about(after))
            say(name, "is about somebody else");
        else if (before.meaning != after.meaning)
            say(name, "is sealed as something else");
        within(before.type());
    }

    void choices(const Type& before, const Type& after) {
        for (std::size_t i = 0; i < before.choices.size(); ++i)
            if (i >= after.choices.size() || after.choices[i].name != before.choices[i].name)
                say(std::string(before.name) + "." + std::string(before.choices[i].name),
                    "is no longer the value " + std::to_string(i));
    }

    void alternatives(const Type& before, const Type& after) {
        for (std::size_t i = 0; i < before.alternatives.size(); ++i) {
            const Type& alternative = before.alternatives[i]();
            if (i >= after.alternatives.size() || after.alternatives[i]().name != alternative.name)
                say(std::string(before.name) + "." + std::string(alternative.name),
                    "is no longer alternative " + std::to_string(i));
            compare(alternative);
        }
    }

    void say(std::string_view what, std::string_view happened) {
        breaks_.push_back(std::string(what) + " " + std::string(happened));
    }

    const StoredSchema& released_;
    const StoredSchema& now_;
    std::set<std::string_view> seen_;
    std::vector<std::string> breaks_;
};

}  // namespace

std::vector<std::string> schema_breaks(const StoredSchema& released, const StoredSchema& now) {
    return Comparison(released, now).breaks();
}

}  // namespace kontor
