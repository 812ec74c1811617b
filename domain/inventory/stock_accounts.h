// The accounts that stock and its costs are posted on, by company and by category of items.
#pragma once

#include "domain/items/categories.h"
#include "domain/items/item_records.h"
#include "domain/ledger/accounts.h"
#include "domain/ledger/dimensions.h"
#include "domain/ledger/journals.h"

#include <optional>

namespace kontor::inventory {

inline constexpr Reason stock_account_unfit{
    Refusal::invalid, "stock_account_unfit",
    "Stock is an asset: the account is of another kind, or it requires dimensions beside that of "
    "the item."};
inline constexpr Reason item_dimension_listed{
    Refusal::conflict, "item_dimension_listed",
    "The dimension `item` takes listed values only; every item must be one of its values."};
inline constexpr Reason stock_accounts_unchanged{Refusal::conflict, "stock_accounts_unchanged",
                                                 "They are set so already."};
inline constexpr Reason stock_accounts_missing{
    Refusal::conflict, "stock_accounts_missing",
    "No accounts are set for the item's category, for one above it, or for the company."};

// Postings of stock say whose stock: so stock is equal to its account item by item.
inline const ledger::DimensionCode item_dimension{"item"};

struct StockAccounts {
    ledger::AccountCode stock;
    ledger::AccountCode received;
    ledger::AccountCode cost_of_sales;
    ledger::AccountCode variance;
    ledger::AccountCode revaluation;
    ledger::AccountCode difference;

    bool operator==(const StockAccounts&) const = default;
    static void describe(auto& record) {
        record.record("StockAccounts", "Where stock and its costs are posted.")
            .field("stock", &StockAccounts::stock, "Stock itself: an asset.")
            .field("received", &StockAccounts::received,
                   "What was received and is not invoiced yet.")
            .field("cost_of_sales", &StockAccounts::cost_of_sales, "What issues cost.")
            .field("variance", &StockAccounts::variance,
                   "What receipts cost beside a standard (purchase price variance).")
            .field("revaluation", &StockAccounts::revaluation,
                   "What a new standard makes of stock.")
            .field("difference", &StockAccounts::difference,
                   "What is counted more or less, and what returns to suppliers take beyond what "
                   "is there.");
    }
};

struct StockAccountsSet {
    CompanyCode company;
    std::optional<items::ItemCategoryCode> category;
    StockAccounts accounts;
    ledger::JournalCode journal;

    bool operator==(const StockAccountsSet&) const = default;
    static void describe(auto& event) {
        event.record("StockAccountsSet", "Stock is posted on these accounts from now on.")
            .company(&StockAccountsSet::company)
            .stream(&StockAccountsSet::company)
            .on_recorded_day()
            .field("company", &StockAccountsSet::company, "Whose stock.")
            .field("category", &StockAccountsSet::category,
                   "Of items of this category and below; absent: of all others.")
            .field("accounts", &StockAccountsSet::accounts, "The accounts.")
            .field("journal", &StockAccountsSet::journal, "The journal of the entries.");
    }
};

struct SetStockAccounts {
    CompanyCode company;
    std::optional<items::ItemCategoryCode> category;
    StockAccounts accounts;
    ledger::JournalCode journal;

    static void describe(auto& command) {
        command
            .record("SetStockAccounts",
                    "Says where stock of a category, or of all others, is posted. What is in "
                    "stock already stays on the accounts that it was received on. Stock accounts "
                    "require the dimension `item` from then on, and flows alone post on them.")
            .company(&SetStockAccounts::company)
            .stream(&SetStockAccounts::company)
            .example(R"({"company": "DEMO", "accounts": {"stock": "1250", "received": "2200",
                "cost_of_sales": "5000", "variance": "5000", "revaluation": "5000",
                "difference": "5000"}, "journal": "GEN"})")
            .field("company", &SetStockAccounts::company, "Whose stock.")
            .field("category", &SetStockAccounts::category,
                   "Only items of this category and below. Absent: all that have none of their "
                   "own.")
            .field("accounts", &SetStockAccounts::accounts, "Accounts of the company.")
            .field("journal", &SetStockAccounts::journal, "The journal of the entries.")
            .refuses(companies::company_unknown, items::item_category_unknown,
                     ledger::journal_unknown, ledger::account_unknown, ledger::account_is_summary,
                     stock_account_unfit, item_dimension_listed, stock_accounts_unchanged);
    }
};

struct StockAccountsKey {
    CompanyCode company;
    std::optional<items::ItemCategoryCode> category;

    auto operator<=>(const StockAccountsKey&) const = default;
    static void describe(auto& key) {
        key.record("StockAccountsKey", "Whose stock is posted.")
            .field("company", &StockAccountsKey::company, "Of which company.")
            .field("category", &StockAccountsKey::category, "Of which category.");
    }
};

struct StockPosting {
    StockAccounts accounts;
    ledger::JournalCode journal;

    bool operator==(const StockPosting&) const = default;
    static void describe(auto& record) {
        record.record("StockPosting", "How stock is posted.")
            .field("accounts", &StockPosting::accounts, "On which accounts.")
            .field("journal", &StockPosting::journal, "In which journal.");
    }
};
using StockPostings = Table<StockAccountsKey, StockPosting>;

// How stock of an item is posted that begins on a day; null where nothing says.
const StockPosting* stock_posting_of(const World&, const CompanyCode&, const items::ItemCode&,
                                     Date);

// Why stock and its costs cannot be posted on an account: account_unknown or account_is_summary.
Objection fault_of_account(const World&, const CompanyCode&, const ledger::AccountCode&);

Decision<StockAccountsSet> decide(const World&, const SetStockAccounts&, const Context&);
void evolve(StockPostings&, const StockAccountsSet&);

Part stock_accounts();

}  // namespace kontor::inventory
