// What is expected to come and to go by lines of orders that are not done yet.
//
// Whoever keeps orders says so, the same way for a purchase, a sale, a transfer or an order of
// production, and says it again when a line changes. A stock document that names the line takes
// its quantity off what is expected, and a correction of that document puts it right. So what has
// come is never counted beside what is still to come.
#pragma once

#include "domain/inventory/stock_moves.h"
#include "domain/inventory/stocked_items.h"

namespace kontor::inventory {

inline constexpr Reason expectation_unknown{
    Refusal::missing, "expectation_unknown",
    "Nothing of the item is expected by this line of an order, that way."};
inline constexpr Reason expectation_unchanged{Refusal::conflict, "expectation_unchanged",
                                              "It is expected so already."};
inline constexpr Reason confirmed_for_issue{
    Refusal::invalid, "confirmed_for_issue",
    "Suppliers confirm days; what goes out is needed on its own day, late or not."};

// Which way goods are expected to go.
enum class ExpectedWay : std::uint8_t { in, out };

void describe(auto& choice, ExpectedWay) {
    choice.choice("ExpectedWay", "Which way goods are expected to go.")
        .value("in", "They are to come: ordered from a supplier, made, sent from elsewhere.")
        .value("out", "They are to go: sold, taken into production, sent elsewhere.");
}

struct StockExpected {
    CompanyCode company;
    ExpectedWay way = ExpectedWay::in;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Quantity quantity;
    Date day;
    std::optional<Date> confirmed;

    bool operator==(const StockExpected&) const = default;
    static void describe(auto& event) {
        event.record("StockExpected", "A line of an order lets so much of an item come or go.")
            .company(&StockExpected::company)
            .stream(&StockExpected::order)
            .on_recorded_day()
            .field("company", &StockExpected::company, "Whose stock.")
            .field("way", &StockExpected::way, "Whether it is to come or to go.")
            .field("order", &StockExpected::order, "The order.")
            .field("line", &StockExpected::line, "Its line, from 1.")
            .field("item", &StockExpected::item, "The item.")
            .field("warehouse", &StockExpected::warehouse, "In which warehouse; absent: in any.")
            .field("quantity", &StockExpected::quantity,
                   "In all, in the base unit, what has moved by the line included.")
            .field("day", &StockExpected::day,
                   "When: it comes at the beginning of that day, or is needed on "
                   "it.")
            .field("confirmed", &StockExpected::confirmed,
                   "The new day that a supplier of late goods confirmed.");
    }
};

struct ExpectationDropped {
    CompanyCode company;
    ExpectedWay way = ExpectedWay::in;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::string reason;

    bool operator==(const ExpectationDropped&) const = default;
    static void describe(auto& event) {
        event
            .record("ExpectationDropped",
                    "Nothing more of an item is expected by a line of an order.")
            .company(&ExpectationDropped::company)
            .stream(&ExpectationDropped::order)
            .on_recorded_day()
            .field("company", &ExpectationDropped::company, "Whose stock.")
            .field("way", &ExpectationDropped::way, "Whether it is to come or to go.")
            .field("order", &ExpectationDropped::order, "The order.")
            .field("line", &ExpectationDropped::line, "Its line, from 1.")
            .field("item", &ExpectationDropped::item, "The item.")
            .field("reason", &ExpectationDropped::reason, "Why.");
    }
};

struct ExpectStock {
    CompanyCode company;
    ExpectedWay way = ExpectedWay::in;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::optional<WarehouseCode> warehouse;
    Quantity quantity;
    Date day;
    std::optional<Date> confirmed;

    static void describe(auto& command) {
        command
            .record("ExpectStock",
                    "Says that a line of an order lets goods come or go, and when. "
                    "Said again, it is so instead: another quantity, another day, "
                    "another warehouse. What has moved by the line counts as done, "
                    "whichever was said first.")
            .company(&ExpectStock::company)
            .stream(&ExpectStock::order)
            .example(R"({"way": "out", "company": "DEMO", "order":
                "01980000-0000-7000-8000-000000000601", "line": 1, "item": "CANDLE", "quantity":
                {"amount": "4", "unit": "ea"}, "day": "2026-12-31"})")
            .field("company", &ExpectStock::company, "Whose stock.")
            .field("way", &ExpectStock::way, "Whether it is to come or to go.")
            .field("order", &ExpectStock::order, "The order.")
            .field("line", &ExpectStock::line, "Its line, from 1.")
            .least(1)
            .field("item", &ExpectStock::item,
                   "An item of goods. A line may expect several, as a kit does.")
            .field("warehouse", &ExpectStock::warehouse,
                   "Where. Absent: in any warehouse, wherever it is best.")
            .field("quantity", &ExpectStock::quantity,
                   "Ordered in all, above zero, in any unit of the item.")
            .field("day", &ExpectStock::day, "When it is to come, or is needed.")
            .field("confirmed", &ExpectStock::confirmed,
                   "The new day that the supplier confirmed. What is late and has "
                   "none is not counted on.")
            .refuses(companies::company_unknown, items::item_unknown, items::item_is_template,
                     item_not_in_stock, warehouse_unknown, quantity_not_positive,
                     quantity_not_whole, confirmed_for_issue, expectation_unchanged);
    }
};

struct DropExpectation {
    CompanyCode company;
    ExpectedWay way = ExpectedWay::in;
    OrderReference order;
    std::int64_t line = 0;
    items::ItemCode item;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("DropExpectation",
                    "Says that nothing more comes or goes by a line of an order: it "
                    "is cancelled, or closed short.")
            .company(&DropExpectation::company)
            .stream(&DropExpectation::order)
            .example(R"({"way": "out", "company": "DEMO", "order":
                "01980000-0000-7000-8000-000000000601", "line": 1, "item": "CANDLE", "reason":
                "The fair was called off"})")
            .field("company", &DropExpectation::company, "Whose stock.")
            .field("way", &DropExpectation::way, "Whether it is to come or to go.")
            .field("order", &DropExpectation::order, "The order.")
            .field("line", &DropExpectation::line, "Its line, from 1.")
            .least(1)
            .field("item", &DropExpectation::item, "The item.")
            .field("reason", &DropExpectation::reason, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(expectation_unknown);
    }
};

struct ExpectationKey {
    CompanyCode company;
    items::ItemCode item;
    bool done = false;
    ExpectedWay way = ExpectedWay::in;
    OrderReference order;
    std::int64_t line = 0;

    auto operator<=>(const ExpectationKey&) const = default;
    static void describe(auto& key) {
        key.record("ExpectationKey", "An item that a line of an order lets come or go.")
            .field("company", &ExpectationKey::company, "Whose stock.")
            .field("item", &ExpectationKey::item, "The item.")
            .field("done", &ExpectationKey::done, "Nothing of it is open any more.")
            .field("way", &ExpectationKey::way, "Whether it is to come or to go.")
            .field("order", &ExpectationKey::order, "The order.")
            .field("line", &ExpectationKey::line, "Its line, from 1.");
    }
};

struct Expectation {
    std::optional<WarehouseCode> warehouse;
    std::int64_t ordered = 0;
    std::int64_t moved = 0;
    Date day;
    std::optional<Date> confirmed;

    std::int64_t open() const { return ordered > moved ? ordered - moved : 0; }
    static void describe(auto& record) {
        record.record("Expectation", "What is expected by a line of an order.")
            .field("warehouse", &Expectation::warehouse, "In which warehouse; absent: in any.")
            .field("ordered", &Expectation::ordered, "Millionths of the base unit, in all.")
            .field("moved", &Expectation::moved, "What of it has come or gone.")
            .field("day", &Expectation::day, "When.")
            .field("confirmed", &Expectation::confirmed,
                   "The new day that a supplier of late goods confirmed.");
    }
};

using Expectations = PagedTable<ExpectationKey, Expectation>;

// What is expected of an item and not done, in the order of the lines.
std::vector<std::pair<ExpectationKey, Expectation>> open_expectations(const World&,
                                                                      const CompanyCode&,
                                                                      const items::ItemCode&);

Decision<StockExpected> decide(const World&, const ExpectStock&, const Context&);
Decision<ExpectationDropped> decide(const World&, const DropExpectation&, const Context&);
void evolve(Expectations&, const StockExpected&);
void evolve(Expectations&, const ExpectationDropped&);
void apply(Expectations&, const CompanyCode&, const std::vector<LineEdit>&);
void evolve(Expectations& table, const EditsLines auto& event) {
    apply(table, event.company, line_edits_of(event));
}

// What a line moved for its order: above zero has come. Nothing where it names none, or where it
// only lies elsewhere.
std::int64_t moved_for_order(const MovedLine&);

Part expectations();

}  // namespace kontor::inventory
