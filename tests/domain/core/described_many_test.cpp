// Lists, maps, optionals and variants, changed and read through their descriptions alone.
#include "domain/core/date.h"
#include "domain/core/describe.h"
#include "domain/core/id.h"
#include "domain/core/money.h"

#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kontor {
namespace {

struct PartThing {
    static constexpr Thing thing{"part", "parts"};
};
using PartCode = Code<PartThing>;

struct Sealed {
    std::int64_t seal = 0;
    static void describe(auto& sealed) {
        sealed.record("sealed", "Closed with a numbered seal.")
            .field("seal", &Sealed::seal, "Number on the seal.");
    }
};

struct Open {
    std::string why;
    static void describe(auto& open) {
        open.record("open", "Not closed.").field("why", &Open::why, "Reason.");
    }
};

// Contains itself: shelves hold shelves.
struct Shelf {
    std::string label;
    std::int64_t places = 0;
    std::vector<Shelf> inside;
    std::map<PartCode, Money> parts;
    std::optional<Date> opened_on;
    std::optional<std::vector<std::int64_t>> readings;
    std::variant<Open, Sealed> closure;

    static void describe(auto& shelf) {
        shelf.record("Shelf", "Something to put things on.")
            .field("label", &Shelf::label, "Text on its side.")
            .field("places", &Shelf::places, "Places on it.")
            .field("inside", &Shelf::inside, "Shelves on it.")
            .field("parts", &Shelf::parts, "Worth of each part.")
            .field("opened_on", &Shelf::opened_on, "Day of opening.")
            .field("readings", &Shelf::readings, "Of the scale under it.")
            .field("closure", &Shelf::closure, "How it is closed.");
    }
};

const Field& field(std::string_view name) {
    const Field* found = type_of<Shelf>().field(name);
    INFO(name);
    REQUIRE(found);
    return *found;
}

PartCode code(std::string text) { return {std::move(text)}; }

}  // namespace

TEST_CASE("a list grows, is counted and cleared; a type may contain itself") {
    Shelf outer;
    const Field& inside = field("inside");
    const Type& list = inside.type();
    CHECK(&list.element() == &type_of<Shelf>());

    CHECK(list.count(inside.in(&outer)) == 0);
    void* first = list.grow(inside.in(&outer));
    static_cast<Shelf*>(first)->label = "first";
    list.grow(inside.in(&outer));
    CHECK(list.count(inside.in(&outer)) == 2);
    CHECK(outer.inside[0].label == "first");
    CHECK(list.item(inside.in(&outer), 1) == &outer.inside[1]);

    // A shelf on a shelf on a shelf, reached through descriptions only.
    void* middle = list.item(inside.in(&outer), 0);
    void* inner = list.grow(inside.in(middle));
    static_cast<Shelf*>(inner)->places = 3;
    CHECK(outer.inside[0].inside[0].places == 3);

    const Box copy = copied(type_of<Shelf>(), &outer);
    list.clear(inside.in(&outer));
    CHECK(outer.inside.empty());
    CHECK(static_cast<const Shelf*>(copy.get())->inside[0].inside[0].places == 3);
}

TEST_CASE("a map gives a place for a new key, none for one it has, and its pairs in key order") {
    Shelf shelf;
    const Field& parts = field("parts");
    const Type& map = parts.type();
    CHECK(&map.key() == &type_of<PartCode>());
    CHECK(&map.element() == &type_of<Money>());

    const PartCode lid = code("lid"), floor = code("floor");
    void* place = map.insert(parts.in(&shelf), &lid);
    REQUIRE(place);
    static_cast<Money*>(place)->minor = 5;
    CHECK(map.insert(parts.in(&shelf), &floor));
    CHECK(map.insert(parts.in(&shelf), &lid) == nullptr);
    CHECK(shelf.parts.at(lid).minor == 5);
    CHECK(map.count(parts.in(&shelf)) == 2);

    std::vector<std::pair<std::string, std::int64_t>> pairs;
    map.each(parts.in(&shelf), &pairs, [](void* to, const void* key, const void* value) {
        static_cast<decltype(pairs)*>(to)->emplace_back(static_cast<const PartCode*>(key)->text,
                                                        static_cast<const Money*>(value)->minor);
    });
    CHECK(pairs == decltype(pairs){{"floor", 0}, {"lid", 5}});
    map.clear(parts.in(&shelf));
    CHECK(shelf.parts.empty());
}

TEST_CASE("an optional holds nothing until it is made to") {
    Shelf shelf;
    const Field& opened = field("opened_on");
    const Type& maybe = opened.type();
    CHECK(&maybe.element() == &type_of<Date>());
    CHECK(maybe.held(opened.in(&shelf)) == nullptr);
    void* day = maybe.emplace(opened.in(&shelf));
    static_cast<Date*>(day)->days = 9;
    CHECK(shelf.opened_on == Date{9});
    CHECK(maybe.held(opened.in(&shelf)) == &*shelf.opened_on);
    maybe.reset(opened.in(&shelf));
    CHECK_FALSE(shelf.opened_on);

    // A list that may be absent is another thing than an empty one.
    const Field& readings = field("readings");
    readings.type().emplace(readings.in(&shelf));
    REQUIRE(shelf.readings);
    CHECK(shelf.readings->empty());
}

TEST_CASE("a variant is one of its records and becomes another") {
    Shelf shelf;
    const Field& closure = field("closure");
    const Type& variant = closure.type();
    REQUIRE(variant.alternatives.size() == 2);
    CHECK(variant.alternatives[0]().name == "open");
    CHECK(&variant.alternatives[1]() == &type_of<Sealed>());

    CHECK(variant.which(closure.in(&shelf)) == 0);
    CHECK(variant.held(closure.in(&shelf)) == &std::get<Open>(shelf.closure));
    void* sealed = variant.become(closure.in(&shelf), 1);
    static_cast<Sealed*>(sealed)->seal = 77;
    CHECK(variant.which(closure.in(&shelf)) == 1);
    CHECK(std::get<Sealed>(shelf.closure).seal == 77);
    // Becoming what it is starts anew.
    variant.become(closure.in(&shelf), 1);
    CHECK(std::get<Sealed>(shelf.closure).seal == 0);
}

}  // namespace kontor
