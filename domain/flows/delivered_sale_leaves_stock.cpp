// The issues of a delivery.
#include "domain/flows/delivered_sale_leaves_stock.h"

namespace kontor::flow {

namespace {

// What a document posts is one entry, which has a line for each item and few others.
constexpr std::size_t most_lines = 900;

inventory::IssueLine issue_line(const sales::SaleDelivered& delivered,
                                const sales::DeliveredSaleLine& line,
                                const sales::LeavingStock& leaving) {
    inventory::IssueLine issue;
    issue.item = leaving.item;
    issue.quantity = leaving.quantity;
    issue.warehouse = *line.warehouse;
    issue.lot = line.lot;
    issue.location = line.location;
    issue.order = inventory::OrderLineRef{{delivered.order.uuid}, line.line};
    return issue;
}

}  // namespace

inventory::StockDocumentId issue_of(const sales::SaleDeliveryId& delivery, std::uint64_t count) {
    return {derived_uuid(delivery.uuid, "delivered_sale_leaves_stock", count)};
}

Decision<inventory::IssueStock> delivered_sale_leaves_stock(const sales::SaleDelivered& delivered,
                                                            const World&) {
    Decision<inventory::IssueStock> issues;
    inventory::IssueStock issue;
    std::uint64_t count = 0;
    const auto send = [&] {
        issue.company = delivered.company;
        issue.document = issue_of(delivered.delivery, count++);
        issue.date = delivered.date;
        issue.customer = delivered.customer;
        issue.text = delivered.text.substr(0, 500);
        issues.add(std::exchange(issue, {}));
    };
    for (const sales::DeliveredSaleLine& line : delivered.lines)
        for (const sales::LeavingStock& leaving : line.leaves) {
            issue.lines.push_back(issue_line(delivered, line, leaving));
            if (issue.lines.size() == most_lines) send();
        }
    if (!issue.lines.empty()) send();
    return issues;
}

Decision<inventory::ReverseStockDocument> reversed_delivery_is_in_stock_again(
    const sales::SaleDeliveryReversed& reversed, const World& world) {
    Decision<inventory::ReverseStockDocument> reversals;
    for (std::uint64_t count = 0;; ++count) {
        const inventory::StockDocumentId document = issue_of(reversed.delivery, count);
        if (!world.of<inventory::StockDocuments>().find({reversed.company, document})) break;
        reversals.add(inventory::ReverseStockDocument{reversed.company, document, reversed.reason});
    }
    return reversals;
}

}  // namespace kontor::flow
