// Bank accounts that somebody else looks at before money goes there.
//
// Whoever can enter an account could send payments home: a company may say that a new one is paid
// to only when a second person has confirmed it, best by a call to a number known before.
#pragma once

#include "domain/parties/bank_accounts.h"

#include <string>

namespace kontor::parties {

inline constexpr Reason parties_policy_unchanged{Refusal::invalid, "parties_policy_unchanged",
                                                 "The policy is that already."};
inline constexpr Reason bank_account_confirmed{Refusal::conflict, "bank_account_confirmed",
                                               "The bank account awaits no confirmation."};
inline constexpr Reason bank_account_entered_by_confirmer{
    Refusal::conflict, "bank_account_entered_by_confirmer",
    "Who has entered a bank account does not confirm it; somebody else does."};

struct PartiesPolicySet {
    CompanyCode company;
    bool confirm_bank_accounts = false;

    bool operator==(const PartiesPolicySet&) const = default;
    static void describe(auto& event) {
        event.record("PartiesPolicySet", "How the company guards what it knows of parties.")
            .company(&PartiesPolicySet::company)
            .stream(&PartiesPolicySet::company)
            .on_recorded_day()
            .field("company", &PartiesPolicySet::company, "Whose policy.")
            .field("confirm_bank_accounts", &PartiesPolicySet::confirm_bank_accounts,
                   "True: new bank accounts await a second person.");
    }
};

struct BankAccountConfirmed {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    std::string how;

    bool operator==(const BankAccountConfirmed&) const = default;
    static void describe(auto& event) {
        event.record("BankAccountConfirmed", "A second person knows that the account is right.")
            .company(&BankAccountConfirmed::company)
            .stream(&BankAccountConfirmed::counterparty)
            .on_recorded_day()
            .field("company", &BankAccountConfirmed::company, "Whose counterparty.")
            .field("counterparty", &BankAccountConfirmed::counterparty, "The counterparty.")
            .field("bank_account", &BankAccountConfirmed::bank_account, "The account.")
            .field("how", &BankAccountConfirmed::how, "How it is known.");
    }
};

struct SetPartiesPolicy {
    CompanyCode company;
    bool confirm_bank_accounts = false;

    static void describe(auto& command) {
        command
            .record("SetPartiesPolicy",
                    "Says whether bank accounts that are added from now on are paid to only when "
                    "a second person has confirmed them. Where that is taken back, those that "
                    "still wait are paid to as well.")
            .company(&SetPartiesPolicy::company)
            .stream(&SetPartiesPolicy::company)
            .example(R"({"company": "DEMO", "confirm_bank_accounts": false})")
            .field("company", &SetPartiesPolicy::company, "Whose policy.")
            .field("confirm_bank_accounts", &SetPartiesPolicy::confirm_bank_accounts,
                   "True: a second person confirms each new bank account.")
            .refuses(companies::company_unknown, parties_policy_unchanged);
    }
};

struct ConfirmBankAccount {
    CompanyCode company;
    CounterpartyCode counterparty;
    BankAccountCode bank_account;
    std::string how;

    static void describe(auto& command) {
        command
            .record("ConfirmBankAccount",
                    "Says that a bank account is the counterparty's, by somebody else than who "
                    "has entered it; from then on it is paid to.")
            .company(&ConfirmBankAccount::company)
            .stream(&ConfirmBankAccount::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "ALDER-LTD", "bank_account": "NEW",
                "how": "Called the number on the contract"})")
            .field("company", &ConfirmBankAccount::company, "Whose counterparty.")
            .field("counterparty", &ConfirmBankAccount::counterparty, "A counterparty.")
            .field("bank_account", &ConfirmBankAccount::bank_account, "An account that waits.")
            .field("how", &ConfirmBankAccount::how,
                   "How it is known that the account is right; nobody is named.")
            .shortest(1)
            .longest(200)
            .refuses(counterparty_unknown, counterparty_merged, bank_account_unknown,
                     bank_account_closed, bank_account_confirmed,
                     bank_account_entered_by_confirmer);
    }
};

struct PartiesPolicyKey {
    CompanyCode company;

    auto operator<=>(const PartiesPolicyKey&) const = default;
    static void describe(auto& key) {
        key.record("PartiesPolicyKey", "A company.")
            .field("company", &PartiesPolicyKey::company, "Whose policy.");
    }
};

struct PartiesPolicy {
    bool confirm_bank_accounts = false;

    static void describe(auto& record) {
        record.record("PartiesPolicy", "How a company guards what it knows of parties.")
            .field("confirm_bank_accounts", &PartiesPolicy::confirm_bank_accounts,
                   "True: new bank accounts await a second person.");
    }
};
using PartiesPolicies = Table<PartiesPolicyKey, PartiesPolicy>;

bool wants_confirmation(const World&, const CompanyCode&);
// Whether payments must leave the account alone until it is confirmed.
bool is_unconfirmed(const World&, const CompanyCode&, const BankAccount&);

Decision<PartiesPolicySet> decide(const World&, const SetPartiesPolicy&, const Context&);
Decision<BankAccountConfirmed> decide(const World&, const ConfirmBankAccount&, const Context&);
void evolve(PartiesPolicies&, const PartiesPolicySet&);
void evolve(BankAccounts&, const BankAccountConfirmed&);

Part account_confirmations();

}  // namespace kontor::parties
