// What comes of an order enters stock at its cost, or is borne by the account of a service, in the
// same commit; what goes back leaves it.
#pragma once

#include "domain/inventory/returns.h"
#include "domain/ledger/entries.h"
#include "domain/purchasing/supplier_returns.h"

namespace kontor::flow {

inline constexpr Reason stock_of_purchase{
    Refusal::conflict, "stock_of_purchase",
    "The document is a receipt of an order, or a return to its supplier: it changes with those, so "
    "that what is owed for it stays right."};

Decision<inventory::ReceiveStock, ledger::PostEntry> received_goods_enter_stock(
    const purchasing::PurchaseReceived&, const World&);
Decision<inventory::ReverseStockDocument, ledger::ReverseEntry> reversed_receipt_leaves_stock(
    const purchasing::PurchaseReceiptReversed&, const World&);
Decision<inventory::SendBackStock, ledger::PostEntry> returned_goods_leave_stock(
    const purchasing::PurchaseReturned&, const World&);
// Vetoes: what purchasing has said of stock is not put right behind its back.
Decision<> stock_of_purchases_is_corrected_there(const inventory::StockLineCorrected&,
                                                 const World&);
Decision<> stock_of_purchases_is_reversed_there(const inventory::StockDocumentReversed&,
                                                const World&);

}  // namespace kontor::flow
