// Foreign balances: what accounts hold in other currencies, what it is booked at, and what it is
// worth at the rates of the day.
#pragma once

#include "domain/ledger/entries.h"
#include "domain/ledger/rates.h"
#include "projections/ledger/scope.h"
#include "projections/projection.h"
#include "projections/two_time_totals.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace kontor::ledger {

struct ForeignBalance {
    std::string balance;
    AccountCode account;
    std::string name;
    bool monetary = false;
    Currency currency;
    Money amount;
    Money booked;
    std::optional<Rate> rate;
    std::optional<Money> worth;
    std::optional<Money> difference;

    bool operator==(const ForeignBalance&) const = default;
    static void describe(auto& row) {
        row.record("ForeignBalance", "What an account holds in one foreign currency.")
            .field("balance", &ForeignBalance::balance, "Account and currency, as \"1100/USD\".")
            .field("account", &ForeignBalance::account, "Code of the account.")
            .field("name", &ForeignBalance::name, "Its name.")
            .field("monetary", &ForeignBalance::monetary, "It is revalued.")
            .field("currency", &ForeignBalance::currency, "The foreign currency.")
            .field("amount", &ForeignBalance::amount, "What it holds, debit positive.")
            .field("booked", &ForeignBalance::booked,
                   "The same as it was booked, in base currency, without revaluations.")
            .field("rate", &ForeignBalance::rate,
                   "Base currency for one of the foreign one, to ten digits; absent where none is "
                   "known that is not too old.")
            .field("worth", &ForeignBalance::worth,
                   "What it is worth at that rate; absent of what is not monetary.")
            .field("difference", &ForeignBalance::difference,
                   "Worth less booked: a gain where it is positive.");
    }
};

struct ForeignBalanceTotals {
    Money booked;
    Money difference;

    bool operator==(const ForeignBalanceTotals&) const = default;
    static void describe(auto& totals) {
        totals.record("ForeignBalanceTotals", "All foreign balances together.")
            .field("booked", &ForeignBalanceTotals::booked, "What they are booked at.")
            .field("difference", &ForeignBalanceTotals::difference,
                   "The differences of those that are worth something else.");
    }
};

struct ForeignBalances {
    CompanyCode company;
    std::optional<AccountCode> account;
    RateType rate_type = RateType::closing;
    std::map<DimensionCode, DimensionValueCode> dimensions;
    std::optional<BookCode> book = std::nullopt;
    std::optional<FiscalYearCode> fiscal_year = std::nullopt;
    std::optional<std::int64_t> through_period = std::nullopt;
    ClosingEntries closing_entries = ClosingEntries::included;

    static void describe(auto& query) {
        query
            .record("foreign_balances",
                    "What each account holds in foreign currencies, what it is booked at and what "
                    "it is worth at the rates of `valid_at`.")
            .company(&ForeignBalances::company)
            .field("company", &ForeignBalances::company, "Whose books.")
            .field("account", &ForeignBalances::account, "Only this account.")
            .field("rate_type", &ForeignBalances::rate_type, "Which rates it is worth.")
            .otherwise(RateType::closing)
            .field("dimensions", &ForeignBalances::dimensions,
                   "Only postings that carry these values.")
            .otherwise_empty()
            .longest(20);
        describe_scope<ForeignBalances>(query)
            .template answers<ForeignBalance>(Times::both)
            .template totals<ForeignBalanceTotals>();
    }
};

class ForeignBalancesModel {
public:
    explicit ForeignBalancesModel(const Place& place) : totals_(place.table(1), 2) {}

    void on(const EntryPosted&, const Recorded&);
    void answer(const ForeignBalances&, const AsOf&, Page<ForeignBalance>&) const;
    void explain(const ForeignBalances&, const ExplainedRow&, const AsOf&, Explanation&) const;

    struct Sum {
        Wide amount = 0;  // debit positive
        Wide booked = 0;
    };
    // What accounts hold, by account and currency; zeros where all was settled.
    using Sums = std::map<std::pair<AccountCode, Currency>, Sum>;
    Sums sums(const AsOf&, const CompanyCode&, const std::optional<AccountCode>&,
              const std::map<DimensionCode, DimensionValueCode>&, const Scope&) const;

    // What each posting on an account moved of a currency.
    void each_posting(const AsOf&, const CompanyCode&, const AccountCode&, Currency,
                      const std::map<DimensionCode, DimensionValueCode>&, const Scope&,
                      const std::function<void(const EventRef&, const Sum&)>& call) const;

private:
    // What a balance is worth at; empty where it keeps the rate that it was booked at, or nobody
    // knows one.
    static std::optional<ExactRate> rate_of(const AsOf&, const ForeignBalances&, const AccountCode&,
                                            Currency, Currency base, const Scope&);

    TwoTimeTotals totals_;  // foreign amount and base, debit positive
};

ReadModelSpec foreign_balances();

}  // namespace kontor::ledger
