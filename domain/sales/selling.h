// How lines that are asked for become lines that are sold: what they leave out, and why they
// cannot.
#pragma once

#include "domain/sales/sales_orders.h"

#include <cstddef>
#include <optional>
#include <span>
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

// A line that is asked for: where in the command it stands, and its number in the order.
struct AskedLine {
    std::size_t at = 0;
    std::int64_t number = 1;
    const SalesLine* line = nullptr;
};
// The promotions that a customer names, and the sale that uses them.
struct SaleOffer {
    std::vector<pricing::PromotionCode> promotions;
    pricing::UsingDocumentId document;
};
// Adds the lines that are sold, their taxes yet to be computed. Those without a price are priced
// together, as promotions look at all of them. Why it cannot, with the line: the first of
// refuses_as_sales_line up to sales_accounts_missing.
Objection find_sold_lines(const World&, const SaleHead&, const SaleOffer&,
                          std::span<const AskedLine>, std::vector<SoldLine>&);
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
std::optional<Money> discounted(const items::ExactQuantity&, const UnitPrice&, Percent discount);

}  // namespace kontor::sales
