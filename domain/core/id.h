// Strong names: a UUID or a code that says which kind of thing it names.
#pragma once

#include "domain/core/describe.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// RFC 9562. Compares as its sixteen octets do.
struct Uuid {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const Uuid&) const = default;
};

// Eight-four-four-four-twelve lower-case hexadecimal digits.
std::string to_text(const Uuid& uuid);
// Accepts exactly that form, in either case; empty otherwise.
std::optional<Uuid> uuid_from(std::string_view text);

// The id that a name has in a space of names: always the same, and another for another name.
// Version 8, from the SHA-256 of the space's sixteen octets and the name (RFC 9562, B.2).
Uuid named_uuid(const Uuid& space, std::string_view name);

// The id of what a flow makes: from the document that caused it, the flow's name and a count.
// The same cause always gives the same id; UUID version 8.
Uuid derived_uuid(const Uuid& cause, std::string_view flow, std::uint64_t count);
Uuid derived_uuid(std::string_view cause, std::string_view flow, std::uint64_t count);

// A Uuid that names one kind of thing: a DealId never passes for a CustomerId. `Of` has
// `static constexpr Thing thing{"deal", "deals"}`.
template <class Of>
struct Id {
    Uuid uuid;
    auto operator<=>(const Id&) const = default;
};

// A code that the user gave to a piece of master data: 1 to 64 bytes of UTF-8 without control
// characters and without space at either end. Compares by bytes; case matters.
template <class Of>
struct Code {
    std::string text;
    auto operator<=>(const Code&) const = default;
};

constexpr std::size_t longest_code = 64;

// Whether the bytes are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates.
bool is_utf8(std::string_view text);
// What is wrong with the text as a code, in words ("is empty"); empty when nothing is. Control
// characters are C0, DEL and C1; a space is U+0020 or U+00A0.
std::string_view fault_of_code(std::string_view text);

template <class Of>
struct Shape<Id<Of>> {
    static Type make() {
        Type type = living<Id<Of>>(Kind::id, Of::thing.name);
        type.thing = Of::thing;
        return type;
    }
};

template <class Of>
struct Shape<Code<Of>> {
    static Type make() {
        Type type = living<Code<Of>>(Kind::code, Of::thing.name);
        type.thing = Of::thing;
        return type;
    }
};

// Whose books: the name of a company. Here because every message says whose it is.
struct CompanyThing {
    static constexpr Thing thing{"company", "companies"};
};
using CompanyCode = Code<CompanyThing>;

}  // namespace kontor
