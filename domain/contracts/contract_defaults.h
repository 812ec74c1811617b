// The contract behind business that nobody wrote one for: made on first use, on terms that the
// company has decided.
#pragma once

#include "domain/contracts/agreements.h"

namespace kontor::contracts {

inline constexpr Reason contract_defaults_unchanged{
    Refusal::conflict, "contract_defaults_unchanged", "The company has decided so already."};

struct ContractDefaultsSet {
    CompanyCode company;
    ContractKind kind = ContractKind::sale;
    std::optional<PaymentTermsCode> payment_terms;
    std::optional<Money> credit_limit;

    bool operator==(const ContractDefaultsSet&) const = default;
    static void describe(auto& event) {
        event.record("ContractDefaultsSet", "Contracts that nobody wrote say this from now on.")
            .company(&ContractDefaultsSet::company)
            .stream(&ContractDefaultsSet::company)
            .on_recorded_day()
            .field("company", &ContractDefaultsSet::company, "Whose contracts.")
            .field("kind", &ContractDefaultsSet::kind, "Of which kind.")
            .field("payment_terms", &ContractDefaultsSet::payment_terms,
                   "By which their documents are paid.")
            .field("credit_limit", &ContractDefaultsSet::credit_limit, "Of each of them.");
    }
};

struct SetContractDefaults {
    CompanyCode company;
    ContractKind kind = ContractKind::sale;
    std::optional<PaymentTermsCode> payment_terms;
    std::optional<Money> credit_limit;

    static void describe(auto& command) {
        command
            .record("SetContractDefaults",
                    "Says what a contract of a kind says that nobody wrote, from now on. Those "
                    "that are there stay; AmendContract changes them like any other.")
            .company(&SetContractDefaults::company)
            .stream(&SetContractDefaults::company)
            .example(R"({"company": "DEMO", "kind": "sale", "payment_terms": "2-10-NET-30",
                "credit_limit": {"amount": "2500.00", "currency": "EUR"}})")
            .field("company", &SetContractDefaults::company, "Whose contracts.")
            .field("kind", &SetContractDefaults::kind, "Of which kind.")
            .field("payment_terms", &SetContractDefaults::payment_terms,
                   "By which their documents are paid. Absent: on the document's date.")
            .field("credit_limit", &SetContractDefaults::credit_limit,
                   "Of each of them, in the currency of the books. Absent: no limit.")
            .refuses(companies::company_unknown, payment_terms_unknown, payment_terms_blocked,
                     credit_limit_unfit, contract_defaults_unchanged);
    }
};

struct OpenDefaultContract {
    CompanyCode company;
    ContractCode contract;
    ContractKind kind = ContractKind::sale;
    parties::PartyCode party;
    parties::CounterpartyCode counterparty;
    Currency currency;
    std::optional<Date> date;

    static void describe(auto& command) {
        command
            .record("OpenDefaultContract",
                    "Makes the contract behind business with a party that nobody wrote one for. A "
                    "first order does this by itself; it has the terms that SetContractDefaults "
                    "says.")
            .company(&OpenDefaultContract::company)
            .stream(&OpenDefaultContract::contract)
            .example(R"({"company": "DEMO", "contract": "C-1001-GBP-sale", "kind": "sale",
                "party": "C-1001", "counterparty": "ALDER-BOOKS", "currency": "GBP"})")
            .field("company", &OpenDefaultContract::company, "Whose contract.")
            .field("contract", &OpenDefaultContract::contract, "A code for it.")
            .field("kind", &OpenDefaultContract::kind, "What is done under it.")
            .field("party", &OpenDefaultContract::party, "With whom.")
            .field("counterparty", &OpenDefaultContract::counterparty, "Who is behind it.")
            .field("currency", &OpenDefaultContract::currency, "Of its documents.")
            .field("date", &OpenDefaultContract::date,
                   "Of the document that is the first. Absent: today.")
            .refuses(companies::company_unknown, contract_exists, parties::party_unknown,
                     parties::party_merged, parties::party_refused, parties::party_former,
                     parties::party_lacks_role, counterparty_missing, parties::counterparty_unknown,
                     parties::counterparty_merged, parties::counterparty_refused,
                     parties::counterparty_former, parties::counterparty_not_linked,
                     payment_terms_unknown, payment_terms_blocked);
    }
};

struct ContractDefaultsKey {
    CompanyCode company;
    ContractKind kind = ContractKind::sale;

    auto operator<=>(const ContractDefaultsKey&) const = default;
    static void describe(auto& key) {
        key.record("ContractDefaultsKey", "Contracts of a kind that nobody wrote.")
            .field("company", &ContractDefaultsKey::company, "Whose contracts.")
            .field("kind", &ContractDefaultsKey::kind, "Of which kind.");
    }
};

struct DefaultTerms {
    std::optional<PaymentTermsCode> payment_terms;
    std::optional<Money> credit_limit;

    bool operator==(const DefaultTerms&) const = default;
    static void describe(auto& record) {
        record.record("DefaultTerms", "What a contract says that nobody wrote.")
            .field("payment_terms", &DefaultTerms::payment_terms, "By which documents are paid.")
            .field("credit_limit", &DefaultTerms::credit_limit, "Of each contract.");
    }
};
using ContractDefaults = Table<ContractDefaultsKey, DefaultTerms>;

// What a document says of itself when it looks for its contract.
struct ContractWanted {
    ContractKind kind = ContractKind::sale;
    parties::PartyCode party;
    parties::CounterpartyCode counterparty;
    Currency currency;
    // Orders have one. Absent: for what follows from an order, such as an invoice or a payment,
    // which a contract that is over is good for too.
    std::optional<Date> day;
};

// Why a document cannot be under a contract; empty when it can: contract_unknown,
// contract_not_of_dealing, contract_currency_differs, contract_not_in_force, in this order.
Objection fault_of_contract(const World&, const CompanyCode&, const ContractCode&,
                            const ContractWanted&);

inline constexpr Reason contract_not_of_dealing{
    Refusal::conflict, "contract_not_of_dealing",
    "The contract is of another kind, or with another party or counterparty."};
inline constexpr Reason contract_currency_differs{Refusal::conflict, "contract_currency_differs",
                                                  "The contract is in another currency."};

// The contract of a document that names none. `exists` is false where there is none yet: then its
// flow sends OpenDefaultContract with this code, and the document may keep the code already.
struct ContractChosen {
    ContractCode contract;
    bool exists = false;
};
// Of the contracts that hold on the day with the party (or one that it stands for), counterparty
// and currency: the preferred one, else the first by code that somebody wrote, else the one by
// default; else the code of the one that is to be made.
ContractChosen contract_for(const World&, const CompanyCode&, const ContractWanted&);

// What a contract says on a day; null when the company has no such contract. It stays valid until
// contracts are next changed.
const ContractTerms* contract_terms_on(const World&, const CompanyCode&, const ContractCode&, Date);
// The number of the version that holds on a day, for a document to keep; 0 when there is none.
std::int64_t contract_version_on(const World&, const CompanyCode&, const ContractCode&, Date);
// What a version says; null when there is none.
const ContractTerms* contract_terms(const World&, const CompanyCode&, const ContractCode&,
                                    std::int64_t version);
// The limit of what may be undelivered and unpaid under a contract; empty: there is none.
std::optional<Money> credit_limit_of(const World&, const CompanyCode&, const ContractCode&, Date);

Decision<ContractDefaultsSet> decide(const World&, const SetContractDefaults&, const Context&);
Decision<ContractMade> decide(const World&, const OpenDefaultContract&, const Context&);
void evolve(ContractDefaults&, const ContractDefaultsSet&);

Part contract_defaults();

}  // namespace kontor::contracts
