// When an account at a bank can be opened, and what its lines settle by.
#include "domain/settlement/house_banks.h"

#include "domain/companies/companies.h"
#include "domain/core/catalog.h"
#include "domain/core/sorted_once.h"
#include "domain/parties/bic.h"
#include "domain/parties/check_digits.h"
#include "domain/parties/iban.h"

#include <algorithm>

namespace kontor::settlement {

namespace {

// Calls with each house bank of a company until `call` says no.
void each_bank(const World& world, const CompanyCode& company, const auto& call) {
    for (const auto& [key, bank] : world.of<HouseBanks>().from({company, {}})) {
        if (key.company != company || !call(key.bank, bank)) return;
    }
}

Objection fault_of_numbers(const HouseBankOpened& opened) {
    if (opened.iban.empty() && opened.account_number.empty()) return house_bank_number_unclear;
    if (!opened.iban.empty())
        if (const std::string fault = parties::fault_of_iban(opened.iban); !fault.empty())
            return house_bank_malformed.about(fault);
    if (!opened.bic.empty())
        if (const std::string fault = parties::fault_of_bic(opened.bic); !fault.empty())
            return house_bank_malformed.about(fault);
    return {};
}

bool is_fit(const ledger::Account& account, Currency currency) {
    return account.required_dimensions.empty() &&
           (!account.currency || *account.currency == currency);
}

Objection fault_of_accounts(const World& world, const HouseBankOpened& opened) {
    for (const ledger::AccountCode* code : {&opened.account, &opened.suspense}) {
        const auto* account = world.of<ledger::Accounts>().find({opened.company, *code});
        if (!account) return ledger::account_unknown.about(*code);
        if (account->summary) return ledger::account_is_summary.about(*code);
    }
    const SettlementRules& rules = *world.of<SettlementRulesTable>().find(opened.company);
    const auto& account = *world.of<ledger::Accounts>().find({opened.company, opened.account});
    const bool is_balance = account.kind == ledger::AccountKind::asset ||
                            account.kind == ledger::AccountKind::liability;
    if (!is_balance || !is_fit(account, opened.currency) || account.control ||
        rules.has_control(opened.account))
        return house_bank_account_unfit.about(opened.account);
    const auto& suspense = *world.of<ledger::Accounts>().find({opened.company, opened.suspense});
    if (opened.suspense == opened.account || !suspense.suspense || suspense.control ||
        !is_fit(suspense, opened.currency))
        return suspense_account_unfit.about(opened.suspense);
    return {};
}

}  // namespace

bool HouseBank::settles(BankMatch by) const {
    return std::ranges::find(settles_by, by) != settles_by.end();
}

std::optional<HouseBankCode> house_bank_of(const World& world, const CompanyCode& company,
                                           const std::string& number) {
    const std::string compact = parties::compacted(number);
    std::optional<HouseBankCode> found;
    if (compact.empty()) return found;
    each_bank(world, company, [&](const HouseBankCode& code, const HouseBank& bank) {
        if (bank.iban == compact || bank.account_number == compact) found = code;
        return !found;
    });
    return found;
}

Decision<HouseBankOpened> decide(const World& world, const OpenHouseBank& open, const Context&) {
    const auto* company = world.of<companies::Companies>().find(open.company);
    if (!company) return companies::company_unknown.about(open.company);
    if (world.of<HouseBanks>().find({open.company, open.bank}))
        return house_bank_exists.about(open.bank);
    if (!world.of<SettlementRulesTable>().find(open.company)) return settlement_accounts_missing;
    HouseBankOpened opened{open.company,
                           open.bank,
                           open.name,
                           parties::compacted(open.iban),
                           parties::compacted(open.account_number),
                           parties::compacted(open.bic),
                           open.currency.value_or(company->base_currency),
                           open.account,
                           open.suspense,
                           {BankMatch::own_payment, BankMatch::document, BankMatch::open_amount}};
    if (Objection fault = fault_of_numbers(opened)) return fault;
    if (Objection fault = fault_of_accounts(world, opened)) return fault;
    Objection listed;
    each_bank(world, open.company, [&](const HouseBankCode& code, const HouseBank& bank) {
        const bool same_iban = !opened.iban.empty() && bank.iban == opened.iban;
        const bool same_number =
            !opened.account_number.empty() && bank.account_number == opened.account_number;
        if (same_iban || same_number || bank.account == opened.account)
            listed = house_bank_listed.about(code);
        return !listed;
    });
    if (listed) return listed;
    return opened;
}

Decision<BankMatchingSet> decide(const World& world, const SetBankMatching& set, const Context&) {
    const HouseBank* bank = world.of<HouseBanks>().find({set.company, set.bank});
    if (!bank) return house_bank_unknown.about(set.bank);
    const auto settles_by = sorted_once(set.settles_by);
    if (bank->settles_by == settles_by) return bank_matching_unchanged;
    return BankMatchingSet{set.company, set.bank, settles_by};
}

void evolve(HouseBanks& banks, const HouseBankOpened& opened) {
    banks.put({opened.company, opened.bank}, {opened.iban, opened.account_number, opened.currency,
                                              opened.account, opened.suspense, opened.settles_by});
}

void evolve(HouseBanks& banks, const BankMatchingSet& set) {
    HouseBank bank = *banks.find({set.company, set.bank});
    bank.settles_by = set.settles_by;
    banks.put({set.company, set.bank}, bank);
}

Part house_banks() {
    return Part()
        .table<HouseBanks>("settlement.house_banks")
        .commands<OpenHouseBank, SetBankMatching>()
        .event<HouseBankOpened, HouseBanks>()
        .event<BankMatchingSet, HouseBanks>();
}

}  // namespace kontor::settlement
