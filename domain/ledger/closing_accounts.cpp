// How the accounts that take a result one after the other are set and followed.
#include "domain/ledger/closing_accounts.h"

#include "domain/core/catalog.h"

namespace kontor::ledger {

namespace {

// Why an account has no result that could be closed.
Objection fault_of_result(const Account* account, const AccountCode& code) {
    if (!account) return account_unknown.about(code);
    if (account->summary) return account_is_summary.about(code);
    if (!is_income_or_expense(account->kind)) return account_not_of_result.about(code);
    return {};
}

// Why no close could post on an account. A block may be lifted before there is one, so it is looked
// at then.
Objection fault_of_target(const World& world, const CompanyCode& company, const AccountCode& code) {
    const Account* account = world.of<Accounts>().find({company, code});
    if (const Objection fault = fault_of_result(account, code)) return fault;
    if (account->control) return account_is_control.about(code);
    const auto* base = world.of<companies::Companies>().find(company);
    if (account->currency && *account->currency != base->base_currency)
        return account_currency_differs.about(code, *account->currency);
    if (!account->required_dimensions.empty())
        return dimension_missing.about(code, account->required_dimensions.front());
    return {};
}

}  // namespace

const AccountCode* closes_to(const World& world, const CompanyCode& company,
                             const AccountCode& account) {
    const ClosingAccount* set = world.of<ClosingAccounts>().find({company, account});
    return set ? &set->closes_to : nullptr;
}

int closing_depth(const World& world, const CompanyCode& company, const AccountCode& account) {
    int depth = 0;
    for (const AccountCode* at = closes_to(world, company, account); at;
         at = closes_to(world, company, *at))
        ++depth;
    return depth;
}

Decision<ClosingAccountSet> decide(const World& world, const SetClosingAccount& set,
                                   const Context&) {
    const Account* account = world.of<Accounts>().find({set.company, set.account});
    if (const Objection fault = fault_of_result(account, set.account)) return fault;
    if (set.closes_to)
        if (const Objection fault = fault_of_target(world, set.company, *set.closes_to))
            return fault;
    for (const AccountCode* at = set.closes_to ? &*set.closes_to : nullptr; at;
         at = closes_to(world, set.company, *at))
        if (*at == set.account) return closing_comes_back.about(set.account);
    return ClosingAccountSet{set.company, set.account, set.closes_to};
}

void evolve(ClosingAccounts& accounts, const ClosingAccountSet& set) {
    const AccountKey key{set.company, set.account};
    if (set.closes_to)
        accounts.put(key, {*set.closes_to});
    else
        accounts.erase(key);
}

Part closing_accounts() {
    return Part()
        .table<ClosingAccounts>("ledger.closing_accounts")
        .commands<SetClosingAccount>()
        .event<ClosingAccountSet, ClosingAccounts>();
}

}  // namespace kontor::ledger
