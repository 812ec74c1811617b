// The aggregates of the contracts context.
#include "domain/contracts/contracts.h"

#include "domain/contracts/payment_terms.h"

namespace kontor::contracts {

BusinessContext contracts() {
    BusinessContext context{"contracts", "Payment terms, and what was agreed with whom.", {}};
    context.parts.push_back(payment_terms());
    return context;
}

}  // namespace kontor::contracts
