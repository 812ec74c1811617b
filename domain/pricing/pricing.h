// Pricing: price lists, discounts and promotions, and what lines cost by them.
#pragma once

#include "domain/core/catalog.h"

namespace kontor::pricing {

BusinessContext pricing();

}  // namespace kontor::pricing
