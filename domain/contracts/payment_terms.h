// Payment terms of a company: by a code, when how much of a document is to be paid.
//
// Terms have versions. A document takes the one that holds on its date and keeps its number, so
// that nothing that was agreed changes when the terms do.
#pragma once

#include "domain/companies/companies.h"
#include "domain/contracts/payment_schedule.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <optional>
#include <string>
#include <vector>

namespace kontor::contracts {

struct PaymentTermsThing {
    static constexpr Thing thing{"payment_terms", "payment_terms"};
};
using PaymentTermsCode = Code<PaymentTermsThing>;

inline constexpr Reason payment_terms_exist{Refusal::conflict, "payment_terms_exist",
                                            "The company has payment terms with this code "
                                            "already."};
inline constexpr Reason payment_terms_unknown{Refusal::missing, "payment_terms_unknown",
                                              "The company has no payment terms with this code."};
inline constexpr Reason instalments_not_whole{
    Refusal::invalid, "instalments_not_whole",
    "Instalments are the whole amount: each is above 0 %, and they are 100 % in all, or below that "
    "with one that has the rest."};
inline constexpr Reason due_day_unfit{
    Refusal::invalid, "due_day_unfit",
    "A day of the month stands with day_of_month and next_day_of_month, and with these only."};
inline constexpr Reason discount_steps_unfit{
    Refusal::invalid, "discount_steps_unfit",
    "Early discounts are above 0 % and below 100 %, and each is less than the one before it."};
inline constexpr Reason payment_terms_unchanged{Refusal::conflict, "payment_terms_unchanged",
                                                "The payment terms are this way already."};
inline constexpr Reason payment_terms_version_early{
    Refusal::conflict, "payment_terms_version_early",
    "A new version holds from a day after the first day of the last one."};
inline constexpr Reason payment_terms_blocked{Refusal::conflict, "payment_terms_blocked",
                                              "The payment terms are blocked for new documents."};
inline constexpr Reason payment_terms_not_blocked{Refusal::conflict, "payment_terms_not_blocked",
                                                  "The payment terms are not blocked."};

struct PaymentTermsDefined {
    CompanyCode company;
    PaymentTermsCode terms;
    std::string name;
    PaymentConditions conditions;

    bool operator==(const PaymentTermsDefined&) const = default;
    static void describe(auto& event) {
        event.record("PaymentTermsDefined", "Documents may be paid by one more set of terms.")
            .company(&PaymentTermsDefined::company)
            .stream(&PaymentTermsDefined::terms)
            .on_recorded_day()
            .field("company", &PaymentTermsDefined::company, "Whose terms.")
            .field("terms", &PaymentTermsDefined::terms, "Their code.")
            .field("name", &PaymentTermsDefined::name, "Their name.")
            .field("conditions", &PaymentTermsDefined::conditions, "Their first version.");
    }
};

struct PaymentTermsChanged {
    CompanyCode company;
    PaymentTermsCode terms;
    std::int64_t version = 2;
    Date from;
    PaymentConditions conditions;

    bool operator==(const PaymentTermsChanged&) const = default;
    static void describe(auto& event) {
        event.record("PaymentTermsChanged", "Payment terms have another version from a day on.")
            .company(&PaymentTermsChanged::company)
            .stream(&PaymentTermsChanged::terms)
            .on(&PaymentTermsChanged::from)
            .field("company", &PaymentTermsChanged::company, "Whose terms.")
            .field("terms", &PaymentTermsChanged::terms, "Their code.")
            .field("version", &PaymentTermsChanged::version, "Its number; the first is 1.")
            .field("from", &PaymentTermsChanged::from,
                   "The first date of documents that it is for.")
            .field("conditions", &PaymentTermsChanged::conditions, "What they are from then on.");
    }
};

struct PaymentTermsRenamed {
    CompanyCode company;
    PaymentTermsCode terms;
    std::string name;

    bool operator==(const PaymentTermsRenamed&) const = default;
    static void describe(auto& event) {
        event.record("PaymentTermsRenamed", "Payment terms have another name.")
            .company(&PaymentTermsRenamed::company)
            .stream(&PaymentTermsRenamed::terms)
            .on_recorded_day()
            .field("company", &PaymentTermsRenamed::company, "Whose terms.")
            .field("terms", &PaymentTermsRenamed::terms, "Their code, which stays.")
            .field("name", &PaymentTermsRenamed::name, "The new name.");
    }
};

struct PaymentTermsBlocked {
    CompanyCode company;
    PaymentTermsCode terms;

    bool operator==(const PaymentTermsBlocked&) const = default;
    static void describe(auto& event) {
        event.record("PaymentTermsBlocked", "Payment terms stand on no new documents.")
            .company(&PaymentTermsBlocked::company)
            .stream(&PaymentTermsBlocked::terms)
            .on_recorded_day()
            .field("company", &PaymentTermsBlocked::company, "Whose terms.")
            .field("terms", &PaymentTermsBlocked::terms, "Their code.");
    }
};

struct PaymentTermsUnblocked {
    CompanyCode company;
    PaymentTermsCode terms;

    bool operator==(const PaymentTermsUnblocked&) const = default;
    static void describe(auto& event) {
        event.record("PaymentTermsUnblocked", "Payment terms stand on new documents again.")
            .company(&PaymentTermsUnblocked::company)
            .stream(&PaymentTermsUnblocked::terms)
            .on_recorded_day()
            .field("company", &PaymentTermsUnblocked::company, "Whose terms.")
            .field("terms", &PaymentTermsUnblocked::terms, "Their code.");
    }
};

struct DefinePaymentTerms {
    CompanyCode company;
    PaymentTermsCode terms;
    std::string name;
    PaymentConditions conditions;

    static void describe(auto& command) {
        command
            .record("DefinePaymentTerms",
                    "Adds payment terms that contracts and documents may name, such as 30 days "
                    "net with 2 % within 10 days.")
            .company(&DefinePaymentTerms::company)
            .stream(&DefinePaymentTerms::terms)
            .example(R"({"company": "DEMO", "terms": "2-10-NET-30", "name":
                "30 days net, 2 % within 10 days", "conditions": {"instalments": [{"due": {"days":
                30}, "discounts": [{"percent": "2", "within": {"days": 10}}]}]}})")
            .field("company", &DefinePaymentTerms::company, "Whose terms.")
            .field("terms", &DefinePaymentTerms::terms,
                   "A code for them, such as \"NET-30\"; it never changes.")
            .field("name", &DefinePaymentTerms::name, "Their name.")
            .shortest(1)
            .longest(200)
            .field("conditions", &DefinePaymentTerms::conditions, "When how much is paid.")
            .refuses(companies::company_unknown, payment_terms_exist, instalments_not_whole,
                     due_day_unfit, discount_steps_unfit);
    }
};

struct ChangePaymentTerms {
    CompanyCode company;
    PaymentTermsCode terms;
    std::optional<Date> from;
    PaymentConditions conditions;

    static void describe(auto& command) {
        command
            .record("ChangePaymentTerms",
                    "Gives payment terms another version for documents dated on a day or later. "
                    "Documents that are there keep theirs.")
            .company(&ChangePaymentTerms::company)
            .stream(&ChangePaymentTerms::terms)
            .example(R"({"company": "DEMO", "terms": "2-10-NET-30", "conditions": {"instalments":
                [{"due": {"days": 30}, "discounts": [{"percent": "3", "within": {"days": 8}},
                {"percent": "2", "within": {"days": 14}}]}]}})")
            .field("company", &ChangePaymentTerms::company, "Whose terms.")
            .field("terms", &ChangePaymentTerms::terms, "Payment terms of the company.")
            .field("from", &ChangePaymentTerms::from,
                   "The first date of documents that it is for. Absent: today.")
            .field("conditions", &ChangePaymentTerms::conditions, "All of what they are then.")
            .refuses(payment_terms_unknown, instalments_not_whole, due_day_unfit,
                     discount_steps_unfit, payment_terms_unchanged, payment_terms_version_early);
    }
};

struct RenamePaymentTerms {
    CompanyCode company;
    PaymentTermsCode terms;
    std::string name;

    static void describe(auto& command) {
        command.record("RenamePaymentTerms", "Gives payment terms another name. The code stays.")
            .company(&RenamePaymentTerms::company)
            .stream(&RenamePaymentTerms::terms)
            .example(R"({"company": "DEMO", "terms": "2-10-NET-30", "name":
                "30 days net, less when paid early"})")
            .field("company", &RenamePaymentTerms::company, "Whose terms.")
            .field("terms", &RenamePaymentTerms::terms, "Payment terms of the company.")
            .field("name", &RenamePaymentTerms::name, "The new name.")
            .shortest(1)
            .longest(200)
            .refuses(payment_terms_unknown);
    }
};

struct BlockPaymentTerms {
    CompanyCode company;
    PaymentTermsCode terms;

    static void describe(auto& command) {
        command
            .record("BlockPaymentTerms",
                    "Keeps payment terms off new contracts and documents. What names them stays.")
            .company(&BlockPaymentTerms::company)
            .stream(&BlockPaymentTerms::terms)
            .example(R"({"company": "DEMO", "terms": "2-10-NET-30"})")
            .field("company", &BlockPaymentTerms::company, "Whose terms.")
            .field("terms", &BlockPaymentTerms::terms, "Payment terms of the company.")
            .refuses(payment_terms_unknown, payment_terms_blocked);
    }
};

struct UnblockPaymentTerms {
    CompanyCode company;
    PaymentTermsCode terms;

    static void describe(auto& command) {
        command.record("UnblockPaymentTerms", "Allows payment terms on new documents again.")
            .company(&UnblockPaymentTerms::company)
            .stream(&UnblockPaymentTerms::terms)
            .example(R"({"company": "DEMO", "terms": "2-10-NET-30"})")
            .field("company", &UnblockPaymentTerms::company, "Whose terms.")
            .field("terms", &UnblockPaymentTerms::terms, "Payment terms of the company.")
            .refuses(payment_terms_unknown, payment_terms_not_blocked);
    }
};

struct PaymentTermsKey {
    CompanyCode company;
    PaymentTermsCode terms;

    auto operator<=>(const PaymentTermsKey&) const = default;
    static void describe(auto& key) {
        key.record("PaymentTermsKey", "Payment terms of a company.")
            .field("company", &PaymentTermsKey::company, "Whose terms.")
            .field("terms", &PaymentTermsKey::terms, "Their code.");
    }
};

struct PaymentTermsVersion {
    Date from = first_date;
    PaymentConditions conditions;

    bool operator==(const PaymentTermsVersion&) const = default;
    static void describe(auto& record) {
        record.record("PaymentTermsVersion", "What payment terms are from a day on.")
            .field("from", &PaymentTermsVersion::from, "The first date of documents.")
            .field("conditions", &PaymentTermsVersion::conditions, "When how much is paid.");
    }
};

struct PaymentTerms {
    std::vector<PaymentTermsVersion> versions;
    bool blocked = false;

    static void describe(auto& record) {
        record.record("PaymentTerms", "Payment terms as decisions know them.")
            .field("versions", &PaymentTerms::versions, "In the order of time; number 1 first.")
            .field("blocked", &PaymentTerms::blocked, "They stand on no new documents.");
    }
};
using PaymentTermsTable = Table<PaymentTermsKey, PaymentTerms>;

// Why a new document or contract cannot name the terms; empty when it can: payment_terms_unknown,
// payment_terms_blocked, in this order.
Objection fault_of_payment_terms(const World&, const CompanyCode&, const PaymentTermsCode&);

// The number of the version that a document of the date takes, for it to keep. 0 when the company
// has no such terms.
std::int64_t payment_terms_version_on(const World&, const CompanyCode&, const PaymentTermsCode&,
                                      Date document);
// What a version says; null when there is none. It stays valid until the table is next changed.
const PaymentConditions* payment_conditions(const World&, const CompanyCode&,
                                            const PaymentTermsCode&, std::int64_t version);

Decision<PaymentTermsDefined> decide(const World&, const DefinePaymentTerms&, const Context&);
Decision<PaymentTermsChanged> decide(const World&, const ChangePaymentTerms&, const Context&);
Decision<PaymentTermsRenamed> decide(const World&, const RenamePaymentTerms&, const Context&);
Decision<PaymentTermsBlocked> decide(const World&, const BlockPaymentTerms&, const Context&);
Decision<PaymentTermsUnblocked> decide(const World&, const UnblockPaymentTerms&, const Context&);
void evolve(PaymentTermsTable&, const PaymentTermsDefined&);
void evolve(PaymentTermsTable&, const PaymentTermsChanged&);
void evolve(PaymentTermsTable&, const PaymentTermsBlocked&);
void evolve(PaymentTermsTable&, const PaymentTermsUnblocked&);

Part payment_terms();

}  // namespace kontor::contracts
