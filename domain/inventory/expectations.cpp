// How expectations are kept, and done by stock documents that name their lines.
#include "domain/inventory/expectations.h"

#include <limits>

namespace kontor::inventory {

namespace {

// Where a line's expectation is; it lies under another key once nothing of it is open.
std::optional<ExpectationKey> find_key(const Expectations& expectations, ExpectationKey key) {
    for (const bool done : {false, true}) {
        key.done = done;
        if (expectations.find(key)) return key;
    }
    return std::nullopt;
}

// What has moved is kept where nothing was expected, as that may still be said.
void keep(Expectations& expectations, ExpectationKey key, const Expectation& expectation) {
    key.done = expectation.open() == 0;
    if (expectation.ordered != 0 || expectation.moved != 0) expectations.put(key, expectation);
}

// Puts a line's expectation right, wherever it is.
void change(Expectations& expectations, const ExpectationKey& key, const auto& change) {
    Expectation expectation;
    if (const auto was = find_key(expectations, key)) {
        expectation = *expectations.find(*was);
        expectations.erase(*was);
    }
    change(expectation);
    keep(expectations, key, expectation);
}

void add(Expectations& expectations, const CompanyCode& company, const MovedLine& line, int sign) {
    const std::int64_t moved = moved_for_order(line);
    if (moved == 0) return;
    const auto way = moved > 0 ? ExpectedWay::in : ExpectedWay::out;
    change(expectations, {company, line.item, false, way, line.order->order, line.order->line},
           [&](Expectation& expectation) {
               expectation.moved += sign * (moved > 0 ? moved : -moved);
           });
}

}  // namespace

std::int64_t moved_for_order(const MovedLine& line) {
    return line.order && line.valuing != Valuing::relocates ? line.quantity.micro : 0;
}

std::vector<std::pair<ExpectationKey, Expectation>> open_expectations(const World& world,
                                                                      const CompanyCode& company,
                                                                      const items::ItemCode& item) {
    std::vector<std::pair<ExpectationKey, Expectation>> open;
    world.of<Expectations>().each_from(
        {company, item, false, ExpectedWay::in, {}, std::numeric_limits<std::int64_t>::min()},
        [&](const ExpectationKey& key, const Expectation& expectation) {
            if (key.company != company || key.item != item || key.done) return false;
            open.emplace_back(key, expectation);
            return true;
        });
    return open;
}

Decision<StockExpected> decide(const World& world, const ExpectStock& expect, const Context&) {
    const CompanyCode& company = expect.company;
    if (!world.of<companies::Companies>().find(company))
        return companies::company_unknown.about(company);
    if (Objection fault = fault_of_stocked(world, company, expect.item)) return fault;
    if (expect.warehouse && !world.of<Warehouses>().find({company, *expect.warehouse}))
        return warehouse_unknown.about(*expect.warehouse);
    Quantity quantity;
    if (Objection fault = find_quantity(world, company, expect.item, expect.quantity, quantity))
        return fault;
    if (expect.confirmed && expect.way == ExpectedWay::out)
        return confirmed_for_issue.about(*expect.confirmed);
    const Expectations& expectations = world.of<Expectations>();
    const auto key = find_key(expectations,
                              {company, expect.item, false, expect.way, expect.order, expect.line});
    if (key) {
        const Expectation& was = *expectations.find(*key);
        if (was.warehouse == expect.warehouse && was.ordered == quantity.micro &&
            was.day == expect.day && was.confirmed == expect.confirmed)
            return expectation_unchanged.about(expect.item);
    }
    return StockExpected{company,          expect.way, expect.order, expect.line,     expect.item,
                         expect.warehouse, quantity,   expect.day,   expect.confirmed};
}

Decision<ExpectationDropped> decide(const World& world, const DropExpectation& drop,
                                    const Context&) {
    const Expectations& expectations = world.of<Expectations>();
    const auto key =
        find_key(expectations, {drop.company, drop.item, false, drop.way, drop.order, drop.line});
    if (!key || expectations.find(*key)->ordered == 0) return expectation_unknown.about(drop.item);
    return ExpectationDropped{drop.company, drop.way,  drop.order,
                              drop.line,    drop.item, drop.reason};
}

void evolve(Expectations& expectations, const StockExpected& expected) {
    change(expectations,
           {expected.company, expected.item, false, expected.way, expected.order, expected.line},
           [&](Expectation& expectation) {
               expectation.warehouse = expected.warehouse;
               expectation.ordered = expected.quantity.micro;
               expectation.day = expected.day;
               expectation.confirmed = expected.confirmed;
           });
}

void evolve(Expectations& expectations, const ExpectationDropped& dropped) {
    change(expectations,
           {dropped.company, dropped.item, false, dropped.way, dropped.order, dropped.line},
           [](Expectation& expectation) { expectation.ordered = 0; });
}

void apply(Expectations& expectations, const CompanyCode& company,
           const std::vector<LineEdit>& edits) {
    for (const LineEdit& edit : edits) {
        if (edit.was) add(expectations, company, *edit.was, -1);
        if (edit.becomes) add(expectations, company, *edit.becomes, +1);
    }
}

Part expectations() {
    return Part()
        .table<Expectations>("inventory.expectations")
        .commands<ExpectStock, DropExpectation>()
        .event<StockExpected, Expectations>()
        .event<ExpectationDropped, Expectations>();
}

}  // namespace kontor::inventory
