// The company's own accounts at banks: what pays, what statements are of, and how their lines are
// recognized.
#pragma once

#include "domain/parties/organisations.h"
#include "domain/settlement/settlement_accounts.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::settlement {

struct HouseBankThing {
    static constexpr Thing thing{"house_bank", "house_banks"};
};
using HouseBankCode = Code<HouseBankThing>;

inline constexpr Reason house_bank_exists{Refusal::conflict, "house_bank_exists",
                                          "The company has a house bank with this code already."};
inline constexpr Reason house_bank_unknown{
    Refusal::missing, "house_bank_unknown",
    "The company has no account at a bank with this code or number; OpenHouseBank adds one."};
inline constexpr Reason house_bank_number_unclear{
    Refusal::invalid, "house_bank_number_unclear",
    "An account at a bank is known by its IBAN, or by its number where there is none."};
inline constexpr Reason house_bank_malformed{Refusal::invalid, "house_bank_malformed",
                                             "The IBAN or the BIC cannot be right."};
inline constexpr Reason house_bank_listed{
    Refusal::conflict, "house_bank_listed",
    "Another house bank of the company has this number or this account of the ledger."};
inline constexpr Reason house_bank_account_unfit{
    Refusal::invalid, "house_bank_account_unfit",
    "A bank is an account of assets or liabilities that takes its currency and requires no "
    "dimension."};
inline constexpr Reason suspense_account_unfit{
    Refusal::invalid, "suspense_account_unfit",
    "Lines that nobody has recognized wait on an account that is not the bank's own, requires no "
    "dimension, takes its currency and is marked `suspense`, so that a close tells that it is not "
    "zero."};
inline constexpr Reason bank_matching_unchanged{Refusal::conflict, "bank_matching_unchanged",
                                                "It is set so already."};

enum class BankMatch : std::uint8_t { own_payment, document, open_amount, counterparty };

void describe(auto& choice, BankMatch) {
    choice.choice("BankMatch", "How a line of a bank statement was recognized.")
        .value("own_payment",
               "Its end-to-end id is that of a payment of the company with this amount.")
        .value("document", "Its text has the number of an invoice.")
        .value("open_amount",
               "It is of a counterparty's bank account, of which one instalment alone is open "
               "with this amount.")
        .value("counterparty", "It is of a counterparty's bank account.");
}

struct HouseBankOpened {
    CompanyCode company;
    HouseBankCode bank;
    std::string name;
    std::string iban;
    std::string account_number;
    std::string bic;
    Currency currency;
    ledger::AccountCode account;
    ledger::AccountCode suspense;
    std::vector<BankMatch> settles_by;

    bool operator==(const HouseBankOpened&) const = default;
    static void describe(auto& event) {
        using E = HouseBankOpened;
        event.record("HouseBankOpened", "The company has an account at a bank.")
            .company(&E::company)
            .stream(&E::bank)
            .on_recorded_day()
            .field("company", &E::company, "Whose.")
            .field("bank", &E::bank, "Its code.")
            .field("name", &E::name, "Who holds it, as its bank knows them.")
            .field("iban", &E::iban, "Its IBAN; empty where it has none.")
            .field("account_number", &E::account_number, "Another number that statements have.")
            .field("bic", &E::bic, "Of the bank; may be empty.")
            .field("currency", &E::currency, "What it is kept in.")
            .field("account", &E::account, "Its account in the ledger.")
            .field("suspense", &E::suspense, "Where lines wait that nobody has recognized.")
            .field("settles_by", &E::settles_by, "What is settled without being asked.");
    }
};

struct BankMatchingSet {
    CompanyCode company;
    HouseBankCode bank;
    std::vector<BankMatch> settles_by;

    bool operator==(const BankMatchingSet&) const = default;
    static void describe(auto& event) {
        event.record("BankMatchingSet", "Lines of statements settle by other rules from now on.")
            .company(&BankMatchingSet::company)
            .stream(&BankMatchingSet::bank)
            .on_recorded_day()
            .field("company", &BankMatchingSet::company, "Whose.")
            .field("bank", &BankMatchingSet::bank, "Of which account.")
            .field("settles_by", &BankMatchingSet::settles_by,
                   "What is settled without being asked.");
    }
};

struct OpenHouseBank {
    CompanyCode company;
    HouseBankCode bank;
    std::string name;
    std::string iban;
    std::string account_number;
    std::string bic;
    std::optional<Currency> currency;
    ledger::AccountCode account;
    ledger::AccountCode suspense;

    static void describe(auto& command) {
        using C = OpenHouseBank;
        command
            .record("OpenHouseBank",
                    "Says that the company has an account at a bank, which pays and is paid to, "
                    "and whose statements are imported. Its own payments, document numbers and "
                    "amounts are recognized on them; SetBankMatching says otherwise.")
            .company(&C::company)
            .stream(&C::bank)
            .example(R"({"company": "DEMO", "bank": "MAIN", "name": "Demo Trading Ltd", "iban":
                "DE02 1203 0000 0000 2020 51", "bic": "BYLADEM1001", "account": "1015",
                "suspense": "1095"})")
            .field("company", &C::company, "Whose.")
            .field("bank", &C::bank, "A code for it, such as \"MAIN\".")
            .field("name", &C::name, "Who holds it, as its bank knows them.")
            .shortest(1)
            .longest(140)
            .field("iban", &C::iban, "Its IBAN.")
            .otherwise_empty()
            .longest(50)
            .field("account_number", &C::account_number,
                   "Where there is no IBAN, or statements have another number.")
            .otherwise_empty()
            .longest(50)
            .field("bic", &C::bic, "BIC of the bank; payment files name it.")
            .otherwise_empty()
            .longest(20)
            .field("currency", &C::currency, "What it is kept in. Absent: base currency.")
            .field("account", &C::account, "Its account in the ledger.")
            .field("suspense", &C::suspense,
                   "The account on which lines wait that nobody has recognized; ChangeAccountUse "
                   "marks it `suspense`.")
            .refuses(companies::company_unknown, house_bank_exists, settlement_accounts_missing,
                     house_bank_number_unclear, house_bank_malformed, ledger::account_unknown,
                     ledger::account_is_summary, house_bank_account_unfit, suspense_account_unfit,
                     house_bank_listed);
    }
};

struct SetBankMatching {
    CompanyCode company;
    HouseBankCode bank;
    std::vector<BankMatch> settles_by;

    static void describe(auto& command) {
        using C = SetBankMatching;
        command
            .record("SetBankMatching",
                    "Says which lines of later statements settle what they were recognized as; "
                    "others wait with the proposal.")
            .company(&C::company)
            .stream(&C::bank)
            .example(R"({"company": "DEMO", "bank": "MAIN", "settles_by": ["own_payment",
                "document"]})")
            .field("company", &C::company, "Whose.")
            .field("bank", &C::bank, "Of which account.")
            .field("settles_by", &C::settles_by, "Empty: all lines wait.")
            .longest(4)
            .refuses(house_bank_unknown, bank_matching_unchanged);
    }
};

struct HouseBankKey {
    CompanyCode company;
    HouseBankCode bank;

    auto operator<=>(const HouseBankKey&) const = default;
    static void describe(auto& key) {
        key.record("HouseBankKey", "A company's account at a bank.")
            .field("company", &HouseBankKey::company, "Whose.")
            .field("bank", &HouseBankKey::bank, "Its code.");
    }
};
struct HouseBank {
    std::string iban;
    std::string account_number;
    Currency currency;
    ledger::AccountCode account;
    ledger::AccountCode suspense;
    std::vector<BankMatch> settles_by;

    bool settles(BankMatch) const;
    static void describe(auto& record) {
        record.record("HouseBank", "A company's account at a bank as decisions know it.")
            .field("iban", &HouseBank::iban, "May be empty.")
            .field("account_number", &HouseBank::account_number, "May be empty.")
            .field("currency", &HouseBank::currency, "What it is kept in.")
            .field("account", &HouseBank::account, "Its account in the ledger.")
            .field("suspense", &HouseBank::suspense, "Where unknown lines wait.")
            .field("settles_by", &HouseBank::settles_by, "What settles without being asked.");
    }
};
using HouseBanks = Table<HouseBankKey, HouseBank>;

// The house bank with an IBAN or number as banks write it; none where there is none.
std::optional<HouseBankCode> house_bank_of(const World&, const CompanyCode&,
                                           const std::string& number);

Decision<HouseBankOpened> decide(const World&, const OpenHouseBank&, const Context&);
Decision<BankMatchingSet> decide(const World&, const SetBankMatching&, const Context&);
void evolve(HouseBanks&, const HouseBankOpened&);
void evolve(HouseBanks&, const BankMatchingSet&);

Part house_banks();

}  // namespace kontor::settlement
