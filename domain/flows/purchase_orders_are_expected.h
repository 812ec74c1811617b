// What is ordered is expected in stock until it has come or is closed, so that it can be promised.
#pragma once

#include "domain/contracts/contract_defaults.h"
#include "domain/inventory/expectations.h"
#include "domain/purchasing/purchase_orders.h"

namespace kontor::flow {

// An order that names no contract, and finds none, has one that is made with it.
Decision<contracts::OpenDefaultContract> placed_order_has_a_contract(
    const purchasing::PurchaseOrderPlaced&, const World&);
Decision<inventory::ExpectStock> placed_order_is_expected(const purchasing::PurchaseOrderPlaced&,
                                                          const World&);
Decision<inventory::ExpectStock> amended_order_is_expected(const purchasing::PurchaseOrderAmended&,
                                                           const World&);
Decision<inventory::ExpectStock> confirmed_order_is_expected(
    const purchasing::PurchaseOrderConfirmed&, const World&);
Decision<inventory::DropExpectation> closed_lines_are_not_expected(
    const purchasing::PurchaseLinesClosed&, const World&);
Decision<inventory::ExpectStock> reopened_lines_are_expected(
    const purchasing::PurchaseLinesReopened&, const World&);

}  // namespace kontor::flow
