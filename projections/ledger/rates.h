// Rates of exchange: what was set, and which rate a day has.
#pragma once

#include "domain/ledger/policy.h"
#include "domain/ledger/rates.h"
#include "projections/described_rows.h"
#include "projections/ledger/translated_trial_balance.h"
#include "projections/projection.h"

#include <optional>

namespace kontor::ledger {

struct ListedRate {
    RateType type = RateType::spot;
    Currency from;
    Currency to;
    Date date;
    Rate rate;

    bool operator==(const ListedRate&) const = default;
    static void describe(auto& row) {
        row.record("ListedRate", "A rate of exchange that is set.")
            .field("type", &ListedRate::type, "What it is for.")
            .field("from", &ListedRate::from, "The currency that one unit is of.")
            .field("to", &ListedRate::to, "The currency that this is worth.")
            .field("date", &ListedRate::date, "The day that it is of.")
            .field("rate", &ListedRate::rate, "So many of `to` for one of `from`.");
    }
};

struct RateList {
    CompanyCode company;
    std::optional<RateType> type;
    std::optional<Currency> from;
    std::optional<Currency> to;

    static void describe(auto& query) {
        query
            .record("rates",
                    "Rates that are set for days up to `valid_at`, by type and currencies, the "
                    "newest first.")
            .company(&RateList::company)
            .field("company", &RateList::company, "Whose rates.")
            .field("type", &RateList::type, "Only rates of this type.")
            .field("from", &RateList::from, "Only rates from this currency.")
            .field("to", &RateList::to, "Only rates to this currency.")
            .template answers<ListedRate>(Times::both);
    }
};

struct RateInUse {
    RateType type = RateType::spot;
    Currency from;
    Currency to;
    std::optional<Rate> rate;
    RateWay way = RateWay::same;
    std::optional<Date> date;
    std::optional<Currency> through;

    bool operator==(const RateInUse&) const = default;
    static void describe(auto& row) {
        row.record("RateInUse", "The rate that amounts are converted at.")
            .field("type", &RateInUse::type, "What it is for.")
            .field("from", &RateInUse::from, "The currency that one unit is of.")
            .field("to", &RateInUse::to, "The currency that this is worth.")
            .field("rate", &RateInUse::rate,
                   "So many of `to` for one of `from`, to ten digits; amounts are multiplied by "
                   "all of them. Absent: too large to be written so.")
            .field("way", &RateInUse::way, "How it was found.")
            .field("date", &RateInUse::date,
                   "The day that it is of; of two rates, the older one's. Absent: it is one "
                   "currency.")
            .field("through", &RateInUse::through, "The third currency, where it was found so.");
    }
};

struct OneRate {
    CompanyCode company;
    RateType type = RateType::spot;
    Currency from;
    Currency to;

    static void describe(auto& query) {
        query
            .record("rate",
                    "The rate between two currencies on the day `valid_at`, found as for an entry "
                    "of that day; without one, the newest, however old.")
            .company(&OneRate::company)
            .field("company", &OneRate::company, "Whose rates.")
            .field("type", &OneRate::type, "What it is for.")
            .otherwise(RateType::spot)
            .field("from", &OneRate::from, "The currency that one unit is of.")
            .field("to", &OneRate::to, "The currency that this is worth.")
            .template answers<RateInUse>(Times::both);
    }
};

class RatesModel {
public:
    explicit RatesModel(const Place& place) : rates_(place.table(1)), rules_(place.table(2)) {}

    void on(const companies::CompanyCreated&, const Recorded&);
    void on(const LedgerPolicySet&, const Recorded&);
    void on(const RateSet&, const Recorded&);
    void on(const RateWithdrawn&, const Recorded&);
    void answer(const RateList&, const AsOf&, Page<ListedRate>&) const;
    void answer(const OneRate&, const AsOf&, Page<RateInUse>&) const;
    void answer(const TranslatedBalances&, const AsOf&, Page<TranslatedBalance>&) const;
    void explain(const TranslatedBalances&, const ExplainedRow&, const AsOf&, Explanation&) const;
    // As `rate_on` of the domain finds it, by what was known at the corner; empty when there is
    // none, or none that is not too old. Without a day: the newest, however old.
    std::optional<FoundRate> rate_on(const AsOf&, const CompanyCode&, RateType, Currency from,
                                     Currency to, std::optional<Date>) const;

    // The account that the company shows its translation reserve on, if it has named one.
    std::optional<AccountCode> translation_reserve(const AsOf&, const CompanyCode&) const;

private:
    // Of two currencies the newest day comes first: its number is below those of earlier days.
    struct Key {
        CompanyCode company;
        RateType type = RateType::spot;
        Currency from;
        Currency to;
        std::int64_t days_back = 0;
        static void describe(auto& key) {
            key.record("ListedRateKey", "A rate of a company on a day.")
                .field("company", &Key::company, "Whose rate.")
                .field("type", &Key::type, "What it is for.")
                .field("from", &Key::from, "The currency that one unit is of.")
                .field("to", &Key::to, "The currency that this is worth.")
                .field("days_back", &Key::days_back, "Days from its day to 1970.");
        }
    };
    struct CompanyKey {
        CompanyCode company;
        static void describe(auto& key) {
            key.record("RateRulesKey", "A company.")
                .field("company", &CompanyKey::company, "Its code.");
        }
    };
    struct Rules {
        Currency base_currency;
        std::optional<Currency> through;
        std::int64_t days = usual_rate_days;
        std::optional<AccountCode> reserve = std::nullopt;
        static void describe(auto& row) {
            row.record("ListedRateRules", "Where a company looks for its rates.")
                .field("base_currency", &Rules::base_currency, "Currency of its books.")
                .field("through", &Rules::through, "The currency that two rates may meet in.")
                .field("days", &Rules::days, "For so many days a quotation is used.")
                .field("reserve", &Rules::reserve, "Where translation shows what it leaves.");
        }
    };
    std::optional<RateRules> rules(const AsOf&, const CompanyCode&) const;

    DescribedRows<Key, ListedRate> rates_;
    DescribedRows<CompanyKey, Rules> rules_;
};

ReadModelSpec rates_of_exchange();

}  // namespace kontor::ledger
