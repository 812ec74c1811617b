// What an account of stock becomes.
#include "domain/flows/stock_accounts_say_whose_stock.h"

namespace kontor::flow {

Decision<ledger::DefineDimension, ledger::RequireDimensions, ledger::ChangeAccountUse>
stock_accounts_say_whose_stock(const inventory::StockAccountsSet& set, const World& world) {
    const ledger::DimensionCode& item = inventory::item_dimension;
    const ledger::AccountCode& code = set.accounts.stock;
    const ledger::Account& account = *world.of<ledger::Accounts>().find({set.company, code});
    Decision<ledger::DefineDimension, ledger::RequireDimensions, ledger::ChangeAccountUse> changes;
    if (!world.of<ledger::Dimensions>().find({set.company, item}))
        changes.add(ledger::DefineDimension{set.company, item, "Item", ledger::ValueRule::any});
    if (account.required_dimensions.empty())
        changes.add(ledger::RequireDimensions{set.company, code, {item}});
    if (!account.control) {
        ledger::ChangeAccountUse use;
        use.company = set.company;
        use.account = code;
        use.control = true;
        changes.add(use);
    }
    return changes;
}

}  // namespace kontor::flow
