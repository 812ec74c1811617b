// What promotions give on a priced document.
#pragma once

#include "domain/pricing/prices.h"

namespace kontor::pricing {

// A line on its way: what promotions may look at.
struct PromotableLine {
    items::ItemCode item;
    PricedItem facts;
    std::int64_t base_micro = 0;  // its quantity in the base unit
    bool closed = false;          // a last discount: nothing more is taken off
    PricedLine* line = nullptr;
};

// Takes what promotions give off the lines, and lists what each gave. Promotions are given in their
// order; a line takes a second one only if all that it takes combine.
std::vector<PromotionGiven> give_promotions(const PriceBook&, const PriceQuestion&,
                                            std::vector<PromotableLine>&);

}  // namespace kontor::pricing
