// How a line that is asked for becomes one that is ordered: what it leaves out, and why it cannot.
#pragma once

#include "domain/purchasing/purchase_orders.h"

#include <optional>

namespace kontor::purchasing {

// What lines take from their order.
struct OrderHead {
    CompanyCode company;
    parties::PartyCode supplier;
    Date date;
    Date due;
    std::optional<inventory::WarehouseCode> warehouse;
    std::vector<taxes::TaxCode> taxes;
    std::optional<contracts::ContractCode> contract;
    std::optional<Currency> currency;  // absent until the first line has one
    Date today;                        // on which quotations must hold
};

// Why a line cannot be ordered, the first of refuses_as_purchase_line; none when it can, and then
// the line, and the currency of the order.
Objection find_ordered_line(const World&, OrderHead&, const PurchaseLine&, OrderedLine&);
// Why a line of an order cannot become another one, from purchase_item_kept on; none when it can.
Objection find_amended_line(const World&, const OrderHead&, const AmendedLine&, OrderedLine&);
// Why deliveries are none of a line: deliveries_differ or delivery_before_order.
Objection fault_of_deliveries(const std::vector<ScheduledDelivery>&, const Quantity& of,
                              Date since);

// What a line calls off by its agreement, or gives back.
CallOff call_off_of(const OrderedLine&, int sign);

}  // namespace kontor::purchasing
