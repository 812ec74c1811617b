// Messages that are sound FlatBuffers and lie all the same. They are written from types that look
// like the victim on the wire but promise less.
#include "eventstore/wire.h"
#include "eventstore/wire_print.h"
#include "tests/support/kitchen_sink.h"

#include <catch2/catch.hpp>
#include <cstring>

using namespace kontor;
using namespace kontor::test;

namespace {

struct Shelf {
    std::map<std::string, std::int64_t> stock;
    std::map<std::int64_t, bool> flags;
    std::map<Colour, bool> colours;
    static void describe(auto& shelf) {
        shelf.record("Shelf", "Maps.")
            .field("stock", &Shelf::stock, "By name.")
            .field("flags", &Shelf::flags, "By number.")
            .field("colours", &Shelf::colours, "By colour.");
    }
};

enum class Many : std::uint8_t { zero, one, two, three };
void describe(auto& many, Many) {
    many.choice("Many", "More than others have.")
        .value("zero", "")
        .value("one", "")
        .value("two", "")
        .value("three", "");
}

template <class Key, class Value>
struct Pair {
    Key key;
    Value value;
    static void describe(auto& pair) {
        pair.record("Pair", "").field("key", &Pair::key, "").field("value", &Pair::value, "");
    }
};

struct LooseShelf {
    std::vector<Pair<std::string, std::int64_t>> stock;
    std::vector<Pair<std::int64_t, Many>> flags;
    std::vector<Pair<Many, bool>> colours;
    static void describe(auto& shelf) {
        shelf.record("Shelf", "Lists of pairs.")
            .field("stock", &LooseShelf::stock, "")
            .field("flags", &LooseShelf::flags, "")
            .field("colours", &LooseShelf::colours, "");
    }
};

struct LooseWrapping {
    std::optional<Box3> box;
    std::optional<Label> label;
    std::optional<Label> unknown;
    static void describe(auto& wrapping) {
        wrapping.record("Wrapping", "Each may be there.")
            .field("box", &LooseWrapping::box, "")
            .field("label", &LooseWrapping::label, "")
            .field("unknown", &LooseWrapping::unknown, "");
    }
};

struct LooseLabel {
    std::string text;
    std::optional<Many> colour;
    static void describe(auto& label) {
        label.record("Label", "Of any colour.")
            .field("text", &LooseLabel::text, "")
            .field("colour", &LooseLabel::colour, "");
    }
};

// Read and printed alike: both walks hold a message to the same rules.
template <class Victim>
bool accepted(const std::string& bytes) {
    const bool read = from_wire<Victim>(bytes).has_value();
    CHECK(wire_to_json(type_of<Victim>(), bytes).has_value() == read);
    CHECK(wire_to_text(type_of<Victim>(), bytes).has_value() == read);
    return read;
}

bool accepted(const LooseShelf& shelf) { return accepted<Shelf>(to_wire(shelf)); }

void append_number(std::string& octets, std::size_t number, int size) {
    for (int i = 0; i < size; ++i) octets.push_back(static_cast<char>(number >> 8 * i & 0xff));
}

struct Numbers {
    std::vector<std::int64_t> numbers;
    static void describe(auto& it) {
        it.record("Numbers", "Some.").field("numbers", &Numbers::numbers, "");
    }
};

template <class T>
T number_at(const std::string& octets, std::size_t at) {
    T number{};
    std::memcpy(&number, octets.data() + at, sizeof number);
    return number;
}
template <class T>
std::string with_number(std::string octets, std::size_t at, T number) {
    std::memcpy(octets.data() + at, &number, sizeof number);
    return octets;
}

// Where the root table of a message and its vtable lie.
std::size_t table_in(const std::string& octets) { return number_at<std::uint32_t>(octets, 0); }
std::size_t vtable_in(const std::string& octets) {
    const std::size_t table = table_in(octets);
    return table - static_cast<std::size_t>(number_at<std::int32_t>(octets, table));
}

// A chain of nodes in which each has the next as a child `children` times.
std::string shared_children(int floors, std::size_t children) {
    std::string octets;
    append_number(octets, 12, 4);
    const std::size_t floor_size = 20 + 4 * children;
    for (int floor = 0; floor < floors; ++floor) {
        const std::size_t count = floor + 1 < floors ? children : 0;
        append_number(octets, 8, 2);  // a vtable of 8 octets: tables of 8, no name, children at 4
        append_number(octets, 8, 2);
        append_number(octets, 0, 2);
        append_number(octets, 4, 2);
        append_number(octets, 8, 4);  // the table: its vtable is 8 octets before
        append_number(octets, 4, 4);  // its children follow
        append_number(octets, count, 4);
        for (std::size_t i = 0; i < count; ++i)
            append_number(octets, floor_size - 20 - 4 * i + 8, 4);
    }
    return octets;
}

}  // namespace

TEST_CASE("a map is sorted and has no key twice", "[wire]") {
    CHECK(accepted({{{"a", 1}, {"b", 2}}, {{-1, Many::one}, {1, Many::zero}}, {}}));
    CHECK_FALSE(accepted({{{"b", 1}, {"a", 2}}, {}, {}}));
    CHECK_FALSE(accepted({{{"a", 1}, {"a", 2}}, {}, {}}));
    CHECK_FALSE(accepted({{{"a", 1}, {"", 2}}, {}, {}}));
    CHECK_FALSE(accepted({{}, {{1, Many::one}, {-1, Many::one}}, {}}));
    CHECK_FALSE(accepted({{}, {{0, Many::one}, {0, Many::one}}, {}}));
    CHECK_FALSE(accepted({{}, {}, {{Many::one, true}, {Many::zero, true}}}));
    // Octets compare unsigned.
    CHECK(accepted({{{"z", 1}, {"\xc3\xa9", 2}}, {}, {}}));
}

TEST_CASE("a boolean is 0 or 1, a choice a described one", "[wire]") {
    CHECK(accepted({{}, {{1, Many::one}}, {}}));
    CHECK_FALSE(accepted({{}, {{1, Many::two}}, {}}));
    CHECK(accepted({{}, {}, {{Many::two, true}}}));
    CHECK_FALSE(accepted({{}, {}, {{Many::three, true}}}));
    CHECK(accepted<Label>(to_wire(LooseLabel{"x", Many::two})));
    CHECK_FALSE(accepted<Label>(to_wire(LooseLabel{"x", Many::three})));
}

TEST_CASE("a variant is exactly one of its alternatives", "[wire]") {
    CHECK(accepted<Wrapping>(to_wire(LooseWrapping{Box3{}, {}, {}})));
    CHECK(accepted<Wrapping>(to_wire(LooseWrapping{{}, Label{}, {}})));
    CHECK_FALSE(accepted<Wrapping>(to_wire(LooseWrapping{})));
    CHECK_FALSE(accepted<Wrapping>(to_wire(LooseWrapping{Box3{}, Label{}, {}})));
    // An alternative of a newer program is none that this one could name.
    CHECK_FALSE(accepted<Wrapping>(to_wire(LooseWrapping{{}, {}, Label{}})));
}

TEST_CASE("a record that is always written may not be missing", "[wire]") {
    CHECK_FALSE(accepted<KitchenSink>(to_wire(Label{})));
    CHECK_FALSE(accepted<KitchenSink>(to_wire(Node{})));
}

TEST_CASE("a short message cannot decode into much", "[wire]") {
    // Each node is reached once: the same octets as our writer's, in another order.
    const auto chain = from_wire<Node>(shared_children(40, 1));
    REQUIRE(chain.has_value());
    Node same;
    Node* at = &same;
    for (int floor = 1; floor < 40; ++floor) at = &at->children.emplace_back();
    CHECK(*chain == same);
    // Twice two is four: two to the 39th would not end.
    CHECK_FALSE(accepted<Node>(shared_children(40, 2)));
    CHECK_FALSE(accepted<Node>(shared_children(3, 1000)));
}

TEST_CASE("offsets that lead outside, nowhere or back are refused", "[wire]") {
    const std::string sound = shared_children(2, 1);
    REQUIRE(accepted<Node>(sound));
    const auto with = [&](std::size_t at, std::uint32_t number) {
        std::string octets = sound;
        for (std::size_t i = 0; i < 4; ++i)
            octets[at + i] = static_cast<char>(number >> 8 * i & 0xff);
        return octets;
    };
    for (const std::uint32_t number : {0u, 2u, 3u, 0x7fff'ffffu, 0x8000'0000u, 0xffff'fffcu}) {
        CHECK_FALSE(accepted<Node>(with(0, number)));   // the root
        CHECK_FALSE(accepted<Node>(with(16, number)));  // the children's vector
        CHECK_FALSE(accepted<Node>(with(24, number)));  // the child
    }
    CHECK_FALSE(accepted<Node>(with(12, 0x7fff'ffff)));  // a vtable before the message
    CHECK_FALSE(accepted<Node>(with(12, 0x8000'0000)));  // and one behind it
    CHECK_FALSE(accepted<Node>(with(20, 0xffff'ffff)));  // a vector longer than the message
    CHECK_FALSE(accepted<Node>(with(20, 0x4000'0000)));  // whose length in octets overflows
}

TEST_CASE("a field lies inside its table, where its kind may lie", "[wire]") {
    const std::string sound = to_wire(Box3{5, {7, {{'k', 'g'}}}});
    REQUIRE(accepted<Box3>(sound));
    const std::size_t vtable = vtable_in(sound);
    const auto size = number_at<std::uint16_t>(sound, vtable + 2);
    const auto width = number_at<std::uint16_t>(sound, vtable + 4);
    const auto place = [&](std::uint16_t at) {
        return with_number<std::uint16_t>(sound, vtable + 4, at);
    };
    CHECK(accepted<Box3>(place(0)));  // absent
    CHECK(accepted<Box3>(place(width)));
    CHECK_FALSE(accepted<Box3>(place(static_cast<std::uint16_t>(width - 4))));  // not on an eighth
    CHECK_FALSE(accepted<Box3>(place(size)));
    CHECK_FALSE(accepted<Box3>(place(static_cast<std::uint16_t>(size - 4))));
    CHECK_FALSE(accepted<Box3>(place(0xfff8)));
    // The table's own size is what counts, not what lies behind it.
    CHECK_FALSE(accepted<Box3>(with_number<std::uint16_t>(sound, vtable + 2, 8)));
    CHECK_FALSE(accepted<Box3>(with_number<std::uint16_t>(sound, vtable + 2, 0xffff)));
    // A vtable that ends early lacks the slot; one of odd size is none.
    CHECK(from_wire<Box3>(with_number<std::uint16_t>(sound, vtable, 4))->width_mm == 0);
    CHECK_FALSE(accepted<Box3>(with_number<std::uint16_t>(sound, vtable, 7)));
    CHECK_FALSE(accepted<Box3>(with_number<std::uint16_t>(sound, vtable, 2)));
}

TEST_CASE("a text ends with a zero octet", "[wire]") {
    const std::string sound = to_wire(Label{"pump", {}});
    REQUIRE(accepted<Label>(sound));
    std::string endless = sound;
    endless[sound.find("pump") + 4] = 'y';
    CHECK_FALSE(accepted<Label>(endless));
}

TEST_CASE("wide items lie on eighths", "[wire]") {
    const std::string sound = to_wire(Numbers{{1, 1}});
    REQUIRE(from_wire<Numbers>(sound)->numbers == std::vector<std::int64_t>{1, 1});
    // Four octets on, the low half of the first number is a count and what follows is one number.
    const std::size_t slot =
        table_in(sound) + number_at<std::uint16_t>(sound, vtable_in(sound) + 4);
    const auto offset = number_at<std::uint32_t>(sound, slot);
    CHECK_FALSE(accepted<Numbers>(with_number<std::uint32_t>(sound, slot, offset + 4)));
    // A vector of three would end behind the message.
    const std::size_t count = slot + offset;
    REQUIRE(number_at<std::uint32_t>(sound, count) == 2);
    CHECK(accepted<Numbers>(with_number<std::uint32_t>(sound, count, 1)));
    CHECK_FALSE(accepted<Numbers>(with_number<std::uint32_t>(sound, count, 3)));
}
