// Write-downs of stock to what can still be got for it (IAS 2.28 to 2.34), apart from its cost.
#pragma once

#include "domain/inventory/stock_documents.h"

namespace kontor::inventory {

inline constexpr Reason write_down_accounts_unchanged{
    Refusal::conflict, "write_down_accounts_unchanged", "They are set so already."};
inline constexpr Reason write_down_accounts_missing{
    Refusal::conflict, "write_down_accounts_missing",
    "The company has no accounts for write-downs; set them first."};
inline constexpr Reason never_in_stock{Refusal::conflict, "never_in_stock",
                                       "Nothing of the item was ever in stock."};
inline constexpr Reason assessment_unchanged{Refusal::conflict, "assessment_unchanged",
                                             "It is assessed so on that day already."};
inline constexpr Reason assessment_unknown{Refusal::missing, "assessment_unknown",
                                           "The item was not assessed on that day."};

struct WriteDownAccounts {
    ledger::AccountCode allowance;
    ledger::AccountCode expense;

    bool operator==(const WriteDownAccounts&) const = default;
    static void describe(auto& record) {
        record.record("WriteDownAccounts", "Where write-downs are posted.")
            .field("allowance", &WriteDownAccounts::allowance,
                   "By what stock is written down: it lessens stock on the balance sheet.")
            .field("expense", &WriteDownAccounts::expense,
                   "What write-downs cost, and get back where they are reversed.");
    }
};

struct WriteDownAccountsSet {
    CompanyCode company;
    WriteDownAccounts accounts;

    bool operator==(const WriteDownAccountsSet&) const = default;
    static void describe(auto& event) {
        event
            .record("WriteDownAccountsSet", "Write-downs are posted on these accounts from now on.")
            .company(&WriteDownAccountsSet::company)
            .stream(&WriteDownAccountsSet::company)
            .on_recorded_day()
            .field("company", &WriteDownAccountsSet::company, "Whose stock.")
            .field("accounts", &WriteDownAccountsSet::accounts, "The accounts.");
    }
};

struct SetWriteDownAccounts {
    CompanyCode company;
    WriteDownAccounts accounts;

    static void describe(auto& command) {
        command
            .record("SetWriteDownAccounts",
                    "Says where write-downs of stock are posted, from now on.")
            .company(&SetWriteDownAccounts::company)
            .stream(&SetWriteDownAccounts::company)
            .example(R"({"company": "DEMO", "accounts": {"allowance": "2200", "expense": "5000"}})")
            .field("company", &SetWriteDownAccounts::company, "Whose stock.")
            .field("accounts", &SetWriteDownAccounts::accounts, "Accounts of the company.")
            .refuses(companies::company_unknown, ledger::account_unknown,
                     ledger::account_is_summary, write_down_accounts_unchanged);
    }
};

struct AssessStock {
    CompanyCode company;
    items::ItemCode item;
    std::optional<Date> date;
    Money realisable;
    Quantity per;
    std::string text;

    static void describe(auto& command) {
        command
            .record("AssessStock",
                    "Says what could be got for stock of an item at the close of a day, less what "
                    "it takes to sell it (net realisable value). What it cost beyond that is an "
                    "allowance from then on, apart from cost; a later assessment makes it more, or "
                    "takes it back, at most to cost. What leaves stock takes its part of it along.")
            .company(&AssessStock::company)
            .stream(&AssessStock::item)
            .example(R"({"company": "DEMO", "item": "CANDLE", "date": "2026-03-31",
                "realisable": {"amount": "1.20", "currency": "EUR"}, "per": {"amount": "1",
                "unit": "ea"}, "text": "Out of season"})")
            .field("company", &AssessStock::company, "Whose stock.")
            .field("item", &AssessStock::item, "An item that is or was in stock.")
            .field("date", &AssessStock::date, "The day. Absent: the company's today.")
            .field("realisable", &AssessStock::realisable, "In base currency, not below zero.")
            .field("per", &AssessStock::per, "For so much of it, above zero, in any unit.")
            .field("text", &AssessStock::text, "On what evidence (IAS 2.30).")
            .otherwise_empty()
            .longest(500)
            .refuses(companies::company_unknown, items::item_unknown, write_down_accounts_missing,
                     never_in_stock, quantity_not_positive, quantity_not_whole,
                     cost_not_in_base_currency, cost_negative, assessment_unchanged,
                     ledger::date_outside_calendar, stock_accounts_missing, stock_day_closed);
    }
};

struct WithdrawAssessment {
    CompanyCode company;
    items::ItemCode item;
    Date date;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("WithdrawAssessment", "Takes an assessment back as if it had never been made.")
            .company(&WithdrawAssessment::company)
            .stream(&WithdrawAssessment::item)
            .example(R"({"company": "DEMO", "item": "CANDLE", "date": "2026-03-31", "reason":
                "The season is not over"})")
            .field("company", &WithdrawAssessment::company, "Whose stock.")
            .field("item", &WithdrawAssessment::item, "The item.")
            .field("date", &WithdrawAssessment::date, "The day that it was assessed for.")
            .field("reason", &WithdrawAssessment::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(assessment_unknown, stock_accounts_missing, stock_day_closed);
    }
};

struct WriteDownAccountsKey {
    CompanyCode company;

    auto operator<=>(const WriteDownAccountsKey&) const = default;
    static void describe(auto& key) {
        key.record("WriteDownAccountsKey", "Whose write-downs are posted.")
            .field("company", &WriteDownAccountsKey::company, "Of which company.");
    }
};
using WriteDownPostings = Table<WriteDownAccountsKey, WriteDownAccounts>;

Decision<WriteDownAccountsSet> decide(const World&, const SetWriteDownAccounts&, const Context&);
Decision<StockRevalued> decide(const World&, const AssessStock&, const Context&);
Decision<StockRevalued> decide(const World&, const WithdrawAssessment&, const Context&);
void evolve(WriteDownPostings&, const WriteDownAccountsSet&);

Part write_downs();

}  // namespace kontor::inventory
