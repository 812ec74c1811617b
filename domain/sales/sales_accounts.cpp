// How the accounts of sales are set, and found through the tree of categories.
#include "domain/sales/sales_accounts.h"

#include "domain/core/catalog.h"
#include "domain/items/by_category.h"

namespace kontor::sales {

namespace {

Objection fault_of(const World& world, const CompanyCode& company, const ledger::AccountCode& code,
                   ledger::AccountKind kind) {
    if (Objection fault = inventory::fault_of_account(world, company, code)) return fault;
    const ledger::Account& account = *world.of<ledger::Accounts>().find({company, code});
    if (account.kind != kind || !account.required_dimensions.empty())
        return sales_account_unfit.about(code);
    return {};
}

}  // namespace

const SalesPosting* sales_posting_of(const World& world, const CompanyCode& company,
                                     const items::ItemCode& item, Date day) {
    return items::found_by_category(world, company, item, day, [&](const auto& category) {
        return world.of<SalesPostings>().find({company, category});
    });
}

Decision<SalesAccountsSet> decide(const World& world, const SetSalesAccounts& set, const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    if (set.category && !world.of<items::ItemCategories>().find({set.company, *set.category}))
        return items::item_category_unknown.about(*set.category);
    if (!world.of<ledger::Journals>().find({set.company, set.journal}))
        return ledger::journal_unknown.about(set.journal);
    using enum ledger::AccountKind;
    if (Objection fault = fault_of(world, set.company, set.accounts.revenue, income)) return fault;
    if (Objection fault = fault_of(world, set.company, set.accounts.unbilled, asset)) return fault;
    if (Objection fault = fault_of(world, set.company, set.accounts.contract_liability, liability))
        return fault;
    for (std::size_t at = 0; at < set.taxes.size(); ++at)
        if (!world.of<taxes::Taxes>().find({set.company, set.taxes[at]}) &&
            !world.of<taxes::TaxGroups>().find({set.company, set.taxes[at]}))
            return taxes::tax_unknown.about(set.taxes[at]).at("taxes", at);
    const SalesPosting* was = world.of<SalesPostings>().find({set.company, set.category});
    if (was && *was == SalesPosting{set.accounts, set.journal, set.taxes})
        return sales_accounts_unchanged;
    return SalesAccountsSet{set.company, set.category, set.accounts, set.journal, set.taxes};
}

void evolve(SalesPostings& postings, const SalesAccountsSet& set) {
    postings.put({set.company, set.category}, {set.accounts, set.journal, set.taxes});
}

Part sales_accounts() {
    return Part()
        .table<SalesPostings>("sales.sales_postings")
        .commands<SetSalesAccounts>()
        .event<SalesAccountsSet, SalesPostings>();
}

}  // namespace kontor::sales
