// How fiscal years follow each other and their periods open and close.
#include "domain/ledger/calendar.h"

#include "domain/core/catalog.h"

#include <algorithm>

namespace kontor::ledger {

namespace {

Date day_after(const FiscalYearKey& key, const FiscalYear& year) {
    return plus_months(key.first_day, static_cast<int>(year.months));
}

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

bool is_closed(const FiscalYear& year, std::int64_t period) {
    return std::ranges::binary_search(year.closed, period);
}

}  // namespace

Period period_of_year(Date first_day, std::int64_t number) {
    return {plus_months(first_day, static_cast<int>(number - 1)),
            plus_months(first_day, static_cast<int>(number)) - 1};
}

std::optional<FiscalDay> fiscal_day(const World& world, const CompanyCode& company, Date date) {
    const auto* row = world.of<FiscalYears>().last_until({company, date});
    if (!row || row->first.company != company || date >= day_after(row->first, row->second))
        return std::nullopt;
    const YearMonthDay first = civil(row->first.first_day);
    const YearMonthDay day = civil(date);
    const std::int64_t months = (day.year - first.year) * 12 + day.month - first.month;
    const std::int64_t period = day.day >= first.day ? months + 1 : months;
    return FiscalDay{row->second.year, period, is_closed(row->second, period)};
}

Decision<FiscalYearOpened> decide(const World& world, const OpenFiscalYear& open, const Context&) {
    if (!world.of<companies::Companies>().find(open.company)) return companies::company_unknown;
    const FiscalYears& years = world.of<FiscalYears>();
    if (year_named(years, open.company, open.year)) return fiscal_year_exists;
    if (open.first_day < first_date || civil(open.first_day).year > 9'990)
        return fiscal_year_beyond_calendar;
    if (civil(open.first_day).day > 28) return fiscal_year_starts_late_in_month;
    const FiscalYearKey* first = nullptr;
    std::optional<Date> next;
    for (const auto& [key, year] : years_of(years, open.company)) {
        if (!first) first = &key;
        next = day_after(key, year);
    }
    const Date end = plus_months(open.first_day, static_cast<int>(open.months));
    if (first && open.first_day != *next && end != first->first_day)
        return fiscal_year_not_adjacent;
    return FiscalYearOpened{open.company, open.year, open.first_day, open.months};
}

Decision<PeriodClosed> decide(const World& world, const ClosePeriod& close, const Context&) {
    const auto* row = year_named(world.of<FiscalYears>(), close.company, close.year);
    if (!row) return fiscal_year_unknown;
    if (close.period < 1 || close.period > row->second.months) return period_unknown;
    if (is_closed(row->second, close.period)) return period_closed;
    return PeriodClosed{close.company, close.year, close.period};
}

Decision<PeriodReopened> decide(const World& world, const ReopenPeriod& reopen, const Context&) {
    const auto* row = year_named(world.of<FiscalYears>(), reopen.company, reopen.year);
    if (!row) return fiscal_year_unknown;
    if (reopen.period < 1 || reopen.period > row->second.months) return period_unknown;
    if (!is_closed(row->second, reopen.period)) return period_open;
    return PeriodReopened{reopen.company, reopen.year, reopen.period, reopen.reason};
}

void evolve(FiscalYears& years, const FiscalYearOpened& opened) {
    years.put({opened.company, opened.first_day}, {opened.year, opened.months, {}});
}

void evolve(FiscalYears& years, const PeriodClosed& closed) {
    const auto* row = year_named(years, closed.company, closed.year);
    ensure(row != nullptr, "a period is closed in a year that is there");
    years.change(row->first, [&](FiscalYear& year) {
        year.closed.insert(std::ranges::lower_bound(year.closed, closed.period), closed.period);
    });
}

void evolve(FiscalYears& years, const PeriodReopened& reopened) {
    const auto* row = year_named(years, reopened.company, reopened.year);
    ensure(row != nullptr, "a period is reopened in a year that is there");
    years.change(row->first, [&](FiscalYear& year) { std::erase(year.closed, reopened.period); });
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
