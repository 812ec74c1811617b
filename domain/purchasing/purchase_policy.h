// What a company has decided about its purchasing: how orders are numbered, what may differ from
// them, and where what is received is posted.
#pragma once

#include "domain/access/roles.h"
#include "domain/companies/companies.h"
#include "domain/ledger/accounts.h"
#include "domain/ledger/journals.h"

#include <optional>
#include <string>

namespace kontor::purchasing {

inline constexpr Reason purchase_policy_unchanged{
    Refusal::invalid, "purchase_policy_unchanged",
    "The command names nothing that is to be another way."};
inline constexpr Reason tolerance_currency_differs{
    Refusal::invalid, "tolerance_currency_differs",
    "The amount of a tolerance is in the company's base currency."};
inline constexpr Reason purchase_accounts_unchanged{
    Refusal::conflict, "purchase_accounts_unchanged", "They are set so already."};
inline constexpr Reason purchase_accounts_missing{
    Refusal::conflict, "purchase_accounts_missing",
    "The company has not said where purchases are posted; SetPurchaseAccounts does."};

// How far an invoice may lie off its order. Where both are said, the lower binds.
struct MatchTolerance {
    std::optional<Percent> percent;
    std::optional<Money> amount;

    bool operator==(const MatchTolerance&) const = default;
    static void describe(auto& record) {
        record
            .record("MatchTolerance",
                    "How far an invoice may lie off its order, of a line. Where both are said, the "
                    "lower binds; where neither is, there is no limit.")
            .field("percent", &MatchTolerance::percent,
                   "Of what it should be by the order. Absent: no such limit.")
            .least(0)
            .field("amount", &MatchTolerance::amount, "In base currency. Absent: no such limit.")
            .least(0);
    }
};

// An option has a value from the beginning: nothing may be dearer or more, and orders have no
// numbers of their own.
struct PurchasePolicy {
    std::optional<std::string> order_numbers;
    MatchTolerance dearer{Percent{}, std::nullopt};
    MatchTolerance cheaper;
    MatchTolerance more{Percent{}, std::nullopt};
    Percent over_receipt;
    Percent under_receipt;
    std::optional<access::RoleCode> releases;

    bool operator==(const PurchasePolicy&) const = default;
    static void describe(auto& record) {
        record.record("PurchasePolicy", "How a company buys.")
            .field("order_numbers", &PurchasePolicy::order_numbers,
                   "What numbers of orders begin with; absent: they have none.")
            .field("dearer", &PurchasePolicy::dearer, "How far prices may lie above the order's.")
            .field("cheaper", &PurchasePolicy::cheaper, "How far below.")
            .field("more", &PurchasePolicy::more,
                   "How far quantities may lie above what was accepted.")
            .field("over_receipt", &PurchasePolicy::over_receipt,
                   "So much more than ordered is received.")
            .field("under_receipt", &PurchasePolicy::under_receipt,
                   "So much less than ordered is all.")
            .field("releases", &PurchasePolicy::releases,
                   "The role that releases blocked invoices.");
    }
};

struct PurchasePolicySet {
    CompanyCode company;
    PurchasePolicy policy;

    bool operator==(const PurchasePolicySet&) const = default;
    static void describe(auto& event) {
        event.record("PurchasePolicySet", "The company buys by these rules from now on.")
            .company(&PurchasePolicySet::company)
            .stream(&PurchasePolicySet::company)
            .on_recorded_day()
            .field("company", &PurchasePolicySet::company, "Who buys.")
            .field("policy", &PurchasePolicySet::policy, "All of them, those from before too.");
    }
};

struct SetPurchasePolicy {
    CompanyCode company;
    std::optional<std::string> order_numbers;
    bool without_numbers = false;
    std::optional<MatchTolerance> dearer;
    std::optional<MatchTolerance> cheaper;
    std::optional<MatchTolerance> more;
    std::optional<Percent> over_receipt;
    std::optional<Percent> under_receipt;
    std::optional<access::RoleCode> releases;

    static void describe(auto& command) {
        command
            .record("SetPurchasePolicy",
                    "Decides how the company buys from now on. What the command does not name "
                    "stays as it was.")
            .company(&SetPurchasePolicy::company)
            .stream(&SetPurchasePolicy::company)
            .example(R"({"company": "DEMO", "order_numbers": "PO-2026-", "dearer": {"percent":
                "2", "amount": {"amount": "50.00", "currency": "EUR"}}, "over_receipt": "5",
                "releases": "administrator"})")
            .field("company", &SetPurchasePolicy::company, "Who buys.")
            .field("order_numbers", &SetPurchasePolicy::order_numbers,
                   "What numbers of orders begin with, such as \"PO-2026-\". Orders are then "
                   "numbered from 1 without a gap; with another beginning, from 1 again.")
            .longest(40)
            .field("without_numbers", &SetPurchasePolicy::without_numbers,
                   "Orders are not numbered any more.")
            .otherwise(false)
            .field("dearer", &SetPurchasePolicy::dearer,
                   "How far invoiced prices may lie above those of the order before the invoice "
                   "is blocked for payment; at first not at all.")
            .field("cheaper", &SetPurchasePolicy::cheaper,
                   "How far they may lie below; at first without a limit.")
            .field("more", &SetPurchasePolicy::more,
                   "How far invoiced quantities may lie above what was received and neither "
                   "rejected nor returned; the amount is that quantity at the order's price. At "
                   "first not at all.")
            .field("over_receipt", &SetPurchasePolicy::over_receipt,
                   "So much more than ordered may be received, where an order's line does not say "
                   "otherwise; at first nothing.")
            .least(0)
            .field("under_receipt", &SetPurchasePolicy::under_receipt,
                   "A line of an order is complete when no more than this is missing, where it "
                   "does not say otherwise; at first nothing may be.")
            .least(0)
            .most(100'000'000)
            .field("releases", &SetPurchasePolicy::releases,
                   "The role that releases invoices which are blocked for payment.")
            .refuses(companies::company_unknown, tolerance_currency_differs, access::role_unknown,
                     purchase_policy_unchanged);
    }
};

// Where purchases are posted beside stock, which has accounts of its own.
struct PurchaseAccounts {
    ledger::AccountCode received;
    ledger::AccountCode expense;
    ledger::AccountCode exchange_gains;
    ledger::AccountCode exchange_losses;
    ledger::JournalCode journal;

    bool operator==(const PurchaseAccounts&) const = default;
    static void describe(auto& record) {
        record.record("PurchaseAccounts", "Where purchases are posted.")
            .field("received", &PurchaseAccounts::received,
                   "Services that were received and are not invoiced yet; goods are on the "
                   "account that their stock is received against.")
            .field("expense", &PurchaseAccounts::expense,
                   "What services cost whose order names no account.")
            .field("exchange_gains", &PurchaseAccounts::exchange_gains,
                   "What an invoice is worth less than its receipt, by rates of exchange.")
            .field("exchange_losses", &PurchaseAccounts::exchange_losses,
                   "What it is worth more; it may be the same.")
            .field("journal", &PurchaseAccounts::journal, "The journal of the entries.");
    }
};

struct PurchaseAccountsSet {
    CompanyCode company;
    PurchaseAccounts accounts;

    bool operator==(const PurchaseAccountsSet&) const = default;
    static void describe(auto& event) {
        event.record("PurchaseAccountsSet", "Purchases are posted on these accounts from now on.")
            .company(&PurchaseAccountsSet::company)
            .stream(&PurchaseAccountsSet::company)
            .on_recorded_day()
            .field("company", &PurchaseAccountsSet::company, "Who buys.")
            .field("accounts", &PurchaseAccountsSet::accounts, "The accounts.");
    }
};

struct SetPurchaseAccounts {
    CompanyCode company;
    PurchaseAccounts accounts;

    static void describe(auto& command) {
        command
            .record("SetPurchaseAccounts",
                    "Says where purchases are posted beside stock. The account of what is received "
                    "and not invoiced should be a monetary one, so that it is revalued.")
            .company(&SetPurchaseAccounts::company)
            .stream(&SetPurchaseAccounts::company)
            .example(R"({"company": "DEMO", "accounts": {"received": "2200", "expense": "5300",
                "exchange_gains": "4910", "exchange_losses": "5800", "journal": "PUR"}})")
            .field("company", &SetPurchaseAccounts::company, "Who buys.")
            .field("accounts", &SetPurchaseAccounts::accounts, "Accounts of the company.")
            .refuses(companies::company_unknown, ledger::journal_unknown, ledger::account_unknown,
                     ledger::account_is_summary, purchase_accounts_unchanged);
    }
};

using PurchasePolicies = Table<CompanyCode, PurchasePolicy>;
using PurchasePostings = Table<CompanyCode, PurchaseAccounts>;

const PurchasePolicy& purchase_policy_of(const World&, const CompanyCode&);

Decision<PurchasePolicySet> decide(const World&, const SetPurchasePolicy&, const Context&);
Decision<PurchaseAccountsSet> decide(const World&, const SetPurchaseAccounts&, const Context&);
void evolve(PurchasePolicies&, const PurchasePolicySet&);
void evolve(PurchasePostings&, const PurchaseAccountsSet&);

Part purchase_policy();

}  // namespace kontor::purchasing
