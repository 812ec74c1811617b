// What a customer may owe holds orders and deliveries: ordered and not invoiced, invoiced and not
// paid, less what is paid and settles nothing yet.
//
// Counted with taxes and at the day's rate, of the legal entity with all that it stands for, and
// of the contract alone; at the limit an order passes.
#pragma once

#include "domain/sales/deliveries.h"
#include "domain/settlement/kept_items.h"

namespace kontor::flow {

inline constexpr Reason credit_limit_exceeded{
    Refusal::conflict, "credit_limit_exceeded",
    "The customer would owe more than the credit limit of the legal entity or of the contract; "
    "ReleaseSalesOrder lets the order pass."};

Decision<sales::HoldSalesOrder> ordered_sale_is_held_beyond_credit(const sales::SalesOrderPlaced&,
                                                                   const World&);
Decision<sales::HoldSalesOrder> amended_sale_is_held_beyond_credit(const sales::SalesOrderAmended&,
                                                                   const World&);
Decision<> delivered_sale_is_within_credit(const sales::SaleDelivered&, const World&);

// All that a counterparty, with those that it stands for, is exposed with by currency, under all
// contracts or under one.
std::vector<Money> credit_exposure_of(const World&, const CompanyCode&,
                                      const parties::CounterpartyCode&,
                                      const std::optional<contracts::ContractCode>& contract = {});

}  // namespace kontor::flow
