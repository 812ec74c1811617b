// The bank accounts of a legal entity, and which of them is paid to in a currency.
#pragma once

#include "domain/core/money.h"
#include "domain/core/personal.h"
#include "domain/parties/counterparty.h"
#include "domain/parties/organisations.h"
#include "domain/parties/term.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::parties {

struct BankAccountThing {
    static constexpr Thing thing{"bank_account", "bank_accounts"};
};
using BankAccountCode = Code<BankAccountThing>;

inline constexpr Reason bank_account_exists{
    Refusal::conflict, "bank_account_exists",
    "The counterparty has a bank account with this code already."};
inline constexpr Reason bank_account_unknown{
    Refusal::missing, "bank_account_unknown",
    "The counterparty has no bank account with this code."};
inline constexpr Reason bank_account_closed{Refusal::conflict, "bank_account_closed",
                                            "The bank account is closed."};
inline constexpr Reason account_number_unclear{
    Refusal::invalid, "account_number_unclear",
    "A bank account is known either by its IBAN, or by its number at a bank of a country."};
inline constexpr Reason iban_malformed{Refusal::invalid, "iban_malformed",
                                       "The IBAN cannot be right."};
inline constexpr Reason bic_malformed{Refusal::invalid, "bic_malformed",
                                      "The BIC cannot be right."};
inline constexpr Reason bank_code_malformed{Refusal::invalid, "bank_code_malformed",
                                            "The code of the bank cannot be right."};
inline constexpr Reason account_number_malformed{Refusal::invalid, "account_number_malformed",
                                                 "The account number cannot be right."};
inline constexpr Reason bank_account_listed{
    Refusal::conflict, "bank_account_listed",
    "The counterparty has this account under another code already."};
inline constexpr Reason bank_account_currency_differs{
    Refusal::invalid, "bank_account_currency_differs",
    "The bank account takes another currency only."};

// As a payment needs it.
struct AccountDetails {
    std::optional<Currency> currency;
    std::string iban;
    std::string bic;
    std::string account_number;
    std::string bank_code;
    std::string correspondent_account;
    std::optional<CountryCode> country;
    std::string bank_name;

    bool operator==(const AccountDetails&) const = default;
    static void describe(auto& record) {
        record.record("AccountDetails", "A bank account as a payment needs it.")
            .field("currency", &AccountDetails::currency,
                   "The only currency that it takes. Absent: any.")
            .field("iban", &AccountDetails::iban, "The IBAN; empty where there is none.")
            .otherwise_empty()
            .longest(50)
            .field("bic", &AccountDetails::bic, "BIC of the bank; may be empty.")
            .otherwise_empty()
            .longest(20)
            .field("account_number", &AccountDetails::account_number,
                   "Where there is no IBAN: the number at the bank; in Russia twenty digits.")
            .otherwise_empty()
            .longest(50)
            .field("bank_code", &AccountDetails::bank_code,
                   "Where there is no IBAN: the bank's national code; in Russia the BIK.")
            .otherwise_empty()
            .longest(20)
            .field("correspondent_account", &AccountDetails::correspondent_account,
                   "In Russia the bank's account at the Bank of Russia; may be empty.")
            .otherwise_empty()
            .longest(50)
            .field("country", &AccountDetails::country,
                   "Where there is no IBAN: in which country the bank is.")
            .field("bank_name", &AccountDetails::bank_name, "Name of the bank; may be empty.")
            .otherwise_empty()
            .longest(200);
    }
};

struct BankAccountAdded {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    AccountDetails details;
    Date since;
    std::vector<Currency> preferred_for;
    std::string entered_by = {};
    bool awaits_confirmation = false;

    bool operator==(const BankAccountAdded&) const = default;
    static void describe(auto& event) {
        event.record("BankAccountAdded", "A counterparty can be paid to this account.")
            .company(&BankAccountAdded::company)
            .stream(&BankAccountAdded::counterparty)
            .on(&BankAccountAdded::since)
            .field("company", &BankAccountAdded::company, "Whose counterparty.")
            .field("counterparty", &BankAccountAdded::counterparty, "The counterparty.")
            .field("bank_account", &BankAccountAdded::bank_account, "Code of the account.")
            .field("details", &BankAccountAdded::details, "As a payment needs it.")
            .field("since", &BankAccountAdded::since, "The first day.")
            .field("preferred_for", &BankAccountAdded::preferred_for,
                   "The currencies for which it is paid to where no other is named.")
            .field("entered_by", &BankAccountAdded::entered_by, "Who does not confirm it.")
            .otherwise_empty()
            .field("awaits_confirmation", &BankAccountAdded::awaits_confirmation,
                   "True: it is not paid to before somebody else has confirmed it.")
            .otherwise(false);
    }
};

struct BankAccountPreferred {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    Currency currency;

    bool operator==(const BankAccountPreferred&) const = default;
    static void describe(auto& event) {
        event.record("BankAccountPreferred", "An account is paid to where no other is named.")
            .company(&BankAccountPreferred::company)
            .stream(&BankAccountPreferred::counterparty)
            .on_recorded_day()
            .field("company", &BankAccountPreferred::company, "Whose counterparty.")
            .field("counterparty", &BankAccountPreferred::counterparty, "The counterparty.")
            .field("bank_account", &BankAccountPreferred::bank_account, "Code of the account.")
            .field("currency", &BankAccountPreferred::currency, "In this currency.");
    }
};

struct BankAccountClosed {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    Date until;

    bool operator==(const BankAccountClosed&) const = default;
    static void describe(auto& event) {
        event.record("BankAccountClosed", "An account is not paid to any more.")
            .company(&BankAccountClosed::company)
            .stream(&BankAccountClosed::counterparty)
            .on(&BankAccountClosed::until)
            .field("company", &BankAccountClosed::company, "Whose counterparty.")
            .field("counterparty", &BankAccountClosed::counterparty, "The counterparty.")
            .field("bank_account", &BankAccountClosed::bank_account, "Code of the account.")
            .field("until", &BankAccountClosed::until, "The last day.");
    }
};

struct AddBankAccount {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    AccountDetails details;
    std::optional<Date> since;

    static void describe(auto& command) {
        command
            .record("AddBankAccount",
                    "Gives a counterparty a bank account: by IBAN, or by number, bank and country "
                    "where there are no IBANs. The first in a currency is paid to where nothing "
                    "else is said. An account that changed is closed and another one added.")
            .company(&AddBankAccount::company)
            .stream(&AddBankAccount::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "bank_account": "MAIN",
                "details": {"currency": "EUR", "iban": "DE89 3704 0044 0532 0130 00", "bic":
                "COBADEFFXXX"}, "since": "2026-01-01"})")
            .field("company", &AddBankAccount::company, "Whose counterparty.")
            .field("counterparty", &AddBankAccount::counterparty, "A counterparty.")
            .field("bank_account", &AddBankAccount::bank_account,
                   "A code for it, such as \"MAIN\"; payments name it by this.")
            .field("details", &AddBankAccount::details, "As a payment needs it.")
            .field("since", &AddBankAccount::since, "The first day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, counterparty_is_person,
                     bank_account_exists, account_number_unclear, iban_malformed, bic_malformed,
                     country_unknown, bank_code_malformed, account_number_malformed,
                     bank_account_listed);
    }
};

struct PreferBankAccount {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    Currency currency;

    static void describe(auto& command) {
        command
            .record("PreferBankAccount",
                    "Pays to this account in a currency where no other is named.")
            .company(&PreferBankAccount::company)
            .stream(&PreferBankAccount::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "bank_account": "MAIN",
                "currency": "EUR"})")
            .field("company", &PreferBankAccount::company, "Whose counterparty.")
            .field("counterparty", &PreferBankAccount::counterparty, "A counterparty.")
            .field("bank_account", &PreferBankAccount::bank_account, "An account of it.")
            .field("currency", &PreferBankAccount::currency, "A currency that it takes.")
            .refuses(counterparty_unknown, counterparty_merged, bank_account_unknown,
                     bank_account_closed, bank_account_currency_differs);
    }
};

struct CloseBankAccount {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    std::optional<Date> until;

    static void describe(auto& command) {
        command
            .record("CloseBankAccount",
                    "Keeps payments from an account. It stays for the payments that were made.")
            .company(&CloseBankAccount::company)
            .stream(&CloseBankAccount::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "SALIX-GMBH", "bank_account": "MAIN",
                "until": "2030-12-31"})")
            .field("company", &CloseBankAccount::company, "Whose counterparty.")
            .field("counterparty", &CloseBankAccount::counterparty, "A counterparty.")
            .field("bank_account", &CloseBankAccount::bank_account, "An account of it.")
            .field("until", &CloseBankAccount::until, "The last day. Absent: today.")
            .refuses(counterparty_unknown, counterparty_merged, bank_account_unknown,
                     bank_account_closed, end_before_beginning);
    }
};

struct BankAccountKey {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;

    auto operator<=>(const BankAccountKey&) const = default;
    static void describe(auto& key) {
        key.record("BankAccountKey", "A bank account of a counterparty.")
            .field("company", &BankAccountKey::company, "Whose counterparty.")
            .field("counterparty", &BankAccountKey::counterparty, "The counterparty.")
            .field("bank_account", &BankAccountKey::bank_account, "Code of the account.");
    }
};

struct BankAccount {
    AccountDetails details;
    std::vector<Currency> preferred_for;
    Term term;
    std::optional<PersonalText> number = std::nullopt;
    std::string entered_by = {};
    bool awaits_confirmation = false;

    static void describe(auto& record) {
        record.record("BankAccount", "A bank account of a counterparty as decisions know it.")
            .field("details", &BankAccount::details, "As a payment needs it.")
            .field("preferred_for", &BankAccount::preferred_for,
                   "The currencies for which it is paid to where no other is named.")
            .field("term", &BankAccount::term, "From when until when.")
            .field("number", &BankAccount::number, "Of a person's account, sealed.")
            .field("entered_by", &BankAccount::entered_by, "Who does not confirm it.")
            .field("awaits_confirmation", &BankAccount::awaits_confirmation,
                   "True: nobody has confirmed it yet.");
    }
};
using BankAccounts = Table<BankAccountKey, BankAccount>;

bool takes(const BankAccount&, Currency);

// Details with their numbers in the one form in which they are kept.
AccountDetails as_kept(AccountDetails);
// What is wrong with the bank of an account, but for its numbers: bic_malformed, country_unknown,
// bank_code_malformed.
Objection fault_of_bank(const AccountDetails&, bool by_iban);
// The currencies for which a new account is paid to where no other is named: the one that it takes
// alone, where no account is yet.
std::vector<Currency> preferred_at_first(const World&, const CompanyCode&, const CounterpartyCode&,
                                         const std::optional<Currency>&);
// The open account of a person that has this number already.
std::optional<BankAccountCode> account_of_number(const World&, const CompanyCode&,
                                                 const CounterpartyCode&, const PersonalText&);

Decision<BankAccountAdded> decide(const World&, const AddBankAccount&, const Context&);
Decision<BankAccountPreferred> decide(const World&, const PreferBankAccount&, const Context&);
Decision<BankAccountClosed> decide(const World&, const CloseBankAccount&, const Context&);
void evolve(BankAccounts&, const BankAccountAdded&);
void evolve(BankAccounts&, const BankAccountPreferred&);
void evolve(BankAccounts&, const BankAccountClosed&);

Part bank_accounts();

}  // namespace kontor::parties
