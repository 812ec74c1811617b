// What accounts of items and of tills become.
#include "domain/flows/settlement_accounts_say_whose_items.h"

namespace kontor::flow {

namespace {

using Uses = Decision<ledger::DefineDimension, ledger::RequireDimensions, ledger::ChangeAccountUse>;

}  // namespace

Uses settlement_accounts_say_whose_items(const settlement::SettlementAccountsSet& set,
                                         const World& world) {
    const ledger::DimensionCode& whose = settlement::counterparty_dimension;
    const settlement::SettlementAccounts& accounts = set.accounts;
    Uses changes;
    if (!world.of<ledger::Dimensions>().find({set.company, whose}))
        changes.add(
            ledger::DefineDimension{set.company, whose, "Counterparty", ledger::ValueRule::any});
    for (const ledger::AccountCode& code : settlement::controls_of(accounts)) {
        const ledger::Account& account = *world.of<ledger::Accounts>().find({set.company, code});
        if (account.required_dimensions.empty())
            changes.add(ledger::RequireDimensions{set.company, code, {whose}});
        // Advances are no claims to money, and keep their rate (IFRIC 22.8).
        const bool monetary =
            code != accounts.customer_advances && code != accounts.supplier_advances;
        if (account.control && account.monetary == monetary) continue;
        ledger::ChangeAccountUse use;
        use.company = set.company;
        use.account = code;
        use.control = true;
        use.monetary = monetary;
        changes.add(use);
    }
    return changes;
}

Decision<ledger::ChangeAccountUse> opened_till_keeps_its_account(
    const settlement::TillOpened& opened, const World& world) {
    const ledger::Account& account =
        *world.of<ledger::Accounts>().find({opened.company, opened.account});
    if (account.control && account.monetary) return {};
    ledger::ChangeAccountUse use;
    use.company = opened.company;
    use.account = opened.account;
    use.control = true;
    use.monetary = true;
    return use;
}

}  // namespace kontor::flow
