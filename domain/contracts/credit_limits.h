// What a counterparty may owe in all, over all its contracts.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/decision.h"
#include "domain/core/money.h"
#include "domain/core/table.h"
#include "domain/core/world.h"
#include "domain/parties/counterparty.h"

#include <optional>

namespace kontor::contracts {

inline constexpr Reason credit_limit_negative{Refusal::invalid, "credit_limit_negative",
                                              "A credit limit is not below zero."};
inline constexpr Reason credit_limit_unchanged{
    Refusal::conflict, "credit_limit_unchanged",
    "The counterparty has this limit from that day on already."};

struct CreditLimitSet {
    CompanyCode company;
    parties::CounterpartyCode counterparty;
    Date from;
    std::optional<Money> limit;
    std::string because;

    bool operator==(const CreditLimitSet&) const = default;
    static void describe(auto& event) {
        event.record("CreditLimitSet", "A counterparty may owe so much from a day on.")
            .company(&CreditLimitSet::company)
            .stream(&CreditLimitSet::counterparty)
            .on(&CreditLimitSet::from)
            .field("company", &CreditLimitSet::company, "Whose counterparty.")
            .field("counterparty", &CreditLimitSet::counterparty, "The counterparty.")
            .field("from", &CreditLimitSet::from, "The first day.")
            .field("limit", &CreditLimitSet::limit, "The limit; absent: none any more.")
            .field("because", &CreditLimitSet::because, "Why.");
    }
};

struct SetCreditLimit {
    CompanyCode company;
    parties::CounterpartyCode counterparty;
    std::optional<Date> from;
    std::optional<Money> limit;
    std::string because;

    static void describe(auto& command) {
        command
            .record("SetCreditLimit",
                    "Says up to which undelivered and unpaid business a counterparty may come to "
                    "under all its contracts, from a day on. Each contract's own limit holds "
                    "beside it.")
            .company(&SetCreditLimit::company)
            .stream(&SetCreditLimit::counterparty)
            .example(R"({"company": "DEMO", "counterparty": "ALDER-LTD", "limit": {"amount":
                "30000.00", "currency": "EUR"}, "because": "Accounts of 2025 are in"})")
            .field("company", &SetCreditLimit::company, "Whose counterparty.")
            .field("counterparty", &SetCreditLimit::counterparty, "A counterparty.")
            .field("from", &SetCreditLimit::from, "The first day. Absent: today.")
            .field("limit", &SetCreditLimit::limit,
                   "The limit with tax, in any currency; 0: all is paid before. Absent: none.")
            .field("because", &SetCreditLimit::because, "Why.")
            .otherwise_empty()
            .longest(500)
            .refuses(parties::counterparty_unknown, parties::counterparty_merged,
                     credit_limit_negative, credit_limit_unchanged);
    }
};

struct CreditLimitKey {
    CompanyCode company;
    parties::CounterpartyCode counterparty;
    Date from;

    auto operator<=>(const CreditLimitKey&) const = default;
    static void describe(auto& key) {
        key.record("CreditLimitKey", "A limit of a counterparty from a day on.")
            .field("company", &CreditLimitKey::company, "Whose counterparty.")
            .field("counterparty", &CreditLimitKey::counterparty, "The counterparty.")
            .field("from", &CreditLimitKey::from, "The first day.");
    }
};

struct CreditLimit {
    std::optional<Money> limit;

    static void describe(auto& record) {
        record.record("CreditLimit", "What a counterparty may owe in all.")
            .field("limit", &CreditLimit::limit, "The limit; absent: none.");
    }
};
using CreditLimits = Table<CreditLimitKey, CreditLimit>;

// The limit of a counterparty, or of the one that stands for it, on a day; empty: there is none.
std::optional<Money> credit_limit_of(const World&, const CompanyCode&,
                                     const parties::CounterpartyCode&, Date);

Decision<CreditLimitSet> decide(const World&, const SetCreditLimit&, const Context&);
void evolve(CreditLimits&, const CreditLimitSet&);

Part credit_limits();

}  // namespace kontor::contracts
