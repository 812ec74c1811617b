// The accounts that open items lie on and that their settlement is posted to, by company.
#pragma once

#include "domain/ledger/accounts.h"
#include "domain/ledger/dimensions.h"
#include "domain/ledger/journals.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace kontor::settlement {

inline constexpr Reason settlement_account_unfit{
    Refusal::invalid, "settlement_account_unfit",
    "Items lie on accounts of assets or liabilities that require no dimension beside that of the "
    "counterparty; advances lie on other ones than receivables and payables, as they keep their "
    "rate (IFRIC 22.8)."};
inline constexpr Reason settlement_account_in_use{
    Refusal::conflict, "settlement_account_in_use",
    "The account has a balance that no open item explains. Bring it to zero, for instance against "
    "the opening account, and open its items."};
inline constexpr Reason counterparty_dimension_listed{
    Refusal::conflict, "counterparty_dimension_listed",
    "The dimension `counterparty` takes listed values only; every counterparty must be one of its "
    "values."};
inline constexpr Reason settlement_accounts_unchanged{
    Refusal::conflict, "settlement_accounts_unchanged", "They are set so already."};
inline constexpr Reason settlement_accounts_missing{
    Refusal::conflict, "settlement_accounts_missing",
    "The company has not said where receivables and payables are posted; SetSettlementAccounts "
    "does."};

// Postings on an account of items say whose item it is: so items are equal to it, counterparty by
// counterparty.
inline const ledger::DimensionCode counterparty_dimension{"counterparty"};

struct SettlementAccounts {
    ledger::AccountCode receivable;
    ledger::AccountCode payable;
    ledger::AccountCode customer_advances;
    ledger::AccountCode supplier_advances;
    ledger::AccountCode exchange_gains;
    ledger::AccountCode exchange_losses;
    ledger::AccountCode discounts_given;
    ledger::AccountCode discounts_taken;
    ledger::AccountCode write_offs;
    ledger::AccountCode differences;
    std::vector<ledger::AccountCode> others;

    bool operator==(const SettlementAccounts&) const = default;
    static void describe(auto& record) {
        record.record("SettlementAccounts", "Where items and their settlement are posted.")
            .field("receivable", &SettlementAccounts::receivable, "What customers owe.")
            .field("payable", &SettlementAccounts::payable, "What suppliers are owed.")
            .field("customer_advances", &SettlementAccounts::customer_advances,
                   "What customers paid before anything was due (IFRS 15.106); not monetary.")
            .field("supplier_advances", &SettlementAccounts::supplier_advances,
                   "What suppliers were paid before anything was due; not monetary.")
            .field("exchange_gains", &SettlementAccounts::exchange_gains,
                   "What payments are worth more than they were booked at (IAS 21.28).")
            .field("exchange_losses", &SettlementAccounts::exchange_losses,
                   "What they are worth less; it may be the same.")
            .field("discounts_given", &SettlementAccounts::discounts_given,
                   "What customers take off for paying early.")
            .field("discounts_taken", &SettlementAccounts::discounts_taken,
                   "What the company takes off for paying early.")
            .field("write_offs", &SettlementAccounts::write_offs,
                   "What is no longer expected to be paid.")
            .field("differences", &SettlementAccounts::differences,
                   "What is so little that nobody asks for it.")
            .field("others", &SettlementAccounts::others,
                   "Further accounts that items may lie on, such as claims on authorities.")
            .otherwise_empty()
            .longest(100);
    }
};

struct SettlementJournals {
    ledger::JournalCode receivables;
    ledger::JournalCode payables;
    ledger::JournalCode payments;

    bool operator==(const SettlementJournals&) const = default;
    static void describe(auto& record) {
        record.record("SettlementJournals", "Which journals the entries are in.")
            .field("receivables", &SettlementJournals::receivables, "Items of customers.")
            .field("payables", &SettlementJournals::payables, "Items of suppliers.")
            .field("payments", &SettlementJournals::payments,
                   "Payments, allocations and write-offs.");
    }
};

struct SettlementAccountsSet {
    CompanyCode company;
    SettlementAccounts accounts;
    SettlementJournals journals;
    std::int64_t difference_tolerance = 0;

    bool operator==(const SettlementAccountsSet&) const = default;
    static void describe(auto& event) {
        event
            .record("SettlementAccountsSet",
                    "Items and their settlement are posted on these accounts from now on.")
            .company(&SettlementAccountsSet::company)
            .stream(&SettlementAccountsSet::company)
            .on_recorded_day()
            .field("company", &SettlementAccountsSet::company, "Whose items.")
            .field("accounts", &SettlementAccountsSet::accounts, "The accounts.")
            .field("journals", &SettlementAccountsSet::journals, "The journals.")
            .field("difference_tolerance", &SettlementAccountsSet::difference_tolerance,
                   "Nobody asks for so much, in smallest units of the base currency.");
    }
};

struct SetSettlementAccounts {
    CompanyCode company;
    SettlementAccounts accounts;
    SettlementJournals journals;
    std::int64_t difference_tolerance = 0;

    static void describe(auto& command) {
        command
            .record("SetSettlementAccounts",
                    "Says where receivables, payables, advances and their settlement are posted. "
                    "Accounts that items lie on require the dimension `counterparty` from then "
                    "on, and flows alone post on them. Items stay on the accounts that they were "
                    "opened on.")
            .company(&SetSettlementAccounts::company)
            .stream(&SetSettlementAccounts::company)
            .example(R"({"company": "DEMO", "accounts": {"receivable": "1110", "payable": "2010",
                "customer_advances": "2110", "supplier_advances": "1120", "exchange_gains": "4910",
                "exchange_losses": "5800", "discounts_given": "4090", "discounts_taken": "4900",
                "write_offs": "5700", "differences": "5900"}, "journals": {"receivables": "SAL",
                "payables": "PUR", "payments": "BNK"}, "difference_tolerance": 100})")
            .field("company", &SetSettlementAccounts::company, "Whose items.")
            .field("accounts", &SetSettlementAccounts::accounts, "Accounts of the company.")
            .field("journals", &SetSettlementAccounts::journals, "Journals of the company.")
            .field("difference_tolerance", &SetSettlementAccounts::difference_tolerance,
                   "So much of an item, in smallest units of the base currency, may be left to "
                   "`differences` where an allocation `closes` it.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(1'000'000)
            .refuses(companies::company_unknown, ledger::journal_unknown, ledger::account_unknown,
                     ledger::account_is_summary, settlement_account_unfit,
                     settlement_account_in_use, ledger::account_is_control,
                     counterparty_dimension_listed, settlement_accounts_unchanged);
    }
};

struct SettlementRules {
    SettlementAccounts accounts;
    SettlementJournals journals;
    std::int64_t difference_tolerance = 0;
    std::vector<ledger::AccountCode> controls;

    static void describe(auto& record) {
        record.record("SettlementRules", "How a company's items are posted.")
            .field("accounts", &SettlementRules::accounts, "On which accounts.")
            .field("journals", &SettlementRules::journals, "In which journals.")
            .field("difference_tolerance", &SettlementRules::difference_tolerance,
                   "What nobody asks for.")
            .field("controls", &SettlementRules::controls,
                   "All accounts that items lie on or lay on, sorted.");
    }
    bool has_control(const ledger::AccountCode&) const;
};
using SettlementRulesTable = Table<CompanyCode, SettlementRules>;

// Whether anything is left of what is posted on an account in all of its years.
bool has_balance(const World&, const CompanyCode&, const ledger::AccountCode&);

// The accounts that items lie on, sorted.
std::vector<ledger::AccountCode> controls_of(const SettlementAccounts&);

Decision<SettlementAccountsSet> decide(const World&, const SetSettlementAccounts&, const Context&);
void evolve(SettlementRulesTable&, const SettlementAccountsSet&);

Part settlement_accounts();

}  // namespace kontor::settlement
