// A contract names no price list that is not there, or of another currency or use: pricing is a
// floor above contracts, so a contract cannot look itself.
#pragma once

#include "domain/contracts/agreements.h"
#include "domain/pricing/price_lists.h"

namespace kontor::flow {

Decision<> made_contract_names_a_price_list_that_fits(const contracts::ContractMade&, const World&);
Decision<> amended_contract_names_a_price_list_that_fits(const contracts::ContractAmended&,
                                                         const World&);

}  // namespace kontor::flow
