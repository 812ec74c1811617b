// Accounts of the result that are closed to another account of the result before retained earnings
// take it: order 94n brings 90.1 and 90.2 against 90.9, and 90.9 against 99.
//
// Where an account goes in the end follows from one to the next, so a chain has no length of its
// own; it never comes back to where it began.
#pragma once

#include "domain/ledger/entries.h"

#include <optional>

namespace kontor::ledger {

inline constexpr Reason account_not_of_result{
    Refusal::invalid, "account_not_of_result",
    "Only accounts of income or expense are closed, and first to accounts of income or expense."};
inline constexpr Reason closing_comes_back{
    Refusal::invalid, "closing_comes_back",
    "What that account takes would come back to this one, and so never to retained earnings."};

struct ClosingAccountSet {
    CompanyCode company;
    AccountCode account;
    std::optional<AccountCode> closes_to = std::nullopt;

    bool operator==(const ClosingAccountSet&) const = default;
    static void describe(auto& event) {
        event
            .record("ClosingAccountSet",
                    "It is decided which account takes what an account has when a year is closed.")
            .company(&ClosingAccountSet::company)
            .stream(&ClosingAccountSet::account)
            .on_recorded_day()
            .field("company", &ClosingAccountSet::company, "Whose books.")
            .field("account", &ClosingAccountSet::account, "The account that is closed.")
            .field("closes_to", &ClosingAccountSet::closes_to,
                   "The account that takes it first; absent: retained earnings at once.");
    }
};

struct SetClosingAccount {
    CompanyCode company;
    AccountCode account;
    std::optional<AccountCode> closes_to = std::nullopt;

    static void describe(auto& command) {
        command
            .record("SetClosingAccount",
                    "Says that CloseFiscalYear carries an account of income or expense to another "
                    "such account first, and with what is there on from that one. It is of the "
                    "account alone and not of those below it. Years that are closed stay so.")
            .company(&SetClosingAccount::company)
            .stream(&SetClosingAccount::account)
            .example(R"({"company": "DEMO", "account": "4090", "closes_to": "4000"})")
            .field("company", &SetClosingAccount::company, "Whose books.")
            .field("account", &SetClosingAccount::account,
                   "An account of income or expense that is no heading.")
            .field("closes_to", &SetClosingAccount::closes_to,
                   "Another one, which takes postings in the base currency and without "
                   "dimensions. Absent: retained earnings, as it is where nothing was ever set.")
            .refuses(account_unknown, account_is_summary, account_not_of_result, account_is_control,
                     account_currency_differs, dimension_missing, closing_comes_back);
    }
};

struct ClosingAccount {
    AccountCode closes_to;

    static void describe(auto& record) {
        record.record("ClosingAccount", "Where an account goes when a year is closed.")
            .field("closes_to", &ClosingAccount::closes_to, "The account that takes it first.");
    }
};
using ClosingAccounts = Table<AccountKey, ClosingAccount>;

// The account that takes an account's result first; null: retained earnings do.
const AccountCode* closes_to(const World&, const CompanyCode&, const AccountCode&);
// How many accounts take an account's result one after the other before retained earnings do.
int closing_depth(const World&, const CompanyCode&, const AccountCode&);

Decision<ClosingAccountSet> decide(const World&, const SetClosingAccount&, const Context&);
void evolve(ClosingAccounts&, const ClosingAccountSet&);

Part closing_accounts();

}  // namespace kontor::ledger
