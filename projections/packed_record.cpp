// How each kind of value is packed, and read back.
#include "projections/packed_record.h"

#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/personal.h"
#include "domain/core/quantity.h"
#include "eventstore/storage_broken.h"
#include "eventstore/wire_layout.h"
#include "eventstore/zero_value.h"
#include "projections/packed_numbers.h"

#include <cstring>

namespace kontor {
namespace {

[[noreturn]] void throw_damaged(const Type& type) {
    throw StorageBroken("A row of the read models is damaged: it holds no " +
                        std::string(type.name) + ".");
}

class Packer {
public:
    explicit Packer(std::string& octets) : octets_(octets) {}

    void record(const Type& type, const void* value) {
        ensure(type.fields.size() <= 64, "a packed record has at most 64 fields");
        std::uint64_t present = 0;
        for (std::size_t i = 0; i < type.fields.size(); ++i) {
            const Field& field = type.fields[i];
            if (field.retired) continue;
            if (!is_zero(field.type(), field.in(value)) || stored_when_zero(field))
                present |= std::uint64_t{1} << i;
        }
        append_short(octets_, present);
        for (std::size_t i = 0; i < type.fields.size(); ++i) {
            const Field& field = type.fields[i];
            if (present >> i & 1) append(field.type(), field.in(value));
        }
    }

private:
    void append(const Type& type, const void* value) {
        switch (type.kind) {
            case Kind::integer:
            case Kind::timestamp:
            case Kind::rate:
            case Kind::percent: number(*static_cast<const std::int64_t*>(value)); break;
            case Kind::date: number(static_cast<const Date*>(value)->days); break;
            case Kind::money:
            case Kind::unit_price:
                number(*static_cast<const std::int64_t*>(value));
                currency(static_cast<const Money*>(value)->currency);
                break;
            case Kind::quantity:
                number(static_cast<const Quantity*>(value)->micro);
                octets_.append(static_cast<const Quantity*>(value)->unit.code.data(), 8);
                break;
            case Kind::currency: currency(*static_cast<const Currency*>(value)); break;
            case Kind::text:
            case Kind::code:
            case Kind::bytes: text(text_of(value)); break;
            case Kind::personal: personal(*static_cast<const PersonalText*>(value)); break;
            case Kind::optional: {
                const void* held = type.held(value);
                octets_ += held ? '\1' : '\0';
                if (held) append(type.element(), held);
                break;
            }
            case Kind::list: {
                const std::size_t count = type.count(value);
                append_short(octets_, count);
                void* items = const_cast<void*>(value);  // `item` hands out places to be written
                for (std::size_t i = 0; i < count; ++i) append(type.element(), type.item(items, i));
                break;
            }
            case Kind::map: map(type, value); break;
            case Kind::record: record(type, value); break;
            case Kind::variant: {
                const std::size_t which = type.which(value);
                append_short(octets_, which);
                record(type.alternatives[which](), type.held(value));
                break;
            }
            default: octets_.append(static_cast<const char*>(value), value_width(type.kind));
        }
    }
    void map(const Type& type, const void* value) {
        append_short(octets_, type.count(value));
        struct Pairs {
            Packer& packer;
            const Type& type;
        } pairs{*this, type};
        type.each(value, &pairs, [](void* to, const void* key, const void* item) {
            auto& [packer, map] = *static_cast<Pairs*>(to);
            packer.append(map.key(), key);
            packer.append(map.element(), item);
        });
    }
    void text(const std::string& text) {
        append_short(octets_, text.size());
        octets_ += text;
    }
    void personal(const PersonalText& value) {
        ensure(value.plain.empty() && !value.erased, "what is personal is stored sealed");
        text(value.sealed);
        text(value.fingerprint);
    }
    void number(std::int64_t number) { append_short(octets_, folded(number)); }
    // An octet where it is the one before, as nearly all amounts of a record are of one currency.
    void currency(const Currency& currency) {
        octets_ += currency == last_ ? '\0' : '\1';
        if (currency != last_) octets_.append(currency.code.data(), 4);
        last_ = currency;
    }

    std::string& octets_;
    Currency last_{};
};

class Unpacker {
public:
    Unpacker(const Type& whole, std::string_view octets) : whole_(whole), numbers_(octets) {}

    std::string_view left() const { return numbers_.left(); }
    void record(const Type& type, void* value) {
        const auto present = numbers_.shortened();
        for (std::size_t i = 0; i < type.fields.size(); ++i) {
            const Field& field = type.fields[i];
            if (field.retired) continue;
            const Type& of = field.type();
            void* to = field.in(value);
            if (i < 64 && (present >> i & 1))
                read(of, to);
            else if (field.otherwise)
                of.assign(to, field.otherwise.get());
            else if (of.kind == Kind::record || of.kind == Kind::variant)
                throw_damaged(whole_);
            else
                make_zero(of, to);
        }
    }

private:
    void read(const Type& type, void* value) {
        switch (type.kind) {
            case Kind::boolean:
                *static_cast<bool*>(value) = numbers_.fixed<std::uint8_t>() != 0;
                break;
            case Kind::choice: {
                const auto choice = numbers_.fixed<std::uint8_t>();
                if (choice >= type.choices.size()) throw_damaged(whole_);
                *static_cast<std::uint8_t*>(value) = choice;
                break;
            }
            case Kind::integer:
            case Kind::timestamp:
            case Kind::rate:
            case Kind::percent: *static_cast<std::int64_t*>(value) = number(); break;
            case Kind::date:
                static_cast<Date*>(value)->days = static_cast<std::int32_t>(number());
                break;
            case Kind::money:
            case Kind::unit_price:
                *static_cast<std::int64_t*>(value) = number();
                static_cast<Money*>(value)->currency = currency();
                break;
            case Kind::quantity:
                static_cast<Quantity*>(value)->micro = number();
                copy(static_cast<Quantity*>(value)->unit.code.data(), 8);
                break;
            case Kind::currency: *static_cast<Currency*>(value) = currency(); break;
            case Kind::text:
            case Kind::code:
            case Kind::bytes:
                static_cast<std::string*>(value)->assign(numbers_.octets(numbers_.shortened()));
                break;
            case Kind::personal: {
                auto& personal = *static_cast<PersonalText*>(value);
                personal = {};
                personal.sealed.assign(numbers_.octets(numbers_.shortened()));
                personal.fingerprint.assign(numbers_.octets(numbers_.shortened()));
                break;
            }
            case Kind::optional:
                if (numbers_.fixed<std::uint8_t>())
                    read(type.element(), type.emplace(value));
                else
                    type.reset(value);
                break;
            case Kind::list:
                type.clear(value);
                for (auto left = numbers_.shortened(); left > 0; --left)
                    read(type.element(), type.grow(value));
                break;
            case Kind::map: map(type, value); break;
            case Kind::record: record(type, value); break;
            case Kind::variant: {
                const auto which = numbers_.shortened();
                if (which >= type.alternatives.size()) throw_damaged(whole_);
                record(type.alternatives[which](), type.become(value, which));
                break;
            }
            default: copy(static_cast<char*>(value), value_width(type.kind));
        }
    }
    void map(const Type& type, void* value) {
        type.clear(value);
        const Box key = box(type.key());
        for (auto left = numbers_.shortened(); left > 0; --left) {
            read(type.key(), key.get());
            void* item = type.insert(value, key.get());
            if (!item) throw_damaged(whole_);
            read(type.element(), item);
        }
    }
    std::int64_t number() { return unfolded(numbers_.shortened()); }
    Currency currency() {
        if (numbers_.fixed<std::uint8_t>()) copy(last_.code.data(), 4);
        return last_;
    }
    void copy(char* to, std::size_t count) {
        std::memcpy(to, numbers_.octets(count).data(), count);
    }

    const Type& whole_;
    PackedNumbers numbers_;
    Currency last_{};
};

}  // namespace

void append_packed(std::string& octets, const Type& type, const void* record) {
    Packer(octets).record(type, record);
}

void take_packed(const Type& type, std::string_view& octets, void* record) {
    Unpacker unpacker(type, octets);
    unpacker.record(type, record);
    octets = unpacker.left();
}

}  // namespace kontor
