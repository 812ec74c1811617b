// Lines of orders, of whatever context: what is expected, promised and delivered by.
#pragma once

#include "domain/core/id.h"

#include <compare>
#include <cstdint>

namespace kontor::inventory {

struct OrderReferenceThing {
    static constexpr Thing thing{"order_reference", {}};
};
using OrderReference = Id<OrderReferenceThing>;

// Stock lies on a floor below purchasing, sales and production, so it knows their orders by
// nothing but this. A line may ask for several items, as a kit does.
struct OrderLineRef {
    OrderReference order;
    std::int64_t line = 0;

    auto operator<=>(const OrderLineRef&) const = default;
    static void describe(auto& record) {
        record.record("OrderLineRef", "A line of an order.")
            .field("order", &OrderLineRef::order, "The order, by its own id.")
            .field("line", &OrderLineRef::line, "Number of the line, from 1.")
            .least(1);
    }
};

}  // namespace kontor::inventory
