// The first order of a customer without a contract makes one, on the company's usual terms, and
// each order counts against the ceiling of its contract.
#pragma once

#include "domain/contracts/contract_uses.h"
#include "domain/sales/sales_orders.h"

namespace kontor::flow {

Decision<contracts::OpenDefaultContract, contracts::UseContract> ordered_sale_opens_contract(
    const sales::SalesOrderPlaced&, const World&);
Decision<contracts::UseContract> amended_sale_counts_against_contract(
    const sales::SalesOrderAmended&, const World&);
Decision<contracts::UseContract> closed_sale_counts_against_contract(const sales::SalesLinesClosed&,
                                                                     const World&);
Decision<contracts::UseContract> reopened_sale_counts_against_contract(
    const sales::SalesLinesReopened&, const World&);

}  // namespace kontor::flow
