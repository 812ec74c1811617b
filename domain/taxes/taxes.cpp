// The aggregates of the taxes context.
#include "domain/taxes/taxes.h"

#include "domain/taxes/tax_codes.h"
#include "domain/taxes/tax_groups.h"
#include "domain/taxes/tax_rates.h"

namespace kontor::taxes {

BusinessContext taxes() {
    BusinessContext context{"taxes", "Rates, taxes, and what documents are taxed.", {}};
    context.parts.push_back(tax_rates());
    context.parts.push_back(tax_codes());
    context.parts.push_back(tax_groups());
    return context;
}

}  // namespace kontor::taxes
