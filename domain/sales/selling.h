// How lines that are asked for become lines that are sold: what they leave out, and why they
// cannot.
#pragma once

#include "domain/sales/sales_orders.h"

#include <optional>
#include <vector>

namespace kontor::sales {

// What lines take from their order.
struct SaleHead {
    CompanyCode company;
    parties::PartyCode customer;
    contracts::ContractCode contract;
    Currency currency;
    Date date;
    Date due;
    std::optional<inventory::WarehouseCode> warehouse;
};

// Why a line cannot be sold, the first of refuses_as_sales_line up to sales_accounts_missing; none
// when it can, and then the line, its taxes yet to be computed.
Objection find_sold_line(const World&, const SaleHead&, const SalesLine&, SoldLine&);
// Why a line of an order cannot become another one, from sales_line_begun on; none when it can.
Objection find_amended_line(const World&, const SaleHead&, const SalesLineState& was,
                            const AmendedSalesLine&, SoldLine&);

// What all lines come to.
struct SaleTotals {
    Money net;
    Money gross;
};
// Computes the taxes of the lines of an order together and fills each line's net and gross amount.
// Why it cannot, with the line: tax_unknown and what follows it, or sales_too_large.
Objection find_totals(const World&, const CompanyCode&, Currency, Date, std::vector<SoldLine>&,
                      SaleTotals&);

// Quantity x price less the discount, rounded half up once; empty above any amount.
std::optional<Money> discounted(const Quantity&, const UnitPrice&, Percent discount);

}  // namespace kontor::sales
