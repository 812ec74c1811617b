// Off-balance accounts: what a company holds, has pledged or has written off without owning or
// owing it. They stand outside double entry (Order 94n, accounts 001 to 011).
#pragma once

#include "domain/ledger/entries.h"

#include <map>
#include <optional>
#include <string>

namespace kontor::ledger {

struct OffBalanceAccountThing {
    static constexpr Thing thing{"off_balance_account", "off_balance_sheet"};
};
using OffBalanceAccountCode = Code<OffBalanceAccountThing>;

struct OffBalanceRecordThing {
    static constexpr Thing thing{"off_balance_record", "off_balance_records"};
};
using OffBalanceRecordId = Id<OffBalanceRecordThing>;

inline constexpr Reason off_balance_account_exists{
    Refusal::conflict, "off_balance_account_exists",
    "The company has an off-balance account with this code already."};
inline constexpr Reason off_balance_account_unknown{
    Refusal::missing, "off_balance_account_unknown",
    "The company has no off-balance account with this code."};
inline constexpr Reason off_balance_account_unchanged{
    Refusal::conflict, "off_balance_account_unchanged", "The account has this name already."};
inline constexpr Reason off_balance_record_exists{
    Refusal::conflict, "off_balance_record_exists",
    "The company has an off-balance record with this id already."};
inline constexpr Reason off_balance_record_unknown{
    Refusal::missing, "off_balance_record_unknown",
    "The company has no off-balance record with this id."};
inline constexpr Reason off_balance_record_reversed{
    Refusal::conflict, "off_balance_record_reversed",
    "The record is reversed: nothing of it happened."};
inline constexpr Reason off_balance_currency{
    Refusal::invalid, "off_balance_currency",
    "Off-balance accounts are kept in the company's base currency."};
inline constexpr Reason off_balance_insufficient{
    Refusal::conflict, "off_balance_insufficient",
    "More would leave the account than is on it after all records."};

inline constexpr Reason off_balance_too_large{Refusal::invalid, "off_balance_too_large",
                                              "More would be on the account than any amount."};

enum class OffBalanceSide : std::uint8_t { comes, leaves };

void describe(auto& choice, OffBalanceSide) {
    choice.choice("OffBalanceSide", "Which way an off-balance account moves.")
        .value("comes", "It is taken over, given as security or written off: the debit.")
        .value("leaves", "It is given back, falls away or is paid after all: the credit.");
}

struct OffBalanceAccountOpened {
    CompanyCode company;
    OffBalanceAccountCode account;
    std::string name;

    bool operator==(const OffBalanceAccountOpened&) const = default;
    static void describe(auto& event) {
        event.record("OffBalanceAccountOpened", "The company keeps one more off-balance account.")
            .company(&OffBalanceAccountOpened::company)
            .stream(&OffBalanceAccountOpened::account)
            .on_recorded_day()
            .field("company", &OffBalanceAccountOpened::company, "Whose books.")
            .field("account", &OffBalanceAccountOpened::account, "Its code.")
            .field("name", &OffBalanceAccountOpened::name, "Its name.");
    }
};

struct OffBalanceAccountRenamed {
    CompanyCode company;
    OffBalanceAccountCode account;
    std::string name;

    bool operator==(const OffBalanceAccountRenamed&) const = default;
    static void describe(auto& event) {
        event.record("OffBalanceAccountRenamed", "An off-balance account has another name.")
            .company(&OffBalanceAccountRenamed::company)
            .stream(&OffBalanceAccountRenamed::account)
            .on_recorded_day()
            .field("company", &OffBalanceAccountRenamed::company, "Whose books.")
            .field("account", &OffBalanceAccountRenamed::account, "Its code, which stays.")
            .field("name", &OffBalanceAccountRenamed::name, "The new name.");
    }
};

struct OffBalanceRecorded {
    CompanyCode company;
    OffBalanceRecordId record;
    OffBalanceAccountCode account;
    OffBalanceSide side = OffBalanceSide::comes;
    Date date;
    Money amount;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<std::string> document;
    std::string text;

    bool operator==(const OffBalanceRecorded&) const = default;
    static void describe(auto& event) {
        event
            .record("OffBalanceRecorded", "Something comes onto an off-balance account, or leaves.")
            .company(&OffBalanceRecorded::company)
            .stream(&OffBalanceRecorded::record)
            .on(&OffBalanceRecorded::date)
            .field("company", &OffBalanceRecorded::company, "Whose books.")
            .field("record", &OffBalanceRecorded::record, "The record.")
            .field("account", &OffBalanceRecorded::account, "The account.")
            .field("side", &OffBalanceRecorded::side, "Which way it moves.")
            .field("date", &OffBalanceRecorded::date, "The business day.")
            .field("amount", &OffBalanceRecorded::amount, "What it is worth, in base currency.")
            .field("dimensions", &OffBalanceRecorded::dimensions, "Values by dimension.")
            .field("document", &OffBalanceRecorded::document, "Number of the source document.")
            .field("text", &OffBalanceRecorded::text, "What happened.");
    }
};

struct OffBalanceReversed {
    CompanyCode company;
    OffBalanceRecordId record;
    OffBalanceAccountCode account;
    OffBalanceSide side = OffBalanceSide::comes;
    Date date;
    Money amount;
    std::string reason;

    bool operator==(const OffBalanceReversed&) const = default;
    static void describe(auto& event) {
        event.record("OffBalanceReversed", "Nothing of an off-balance record happened.")
            .company(&OffBalanceReversed::company)
            .stream(&OffBalanceReversed::record)
            .on(&OffBalanceReversed::date)
            .field("company", &OffBalanceReversed::company, "Whose books.")
            .field("record", &OffBalanceReversed::record, "The record.")
            .field("account", &OffBalanceReversed::account, "Its account.")
            .field("side", &OffBalanceReversed::side, "Which way it was said to move.")
            .field("date", &OffBalanceReversed::date, "The day that it was said to be of.")
            .field("amount", &OffBalanceReversed::amount, "What is taken out.")
            .field("reason", &OffBalanceReversed::reason, "Why, for the auditor.");
    }
};

struct OpenOffBalanceAccount {
    CompanyCode company;
    OffBalanceAccountCode account;
    std::string name;

    static void describe(auto& command) {
        command
            .record("OpenOffBalanceAccount",
                    "Opens an off-balance account. It belongs to no statement and no entry, and "
                    "one record moves it alone.")
            .company(&OpenOffBalanceAccount::company)
            .stream(&OpenOffBalanceAccount::account)
            .example(R"({"company": "DEMO", "account": "012", "name": "Goods on approval"})")
            .field("company", &OpenOffBalanceAccount::company, "Whose books.")
            .field("account", &OpenOffBalanceAccount::account, "A new code, such as \"002\".")
            .field("name", &OpenOffBalanceAccount::name, "Its name.")
            .shortest(1)
            .longest(200)
            .refuses(companies::company_unknown, off_balance_account_exists);
    }
};

struct RenameOffBalanceAccount {
    CompanyCode company;
    OffBalanceAccountCode account;
    std::string name;

    static void describe(auto& command) {
        command.record("RenameOffBalanceAccount", "Gives an off-balance account another name.")
            .company(&RenameOffBalanceAccount::company)
            .stream(&RenameOffBalanceAccount::account)
            .example(R"({"company": "DEMO", "account": "012", "name": "Goods sent on approval"})")
            .field("company", &RenameOffBalanceAccount::company, "Whose books.")
            .field("account", &RenameOffBalanceAccount::account, "An off-balance account.")
            .field("name", &RenameOffBalanceAccount::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(off_balance_account_unknown, off_balance_account_unchanged);
    }
};

struct RecordOffBalance {
    CompanyCode company;
    OffBalanceRecordId record;
    OffBalanceAccountCode account;
    OffBalanceSide side = OffBalanceSide::comes;
    std::optional<Date> date;
    Money amount;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<std::string> document;
    std::string text;

    static void describe(auto& command) {
        command
            .record("RecordOffBalance",
                    "Records what comes onto an off-balance account or leaves it, such as a "
                    "leased machine or a guarantee. Nothing stands against it.")
            .company(&RecordOffBalance::company)
            .stream(&RecordOffBalance::record)
            .example(R"({"company": "DEMO", "record": "01980000-0000-7000-8000-0000000000b1",
                "account": "012", "side": "comes", "amount": {"amount": "240.00", "currency":
                "EUR"}, "document": "A-7", "text": "Twelve vases, to be returned by August"})")
            .field("company", &RecordOffBalance::company, "Whose books.")
            .field("record", &RecordOffBalance::record, "A new id, chosen by the client.")
            .field("account", &RecordOffBalance::account, "An off-balance account.")
            .field("side", &RecordOffBalance::side, "Which way it moves.")
            .field("date", &RecordOffBalance::date,
                   "The business day, in an open period. Absent: the company's today.")
            .field("amount", &RecordOffBalance::amount,
                   "What it is worth: above zero, in base currency.")
            .field("dimensions", &RecordOffBalance::dimensions,
                   "Values by dimension, such as whose it is.")
            .otherwise_empty()
            .longest(20)
            .field("document", &RecordOffBalance::document, "Number of the source document.")
            .shortest(1)
            .longest(64)
            .field("text", &RecordOffBalance::text, "What happened.")
            .otherwise_empty()
            .longest(500)
            .refuses(off_balance_record_exists, off_balance_account_unknown, off_balance_currency,
                     amount_not_positive, dimension_unknown, dimension_value_unknown,
                     dimension_value_blocked, date_outside_calendar, period_closed,
                     period_soft_closed, off_balance_insufficient, off_balance_too_large);
    }
};

struct ReverseOffBalance {
    CompanyCode company;
    OffBalanceRecordId record;
    std::string reason;

    static void describe(auto& command) {
        command
            .record("ReverseOffBalance",
                    "Takes an off-balance record out on its own day, as if it had never been "
                    "entered; what was known before stays known.")
            .company(&ReverseOffBalance::company)
            .stream(&ReverseOffBalance::record)
            .example(R"({"company": "DEMO", "record": "01980000-0000-7000-8000-0000000000b1",
                "reason": "They were bought after all"})")
            .field("company", &ReverseOffBalance::company, "Whose books.")
            .field("record", &ReverseOffBalance::record, "An off-balance record.")
            .field("reason", &ReverseOffBalance::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(off_balance_record_unknown, off_balance_record_reversed, period_closed,
                     period_soft_closed, off_balance_insufficient, off_balance_too_large);
    }
};

struct OffBalanceAccountKey {
    CompanyCode company;
    OffBalanceAccountCode account;

    auto operator<=>(const OffBalanceAccountKey&) const = default;
    static void describe(auto& key) {
        key.record("OffBalanceAccountKey", "An off-balance account of a company.")
            .field("company", &OffBalanceAccountKey::company, "Whose books.")
            .field("account", &OffBalanceAccountKey::account, "Its code.");
    }
};

struct OffBalanceAccount {
    std::string name;
    std::int64_t balance = 0;

    static void describe(auto& record) {
        record.record("OffBalanceAccount", "An off-balance account as decisions know it.")
            .field("name", &OffBalanceAccount::name, "Its name.")
            .field("balance", &OffBalanceAccount::balance,
                   "What is on it after all records, in smallest units of the base currency.");
    }
};
using OffBalanceAccounts = Table<OffBalanceAccountKey, OffBalanceAccount>;

struct OffBalanceRecordKey {
    CompanyCode company;
    OffBalanceRecordId record;

    auto operator<=>(const OffBalanceRecordKey&) const = default;
    static void describe(auto& key) {
        key.record("OffBalanceRecordKey", "An off-balance record of a company.")
            .field("company", &OffBalanceRecordKey::company, "Whose books.")
            .field("record", &OffBalanceRecordKey::record, "Its id.");
    }
};

struct OffBalanceRecord {
    OffBalanceAccountCode account;
    OffBalanceSide side = OffBalanceSide::comes;
    Date date;
    Money amount;
    bool reversed = false;

    static void describe(auto& record) {
        record.record("OffBalanceRecord", "An off-balance record as decisions know it.")
            .field("account", &OffBalanceRecord::account, "The account.")
            .field("side", &OffBalanceRecord::side, "Which way it moves.")
            .field("date", &OffBalanceRecord::date, "The business day.")
            .field("amount", &OffBalanceRecord::amount, "What it is worth.")
            .field("reversed", &OffBalanceRecord::reversed, "Nothing of it happened.");
    }
};
using OffBalanceRecords = PagedTable<OffBalanceRecordKey, OffBalanceRecord>;

// What a record adds to its account.
constexpr std::int64_t added_by(OffBalanceSide side, const Money& amount) {
    return side == OffBalanceSide::comes ? amount.minor : -amount.minor;
}

Decision<OffBalanceAccountOpened> decide(const World&, const OpenOffBalanceAccount&,
                                         const Context&);
Decision<OffBalanceAccountRenamed> decide(const World&, const RenameOffBalanceAccount&,
                                          const Context&);
Decision<OffBalanceRecorded> decide(const World&, const RecordOffBalance&, const Context&);
Decision<OffBalanceReversed> decide(const World&, const ReverseOffBalance&, const Context&);
void evolve(OffBalanceAccounts&, const OffBalanceAccountOpened&);
void evolve(OffBalanceAccounts&, const OffBalanceAccountRenamed&);
void evolve(OffBalanceAccounts&, const OffBalanceRecorded&);
void evolve(OffBalanceAccounts&, const OffBalanceReversed&);
void evolve(OffBalanceRecords&, const OffBalanceRecorded&);
void evolve(OffBalanceRecords&, const OffBalanceReversed&);

Part off_balance();

}  // namespace kontor::ledger
