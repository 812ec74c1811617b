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

// Why an account of a kind cannot stand below a heading; none when it can.
Objection fault_of_parent(const Account* parent, const AccountCode& code, AccountKind kind,
                          bool summary) {
    if (!parent) return parent_unknown.about(code);
    if (summary && !parent->summary) return parent_not_summary.about(code);
    if (parent->kind != kind && !parent->any_kind_below)
        return parent_of_other_kind.about(code, parent->kind);
    return {};
}

}  // namespace

std::vector<AccountCode> accounts_where(const World& world, const CompanyCode& company,
                                        bool (*wanted)(const Account&)) {
    std::vector<AccountCode> accounts;
    for (const auto& [key, account] : world.of<Accounts>().from({company, {}})) {
        if (key.company != company) break;
        if (!account.summary && wanted(account)) accounts.push_back(key.account);
    }
    return accounts;
}

Objection fault_of_named(const World& world, const CompanyCode& company, const AccountCode& code) {
    const Account* account = world.of<Accounts>().find({company, code});
    if (!account) return account_unknown.about(code);
    if (account->summary) return account_is_summary.about(code);
    if (account->control) return account_is_control.about(code);
    return {};
}

Decision<AccountOpened> decide(const World& world, const OpenAccount& open, const Context&) {
    if (!world.of<companies::Companies>().find(open.company))
        return companies::company_unknown.about(open.company);
    const Accounts& accounts = world.of<Accounts>();
    if (accounts.find({open.company, open.account})) return account_exists.about(open.account);
    if (open.parent)
        if (const Objection fault = fault_of_parent(accounts.find({open.company, *open.parent}),
                                                    *open.parent, open.kind, open.summary))
            return fault;
    if (!all_defined(world, open.company, open.required_dimensions)) return dimension_unknown;
    return AccountOpened{open.company,
                         open.account,
                         open.name,
                         open.kind,
                         open.normal_side.value_or(normal_side_of(open.kind)),
                         open.parent,
                         open.summary,
                         open.currency,
                         sorted_once(open.required_dimensions),
                         open.any_kind_below,
                         open.control,
                         open.monetary,
                         open.suspense};
}

Decision<AccountMoved> decide(const World& world, const MoveAccount& move, const Context&) {
    const Accounts& accounts = world.of<Accounts>();
    const Account* account = accounts.find({move.company, move.account});
    if (!account) return account_unknown.about(move.account);
    if (move.parent)
        if (const Objection fault = fault_of_parent(accounts.find({move.company, *move.parent}),
                                                    *move.parent, account->kind, account->summary))
            return fault;
    for (std::optional<AccountCode> above = move.parent; above;
         above = accounts.find({move.company, *above})->parent)
        if (*above == move.account) return parent_below_account.about(*move.parent);
    if (account->parent == move.parent) return account_stands_there.about(move.account);
    return AccountMoved{move.company, move.account, move.parent};
}

Decision<AccountUseChanged> decide(const World& world, const ChangeAccountUse& change,
                                   const Context&) {
    const Account* account = world.of<Accounts>().find({change.company, change.account});
    if (!account) return account_unknown.about(change.account);
    const bool control = change.control.value_or(account->control);
    const bool monetary = change.monetary.value_or(account->monetary);
    const bool suspense = change.suspense.value_or(account->suspense);
    if (control == account->control && monetary == account->monetary &&
        suspense == account->suspense)
        return account_use_unchanged.about(change.account);
    return AccountUseChanged{change.company, change.account, control, monetary, suspense};
}

Decision<AccountRenamed> decide(const World& world, const RenameAccount& rename, const Context&) {
    if (!world.of<Accounts>().find({rename.company, rename.account}))
        return account_unknown.about(rename.account);
    return AccountRenamed{rename.company, rename.account, rename.name};
}

Decision<AccountBlocked> decide(const World& world, const BlockAccount& block, const Context&) {
    const Account* account = world.of<Accounts>().find({block.company, block.account});
    if (!account) return account_unknown.about(block.account);
    if (account->blocked) return account_blocked.about(block.account);
    return AccountBlocked{block.company, block.account};
}

Decision<AccountUnblocked> decide(const World& world, const UnblockAccount& unblock,
                                  const Context&) {
    const Account* account = world.of<Accounts>().find({unblock.company, unblock.account});
    if (!account) return account_unknown.about(unblock.account);
    if (!account->blocked) return account_not_blocked.about(unblock.account);
    return AccountUnblocked{unblock.company, unblock.account};
}

Decision<DimensionsRequired> decide(const World& world, const RequireDimensions& require,
                                    const Context&) {
    if (!world.of<Accounts>().find({require.company, require.account}))
        return account_unknown.about(require.account);
    if (!all_defined(world, require.company, require.required_dimensions)) return dimension_unknown;
    return DimensionsRequired{require.company, require.account,
                              sorted_once(require.required_dimensions)};
}

void evolve(Accounts& accounts, const AccountOpened& opened) {
    accounts.put(
        {opened.company, opened.account},
        {opened.kind, opened.summary, false, opened.currency, opened.required_dimensions,
         opened.parent, opened.any_kind_below, opened.control, opened.monetary, opened.suspense});
}

void evolve(Accounts& accounts, const AccountMoved& moved) {
    accounts.change({moved.company, moved.account},
                    [&](Account& account) { account.parent = moved.parent; });
}

void evolve(Accounts& accounts, const AccountUseChanged& changed) {
    accounts.change({changed.company, changed.account}, [&](Account& account) {
        account.control = changed.control;
        account.monetary = changed.monetary;
        account.suspense = changed.suspense;
    });
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
        .commands<OpenAccount, RenameAccount, BlockAccount, UnblockAccount, MoveAccount,
                  ChangeAccountUse, RequireDimensions>()
        .event<AccountOpened, Accounts>()
        .event<AccountRenamed>()
        .event<AccountBlocked, Accounts>()
        .event<AccountUnblocked, Accounts>()
        .event<AccountMoved, Accounts>()
        .event<AccountUseChanged, Accounts>()
        .event<DimensionsRequired, Accounts>();
}

}  // namespace kontor::ledger
