// The fiscal calendar: years without a gap, and their months, each open or closed for posting.
#pragma once

#include "domain/companies/companies.h"
#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <string>
#include <vector>

namespace kontor::ledger {

struct FiscalYearThing {
    static constexpr Thing thing{"fiscal_year", "fiscal_periods"};
};
// The company's own name of a year, such as "2026" or "2025/26".
using FiscalYearCode = Code<FiscalYearThing>;

inline constexpr Reason fiscal_year_exists{Refusal::conflict, "fiscal_year_exists",
                                           "The company has a fiscal year with this code already."};
inline constexpr Reason fiscal_year_starts_late_in_month{
    Refusal::invalid, "fiscal_year_starts_late_in_month",
    "A fiscal year begins on one of the first 28 days of a month, so that each of its periods "
    "begins on the same day."};
inline constexpr Reason fiscal_year_beyond_calendar{
    Refusal::invalid, "fiscal_year_beyond_calendar",
    "A fiscal year begins between the years 1 and 9990."};
inline constexpr Reason fiscal_year_not_adjacent{
    Refusal::conflict, "fiscal_year_not_adjacent",
    "The year leaves a gap or overlaps: it begins on the day after the last fiscal year, or ends "
    "on the day before the first."};
inline constexpr Reason fiscal_year_unknown{Refusal::missing, "fiscal_year_unknown",
                                            "The company has no fiscal year with this code."};
inline constexpr Reason period_unknown{Refusal::missing, "period_unknown",
                                       "The fiscal year has no period with this number."};
inline constexpr Reason period_closed{
    Refusal::conflict, "period_closed",
    "The period is closed; reopen it, or choose a day in an open period."};
inline constexpr Reason period_open{Refusal::conflict, "period_open", "The period is open."};

struct FiscalYearOpened {
    CompanyCode company;
    FiscalYearCode year;
    Date first_day;
    std::int64_t months = 12;

    bool operator==(const FiscalYearOpened&) const = default;
    static void describe(auto& event) {
        event.record("FiscalYearOpened", "Entries can be posted in one more fiscal year.")
            .company(&FiscalYearOpened::company)
            .stream(&FiscalYearOpened::year)
            .on_recorded_day()
            .field("company", &FiscalYearOpened::company, "Whose books.")
            .field("year", &FiscalYearOpened::year, "Code of the year.")
            .field("first_day", &FiscalYearOpened::first_day, "Its first day.")
            .field("months", &FiscalYearOpened::months, "How many months, each a period.");
    }
};

struct PeriodClosed {
    CompanyCode company;
    FiscalYearCode year;
    std::int64_t period = 1;

    bool operator==(const PeriodClosed&) const = default;
    static void describe(auto& event) {
        event.record("PeriodClosed", "Nothing more is posted in the period.")
            .company(&PeriodClosed::company)
            .stream(&PeriodClosed::year)
            .on_recorded_day()
            .field("company", &PeriodClosed::company, "Whose books.")
            .field("year", &PeriodClosed::year, "Code of the year.")
            .field("period", &PeriodClosed::period, "Number of the period, from 1.");
    }
};

struct PeriodReopened {
    CompanyCode company;
    FiscalYearCode year;
    std::int64_t period = 1;
    std::string reason;

    bool operator==(const PeriodReopened&) const = default;
    static void describe(auto& event) {
        event.record("PeriodReopened", "Entries can be posted in the period again.")
            .company(&PeriodReopened::company)
            .stream(&PeriodReopened::year)
            .on_recorded_day()
            .field("company", &PeriodReopened::company, "Whose books.")
            .field("year", &PeriodReopened::year, "Code of the year.")
            .field("period", &PeriodReopened::period, "Number of the period, from 1.")
            .field("reason", &PeriodReopened::reason, "Why, for the auditor.");
    }
};

struct OpenFiscalYear {
    CompanyCode company;
    FiscalYearCode year;
    Date first_day;
    std::int64_t months = 12;

    static void describe(auto& command) {
        command
            .record("OpenFiscalYear",
                    "Adds a fiscal year after the last one or before the first. Each of its "
                    "months is a period, open for posting.")
            .company(&OpenFiscalYear::company)
            .stream(&OpenFiscalYear::year)
            .example(R"({"company": "DEMO", "year": "2027", "first_day": "2027-01-01"})")
            .field("company", &OpenFiscalYear::company, "Whose books.")
            .field("year", &OpenFiscalYear::year,
                   "A code for the year, such as \"2026\" or \"2025/26\".")
            .field("first_day", &OpenFiscalYear::first_day,
                   "Its first day: one of the first 28 days of a month.")
            .field("months", &OpenFiscalYear::months,
                   "How many months it has: 12, or another number for a short or long first year.")
            .otherwise(std::int64_t{12})
            .least(1)
            .most(24)
            .refuses(companies::company_unknown, fiscal_year_exists, fiscal_year_beyond_calendar,
                     fiscal_year_starts_late_in_month, fiscal_year_not_adjacent);
    }
};

struct ClosePeriod {
    CompanyCode company;
    FiscalYearCode year;
    std::int64_t period = 1;

    static void describe(auto& command) {
        command
            .record("ClosePeriod",
                    "Keeps anything more from being posted on the days of a period. Periods are "
                    "closed in any order: last December often waits for the auditor while "
                    "January is done.")
            .company(&ClosePeriod::company)
            .stream(&ClosePeriod::year)
            .example(R"({"company": "DEMO", "year": "2026", "period": 3})")
            .field("company", &ClosePeriod::company, "Whose books.")
            .field("year", &ClosePeriod::year, "Code of the year.")
            .field("period", &ClosePeriod::period, "Number of the period, from 1.")
            .least(1)
            .most(24)
            .refuses(fiscal_year_unknown, period_unknown, period_closed);
    }
};

struct ReopenPeriod {
    CompanyCode company;
    FiscalYearCode year;
    std::int64_t period = 1;
    std::string reason;

    static void describe(auto& command) {
        command.record("ReopenPeriod", "Lets entries be posted on the days of a closed period.")
            .company(&ReopenPeriod::company)
            .stream(&ReopenPeriod::year)
            .example(R"({"company": "DEMO", "year": "2026", "period": 3, "reason":
                "A bill of March came late"})")
            .field("company", &ReopenPeriod::company, "Whose books.")
            .field("year", &ReopenPeriod::year, "Code of the year.")
            .field("period", &ReopenPeriod::period, "Number of the period, from 1.")
            .least(1)
            .most(24)
            .field("reason", &ReopenPeriod::reason, "Why, for the auditor.")
            .shortest(1)
            .longest(500)
            .refuses(fiscal_year_unknown, period_unknown, period_open);
    }
};

// By the first day, so that the year of a day is the last row until it.
struct FiscalYearKey {
    CompanyCode company;
    Date first_day;

    auto operator<=>(const FiscalYearKey&) const = default;
    static void describe(auto& key) {
        key.record("FiscalYearKey", "A fiscal year of a company.")
            .field("company", &FiscalYearKey::company, "Whose books.")
            .field("first_day", &FiscalYearKey::first_day, "Its first day.");
    }
};

struct FiscalYear {
    FiscalYearCode year;
    std::int64_t months = 12;
    std::vector<std::int64_t> closed;  // numbers of the closed periods, sorted

    static void describe(auto& record) {
        record.record("FiscalYear", "A fiscal year as decisions know it.")
            .field("year", &FiscalYear::year, "Its code.")
            .field("months", &FiscalYear::months, "How many months, each a period.")
            .field("closed", &FiscalYear::closed, "Numbers of the closed periods, sorted.");
    }
};
using FiscalYears = Table<FiscalYearKey, FiscalYear>;

// The days of a period of a year that begins on `first_day`; `number` counts from 1.
Period period_of_year(Date first_day, std::int64_t number);

// Where a day lies in a company's calendar.
struct FiscalDay {
    FiscalYearCode year;
    std::int64_t period = 0;
    bool closed = false;
};
// Empty when no fiscal year of the company has the day.
std::optional<FiscalDay> fiscal_day(const World&, const CompanyCode&, Date);

Decision<FiscalYearOpened> decide(const World&, const OpenFiscalYear&, const Context&);
Decision<PeriodClosed> decide(const World&, const ClosePeriod&, const Context&);
Decision<PeriodReopened> decide(const World&, const ReopenPeriod&, const Context&);
void evolve(FiscalYears&, const FiscalYearOpened&);
void evolve(FiscalYears&, const PeriodClosed&);
void evolve(FiscalYears&, const PeriodReopened&);

Part calendar();

}  // namespace kontor::ledger
