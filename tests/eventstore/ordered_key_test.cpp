// Keys as octets: they sort as the keys do, and come back.
#include "eventstore/ordered_key.h"

#include "tests/support/dice.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"

#include <catch2/catch.hpp>
#include <tuple>

using namespace kontor;
using namespace kontor::test;

namespace {

struct PlaceKey {
    DepotCode depot;
    std::string shelf;
    std::optional<std::int64_t> box;
    Date since;
    Colour colour{};
    bool locked = false;
    ParcelId parcel;
    Timestamp seen;
    Currency currency;
    Unit unit;
    Rate rate;
    auto operator<=>(const PlaceKey&) const = default;

    static void describe(auto& key) {
        key.record("PlaceKey", "Where something lies.")
            .field("depot", &PlaceKey::depot, "Depot.")
            .field("shelf", &PlaceKey::shelf, "Shelf.")
            .field("box", &PlaceKey::box, "Box, if any.")
            .retired("room")
            .field("since", &PlaceKey::since, "Since when.")
            .field("colour", &PlaceKey::colour, "Of the box.")
            .field("locked", &PlaceKey::locked, "With a key.")
            .field("parcel", &PlaceKey::parcel, "What lies there.")
            .field("seen", &PlaceKey::seen, "When it was last seen.")
            .field("currency", &PlaceKey::currency, "Of its worth.")
            .field("unit", &PlaceKey::unit, "It is counted in.")
            .field("rate", &PlaceKey::rate, "Of exchange.");
    }
};

// Both orders agree, and the octets say where they end.
template <class Key>
void check_pair(const Key& a, const Key& b) {
    const std::string left = ordered_key(a);
    const std::string right = ordered_key(b);
    CHECK((a < b) == (left < right));
    CHECK((a == b) == (left == right));
    Key back{};
    const auto taken = from_ordered(type_of<Key>(), left + right, &back);
    REQUIRE(taken.has_value());
    CHECK(*taken == left.size());
    CHECK(back == a);
}

// Pairs of values that differ little are the hard ones.
template <class Key, class Change>
void check_random_pairs(std::uint64_t seed, Change change) {
    Dice dice(seed);
    for (int round = 0; round < 2000; ++round) {
        const auto a = random_value<Key>(dice);
        auto b = dice.one_in(2) ? a : random_value<Key>(dice);
        if (dice.one_in(2)) change(b, dice);
        check_pair(a, b);
    }
}

}  // namespace

TEST_CASE("records of keys sort as their members do", "[ordered]") {
    check_random_pairs<PlaceKey>(1, [](PlaceKey& key, Dice& dice) {
        switch (dice.below(8)) {
            case 0: key.depot.text += '\0'; break;
            case 1: key.shelf += dice.one_in(2) ? std::string("\0", 1) : std::string("\1"); break;
            case 2: key.box.reset(); break;
            case 3: key.since.days = -key.since.days; break;
            case 4: key.locked = !key.locked; break;
            case 5: key.parcel.uuid.low ^= std::uint64_t{1} << 63; break;
            case 6: key.seen.micros = -key.seen.micros; break;
            default: key.rate.units = ~key.rate.units;
        }
    });
}

TEST_CASE("texts sort by octets, whatever they hold", "[ordered]") {
    const std::vector<std::string> sorted = {"",
                                             std::string("\0", 1),
                                             std::string("\0\0", 2),
                                             std::string("\0\1", 2),
                                             std::string("\0\xff", 2),
                                             "\1",
                                             "a",
                                             std::string("a\0", 2),
                                             std::string("a\0b", 3),
                                             "a\1",
                                             "ab",
                                             "b",
                                             "\x7f",
                                             "\x80",
                                             "\xff",
                                             "\xff\xff"};
    for (const auto& a : sorted)
        for (const auto& b : sorted) check_pair(a, b);
    CHECK(std::is_sorted(sorted.begin(), sorted.end()));
}

TEST_CASE("numbers sort across zero and at their ends", "[ordered]") {
    const std::vector<std::int64_t> numbers = {INT64_MIN, INT64_MIN + 1, -256,     -1, 0, 1, 255,
                                               256,       INT64_MAX - 1, INT64_MAX};
    for (const auto a : numbers)
        for (const auto b : numbers) {
            check_pair(a, b);
            check_pair(Timestamp{a}, Timestamp{b});
        }
    const std::vector<std::int32_t> days = {INT32_MIN, -1, 0, 1, INT32_MAX};
    for (const auto a : days)
        for (const auto b : days) check_pair(Date{a}, Date{b});
    CHECK(ordered_key(std::int64_t{-1}) == "\x7f\xff\xff\xff\xff\xff\xff\xff");
    CHECK(ordered_key(std::int64_t{1}) == std::string("\x80\0\0\0\0\0\0\1", 8));
}

TEST_CASE("nothing sorts before something", "[ordered]") {
    using Maybe = std::optional<std::int64_t>;
    check_pair(Maybe{}, Maybe{INT64_MIN});
    check_pair(Maybe{0}, Maybe{});
    check_pair(std::optional<Maybe>{Maybe{}}, std::optional<Maybe>{});
}

TEST_CASE("octets that are no key are refused", "[ordered]") {
    Dice dice(3);
    const std::string key = ordered_key(random_value<PlaceKey>(dice));
    PlaceKey back;
    for (std::size_t size = 0; size < key.size(); ++size)
        CHECK_FALSE(from_ordered(type_of<PlaceKey>(), key.substr(0, size), &back).has_value());
    std::string text;
    CHECK_FALSE(from_ordered(type_of<std::string>(), "endless", &text).has_value());
    CHECK_FALSE(from_ordered(type_of<std::string>(), std::string("a\0\2", 3), &text).has_value());
    bool flag = false;
    CHECK_FALSE(from_ordered(type_of<bool>(), "\2", &flag).has_value());
    Colour colour{};
    CHECK_FALSE(from_ordered(type_of<Colour>(), "\3", &colour).has_value());
    CHECK(from_ordered(type_of<Colour>(), "\2", &colour) == 1u);
    CHECK(colour == Colour::blue);
}

TEST_CASE("what has no order is no key", "[ordered]") {
    CHECK(has_order(type_of<PlaceKey>()));
    CHECK(has_order(type_of<Period>()));
    CHECK_FALSE(has_order(type_of<Money>()));
    CHECK_FALSE(has_order(type_of<Box3>()));
    CHECK_FALSE(has_order(type_of<std::vector<std::string>>()));
    CHECK_FALSE(has_order(type_of<std::optional<Quantity>>()));
}
