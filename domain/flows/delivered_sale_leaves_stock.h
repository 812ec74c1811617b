// What is delivered leaves stock in the same commit, and what it cost is posted with what it earns.
#pragma once

#include "domain/inventory/stock_documents.h"
#include "domain/sales/sales_returns.h"

#include <vector>

namespace kontor::flow {

Decision<inventory::IssueStock> delivered_sale_leaves_stock(const sales::SaleDelivered&,
                                                            const World&);
Decision<inventory::ReverseStockDocument> reversed_delivery_is_in_stock_again(
    const sales::SaleDeliveryReversed&, const World&);

// At what their issue cost.
Decision<inventory::TakeBackStock> returned_sale_is_in_stock_again(const sales::SaleReturned&,
                                                                   const World&);

// The stock documents of a delivery, in order.
std::vector<inventory::StockDocumentId> issues_of(const sales::SaleDelivered&);
// One of them: there is one for so many lines.
inventory::StockDocumentId issue_of(const sales::SaleDeliveryId&, std::uint64_t count);

}  // namespace kontor::flow
