// What a contract says, as it is at a time: an amendment gives all of it anew.
#pragma once

#include "domain/contracts/payment_terms.h"

#include <optional>

namespace kontor::contracts {

struct ContractThing {
    static constexpr Thing thing{"contract", "contracts"};
};
using ContractCode = Code<ContractThing>;

// A list of prices belongs to pricing, a floor above; a contract only names it.
struct PriceListThing {
    static constexpr Thing thing{"price_list", "price_lists"};
};
using PriceListCode = Code<PriceListThing>;

// What is bought or sold under a contract, or with a promotion: an order, whatever makes it.
struct UsingDocumentThing {
    static constexpr Thing thing{"using_document", {}};
};
using UsingDocumentId = Id<UsingDocumentThing>;

enum class ContractKind : std::uint8_t { sale, purchase, agency };

void describe(auto& choice, ContractKind) {
    choice.choice("ContractKind", "What is agreed in a contract.")
        .value("sale", "The company sells to the party.")
        .value("purchase", "The company buys from the party, or has it carry.")
        .value("agency", "One of the two sells for the other and has a commission.");
}

inline constexpr Reason credit_limit_unfit{
    Refusal::invalid, "credit_limit_unfit",
    "A credit limit is not below zero, and of the contract's currency or that of the books."};
inline constexpr Reason ceiling_unfit{Refusal::invalid, "ceiling_unfit",
                                      "A ceiling is above zero and of the contract's currency."};
inline constexpr Reason commission_unfit{
    Refusal::invalid, "commission_unfit",
    "A commission is above 0 % and at most 100 %, and of contracts of agency only."};

struct ContractTerms {
    std::optional<PaymentTermsCode> payment_terms;
    std::optional<PriceListCode> price_list;
    std::optional<Money> credit_limit;
    std::optional<Money> ceiling;
    std::optional<Percent> commission;

    bool operator==(const ContractTerms&) const = default;
    static void describe(auto& record) {
        record.record("ContractTerms", "What a contract says from a day on.")
            .field("payment_terms", &ContractTerms::payment_terms,
                   "By which its documents are paid. Absent: on the document's date.")
            .field("price_list", &ContractTerms::price_list,
                   "The prices that are looked at first. Absent: those that the party has anyway.")
            .field("credit_limit", &ContractTerms::credit_limit,
                   "Up to which undelivered and unpaid business under it may come to, with tax. "
                   "0: all is paid before. Absent: no limit.")
            .field("ceiling", &ContractTerms::ceiling,
                   "The amount without tax that all orders under it may come to. Absent: any.")
            .field("commission", &ContractTerms::commission,
                   "Of contracts of agency: what the agent has of each sale.");
    }
};

// Why terms cannot be those of a contract in this currency; empty when they can:
// payment_terms_unknown, payment_terms_blocked, credit_limit_unfit, ceiling_unfit,
// commission_unfit, in this order. Payment terms that it had `before` may be blocked since.
Objection fault_of_terms(const World&, const CompanyCode&, ContractKind, Currency,
                         const ContractTerms&, const ContractTerms* before = nullptr);

}  // namespace kontor::contracts
