// What of an order a contract is told.
#include "domain/flows/ordered_sale_opens_contract.h"

namespace kontor::flow {

namespace {

// What an order comes to now: all of its lines, and of closed ones what was earned.
Decision<contracts::UseContract> use_of(const World& world, const CompanyCode& company,
                                        const sales::SalesOrderId& id) {
    const sales::SalesOrder& order = *world.of<sales::SalesOrders>().find({company, id});
    Money amount{0, order.currency};
    for (const sales::SalesLineState& line : order.lines)
        amount.minor += line.closed ? line.progress.earned_minor : line.sold.net.minor;
    const contracts::UsingDocumentId document{id.uuid};
    const auto* counted =
        world.of<contracts::ContractUses>().find({company, order.contract, document});
    if (counted ? counted->amount == amount : amount.minor == 0) return {};
    return contracts::UseContract{company, order.contract, document, order.date, amount};
}

}  // namespace

Decision<contracts::OpenDefaultContract, contracts::UseContract> ordered_sale_opens_contract(
    const sales::SalesOrderPlaced& placed, const World&) {
    Decision<contracts::OpenDefaultContract, contracts::UseContract> sent;
    if (placed.contract_by_default)
        sent.add(contracts::OpenDefaultContract{placed.company, placed.contract,
                                                contracts::ContractKind::sale, placed.customer,
                                                placed.counterparty, placed.currency, placed.date});
    if (placed.net.minor > 0)
        sent.add(contracts::UseContract{placed.company, placed.contract,
                                        contracts::UsingDocumentId{placed.order.uuid}, placed.date,
                                        placed.net});
    return sent;
}

Decision<contracts::UseContract> amended_sale_counts_against_contract(
    const sales::SalesOrderAmended& amended, const World& world) {
    return use_of(world, amended.company, amended.order);
}

Decision<contracts::UseContract> closed_sale_counts_against_contract(
    const sales::SalesLinesClosed& closed, const World& world) {
    return use_of(world, closed.company, closed.order);
}

Decision<contracts::UseContract> reopened_sale_counts_against_contract(
    const sales::SalesLinesReopened& reopened, const World& world) {
    return use_of(world, reopened.company, reopened.order);
}

}  // namespace kontor::flow
