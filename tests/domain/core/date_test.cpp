// The calendar against a walk through it day by day, and instants against the examples of RFC 3339.
#include "domain/core/date.h"

#include "tests/domain/core/aborts.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <string>

namespace kontor {
namespace {

Date date(std::string_view text) {
    const auto read = date_from(text);
    INFO(text);
    REQUIRE(read);
    return *read;
}

std::string two_digits(int number) {
    return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

// A calendar that knows only how a day follows another.
struct Walk {
    int year = 1;
    int month = 1;
    int day = 1;

    int longest() const {
        constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        const bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        return lengths[month - 1] + (month == 2 && leap ? 1 : 0);
    }
    void step() {
        if (day++ < longest()) return;
        day = 1;
        if (month++ < 12) return;
        month = 1;
        ++year;
    }
    std::string text() const {
        return two_digits(year / 100) + two_digits(year % 100) + "-" + two_digits(month) + "-" +
               two_digits(day);
    }
};

}  // namespace

TEST_CASE("every day of the years 1 to 9999 is where a walk through the calendar finds it") {
    Walk walk;
    int of_week = 1;  // 0001-01-01 was a Monday
    int wrong = 0;
    for (Date day = first_date; day <= last_date; ++day.days, walk.step()) {
        const YearMonthDay found = civil(day);
        const bool right = found.year == walk.year && found.month == walk.month &&
                           found.day == walk.day &&
                           date_of(walk.year, walk.month, walk.day) == day &&
                           last_of_month(day).days == day.days + walk.longest() - walk.day &&
                           weekday(day) == of_week;
        wrong += right ? 0 : 1;
        // Text is slower: a day in every eleven, and so each day of week, month and year.
        if (day.days % 11 == 0 && (to_text(day) != walk.text() || date_from(walk.text()) != day))
            ++wrong;
        of_week = of_week % 7 + 1;
    }
    CHECK(wrong == 0);
    CHECK(walk.year == 10'000);
    CHECK(walk.day == 1);
}

TEST_CASE("known days are known") {
    CHECK(date("1970-01-01").days == 0);
    CHECK(date("0001-01-01") == first_date);
    CHECK(date("9999-12-31") == last_date);
    CHECK(date("2000-02-29") - date("1970-01-01") == 11'016);
    CHECK(weekday(date("1970-01-01")) == 4);
    CHECK(weekday(date("2026-02-17")) == 2);
    CHECK(weekday(date("2000-02-29")) == 2);
    CHECK(date("2024-03-01") - date("2024-02-28") == 2);
    CHECK(date("2023-03-01") - date("2023-02-28") == 1);
}

TEST_CASE(
    "a leap day is there every fourth year but not every hundredth, yet every four hundredth") {
    for (const int year : {4, 1600, 2000, 2024, 2400, 9996}) CHECK(date_of(year, 2, 29));
    for (const int year : {1, 100, 1900, 2023, 2100, 2026}) CHECK_FALSE(date_of(year, 2, 29));
    for (const int year : {1900, 2000, 2023, 2024}) CHECK_FALSE(date_of(year, 2, 30));
}

TEST_CASE("what is no day is refused") {
    using namespace std::string_view_literals;
    for (const auto text : {""sv,
                            "2026"sv,
                            "2026-02"sv,
                            "2026-02-30"sv,
                            "2026-13-01"sv,
                            "2026-00-01"sv,
                            "2026-01-00"sv,
                            "2026-04-31"sv,
                            "2025-02-29"sv,
                            "0000-01-01"sv,
                            "10000-01-01"sv,
                            "+2026-01-01"sv,
                            "-2026-01-01"sv,
                            "2026-1-1"sv,
                            "26-01-01"sv,
                            "2026/01/01"sv,
                            "20260101"sv,
                            " 2026-01-01"sv,
                            "2026-01-01 "sv,
                            "2026-01-01\0"sv,
                            "2026-01-0\0"sv,
                            "2026-01-01T"sv,
                            "2026-01-0a"sv,
                            "2026- 1-01"sv,
                            "2026-+1-01"sv,
                            "2026-W01-1"sv,
                            "\xD9\xA2"
                            "026-01-01"sv})
        CHECK_FALSE(date_from(text));
    CHECK_FALSE(date_of(2026, 0, 1));
    CHECK_FALSE(date_of(2026, 13, 1));
    CHECK_FALSE(date_of(2026, 1, 0));
    CHECK_FALSE(date_of(2026, 1, 32));
    CHECK_FALSE(date_of(0, 1, 1));
    CHECK_FALSE(date_of(10'000, 1, 1));
    constexpr int most = std::numeric_limits<int>::max(), least = std::numeric_limits<int>::min();
    CHECK_FALSE(date_of(most, 1, 1));
    CHECK_FALSE(date_of(2026, least, 1));
    CHECK_FALSE(date_of(2026, 1, most));
}

TEST_CASE("months later is the same day, or the last of a shorter month") {
    struct Later {
        const char* from;
        int months;
        const char* to;
    };
    const Later all[] = {
        {"2026-01-31", 1, "2026-02-28"},      {"2024-01-31", 1, "2024-02-29"},
        {"2026-01-31", 2, "2026-03-31"},      {"2026-01-31", 3, "2026-04-30"},
        {"2024-02-29", 12, "2025-02-28"},     {"2024-02-29", 48, "2028-02-29"},
        {"2024-02-29", -12, "2023-02-28"},    {"2026-03-31", -1, "2026-02-28"},
        {"2026-12-15", 1, "2027-01-15"},      {"2026-01-15", -1, "2025-12-15"},
        {"2026-06-30", 0, "2026-06-30"},      {"2026-01-01", -24'300, "0001-01-01"},
        {"0001-12-31", 119'976, "9999-12-31"}};
    for (const Later& later : all)
        CHECK(to_text(plus_months(date(later.from), later.months)) == later.to);

    std::mt19937_64 random(12);
    for (int i = 0; i < 20'000; ++i) {
        const Date from = first_date + static_cast<int>(random() % 3'652'059);
        const int months = static_cast<int>(random() % 2'400) - 1'200;
        const YearMonthDay start = civil(from), end = civil(plus_months(from, months));
        REQUIRE((end.year * 12 + end.month) - (start.year * 12 + start.month) == months);
        const int longest = civil(last_of_month(plus_months(from, months))).day;
        REQUIRE(end.day == (start.day < longest ? start.day : longest));
    }
}

TEST_CASE("arithmetic may pass the years that can be read, and says so in its text") {
    CHECK(to_text(last_date + 1) == "+10000-01-01");
    CHECK(to_text(plus_months(last_date, 2)) == "+10000-02-29");
    CHECK(to_text(first_date - 1) == "0000-12-31");
    CHECK(to_text(first_date - 366) == "0000-01-01");
    CHECK(to_text(first_date - 367) == "-0001-12-31");
    CHECK((last_date + 30) - 30 == last_date);
    // At the very ends of the count a day is still its own.
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    constexpr auto least = std::numeric_limits<std::int32_t>::min();
    CHECK(civil(Date{most}).year == 5'881'580);
    CHECK(civil(Date{least}).year == -5'877'641);
    CHECK(aborts([] { (void)(Date{most} + 1); }));
    CHECK(aborts([] { (void)(Date{0} - least); }));
    CHECK(aborts([] { (void)(Date{most} - Date{-1}); }));
    CHECK(aborts([] { (void)plus_months(first_date, std::numeric_limits<int>::max()); }));
}

TEST_CASE("a period contains its first and its last day") {
    const Period february{date("2026-02-01"), date("2026-02-28")};
    CHECK(february.contains(date("2026-02-01")));
    CHECK(february.contains(date("2026-02-28")));
    CHECK_FALSE(february.contains(date("2026-01-31")));
    CHECK_FALSE(february.contains(date("2026-03-01")));
}

TEST_CASE("instants are read as RFC 3339 has them") {
    struct Instant {
        const char* text;
        std::int64_t micros;
        const char* utc;
    };
    const Instant all[] = {
        {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"},
        {"2026-02-17T22:30:00Z", 1'771'367'400'000'000, "2026-02-17T22:30:00Z"},
        {"2026-02-18T01:30:00+03:00", 1'771'367'400'000'000, "2026-02-17T22:30:00Z"},
        {"2001-09-09T01:46:40Z", 1'000'000'000'000'000, "2001-09-09T01:46:40Z"},
        {"2038-01-19T03:14:08Z", 2'147'483'648'000'000, "2038-01-19T03:14:08Z"},
        {"2000-02-29T00:00:00.000001Z", 951'782'400'000'001, "2000-02-29T00:00:00.000001Z"},
        {"1600-02-29T12:00:00Z", -11'670'955'200'000'000, "1600-02-29T12:00:00Z"},
        {"1969-12-31T23:59:59.999999Z", -1, "1969-12-31T23:59:59.999999Z"},
        // RFC 3339, 5.8
        {"1985-04-12T23:20:50.52Z", 482'196'050'520'000, "1985-04-12T23:20:50.52Z"},
        {"1996-12-19T16:39:57-08:00", 851'042'397'000'000, "1996-12-20T00:39:57Z"},
        {"1937-01-01T12:00:27.87+00:20", -1'041'337'172'130'000, "1937-01-01T11:40:27.87Z"},
        // In lower case, with zeros to spare, with an unknown offset, across years.
        {"1985-04-12t23:20:50.520000z", 482'196'050'520'000, "1985-04-12T23:20:50.52Z"},
        {"1970-01-01T00:00:00-00:00", 0, "1970-01-01T00:00:00Z"},
        {"1970-01-01T23:59:00+23:59", 0, "1970-01-01T00:00:00Z"},
        {"1969-12-31T00:01:00-23:59", 0, "1970-01-01T00:00:00Z"},
        {"0001-01-01T00:00:00Z", -62'135'596'800'000'000, "0001-01-01T00:00:00Z"},
        {"9999-12-31T23:59:59.999999Z", 253'402'300'799'999'999, "9999-12-31T23:59:59.999999Z"},
    };
    for (const Instant& instant : all) {
        INFO(instant.text);
        const auto read = timestamp_from(instant.text);
        REQUIRE(read);
        CHECK(read->micros == instant.micros);
        CHECK(to_text(*read) == instant.utc);
    }
}

TEST_CASE("what is no instant is refused") {
    using namespace std::string_view_literals;
    for (const auto text :
         {""sv, "2026-02-17"sv, "2026-02-17T22:30Z"sv, "2026-02-17T22:30:00"sv,
          "2026-02-17 22:30:00Z"sv, "2026-02-17T24:00:00Z"sv, "2026-02-17T22:60:00Z"sv,
          "1990-12-31T23:59:60Z"sv, "1990-12-31T15:59:60-08:00"sv, "2026-02-17T22:30:00.Z"sv,
          "2026-02-17T22:30:00.0000000Z"sv, "2026-02-17T22:30:00.1234567Z"sv,
          "2026-02-17T22:30:00,5Z"sv, "2026-02-17T22:30:00+3"sv, "2026-02-17T22:30:00+0300"sv,
          "2026-02-17T22:30:00+03"sv, "2026-02-17T22:30:00+24:00"sv, "2026-02-17T22:30:00+03:60"sv,
          "2026-02-17T22:30:00+03:00Z"sv, "2026-02-17T22:30:00ZZ"sv, "2026-02-17T22:30:00Z "sv,
          " 2026-02-17T22:30:00Z"sv, "2026-02-17T22:30:00Z\0"sv, "2026-02-30T22:30:00Z"sv,
          "0000-12-31T23:59:59Z"sv,
          "2026-02-17T22:30:00\xE2\x88\x92"
          "03:00"sv,
          "2026-02-17T-2:30:00Z"sv, "2026-02-17T22:30:00.-5Z"sv,
          // Out of the years that can be written once it is told in UTC.
          "0001-01-01T00:00:00+00:01"sv, "9999-12-31T23:59:59-00:01"sv}) {
        INFO(text);
        CHECK_FALSE(timestamp_from(text));
    }
}

TEST_CASE("an instant told at any offset is the same instant") {
    std::mt19937_64 random(3339);
    const std::int64_t day = 86'400'000'000;
    const std::int64_t first = (first_date.days + std::int64_t{1}) * day;
    const std::int64_t last = last_date.days * day - 1;
    const auto span = static_cast<std::uint64_t>(last - first + 1);
    for (int i = 0; i < 20'000; ++i) {
        const Timestamp instant{first + static_cast<std::int64_t>(random() % span)};
        REQUIRE(timestamp_from(to_text(instant)) == instant);

        const int minutes = static_cast<int>(random() % 2'879) - 1'439;
        const int away = minutes < 0 ? -minutes : minutes;
        std::string local = to_text(Timestamp{instant.micros + minutes * std::int64_t{60'000'000}});
        local.pop_back();
        local += (minutes < 0 ? "-" : "+") + two_digits(away / 60) + ":" + two_digits(away % 60);
        INFO(local);
        REQUIRE(timestamp_from(local) == instant);
    }
    CHECK(to_text(Timestamp{last_date.days * day + day}) == "+10000-01-01T00:00:00Z");
}

}  // namespace kontor
