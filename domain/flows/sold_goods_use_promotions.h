// What promotions give on a sale counts against their limits, as the order stands.
#pragma once

#include "domain/sales/sales_orders.h"

namespace kontor::flow {

Decision<pricing::UsePromotion> sold_goods_use_promotions(const sales::SalesOrderPlaced&,
                                                          const World&);
Decision<pricing::UsePromotion, pricing::TakeBackPromotion> amended_sale_uses_promotions(
    const sales::SalesOrderAmended&, const World&);
// Lines of which nothing was delivered are cancelled: others may use what they had.
Decision<pricing::UsePromotion, pricing::TakeBackPromotion> closed_sale_uses_promotions(
    const sales::SalesLinesClosed&, const World&);
Decision<pricing::UsePromotion, pricing::TakeBackPromotion> reopened_sale_uses_promotions(
    const sales::SalesLinesReopened&, const World&);

}  // namespace kontor::flow
