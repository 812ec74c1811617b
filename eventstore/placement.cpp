// How a message's own members say where it belongs.
#include "eventstore/placement.h"

#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"
#include "eventstore/zones.h"

namespace kontor {
namespace {

// The first member of every Code<Of> and Id<Of> is its text or Uuid, whatever it names.
const std::string& code_text(const void* code) {
    return static_cast<const CompanyCode*>(code)->text;
}

std::string key_text(const Type& type, const void* key) {
    switch (type.kind) {
        case Kind::id: return to_text(*static_cast<const Uuid*>(key));
        case Kind::code: return code_text(key);
        case Kind::text: return *static_cast<const std::string*>(key);
        case Kind::date: return to_text(*static_cast<const Date*>(key));
        case Kind::integer: return std::to_string(*static_cast<const std::int64_t*>(key));
        case Kind::currency: return std::string(static_cast<const Currency*>(key)->text());
        case Kind::unit: return std::string(static_cast<const Unit*>(key)->text());
        default: break;
    }
    ensure(false,
           "a stream is named by an id, a code, a text, a currency, a unit, a date or a number");
    return {};
}

void add_part(std::string& stream, std::string_view part) {
    if (!stream.empty()) stream += '/';
    for (const char c : part) {
        if (c == '/')
            stream += "%2F";
        else if (c == '%')
            stream += "%25";
        else
            stream += c;
    }
}

}  // namespace

std::string company_of(const Type& type, const void* message) {
    return type.company ? code_text(type.company.in(message)) : std::string();
}

std::string stream_of(const Type& type, const void* message) {
    if (!type.stream) return {};
    const Type& key = type.stream.type();
    std::string stream;
    add_part(stream, key.thing.name.empty() ? std::string_view(type.name) : key.thing.name);
    if (type.company && type.company.offset != type.stream.offset)
        add_part(stream, code_text(type.company.in(message)));
    add_part(stream, key_text(key, type.stream.in(message)));
    return stream;
}

Date day_of(const Type& type, const void* event, Timestamp recorded, std::string_view zone) {
    if (!type.on) return day_in_zone(recorded, zone);
    const void* on = type.on.in(event);
    if (type.on.type().kind == Kind::date) return *static_cast<const Date*>(on);
    return day_in_zone(*static_cast<const Timestamp*>(on), zone);
}

}  // namespace kontor
