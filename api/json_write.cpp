// JSON out: one line of text from any described value, appended without a document in between.
#include "api/json.h"
#include "api/scalar_text.h"

#include "domain/core/ensure.h"
#include "domain/core/personal.h"
#include "domain/core/quantity.h"

#include <utility>

namespace kontor {
namespace {

void append_escaped(char letter, std::string& out) {
    constexpr std::string_view hex = "0123456789abcdef";
    switch (letter) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        case '\b': out += "\\b"; return;
        case '\f': out += "\\f"; return;
        default: break;
    }
    const auto octet = static_cast<unsigned char>(letter);
    out += "\\u00";
    out += hex[octet >> 4];
    out += hex[octet & 15];
}

void append_record(const Type& type, const void* value, std::string& out) {
    out += '{';
    bool first = true;
    for (const Field& field : type.fields) {
        if (field.retired) continue;
        const Type& inner = field.type();
        if (inner.kind == Kind::optional && !inner.held(field.in(value))) continue;
        if (!std::exchange(first, false)) out += ',';
        append_json_text(field.name, out);
        out += ':';
        append_json(inner, field.in(value), out);
    }
    out += '}';
}

void append_list(const Type& type, const void* value, std::string& out) {
    out += '[';
    const std::size_t count = type.count(value);
    for (std::size_t at = 0; at < count; ++at) {
        if (at) out += ',';
        // The description has one way to an item for readers and writers; nothing is changed here.
        append_json(type.element(), type.item(const_cast<void*>(value), at), out);
    }
    out += ']';
}

void append_map(const Type& type, const void* value, std::string& out) {
    struct Walk {
        const Type& type;
        std::string& out;
        bool first = true;
    } walk{type, out};
    out += '{';
    type.each(value, &walk, [](void* to, const void* key, const void* item) {
        Walk& at = *static_cast<Walk*>(to);
        if (!std::exchange(at.first, false)) at.out += ',';
        std::string name;
        append_scalar(at.type.key(), key, name);
        append_json_text(name, at.out);
        at.out += ':';
        append_json(at.type.element(), item, at.out);
    });
    out += '}';
}

void append_variant(const Type& type, const void* value, std::string& out) {
    const Type& kind = type.alternatives[type.which(value)]();
    out += '{';
    append_json_text(kind.name, out);
    out += ':';
    append_json(kind, type.held(value), out);
    out += '}';
}

void append_personal(const PersonalText& value, std::string& out) {
    if (value.erased)
        out += "{\"erased\":true}";
    else if (!value.sealed.empty())
        out += "{\"sealed\":true}";
    else
        append_json_text(value.plain, out);
}

void append_measured(const Type& type, const void* value, std::string& out) {
    out += "{\"amount\":\"";
    out += amount_of(type, value);
    out += "\",\"";
    out += measure_name(type.kind);
    out += "\":";
    append_json_text(measure_of(type, value), out);
    out += '}';
}

}  // namespace

void append_json_text(std::string_view text, std::string& out) {
    out += '"';
    std::size_t plain = 0;  // from here on nothing was written yet
    for (std::size_t at = 0; at < text.size();) {
        const auto octet = static_cast<unsigned char>(text[at]);
        if (octet >= 0x20 && octet < 0x80 && octet != '"' && octet != '\\') {
            ++at;
            continue;
        }
        const std::size_t length = octet < 0x80 ? 0 : utf8_length(text.substr(at));
        if (length) {
            at += length;
            continue;
        }
        out.append(text, plain, at - plain);
        if (octet < 0x80)
            append_escaped(text[at], out);
        else
            out += "\xEF\xBF\xBD";
        plain = ++at;
    }
    out.append(text, plain);
    out += '"';
}

void append_json(const Type& type, const void* value, std::string& out) {
    switch (type.kind) {
        case Kind::boolean:
        case Kind::integer: append_scalar(type, value, out); return;
        case Kind::text:
        case Kind::code: append_json_text(*static_cast<const std::string*>(value), out); return;
        case Kind::personal: append_personal(*static_cast<const PersonalText*>(value), out); return;
        case Kind::record: append_record(type, value, out); return;
        case Kind::list: append_list(type, value, out); return;
        case Kind::map: append_map(type, value, out); return;
        case Kind::variant: append_variant(type, value, out); return;
        case Kind::money:
        case Kind::unit_price:
        case Kind::quantity: append_measured(type, value, out); return;
        case Kind::optional:
            if (const void* held = type.held(value))
                append_json(type.element(), held, out);
            else
                out += "null";
            return;
        case Kind::unit:
            // Printable ASCII, among which are quotes and backslashes.
            append_json_text(static_cast<const Unit*>(value)->text(), out);
            return;
        default:
            // Ids, dates, decimals, choices: none holds a letter that needs escaping.
            out += '"';
            append_scalar(type, value, out);
            out += '"';
            return;
    }
}

std::string write_json(const Type& type, const void* value) {
    ensure(type.size != 0, "only a type with a C++ value is written from one");
    std::string out;
    append_json(type, value, out);
    return out;
}

}  // namespace kontor
