// How fiscal years follow each other and their periods open and close.
#include "domain/ledger/calendar.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

constexpr std::int64_t days_of_a_week = 7;

// Weeks before a period of a year that is cut into weeks; `number` counts from 1.
std::int64_t weeks_before(YearPattern pattern, std::int64_t number) {
    const std::int64_t full = number - 1;
    if (pattern == YearPattern::periods_of_4_weeks) return full * 4;
    return full / 3 * 13 + full % 3 * 4;  // quarters of 4, 4 and 5
}

Date day_after(const FiscalYear& year) { return year.shape.last_day() + 1; }

// All years of the company, in order of time.
auto years_of(const FiscalYears& years, const CompanyCode& company) {
    return years.from({company, first_date}) | std::views::take_while([company](const auto& row) {
               return row.first.company == company;
           });
}

const std::pair<const FiscalYearKey, FiscalYear>* year_named(const FiscalYears& years,
                                                             const CompanyCode& company,
                                                             const FiscalYearCode& code) {
    for (const auto& row : years_of(years, company))
        if (row.second.year == code) return &row;
    return nullptr;
}

auto closed_at(const FiscalYear& year, std::int64_t period) {
    return std::ranges::lower_bound(year.closed, period, {}, &ClosedPeriod::period);
}

const ClosedPeriod* closed_period(const FiscalYear& year, std::int64_t period) {
    const auto at = closed_at(year, period);
    return at != year.closed.end() && at->period == period ? &*at : nullptr;
}

void open_again(FiscalYear& year, std::int64_t period) {
    std::erase_if(year.closed, [&](const auto& closed) { return closed.period == period; });
}

FiscalPlace place_in(const FiscalYear& year, std::int64_t period) {
    FiscalPlace place{year.year, period, 0, PeriodState::open, {}};
    if (year.shape.is_adjustment(period)) place.adjustment = period - year.shape.ordinary_periods();
    if (const ClosedPeriod* closed = closed_period(year, period)) {
        place.state = closed->still_posts ? PeriodState::soft_closed : PeriodState::closed;
        place.still_posts = closed->still_posts;
    }
    return place;
}

const FiscalYear* year_on(const World& world, const CompanyCode& company, Date date) {
    const auto* row = world.of<FiscalYears>().last_until({company, date});
    if (!row || row->first.company != company || date >= day_after(row->second)) return nullptr;
    return &row->second;
}

}  // namespace

std::int64_t YearShape::ordinary_periods() const {
    switch (pattern) {
        case YearPattern::months: return months;
        case YearPattern::weeks_4_4_5: return 12;
        case YearPattern::periods_of_4_weeks: break;
    }
    return 13;
}

Date YearShape::last_day() const {
    if (pattern == YearPattern::months) return plus_months(first_day, static_cast<int>(months)) - 1;
    return first_day + static_cast<int>(weeks * days_of_a_week) - 1;
}

Period YearShape::days_of(std::int64_t number) const {
    if (is_adjustment(number)) return {last_day(), last_day()};
    if (pattern == YearPattern::months)
        return {plus_months(first_day, static_cast<int>(number - 1)),
                plus_months(first_day, static_cast<int>(number)) - 1};
    const auto begins = [&](std::int64_t period) {
        return first_day + static_cast<int>(weeks_before(pattern, period) * days_of_a_week);
    };
    return {begins(number), number == ordinary_periods() ? last_day() : begins(number + 1) - 1};
}

std::int64_t YearShape::period_on(Date day) const {
    if (pattern == YearPattern::months) {
        const YearMonthDay first = civil(first_day), on = civil(day);
        const std::int64_t passed = (on.year - first.year) * 12 + on.month - first.month;
        return on.day >= first.day ? passed + 1 : passed;
    }
    std::int64_t period = ordinary_periods();
    while (period > 1 && days_of(period).first > day) --period;
    return period;
}

YearShape shape_of(const FiscalYearOpened& opened) {
    return {opened.first_day, opened.pattern, opened.months, opened.weeks,
            opened.adjustment_periods};
}

const FiscalYear* fiscal_year_named(const World& world, const CompanyCode& company,
                                    const FiscalYearCode& code) {
    const auto* row = year_named(world.of<FiscalYears>(), company, code);
    return row ? &row->second : nullptr;
}

std::optional<FiscalPlace> fiscal_day(const World& world, const CompanyCode& company, Date date) {
    const FiscalYear* year = year_on(world, company, date);
    if (!year) return std::nullopt;
    return place_in(*year, year->shape.period_on(date));
}

std::optional<FiscalPlace> fiscal_period(const World& world, const CompanyCode& company, Date date,
                                         std::int64_t period) {
    const FiscalYear* year = year_on(world, company, date);
    if (!year || period < 1 || period > year->shape.periods()) return std::nullopt;
    const Period days = year->shape.days_of(period);
    if (date < days.first || date > days.last) return std::nullopt;
    return place_in(*year, period);
}

Objection closed_for(const World& world, const CompanyCode& company, const FiscalPlace& place,
                     std::string_view actor) {
    if (place.state == PeriodState::open) return {};
    const std::string period = "period " + std::to_string(place.period);
    if (place.state == PeriodState::closed) return period_closed.about(place.year, period);
    if (access::has_role(world, actor, *place.still_posts, company)) return {};
    return period_soft_closed.about(place.year, period, *place.still_posts);
}

std::optional<Period> days_of_period(const World& world, const CompanyCode& company, Date date) {
    const FiscalYear* year = year_on(world, company, date);
    if (!year) return std::nullopt;
    return year->shape.days_of(year->shape.period_on(date));
}

std::optional<Period> calendar_of(const World& world, const CompanyCode& company) {
    std::optional<Period> calendar;
    for (const auto& [key, year] : years_of(world.of<FiscalYears>(), company)) {
        if (!calendar) calendar = Period{key.first_day, key.first_day};
        calendar->last = year.shape.last_day();
    }
    return calendar;
}

std::optional<Date> first_day_of_next_period(const World& world, const CompanyCode& company,
                                             Date date) {
    const auto period = days_of_period(world, company, date);
    if (!period || !year_on(world, company, period->last + 1)) return std::nullopt;
    return period->last + 1;
}

std::optional<Date> next_open_day(const World& world, const CompanyCode& company, Date date,
                                  std::string_view actor) {
    while (const FiscalYear* year = year_on(world, company, date)) {
        const std::int64_t period = year->shape.period_on(date);
        const Date next = year->shape.days_of(period).last + 1;
        if (const FiscalYear* of_next = year_on(world, company, next)) {
            const FiscalPlace place = place_in(*of_next, of_next->shape.period_on(next));
            if (!closed_for(world, company, place, actor)) return next;
        }
        date = next;
    }
    return std::nullopt;
}

Decision<FiscalYearOpened> decide(const World& world, const OpenFiscalYear& open, const Context&) {
    if (!world.of<companies::Companies>().find(open.company))
        return companies::company_unknown.about(open.company);
    const FiscalYears& years = world.of<FiscalYears>();
    if (year_named(years, open.company, open.year)) return fiscal_year_exists.about(open.year);
    if (open.first_day < first_date || civil(open.first_day).year > 9'990)
        return fiscal_year_beyond_calendar.about(open.first_day);
    const bool of_months = open.pattern == YearPattern::months;
    if (of_months && civil(open.first_day).day > 28)
        return fiscal_year_starts_late_in_month.about(open.first_day);
    const FiscalYearOpened opened{open.company,           open.year,
                                  open.first_day,         of_months ? open.months : 0,
                                  open.pattern,           of_months ? 0 : open.weeks.value_or(52),
                                  open.adjustment_periods};
    const FiscalYearKey* first = nullptr;
    std::optional<Date> next;
    for (const auto& [key, year] : years_of(years, open.company)) {
        if (!first) first = &key;
        next = day_after(year);
    }
    if (first && open.first_day != *next && shape_of(opened).last_day() + 1 != first->first_day)
        return fiscal_year_not_adjacent.about(first->first_day, *next);
    return opened;
}

Decision<PeriodClosed> decide(const World& world, const ClosePeriod& close, const Context&) {
    const auto* row = year_named(world.of<FiscalYears>(), close.company, close.year);
    if (!row) return fiscal_year_unknown.about(close.year);
    if (close.period < 1 || close.period > row->second.shape.periods())
        return period_unknown.about(close.year, close.period);
    if ((close.closing == Closing::soft) != close.still_posts.has_value())
        return soft_close_without_role;
    if (close.still_posts && !world.of<access::Roles>().find(*close.still_posts))
        return access::role_unknown.about(*close.still_posts);
    const ClosedPeriod* closed = closed_period(row->second, close.period);
    if (closed && (!closed->still_posts || closed->still_posts == close.still_posts))
        return period_closed.about(close.year, close.period);
    return PeriodClosed{close.company, close.year, close.period, close.closing, close.still_posts};
}

Decision<PeriodReopened> decide(const World& world, const ReopenPeriod& reopen, const Context&) {
    const auto* row = year_named(world.of<FiscalYears>(), reopen.company, reopen.year);
    if (!row) return fiscal_year_unknown.about(reopen.year);
    if (reopen.period < 1 || reopen.period > row->second.shape.periods())
        return period_unknown.about(reopen.year, reopen.period);
    if (!closed_period(row->second, reopen.period))
        return period_open.about(reopen.year, reopen.period);
    return PeriodReopened{reopen.company, reopen.year, reopen.period, reopen.reason};
}

void evolve(FiscalYears& years, const FiscalYearOpened& opened) {
    years.put({opened.company, opened.first_day}, {opened.year, shape_of(opened), {}});
}

void evolve(FiscalYears& years, const PeriodClosed& closed) {
    const auto* row = year_named(years, closed.company, closed.year);
    ensure(row != nullptr, "a period is closed in a year that is there");
    years.change(row->first, [&](FiscalYear& year) {
        open_again(year, closed.period);  // a soft close is made hard, or names another role
        year.closed.insert(closed_at(year, closed.period), {closed.period, closed.still_posts});
    });
}

void evolve(FiscalYears& years, const PeriodReopened& reopened) {
    const auto* row = year_named(years, reopened.company, reopened.year);
    ensure(row != nullptr, "a period is reopened in a year that is there");
    years.change(row->first, [&](FiscalYear& year) { open_again(year, reopened.period); });
}

Part calendar() {
    return Part()
        .table<FiscalYears>("ledger.fiscal_years")
        .commands<OpenFiscalYear, ClosePeriod, ReopenPeriod>()
        .event<FiscalYearOpened, FiscalYears>()
        .event<PeriodClosed, FiscalYears>()
        .event<PeriodReopened, FiscalYears>();
}

}  // namespace kontor::ledger
