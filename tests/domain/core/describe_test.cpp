// What a description says of a record of every kind of field, and that values can be made, changed
// and read through it alone.
#include "domain/core/describe.h"

#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/quantity.h"
#include "tests/domain/core/aborts.h"

#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kontor {
namespace {

struct CrateThing {
    static constexpr Thing thing{"crate", "crates"};
};
using CrateId = Id<CrateThing>;
using CrateCode = Code<CrateThing>;

enum class Colour : std::uint8_t { red, green };

void describe(Describer& colour, Colour) {
    colour.choice("Colour", "How a crate is painted.")
        .value("red", "With minium.")
        .value("green", "With verdigris.");
}

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

// Contains itself: crates are packed in crates.
struct Crate {
    bool fragile = false;
    std::int64_t places = 0;
    std::string label;
    Bytes photo;
    CrateCode code;
    CrateId id;
    Date packed_on;
    Timestamp weighed_at;
    Currency currency;
    Unit unit;
    Rate rate;
    Percent filled;
    Money worth;
    UnitPrice price;
    Quantity weight;
    Colour colour = Colour::red;
    std::optional<Date> opened_on;
    std::vector<Crate> inside;
    std::map<CrateCode, Money> parts;
    Period season;
    std::variant<Open, Sealed> closure;
    std::vector<std::string> notes;
    std::optional<std::vector<std::int64_t>> readings;

    static void describe(auto& crate) {
        crate.record("Crate", "Something to put things in.")
            .field("fragile", &Crate::fragile, "Breaks when dropped.")
            .field("places", &Crate::places, "Places inside.")
            .least(1)
            .most(48)
            .otherwise(std::int64_t{12})
            .field("label", &Crate::label, "Text on the lid.")
            .shortest(1)
            .longest(80)
            .field("photo", &Crate::photo, "A picture.")
            .field("code", &Crate::code, "Its code.")
            .field("id", &Crate::id, "Its id.")
            .field("packed_on", &Crate::packed_on, "Day of packing.")
            .retired("packed_by")
            .field("weighed_at", &Crate::weighed_at, "Instant of weighing.")
            .field("currency", &Crate::currency, "Of its worth.")
            .field("unit", &Crate::unit, "Of its weight.")
            .field("rate", &Crate::rate, "To the currency of the books.")
            .field("filled", &Crate::filled, "How full.")
            .field("worth", &Crate::worth, "What it is worth.")
            .field("price", &Crate::price, "Price of a kilogram.")
            .field("weight", &Crate::weight, "Gross.")
            .field("colour", &Crate::colour, "Paint.")
            .otherwise(Colour::green)
            .field("opened_on", &Crate::opened_on, "Day of opening.")
            .field("inside", &Crate::inside, "Crates within.")
            .otherwise_empty()
            .field("parts", &Crate::parts, "Worth of each part.")
            .field("season", &Crate::season, "When it is used.")
            .field("closure", &Crate::closure, "How it is closed.")
            .field("notes", &Crate::notes, "Remarks.")
            .field("on_wire", &Crate::readings, "Scale readings.");
    }
};

const Reason crate_unknown{Refusal::missing, "crate_unknown", "There is no such crate."};
const Reason crate_full{Refusal::conflict, "crate_full", "No place is free."};

struct PackCrate {
    CompanyCode company;
    CrateCode crate;
    static void describe(auto& command) {
        command.record("PackCrate", "Fills a place.")
            .company(&PackCrate::company)
            .stream(&PackCrate::crate)
            .field("company", &PackCrate::company, "Whose.")
            .field("crate", &PackCrate::crate, "Which.")
            .refuses(crate_unknown, crate_full);
    }
};

struct CratePacked {
    CompanyCode company;
    CrateCode crate;
    Date packed_on;
    static void describe(auto& event) {
        event.record("CratePacked", "A place was filled.")
            .company(&CratePacked::company)
            .stream(&CratePacked::crate)
            .on(&CratePacked::packed_on)
            .field("company", &CratePacked::company, "Whose.")
            .field("crate", &CratePacked::crate, "Which.")
            .field("packed_on", &CratePacked::packed_on, "When.");
    }
};

struct WoodPriced {
    static void describe(auto& event) {
        event.record("WoodPriced", "Wood has another price.")
            .every_company()
            .no_stream()
            .on_recorded_day();
    }
};

struct CratesOf {
    CompanyCode company;
    static void describe(auto& query) {
        query.record("crates", "All crates of a company.")
            .company(&CratesOf::company)
            .field("company", &CratesOf::company, "Whose.")
            .template answers<Crate>(Times::both)
            .template totals<Sealed>();
    }
};

const Type& crate_type() { return type_of<Crate>(); }

const Field& field(const Type& type, std::string_view name) {
    const Field* found = type.field(name);
    INFO(name);
    REQUIRE(found);
    return *found;
}

CrateCode code(std::string text) { return {std::move(text)}; }

// Whether making, assigning and copying through the type gives an equal value of its own.
template <class T>
bool lives(const T& value) {
    const Type& type = type_of<T>();
    const Box copy = copied(type, &value);
    const Box made = box(type);
    const T& fresh = *static_cast<const T*>(made.get());
    const bool empty = fresh == T{};
    type.assign(made.get(), &value);
    return type.size == sizeof(T) && copy.get() != &value && empty && fresh == value &&
           *static_cast<const T*>(copy.get()) == value;
}

}  // namespace

TEST_CASE("each C++ type is of one kind") {
    const std::pair<TypeRef, Kind> kinds[] = {
        {&type_of<bool>, Kind::boolean},
        {&type_of<std::int64_t>, Kind::integer},
        {&type_of<std::string>, Kind::text},
        {&type_of<Bytes>, Kind::bytes},
        {&type_of<CrateCode>, Kind::code},
        {&type_of<CrateId>, Kind::id},
        {&type_of<Date>, Kind::date},
        {&type_of<Timestamp>, Kind::timestamp},
        {&type_of<Currency>, Kind::currency},
        {&type_of<Unit>, Kind::unit},
        {&type_of<Rate>, Kind::rate},
        {&type_of<Percent>, Kind::percent},
        {&type_of<Money>, Kind::money},
        {&type_of<UnitPrice>, Kind::unit_price},
        {&type_of<Quantity>, Kind::quantity},
        {&type_of<Colour>, Kind::choice},
        {&type_of<std::optional<Date>>, Kind::optional},
        {&type_of<std::vector<Crate>>, Kind::list},
        {&type_of<std::map<CrateCode, Money>>, Kind::map},
        {&type_of<Crate>, Kind::record},
        {&type_of<std::variant<Open, Sealed>>, Kind::variant}};
    for (const auto& [type, kind] : kinds) CHECK(type().kind == kind);
    CHECK(&type_of<Crate>() == &type_of<Crate>());
}

TEST_CASE("a value of any kind is made, assigned and copied through its type alone") {
    CHECK(lives(true));
    CHECK(lives(std::int64_t{-7}));
    CHECK(lives(std::string("a text that is too long to lie within the string itself")));
    CHECK(lives(Bytes{std::string(3, '\0')}));
    CHECK(lives(code("BK-M68B-42")));
    CHECK(lives(CrateId{{1, 2}}));
    CHECK(lives(Date{20'000}));
    CHECK(lives(Timestamp{-1}));
    CHECK(lives(*currency_from("EUR")));
    CHECK(lives(*unit_from("kg")));
    CHECK(lives(Rate{11'303'730'000}));
    CHECK(lives(Percent{21'500'000}));
    CHECK(lives(Money{-1, *currency_from("EUR")}));
    CHECK(lives(UnitPrice{5, *currency_from("JPY")}));
    CHECK(lives(Quantity{1'500'000, *unit_from("kg")}));
    CHECK(lives(Colour::green));
    CHECK(lives(std::optional(Date{1})));
    CHECK(lives(std::vector<std::string>{"a", "b"}));
    CHECK(lives(std::map<CrateCode, Money>{{code("a"), {}}}));
}

TEST_CASE("a record's fields are in the order of their slots, a retired one keeps its own") {
    const Type& type = crate_type();
    CHECK(type.name == "Crate");
    CHECK(type.doc == "Something to put things in.");
    const std::vector<std::string_view> slots = {
        "fragile",    "places",    "label",  "photo", "code",   "id",      "packed_on", "packed_by",
        "weighed_at", "currency",  "unit",   "rate",  "filled", "worth",   "price",     "weight",
        "colour",     "opened_on", "inside", "parts", "season", "closure", "notes",     "on_wire"};
    REQUIRE(type.fields.size() == slots.size());
    for (std::size_t slot = 0; slot < slots.size(); ++slot)
        CHECK(type.fields[slot].name == slots[slot]);

    CHECK(type.fields[7].retired);
    CHECK_FALSE(type.fields[7].type);
    CHECK(type.field("packed_by") == nullptr);
    CHECK(type.field("readings") == nullptr);
    CHECK(type.field("") == nullptr);
    CHECK(field(type, "label").doc == "Text on the lid.");
    CHECK(&field(type, "season").type() == &type_of<Period>());
}

TEST_CASE("a field is found in the record at its offset") {
    Crate crate;
    const Type& type = crate_type();
    const std::pair<std::string_view, const void*> members[] = {
        {"fragile", &crate.fragile},     {"places", &crate.places},
        {"label", &crate.label},         {"photo", &crate.photo},
        {"code", &crate.code},           {"id", &crate.id},
        {"packed_on", &crate.packed_on}, {"weighed_at", &crate.weighed_at},
        {"currency", &crate.currency},   {"unit", &crate.unit},
        {"rate", &crate.rate},           {"filled", &crate.filled},
        {"worth", &crate.worth},         {"price", &crate.price},
        {"weight", &crate.weight},       {"colour", &crate.colour},
        {"opened_on", &crate.opened_on}, {"inside", &crate.inside},
        {"parts", &crate.parts},         {"season", &crate.season},
        {"closure", &crate.closure},     {"notes", &crate.notes},
        {"on_wire", &crate.readings}};
    for (const auto& [name, member] : members) CHECK(field(type, name).in(&crate) == member);

    const std::string lid = "this side up";
    field(type, "label").type().assign(field(type, "label").in(&crate), &lid);
    CHECK(crate.label == "this side up");
}

TEST_CASE("bounds and what an absent field means belong to the field named last") {
    const Type& type = crate_type();
    const Field& places = field(type, "places");
    CHECK(places.bounds.least == 1);
    CHECK(places.bounds.most == 48);
    REQUIRE(places.otherwise);
    CHECK(*static_cast<const std::int64_t*>(places.otherwise.get()) == 12);

    const Field& label = field(type, "label");
    CHECK(label.bounds.shortest == 1);
    CHECK(label.bounds.longest == 80);
    CHECK_FALSE(label.otherwise);
    CHECK(label.bounds.least == std::numeric_limits<std::int64_t>::min());

    CHECK(*static_cast<const Colour*>(field(type, "colour").otherwise.get()) == Colour::green);
    REQUIRE(field(type, "inside").otherwise);
    CHECK(static_cast<const std::vector<Crate>*>(field(type, "inside").otherwise.get())->empty());
    CHECK_FALSE(field(type, "fragile").otherwise);
    CHECK(field(type, "fragile").bounds.longest == 10'000);
}

TEST_CASE("what an absent field means is of the field's own type") {
    CHECK(aborts([] {
        Type type;
        Describer(type).field("places", &Crate::places, "").otherwise(std::string("12"));
    }));
    CHECK(aborts([] {
        Type type;
        Describer(type).record("Nothing", "").otherwise(std::int64_t{1});
    }));
    CHECK_FALSE(aborts([] {
        Type type;
        Describer(type).field("places", &Crate::places, "").otherwise(std::int64_t{1});
    }));
}

TEST_CASE("a choice has its values in order, each documented") {
    const Type& type = type_of<Colour>();
    CHECK(type.name == "Colour");
    CHECK(type.doc == "How a crate is painted.");
    REQUIRE(type.choices.size() == 2);
    CHECK(type.choices[0].name == "red");
    CHECK(type.choices[static_cast<std::size_t>(Colour::green)].name == "green");
    CHECK(type.choices[1].doc == "With verdigris.");
}

TEST_CASE("ids and codes say what they name and which query lists it") {
    CHECK(type_of<CrateId>().thing.name == "crate");
    CHECK(type_of<CrateCode>().thing.query == "crates");
    CHECK(type_of<CompanyCode>().thing.name == "company");
    CHECK(type_of<Currency>().thing.query == "currencies");
    CHECK(type_of<Unit>().thing.query.empty());
}

TEST_CASE("a command says whose it is, its stream, and its reasons in the order of the checks") {
    const Type& type = type_of<PackCrate>();
    const PackCrate pack{};
    REQUIRE(type.company);
    CHECK(type.company.in(&pack) == &pack.company);
    CHECK(&type.company.type() == &type_of<CompanyCode>());
    REQUIRE(type.stream);
    CHECK(type.stream.in(&pack) == &pack.crate);
    CHECK_FALSE(type.on);
    CHECK_FALSE(type.every_company);
    CHECK_FALSE(type.no_stream);
    CHECK(type.reasons == std::vector<const Reason*>{&crate_unknown, &crate_full});
}

TEST_CASE("an event says on which day it is true") {
    const CratePacked packed{};
    const Type& type = type_of<CratePacked>();
    REQUIRE(type.on);
    CHECK(type.on.in(&packed) == &packed.packed_on);
    CHECK(&type.on.type() == &type_of<Date>());
    CHECK_FALSE(type.on_recorded_day);

    const Type& priced = type_of<WoodPriced>();
    CHECK(priced.every_company);
    CHECK(priced.no_stream);
    CHECK(priced.on_recorded_day);
    CHECK_FALSE(priced.company);
    CHECK_FALSE(priced.stream);
    CHECK_FALSE(priced.on);
}

TEST_CASE("a query says what a row of its answer is, its totals and its times") {
    const Type& type = type_of<CratesOf>();
    REQUIRE(type.row);
    CHECK(&type.row() == &crate_type());
    REQUIRE(type.totals);
    CHECK(&type.totals() == &type_of<Sealed>());
    CHECK(type.times == Times::both);
    CHECK_FALSE(crate_type().row);
    CHECK(crate_type().times == Times::none);
}

TEST_CASE("a type made at run time stands where one of the program does, but has no value") {
    Type stored;
    stored.name = "Crate";
    const TypeRef reference(stored);
    REQUIRE(reference);
    CHECK(&reference() == &stored);
    CHECK_FALSE(TypeRef{});
    CHECK(aborts([&] { (void)box(stored); }));
}

}  // namespace kontor
