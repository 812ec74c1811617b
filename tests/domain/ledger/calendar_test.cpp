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
    const FiscalYearOpened thirteen = year_opened("2025/26", "2025-04-06", 13);
    const auto story = given(created(), thirteen);
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
        const Period period = shape_of(thirteen).days_of(number);
        CHECK(fiscal_day(story.world(), acme, period.first)->period == number);
        CHECK(fiscal_day(story.world(), acme, period.last)->period == number);
        if (number < 13) CHECK(shape_of(thirteen).days_of(number + 1).first == period.last + 1);
    }
}

TEST_CASE("periods are closed in any order, each once") {
    auto story = given(created(), year_opened("2026", "2026-01-01"));
    story.when(ClosePeriod{acme, {"2026"}, 12}).then(PeriodClosed{acme, {"2026"}, 12});
    story.happened(PeriodClosed{acme, {"2026"}, 12});
    story.when(ClosePeriod{acme, {"2026"}, 12}).refused(period_closed);
    story.when(ClosePeriod{acme, {"2026"}, 3}).then(PeriodClosed{acme, {"2026"}, 3});
    story.happened(PeriodClosed{acme, {"2026"}, 3});
    const auto state_on = [&](const char* date) {
        return fiscal_day(story.world(), acme, day(date))->state;
    };
    CHECK(state_on("2026-03-31") == PeriodState::closed);
    CHECK(state_on("2026-04-01") == PeriodState::open);
    CHECK(state_on("2026-12-01") == PeriodState::closed);
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

TEST_CASE(
    "a retailer's year of 4, 4 and 5 weeks begins on any day and has its 53rd week at the end") {
    // The calendar of the US National Retail Federation: fiscal 2023 had 53 weeks from 29 January
    // 2023, its January (the last period) five of them; fiscal 2024 begins on 4 February 2024.
    OpenFiscalYear open = open_year("2023", "2023-01-29");
    open.pattern = YearPattern::weeks_4_4_5;
    open.weeks = 53;
    FiscalYearOpened opened{acme, {"2023"}, day("2023-01-29"), 0, YearPattern::weeks_4_4_5, 53, 0};
    given(created()).when(open).then(opened);
    const YearShape shape = shape_of(opened);
    CHECK(shape.last_day() == day("2024-02-03"));
    CHECK(shape.days_of(1) == Period{day("2023-01-29"), day("2023-02-25")});
    CHECK(shape.days_of(2) == Period{day("2023-02-26"), day("2023-03-25")});
    CHECK(shape.days_of(3) == Period{day("2023-03-26"), day("2023-04-29")});
    CHECK(shape.days_of(4).first == day("2023-04-30"));
    CHECK(shape.days_of(12).last == day("2024-02-03"));
    CHECK(shape.days_of(12).last - shape.days_of(12).first + 1 == 6 * 7);
    open = open_year("2024", "2024-02-04");
    open.pattern = YearPattern::weeks_4_4_5;
    given(created(), opened).when(open).accepted();
    open.first_day = day("2024-02-03");
    given(created(), opened).when(open).refused(fiscal_year_not_adjacent);
}

TEST_CASE("thirteen periods of four weeks leave no day out") {
    for (const std::int64_t weeks : {52, 53}) {
        const FiscalYearOpened opened{
            acme, {"2026"}, day("2025-12-29"), 0, YearPattern::periods_of_4_weeks, weeks, 0};
        const YearShape shape = shape_of(opened);
        const auto story = given(created(), opened);
        Date at = opened.first_day;
        for (std::int64_t number = 1; number <= 13; ++number) {
            const Period days = shape.days_of(number);
            CHECK(days.first == at);
            for (; at <= days.last; at = at + 1)
                CHECK(fiscal_day(story.world(), acme, at)->period == number);
        }
        CHECK(at == opened.first_day + static_cast<int>(weeks * 7));
        CHECK_FALSE(fiscal_day(story.world(), acme, at).has_value());
    }
}

TEST_CASE("adjustment periods share the last day of their year and are only found by name") {
    FiscalYearOpened opened = year_opened("2026", "2026-01-01");
    opened.adjustment_periods = 2;
    const auto story = given(created(), opened);
    const Date last = day("2026-12-31");
    CHECK(fiscal_day(story.world(), acme, last)->period == 12);
    CHECK(fiscal_day(story.world(), acme, last)->adjustment == 0);
    CHECK(fiscal_period(story.world(), acme, last, 12)->period == 12);
    CHECK(fiscal_period(story.world(), acme, last, 13)->adjustment == 1);
    CHECK(fiscal_period(story.world(), acme, last, 14)->adjustment == 2);
    CHECK_FALSE(fiscal_period(story.world(), acme, last, 15).has_value());
    CHECK_FALSE(fiscal_period(story.world(), acme, day("2026-12-30"), 13).has_value());
    CHECK_FALSE(fiscal_period(story.world(), acme, last, 11).has_value());
    CHECK_FALSE(fiscal_period(story.world(), acme, last, 0).has_value());
}

TEST_CASE("a soft close names the role that still posts, and may be made hard") {
    const access::RoleCode chief{"chief_accountant"};
    auto story = given(created(), year_opened("2026", "2026-01-01"));
    ClosePeriod close{acme, {"2026"}, 3, Closing::soft, std::nullopt};
    story.when(close).refused(soft_close_without_role);
    story.when(ClosePeriod{acme, {"2026"}, 3, Closing::hard, chief})
        .refused(soft_close_without_role);
    close.still_posts = chief;
    story.when(close).refused(access::role_unknown);
    story.happened(access::RoleDefined{chief, {"ledger.*"}});
    const PeriodClosed closed{acme, {"2026"}, 3, Closing::soft, chief};
    story.when(close).then(closed);
    story.happened(closed);
    story.when(close).refused(period_closed);
    story.when(ClosePeriod{acme, {"2026"}, 3}).then(PeriodClosed{acme, {"2026"}, 3});

    const auto fault = [&](std::string_view actor) {
        const auto march = fiscal_day(story.world(), acme, day("2026-03-31"));
        return closed_for(story.world(), acme, *march, actor).reason;
    };
    CHECK(fault("eva") == &period_soft_closed);
    story.happened(access::RoleGranted{{"eva"}, chief, CompanyCode{"OTHER"}});
    CHECK(fault("eva") == &period_soft_closed);
    story.happened(access::RoleGranted{{"eva"}, chief, acme});
    CHECK(fault("eva") == nullptr);
    CHECK(next_open_day(story.world(), acme, day("2026-02-10"), "eva") == day("2026-03-01"));
    CHECK(next_open_day(story.world(), acme, day("2026-02-10"), "bob") == day("2026-04-01"));
    CHECK(next_open_day(story.world(), acme, day("2026-12-10"), "eva") == std::nullopt);
    story.happened(PeriodClosed{acme, {"2026"}, 3});
    CHECK(fault("eva") == &period_closed);
    story.when(close).refused(period_closed);
    story.when(ReopenPeriod{acme, {"2026"}, 3, "why"}).accepted();
}
