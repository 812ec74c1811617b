// How each kind of key becomes octets whose order is the key's.
#include "eventstore/ordered_key.h"

#include "domain/core/date.h"
#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"

namespace kontor {
namespace {

void append_big_endian(std::string& octets, std::uint64_t number, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        octets.push_back(static_cast<char>(static_cast<unsigned char>(number >> shift)));
}

// Turning the sign makes negative numbers sort before positive ones.
constexpr std::uint64_t sign_of_64 = std::uint64_t{1} << 63;
constexpr std::uint32_t sign_of_32 = std::uint32_t{1} << 31;

void append_signed(std::string& octets, std::int64_t number) {
    append_big_endian(octets, static_cast<std::uint64_t>(number) ^ sign_of_64, 8);
}

// A zero octet becomes 00 FF; 00 01 ends the text, and so sorts before whatever goes on.
void append_text(std::string& octets, std::string_view text) {
    for (const char c : text) {
        octets.push_back(c);
        if (c == '\0') octets.push_back('\xff');
    }
    octets.append("\0\1", 2);
}

// Takes octets from the front.
class Intake {
public:
    explicit Intake(std::string_view octets) : left_(octets), size_(octets.size()) {}

    std::size_t taken() const { return size_ - left_.size(); }

    bool number(int size, std::uint64_t& number) {
        const auto wanted = static_cast<std::size_t>(size);
        if (left_.size() < wanted) return false;
        number = 0;
        for (std::size_t i = 0; i < wanted; ++i)
            number = number << 8 | static_cast<unsigned char>(left_[i]);
        left_.remove_prefix(wanted);
        return true;
    }
    bool text(std::string& text) {
        text.clear();
        for (std::size_t i = 0; i < left_.size(); ++i) {
            if (left_[i] != '\0') {
                text.push_back(left_[i]);
                continue;
            }
            if (++i == left_.size()) return false;
            if (left_[i] == '\1') {
                left_.remove_prefix(i + 1);
                return true;
            }
            if (left_[i] != '\xff') return false;
            text.push_back('\0');
        }
        return false;
    }
    // Characters of a currency or unit, which are ASCII.
    bool characters(char* to, std::size_t count) {
        if (left_.size() < count) return false;
        for (std::size_t i = 0; i < count; ++i) {
            if (static_cast<unsigned char>(left_[i]) >= 0x80) return false;
            to[i] = left_[i];
        }
        left_.remove_prefix(count);
        return true;
    }

private:
    std::string_view left_;
    std::size_t size_;
};

bool take(Intake& from, const Type& type, void* key) {
    std::uint64_t number = 0;
    switch (type.kind) {
        case Kind::boolean:
            if (!from.number(1, number) || number > 1) return false;
            *static_cast<bool*>(key) = number == 1;
            return true;
        case Kind::choice:
            if (!from.number(1, number) || number >= type.choices.size()) return false;
            *static_cast<std::uint8_t*>(key) = static_cast<std::uint8_t>(number);
            return true;
        case Kind::integer:
        case Kind::timestamp:
        case Kind::rate:
        case Kind::percent: {
            if (!from.number(8, number)) return false;
            *static_cast<std::int64_t*>(key) = static_cast<std::int64_t>(number ^ sign_of_64);
            return true;
        }
        case Kind::date: {
            if (!from.number(4, number)) return false;
            const auto days = static_cast<std::uint32_t>(number) ^ sign_of_32;
            static_cast<Date*>(key)->days = static_cast<std::int32_t>(days);
            return true;
        }
        case Kind::id: {
            auto& uuid = *static_cast<Uuid*>(key);
            return from.number(8, uuid.high) && from.number(8, uuid.low);
        }
        case Kind::text:
        case Kind::code:
        case Kind::bytes: return from.text(*static_cast<std::string*>(key));
        case Kind::currency: return from.characters(static_cast<char*>(key), 4);
        case Kind::unit: return from.characters(static_cast<char*>(key), 8);
        case Kind::optional:
            if (!from.number(1, number) || number > 1) return false;
            if (number == 1) return take(from, type.element(), type.emplace(key));
            type.reset(key);
            return true;
        case Kind::record:
            for (const Field& field : type.fields)
                if (!field.retired && !take(from, field.type(), field.in(key))) return false;
            return true;
        default: return false;
    }
}

}  // namespace

std::string prefix_end(std::string beginning) {
    while (!beginning.empty() && static_cast<unsigned char>(beginning.back()) == 0xff)
        beginning.pop_back();
    if (!beginning.empty()) ++beginning.back();
    return beginning;
}

bool has_order(const Type& type) {
    switch (type.kind) {
        case Kind::personal:
        case Kind::money:
        case Kind::unit_price:
        case Kind::quantity:
        case Kind::list:
        case Kind::map:
        case Kind::variant: return false;
        case Kind::optional: return has_order(type.element());
        case Kind::record:
            for (const Field& field : type.fields)
                if (!field.retired && !has_order(field.type())) return false;
            return true;
        default: return true;
    }
}

void append_ordered(std::string& octets, const Type& type, const void* key) {
    switch (type.kind) {
        case Kind::boolean: octets.push_back(*static_cast<const bool*>(key) ? '\1' : '\0'); break;
        case Kind::choice: octets.push_back(*static_cast<const char*>(key)); break;
        case Kind::integer:
        case Kind::timestamp:
        case Kind::rate:
        case Kind::percent: append_signed(octets, *static_cast<const std::int64_t*>(key)); break;
        case Kind::date: {
            const auto days = static_cast<std::uint32_t>(static_cast<const Date*>(key)->days);
            append_big_endian(octets, days ^ sign_of_32, 4);
            break;
        }
        case Kind::id: {
            const auto& uuid = *static_cast<const Uuid*>(key);
            append_big_endian(octets, uuid.high, 8);
            append_big_endian(octets, uuid.low, 8);
            break;
        }
        case Kind::text:
        case Kind::code:
        case Kind::bytes: append_text(octets, *static_cast<const std::string*>(key)); break;
        case Kind::currency: octets.append(static_cast<const char*>(key), 4); break;
        case Kind::unit: octets.append(static_cast<const char*>(key), 8); break;
        case Kind::optional: {
            const void* held = type.held(key);
            octets.push_back(held ? '\1' : '\0');
            if (held) append_ordered(octets, type.element(), held);
            break;
        }
        case Kind::record:
            for (const Field& field : type.fields)
                if (!field.retired) append_ordered(octets, field.type(), field.in(key));
            break;
        default: ensure(false, "a key is of a kind that has an order");
    }
}

std::string ordered_key(const Type& type, const void* key) {
    std::string octets;
    append_ordered(octets, type, key);
    return octets;
}

std::optional<std::size_t> from_ordered(const Type& type, std::string_view octets, void* key) {
    Intake from(octets);
    if (!take(from, type, key)) return std::nullopt;
    return from.taken();
}

}  // namespace kontor
