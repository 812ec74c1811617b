// What is sold is expected to go, so that nothing is promised twice: each order says so, and says
// it again when it changes.
#pragma once

#include "domain/inventory/expectations.h"
#include "domain/sales/sales_orders.h"

namespace kontor::flow {

Decision<inventory::ExpectStock> sold_goods_are_expected(const sales::SalesOrderPlaced&,
                                                         const World&);
Decision<inventory::ExpectStock, inventory::DropExpectation> amended_sale_is_expected(
    const sales::SalesOrderAmended&, const World&);
Decision<inventory::DropExpectation> closed_sale_is_not_expected(const sales::SalesLinesClosed&,
                                                                 const World&);
Decision<inventory::ExpectStock> reopened_sale_is_expected(const sales::SalesLinesReopened&,
                                                           const World&);

}  // namespace kontor::flow
