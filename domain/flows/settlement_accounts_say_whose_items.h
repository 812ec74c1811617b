// An account of open items requires the counterparty with each posting and takes none by hand: so
// it can be equal to the items, counterparty by counterparty. So can that of a till.
#pragma once

#include "domain/settlement/settlement_accounts.h"
#include "domain/settlement/tills.h"

namespace kontor::flow {

Decision<ledger::DefineDimension, ledger::RequireDimensions, ledger::ChangeAccountUse>
settlement_accounts_say_whose_items(const settlement::SettlementAccountsSet&, const World&);
Decision<ledger::ChangeAccountUse> opened_till_keeps_its_account(const settlement::TillOpened&,
                                                                 const World&);

}  // namespace kontor::flow
