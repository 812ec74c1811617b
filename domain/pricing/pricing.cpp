// The aggregates of the pricing context.
#include "domain/pricing/pricing.h"

#include "domain/pricing/discounts.h"
#include "domain/pricing/price_assignments.h"
#include "domain/pricing/price_lists.h"
#include "domain/pricing/promotions.h"

namespace kontor::pricing {

BusinessContext pricing() {
    BusinessContext context{"pricing", "Price lists, discounts and promotions.", {}};
    context.parts.push_back(price_lists());
    context.parts.push_back(price_assignments());
    context.parts.push_back(discounts());
    context.parts.push_back(promotions());
    return context;
}

}  // namespace kontor::pricing
