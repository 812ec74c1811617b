// Emits the FlatBuffers schema of described types.
#include "eventstore/wire_layout.h"
#include "eventstore/wire_print.h"
#include "eventstore/wire_schema.h"

#include "domain/core/ensure.h"

#include <flatbuffers/idl.h>

namespace kontor {
namespace {

struct CoreStruct {
    Kind kind;
    std::string_view name;
    std::string_view doc;
    std::string_view fields;
};

// The core values that are structs. All their octets are there, so nothing may ever be appended.
constexpr CoreStruct core_structs[] = {
    {Kind::id, "Uuid", "RFC 9562.", "high: ulong; low: ulong;"},
    {Kind::date, "Date", "Days since 1970-01-01.", "days: int;"},
    {Kind::timestamp, "Timestamp", "Microseconds of UTC since 1970.", "micros: long;"},
    {Kind::currency, "Currency", "ISO 4217, three letters and a zero, first letter lowest.",
     "code: uint;"},
    {Kind::unit, "Unit", "Up to eight characters, first lowest, then zeros.", "code: ulong;"},
    {Kind::rate, "Rate", "Units of 10^-10.", "units: long;"},
    {Kind::percent, "Percent", "Units of 10^-6 per hundred.", "units: long;"},
    {Kind::money, "Money", "The currency's smallest units.", "minor: long; currency: uint;"},
    {Kind::unit_price, "UnitPrice", "Units of 10^-6 of the currency.",
     "units: long; currency: uint;"},
    {Kind::quantity, "Quantity", "Millionths of the unit.", "micro: long; unit: ulong;"},
};

// The core value that is a table, since its octets are of any length. Nor is anything ever
// appended.
constexpr std::string_view personal_name = "PersonalText";
constexpr std::string_view personal_table =
    "\n/// A text about a person, sealed under a key of the person's own.\n"
    "table PersonalText (shape: \"sealed\") {\n"
    "  /// Version, label, number of the key, nonce, XChaCha20-Poly1305.\n"
    "  sealed: [ubyte] (id: 0);\n"
    "  /// Tells two values of one person apart.\n"
    "  fingerprint: [ubyte] (id: 1);\n"
    "}\n";

const CoreStruct* core_struct(Kind kind) {
    for (const CoreStruct& core : core_structs)
        if (core.kind == kind) return &core;
    return nullptr;
}

// "cost centre", "cost_centre" and "cost-centre" are all CostCentre.
std::string camel(std::string_view words) {
    std::string name;
    bool start = true;
    for (const char c : words) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9')) {
            start = true;
            continue;
        }
        name.push_back(start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        start = false;
    }
    return name;
}

// "DealWon" is deal_won.
std::string snake(std::string_view name) {
    std::string words;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !words.empty()) words.push_back('_');
        words.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return words;
}

// The name of a type as a part of another's name.
std::string word_for(const Type& type) {
    switch (type.kind) {
        case Kind::boolean: return "Boolean";
        case Kind::integer: return "Integer";
        case Kind::text: return "Text";
        case Kind::bytes: return "Bytes";
        case Kind::code: return camel(type.thing.name) + "Code";
        case Kind::id: return camel(type.thing.name) + "Id";
        case Kind::choice:
        case Kind::record: return std::string(type.name);
        case Kind::optional: return "Maybe" + word_for(type.element());
        case Kind::list: return "ListOf" + word_for(type.element());
        case Kind::map: return word_for(type.key()) + "To" + word_for(type.element());
        case Kind::variant: {
            std::string name;
            for (const TypeRef& alternative : type.alternatives)
                name.append(name.empty() ? "" : "Or").append(alternative().name);
            return name;
        }
        case Kind::personal: return std::string(personal_name);
        default: return std::string(core_struct(type.kind)->name);
    }
}

// A text between quotes in a schema.
std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    return out + "\"";
}

// Comment lines of at most 100 columns.
std::string documented(std::string_view doc, std::string_view indent) {
    std::string out;
    std::string line;
    const auto flush = [&] {
        if (!line.empty()) out.append(indent).append("///").append(line).append("\n");
        line.clear();
    };
    while (!doc.empty()) {
        const std::size_t end = std::min(doc.find_first_of(" \n\t"), doc.size());
        const std::string_view word = doc.substr(0, end);
        if (!line.empty() && indent.size() + 3 + line.size() + 1 + word.size() > 100) flush();
        if (!word.empty()) line.append(" ").append(word);
        doc.remove_prefix(std::min(end + 1, doc.size()));
    }
    flush();
    return out;
}

class FbsText {
public:
    std::string write(std::string_view context, const std::vector<const Type*>& roots) {
        for (const Type* root : roots) roots_.insert(word_for(*root));
        for (const Type* root : roots) {
            ensure(root->kind == Kind::record || root->kind == Kind::variant,
                   "a message is a record or a variant");
            declare(*root);
        }
        std::string text = "// What the messages of " + std::string(context) +
                           " look like on the wire. Emitted from their descriptions.\n";
        for (const std::string_view attribute :
             {"message", "shape", "kind", "thing", "optional", "otherwise"})
            text.append("attribute ").append(in_quotes(attribute)).append(";\n");
        if (personal_)
            for (const std::string_view attribute : {"about", "sealed_as"})
                text.append("attribute ").append(in_quotes(attribute)).append(";\n");
        text.append("\nnamespace ").append(context).append(";\n");
        for (const CoreStruct& core : core_structs) {
            if (!structs_.contains(core.kind)) continue;
            text.append("\n").append(documented(core.doc, ""));
            text.append("struct ").append(core.name).append(" { ");
            text.append(core.fields).append(" }\n");
        }
        if (personal_) text.append(personal_table);
        return text + declarations_;
    }

private:
    // Declares the type and all that it is made of, once.
    void declare(const Type& type) {
        switch (type.kind) {
            case Kind::record:
                if (!first_time(word_for(type), type)) return;
                for (const Field& field : type.fields)
                    if (!field.retired) declare(field.type());
                return record(type);
            case Kind::variant:
                if (!first_time(word_for(type), type)) return;
                for (const TypeRef& alternative : type.alternatives) declare(alternative());
                return variant(type);
            case Kind::choice:
                if (first_time(word_for(type), type)) choice(type);
                return;
            case Kind::list:
                declare(type.element());
                if (wrapped_in_list(type.element().kind)) wrapper(type.element());
                return;
            case Kind::optional:
                declare(type.element());
                if (wrapped_in_optional(type.element().kind)) wrapper(type.element());
                return;
            case Kind::map:
                declare(type.key());
                declare(type.element());
                return pair(type);
            case Kind::personal: personal_ = true; return;
            default:
                if (core_struct(type.kind)) structs_.insert(type.kind);
        }
    }

    // Two types of one name would be one table; a type that is made of itself is declared once.
    bool first_time(const std::string& name, const Type& type) {
        for (const CoreStruct& core : core_structs)
            ensure(name != core.name && name != personal_name,
                   "no described type has the name of a core value");
        const auto [known, added] = declared_.emplace(name, &type);
        const bool same = known->second == &type ||
                          (type.kind == Kind::variant && known->second->kind == Kind::variant);
        ensure(same, "the types of one context have different names");
        return added;
    }

    static std::string wrapper_name(const Type& type) { return word_for(type) + "Item"; }

    static std::string fbs_type(const Type& type) {
        switch (type.kind) {
            case Kind::boolean: return "bool";
            case Kind::integer: return "long";
            case Kind::text:
            case Kind::code: return "string";
            case Kind::bytes: return "[ubyte]";
            case Kind::list: {
                const Type& element = type.element();
                const bool wrapped = wrapped_in_list(element.kind);
                return "[" + (wrapped ? wrapper_name(element) : fbs_type(element)) + "]";
            }
            case Kind::map: return "[" + word_for(type) + "]";
            case Kind::optional: {
                const Type& element = type.element();
                return wrapped_in_optional(element.kind) ? wrapper_name(element)
                                                         : fbs_type(element);
            }
            default: return word_for_struct(type);
        }
    }
    static std::string word_for_struct(const Type& type) {
        const CoreStruct* core = core_struct(type.kind);
        return core ? std::string(core->name) : word_for(type);
    }

    // What a code or id names, whether it stands alone, in a list or in an optional.
    static std::string attributes_of(const Type& type) {
        if (type.kind == Kind::code)
            return ", kind: \"code\", thing: " + in_quotes(type.thing.name);
        if (type.kind == Kind::id) return ", thing: " + in_quotes(type.thing.name);
        if (type.kind == Kind::list && !wrapped_in_list(type.element().kind))
            return attributes_of(type.element());
        if (type.kind == Kind::optional && !wrapped_in_optional(type.element().kind))
            return attributes_of(type.element());
        return {};
    }

    // Whom what is personal in a field is about, and as what it is sealed.
    static std::string seal_of(const Type& record, const Field& field) {
        std::string text;
        for (const Field& other : record.fields)
            if (field.subject && !other.retired && other.offset == field.subject.offset)
                text += ", about: " + in_quotes(other.name);
        if (!field.meaning.empty()) text += ", sealed_as: " + in_quotes(field.meaning);
        return text;
    }

    static std::string member(std::string_view name, const Type& type, std::size_t id,
                              const void* otherwise, const std::string& more = {}) {
        std::string text = "  " + std::string(name) + ": " + fbs_type(type);
        const bool optional = type.kind == Kind::optional;
        const Kind kind = optional ? type.element().kind : type.kind;
        const bool scalar = kind == Kind::boolean || kind == Kind::integer || kind == Kind::choice;
        if (optional && scalar) text += " = null";
        std::string meant;
        if (otherwise) {
            ensure(!optional, "the absence of an optional field means that nothing was said");
            meant = json_by_wire(type, otherwise);
            // So that the writers of others too leave out what means this, and nothing else.
            const bool quotes = kind == Kind::choice;
            if (scalar) text += " = " + (quotes ? meant.substr(1, meant.size() - 2) : meant);
        }
        text += " (id: " + std::to_string(id) + attributes_of(type);
        if (optional && !scalar) text += ", optional";
        if (otherwise) text += ", otherwise: " + in_quotes(meant);
        return text + more + ");\n";
    }

    void open(std::string_view name, std::string_view doc, std::string_view shape) {
        declarations_.append("\n").append(documented(doc, ""));
        declarations_.append("table ").append(name);
        const bool message = roots_.contains(std::string(name));
        if (message || !shape.empty()) {
            declarations_.append(" (").append(message ? "message" : "");
            if (message && !shape.empty()) declarations_.append(", ");
            if (!shape.empty()) declarations_.append("shape: ").append(in_quotes(shape));
            declarations_.append(")");
        }
        declarations_.append(" {\n");
    }

    void record(const Type& type) {
        open(type.name, type.doc, {});
        for (std::size_t i = 0; i < type.fields.size(); ++i) {
            const Field& field = type.fields[i];
            if (field.retired) {
                declarations_ += "  " + std::string(field.name) +
                                 ": bool (id: " + std::to_string(i) + ", deprecated);\n";
                continue;
            }
            declarations_ += documented(field.doc, "  ");
            declarations_ +=
                member(field.name, field.type(), i, field.otherwise.get(), seal_of(type, field));
        }
        declarations_ += "}\n";
    }

    void variant(const Type& type) {
        open(word_for(type), "Exactly one of these.", "variant");
        for (std::size_t i = 0; i < type.alternatives.size(); ++i) {
            const Type& alternative = type.alternatives[i]();
            declarations_ += member(snake(alternative.name), alternative, i, nullptr);
        }
        declarations_ += "}\n";
    }

    void pair(const Type& map) {
        const std::string name = word_for(map);
        if (!carriers_.insert(name).second) return;
        ensure(!declared_.contains(name), "a record has the name of a map's pair");
        open(name, "A pair of a map, which is sorted by key.", "pair");
        declarations_ += member("key", map.key(), 0, nullptr);
        declarations_ += member("value", map.element(), 1, nullptr) + "}\n";
    }

    void wrapper(const Type& type) {
        const std::string name = wrapper_name(type);
        if (!carriers_.insert(name).second) return;
        ensure(!declared_.contains(name), "a record has the name of a wrapper");
        open(name, "A value that cannot stand alone where it is.", "wrapped");
        declarations_ += member("value", type, 0, nullptr) + "}\n";
    }

    void choice(const Type& type) {
        declarations_.append("\n").append(documented(type.doc, ""));
        declarations_.append("enum ").append(type.name).append(" : ubyte {\n");
        for (std::size_t i = 0; i < type.choices.size(); ++i) {
            declarations_ += documented(type.choices[i].doc, "  ");
            declarations_ += "  " + std::string(type.choices[i].name) + " = " + std::to_string(i);
            declarations_ += i + 1 < type.choices.size() ? ",\n" : "\n";
        }
        declarations_ += "}\n";
    }

    std::set<std::string> roots_;
    std::set<Kind> structs_;
    bool personal_ = false;
    std::map<std::string, const Type*> declared_;
    std::set<std::string> carriers_;  // pairs and wrappers
    std::string declarations_;
};

}  // namespace

std::string to_fbs(std::string_view context, const std::vector<const Type*>& roots) {
    return FbsText().write(context, roots);
}

std::string schema_binary(const std::string& fbs) {
    flatbuffers::IDLOptions options;
    options.binary_schema_comments = true;
    flatbuffers::Parser parser(options);
    const bool sound = parser.Parse(fbs.c_str());
    ensure(sound, parser.error_.c_str());
    parser.Serialize();
    return {reinterpret_cast<const char*>(parser.builder_.GetBufferPointer()),
            parser.builder_.GetSize()};
}

}  // namespace kontor
