// The list of contexts: each may read those above it in this list, never those below.
#include "domain/contexts.h"

#include "domain/access/access.h"
#include "domain/companies/companies.h"
#include "domain/contracts/contracts.h"
#include "domain/flows/flows.h"
#include "domain/inventory/inventory.h"
#include "domain/items/items.h"
#include "domain/ledger/ledger.h"
#include "domain/parties/parties.h"
#include "domain/pricing/pricing.h"
#include "domain/purchasing/purchasing.h"
#include "domain/sales/sales.h"
#include "domain/settlement/settlement.h"
#include "domain/taxes/taxes.h"

namespace kontor {

std::vector<BusinessContext> contexts() {
    return {
        access::access(),         companies::companies(), ledger::ledger(),
        parties::parties(),       items::items(),         taxes::taxes(),
        contracts::contracts(),   pricing::pricing(),     inventory::inventory(),
        purchasing::purchasing(), sales::sales(),         settlement::settlement(),
    };
}

std::unique_ptr<Catalog> make_catalog() { return std::make_unique<Catalog>(contexts(), flows()); }

}  // namespace kontor
