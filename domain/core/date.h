// Civil days, spans of them, and instants: when something is true, and when it was recorded.
#pragma once

#include "domain/core/describe.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kontor {

// A day of the proleptic Gregorian calendar, counted from 1970-01-01. ISO 8601.
struct Date {
    std::int32_t days = 0;
    auto operator<=>(const Date&) const = default;
};

struct YearMonthDay {
    int year;
    int month;  // 1 to 12
    int day;    // 1 to 31
};

// Years 1 to 9999, which is what a described date may have. Arithmetic may pass them (the last day
// plus thirty), so that no input stops the program; who appends such a day checks it. Only what
// leaves the count of days is a bug of the caller.
constexpr Date first_date{-719'162};
constexpr Date last_date{2'932'896};

// Empty when there is no such day in the years 1 to 9999.
std::optional<Date> date_of(int year, int month, int day);
YearMonthDay civil(Date date);
Date operator+(Date date, int days);
Date operator-(Date date, int days);
// Days from b to a.
int operator-(Date a, Date b);
// The same day of a later or earlier month, or that month's last day where it is shorter.
Date plus_months(Date date, int months);
Date last_of_month(Date date);
// Monday is 1, Sunday is 7 (ISO 8601).
int weekday(Date date);

// YYYY-MM-DD; with a sign and more digits outside the years that are read (ISO 8601 4.1.2.4).
std::string to_text(Date date);
// Exactly that form, years 0001 to 9999; empty otherwise.
std::optional<Date> date_from(std::string_view text);

// Microseconds of UTC since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Timestamp {
    std::int64_t micros = 0;
    auto operator<=>(const Timestamp&) const = default;
};

// RFC 3339 in UTC with as many digits as needed: "2026-02-17T22:30:00Z", "...00.000001Z".
std::string to_text(Timestamp timestamp);
// RFC 3339 with an offset; one to six digits after a point; `T` and `Z` in either case; no leap
// second, which an instant has no count for; within the years 0001 to 9999 of UTC; empty otherwise.
std::optional<Timestamp> timestamp_from(std::string_view text);

// From the first day to the last, both included.
struct Period {
    Date first;
    Date last;
    auto operator<=>(const Period&) const = default;
    bool contains(Date date) const { return first <= date && date <= last; }

    static void describe(auto& period) {
        period.record("Period", "From the first day to the last, both included.")
            .field("first", &Period::first, "First day.")
            .field("last", &Period::last, "Last day; not before the first.");
    }
};

template <>
struct Shape<Date> {
    static Type make() { return living<Date>(Kind::date, "Date"); }
};
template <>
struct Shape<Timestamp> {
    static Type make() { return living<Timestamp>(Kind::timestamp, "Timestamp"); }
};

}  // namespace kontor
