// The aggregates of the contracts context.
#include "domain/contracts/contracts.h"

#include "domain/contracts/agreements.h"
#include "domain/contracts/contract_defaults.h"
#include "domain/contracts/contract_uses.h"
#include "domain/contracts/credit_limits.h"
#include "domain/contracts/payment_terms.h"

namespace kontor::contracts {

BusinessContext contracts() {
    BusinessContext context{"contracts", "Payment terms, and what was agreed with whom.", {}};
    context.parts.push_back(payment_terms());
    context.parts.push_back(agreements());
    context.parts.push_back(contract_defaults());
    context.parts.push_back(contract_uses());
    context.parts.push_back(credit_limits());
    return context;
}

}  // namespace kontor::contracts
