// A described type with something of every kind, nested every way: what codecs are tested on.
#pragma once

#include "domain/core/date.h"
#include "domain/core/describe.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/quantity.h"

namespace kontor::test {

struct ParcelThing {
    static constexpr Thing thing{"parcel", "parcels"};
};
using ParcelId = Id<ParcelThing>;
struct DepotThing {
    static constexpr Thing thing{"depot", "depots"};
};
using DepotCode = Code<DepotThing>;

enum class Colour : std::uint8_t { red, green, blue };

void describe(auto& colour, Colour) {
    colour.choice("Colour", "How it is painted.")
        .value("red", "As a brick.")
        .value("green", "As \"grass\" is.")
        .value("blue", "As the sea.");
}

struct Label {
    std::string text;
    std::optional<Colour> colour;
    bool operator==(const Label&) const = default;

    static void describe(auto& label) {
        label.record("Label", "What is stuck on it.")
            .field("text", &Label::text, "What it says.")
            .longest(30)
            .field("colour", &Label::colour, "Of the paper.");
    }
};

struct Box3 {
    std::int64_t width_mm = 0;
    Quantity weight;
    bool operator==(const Box3&) const = default;

    static void describe(auto& box) {
        box.record("Box3", "A cardboard box.")
            .field("width_mm", &Box3::width_mm, "Inner width, in millimetres.")
            .least(1)
            .most(5000)
            .field("weight", &Box3::weight, "When packed.");
    }
};

using Wrapping = std::variant<Box3, Label>;

struct Node {
    std::string name;
    std::vector<Node> children;
    std::map<DepotCode, Node> by_depot;
    bool operator==(const Node&) const = default;

    static void describe(auto& node) {
        node.record("Node", "A tree.")
            .field("name", &Node::name, "Of this branch.")
            .field("children", &Node::children, "Smaller branches.")
            .field("by_depot", &Node::by_depot, "Branches by where they are.");
    }
};

struct KitchenSink {
    bool flag = true;
    std::int64_t count = 7;
    std::string text = "as initialised";
    Bytes bytes;
    DepotCode depot;
    ParcelId parcel;
    Date day;
    Timestamp at;
    Currency currency;
    Unit unit;
    Rate rate;
    Percent percent;
    Money money;
    UnitPrice price;
    Quantity quantity;
    Colour colour = Colour::blue;
    std::optional<bool> maybe_flag;
    std::optional<std::int64_t> maybe_count;
    std::optional<Colour> maybe_colour;
    std::optional<std::string> maybe_text;
    std::optional<Money> maybe_money;
    std::optional<Label> maybe_label;
    std::optional<std::vector<Date>> maybe_days;
    std::optional<std::optional<std::int64_t>> maybe_maybe;
    std::vector<std::int64_t> counts;
    std::vector<Colour> colours;
    std::vector<ParcelId> parcels;
    std::vector<Date> days;
    std::vector<Money> amounts;
    std::vector<std::string> texts;
    std::vector<DepotCode> depots;
    std::vector<Bytes> blobs;
    std::vector<Label> labels;
    std::vector<Wrapping> wrappings;
    std::vector<std::vector<Money>> amount_rows;
    std::vector<std::optional<Date>> maybe_each_day;
    std::vector<std::map<DepotCode, Money>> stock_rows;
    std::map<DepotCode, Money> stock;
    std::map<std::string, std::vector<std::string>> words;
    std::map<ParcelId, Label> labelled;
    std::map<std::int64_t, std::optional<Date>> by_number;
    Label label;
    Wrapping wrapping;
    std::optional<Wrapping> maybe_wrapping;
    Node tree;
    std::int64_t appended = 0;
    std::string greeting;
    Label fallback;
    bool operator==(const KitchenSink&) const = default;

    static void describe(auto& sink) {
        using S = KitchenSink;
        sink.record("KitchenSink", "Something of every kind.")
            .field("flag", &S::flag, "Yes or no.")
            .field("count", &S::count, "A whole number.")
            .field("text", &S::text, "Some words.")
            .field("bytes", &S::bytes, "Octets.")
            .field("depot", &S::depot, "A depot.")
            .field("parcel", &S::parcel, "A parcel.")
            .field("day", &S::day, "A day.")
            .field("at", &S::at, "An instant.")
            .field("currency", &S::currency, "A currency.")
            .field("unit", &S::unit, "A unit.")
            .field("rate", &S::rate, "A rate.")
            .field("percent", &S::percent, "Per hundred.")
            .field("money", &S::money, "An amount.")
            .field("price", &S::price, "For one unit.")
            .field("quantity", &S::quantity, "How much.")
            .field("colour", &S::colour, "Its paint.")
            .retired("shade")
            .field("maybe_flag", &S::maybe_flag, "Yes, no or nothing.")
            .field("maybe_count", &S::maybe_count, "A number or nothing.")
            .field("maybe_colour", &S::maybe_colour, "A paint or nothing.")
            .field("maybe_text", &S::maybe_text, "Words or nothing.")
            .field("maybe_money", &S::maybe_money, "An amount or nothing.")
            .field("maybe_label", &S::maybe_label, "A label or nothing.")
            .field("maybe_days", &S::maybe_days, "Days, none, or nothing said.")
            .field("maybe_maybe", &S::maybe_maybe, "Nothing in two ways.")
            .field("counts", &S::counts, "Whole numbers.")
            .field("colours", &S::colours, "Paints.")
            .field("parcels", &S::parcels, "Parcels.")
            .field("days", &S::days, "Days.")
            .field("amounts", &S::amounts, "Amounts.")
            .field("texts", &S::texts, "Texts.")
            .field("depots", &S::depots, "Depots.")
            .field("blobs", &S::blobs, "Pieces of octets.")
            .field("labels", &S::labels, "Labels.")
            .field("wrappings", &S::wrappings, "Wrappings.")
            .field("amount_rows", &S::amount_rows, "Rows of amounts.")
            .field("maybe_each_day", &S::maybe_each_day, "Days, each known or not.")
            .field("stock_rows", &S::stock_rows, "Stock, several times.")
            .field("stock", &S::stock, "Worth by depot.")
            .field("words", &S::words, "Words by word.")
            .field("labelled", &S::labelled, "Labels by parcel.")
            .field("by_number", &S::by_number, "Days by number.")
            .field("label", &S::label, "What is stuck on it.")
            .field("wrapping", &S::wrapping, "What it lies in.")
            .field("maybe_wrapping", &S::maybe_wrapping, "Another wrapping.")
            .field("tree", &S::tree, "A tree.")
            .field("appended", &S::appended, "Came later; meant 42 before.")
            .otherwise(std::int64_t{42})
            .field("greeting", &S::greeting, "Came later; was \"hello\" before.")
            .otherwise(std::string("hello"))
            .field("fallback", &S::fallback, "Came later.")
            .otherwise(Label{"plain", Colour::green});
    }
};

}  // namespace kontor::test
