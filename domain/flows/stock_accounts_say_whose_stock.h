// An account of stock requires the item with each posting, and takes none by hand: so it can be
// equal to stock item by item.
#pragma once

#include "domain/inventory/stock_accounts.h"

namespace kontor::flow {

Decision<ledger::DefineDimension, ledger::RequireDimensions, ledger::ChangeAccountUse>
stock_accounts_say_whose_stock(const inventory::StockAccountsSet&, const World&);

}  // namespace kontor::flow
