// Contracts and payment terms as they stand on any day, and what a document would be paid in.
#pragma once

#include "domain/contracts/contract_uses.h"
#include "domain/contracts/credit_limits.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::contracts {

struct ListedPaymentTerms {
    PaymentTermsCode terms;
    std::string name;
    std::int64_t version = 1;
    std::optional<Date> from;
    PaymentConditions conditions;
    bool blocked = false;

    bool operator==(const ListedPaymentTerms&) const = default;
    static void describe(auto& row) {
        row.record("ListedPaymentTerms", "Payment terms of a company.")
            .field("terms", &ListedPaymentTerms::terms, "Their code.")
            .field("name", &ListedPaymentTerms::name, "Their name.")
            .field("version", &ListedPaymentTerms::version, "The version of the day `valid_at`.")
            .field("from", &ListedPaymentTerms::from,
                   "The first date of documents that it is for; absent: it is the first one.")
            .field("conditions", &ListedPaymentTerms::conditions, "When how much is paid.")
            .field("blocked", &ListedPaymentTerms::blocked, "They stand on no new documents.");
    }
};

struct PaymentTermsList {
    CompanyCode company;

    static void describe(auto& query) {
        query
            .record("payment_terms",
                    "Payment terms as documents dated `valid_at` take them, by code.")
            .company(&PaymentTermsList::company)
            .field("company", &PaymentTermsList::company, "Whose terms.")
            .template answers<ListedPaymentTerms>(Times::both);
    }
};

struct OfferedDiscount {
    Date until;
    Percent percent;
    Money basis;
    Money amount;

    bool operator==(const OfferedDiscount&) const = default;
    static void describe(auto& row) {
        row.record("OfferedDiscount", "What an early payment takes off.")
            .field("until", &OfferedDiscount::until, "The last day.")
            .field("percent", &OfferedDiscount::percent, "The percentage.")
            .field("basis", &OfferedDiscount::basis, "What it is a percentage of.")
            .field("amount", &OfferedDiscount::amount, "What is taken off.");
    }
};

struct ScheduledInstalment {
    std::int64_t instalment = 1;
    Date due;
    Money amount;
    std::vector<OfferedDiscount> discounts;

    bool operator==(const ScheduledInstalment&) const = default;
    static void describe(auto& row) {
        row.record("ScheduledInstalment", "A part of a document's amount.")
            .field("instalment", &ScheduledInstalment::instalment, "Its number, from 1.")
            .field("due", &ScheduledInstalment::due, "The last day on which it is paid in time.")
            .field("amount", &ScheduledInstalment::amount, "The part.")
            .field("discounts", &ScheduledInstalment::discounts,
                   "What is taken off when it is paid early, the largest first.");
    }
};

struct ScheduleTotals {
    std::int64_t version = 1;
    Money amount;
    Date due;
    std::vector<std::string> text;

    bool operator==(const ScheduleTotals&) const = default;
    static void describe(auto& row) {
        row.record("ScheduleTotals", "What a document as a whole says of its payment.")
            .field("version", &ScheduleTotals::version, "The version of the terms.")
            .field("amount", &ScheduleTotals::amount, "All that is to be paid.")
            .field("due", &ScheduleTotals::due, "The last day (EN 16931, BT-9).")
            .field("text", &ScheduleTotals::text,
                   "The terms in words, line by line (EN 16931, BT-20).");
    }
};

struct PaymentScheduleOf {
    CompanyCode company;
    PaymentTermsCode terms;
    Date date;
    Money amount;
    std::optional<Money> net;

    static void describe(auto& query) {
        query
            .record("payment_schedule",
                    "When a document of a date and amount would have to be paid, and with which "
                    "early discounts. Nothing is stored.")
            .company(&PaymentScheduleOf::company)
            .field("company", &PaymentScheduleOf::company, "Whose terms.")
            .field("terms", &PaymentScheduleOf::terms, "Payment terms of the company.")
            .field("date", &PaymentScheduleOf::date, "Of the document.")
            .field("amount", &PaymentScheduleOf::amount, "What is to be paid, with tax.")
            .field("net", &PaymentScheduleOf::net,
                   "What of it is no tax. Absent: all of it is none.")
            .template answers<ScheduledInstalment>(Times::known_at)
            .template totals<ScheduleTotals>();
    }
};

struct ListedContract {
    ContractCode contract;
    ContractKind kind = ContractKind::sale;
    std::string name;
    parties::PartyCode party;
    parties::CounterpartyCode counterparty;
    Currency currency;
    std::optional<Date> since;
    std::optional<Date> until;
    bool holds = false;
    std::int64_t version = 1;
    ContractTerms terms;
    bool by_default = false;
    bool preferred = false;
    std::optional<std::string> reference;
    std::optional<Date> signed_on;
    std::optional<Money> ordered;
    std::optional<Money> left;

    bool operator==(const ListedContract&) const = default;
    static void describe(auto& row) {
        row.record("ListedContract", "A contract of a company.")
            .field("contract", &ListedContract::contract, "Its code.")
            .field("kind", &ListedContract::kind, "What is agreed.")
            .field("name", &ListedContract::name, "What it is about.")
            .field("party", &ListedContract::party, "With whom.")
            .field("counterparty", &ListedContract::counterparty, "The legal entity behind it.")
            .field("currency", &ListedContract::currency, "Of its documents.")
            .field("since", &ListedContract::since,
                   "The first day; of one by default, that of its first use.")
            .field("until", &ListedContract::until, "The last day; absent: no end.")
            .field("holds", &ListedContract::holds, "Whether it holds on the day `valid_at`.")
            .field("version", &ListedContract::version, "The version of that day.")
            .field("terms", &ListedContract::terms, "What it says on that day.")
            .field("by_default", &ListedContract::by_default, "Nobody wrote it.")
            .field("preferred", &ListedContract::preferred, "It is taken where none is named.")
            .field("reference", &ListedContract::reference, "The number on the paper.")
            .field("signed_on", &ListedContract::signed_on, "The day on the paper.")
            .field("ordered", &ListedContract::ordered,
                   "What all orders under it come to, without tax, of whatever day.")
            .field("left", &ListedContract::left, "What its ceiling leaves for more.");
    }
};

struct ContractList {
    CompanyCode company;
    std::optional<ContractKind> kind;
    std::optional<parties::PartyCode> party;
    std::optional<parties::CounterpartyCode> counterparty;
    std::optional<Currency> currency;
    std::optional<bool> holds;
    std::optional<bool> by_default;

    static void describe(auto& query) {
        query.record("contracts", "Contracts as they stand on the day `valid_at`, by code.")
            .company(&ContractList::company)
            .field("company", &ContractList::company, "Whose contracts.")
            .field("kind", &ContractList::kind, "Only those of this kind.")
            .field("party", &ContractList::party, "Only those that name this party.")
            .field("counterparty", &ContractList::counterparty,
                   "Only those that name this counterparty.")
            .field("currency", &ContractList::currency, "Only those in this currency.")
            .field("holds", &ContractList::holds,
                   "Only those that hold on the day, or only those that do not.")
            .field("by_default", &ContractList::by_default,
                   "Only those that nobody wrote, or only the others.")
            .template answers<ListedContract>(Times::both);
    }
};

struct ContractOf {
    CompanyCode company;
    ContractCode contract;

    static void describe(auto& query) {
        query.record("contract", "A contract as it stands on the day `valid_at`.")
            .company(&ContractOf::company)
            .field("company", &ContractOf::company, "Whose contract.")
            .field("contract", &ContractOf::contract, "Its code.")
            .template answers<ListedContract>(Times::both);
    }
};

struct ListedContractVersion {
    ContractCode contract;
    std::int64_t version = 1;
    Date from;
    ContractTerms terms;
    std::string because;
    std::optional<std::string> reference;
    std::optional<Date> signed_on;

    bool operator==(const ListedContractVersion&) const = default;
    static void describe(auto& row) {
        row.record("ListedContractVersion", "What a contract says from a day on.")
            .field("contract", &ListedContractVersion::contract, "The contract.")
            .field("version", &ListedContractVersion::version,
                   "Its number, in the order in which they were told.")
            .field("from", &ListedContractVersion::from, "The first day.")
            .field("terms", &ListedContractVersion::terms, "All that it says.")
            .field("because", &ListedContractVersion::because, "Why it was amended.")
            .field("reference", &ListedContractVersion::reference, "The number on the paper.")
            .field("signed_on", &ListedContractVersion::signed_on, "The day on the paper.");
    }
};

struct ContractVersionList {
    CompanyCode company;
    std::optional<ContractCode> contract;

    static void describe(auto& query) {
        query.record("contract_versions", "Contracts with their amendments, by code and number.")
            .company(&ContractVersionList::company)
            .field("company", &ContractVersionList::company, "Whose contracts.")
            .field("contract", &ContractVersionList::contract, "Only those of this one.")
            .template answers<ListedContractVersion>(Times::known_at);
    }
};

struct ListedContractDefaults {
    ContractKind kind = ContractKind::sale;
    std::optional<PaymentTermsCode> payment_terms;
    std::optional<Money> credit_limit;

    bool operator==(const ListedContractDefaults&) const = default;
    static void describe(auto& row) {
        row.record("ListedContractDefaults", "What contracts of a kind say that nobody wrote.")
            .field("kind", &ListedContractDefaults::kind, "The kind.")
            .field("payment_terms", &ListedContractDefaults::payment_terms,
                   "By which documents are paid.")
            .field("credit_limit", &ListedContractDefaults::credit_limit, "Of each of them.");
    }
};

struct ContractDefaultsOf {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("contract_defaults", "What contracts say that nobody wrote, by kind.")
            .company(&ContractDefaultsOf::company)
            .field("company", &ContractDefaultsOf::company, "Whose contracts.")
            .template answers<ListedContractDefaults>(Times::known_at);
    }
};

struct ListedCreditLimit {
    parties::CounterpartyCode counterparty;
    Date from;
    std::optional<Money> limit;
    std::string because;

    bool operator==(const ListedCreditLimit&) const = default;
    static void describe(auto& row) {
        row.record("ListedCreditLimit", "What a counterparty may owe in all.")
            .field("counterparty", &ListedCreditLimit::counterparty, "The counterparty.")
            .field("from", &ListedCreditLimit::from, "The first day.")
            .field("limit", &ListedCreditLimit::limit, "The limit.")
            .field("because", &ListedCreditLimit::because, "Why.");
    }
};

struct CreditLimitList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("credit_limits", "Counterparties with a limit on the day `valid_at`, by code.")
            .company(&CreditLimitList::company)
            .field("company", &CreditLimitList::company, "Whose counterparties.")
            .template answers<ListedCreditLimit>(Times::both);
    }
};

class ContractsModel {
public:
    explicit ContractsModel(const Place& place)
        : terms_(place.table(1)),
          term_versions_(place.table(2)),
          contracts_(place.table(3)),
          holding_(place.table(4)),
          versions_(place.table(5)),
          totals_(place.table(6)),
          defaults_(place.table(7)),
          limits_(place.table(8)) {}

    void on(const PaymentTermsDefined&, const Recorded&);
    void on(const PaymentTermsChanged&, const Recorded&);
    void on(const PaymentTermsRenamed&, const Recorded&);
    void on(const PaymentTermsBlocked&, const Recorded&);
    void on(const PaymentTermsUnblocked&, const Recorded&);
    void on(const ContractMade&, const Recorded&);
    void on(const ContractAmended&, const Recorded&);
    void on(const ContractEnded&, const Recorded&);
    void on(const ContractExtended&, const Recorded&);
    void on(const ContractSigned&, const Recorded&);
    void on(const ContractRenamed&, const Recorded&);
    void on(const ContractPreferred&, const Recorded&);
    void on(const ContractUsed&, const Recorded&);
    void on(const ContractDefaultsSet&, const Recorded&);
    void on(const CreditLimitSet&, const Recorded&);
    void answer(const PaymentTermsList&, const AsOf&, Page<ListedPaymentTerms>&) const;
    void answer(const PaymentScheduleOf&, const AsOf&, Page<ScheduledInstalment>&) const;
    void answer(const ContractList&, const AsOf&, Page<ListedContract>&) const;
    void answer(const ContractOf&, const AsOf&, Page<ListedContract>&) const;
    void answer(const ContractVersionList&, const AsOf&, Page<ListedContractVersion>&) const;
    void answer(const ContractDefaultsOf&, const AsOf&, Page<ListedContractDefaults>&) const;
    void answer(const CreditLimitList&, const AsOf&, Page<ListedCreditLimit>&) const;

    // A contract as it stands at the corner; empty where it is not known there.
    std::optional<ListedContract> contract(const AsOf&, const CompanyCode&,
                                           const ContractCode&) const;

private:
    struct VersionOfTerms {
        std::int64_t version = 1;
        std::optional<Date> from;
        PaymentConditions conditions;
        static void describe(auto& row) {
            row.record("ListedTermsVersion", "A version of payment terms.")
                .field("version", &VersionOfTerms::version, "Its number.")
                .field("from", &VersionOfTerms::from, "The first date.")
                .field("conditions", &VersionOfTerms::conditions, "When how much is paid.");
        }
    };
    struct VersionKey {
        CompanyCode company;
        ContractCode contract;
        std::int64_t version = 1;
        static void describe(auto& key) {
            key.record("ListedContractVersionKey", "A version of a contract.")
                .field("company", &VersionKey::company, "Whose contract.")
                .field("contract", &VersionKey::contract, "Its code.")
                .field("version", &VersionKey::version, "Its number.");
        }
    };
    struct LimitKey {
        CompanyCode company;
        parties::CounterpartyCode counterparty;
        static void describe(auto& key) {
            key.record("ListedCreditLimitKey", "A limit of a counterparty.")
                .field("company", &LimitKey::company, "Whose counterparty.")
                .field("counterparty", &LimitKey::counterparty, "The counterparty.");
        }
    };
    void complete(const AsOf&, const CompanyCode&, ListedContract&) const;

    DescribedRows<PaymentTermsKey, ListedPaymentTerms> terms_;  // what has one time
    DescribedRows<PaymentTermsKey, VersionOfTerms> term_versions_;
    DescribedRows<ContractKey, ListedContract> contracts_;  // what has one time
    DescribedRows<ContractKey, ContractVersion> holding_;   // by the first day of each version
    DescribedRows<VersionKey, ListedContractVersion> versions_;
    DescribedRows<ContractKey, ContractTotal> totals_;
    DescribedRows<ContractDefaultsKey, ListedContractDefaults> defaults_;
    DescribedRows<LimitKey, ListedCreditLimit> limits_;
};

ReadModelSpec contracts_model();

}  // namespace kontor::contracts
