// The accounts that sales are posted on and the taxes that they carry, by company and by category.
#pragma once

#include "domain/inventory/stock_accounts.h"
#include "domain/taxes/tax_groups.h"

#include <optional>
#include <vector>

namespace kontor::sales {

inline constexpr Reason sales_account_unfit{
    Refusal::invalid, "sales_account_unfit",
    "Revenue is income, what is delivered and not invoiced an asset, what is invoiced and not "
    "delivered a liability; the account is of another kind or requires dimensions."};
inline constexpr Reason sales_accounts_unchanged{Refusal::conflict, "sales_accounts_unchanged",
                                                 "They are set so already."};
inline constexpr Reason sales_accounts_missing{
    Refusal::conflict, "sales_accounts_missing",
    "No accounts are set for the item's category, for one above it, or for the company; "
    "SetSalesAccounts does."};

struct SalesAccounts {
    ledger::AccountCode revenue;
    ledger::AccountCode unbilled;
    ledger::AccountCode contract_liability;

    bool operator==(const SalesAccounts&) const = default;
    static void describe(auto& record) {
        record.record("SalesAccounts", "Where sales are posted.")
            .field("revenue", &SalesAccounts::revenue, "What was delivered: income.")
            .field("unbilled", &SalesAccounts::unbilled,
                   "What was delivered and is not invoiced yet: an asset (IFRS 15.107).")
            .field("contract_liability", &SalesAccounts::contract_liability,
                   "What was invoiced and is not delivered yet: a liability (IFRS 15.106).");
    }
};

struct SalesAccountsSet {
    CompanyCode company;
    std::optional<items::ItemCategoryCode> category;
    SalesAccounts accounts;
    ledger::JournalCode journal;
    std::vector<taxes::TaxCode> taxes;

    bool operator==(const SalesAccountsSet&) const = default;
    static void describe(auto& event) {
        event.record("SalesAccountsSet", "Sales are posted on these accounts from now on.")
            .company(&SalesAccountsSet::company)
            .stream(&SalesAccountsSet::company)
            .on_recorded_day()
            .field("company", &SalesAccountsSet::company, "Who sells.")
            .field("category", &SalesAccountsSet::category,
                   "Of items of this category and below; absent: of all others.")
            .field("accounts", &SalesAccountsSet::accounts, "The accounts.")
            .field("journal", &SalesAccountsSet::journal, "The journal of the entries.")
            .field("taxes", &SalesAccountsSet::taxes, "The taxes of lines that name none.");
    }
};

struct SetSalesAccounts {
    CompanyCode company;
    std::optional<items::ItemCategoryCode> category;
    SalesAccounts accounts;
    ledger::JournalCode journal;
    std::vector<taxes::TaxCode> taxes;

    static void describe(auto& command) {
        command
            .record("SetSalesAccounts",
                    "Says where sales of a category, or of all others, are posted, and which taxes "
                    "their lines carry where an order names none. What is ordered already keeps "
                    "the accounts that it was ordered with.")
            .company(&SetSalesAccounts::company)
            .stream(&SetSalesAccounts::company)
            .example(R"({"company": "DEMO", "accounts": {"revenue": "4000", "unbilled": "1130",
                "contract_liability": "2150"}, "journal": "SAL"})")
            .field("company", &SetSalesAccounts::company, "Who sells.")
            .field("category", &SetSalesAccounts::category,
                   "Only items of this category and below. Absent: all that have none of their "
                   "own.")
            .field("accounts", &SetSalesAccounts::accounts, "Accounts of the company.")
            .field("journal", &SetSalesAccounts::journal, "The journal of the entries.")
            .field("taxes", &SetSalesAccounts::taxes,
                   "Taxes, or groups of them, of lines that name none.")
            .otherwise_empty()
            .longest(20)
            .refuses(companies::company_unknown, items::item_category_unknown,
                     ledger::journal_unknown, ledger::account_unknown, ledger::account_is_summary,
                     sales_account_unfit, taxes::tax_unknown, sales_accounts_unchanged);
    }
};

struct SalesAccountsKey {
    CompanyCode company;
    std::optional<items::ItemCategoryCode> category;

    auto operator<=>(const SalesAccountsKey&) const = default;
    static void describe(auto& key) {
        key.record("SalesAccountsKey", "Whose sales are posted.")
            .field("company", &SalesAccountsKey::company, "Of which company.")
            .field("category", &SalesAccountsKey::category, "Of which category.");
    }
};

struct SalesPosting {
    SalesAccounts accounts;
    ledger::JournalCode journal;
    std::vector<taxes::TaxCode> taxes;

    bool operator==(const SalesPosting&) const = default;
    static void describe(auto& record) {
        record.record("SalesPosting", "How sales are posted.")
            .field("accounts", &SalesPosting::accounts, "On which accounts.")
            .field("journal", &SalesPosting::journal, "In which journal.")
            .field("taxes", &SalesPosting::taxes, "The taxes of lines that name none.");
    }
};
using SalesPostings = Table<SalesAccountsKey, SalesPosting>;

// How a sale of an item is posted that is ordered on a day; null where nothing says.
const SalesPosting* sales_posting_of(const World&, const CompanyCode&, const items::ItemCode&,
                                     Date);

Decision<SalesAccountsSet> decide(const World&, const SetSalesAccounts&, const Context&);
void evolve(SalesPostings&, const SalesAccountsSet&);

Part sales_accounts();

}  // namespace kontor::sales
