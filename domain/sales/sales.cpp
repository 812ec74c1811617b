// The list of aggregates of sales.
#include "domain/sales/sales.h"

#include "domain/sales/deliveries.h"
#include "domain/sales/sales_invoices.h"
#include "domain/sales/sales_returns.h"

namespace kontor::sales {

BusinessContext sales() {
    return {"sales",
            "Sales: orders, what is delivered, what is earned by it and what is invoiced.",
            {sales_accounts(), sales_policy(), sales_orders(), sale_deliveries(), sale_returns(),
             sales_invoices()}};
}

}  // namespace kontor::sales
