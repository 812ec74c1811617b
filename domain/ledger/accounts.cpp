// How accounts are opened, renamed, blocked, and made to ask for dimensions.
#include "domain/ledger/accounts.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

bool all_defined(const World& world, const CompanyCode& company,
                 const std::vector<DimensionCode>& codes) {
    return std::ranges::all_of(codes, [&](const DimensionCode& dimension) {
        return world.of<Dimensions>().find({company, dimension}) != nullptr;
    });
}

}  // namespace

Decision<AccountOpened> decide(const World& world, const OpenAccount& open, const Context&) {
    if (!world.of<companies::Companies>().find(open.company)) return companies::company_unknown;
    const Accounts& accounts = world.of<Accounts>();
    if (accounts.find({open.company, open.account})) return account_exists;
    if (open.parent) {
        const Account* parent = accounts.find({open.company, *open.parent});
        if (!parent) return parent_unknown;
        if (!parent->summary) return parent_not_summary;
        if (parent->kind != open.kind) return parent_of_other_kind;
    }
    if (!all_defined(world, open.company, open.required_dimensions)) return dimension_unknown;
    return AccountOpened{open.company,
                         open.account,
                         open.name,
                         open.kind,
                         open.normal_side.value_or(normal_side_of(open.kind)),
                         open.parent,
                         open.summary,
                         open.currency,
                         sorted_once(open.required_dimensions)};
}

Decision<AccountRenamed> decide(const World& world, const RenameAccount& rename, const Context&) {
    if (!world.of<Accounts>().find({rename.company, rename.account})) return account_unknown;
    return AccountRenamed{rename.company, rename.account, rename.name};
}

Decision<AccountBlocked> decide(const World& world, const BlockAccount& block, const Context&) {
    const Account* account = world.of<Accounts>().find({block.company, block.account});
    if (!account) return account_unknown;
    if (account->blocked) return account_blocked;
    return AccountBlocked{block.company, block.account};
}

Decision<AccountUnblocked> decide(const World& world, const UnblockAccount& unblock,
                                  const Context&) {
    const Account* account = world.of<Accounts>().find({unblock.company, unblock.account});
    if (!account) return account_unknown;
    if (!account->blocked) return account_not_blocked;
    return AccountUnblocked{unblock.company, unblock.account};
}

Decision<DimensionsRequired> decide(const World& world, const RequireDimensions& require,
                                    const Context&) {
    if (!world.of<Accounts>().find({require.company, require.account})) return account_unknown;
    if (!all_defined(world, require.company, require.required_dimensions)) return dimension_unknown;
    return DimensionsRequired{require.company, require.account,
                              sorted_once(require.required_dimensions)};
}

void evolve(Accounts& accounts, const AccountOpened& opened) {
    accounts.put({opened.company, opened.account},
                 {opened.kind, opened.summary, false, opened.currency, opened.required_dimensions});
}

void evolve(Accounts& accounts, const AccountBlocked& blocked) {
    accounts.change({blocked.company, blocked.account},
                    [](Account& account) { account.blocked = true; });
}

void evolve(Accounts& accounts, const AccountUnblocked& unblocked) {
    accounts.change({unblocked.company, unblocked.account},
                    [](Account& account) { account.blocked = false; });
}

void evolve(Accounts& accounts, const DimensionsRequired& required) {
    accounts.change({required.company, required.account}, [&](Account& account) {
        account.required_dimensions = required.required_dimensions;
    });
}

Part accounts() {
    return Part()
        .table<Accounts>("ledger.accounts")
        .commands<OpenAccount, RenameAccount, BlockAccount, UnblockAccount, RequireDimensions>()
        .event<AccountOpened, Accounts>()
        .event<AccountRenamed>()
        .event<AccountBlocked, Accounts>()
        .event<AccountUnblocked, Accounts>()
        .event<DimensionsRequired, Accounts>();
}

}  // namespace kontor::ledger
