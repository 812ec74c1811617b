// Contracts: with whom something is agreed, from when until when, and what it says on a day.
#pragma once

#include "domain/contracts/contract_terms.h"
#include "domain/parties/dealings.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::contracts {

inline constexpr Reason contract_exists{Refusal::conflict, "contract_exists",
                                        "The company has a contract with this code already."};
inline constexpr Reason contract_unknown{Refusal::missing, "contract_unknown",
                                         "The company has no contract with this code."};
inline constexpr Reason counterparty_missing{
    Refusal::conflict, "counterparty_missing",
    "The party is served through no counterparty on that day; link one, or name it."};
inline constexpr Reason contract_not_in_force{
    Refusal::conflict, "contract_not_in_force",
    "The contract does not hold on that day: it has not begun yet, or is over."};
inline constexpr Reason contract_unchanged{Refusal::conflict, "contract_unchanged",
                                           "The contract says so on that day already."};
inline constexpr Reason contract_ends_earlier{Refusal::conflict, "contract_ends_earlier",
                                              "The contract ends on that day or before already."};
inline constexpr Reason contract_not_longer{
    Refusal::conflict, "contract_not_longer",
    "The contract holds on that day already; it is made longer, or given no end."};
inline constexpr Reason contract_signed{Refusal::conflict, "contract_signed",
                                        "The contract is signed already."};
inline constexpr Reason contract_preferred{
    Refusal::conflict, "contract_preferred",
    "The contract is the one that is taken where none is named already."};

struct ContractMade {
    CompanyCode company;
    ContractCode contract;
    ContractKind kind = ContractKind::sale;
    parties::PartyCode party;
    parties::CounterpartyCode counterparty;
    Currency currency;
    Date since;
    std::optional<Date> until;
    ContractTerms terms;
    bool by_default = false;
    std::string name;
    std::optional<std::string> reference;
    std::optional<Date> signed_on;

    bool operator==(const ContractMade&) const = default;
    static void describe(auto& event) {
        event.record("ContractMade", "Something is agreed with a party.")
            .company(&ContractMade::company)
            .stream(&ContractMade::contract)
            .on(&ContractMade::since)
            .field("company", &ContractMade::company, "Whose contract.")
            .field("contract", &ContractMade::contract, "Its code.")
            .field("kind", &ContractMade::kind, "What is agreed.")
            .field("party", &ContractMade::party, "With whom.")
            .field("counterparty", &ContractMade::counterparty, "The legal entity behind it.")
            .field("currency", &ContractMade::currency, "Of its documents.")
            .field("since", &ContractMade::since, "The first day; by default: of its first use.")
            .field("until", &ContractMade::until, "The last day; absent: no end.")
            .field("terms", &ContractMade::terms, "What it says: version 1.")
            .field("by_default", &ContractMade::by_default,
                   "Nobody wrote it: it stands behind business without a contract.")
            .field("name", &ContractMade::name, "What it is about.")
            .field("reference", &ContractMade::reference, "The number on the paper.")
            .field("signed_on", &ContractMade::signed_on, "The day on the paper.");
    }
};

struct ContractAmended {
    CompanyCode company;
    ContractCode contract;
    std::int64_t version = 2;
    Date from;
    ContractTerms terms;
    std::string because;
    std::optional<std::string> reference;
    std::optional<Date> signed_on;

    bool operator==(const ContractAmended&) const = default;
    static void describe(auto& event) {
        event.record("ContractAmended", "A contract says something else from a day on.")
            .company(&ContractAmended::company)
            .stream(&ContractAmended::contract)
            .on(&ContractAmended::from)
            .field("company", &ContractAmended::company, "Whose contract.")
            .field("contract", &ContractAmended::contract, "Its code.")
            .field("version", &ContractAmended::version,
                   "Its number, in the order in which they were told.")
            .field("from", &ContractAmended::from, "The first day.")
            .field("terms", &ContractAmended::terms, "All that it says then.")
            .field("because", &ContractAmended::because, "Why.")
            .field("reference", &ContractAmended::reference, "The number on the amendment.")
            .field("signed_on", &ContractAmended::signed_on, "The day on the amendment.");
    }
};

struct ContractEnded {
    CompanyCode company;
    ContractCode contract;
    Date until;
    std::string because;

    bool operator==(const ContractEnded&) const = default;
    static void describe(auto& event) {
        event.record("ContractEnded", "A contract ends sooner than it said.")
            .company(&ContractEnded::company)
            .stream(&ContractEnded::contract)
            .on(&ContractEnded::until)
            .field("company", &ContractEnded::company, "Whose contract.")
            .field("contract", &ContractEnded::contract, "Its code.")
            .field("until", &ContractEnded::until, "The last day.")
            .field("because", &ContractEnded::because, "Why.");
    }
};

struct ContractExtended {
    CompanyCode company;
    ContractCode contract;
    std::optional<Date> until;
    std::string because;

    bool operator==(const ContractExtended&) const = default;
    static void describe(auto& event) {
        event.record("ContractExtended", "A contract holds longer than it said.")
            .company(&ContractExtended::company)
            .stream(&ContractExtended::contract)
            .on_recorded_day()
            .field("company", &ContractExtended::company, "Whose contract.")
            .field("contract", &ContractExtended::contract, "Its code.")
            .field("until", &ContractExtended::until, "The last day; absent: no end.")
            .field("because", &ContractExtended::because, "Why.");
    }
};

struct ContractSigned {
    CompanyCode company;
    ContractCode contract;
    Date signed_on;
    std::optional<std::string> reference;

    bool operator==(const ContractSigned&) const = default;
    static void describe(auto& event) {
        event.record("ContractSigned", "A contract is on paper.")
            .company(&ContractSigned::company)
            .stream(&ContractSigned::contract)
            .on(&ContractSigned::signed_on)
            .field("company", &ContractSigned::company, "Whose contract.")
            .field("contract", &ContractSigned::contract, "Its code.")
            .field("signed_on", &ContractSigned::signed_on, "The day on the paper.")
            .field("reference", &ContractSigned::reference,
                   "The number on the paper; absent: as before.");
    }
};

struct ContractRenamed {
    CompanyCode company;
    ContractCode contract;
    std::string name;

    bool operator==(const ContractRenamed&) const = default;
    static void describe(auto& event) {
        event.record("ContractRenamed", "A contract has another name.")
            .company(&ContractRenamed::company)
            .stream(&ContractRenamed::contract)
            .on_recorded_day()
            .field("company", &ContractRenamed::company, "Whose contract.")
            .field("contract", &ContractRenamed::contract, "Its code, which stays.")
            .field("name", &ContractRenamed::name, "What it is about.");
    }
};

struct ContractPreferred {
    CompanyCode company;
    ContractCode contract;
    std::optional<ContractCode> instead_of;

    bool operator==(const ContractPreferred&) const = default;
    static void describe(auto& event) {
        event.record("ContractPreferred", "A contract is taken where none is named.")
            .company(&ContractPreferred::company)
            .stream(&ContractPreferred::contract)
            .on_recorded_day()
            .field("company", &ContractPreferred::company, "Whose contract.")
            .field("contract", &ContractPreferred::contract, "Its code.")
            .field("instead_of", &ContractPreferred::instead_of, "The one that was until now.");
    }
};

struct MakeContract {
    CompanyCode company;
    ContractCode contract;
    ContractKind kind = ContractKind::sale;
    parties::PartyCode party;
    std::optional<parties::CounterpartyCode> counterparty;
    Currency currency;
    std::optional<Date> since;
    std::optional<Date> until;
    ContractTerms terms;
    std::string name;
    std::optional<std::string> reference;
    std::optional<Date> signed_on;
    bool preferred = false;

    static void describe(auto& command) {
        command
            .record("MakeContract",
                    "Enters what is agreed with a party: who is behind it, in which currency, "
                    "until when, and on which terms. Whoever orders without naming a contract "
                    "needs none: there is one by default.")
            .company(&MakeContract::company)
            .stream(&MakeContract::contract)
            .example(R"({"company": "DEMO", "contract": "ALDER-2026", "kind": "sale", "party":
                "C-1001", "currency": "EUR", "terms": {"payment_terms": "2-10-NET-30",
                "credit_limit": {"amount": "20000.00", "currency": "EUR"}, "ceiling": {"amount":
                "100000.00", "currency": "EUR"}}, "name": "Supply of the bookshop", "reference":
                "KV 17/2026"})")
            .field("company", &MakeContract::company, "Whose contract.")
            .field("contract", &MakeContract::contract,
                   "A code for it, such as \"ALDER-2026\"; it never changes.")
            .field("kind", &MakeContract::kind, "What is agreed.")
            .field("party", &MakeContract::party,
                   "With whom: a customer; to buy, a supplier or a carrier; for agency, a "
                   "customer or a supplier.")
            .field("counterparty", &MakeContract::counterparty,
                   "The legal entity that signs. Absent: the one through which the party is "
                   "served.")
            .field("currency", &MakeContract::currency, "Of its documents.")
            .field("since", &MakeContract::since, "The first day. Absent: today.")
            .field("until", &MakeContract::until, "The last day. Absent: no end.")
            .field("terms", &MakeContract::terms, "What it says.")
            .field("name", &MakeContract::name, "What it is about.")
            .otherwise_empty()
            .longest(200)
            .field("reference", &MakeContract::reference, "The number on the paper.")
            .shortest(1)
            .longest(100)
            .field("signed_on", &MakeContract::signed_on,
                   "The day on the paper. Absent: it is not signed yet.")
            .field("preferred", &MakeContract::preferred,
                   "It is taken where several hold and none is named.")
            .otherwise(false)
            .refuses(companies::company_unknown, contract_exists, parties::end_before_beginning,
                     parties::party_unknown, parties::party_merged, parties::party_refused,
                     parties::party_former, parties::party_lacks_role, counterparty_missing,
                     parties::counterparty_unknown, parties::counterparty_merged,
                     parties::counterparty_refused, parties::counterparty_former,
                     parties::counterparty_not_linked, payment_terms_unknown, payment_terms_blocked,
                     credit_limit_unfit, ceiling_unfit, commission_unfit);
    }
};

struct AmendContract {
    CompanyCode company;
    ContractCode contract;
    std::optional<Date> from;
    ContractTerms terms;
    std::string because;
    std::optional<std::string> reference;
    std::optional<Date> signed_on;

    static void describe(auto& command) {
        command
            .record("AmendContract",
                    "Says what a contract says from a day on. What was ordered before keeps its "
                    "terms; an amendment from a later day goes on holding from that.")
            .company(&AmendContract::company)
            .stream(&AmendContract::contract)
            .example(R"({"company": "DEMO", "contract": "ALDER-2026", "terms": {"payment_terms":
                "2-10-NET-30", "credit_limit": {"amount": "25000.00", "currency": "EUR"},
                "ceiling": {"amount": "120000.00", "currency": "EUR"}}, "because":
                "They opened a second shop"})")
            .field("company", &AmendContract::company, "Whose contract.")
            .field("contract", &AmendContract::contract, "A contract of the company.")
            .field("from", &AmendContract::from, "The first day. Absent: today.")
            .field("terms", &AmendContract::terms, "All that it says then.")
            .field("because", &AmendContract::because, "Why.")
            .shortest(1)
            .longest(500)
            .field("reference", &AmendContract::reference, "The number on the amendment.")
            .shortest(1)
            .longest(100)
            .field("signed_on", &AmendContract::signed_on, "The day on the amendment.")
            .refuses(contract_unknown, contract_not_in_force, payment_terms_unknown,
                     payment_terms_blocked, credit_limit_unfit, ceiling_unfit, commission_unfit,
                     contract_unchanged);
    }
};

struct EndContract {
    CompanyCode company;
    ContractCode contract;
    std::optional<Date> until;
    std::string because;

    static void describe(auto& command) {
        command
            .record("EndContract",
                    "Ends a contract sooner than it said. What was ordered under it is still "
                    "delivered, invoiced and paid under it.")
            .company(&EndContract::company)
            .stream(&EndContract::contract)
            .example(R"({"company": "DEMO", "contract": "ALDER-2026", "because":
                "Both sides agreed to"})")
            .field("company", &EndContract::company, "Whose contract.")
            .field("contract", &EndContract::contract, "A contract of the company.")
            .field("until", &EndContract::until, "The last day. Absent: today.")
            .field("because", &EndContract::because, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(contract_unknown, parties::end_before_beginning, contract_ends_earlier);
    }
};

struct ExtendContract {
    CompanyCode company;
    ContractCode contract;
    std::optional<Date> until;
    std::string because;

    static void describe(auto& command) {
        command
            .record("ExtendContract",
                    "Lets a contract hold longer than it said, also when it is over already.")
            .company(&ExtendContract::company)
            .stream(&ExtendContract::contract)
            .example(R"({"company": "DEMO", "contract": "ALDER-2026", "because":
                "They go on after all"})")
            .field("company", &ExtendContract::company, "Whose contract.")
            .field("contract", &ExtendContract::contract, "A contract of the company.")
            .field("until", &ExtendContract::until, "The new last day. Absent: no end.")
            .field("because", &ExtendContract::because, "Why.")
            .shortest(1)
            .longest(500)
            .refuses(contract_unknown, contract_not_longer);
    }
};

struct SignContract {
    CompanyCode company;
    ContractCode contract;
    std::optional<Date> signed_on;
    std::optional<std::string> reference;

    static void describe(auto& command) {
        command.record("SignContract", "Says that the paper of a contract came back signed.")
            .company(&SignContract::company)
            .stream(&SignContract::contract)
            .example(R"({"company": "DEMO", "contract": "ALDER-2026"})")
            .field("company", &SignContract::company, "Whose contract.")
            .field("contract", &SignContract::contract, "A contract of the company.")
            .field("signed_on", &SignContract::signed_on, "The day on the paper. Absent: today.")
            .field("reference", &SignContract::reference,
                   "The number on the paper. Absent: as before.")
            .shortest(1)
            .longest(100)
            .refuses(contract_unknown, contract_signed);
    }
};

struct RenameContract {
    CompanyCode company;
    ContractCode contract;
    std::string name;

    static void describe(auto& command) {
        command.record("RenameContract", "Says what a contract is about. Its code stays.")
            .company(&RenameContract::company)
            .stream(&RenameContract::contract)
            .example(R"({"company": "DEMO", "contract": "ALDER-2026", "name":
                "Supply of both bookshops"})")
            .field("company", &RenameContract::company, "Whose contract.")
            .field("contract", &RenameContract::contract, "A contract of the company.")
            .field("name", &RenameContract::name, "What it is about.")
            .shortest(1)
            .longest(200)
            .refuses(contract_unknown);
    }
};

struct PreferContract {
    CompanyCode company;
    ContractCode contract;

    static void describe(auto& command) {
        command
            .record("PreferContract",
                    "Makes a contract the one that documents take which name none, of all with "
                    "that party and counterparty, of its kind and currency.")
            .company(&PreferContract::company)
            .stream(&PreferContract::contract)
            .example(R"({"company": "DEMO", "contract": "ALDER-2026"})")
            .field("company", &PreferContract::company, "Whose contract.")
            .field("contract", &PreferContract::contract, "A contract of the company.")
            .refuses(contract_unknown, contract_preferred);
    }
};

struct ContractKey {
    CompanyCode company;
    ContractCode contract;

    auto operator<=>(const ContractKey&) const = default;
    static void describe(auto& key) {
        key.record("ContractKey", "A contract of a company.")
            .field("company", &ContractKey::company, "Whose contract.")
            .field("contract", &ContractKey::contract, "Its code.");
    }
};

struct ContractVersion {
    std::int64_t version = 1;
    Date from;
    ContractTerms terms;

    static void describe(auto& record) {
        record.record("ContractVersion", "What a contract says from a day on.")
            .field("version", &ContractVersion::version, "Its number.")
            .field("from", &ContractVersion::from, "The first day.")
            .field("terms", &ContractVersion::terms, "All that it says.");
    }
};

struct Contract {
    ContractKind kind = ContractKind::sale;
    parties::PartyCode party;
    parties::CounterpartyCode counterparty;
    Currency currency;
    Date since;
    std::optional<Date> until;
    bool by_default = false;
    bool preferred = false;
    bool is_signed = false;
    std::vector<ContractVersion> versions;

    // What nobody wrote has no first day.
    bool holds_on(Date day) const {
        return (by_default || since <= day) && (!until || day <= *until);
    }
    static void describe(auto& record) {
        record.record("Contract", "A contract as decisions know it.")
            .field("kind", &Contract::kind, "What is agreed.")
            .field("party", &Contract::party, "With whom.")
            .field("counterparty", &Contract::counterparty, "The legal entity behind it.")
            .field("currency", &Contract::currency, "Of its documents.")
            .field("since", &Contract::since, "The first day.")
            .field("until", &Contract::until, "The last day.")
            .field("by_default", &Contract::by_default, "Nobody wrote it.")
            .field("preferred", &Contract::preferred, "It is taken where none is named.")
            .field("is_signed", &Contract::is_signed, "It is on paper.")
            .field("versions", &Contract::versions,
                   "By their first day, and of one day by their number.");
    }
};
using Contracts = Table<ContractKey, Contract>;

struct PartyContractKey {
    CompanyCode company;
    parties::PartyCode party;
    ContractCode contract;

    auto operator<=>(const PartyContractKey&) const = default;
    static void describe(auto& key) {
        key.record("PartyContractKey", "A contract with a party.")
            .field("company", &PartyContractKey::company, "Whose contract.")
            .field("party", &PartyContractKey::party, "With whom, as the contract names it.")
            .field("contract", &PartyContractKey::contract, "The contract.");
    }
};

struct PartyContract {
    ContractKind kind = ContractKind::sale;

    static void describe(auto& record) {
        record.record("PartyContract", "What is agreed with a party.")
            .field("kind", &PartyContract::kind, "What is agreed.");
    }
};
using PartyContracts = Table<PartyContractKey, PartyContract>;

// Who is to be behind a contract or document: named, or taken by default; or why it cannot be.
struct Dealing {
    parties::CounterpartyCode counterparty;
    Objection fault;
};
// party_unknown, party_merged, party_refused, party_former, party_lacks_role, counterparty_missing,
// counterparty_unknown, counterparty_merged, counterparty_refused, counterparty_former,
// counterparty_not_linked, in this order.
Dealing dealing_with(const World&, const CompanyCode&, ContractKind, const parties::PartyCode&,
                     const std::optional<parties::CounterpartyCode>&, Date);

Decision<ContractMade, ContractPreferred> decide(const World&, const MakeContract&, const Context&);
Decision<ContractAmended> decide(const World&, const AmendContract&, const Context&);
Decision<ContractEnded> decide(const World&, const EndContract&, const Context&);
Decision<ContractExtended> decide(const World&, const ExtendContract&, const Context&);
Decision<ContractSigned> decide(const World&, const SignContract&, const Context&);
Decision<ContractRenamed> decide(const World&, const RenameContract&, const Context&);
Decision<ContractPreferred> decide(const World&, const PreferContract&, const Context&);
void evolve(Contracts&, const ContractMade&);
void evolve(Contracts&, const ContractAmended&);
void evolve(Contracts&, const ContractEnded&);
void evolve(Contracts&, const ContractExtended&);
void evolve(Contracts&, const ContractSigned&);
void evolve(Contracts&, const ContractPreferred&);
void evolve(PartyContracts&, const ContractMade&);

Part agreements();

}  // namespace kontor::contracts
