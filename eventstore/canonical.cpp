// The canonical octets of each kind, and the sums that digests are.
#include "eventstore/canonical.h"

#include "domain/core/date.h"
#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/personal.h"
#include "domain/core/quantity.h"

namespace kontor {
namespace {

void append_number(std::string& octets, std::uint64_t number) {
    std::array<char, 8> big_endian;
    for (std::size_t at = 0; at < big_endian.size(); ++at)
        big_endian[at] = static_cast<char>(static_cast<unsigned char>(number >> (56 - 8 * at)));
    octets.append(big_endian.data(), big_endian.size());
}

void append_signed(std::string& octets, std::int64_t number) {
    append_number(octets, static_cast<std::uint64_t>(number));
}

// Lengths, counts and slots: seven bits an octet, the last without the eighth bit.
void append_count(std::string& octets, std::size_t count) {
    while (count >= 0x80) {
        octets.push_back(static_cast<char>(static_cast<unsigned char>(count | 0x80)));
        count >>= 7;
    }
    octets.push_back(static_cast<char>(count));
}

void append_text(std::string& octets, std::string_view text) {
    append_count(octets, text.size());
    octets.append(text);
}

// Records and variants stand with their end mark or index alone when there is nothing to say.
bool is_zero(const Type& type, std::string_view octets) {
    if (type.kind == Kind::variant) return false;
    return octets.find_first_not_of('\0') == std::string_view::npos;
}

// What of a personal value is said.
enum class Personal : std::uint8_t { all, whether_there, fingerprint };

class Canonical {
public:
    Canonical(std::string& octets, Personal personal) : octets_(octets), personal_(personal) {}

    void append(const Type& type, const void* value);

private:
    void record(const Type& type, const void* record);
    void map(const Type& type, const void* map);
    void personal(const PersonalText& value);

    std::string& octets_;
    const Personal personal_;
};

void Canonical::record(const Type& type, const void* record) {
    for (std::size_t slot = 0; slot < type.fields.size(); ++slot) {
        const Field& field = type.fields[slot];
        if (field.retired) continue;
        const std::size_t before = octets_.size();
        append_count(octets_, slot + 1);
        const std::size_t start = octets_.size();
        append(field.type(), field.in(record));
        const auto value = std::string_view(octets_).substr(start);
        const bool is_default = field.otherwise
                                    ? value == canonical(field.type(), field.otherwise.get())
                                    : is_zero(field.type(), value);
        if (is_default) octets_.resize(before);
    }
    octets_.push_back('\0');  // no slot: the record ends
}

void Canonical::map(const Type& type, const void* map) {
    struct To {
        Canonical& canonical;
        const Type& key;
        const Type& element;
    } to{*this, type.key(), type.element()};
    append_count(octets_, type.count(map));
    type.each(map, &to, [](void* at, const void* key, const void* value) {
        auto& [canonical, key_type, element] = *static_cast<To*>(at);
        canonical.append(key_type, key);
        canonical.append(element, value);
    });
}

void Canonical::personal(const PersonalText& value) {
    if (personal_ == Personal::whether_there) {
        if (!value.empty()) octets_ += '\1';
        return;
    }
    append_text(octets_, value.fingerprint);
    if (personal_ == Personal::fingerprint) return;
    append_text(octets_, value.sealed);
    append_text(octets_, value.plain);
}

void Canonical::append(const Type& type, const void* value) {
    switch (type.kind) {
        case Kind::boolean:
            octets_.push_back(*static_cast<const bool*>(value) ? '\1' : '\0');
            break;
        case Kind::choice: octets_.push_back(*static_cast<const char*>(value)); break;
        case Kind::integer:
        case Kind::timestamp:
        case Kind::rate:
        case Kind::percent: append_signed(octets_, *static_cast<const std::int64_t*>(value)); break;
        case Kind::date: append_signed(octets_, static_cast<const Date*>(value)->days); break;
        case Kind::id:
            append_number(octets_, static_cast<const Uuid*>(value)->high);
            append_number(octets_, static_cast<const Uuid*>(value)->low);
            break;
        case Kind::currency: octets_.append(static_cast<const char*>(value), 4); break;
        case Kind::unit: octets_.append(static_cast<const char*>(value), 8); break;
        case Kind::money: {
            const auto& money = *static_cast<const Money*>(value);
            append_signed(octets_, money.minor);
            octets_.append(money.currency.code.data(), 4);
            break;
        }
        case Kind::unit_price: {
            const auto& price = *static_cast<const UnitPrice*>(value);
            append_signed(octets_, price.units);
            octets_.append(price.currency.code.data(), 4);
            break;
        }
        case Kind::quantity: {
            const auto& quantity = *static_cast<const Quantity*>(value);
            append_signed(octets_, quantity.micro);
            octets_.append(quantity.unit.code.data(), 8);
            break;
        }
        case Kind::text:
        case Kind::code:
        case Kind::bytes: append_text(octets_, *static_cast<const std::string*>(value)); break;
        case Kind::personal: personal(*static_cast<const PersonalText*>(value)); break;
        case Kind::optional: {
            const void* held = type.held(value);
            octets_.push_back(held ? '\1' : '\0');
            if (held) append(type.element(), held);
            break;
        }
        case Kind::list: {
            const std::size_t count = type.count(value);
            append_count(octets_, count);
            for (std::size_t i = 0; i < count; ++i)
                append(type.element(), type.item(const_cast<void*>(value), i));
            break;
        }
        case Kind::map: map(type, value); break;
        case Kind::record: record(type, value); break;
        case Kind::variant: {
            const std::size_t which = type.which(value);
            append_count(octets_, which);
            append(type.alternatives[which](), type.held(value));
            break;
        }
    }
}

}  // namespace

void append_canonical(std::string& octets, const Type& type, const void* value) {
    Canonical(octets, Personal::all).append(type, value);
}

std::string canonical(const Type& type, const void* value) {
    std::string octets;
    append_canonical(octets, type, value);
    return octets;
}

Hash command_fingerprint(const Type& command, const void* value) {
    std::string octets;
    append_text(octets, command.name);
    Canonical(octets, Personal::whether_there).append(command, value);
    return blake2b(octets);
}

Hash personal_fingerprint(const Type& command, const void* value) {
    std::string octets;
    append_text(octets, command.name);
    Canonical(octets, Personal::fingerprint).append(command, value);
    return blake2b(octets);
}

Hash row_digest(std::string_view table, const Type& key_type, const void* key, const Type& row_type,
                const void* row) {
    return row_digest(table, canonical(key_type, key), canonical(row_type, row));
}

Hash row_digest(std::string_view table, std::string_view key, std::string_view row) {
    std::string octets;
    append_text(octets, table);
    append_text(octets, key);
    append_text(octets, row);
    return blake2b(octets);
}

void DigestSum::add(const DigestSum& sum) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        const std::uint64_t with_carry = limbs[i] + carry;
        carry = with_carry < carry ? 1 : 0;
        limbs[i] = with_carry + sum.limbs[i];
        if (limbs[i] < with_carry) carry = 1;
    }
}

void DigestSum::add(const Hash& hash) { add(digest_sum_from(hash)); }

void DigestSum::subtract(const Hash& hash) {
    // Minus x is the complement of x, plus one.
    DigestSum negative = digest_sum_from(hash);
    for (std::uint64_t& limb : negative.limbs) limb = ~limb;
    negative.add(DigestSum{{1, 0, 0, 0}});
    add(negative);
}

std::string to_octets(const DigestSum& sum) {
    std::string octets;
    for (std::size_t i = sum.limbs.size(); i > 0; --i) append_number(octets, sum.limbs[i - 1]);
    return octets;
}

DigestSum digest_sum_from(const Hash& octets) {
    DigestSum sum;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        std::uint64_t& limb = sum.limbs[3 - i / 8];
        limb = limb << 8 | octets[i];
    }
    return sum;
}

std::string to_text(const DigestSum& sum) {
    Hash octets;
    const std::string from = to_octets(sum);
    for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<std::uint8_t>(from[i]);
    return to_text(octets);
}

}  // namespace kontor
