// How the books' outer things are listed. Periods, journals and dimensions have one time only, when
// they became known: no business day says when a door was closed. Values are blocked from a day on.
#include "projections/ledger/books.h"

#include "projections/any_day.h"

#include <algorithm>

namespace kontor::ledger {

void BooksModel::on(const FiscalYearOpened& opened, const Recorded& recorded) {
    const YearShape shape = shape_of(opened);
    for (std::int64_t number = 1; number <= shape.periods(); ++number) {
        const Period days = shape.days_of(number);
        periods_.put(recorded, {opened.company, opened.year, number}, first_date,
                     {opened.year, number, days.first, days.last, false, std::nullopt,
                      PeriodState::open, std::nullopt, shape.is_adjustment(number)});
    }
}

void BooksModel::change_period(const Recorded& recorded, const PeriodKey& key,
                               const std::function<void(FiscalPeriod&)>& change) const {
    periods_.change_always(recorded, key, [&](FiscalPeriod& period) {
        change(period);
        period.closed = period.state == PeriodState::closed;
    });
}

void BooksModel::on(const PeriodClosed& closed, const Recorded& recorded) {
    change_period(recorded, {closed.company, closed.year, closed.period}, [&](FiscalPeriod& now) {
        now.state = closed.still_posts ? PeriodState::soft_closed : PeriodState::closed;
        now.still_posts = closed.still_posts;
    });
}

void BooksModel::on(const PeriodReopened& reopened, const Recorded& recorded) {
    change_period(recorded, {reopened.company, reopened.year, reopened.period},
                  [&](FiscalPeriod& now) {
                      now.state = PeriodState::open;
                      now.still_posts.reset();
                      now.reopened_because = reopened.reason;
                  });
}

void BooksModel::on(const JournalOpened& opened, const Recorded& recorded) {
    journals_.put(recorded, {opened.company, opened.journal}, first_date,
                  {opened.journal, opened.name});
}

void BooksModel::on(const BookOpened& opened, const Recorded& recorded) {
    books_.put(recorded, {opened.company, opened.book}, first_date,
               {opened.book, opened.name, opened.leading});
}

void BooksModel::on(const DimensionDefined& defined, const Recorded& recorded) {
    dimensions_.put(recorded, {defined.company, defined.dimension}, first_date,
                    {defined.dimension, defined.name, defined.values});
}

void BooksModel::on(const DimensionValuesAdded& added, const Recorded& recorded) {
    for (const NamedValue& value : added.values)
        values_.put(recorded, {added.company, added.dimension, value.value}, first_date,
                    {added.dimension, value.value, value.name, false});
}

void BooksModel::on(const DimensionValueBlocked& blocked, const Recorded& recorded) {
    values_.change(recorded, {blocked.company, blocked.dimension, blocked.value},
                   [](ListedValue& value) { value.blocked = true; });
}

void BooksModel::on(const DimensionValueUnblocked& unblocked, const Recorded& recorded) {
    values_.change(recorded, {unblocked.company, unblocked.dimension, unblocked.value},
                   [](ListedValue& value) { value.blocked = false; });
}

std::vector<std::pair<Date, FiscalYearCode>> BooksModel::fiscal_years(
    const AsOf& as_of, const CompanyCode& company) const {
    std::vector<std::pair<Date, FiscalYearCode>> years;
    periods_.each(as_of, ordered_key(company), [&](const FiscalPeriod& period) {
        if (period.period == 1) years.emplace_back(period.first_day, period.fiscal_year);
    });
    std::ranges::sort(years);
    return years;
}

void BooksModel::answer(const FiscalPeriods& query, const AsOf& as_of,
                        Page<FiscalPeriod>& page) const {
    // By time and not by the codes of the years, which are the company's own.
    for (const auto& [first_day, year] : fiscal_years(as_of, query.company)) {
        if (query.fiscal_year && year != *query.fiscal_year) continue;
        bool room = true;
        periods_.each(as_of, ordered_key(query.company) + ordered_key(year),
                      [&](const FiscalPeriod& period) {
                          std::string key = ordered_key(first_day) + ordered_key(period.period);
                          if (room && key > page.after()) room = page.add(std::move(key), period);
                      });
        if (!room) return;
    }
}

void BooksModel::answer(const JournalList& query, const AsOf& as_of,
                        Page<ListedJournal>& page) const {
    journals_.list(as_of, ordered_key(query.company), page);
}

void BooksModel::answer(const BookList& query, const AsOf& as_of, Page<ListedBook>& page) const {
    books_.list(as_of, ordered_key(query.company), page);
}

std::vector<ListedBook> BooksModel::books(const AsOf& as_of, const CompanyCode& company) const {
    std::vector<ListedBook> books;
    books_.each(as_of, ordered_key(company), [&](ListedBook book) { books.push_back(book); });
    return books;
}

std::optional<BooksModel::PeriodEnd> BooksModel::end_of_period(const AsOf& as_of,
                                                               const CompanyCode& company,
                                                               const FiscalYearCode& year,
                                                               std::int64_t period) const {
    std::optional<PeriodEnd> end;
    std::int64_t ordinary = 0;
    periods_.each(as_of, ordered_key(company) + ordered_key(year), [&](const FiscalPeriod& each) {
        if (!each.adjustment) ordinary = each.period;
        if (each.period == period)
            end = PeriodEnd{each.last_day, each.adjustment ? period - ordinary : 0};
    });
    return end;
}

void BooksModel::answer(const DimensionList& query, const AsOf& as_of,
                        Page<ListedDimension>& page) const {
    dimensions_.list(as_of, ordered_key(query.company), page);
}

void BooksModel::answer(const ValueList& query, const AsOf& as_of, Page<ListedValue>& page) const {
    std::string begins_with = ordered_key(query.company);
    if (query.dimension) begins_with += ordered_key(*query.dimension);
    values_.list(as_of, begins_with, page);
}

std::vector<JournalCode> BooksModel::journals(const AsOf& as_of, const CompanyCode& company) const {
    std::vector<JournalCode> journals;
    journals_.each(as_of, ordered_key(company),
                   [&](const ListedJournal& journal) { journals.push_back(journal.journal); });
    return journals;
}

std::vector<FiscalPeriod> BooksModel::periods_of(const AsOf& as_of, const CompanyCode& company,
                                                 const FiscalYearCode& year) const {
    std::vector<FiscalPeriod> periods;
    periods_.each(as_of, ordered_key(company) + ordered_key(year),
                  [&](FiscalPeriod period) { periods.push_back(std::move(period)); });
    return periods;
}

bool BooksModel::has_dimension(const AsOf& as_of, const DimensionKey& dimension) const {
    return dimensions_.get(as_of.rows, dimension, on_any_day(as_of).corner).has_value();
}

std::string BooksModel::name_of(const AsOf& as_of, const DimensionValueKey& value) const {
    const auto known = values_.get(as_of.rows, value, as_of.corner);
    return known ? known->name : std::string();
}

bool BooksModel::has_journal(const AsOf& as_of, const JournalKey& journal) const {
    return journals_.get(as_of.rows, journal, as_of.corner).has_value();
}

std::optional<std::string> BooksModel::unknown_among(
    const AsOf& as_of, const CompanyCode& company,
    const std::map<DimensionCode, DimensionValueCode>& dimensions) const {
    const Corner any_day = on_any_day(as_of).corner;
    for (const auto& [dimension, value] : dimensions) {
        const auto known = dimensions_.get(as_of.rows, {company, dimension}, any_day);
        if (!known) return "The company has no dimension " + dimension.text + ".";
        if (known->values == ValueRule::listed &&
            !values_.get(as_of.rows, {company, dimension, value}, any_day))
            return "The dimension " + dimension.text + " has no value " + value.text + ".";
    }
    return std::nullopt;
}

ReadModelSpec books() {
    return ReadModelSpec::of<BooksModel>("books", 4, "ledger")
        .folding<BooksModel, FiscalYearOpened, PeriodClosed, PeriodReopened, JournalOpened,
                 BookOpened, DimensionDefined, DimensionValuesAdded, DimensionValueBlocked,
                 DimensionValueUnblocked>()
        .answering<BooksModel, FiscalPeriods, FiscalPeriod>()
        .answering<BooksModel, JournalList, ListedJournal>()
        .answering<BooksModel, BookList, ListedBook>()
        .answering<BooksModel, DimensionList, ListedDimension>()
        .answering<BooksModel, ValueList, ListedValue>();
}

}  // namespace kontor::ledger
