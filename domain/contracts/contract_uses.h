// What orders under a contract come to, counted in order, so that no ceiling is passed.
#pragma once

#include "domain/contracts/contract_defaults.h"
#include "domain/core/paged_table.h"

namespace kontor::contracts {

inline constexpr Reason contract_use_negative{Refusal::invalid, "contract_use_negative",
                                              "What an order comes to is not below zero."};
inline constexpr Reason contract_ceiling_exceeded{
    Refusal::conflict, "contract_ceiling_exceeded",
    "With this, orders under the contract would come to more than its ceiling."};
inline constexpr Reason contract_use_unchanged{Refusal::conflict, "contract_use_unchanged",
                                               "The document is counted with this amount already."};

struct ContractUsed {
    CompanyCode company;
    ContractCode contract;
    UsingDocumentId document;
    Date date;
    Money amount;
    Money total;

    bool operator==(const ContractUsed&) const = default;
    static void describe(auto& event) {
        event.record("ContractUsed", "An order under a contract comes to this.")
            .company(&ContractUsed::company)
            .stream(&ContractUsed::contract)
            .on(&ContractUsed::date)
            .field("company", &ContractUsed::company, "Whose contract.")
            .field("contract", &ContractUsed::contract, "The contract.")
            .field("document", &ContractUsed::document, "The order.")
            .field("date", &ContractUsed::date, "The day whose ceiling holds.")
            .field("amount", &ContractUsed::amount,
                   "What all of it comes to, without tax; 0: nothing any more.")
            .field("total", &ContractUsed::total, "What all orders come to with it.");
    }
};

struct UseContract {
    CompanyCode company;
    ContractCode contract;
    UsingDocumentId document;
    std::optional<Date> date;
    Money amount;

    static void describe(auto& command) {
        command
            .record("UseContract",
                    "Counts what an order under a contract comes to, against its ceiling. Orders "
                    "do this by themselves when they are made, changed and cancelled; a document "
                    "is counted once, with what was last said.")
            .company(&UseContract::company)
            .stream(&UseContract::contract)
            .example(R"({"company": "DEMO", "contract": "ALDER-2026", "document":
                "01980000-0000-7000-8000-000000000601", "amount": {"amount": "1500.00",
                "currency": "EUR"}})")
            .field("company", &UseContract::company, "Whose contract.")
            .field("contract", &UseContract::contract, "A contract of the company.")
            .field("document", &UseContract::document, "The order.")
            .field("date", &UseContract::date, "The day whose ceiling holds. Absent: today.")
            .field("amount", &UseContract::amount,
                   "What all of it comes to, without tax; 0 when it is cancelled.")
            .refuses(contract_unknown, contract_currency_differs, contract_use_negative,
                     contract_use_unchanged, contract_ceiling_exceeded);
    }
};

struct ContractUseKey {
    CompanyCode company;
    ContractCode contract;
    UsingDocumentId document;

    auto operator<=>(const ContractUseKey&) const = default;
    static void describe(auto& key) {
        key.record("ContractUseKey", "An order under a contract.")
            .field("company", &ContractUseKey::company, "Whose contract.")
            .field("contract", &ContractUseKey::contract, "The contract.")
            .field("document", &ContractUseKey::document, "The order.");
    }
};

struct ContractUse {
    Money amount;

    static void describe(auto& record) {
        record.record("ContractUse", "What an order under a contract comes to.")
            .field("amount", &ContractUse::amount, "Without tax.");
    }
};
using ContractUses = PagedTable<ContractUseKey, ContractUse>;

struct ContractTotal {
    Money amount;

    static void describe(auto& record) {
        record.record("ContractTotal", "What all orders under a contract come to.")
            .field("amount", &ContractTotal::amount, "Without tax.");
    }
};
using ContractTotals = Table<ContractKey, ContractTotal>;

// What all orders under a contract come to, in its currency; zero for one that is not there.
Money ordered_under(const World&, const CompanyCode&, const ContractCode&);

Decision<ContractUsed> decide(const World&, const UseContract&, const Context&);
void evolve(ContractTotals&, const ContractUsed&);
void evolve(ContractUses&, const ContractUsed&);

Part contract_uses();

}  // namespace kontor::contracts
