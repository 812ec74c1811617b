// Records into FlatBuffers tables, and checked tables back into records.
#include "eventstore/wire.h"

#include "domain/core/date.h"
#include "domain/core/ensure.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/personal.h"
#include "domain/core/quantity.h"
#include "eventstore/wire_cursor.h"
#include "eventstore/wire_layout.h"
#include "eventstore/zero_value.h"

#include <flatbuffers/flatbuffers.h>
#include <array>
#include <bit>

namespace kontor {
namespace {

using flatbuffers::Offset;
using flatbuffers::uoffset_t;

// Values are copied as they lie in memory, which is the wire's order on little-endian machines.
static_assert(std::endian::native == std::endian::little);
static_assert(sizeof(Uuid) == 16 && sizeof(Date) == 4 && sizeof(Timestamp) == 8);
static_assert(sizeof(Currency) == 4 && sizeof(Unit) == 8 && sizeof(Rate) == 8);
static_assert(offsetof(Money, currency) == 8 && offsetof(UnitPrice, currency) == 8);
static_assert(offsetof(Quantity, unit) == 8 && sizeof(Quantity) == 16);

using Octets = std::array<char, 16>;

// A value that lies in place, with zeros behind it.
Octets in_place(Kind kind, const void* value) {
    Octets octets{};
    std::memcpy(octets.data(), value, value_width(kind));
    return octets;
}

// Structs of the three sizes, as the builder sees them.
template <std::size_t Size>
struct alignas(Size < 8 ? Size : 8) Struct {
    std::array<char, Size> octets;
};

template <std::size_t Size>
Struct<Size> struct_of(Kind kind, const void* value) {
    Struct<Size> made;
    std::memcpy(made.octets.data(), in_place(kind, value).data(), Size);
    return made;
}

class Writer {
public:
    std::string write(const Type& type, const void* record) {
        builder_.Clear();
        slots_.clear();
        items_.clear();
        depth_ = 0;
        builder_.Finish(Offset<flatbuffers::Table>(reached(type, record)));
        std::string bytes(reinterpret_cast<const char*>(builder_.GetBufferPointer()),
                          builder_.GetSize());
        constexpr std::size_t worth_keeping = 1 << 20;
        if (bytes.size() > worth_keeping) builder_.Reset();
        return bytes;
    }

private:
    // What a table will have in a slot. `offset` reaches what was written before it; `in_place`
    // says that the value itself goes there.
    struct Slot {
        const Type* type = nullptr;
        const void* value = nullptr;
        uoffset_t offset = 0;
        bool in_place = false;
    };

    Slot prepared(const Type& type, const void* value, bool always) {
        if (type.kind == Kind::optional) {
            const void* held = type.held(value);
            if (!held) return {};
            const Type& element = type.element();
            if (wrapped_in_optional(element.kind)) return {&type, value, wrapped(element, held)};
            return prepared(element, held, true);
        }
        if (!always && is_zero(type, value)) return {};
        if (wire_width(type.kind)) return {&type, value, 0, true};
        return {&type, value, reached(type, value)};
    }

    // Writes what lies behind an offset.
    uoffset_t reached(const Type& type, const void* value) {
        switch (type.kind) {
            case Kind::text:
            case Kind::code: return builder_.CreateString(text_of(value)).o;
            case Kind::bytes: return octets(text_of(value));
            case Kind::list: return list(type, value);
            case Kind::map: return map(type, value);
            case Kind::record: return record(type, value);
            case Kind::variant: return variant(type, value);
            case Kind::personal: return personal(*static_cast<const PersonalText*>(value));
            default: ensure(false, "a kind that is reached by an offset");
        }
        return 0;
    }

    uoffset_t record(const Type& type, const void* value) {
        const std::size_t base = open(type.fields.size());
        for (std::size_t i = 0; i < type.fields.size(); ++i) {
            const Field& field = type.fields[i];
            if (field.retired) continue;
            const Type& of = field.type();
            const Slot slot = prepared(of, field.in(value), stored_when_zero(field));
            slots_[base + i] = slot;
        }
        return close(base);
    }

    uoffset_t variant(const Type& type, const void* value) {
        const std::size_t which = type.which(value);
        const std::size_t base = open(which + 1);
        const Slot slot = prepared(type.alternatives[which](), type.held(value), true);
        slots_[base + which] = slot;
        return close(base);
    }

    uoffset_t personal(const PersonalText& value) {
        ensure(value.plain.empty() && !value.erased, "what is personal is stored sealed");
        const std::size_t base = open(2);
        if (!value.sealed.empty()) slots_[base].offset = octets(value.sealed);
        if (!value.fingerprint.empty()) slots_[base + 1].offset = octets(value.fingerprint);
        return close(base);
    }

    uoffset_t octets(const std::string& octets) {
        return builder_
            .CreateVector(reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size())
            .o;
    }

    uoffset_t wrapped(const Type& type, const void* value) {
        const std::size_t base = open(1);
        const Slot slot = prepared(type, value, false);
        slots_[base] = slot;
        return close(base);
    }

    uoffset_t pair(const Type& key_type, const void* key, const Type& type, const void* value) {
        const std::size_t base = open(2);
        const Slot first = prepared(key_type, key, false);
        slots_[base] = first;
        const Slot second = prepared(type, value, false);
        slots_[base + 1] = second;
        return close(base);
    }

    std::size_t open(std::size_t slots) {
        ensure(++depth_ <= deepest_wire, "a message is at most 64 tables deep");
        const std::size_t base = slots_.size();
        slots_.resize(base + slots);
        return base;
    }

    // Wider values first, so that little is lost to alignment.
    uoffset_t close(std::size_t base) {
        const uoffset_t start = builder_.StartTable();
        for (const std::size_t alignment : {8u, 4u, 1u})
            for (std::size_t i = base; i < slots_.size(); ++i) add(slots_[i], i - base, alignment);
        slots_.resize(base);
        --depth_;
        return builder_.EndTable(start);
    }

    void add(const Slot& slot, std::size_t index, std::size_t alignment) {
        const auto at = flatbuffers::FieldIndexToOffset(static_cast<flatbuffers::voffset_t>(index));
        if (slot.offset) {
            if (alignment == 4) builder_.AddOffset(at, Offset<void>(slot.offset));
            return;
        }
        if (!slot.in_place || alignment != wire_alignment(slot.type->kind)) return;
        const Kind kind = slot.type->kind;
        if (wire_width(kind) == 16) {
            const auto made = struct_of<16>(kind, slot.value);
            builder_.AddStruct(at, &made);
        } else if (wire_width(kind) == 8) {
            const auto made = struct_of<8>(kind, slot.value);
            builder_.AddStruct(at, &made);
        } else if (wire_width(kind) == 4) {
            const auto made = struct_of<4>(kind, slot.value);
            builder_.AddStruct(at, &made);
        } else {
            builder_.AddElement(at, *static_cast<const std::uint8_t*>(slot.value));
        }
    }

    uoffset_t list(const Type& type, const void* value) {
        const Type& element = type.element();
        void* items = const_cast<void*>(value);  // `item` hands out places that may be written
        const std::size_t count = type.count(value);
        switch (wire_width(element.kind)) {
            case 1: return structs<1>(type, element.kind, items, count);
            case 4: return structs<4>(type, element.kind, items, count);
            case 8: return structs<8>(type, element.kind, items, count);
            case 16: return structs<16>(type, element.kind, items, count);
            default: break;
        }
        const std::size_t base = items_.size();
        for (std::size_t i = 0; i < count; ++i) {
            const void* item = type.item(items, i);
            const uoffset_t offset =
                wrapped_in_list(element.kind) ? wrapped(element, item) : reached(element, item);
            items_.push_back(offset);
        }
        return vector_from(base);
    }

    template <std::size_t Size>
    uoffset_t structs(const Type& list, Kind kind, void* items, std::size_t count) {
        std::vector<Struct<Size>> copies(count);
        for (std::size_t i = 0; i < count; ++i)
            copies[i] = struct_of<Size>(kind, list.item(items, i));
        return builder_.CreateVectorOfStructs(copies).o;
    }

    uoffset_t map(const Type& type, const void* value) {
        struct Pairs {
            Writer& writer;
            const Type& key;
            const Type& element;
        } pairs{*this, type.key(), type.element()};
        const std::size_t base = items_.size();
        type.each(value, &pairs, [](void* to, const void* key, const void* item) {
            auto& [writer, key_type, element] = *static_cast<Pairs*>(to);
            const uoffset_t offset = writer.pair(key_type, key, element, item);
            writer.items_.push_back(offset);
        });
        return vector_from(base);
    }

    uoffset_t vector_from(std::size_t base) {
        const auto made = builder_.CreateVector(items_.data() + base, items_.size() - base);
        items_.resize(base);
        return made.o;
    }

    flatbuffers::FlatBufferBuilder builder_;
    std::vector<Slot> slots_;          // of the tables that are open, innermost last
    std::vector<Offset<void>> items_;  // of the vectors that are open, innermost last
    int depth_ = 0;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : cursor_(bytes) {}

    bool read(const Type& type, void* value) {
        WireTable table;
        if (!cursor_.root(table)) return false;
        return type.kind == Kind::variant ? variant(table, type, value)
                                          : record(table, type, value);
    }

private:
    bool record(const WireTable& table, const Type& type, void* value) {
        for (std::size_t i = 0; i < type.fields.size(); ++i) {
            const Field& field = type.fields[i];
            if (field.retired) continue;
            if (!slot(table, i, field.type(), field.otherwise.get(), field.in(value))) return false;
        }
        return true;
    }

    bool variant(const WireTable& table, const Type& type, void* value) {
        std::size_t found = 0;
        std::size_t which = 0;
        for (std::size_t i = 0; i < type.alternatives.size(); ++i) {
            std::size_t at = 0;
            if (!cursor_.slot(table, i, Kind::record, at) || (at && found)) return false;
            if (at) found = at, which = i;
        }
        return found && reached(found, type.alternatives[which](), type.become(value, which));
    }

    bool slot(const WireTable& table, std::size_t index, const Type& type, const void* otherwise,
              void* value) {
        const bool optional = type.kind == Kind::optional;
        const Type& carried = optional ? type.element() : type;
        std::size_t at = 0;
        if (!cursor_.slot(table, index, carried.kind, at)) return false;
        if (at && optional) {
            void* held = type.emplace(value);
            return wrapped_in_optional(carried.kind) ? wrapped(at, carried, held)
                                                     : reached(at, carried, held);
        }
        if (at) return reached(at, type, value);
        if (otherwise) {
            type.assign(value, otherwise);
            return true;
        }
        // A record or variant is always written: its absence means bytes of something else.
        if (type.kind == Kind::record || type.kind == Kind::variant) return false;
        make_zero(type, value);
        return true;
    }

    bool wrapped(std::size_t at, const Type& type, void* value) {
        WireTable table;
        if (!cursor_.enter(at, table) || !slot(table, 0, type, nullptr, value)) return false;
        cursor_.leave();
        return true;
    }

    // The value that lies at `at` or behind the offset there.
    bool reached(std::size_t at, const Type& type, void* value) {
        switch (type.kind) {
            case Kind::boolean:
                *static_cast<bool*>(value) = *cursor_.place(at) != 0;
                return static_cast<unsigned char>(*cursor_.place(at)) <= 1;
            case Kind::choice:
                if (cursor_.load<std::uint8_t>(at) >= type.choices.size()) return false;
                std::memcpy(value, cursor_.place(at), 1);
                return true;
            case Kind::money:
            case Kind::unit_price: std::memcpy(value, cursor_.place(at), 12); return true;
            case Kind::text:
            case Kind::code:
            case Kind::bytes: return octets(at, type, value);
            case Kind::list: return list(at, type, value);
            case Kind::map: return map(at, type, value);
            case Kind::personal: return personal(at, *static_cast<PersonalText*>(value));
            case Kind::record:
            case Kind::variant: {
                WireTable table;
                if (!cursor_.enter(at, table)) return false;
                if (type.kind == Kind::record ? !record(table, type, value)
                                              : !variant(table, type, value))
                    return false;
                cursor_.leave();
                return true;
            }
            default: std::memcpy(value, cursor_.place(at), wire_width(type.kind)); return true;
        }
    }

    bool personal(std::size_t at, PersonalText& value) {
        WirePersonal found;
        if (!wire_personal(cursor_, at, found)) return false;
        value = {};
        value.sealed = found.sealed;
        value.fingerprint = found.fingerprint;
        return true;
    }

    bool octets(std::size_t at, const Type& type, void* value) {
        std::string_view found;
        if (type.kind == Kind::bytes ? !cursor_.octets(at, found) : !cursor_.text(at, found))
            return false;
        static_cast<std::string*>(value)->assign(found);
        return true;
    }

    bool list(std::size_t at, const Type& type, void* value) {
        const Type& element = type.element();
        const std::size_t room = wire_room(element.kind);
        WireVector vector;
        if (!cursor_.vector(at, room, wire_alignment(element.kind), vector)) return false;
        type.clear(value);
        for (std::size_t i = 0; i < vector.count; ++i) {
            const std::size_t place = vector.first + i * room;
            void* item = type.grow(value);
            if (wrapped_in_list(element.kind) ? !wrapped(place, element, item)
                                              : !reached(place, element, item))
                return false;
        }
        return true;
    }

    bool map(std::size_t at, const Type& type, void* value) {
        const Type& key_type = type.key();
        WireVector vector;
        if (!cursor_.vector(at, 4, 4, vector)) return false;
        type.clear(value);
        const Box key = box(key_type);
        std::string last, scratch;
        for (std::size_t i = 0; i < vector.count; ++i) {
            WireTable pair;
            std::string_view order;
            if (!cursor_.enter(vector.first + 4 * i, pair) ||
                !wire_key(cursor_, pair, key_type, scratch, order) || (i > 0 && order <= last))
                return false;
            last = order;
            if (key_type.kind == Kind::text || key_type.kind == Kind::code)
                static_cast<std::string*>(key.get())->assign(order);
            else if (!slot(pair, 0, key_type, nullptr, key.get()))
                return false;
            void* item = type.insert(value, key.get());
            if (!item || !slot(pair, 1, type.element(), nullptr, item)) return false;
            cursor_.leave();
        }
        return true;
    }

    WireCursor cursor_;
};

}  // namespace

std::string to_wire(const Type& type, const void* record) {
    thread_local Writer writer;
    return writer.write(type, record);
}

bool from_wire(const Type& type, std::string_view bytes, void* record) {
    return Reader(bytes).read(type, record);
}

}  // namespace kontor
