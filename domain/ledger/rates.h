// Rates of exchange: what one currency costs in another, by type and day, and how an amount's rate
// is found among them.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/exact_rate.h"
#include "domain/core/id.h"
#include "domain/core/money.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <functional>
#include <optional>

namespace kontor::ledger {

// What a rate is for. IAS 21.8, 21.22, 21.23.
enum class RateType : std::uint8_t { spot, average, closing, own };

void describe(auto& choice, RateType) {
    choice.choice("RateType", "What a rate is for.")
        .value("spot", "What happens on its day is booked at it.")
        .value("average",
               "That of a span of days, such as a month, named by its first day; it holds until "
               "the next one.")
        .value("closing", "Balances that stand at the end of its day are valued at it.")
        .value("own",
               "The company's own, such as a customs rate or one that was agreed; it holds until "
               "the next one.");
}

inline constexpr Reason rate_of_one_currency{
    Refusal::invalid, "rate_of_one_currency",
    "`from` and `to` are one currency; a rate is between two."};
inline constexpr Reason rate_not_positive{Refusal::invalid, "rate_not_positive",
                                          "A rate is not above zero."};
inline constexpr Reason rate_unchanged{
    Refusal::conflict, "rate_unchanged",
    "This is the rate of that type between the two currencies on the day already."};
inline constexpr Reason rate_not_set{
    Refusal::missing, "rate_not_set",
    "No rate of that type is set from the one currency to the other on the day."};

struct RateSet {
    CompanyCode company;
    RateType type = RateType::spot;
    Currency from;
    Currency to;
    Date date;
    Rate rate;

    bool operator==(const RateSet&) const = default;
    static void describe(auto& event) {
        event
            .record("RateSet",
                    "A rate of exchange is known, or another than was known for its day before.")
            .company(&RateSet::company)
            .stream(&RateSet::from)
            .on(&RateSet::date)
            .field("company", &RateSet::company, "Whose rate.")
            .field("type", &RateSet::type, "What it is for.")
            .field("from", &RateSet::from, "The currency that one unit is of.")
            .field("to", &RateSet::to, "The currency that this is worth.")
            .field("date", &RateSet::date, "The day that it is of.")
            .field("rate", &RateSet::rate, "So many of `to` for one of `from`.");
    }
};

struct RateWithdrawn {
    CompanyCode company;
    RateType type = RateType::spot;
    Currency from;
    Currency to;
    Date date;

    bool operator==(const RateWithdrawn&) const = default;
    static void describe(auto& event) {
        event.record("RateWithdrawn", "A rate of exchange is no longer used; it was wrong.")
            .company(&RateWithdrawn::company)
            .stream(&RateWithdrawn::from)
            .on(&RateWithdrawn::date)
            .field("company", &RateWithdrawn::company, "Whose rate.")
            .field("type", &RateWithdrawn::type, "What it was for.")
            .field("from", &RateWithdrawn::from, "The currency that one unit was of.")
            .field("to", &RateWithdrawn::to, "The currency that this was worth.")
            .field("date", &RateWithdrawn::date, "The day that it was of.");
    }
};

struct SetRate {
    CompanyCode company;
    RateType type = RateType::spot;
    Currency from;
    Currency to;
    Date date;
    Rate rate;

    static void describe(auto& command) {
        command
            .record("SetRate",
                    "Sets a rate of exchange, or another one for a day that has one. What was "
                    "posted at the old one stays as it is. An amount that is turned into another "
                    "currency takes the newest rate of its type that is not after its day: from "
                    "the one to the other or, where that one is newer, from the other to the "
                    "one; else the two over the company's currency for that.")
            .company(&SetRate::company)
            .stream(&SetRate::from)
            .example(R"({"company": "DEMO", "type": "spot", "from": "USD", "to": "EUR",
                "date": "2026-06-30", "rate": "0.858762"})")
            .field("company", &SetRate::company, "Whose rate.")
            .field("type", &SetRate::type, "What it is for.")
            .otherwise(RateType::spot)
            .field("from", &SetRate::from, "The currency that one unit is of.")
            .field("to", &SetRate::to, "The currency that this is worth.")
            .field("date", &SetRate::date,
                   "The day that it is of; of an average, the first day of its span.")
            .field("rate", &SetRate::rate,
                   "So many of `to` for one of `from`, above zero. Where one of `from` is worth "
                   "next to nothing, set the rate the other way round: ten digits after the point "
                   "then say more.")
            .refuses(companies::company_unknown, rate_of_one_currency, rate_not_positive,
                     rate_unchanged);
    }
};

struct WithdrawRate {
    CompanyCode company;
    RateType type = RateType::spot;
    Currency from;
    Currency to;
    Date date;

    static void describe(auto& command) {
        command
            .record("WithdrawRate",
                    "Takes back a rate that was set for a day it does not belong to. The one "
                    "before it holds again. What was posted at it stays as it is.")
            .company(&WithdrawRate::company)
            .stream(&WithdrawRate::from)
            .example(R"({"company": "DEMO", "type": "spot", "from": "USD", "to": "EUR",
                "date": "2026-06-30"})")
            .field("company", &WithdrawRate::company, "Whose rate.")
            .field("type", &WithdrawRate::type, "What it is for.")
            .otherwise(RateType::spot)
            .field("from", &WithdrawRate::from, "The currency that one unit is of.")
            .field("to", &WithdrawRate::to, "The currency that this is worth.")
            .field("date", &WithdrawRate::date, "The day that it is of.")
            .refuses(rate_not_set);
    }
};

struct RateKey {
    CompanyCode company;
    RateType type = RateType::spot;
    Currency from;
    Currency to;
    Date date;

    auto operator<=>(const RateKey&) const = default;
    static void describe(auto& key) {
        key.record("RateKey", "A rate of a company on a day.")
            .field("company", &RateKey::company, "Whose rate.")
            .field("type", &RateKey::type, "What it is for.")
            .field("from", &RateKey::from, "The currency that one unit is of.")
            .field("to", &RateKey::to, "The currency that this is worth.")
            .field("date", &RateKey::date, "The day that it is of.");
    }
};

struct RateOfDay {
    Rate rate;

    static void describe(auto& record) {
        record.record("RateOfDay", "A rate as decisions know it.")
            .field("rate", &RateOfDay::rate, "So many of `to` for one of `from`.");
    }
};
using Rates = Table<RateKey, RateOfDay>;

// How a rate was found among those that are set.
enum class RateWay : std::uint8_t { same, direct, inverse, through };

void describe(auto& choice, RateWay) {
    choice.choice("RateWay", "How a rate was found among those that are set.")
        .value("same", "It is one currency: one for one.")
        .value("direct", "It is set so.")
        .value("inverse", "It is set the other way round.")
        .value("through", "Two are set, into a third currency and out of it.");
}

// A rate as it is to be used; `converted` of domain/core/exact_rate.h does.
struct FoundRate {
    ExactRate rate;
    RateWay way = RateWay::same;
    Date date;  // the day that it is of; of two rates, the older one's

    bool operator==(const FoundRate&) const = default;
};

// Spot and closing rates are those of a day; others are set for a span.
constexpr bool is_of_a_day(RateType type) {
    return type == RateType::spot || type == RateType::closing;
}

// Where a company looks for its rates.
struct RateRules {
    Currency through;       // the currency that two rates may meet in
    std::int64_t days = 0;  // spot and closing rates are used for so many days after their own
};

struct DatedRate {
    Rate rate;
    Date date;
};
// The newest rate that is set from one currency to another for a day not after the one in question.
using NewestRate = std::function<std::optional<DatedRate>(Currency from, Currency to)>;

// The rate of a day, however it has to be found; empty when none is set or it is too old.
std::optional<FoundRate> rate_among(const NewestRate&, const RateRules&, RateType, Currency from,
                                    Currency to, Date);

// The rate that a company uses on a day: so many of `to` for one of `from`.
std::optional<FoundRate> rate_on(const World&, const CompanyCode&, RateType, Currency from,
                                 Currency to, Date);

Decision<RateSet> decide(const World&, const SetRate&, const Context&);
Decision<RateWithdrawn> decide(const World&, const WithdrawRate&, const Context&);
void evolve(Rates&, const RateSet&);
void evolve(Rates&, const RateWithdrawn&);

Part rates();

}  // namespace kontor::ledger
