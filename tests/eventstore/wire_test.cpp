// Records to bytes and back: every kind, defaults, optionals, and bytes that lie.
#include "eventstore/wire.h"

#include "tests/support/described_types.h"
#include "tests/support/dice.h"
#include "tests/support/dossier.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"

#include <catch2/catch.hpp>
#include <cstring>

using namespace kontor;
using namespace kontor::test;

namespace {

// The kitchen sink as it was before three fields were appended to it.
struct OldSink {
    Label label;
    static void describe(auto& sink) {
        sink.record("KitchenSink", "As it was.").field("label", &OldSink::label, "A label.");
    }
};
struct NewSink {
    Label label;
    std::int64_t appended = 1;
    std::string greeting;
    Label fallback;
    std::optional<std::int64_t> maybe;
    bool operator==(const NewSink&) const = default;
    static void describe(auto& sink) {
        sink.record("KitchenSink", "As it is.")
            .field("label", &NewSink::label, "A label.")
            .field("appended", &NewSink::appended, "Later.")
            .otherwise(std::int64_t{42})
            .field("greeting", &NewSink::greeting, "Later.")
            .otherwise(std::string("hello"))
            .field("fallback", &NewSink::fallback, "Later.")
            .otherwise(Label{"plain", Colour::green})
            .field("maybe", &NewSink::maybe, "Later.");
    }
};

void append_number(std::string& octets, std::uint32_t number, int size) {
    for (int i = 0; i < size; ++i) octets.push_back(static_cast<char>(number >> 8 * i & 0xff));
}

// A node, written by hand, whose only child is the node of the message.
std::string inside_one_more(const std::string& message) {
    std::uint32_t child = 0;
    std::memcpy(&child, message.data(), 4);
    std::string octets;
    append_number(octets, 12, 4);         // at 0: the root is the table at 12
    append_number(octets, 8, 2);          // at 4: a vtable of 8 octets,
    append_number(octets, 8, 2);          //       a table of 8,
    append_number(octets, 0, 2);          //       no name,
    append_number(octets, 4, 2);          //       children at its fourth octet
    append_number(octets, 8, 4);          // at 12: the table, 8 octets after its vtable
    append_number(octets, 4, 4);          // at 16: children are at 20
    append_number(octets, 1, 4);          // at 20: one of them,
    append_number(octets, 8 + child, 4);  // at 24: in the message, which begins at 32
    append_number(octets, 0, 4);
    return octets + message;
}

}  // namespace

TEST_CASE("thousands of random values come back as they were", "[wire]") {
    CHECK(check_described_type(type_of<KitchenSink>(), 1, 2000) == "");
    CHECK(check_described_type(type_of<Node>(), 2, 2000) == "");
    CHECK(check_described_type(type_of<Wrapping>(), 3, 1000) == "");
    CHECK(check_described_type(type_of<Period>(), 4, 1000) == "");
    CHECK(check_described_type(type_of<Dossier>(), 5, 1000) == "");
}

TEST_CASE("a typed value comes back equal, member by member", "[wire]") {
    Dice dice(7);
    for (int round = 0; round < 300; ++round) {
        const auto sink = random_value<KitchenSink>(dice);
        const auto back = from_wire<KitchenSink>(to_wire(sink));
        REQUIRE(back.has_value());
        CHECK(*back == sink);
    }
}

TEST_CASE("what is absent reads as zero, not as the member's initialiser", "[wire]") {
    KitchenSink sink;
    sink.flag = false;
    sink.count = 0;
    sink.text = "";
    sink.colour = Colour::red;
    const auto back = from_wire<KitchenSink>(to_wire(sink));
    REQUIRE(back.has_value());
    CHECK(*back == sink);
    CHECK(back->count == 0);
    CHECK(back->text.empty());
}

TEST_CASE("an optional that holds zero is not nothing", "[wire]") {
    KitchenSink sink;
    sink.maybe_flag = false;
    sink.maybe_count = 0;
    sink.maybe_colour = Colour::red;
    sink.maybe_text.emplace();
    sink.maybe_money = Money{};
    sink.maybe_days = std::vector<Date>{};
    sink.maybe_maybe = std::optional<std::int64_t>{};
    const auto back = from_wire<KitchenSink>(to_wire(sink));
    REQUIRE(back.has_value());
    CHECK(*back == sink);
    CHECK(back->maybe_count == std::optional<std::int64_t>{0});
    CHECK(back->maybe_maybe.has_value());
    CHECK_FALSE(back->maybe_label.has_value());
}

TEST_CASE("an old message means what `otherwise` says, a new one what it says", "[wire]") {
    const auto old = from_wire<NewSink>(to_wire(OldSink{{"old", {}}}));
    REQUIRE(old.has_value());
    CHECK(*old == NewSink{{"old", {}}, 42, "hello", {"plain", Colour::green}, {}});
    // Zero where otherwise is not zero is written, so that it is not taken for absence.
    const NewSink zero{{}, 0, "", {}, {}};
    CHECK(from_wire<NewSink>(to_wire(zero)) == zero);
}

TEST_CASE("a newer message is readable by a program that knows fewer fields", "[wire]") {
    const auto seen = from_wire<OldSink>(to_wire(NewSink{{"new", {}}, 1, "x", {}, 5}));
    REQUIRE(seen.has_value());
    CHECK(seen->label.text == "new");
}

TEST_CASE("texts and octets hold zero octets", "[wire]") {
    KitchenSink sink;
    sink.text = std::string("a\0b", 3);
    sink.bytes.octets = std::string("\0\0", 2);
    CHECK(from_wire<KitchenSink>(to_wire(sink)) == sink);
}

TEST_CASE("a tree may be 64 tables deep and no deeper", "[wire]") {
    Node tree;
    Node* at = &tree;
    for (int floor = 1; floor < deepest_wire; ++floor) at = &at->children.emplace_back();
    const std::string bytes = to_wire(tree);
    CHECK(from_wire<Node>(bytes) == tree);
    CHECK_FALSE(from_wire<Node>(inside_one_more(bytes)).has_value());
    // One floor less leaves room for it.
    Node lower;
    at = &lower;
    for (int floor = 1; floor < deepest_wire - 1; ++floor) at = &at->children.emplace_back();
    Node higher;
    higher.children.push_back(lower);
    CHECK(from_wire<Node>(inside_one_more(to_wire(lower))) == higher);
}
