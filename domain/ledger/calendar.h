// The fiscal calendar: years without a gap, and their periods, each open or closed for posting.
//
// A period is a row of the company's calendar and not a month: years are cut into months, into the
// quarters of 4, 4 and 5 weeks of retailers, or into 13 periods of 4 weeks. Behind the ordinary
// periods a year may have adjustment periods, which share its last day.
#pragma once

#include "domain/access/roles.h"
#include "domain/companies/companies.h"
#include "domain/core/date.h"
#include "domain/core/decision.h"
#include "domain/core/id.h"
#include "domain/core/table.h"
#include "domain/core/world.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kontor::ledger {

constexpr std::int64_t most_periods = 28;  // 24 months and 4 adjustment periods

struct FiscalYearThing {
    static constexpr Thing thing{"fiscal_year", "fiscal_periods"};
};
// The company's own name of a year, such as "2026" or "2025/26".
using FiscalYearCode = Code<FiscalYearThing>;

// How a fiscal year is cut into its ordinary periods.
enum class YearPattern : std::uint8_t { months, weeks_4_4_5, periods_of_4_weeks };

void describe(auto& choice, YearPattern) {
    choice.choice("YearPattern", "How a fiscal year is cut into its ordinary periods.")
        .value("months", "Each month is a period.")
        .value("weeks_4_4_5",
               "52 or 53 weeks in twelve periods of 4, 4 and 5 weeks; the 53rd week is the last's.")
        .value("periods_of_4_weeks",
               "52 or 53 weeks in thirteen periods of 4 weeks; the 53rd week is the last's.");
}

enum class PeriodState : std::uint8_t { open, soft_closed, closed };

void describe(auto& choice, PeriodState) {
    choice.choice("PeriodState", "Who may still post in a period.")
        .value("open", "Everybody who may post.")
        .value("soft_closed", "Only who has the role that was named at the close.")
        .value("closed", "Nobody.");
}

// How a period is closed.
enum class Closing : std::uint8_t { hard, soft };

void describe(auto& choice, Closing) {
    choice.choice("Closing", "How a period is closed.")
        .value("hard", "For everybody.")
        .value("soft", "For everybody but who has the role in `still_posts`.");
}

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
    "The period is closed: nothing more is posted in it and it is not closed again, unless it is "
    "reopened. An entry may be dated in an open period."};
inline constexpr Reason period_soft_closed{
    Refusal::conflict, "period_soft_closed",
    "The period is closed for all but those who have a role that you have not; ask one of them, "
    "or choose a day in an open period."};
inline constexpr Reason period_open{Refusal::conflict, "period_open", "The period is open."};
inline constexpr Reason next_period_missing{
    Refusal::conflict, "next_period_missing",
    "The day after the period is in no fiscal year, so nothing can be taken back on it; open the "
    "next year."};
inline constexpr Reason soft_close_without_role{
    Refusal::invalid, "soft_close_without_role",
    "A soft close names in `still_posts` the role that still posts; a hard close names none."};

struct FiscalYearOpened {
    CompanyCode company;
    FiscalYearCode year;
    Date first_day;
    std::int64_t months = 12;
    YearPattern pattern = YearPattern::months;
    std::int64_t weeks = 0;
    std::int64_t adjustment_periods = 0;

    bool operator==(const FiscalYearOpened&) const = default;
    static void describe(auto& event) {
        event.record("FiscalYearOpened", "Entries can be posted in one more fiscal year.")
            .company(&FiscalYearOpened::company)
            .stream(&FiscalYearOpened::year)
            .on_recorded_day()
            .field("company", &FiscalYearOpened::company, "Whose books.")
            .field("year", &FiscalYearOpened::year, "Code of the year.")
            .field("first_day", &FiscalYearOpened::first_day, "Its first day.")
            .field("months", &FiscalYearOpened::months,
                   "How many months, each a period; of the pattern `months` only.")
            .field("pattern", &FiscalYearOpened::pattern, "How it is cut into periods.")
            .otherwise(YearPattern::months)
            .field("weeks", &FiscalYearOpened::weeks, "52 or 53; 0 where it is cut into months.")
            .otherwise(std::int64_t{0})
            .field("adjustment_periods", &FiscalYearOpened::adjustment_periods,
                   "How many periods share its last day, numbered behind the ordinary ones.")
            .otherwise(std::int64_t{0});
    }
};

struct PeriodClosed {
    CompanyCode company;
    FiscalYearCode year;
    std::int64_t period = 1;
    Closing closing = Closing::hard;
    std::optional<access::RoleCode> still_posts = std::nullopt;

    bool operator==(const PeriodClosed&) const = default;
    static void describe(auto& event) {
        event
            .record("PeriodClosed",
                    "Nothing more is posted in the period, or only by who has a role.")
            .company(&PeriodClosed::company)
            .stream(&PeriodClosed::year)
            .on_recorded_day()
            .field("company", &PeriodClosed::company, "Whose books.")
            .field("year", &PeriodClosed::year, "Code of the year.")
            .field("period", &PeriodClosed::period, "Number of the period, from 1.")
            .field("closing", &PeriodClosed::closing, "For everybody, or for all but a role.")
            .otherwise(Closing::hard)
            .field("still_posts", &PeriodClosed::still_posts, "The role that still posts.");
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
    YearPattern pattern = YearPattern::months;
    std::optional<std::int64_t> weeks = std::nullopt;
    std::int64_t adjustment_periods = 0;

    static void describe(auto& command) {
        command
            .record("OpenFiscalYear",
                    "Adds a fiscal year after the last one or before the first. Its periods are "
                    "open for posting.")
            .company(&OpenFiscalYear::company)
            .stream(&OpenFiscalYear::year)
            .example(R"({"company": "DEMO", "year": "2027", "first_day": "2027-01-01"})")
            .field("company", &OpenFiscalYear::company, "Whose books.")
            .field("year", &OpenFiscalYear::year,
                   "A code for the year, such as \"2026\" or \"2025/26\".")
            .field("first_day", &OpenFiscalYear::first_day,
                   "Its first day; of a year of months one of the first 28 days of a month.")
            .field("months", &OpenFiscalYear::months,
                   "How many months it has: 12, or another number for a short or long first year. "
                   "Not looked at where the year is cut into weeks.")
            .otherwise(std::int64_t{12})
            .least(1)
            .most(24)
            .field("pattern", &OpenFiscalYear::pattern, "How it is cut into ordinary periods.")
            .otherwise(YearPattern::months)
            .field("weeks", &OpenFiscalYear::weeks,
                   "52 or 53, where it is cut into weeks. Absent: 52.")
            .least(52)
            .most(53)
            .field("adjustment_periods", &OpenFiscalYear::adjustment_periods,
                   "How many periods for the auditor's adjustments share its last day; they are "
                   "numbered behind the ordinary ones and named by who posts in them.")
            .otherwise(std::int64_t{0})
            .least(0)
            .most(4)
            .refuses(companies::company_unknown, fiscal_year_exists, fiscal_year_beyond_calendar,
                     fiscal_year_starts_late_in_month, fiscal_year_not_adjacent);
    }
};

struct ClosePeriod {
    CompanyCode company;
    FiscalYearCode year;
    std::int64_t period = 1;
    Closing closing = Closing::hard;
    std::optional<access::RoleCode> still_posts = std::nullopt;

    static void describe(auto& command) {
        command
            .record("ClosePeriod",
                    "Keeps anything more from being posted in a period, or leaves it open to a "
                    "role. Periods are closed in any order: last December often waits for the "
                    "auditor while January is done. A soft close may be made hard, or name "
                    "another role.")
            .company(&ClosePeriod::company)
            .stream(&ClosePeriod::year)
            .example(R"({"company": "DEMO", "year": "2026", "period": 3})")
            .field("company", &ClosePeriod::company, "Whose books.")
            .field("year", &ClosePeriod::year, "Code of the year.")
            .field("period", &ClosePeriod::period, "Number of the period, from 1.")
            .least(1)
            .most(most_periods)
            .field("closing", &ClosePeriod::closing, "For everybody, or for all but a role.")
            .otherwise(Closing::hard)
            .field("still_posts", &ClosePeriod::still_posts,
                   "Of a soft close: the role that still posts.")
            .refuses(fiscal_year_unknown, period_unknown, soft_close_without_role,
                     access::role_unknown, period_closed);
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
            .most(most_periods)
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

// How a year is cut. What a pattern means never changes: events hold the pattern, not the days.
struct YearShape {
    Date first_day;
    YearPattern pattern = YearPattern::months;
    std::int64_t months = 12;
    std::int64_t weeks = 0;
    std::int64_t adjustment_periods = 0;

    std::int64_t ordinary_periods() const;
    std::int64_t periods() const { return ordinary_periods() + adjustment_periods; }
    bool is_adjustment(std::int64_t number) const { return number > ordinary_periods(); }
    Date last_day() const;
    // The days of a period, by its number from 1; an adjustment period is the last day.
    Period days_of(std::int64_t number) const;
    // The ordinary period that a day of the year lies in.
    std::int64_t period_on(Date day) const;

    static void describe(auto& record) {
        record.record("YearShape", "How a fiscal year is cut into periods.")
            .field("first_day", &YearShape::first_day, "Its first day.")
            .field("pattern", &YearShape::pattern, "How it is cut into ordinary periods.")
            .field("months", &YearShape::months, "How many months, where it is cut into months.")
            .field("weeks", &YearShape::weeks, "How many weeks, where it is cut into weeks.")
            .field("adjustment_periods", &YearShape::adjustment_periods,
                   "How many periods share its last day.");
    }
};
YearShape shape_of(const FiscalYearOpened&);

struct ClosedPeriod {
    std::int64_t period = 1;
    std::optional<access::RoleCode> still_posts;

    static void describe(auto& record) {
        record.record("ClosedPeriod", "A period that is closed.")
            .field("period", &ClosedPeriod::period, "Its number.")
            .field("still_posts", &ClosedPeriod::still_posts,
                   "The role that still posts; absent: nobody does.");
    }
};

struct FiscalYear {
    FiscalYearCode year;
    YearShape shape;
    std::vector<ClosedPeriod> closed;  // by number

    static void describe(auto& record) {
        record.record("FiscalYear", "A fiscal year as decisions know it.")
            .field("year", &FiscalYear::year, "Its code.")
            .field("shape", &FiscalYear::shape, "How it is cut into periods.")
            .field("closed", &FiscalYear::closed, "The closed periods, by number.");
    }
};
using FiscalYears = Table<FiscalYearKey, FiscalYear>;

// The year with a code; null: the company has none.
const FiscalYear* fiscal_year_named(const World&, const CompanyCode&, const FiscalYearCode&);

// Where a posting lies in a company's calendar.
struct FiscalPlace {
    FiscalYearCode year;
    std::int64_t period = 0;
    std::int64_t adjustment =
        0;  // which of the year's adjustment periods, from 1; 0: an ordinary one
    PeriodState state = PeriodState::open;
    std::optional<access::RoleCode> still_posts;
};
// The ordinary period of a day; empty when no fiscal year of the company has the day.
std::optional<FiscalPlace> fiscal_day(const World&, const CompanyCode&, Date);
// A named period of the year of a day; empty when the day is no day of that period.
std::optional<FiscalPlace> fiscal_period(const World&, const CompanyCode&, Date,
                                         std::int64_t period);
// Why the actor may not post there; none when it may.
Objection closed_for(const World&, const CompanyCode&, const FiscalPlace&, std::string_view actor);
// The days of the ordinary period of a day; empty: no fiscal year of the company has it.
std::optional<Period> days_of_period(const World&, const CompanyCode&, Date);
// All days that the company has fiscal years for; empty: it has none.
std::optional<Period> calendar_of(const World&, const CompanyCode&);
// The first day of the ordinary period behind that of a day; empty: the calendar has none.
std::optional<Date> first_day_of_next_period(const World&, const CompanyCode&, Date);
// The first day behind a day in an ordinary period where the actor may post; empty: there is none.
std::optional<Date> next_open_day(const World&, const CompanyCode&, Date, std::string_view actor);

Decision<FiscalYearOpened> decide(const World&, const OpenFiscalYear&, const Context&);
Decision<PeriodClosed> decide(const World&, const ClosePeriod&, const Context&);
Decision<PeriodReopened> decide(const World&, const ReopenPeriod&, const Context&);
void evolve(FiscalYears&, const FiscalYearOpened&);
void evolve(FiscalYears&, const PeriodClosed&);
void evolve(FiscalYears&, const PeriodReopened&);

Part calendar();

}  // namespace kontor::ledger
