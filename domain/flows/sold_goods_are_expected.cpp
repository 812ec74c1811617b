// What a sales order lets go, line by line.
#include "domain/flows/sold_goods_are_expected.h"

#include <algorithm>

namespace kontor::flow {

namespace {

using sales::SoldLine;

inventory::OrderReference reference_of(const sales::SalesOrderId& order) { return {order.uuid}; }

inventory::ExpectStock expect(const CompanyCode& company, const sales::SalesOrderId& order,
                              const SoldLine& line, const sales::LeavingStock& leaving) {
    inventory::ExpectStock expect;
    expect.company = company;
    expect.way = inventory::ExpectedWay::out;
    expect.order = reference_of(order);
    expect.line = line.line;
    expect.item = leaving.item;
    expect.warehouse = line.warehouse;
    expect.quantity = leaving.quantity;
    expect.day = line.due;
    return expect;
}

inventory::DropExpectation drop(const CompanyCode& company, const sales::SalesOrderId& order,
                                const SoldLine& line, const sales::LeavingStock& leaving,
                                const std::string& reason) {
    return {company, inventory::ExpectedWay::out, reference_of(order), line.line, leaving.item,
            reason};
}

const sales::SoldLine& sold(const World& world, const CompanyCode& company,
                            const sales::SalesOrderId& order, std::int64_t line) {
    return world.of<sales::SalesOrders>().find({company, order})->line(line)->sold;
}

}  // namespace

Decision<inventory::ExpectStock> sold_goods_are_expected(const sales::SalesOrderPlaced& placed,
                                                         const World&) {
    Decision<inventory::ExpectStock> expected;
    for (const SoldLine& line : placed.lines)
        for (const sales::LeavingStock& leaving : line.leaves)
            expected.add(expect(placed.company, placed.order, line, leaving));
    return expected;
}

Decision<inventory::ExpectStock, inventory::DropExpectation> amended_sale_is_expected(
    const sales::SalesOrderAmended& amended, const World&) {
    Decision<inventory::ExpectStock, inventory::DropExpectation> changes;
    for (const SoldLine& becomes : amended.becomes) {
        const auto was = std::ranges::find(amended.was, becomes.line, &SoldLine::line);
        const bool before = was != amended.was.end();
        if (before && was->leaves == becomes.leaves && was->warehouse == becomes.warehouse &&
            was->due == becomes.due)
            continue;
        if (before)
            for (const sales::LeavingStock& leaving : was->leaves)
                if (std::ranges::find(becomes.leaves, leaving.item, &sales::LeavingStock::item) ==
                    becomes.leaves.end())
                    changes.add(
                        drop(amended.company, amended.order, *was, leaving, amended.reason));
        for (const sales::LeavingStock& leaving : becomes.leaves) {
            const bool same = before && was->warehouse == becomes.warehouse &&
                              was->due == becomes.due &&
                              std::ranges::find(was->leaves, leaving) != was->leaves.end();
            if (!same) changes.add(expect(amended.company, amended.order, becomes, leaving));
        }
    }
    return changes;
}

Decision<inventory::DropExpectation> closed_sale_is_not_expected(
    const sales::SalesLinesClosed& closed, const World& world) {
    Decision<inventory::DropExpectation> drops;
    for (const std::int64_t number : closed.lines) {
        const SoldLine& line = sold(world, closed.company, closed.order, number);
        for (const sales::LeavingStock& leaving : line.leaves)
            drops.add(drop(closed.company, closed.order, line, leaving, closed.reason));
    }
    return drops;
}

Decision<inventory::ExpectStock> reopened_sale_is_expected(
    const sales::SalesLinesReopened& reopened, const World& world) {
    Decision<inventory::ExpectStock> expected;
    for (const std::int64_t number : reopened.lines) {
        const SoldLine& line = sold(world, reopened.company, reopened.order, number);
        for (const sales::LeavingStock& leaving : line.leaves)
            expected.add(expect(reopened.company, reopened.order, line, leaving));
    }
    return expected;
}

}  // namespace kontor::flow
