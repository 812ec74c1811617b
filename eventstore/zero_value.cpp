// What is zero of each kind.
#include "eventstore/zero_value.h"

#include "domain/core/personal.h"
#include "eventstore/wire_layout.h"

#include <cstring>

namespace kontor {

bool is_zero(const Type& type, const void* value) {
    switch (type.kind) {
        case Kind::text:
        case Kind::code:
        case Kind::bytes: return text_of(value).empty();
        case Kind::list:
        case Kind::map: return type.count(value) == 0;
        case Kind::optional: return !type.held(value);
        case Kind::record:
        case Kind::variant: return false;
        case Kind::personal: {
            const auto& personal = *static_cast<const PersonalText*>(value);
            return personal.empty() && personal.fingerprint.empty();
        }
        default: {
            constexpr char zeros[16] = {};
            return std::memcmp(value, zeros, value_width(type.kind)) == 0;
        }
    }
}

void make_zero(const Type& type, void* value) {
    switch (type.kind) {
        case Kind::text:
        case Kind::code:
        case Kind::bytes: static_cast<std::string*>(value)->clear(); break;
        case Kind::list:
        case Kind::map: type.clear(value); break;
        case Kind::optional: type.reset(value); break;
        case Kind::personal: *static_cast<PersonalText*>(value) = {}; break;
        default: std::memset(value, 0, value_width(type.kind));
    }
}

bool stored_when_zero(const Field& field) {
    return field.otherwise && !is_zero(field.type(), field.otherwise.get());
}

}  // namespace kontor
