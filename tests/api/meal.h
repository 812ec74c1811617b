// One described type with a field of every kind, bounded and unbounded, for the tests of the API.
#pragma once

#include "api/json.h"
#include "domain/core/date.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"

#include <catch2/catch.hpp>

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kontor::restaurant {

struct DishThing {
    static constexpr Thing thing{"dish", "dishes"};
};
struct OrderThing {
    static constexpr Thing thing{"order", {}};
};
using DishCode = Code<DishThing>;
using OrderId = Id<OrderThing>;

enum class Course : std::uint8_t { starter, main, dessert };
inline void describe(Describer& course, Course) {
    course.choice("Course", "Part of a meal.")
        .value("starter", "Comes first.")
        .value("main", "Fills.")
        .value("dessert", "Is sweet.");
}

// Contains itself.
struct Branch {
    std::string name;
    std::vector<Branch> branches;
    bool operator==(const Branch&) const = default;
    static void describe(auto& branch) {
        branch.record("Branch", "A tree.")
            .field("name", &Branch::name, "")
            .field("branches", &Branch::branches, "What grows from it.")
            .otherwise_empty();
    }
};

struct Cash {
    Money given;
    bool operator==(const Cash&) const = default;
    static void describe(auto& cash) {
        cash.record("Cash", "Paid in notes.").field("given", &Cash::given, "What was handed over.");
    }
};
struct Card {
    std::string last_digits;
    bool operator==(const Card&) const = default;
    static void describe(auto& card) {
        card.record("Card", "Paid by card.")
            .field("last_digits", &Card::last_digits, "Four digits.")
            .shortest(4)
            .longest(4);
    }
};

struct Meal {
    bool hot = false;
    std::int64_t guests = 0;
    std::string note;
    Bytes seal;
    DishCode dish;
    OrderId order;
    Date day;
    Timestamp served;
    Currency currency;
    Unit unit;
    Rate rate;
    Percent tip;
    Money price;
    UnitPrice unit_price;
    Quantity eaten;
    Course course = Course::starter;
    std::optional<std::int64_t> table;
    std::optional<Money> voucher;
    std::optional<Period> season;
    std::vector<Date> days;
    std::map<DishCode, std::int64_t> sides;
    Branch menu;
    std::variant<Cash, Card> paid;
    std::int64_t stars = 0;

    bool operator==(const Meal&) const = default;
    static void describe(auto& meal) {
        meal.record("Meal", "Everything that a field can be.")
            .field("hot", &Meal::hot, "Whether it steams.")
            .field("guests", &Meal::guests, "How many ate.")
            .least(1)
            .most(12)
            .field("note", &Meal::note, "What the waiter heard.")
            .longest(40)
            .field("seal", &Meal::seal, "Octets.")
            .field("dish", &Meal::dish, "What was ordered.")
            .field("order", &Meal::order, "Which order.")
            .field("day", &Meal::day, "When.")
            .field("served", &Meal::served, "At which instant.")
            .field("currency", &Meal::currency, "Of the bill.")
            .field("unit", &Meal::unit, "Of portions.")
            .field("rate", &Meal::rate, "To the euro.")
            .field("tip", &Meal::tip, "Of the price.")
            .least(0)
            .most(100'000'000)
            .retired("waiter")
            .field("price", &Meal::price, "Of all.")
            .least(1)
            .field("unit_price", &Meal::unit_price, "Of one portion.")
            .field("eaten", &Meal::eaten, "How much.")
            .field("course", &Meal::course, "Which part.")
            .field("table", &Meal::table, "Its number.")
            .most(99)
            .field("voucher", &Meal::voucher, "Taken off.")
            .field("season", &Meal::season, "When it is on the card.")
            .field("days", &Meal::days, "Served on.")
            .longest(3)
            .field("sides", &Meal::sides, "So many of each.")
            .least(1)
            .longest(3)
            .field("menu", &Meal::menu, "The card.")
            .field("paid", &Meal::paid, "How it was paid.")
            .field("stars", &Meal::stars, "Of the guest.")
            .otherwise(std::int64_t{3});
    }
};

// All of it as a client may write it; `stars` is left out.
inline constexpr std::string_view a_meal = R"({
 "hot": true, "guests": 4, "note": "no \"salt\", \u00e9t\u00e9 \ud83c\udf72", "seal": "AQID/w==",
 "dish": "soup/7", "order": "0190B6A4-7c1e-7b3a-9f00-5d2c8e1a4b67", "day": "2024-02-29",
 "served": "2024-02-29T20:30:00.5+01:00", "currency": "EUR", "unit": "pcs",
 "rate": "1.0837", "tip": "12.5", "price": {"amount": "84.20", "currency": "EUR"},
 "unit_price": {"currency": "EUR", "amount": "21.05"}, "eaten": {"amount": "1.25", "unit": "kg"},
 "course": "main", "table": 7, "voucher": null,
 "season": {"first": "2024-01-01", "last": "2024-03-31"}, "days": ["2024-02-28", "2024-02-29"],
 "sides": {"rice": 2, "bread": 1}, "menu": {"name": "card", "branches": [{"name": "wine"}]},
 "paid": {"Card": {"last_digits": "0042"}}})";

template <class T>
std::vector<Fault> faults_in(std::string_view text) {
    T value{};
    return read_json(type_of<T>(), text, &value);
}

}  // namespace kontor::restaurant

// Shows faults in the words of a failing test.
namespace Catch {
template <>
struct StringMaker<kontor::Fault> {
    static std::string convert(const kontor::Fault& fault) {
        return "'" + fault.pointer + "' " + fault.problem;
    }
};
}  // namespace Catch
