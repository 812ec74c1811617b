// A company's balances in another currency than that of its books (IAS 21.39): assets and
// liabilities at the closing rate, income and expenses at the average rates of their periods,
// equity at the rates of the days on which it came in, results of closed years as they were
// translated; what that leaves is the translation reserve.
#pragma once

#include "projections/ledger/chart_of_accounts.h"
#include "projections/ledger/ledger_totals.h"
#include "projections/ledger/rates.h"
#include "projections/ledger/scope.h"
#include "projections/projection.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace kontor::ledger {

// What is to be translated: a position on the last day of a scope or, from a day on, movements.
struct Untranslated {
    CompanyCode company;
    Scope scope;  // it has a last day
    std::optional<Date> from;
    Currency base_currency;
    Currency into;
};

// Figures are debit positive, in smallest units of the other currency. A rate that nobody knows
// and that a figure needs is told by `missing`; then the figures mean nothing.
class Translation {
public:
    // What is asked at outlives it.
    Translation(const AsOf&, Untranslated);

    using Balances = std::map<AccountCode, Wide>;
    Balances position() const;
    Balances movements() const;

    // The same by events: an account, an event and what it adds; all that is told of an account is
    // its figure, without a cent of rounding. Of some accounts only, where they are given. It is
    // asked once the figures are known to have their rates.
    using EachShare = std::function<void(const AccountCode&, const EventRef&, Wide shown)>;
    using Accounts = std::optional<std::set<AccountCode>>;
    void each_of_position(const Accounts&, const EachShare&) const;
    void each_of_movements(const Accounts&, const EachShare&) const;
    // What of the position closes of years moved that are dated since `first_day`.
    void each_of_closes(Date first_day, const EachShare&) const;

    std::optional<ExactRate> known_rate(RateType, Date) const;
    // Any rate where it is missing.
    ExactRate rate(RateType, Date) const;
    Wide at(const ExactRate&, Wide minor) const;
    // A figure that is nothing needs no rate.
    Wide at(RateType, Date, Wide minor) const;
    // The last day that counts of the ordinary period that a day lies in: that of its average rate.
    std::optional<Date> period_end_of(Date) const;
    // The day whose rate an entry has in equity: what is taken back leaves at the rate that it came
    // at.
    Date came_on(const EntryPosted&) const;
    // Ends of the periods from a day on, each with the last day that counts.
    std::vector<std::pair<Scope, Date>> period_ends(Date from) const;

    const std::optional<std::string>& missing() const { return missing_; }

private:
    struct YearPeriod {
        Period days;
        bool ends_year = false;
    };
    // What an account of the result came to in a year, in base currency and in the other.
    struct Result {
        Wide base = 0;
        Wide shown = 0;
    };
    using Results = std::map<AccountCode, Result>;
    // What the closing entries of one commit moved, debit positive.
    struct Close {
        Balances results;
        Balances equity;
        bool taken_back = true;  // by all of them
        EventRef last;           // of its entries: what lies before it was known
        Date date;               // of that entry
    };

    std::vector<YearPeriod> ordinary_periods() const;
    Scope period_end(const YearPeriod&) const;
    Balances cumulated(Scope, bool closing) const;
    void add_movements(Balances& to, const Balances& before_it, const Balances& now,
                       const Period&) const;
    bool is_result(const AccountCode&) const;
    Balances only_results(Balances) const;
    void add_results(Balances& translated) const;
    Results results_of(const std::vector<YearPeriod>& year, const EventRef& known_at) const;
    std::map<std::uint64_t, Close> closes_of(const Period& year) const;
    using EachCarried = std::function<void(const AccountCode&, const Close&, Wide shown)>;
    void each_carried(const EachCarried&) const;
    void carry(const std::vector<YearPeriod>& year, const EachCarried&) const;
    static Wide carried_of(Result& closed, const Result& known, Wide moved, bool taken_back);
    static void share(const Close&, Wide carried, const EachCarried&);
    void each_historical(const AccountCode&, const EachShare&) const;
    void each_at_average(const AccountCode&, Date from, const EachShare&) const;
    void each_at_closing(const AccountCode&, const EachShare&) const;

    const AsOf& as_of_;
    const Untranslated of_;
    const std::map<AccountCode, ChartAccount> chart_;
    const Date last_;
    const std::vector<YearPeriod> periods_;
    mutable std::map<std::pair<RateType, Date>, std::optional<ExactRate>> rates_;
    mutable std::optional<std::string> missing_;
};

// A sum that is translated and rounded once, piece by piece: each piece adds what the sum so far
// comes to more with it.
class PieceByPiece {
public:
    Wide add(const Translation& translation, const ExactRate& rate, Wide piece) {
        base_ += piece;
        const Wide before = shown_;
        shown_ = translation.at(rate, base_);
        return shown_ - before;
    }

private:
    Wide base_ = 0;
    Wide shown_ = 0;
};

struct Translated {
    Translation::Balances balances;
    // What a position is short of on the credit side; of movements, nothing.
    Wide reserve = 0;
};

// Fills what it comes to; or says in words which rate nobody knows, or which day is meant. What is
// told in the currency of the books needs neither.
std::optional<std::string> translate(const AsOf&, const Untranslated&, Translated&);
// A position by events, likewise.
void each_of_position(const AsOf&, const Untranslated&, const Translation::Accounts&,
                      const Translation::EachShare&);
std::optional<std::string> without_last_day(const Scope&);

}  // namespace kontor::ledger
