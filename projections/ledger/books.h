// What entries are posted in and with: fiscal periods, journals, dimensions and their values.
#pragma once

#include "domain/ledger/calendar.h"
#include "domain/ledger/dimensions.h"
#include "domain/ledger/journals.h"
#include "domain/ledger/parallel_books.h"
#include "projections/described_rows.h"
#include "projections/projection.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kontor::ledger {

struct FiscalPeriod {
    FiscalYearCode fiscal_year;
    std::int64_t period = 1;
    Date first_day;
    Date last_day;
    bool closed = false;
    std::optional<std::string> reopened_because;
    PeriodState state = PeriodState::open;
    std::optional<access::RoleCode> still_posts = std::nullopt;
    bool adjustment = false;

    bool operator==(const FiscalPeriod&) const = default;
    static void describe(auto& row) {
        row.record("FiscalPeriod", "A period of a fiscal year.")
            .field("fiscal_year", &FiscalPeriod::fiscal_year, "Code of the year.")
            .field("period", &FiscalPeriod::period, "Its number in the year, from 1.")
            .field("first_day", &FiscalPeriod::first_day, "Its first day.")
            .field("last_day", &FiscalPeriod::last_day, "Its last day.")
            .field("closed", &FiscalPeriod::closed, "Nobody can post in it any more.")
            .field("reopened_because", &FiscalPeriod::reopened_because,
                   "Why it was last reopened; absent: never was.")
            .field("state", &FiscalPeriod::state, "Who may still post in it.")
            .field("still_posts", &FiscalPeriod::still_posts,
                   "The role that still posts in a soft closed one.")
            .field("adjustment", &FiscalPeriod::adjustment,
                   "It shares the last day of its year and is named by who posts in it.");
    }
};

struct FiscalPeriods {
    CompanyCode company;
    std::optional<FiscalYearCode> fiscal_year;

    static void describe(auto& query) {
        query.record("fiscal_periods", "All periods, open and closed, by year and number.")
            .company(&FiscalPeriods::company)
            .field("company", &FiscalPeriods::company, "Whose calendar.")
            .field("fiscal_year", &FiscalPeriods::fiscal_year, "Only periods of this year.")
            .template answers<FiscalPeriod>(Times::known_at);
    }
};

struct ListedJournal {
    JournalCode journal;
    std::string name;

    bool operator==(const ListedJournal&) const = default;
    static void describe(auto& row) {
        row.record("ListedJournal", "A journal.")
            .field("journal", &ListedJournal::journal, "Its code.")
            .field("name", &ListedJournal::name, "Its name.");
    }
};

struct JournalList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("journals", "All journals, by code.")
            .company(&JournalList::company)
            .field("company", &JournalList::company, "Whose journals.")
            .template answers<ListedJournal>(Times::known_at);
    }
};

struct ListedDimension {
    DimensionCode dimension;
    std::string name;
    ValueRule values = ValueRule::listed;

    bool operator==(const ListedDimension&) const = default;
    static void describe(auto& row) {
        row.record("ListedDimension", "A dimension.")
            .field("dimension", &ListedDimension::dimension, "Its code.")
            .field("name", &ListedDimension::name, "Its name.")
            .field("values", &ListedDimension::values, "Which values postings may carry.");
    }
};

struct DimensionList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("dimensions", "All dimensions, by code.")
            .company(&DimensionList::company)
            .field("company", &DimensionList::company, "Whose dimensions.")
            .template answers<ListedDimension>(Times::known_at);
    }
};

struct ListedValue {
    DimensionCode dimension;
    DimensionValueCode value;
    std::string name;
    bool blocked = false;

    bool operator==(const ListedValue&) const = default;
    static void describe(auto& row) {
        row.record("ListedValue", "A value that was added to a dimension.")
            .field("dimension", &ListedValue::dimension, "Code of the dimension.")
            .field("value", &ListedValue::value, "Its code, as postings carry it.")
            .field("name", &ListedValue::name, "Its name.")
            .field("blocked", &ListedValue::blocked, "No new posting may carry it.");
    }
};

struct ValueList {
    CompanyCode company;
    std::optional<DimensionCode> dimension;

    static void describe(auto& query) {
        query
            .record("dimension_values",
                    "Values that were added to dimensions, by dimension and code.")
            .company(&ValueList::company)
            .field("company", &ValueList::company, "Whose dimensions.")
            .field("dimension", &ValueList::dimension, "Only values of this one.")
            .template answers<ListedValue>(Times::both);
    }
};

struct ListedBook {
    BookCode book;
    std::string name;
    bool leading = false;

    bool operator==(const ListedBook&) const = default;
    static void describe(auto& row) {
        row.record("ListedBook", "A book of the company.")
            .field("book", &ListedBook::book, "Its code.")
            .field("name", &ListedBook::name, "Its name.")
            .field("leading", &ListedBook::leading, "It is meant where a question names none.");
    }
};

struct BookList {
    CompanyCode company;

    static void describe(auto& query) {
        query.record("books", "The parallel books of a company, by code; none while it keeps one.")
            .company(&BookList::company)
            .field("company", &BookList::company, "Whose books.")
            .template answers<ListedBook>(Times::known_at);
    }
};

class BooksModel {
public:
    explicit BooksModel(const Place& place)
        : periods_(place.table(1)),
          journals_(place.table(2)),
          dimensions_(place.table(3)),
          values_(place.table(4)),
          books_(place.table(5)) {}

    void on(const FiscalYearOpened&, const Recorded&);
    void on(const PeriodClosed&, const Recorded&);
    void on(const PeriodReopened&, const Recorded&);
    void on(const JournalOpened&, const Recorded&);
    void on(const BookOpened&, const Recorded&);
    void on(const DimensionDefined&, const Recorded&);
    void on(const DimensionValuesAdded&, const Recorded&);
    void on(const DimensionValueBlocked&, const Recorded&);
    void on(const DimensionValueUnblocked&, const Recorded&);
    void answer(const FiscalPeriods&, const AsOf&, Page<FiscalPeriod>&) const;
    void answer(const JournalList&, const AsOf&, Page<ListedJournal>&) const;
    void answer(const BookList&, const AsOf&, Page<ListedBook>&) const;
    void answer(const DimensionList&, const AsOf&, Page<ListedDimension>&) const;
    void answer(const ValueList&, const AsOf&, Page<ListedValue>&) const;
    // The company's fiscal years with their first days, in the order of time.
    std::vector<std::pair<Date, FiscalYearCode>> fiscal_years(const AsOf&,
                                                              const CompanyCode&) const;
    // The end of a fiscal period, and which adjustment period of its year it is: 0 for an ordinary
    // one. Empty when the company has no such period.
    struct PeriodEnd {
        Date last_day;
        std::int64_t adjustment = 0;
    };
    std::optional<PeriodEnd> end_of_period(const AsOf&, const CompanyCode&, const FiscalYearCode&,
                                           std::int64_t period) const;
    // The company's books as they were known; none while it keeps one.
    std::vector<ListedBook> books(const AsOf&, const CompanyCode&) const;
    // The company's journals, by code.
    std::vector<JournalCode> journals(const AsOf&, const CompanyCode&) const;
    // All periods of a fiscal year, by number; none when the company has no such year.
    std::vector<FiscalPeriod> periods_of(const AsOf&, const CompanyCode&,
                                         const FiscalYearCode&) const;
    // Whether the dimension was known at the corner, on whatever day.
    bool has_dimension(const AsOf&, const DimensionKey&) const;
    // The name of a value at the corner; empty where it has none.
    std::string name_of(const AsOf&, const DimensionValueKey&) const;
    // Whether the journal was known at the corner.
    bool has_journal(const AsOf&, const JournalKey&) const;
    // What no posting can carry among the values of a filter, in words, as was known at the
    // corner, on whatever day; empty when all may be there. A slip must not look like a zero.
    std::optional<std::string> unknown_among(
        const AsOf&, const CompanyCode&,
        const std::map<DimensionCode, DimensionValueCode>& dimensions) const;

private:
    struct PeriodKey {
        CompanyCode company;
        FiscalYearCode fiscal_year;
        std::int64_t period = 1;
        static void describe(auto& key) {
            key.record("FiscalPeriodKey", "A period of a company.")
                .field("company", &PeriodKey::company, "Whose calendar.")
                .field("fiscal_year", &PeriodKey::fiscal_year, "Code of the year.")
                .field("period", &PeriodKey::period, "Its number.");
        }
    };
    void change_period(const Recorded&, const PeriodKey&,
                       const std::function<void(FiscalPeriod&)>& change) const;

    DescribedRows<PeriodKey, FiscalPeriod> periods_;
    DescribedRows<JournalKey, ListedJournal> journals_;
    DescribedRows<DimensionKey, ListedDimension> dimensions_;
    DescribedRows<DimensionValueKey, ListedValue> values_;
    DescribedRows<BookKey, ListedBook> books_;
};

ReadModelSpec books();

}  // namespace kontor::ledger
