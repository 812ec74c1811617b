// How the accounts of stock are set, and found through the tree of categories.
#include "domain/inventory/stock_accounts.h"

#include "domain/core/catalog.h"
#include "domain/items/by_category.h"

namespace kontor::inventory {

namespace {

// Why an account is none for stock.
Objection fault_of_stock(const World& world, const CompanyCode& company,
                         const ledger::AccountCode& code) {
    const ledger::Account* account = world.of<ledger::Accounts>().find({company, code});
    if (account->kind != ledger::AccountKind::asset) return stock_account_unfit.about(code);
    for (const ledger::DimensionCode& required : account->required_dimensions)
        if (required != item_dimension) return stock_account_unfit.about(code, required);
    const auto* dimension = world.of<ledger::Dimensions>().find({company, item_dimension});
    if (dimension && dimension->values == ledger::ValueRule::listed)
        return item_dimension_listed.about(item_dimension);
    return {};
}

}  // namespace

Objection fault_of_account(const World& world, const CompanyCode& company,
                           const ledger::AccountCode& code) {
    const ledger::Account* account = world.of<ledger::Accounts>().find({company, code});
    if (!account) return ledger::account_unknown.about(code);
    if (account->summary) return ledger::account_is_summary.about(code);
    return {};
}

const StockPosting* stock_posting_of(const World& world, const CompanyCode& company,
                                     const items::ItemCode& item, Date day) {
    return items::found_by_category(world, company, item, day, [&](const auto& category) {
        return world.of<StockPostings>().find({company, category});
    });
}

Decision<StockAccountsSet> decide(const World& world, const SetStockAccounts& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (set.category && !world.of<items::ItemCategories>().find({set.company, *set.category}))
        return items::item_category_unknown.about(*set.category);
    if (!world.of<ledger::Journals>().find({set.company, set.journal}))
        return ledger::journal_unknown.about(set.journal);
    const StockAccounts& accounts = set.accounts;
    for (const auto* account : {&accounts.stock, &accounts.received, &accounts.cost_of_sales,
                                &accounts.variance, &accounts.revaluation, &accounts.difference})
        if (Objection fault = fault_of_account(world, set.company, *account)) return fault;
    if (Objection fault = fault_of_stock(world, set.company, accounts.stock)) return fault;
    const StockPosting* was = world.of<StockPostings>().find({set.company, set.category});
    if (was && *was == StockPosting{accounts, set.journal}) return stock_accounts_unchanged;
    return StockAccountsSet{set.company, set.category, accounts, set.journal};
}

void evolve(StockPostings& postings, const StockAccountsSet& set) {
    postings.put({set.company, set.category}, {set.accounts, set.journal});
}

Part stock_accounts() {
    return Part()
        .table<StockPostings>("inventory.stock_postings")
        .commands<SetStockAccounts>()
        .event<StockAccountsSet, StockPostings>();
}

}  // namespace kontor::inventory
