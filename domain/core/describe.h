// A described type: the one source for JSON, the wire, OpenAPI, audit text, forms and tests.
//
// A message names its members once, in `describe`. Every codec walks the resulting `Type` at run
// time, so codecs are plain functions, compiled once, and their libraries never reach a domain
// header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace kontor {

enum class Kind : std::uint8_t {
    boolean,     // bool
    integer,     // std::int64_t
    text,        // std::string, UTF-8
    bytes,       // Bytes
    code,        // Code<Of>: a name that the user gave to a piece of master data
    id,          // Id<Of>: a UUID of one kind of thing
    date,        // Date
    timestamp,   // Timestamp
    currency,    // Currency
    unit,        // Unit
    rate,        // Rate
    percent,     // Percent
    personal,    // PersonalText: sealed under the key of the person whom it is about
    money,       // Money
    unit_price,  // UnitPrice
    quantity,    // Quantity
    choice,      // an enum class over std::uint8_t with documented values
    optional,    // std::optional<T>
    list,        // std::vector<T>
    map,         // std::map<Code or text, T>
    record,      // a struct with `describe`
    variant,     // std::variant<A, B...> of described records
};

struct Type;
struct Reason;

// Names a type without needing it yet, so that types may contain themselves.
class TypeRef {
public:
    TypeRef() = default;
    TypeRef(const Type& (*of)()) : of_(of) {}
    // A type made at run time, from a schema stored in the log; it outlives this reference.
    explicit TypeRef(const Type& type) : at_(&type) {}

    const Type& operator()() const { return at_ ? *at_ : of_(); }
    explicit operator bool() const { return of_ || at_; }

private:
    const Type& (*of_)() = nullptr;
    const Type* at_ = nullptr;
};

// What an id or a code names, and the query that lists such things (empty: none does).
struct Thing {
    std::string_view name;
    std::string_view query;
};

// What a field allows beyond what its type does. Numbers are in the type's own smallest unit;
// `longest` counts bytes of a text and items of a list or map.
struct Bounds {
    std::int64_t least = std::numeric_limits<std::int64_t>::min();
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::size_t shortest = 0;
    std::size_t longest = 10'000;
};

// A member that says where a message belongs, or whom a value is about.
struct Member {
    TypeRef type;
    std::size_t offset = 0;
    explicit operator bool() const { return static_cast<bool>(type); }
    const void* in(const void* record) const { return static_cast<const char*>(record) + offset; }
};

struct Field {
    std::string_view name;  // the name on the wire and in JSON; renaming the member keeps it
    std::string_view doc;
    TypeRef type;
    std::size_t offset = 0;
    Bounds bounds{};
    // What an event written before the field existed, or input without it, means. Null: none.
    std::shared_ptr<const void> otherwise{};
    bool retired = false;  // keeps a slot of a field that is no longer there: no type, no offset
    // Whom what is personal in it is about, unless something inside says so itself.
    Member subject{};
    std::string_view meaning{};  // what a personal value is sealed as; empty: the field's name

    void* in(void* record) const { return static_cast<char*>(record) + offset; }
    const void* in(const void* record) const { return static_cast<const char*>(record) + offset; }
};

struct Choice {
    std::string_view name;
    std::string_view doc;
};

// Which of the two times a query may be asked at.
enum class Times : std::uint8_t { none, known_at, both };

struct Type {
    Kind kind = Kind::record;
    std::string_view name{};
    std::string_view doc{};
    std::size_t size = 0;  // bytes of the C++ value; 0 for a type made from a stored schema

    // Making, copying and ending a value of the type without knowing it.
    void* (*make)() = nullptr;
    void (*destroy)(void* value) = nullptr;
    void (*assign)(void* to, const void* from) = nullptr;

    Thing thing{};                        // id, code
    std::vector<Field> fields{};          // record, in slot order
    std::vector<Choice> choices{};        // choice, by value
    std::vector<TypeRef> alternatives{};  // variant, by index: records; their names are the kinds
    TypeRef element{};                    // optional, list, and the value of a map
    TypeRef key{};                        // map

    // list and map: how many there are; clear; list: the item at an index, a new last item.
    std::size_t (*count)(const void* many) = nullptr;
    void (*clear)(void* many) = nullptr;
    void* (*item)(void* list, std::size_t index) = nullptr;
    void* (*grow)(void* list) = nullptr;
    // map: calls back with each pair in key order; a place for the value of a new key, or null when
    // the key is there already.
    void (*each)(const void* map, void* to,
                 void (*call)(void* to, const void* key, const void*)) = nullptr;
    void* (*insert)(void* map, const void* key) = nullptr;
    // optional: the value or null; makes one. variant: which, the value, makes another.
    const void* (*held)(const void* maybe) = nullptr;
    void* (*emplace)(void* maybe) = nullptr;
    void (*reset)(void* maybe) = nullptr;
    std::size_t (*which)(const void* variant) = nullptr;
    void* (*become)(void* variant, std::size_t index) = nullptr;

    // Messages: whose it is, where it belongs, when it is true, what can refuse it.
    Member company{};
    bool every_company = false;
    Member stream{};
    bool no_stream = false;
    Member on{};
    bool on_recorded_day = false;
    Member erases{};                       // event: of whom all that is personal is to be gone
    std::vector<const Reason*> reasons{};  // command, in the order of the checks
    std::string_view example{};            // command: JSON that the demo company accepts
    // Queries.
    TypeRef row{};
    TypeRef totals{};
    Times times = Times::none;

    const Field* field(std::string_view wanted) const;
};

// The description of T, made at first use and kept.
template <class T>
const Type& type_of();

// A value of a type that is known only at run time.
using Box = std::shared_ptr<void>;
Box box(const Type& type);
Box copied(const Type& type, const void* value);

class Describer {
public:
    explicit Describer(Type& type) : type_(type) {}

    Describer& record(std::string_view name, std::string_view doc);

    template <class R, class M>
    Describer& field(std::string_view name, M R::*member, std::string_view doc) {
        return field_at(name, doc, &type_of<M>, offset_of(member));
    }
    // For the field just named: what its absence means.
    template <class V>
    Describer& otherwise(V value) {
        return otherwise_is(assignable_, &type_of<V>, &value);
    }
    Describer& otherwise_empty();
    // Bounds of the field just named, in the smallest unit of its type; of characters or items.
    Describer& least(std::int64_t least);
    Describer& most(std::int64_t most);
    Describer& shortest(std::size_t shortest);
    Describer& longest(std::size_t longest);
    // Keeps the slot of a field that is gone.
    Describer& retired(std::string_view name);
    // What is personal in the field just named, at any depth, is about the person whose id (or
    // optional id) the member holds, and is sealed as `meaning`; empty: as the field that holds it
    // is called. A value that is copied keeps both, whatever the field is called that it comes to.
    template <class R, class M>
    Describer& personal(M R::*subject, std::string_view meaning = {}) {
        return personal_of({&type_of<M>, offset_of(subject)}, meaning);
    }
    // The same within a record that leaves it to its message to say who it is.
    Describer& sealed_as(std::string_view meaning) { return personal_of({}, meaning); }

    template <class R, class M>
    Describer& company(M R::*member) {
        type_.company = {&type_of<M>, offset_of(member)};
        return *this;
    }
    Describer& every_company();
    // The stream that an event belongs to, or that a command's If-Match means.
    template <class R, class M>
    Describer& stream(M R::*member) {
        type_.stream = {&type_of<M>, offset_of(member)};
        return *this;
    }
    Describer& no_stream();
    // The day on which an event is true: a Date, or a Timestamp for its day in the company's zone.
    template <class R, class M>
    Describer& on(M R::*member) {
        type_.on = {&type_of<M>, offset_of(member)};
        return *this;
    }
    Describer& on_recorded_day();
    // With the event all that is personal about the person whose id the member holds is gone: the
    // key is destroyed once the event is durable.
    template <class R, class M>
    Describer& erases(M R::*subject) {
        type_.erases = {&type_of<M>, offset_of(subject)};
        return *this;
    }

    template <class... R>
    Describer& refuses(const R&... reasons) {
        return refuses_all({&reasons...});
    }
    // A command as JSON that the demo company accepts; a test posts it.
    Describer& example(std::string_view json);
    // A query says what one row of its answer is, what its totals are, and its times.
    template <class Row>
    Describer& answers(Times times) {
        type_.row = &type_of<Row>;
        type_.times = times;
        return *this;
    }
    template <class Totals>
    Describer& totals() {
        type_.totals = &type_of<Totals>;
        return *this;
    }
    // The values of a choice, in order from 0.
    Describer& choice(std::string_view name, std::string_view doc);
    Describer& value(std::string_view name, std::string_view doc);

private:
    template <class R, class M>
    static std::size_t offset_of(M R::*member) {
        return static_cast<std::size_t>(reinterpret_cast<const char*>(&(probe<R>().*member)) -
                                        reinterpret_cast<const char*>(&probe<R>()));
    }
    // One value of each record to measure offsets on: made once, not once a field.
    template <class R>
    static const R& probe() {
        static const R one{};
        return one;
    }
    // Out of line: each file that knows a type compiles its description anew.
    Describer& field_at(std::string_view name, std::string_view doc, TypeRef, std::size_t offset);
    Describer& personal_of(Member subject, std::string_view meaning);
    Describer& refuses_all(std::initializer_list<const Reason*>);
    Describer& otherwise_is(TypeRef wanted, TypeRef given, const void* value);

    Type& type_;
    TypeRef assignable_{};
};

// Fills the thunks that make, copy and end a value.
template <class T>
Type living(Kind kind, std::string_view name) {
    Type type;
    type.kind = kind;
    type.name = name;
    type.size = sizeof(T);
    type.make = []() -> void* { return new T{}; };
    type.destroy = [](void* value) { delete static_cast<T*>(value); };
    type.assign = [](void* to, const void* from) {
        *static_cast<T*>(to) = *static_cast<const T*>(from);
    };
    return type;
}

// How a C++ type is described. Records describe themselves; enums through `describe(Describer&, E)`
// beside them; values specialise this.
template <class T>
struct Shape {
    // Cold, for the same reason: a description is made once, so it is compiled for size.
    [[gnu::cold]] static Type make() {
        if constexpr (std::is_enum_v<T>) {
            static_assert(std::is_same_v<std::underlying_type_t<T>, std::uint8_t>);
            Type type = living<T>(Kind::choice, {});
            Describer describer{type};
            describe(describer, T{});
            return type;
        } else {
            Type type = living<T>(Kind::record, {});
            Describer describer{type};
            T::describe(describer);
            return type;
        }
    }
};

template <class T>
const Type& type_of() {
    static const Type type = Shape<T>::make();
    return type;
}

// Octets: hashes, sealed values, nested messages. JSON has them as base64.
struct Bytes {
    std::string octets;
    auto operator<=>(const Bytes&) const = default;
};

template <>
struct Shape<bool> {
    static Type make() { return living<bool>(Kind::boolean, "boolean"); }
};
template <>
struct Shape<std::int64_t> {
    static Type make() { return living<std::int64_t>(Kind::integer, "integer"); }
};
template <>
struct Shape<std::string> {
    static Type make() { return living<std::string>(Kind::text, "text"); }
};
template <>
struct Shape<Bytes> {
    static Type make() { return living<Bytes>(Kind::bytes, "bytes"); }
};

template <class T>
struct Shape<std::optional<T>> {
    using Maybe = std::optional<T>;
    static Type make() {
        Type type = living<Maybe>(Kind::optional, "optional");
        type.element = &type_of<T>;
        type.held = [](const void* maybe) -> const void* {
            const auto& value = *static_cast<const Maybe*>(maybe);
            return value ? &*value : nullptr;
        };
        type.emplace = [](void* maybe) -> void* { return &static_cast<Maybe*>(maybe)->emplace(); };
        type.reset = [](void* maybe) { static_cast<Maybe*>(maybe)->reset(); };
        return type;
    }
};

template <class T>
struct Shape<std::vector<T>> {
    using List = std::vector<T>;
    static Type make() {
        Type type = living<List>(Kind::list, "list");
        type.element = &type_of<T>;
        type.count = [](const void* list) { return static_cast<const List*>(list)->size(); };
        type.clear = [](void* list) { static_cast<List*>(list)->clear(); };
        type.item = [](void* list, std::size_t index) -> void* {
            return &(*static_cast<List*>(list))[index];
        };
        type.grow = [](void* list) -> void* { return &static_cast<List*>(list)->emplace_back(); };
        return type;
    }
};

template <class K, class T>
struct Shape<std::map<K, T>> {
    using Map = std::map<K, T>;
    static Type make() {
        Type type = living<Map>(Kind::map, "map");
        type.key = &type_of<K>;
        type.element = &type_of<T>;
        type.count = [](const void* map) { return static_cast<const Map*>(map)->size(); };
        type.clear = [](void* map) { static_cast<Map*>(map)->clear(); };
        type.each = [](const void* map, void* to, void (*call)(void*, const void*, const void*)) {
            for (const auto& [key, value] : *static_cast<const Map*>(map)) call(to, &key, &value);
        };
        type.insert = [](void* map, const void* key) -> void* {
            auto [row, added] = static_cast<Map*>(map)->try_emplace(*static_cast<const K*>(key));
            return added ? &row->second : nullptr;
        };
        return type;
    }
};

template <class... T>
struct Shape<std::variant<T...>> {
    using Variant = std::variant<T...>;
    template <class A>
    static void* make_one(Variant& variant) {
        return &variant.template emplace<A>();
    }
    static Type make() {
        Type type = living<Variant>(Kind::variant, "variant");
        type.alternatives = {TypeRef(&type_of<T>)...};
        type.which = [](const void* variant) {
            return static_cast<const Variant*>(variant)->index();
        };
        type.held = [](const void* variant) -> const void* {
            return std::visit([](const auto& value) -> const void* { return &value; },
                              *static_cast<const Variant*>(variant));
        };
        type.become = [](void* variant, std::size_t index) -> void* {
            static constexpr void* (*makers[])(Variant&) = {&make_one<T>...};
            return makers[index](*static_cast<Variant*>(variant));
        };
        return type;
    }
};

}  // namespace kontor
