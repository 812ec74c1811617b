// Which accounts can be those of open items.
#include "domain/settlement/settlement_accounts.h"

#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/ledger/balances.h"
#include "domain/ledger/calendar.h"

#include <algorithm>
#include <array>
#include <map>

namespace kontor::settlement {

namespace {

std::array<const ledger::AccountCode*, 6> results_of(const SettlementAccounts& accounts) {
    return {&accounts.exchange_gains,  &accounts.exchange_losses, &accounts.discounts_given,
            &accounts.discounts_taken, &accounts.write_offs,      &accounts.differences};
}

Objection fault_of_leaf(const World& world, const CompanyCode& company,
                        const ledger::AccountCode& code) {
    const ledger::Account* account = world.of<ledger::Accounts>().find({company, code});
    if (!account) return ledger::account_unknown.about(code);
    if (account->summary) return ledger::account_is_summary.about(code);
    return {};
}

// Why no items can lie on an account; none when they can.
Objection fault_of_control(const World& world, const SetSettlementAccounts& set,
                           const ledger::AccountCode& code) {
    if (const Objection fault = fault_of_leaf(world, set.company, code)) return fault;
    const ledger::Account* account = world.of<ledger::Accounts>().find({set.company, code});
    using enum ledger::AccountKind;
    if (account->kind != asset && account->kind != liability)
        return settlement_account_unfit.about(code);
    for (const ledger::DimensionCode& required : account->required_dimensions)
        if (required != counterparty_dimension)
            return settlement_account_unfit.about(code, required);
    const SettlementAccounts& accounts = set.accounts;
    const bool advances = code == accounts.customer_advances || code == accounts.supplier_advances;
    if (advances && (code == accounts.receivable || code == accounts.payable))
        return settlement_account_unfit.about(code);
    const SettlementRules* was = world.of<SettlementRulesTable>().find(set.company);
    if (was && was->has_control(code)) return {};
    if (has_balance(world, set.company, code)) return settlement_account_in_use.about(code);
    return {};
}

}  // namespace

bool has_balance(const World& world, const CompanyCode& company,
                 const ledger::AccountCode& account) {
    std::map<ledger::BalanceOf, ledger::BalanceSum> sums;
    const auto& balances = world.of<ledger::PeriodBalances>();
    const ledger::FiscalYears& years = world.of<ledger::FiscalYears>();
    for (const auto& [year_key, year] : years.from({company, first_date})) {
        if (year_key.company != company) break;
        ledger::BalanceKey from{};
        from.company = company;
        from.fiscal_year = year.year;
        from.account = account;
        balances.each_from(from, [&](const ledger::BalanceKey& key,
                                     const ledger::PeriodBalance& balance) {
            if (key.company != company || key.fiscal_year != year.year || key.account != account)
                return false;
            ledger::BalanceSum& sum = sums[{key.account, key.currency, key.book, key.dimensions}];
            sum.base += balance.base;
            sum.amount += balance.amount;
            return true;
        });
    }
    return std::ranges::any_of(
        sums, [](const auto& of) { return of.second.base != 0 || of.second.amount != 0; });
}

bool SettlementRules::has_control(const ledger::AccountCode& code) const {
    return std::ranges::binary_search(controls, code);
}

std::vector<ledger::AccountCode> controls_of(const SettlementAccounts& accounts) {
    std::vector<ledger::AccountCode> controls = accounts.others;
    for (const auto* code : {&accounts.receivable, &accounts.payable, &accounts.customer_advances,
                             &accounts.supplier_advances})
        controls.push_back(*code);
    return sorted_once(std::move(controls));
}

Decision<SettlementAccountsSet> decide(const World& world, const SetSettlementAccounts& set,
                                       const Context&) {
    if (!world.of<companies::Companies>().find(set.company))
        return companies::company_unknown.about(set.company);
    for (const auto* journal :
         {&set.journals.receivables, &set.journals.payables, &set.journals.payments})
        if (!world.of<ledger::Journals>().find({set.company, *journal}))
            return ledger::journal_unknown.about(*journal);
    const auto controls = controls_of(set.accounts);
    for (const ledger::AccountCode& code : controls)
        if (Objection fault = fault_of_control(world, set, code)) return fault;
    for (const ledger::AccountCode* code : results_of(set.accounts)) {
        if (Objection fault = ledger::fault_of_named(world, set.company, *code)) return fault;
        if (std::ranges::binary_search(controls, *code))
            return ledger::account_is_control.about(*code);
    }
    const auto* dimension =
        world.of<ledger::Dimensions>().find({set.company, counterparty_dimension});
    if (dimension && dimension->values == ledger::ValueRule::listed)
        return counterparty_dimension_listed.about(counterparty_dimension);
    const SettlementRules* was = world.of<SettlementRulesTable>().find(set.company);
    if (was && was->accounts == set.accounts && was->journals == set.journals &&
        was->difference_tolerance == set.difference_tolerance)
        return settlement_accounts_unchanged;
    return SettlementAccountsSet{set.company, set.accounts, set.journals, set.difference_tolerance};
}

void evolve(SettlementRulesTable& rules, const SettlementAccountsSet& set) {
    std::vector<ledger::AccountCode> controls = controls_of(set.accounts);
    if (const SettlementRules* was = rules.find(set.company))
        controls.insert(controls.end(), was->controls.begin(), was->controls.end());
    rules.put(set.company, {set.accounts, set.journals, set.difference_tolerance,
                            sorted_once(std::move(controls))});
}

Part settlement_accounts() {
    return Part()
        .table<SettlementRulesTable>("settlement.rules")
        .commands<SetSettlementAccounts>()
        .event<SettlementAccountsSet, SettlementRulesTable>();
}

}  // namespace kontor::settlement
