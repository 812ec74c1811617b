// The fiscal calendar: years that follow each other, and periods that open and close.
#include "domain/ledger/calendar.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::day;
using test::given;

namespace {

companies::CompanyCreated created() {
    return {acme, "Acme", test::currency("EUR"), "UTC", 1, 2026, companies::Chart::none};
}
OpenFiscalYear open_year(const char* year, const char* first_day, std::int64_t months = 12) {
    return {acme, {year}, day(first_day), months};
}
FiscalYearOpened year_opened(const char* year, const char* first_day, std::int64_t months = 12) {
    return {acme, {year}, day(first_day), months};
}

}  // namespace

TEST_CASE("the first fiscal year begins anywhere") {
    given(created())
        .when(open_year("2025/26", "2025-04-06"))
        .then(year_opened("2025/26", "2025-04-06"));
}

TEST_CASE("a year follows the last or comes before the first, without a gap") {
    auto story = given(created(), year_opened("2026", "2026-01-01"));
    story.when(open_year("2027", "2027-01-01")).then(year_opened("2027", "2027-01-01"));
    story.when(open_year("2025", "2025-01-01")).then(year_opened("2025", "2025-01-01"));
    story.when(open_year("short", "2025-10-01", 3)).then(year_opened("short", "2025-10-01", 3));
    story.when(open_year("gap", "2027-02-01")).refused(fiscal_year_not_adjacent);
    story.when(open_year("gap", "2024-12-01")).refused(fiscal_year_not_adjacent);
    story.when(open_year("overlap", "2026-12-01")).refused(fiscal_year_not_adjacent);
    story.when(open_year("overlap", "2025-06-01")).refused(fiscal_year_not_adjacent);
    story.when(open_year("same", "2026-01-01")).refused(fiscal_year_not_adjacent);
}

TEST_CASE("another company's years are no neighbours") {
    FiscalYearOpened elsewhere = year_opened("2026", "2026-01-01");
    elsewhere.company = {"OTHER"};
    given(created(), elsewhere)
        .when(open_year("2026", "2030-01-01"))
        .then(year_opened("2026", "2030-01-01"));
}

TEST_CASE("what is wrong with a fiscal year is said in a fixed order") {
    auto story = given(created(), year_opened("2026", "2026-01-01"));
    OpenFiscalYear open = open_year("2026", "9991-01-31");
    open.company = {"OTHER"};
    story.when(open).refused(companies::company_unknown);
    open.company = acme;
    story.when(open).refused(fiscal_year_exists);
    open.year = {"2027"};
    story.when(open).refused(fiscal_year_beyond_calendar);
    open.first_day = day("2027-01-29");
    story.when(open).refused(fiscal_year_starts_late_in_month);
    open.first_day = day("2027-01-28");
    story.when(open).refused(fiscal_year_not_adjacent);
    open.first_day = day("2027-01-01");
    story.when(open).accepted();
}

TEST_CASE("each day of a year lies in one period, also where months begin on another day") {
    const auto story = given(created(), year_opened("2025/26", "2025-04-06", 13));
    const auto period_on = [&](const char* date) -> std::int64_t {
        const auto found = fiscal_day(story.world(), acme, day(date));
        return found ? found->period : 0;
    };
    CHECK(period_on("2025-04-05") == 0);
    CHECK(period_on("2025-04-06") == 1);
    CHECK(period_on("2025-05-05") == 1);
    CHECK(period_on("2025-05-06") == 2);
    CHECK(period_on("2026-03-05") == 11);
    CHECK(period_on("2026-04-06") == 13);
    CHECK(period_on("2026-05-05") == 13);
    CHECK(period_on("2026-05-06") == 0);
    CHECK(fiscal_day(story.world(), {"OTHER"}, day("2025-05-05")) == std::nullopt);
    // What a day's period is and which days a period has are one calendar.
    for (std::int64_t number = 1; number <= 13; ++number) {
        const Period period = period_of_year(day("2025-04-06"), number);
        CHECK(fiscal_day(story.world(), acme, period.first)->period == number);
        CHECK(fiscal_day(story.world(), acme, period.last)->period == number);
        CHECK(period_of_year(day("2025-04-06"), number + 1).first == period.last + 1);
    }
}

TEST_CASE("periods are closed in any order, each once") {
    auto story = given(created(), year_opened("2026", "2026-01-01"));
    story.when(ClosePeriod{acme, {"2026"}, 12}).then(PeriodClosed{acme, {"2026"}, 12});
    story.happened(PeriodClosed{acme, {"2026"}, 12});
    story.when(ClosePeriod{acme, {"2026"}, 12}).refused(period_closed);
    story.when(ClosePeriod{acme, {"2026"}, 3}).then(PeriodClosed{acme, {"2026"}, 3});
    story.happened(PeriodClosed{acme, {"2026"}, 3});
    CHECK(fiscal_day(story.world(), acme, day("2026-03-31"))->closed);
    CHECK_FALSE(fiscal_day(story.world(), acme, day("2026-04-01"))->closed);
    CHECK(fiscal_day(story.world(), acme, day("2026-12-01"))->closed);
}

TEST_CASE("a period that is closed or reopened is one of a known year") {
    auto story = given(created(), year_opened("short", "2026-01-01", 3));
    story.when(ClosePeriod{acme, {"2026"}, 1}).refused(fiscal_year_unknown);
    story.when(ReopenPeriod{acme, {"2026"}, 1, "why"}).refused(fiscal_year_unknown);
    for (const std::int64_t none : {0, 4, -1}) {
        story.when(ClosePeriod{acme, {"short"}, none}).refused(period_unknown);
        story.when(ReopenPeriod{acme, {"short"}, none, "why"}).refused(period_unknown);
    }
    story.when(ClosePeriod{acme, {"short"}, 3}).accepted();
}

TEST_CASE("a closed period is reopened with a reason, an open one is not") {
    auto story = given(created(), year_opened("2026", "2026-01-01"));
    story.when(ReopenPeriod{acme, {"2026"}, 3, "late invoice"}).refused(period_open);
    story.happened(PeriodClosed{acme, {"2026"}, 3});
    story.when(ReopenPeriod{acme, {"2026"}, 3, "late invoice"})
        .then(PeriodReopened{acme, {"2026"}, 3, "late invoice"});
    story.happened(PeriodReopened{acme, {"2026"}, 3, "late invoice"});
    story.when(ReopenPeriod{acme, {"2026"}, 3, "late invoice"}).refused(period_open);
    story.when(ClosePeriod{acme, {"2026"}, 3}).accepted();
}
