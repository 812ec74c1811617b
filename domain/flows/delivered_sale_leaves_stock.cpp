// The issues of a delivery.
#include "domain/flows/delivered_sale_leaves_stock.h"

#include <utility>

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

std::vector<inventory::StockDocumentId> issues_of(const sales::SaleDelivered& delivered) {
    std::size_t leaving = 0;
    for (const sales::DeliveredSaleLine& line : delivered.lines) leaving += line.leaves.size();
    std::vector<inventory::StockDocumentId> issues;
    for (std::size_t before = 0; before < leaving; before += most_lines)
        issues.push_back(issue_of(delivered.delivery, issues.size()));
    return issues;
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

Decision<inventory::TakeBackStock> returned_sale_is_in_stock_again(
    const sales::SaleReturned& returned, const World&) {
    Decision<inventory::TakeBackStock> documents;
    inventory::TakeBackStock back;
    std::uint64_t count = 0;
    const auto send = [&] {
        back.company = returned.company;
        back.document = {
            derived_uuid(returned.sale_return.uuid, "returned_sale_is_in_stock_again", count++)};
        back.customer = returned.customer;
        back.date = returned.date;
        back.text = returned.reason;
        documents.add(std::exchange(back, {}));
    };
    for (const sales::ReturnedSaleLine& line : returned.lines)
        for (const sales::ComingBack& each : line.back) {
            inventory::CustomerReturnLine into;
            into.item = each.item;
            into.quantity = each.quantity;
            into.warehouse = *line.warehouse;
            into.lot = line.lot;
            into.location = line.location;
            into.state = line.state;
            const std::size_t at = static_cast<std::size_t>(each.leaving - 1);
            into.issue = inventory::StockLineRef{issue_of(returned.delivery, at / most_lines),
                                                 static_cast<std::int64_t>(at % most_lines) + 1};
            back.lines.push_back(std::move(into));
            if (back.lines.size() == most_lines) send();
        }
    if (!back.lines.empty()) send();
    return documents;
}

}  // namespace kontor::flow
