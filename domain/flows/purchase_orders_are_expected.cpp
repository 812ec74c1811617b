// A line is expected on the day of its last delivery: what comes in parts is promised once all of
// it is there, as a line of an order is expected on one day.
#include "domain/flows/purchase_orders_are_expected.h"

namespace kontor::flow {

namespace {

using namespace inventory;
using namespace purchasing;

OrderReference reference_of(const PurchaseOrderId& order) { return {order.uuid}; }

const Expectation* expectation_of(const World& world, const CompanyCode& company,
                                  const PurchaseOrderId& order, const OrderedLine& line) {
    for (const bool done : {false, true}) {
        const ExpectationKey key{company,         line.item,           done,
                                 ExpectedWay::in, reference_of(order), line.line};
        if (const auto* found = world.of<Expectations>().find(key)) return found;
    }
    return nullptr;
}

// What a line lets come, unless that is expected already.
void expect(const World& world, const CompanyCode& company, const PurchaseOrderId& order,
            std::int64_t number, Decision<ExpectStock>& expects) {
    const OrderLineState& line = *world.of<PurchaseOrders>().find({company, order})->line(number);
    const OrderedLine& ordered = line.ordered;
    if (!ordered.stocked) return;
    ExpectStock expect{company,
                       ExpectedWay::in,
                       reference_of(order),
                       number,
                       ordered.item,
                       ordered.warehouse,
                       ordered.base,
                       ordered.deliveries.back().date,
                       {}};
    if (!line.confirmed.empty()) expect.confirmed = line.confirmed.back().date;
    const Expectation* was = expectation_of(world, company, order, ordered);
    if (was && was->ordered == ordered.base.micro && was->warehouse == expect.warehouse &&
        was->day == expect.day && was->confirmed == expect.confirmed)
        return;
    expects.add(std::move(expect));
}

}  // namespace

Decision<contracts::OpenDefaultContract> placed_order_has_a_contract(
    const PurchaseOrderPlaced& placed, const World& world) {
    if (world.of<contracts::Contracts>().find({placed.company, placed.contract})) return {};
    return contracts::OpenDefaultContract{
        placed.company,  placed.contract,     contracts::ContractKind::purchase,
        placed.supplier, placed.counterparty, placed.currency,
        placed.date};
}

Decision<ExpectStock> placed_order_is_expected(const PurchaseOrderPlaced& placed,
                                               const World& world) {
    Decision<ExpectStock> expects;
    for (const OrderedLine& line : placed.lines)
        expect(world, placed.company, placed.order, line.line, expects);
    return expects;
}

Decision<ExpectStock> amended_order_is_expected(const PurchaseOrderAmended& amended,
                                                const World& world) {
    Decision<ExpectStock> expects;
    for (const OrderedLine& line : amended.becomes)
        expect(world, amended.company, amended.order, line.line, expects);
    return expects;
}

Decision<ExpectStock> confirmed_order_is_expected(const PurchaseOrderConfirmed& confirmed,
                                                  const World& world) {
    Decision<ExpectStock> expects;
    for (const ConfirmedLine& line : confirmed.lines)
        expect(world, confirmed.company, confirmed.order, line.line, expects);
    return expects;
}

Decision<DropExpectation> closed_lines_are_not_expected(const PurchaseLinesClosed& closed,
                                                        const World& world) {
    Decision<DropExpectation> drops;
    const auto& order = *world.of<PurchaseOrders>().find({closed.company, closed.order});
    for (const UndeliveredLine& line : closed.lines)
        if (order.line(line.line)->ordered.stocked)
            drops.add(DropExpectation{closed.company, ExpectedWay::in, reference_of(closed.order),
                                      line.line, line.item, closed.reason});
    return drops;
}

Decision<ExpectStock> reopened_lines_are_expected(const PurchaseLinesReopened& reopened,
                                                  const World& world) {
    Decision<ExpectStock> expects;
    for (const UndeliveredLine& line : reopened.lines)
        expect(world, reopened.company, reopened.order, line.line, expects);
    return expects;
}

}  // namespace kontor::flow
