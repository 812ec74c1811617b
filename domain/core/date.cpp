// The calendar: days to years, months and days and back, and the text of days and instants.
#include "domain/core/date.h"

#include "domain/core/ensure.h"

#include <array>
#include <limits>

namespace kontor {

namespace {

constexpr std::int64_t days_in_400_years = 146'097;
constexpr std::int64_t micros_in_second = 1'000'000;
constexpr std::int64_t micros_in_day = 86'400 * micros_in_second;
// Days from 0000-03-01 to 1970-01-01. Years are counted from March, so that the leap day is the
// last day of its year and the lengths of the months before it never change.
constexpr std::int64_t epoch = 719'468;
constexpr std::array<int, 12> days_before_month_from_march = {0,   31,  61,  92,  122, 153,
                                                              184, 214, 245, 275, 306, 337};

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int length_of_month(std::int64_t year, int month) {
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Date date_at(std::int64_t days) {
    ensure(days >= std::numeric_limits<std::int32_t>::min() &&
               days <= std::numeric_limits<std::int32_t>::max(),
           "a date stays within what can be counted");
    return {static_cast<std::int32_t>(days)};
}

// Of a day that is there.
std::int64_t days_of(std::int64_t year, int month, int day) {
    const std::int64_t from_march = month > 2 ? year : year - 1;
    const std::int64_t cycle = floor_divide(from_march, 400);
    const std::int64_t in_cycle = from_march - cycle * 400;
    const auto month_from_march = static_cast<std::size_t>((month + 9) % 12);
    return cycle * days_in_400_years + in_cycle * 365 + in_cycle / 4 - in_cycle / 100 +
           days_before_month_from_march[month_from_march] + day - 1 - epoch;
}

// Fixed-width digits; more where the number is longer.
void append_digits(std::string& text, std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    if (digits.size() < width) text.append(width - digits.size(), '0');
    text.append(digits);
}

// Reads a text from its front, as far as it is what is expected.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool number(std::size_t digits, int& number) {
        if (text_.size() < digits) return false;
        number = 0;
        for (const char c : text_.substr(0, digits)) {
            if (c < '0' || c > '9') return false;
            number = number * 10 + (c - '0');
        }
        text_.remove_prefix(digits);
        return true;
    }
    bool one_of(std::string_view characters) {
        if (text_.empty() || characters.find(text_.front()) == std::string_view::npos) return false;
        text_.remove_prefix(1);
        return true;
    }
    std::size_t digits_ahead() const {
        const auto end = text_.find_first_not_of("0123456789");
        return end == std::string_view::npos ? text_.size() : end;
    }
    bool at_end() const { return text_.empty(); }

private:
    std::string_view text_;
};

std::optional<Date> read_date(Reader& reader) {
    int year = 0, month = 0, day = 0;
    if (!reader.number(4, year) || !reader.one_of("-") || !reader.number(2, month) ||
        !reader.one_of("-") || !reader.number(2, day))
        return std::nullopt;
    return date_of(year, month, day);
}

// Microseconds since midnight. A leap second (":60") is refused: instants do not count them.
std::optional<std::int64_t> read_time_of_day(Reader& reader) {
    int hour = 0, minute = 0, second = 0;
    if (!reader.number(2, hour) || !reader.one_of(":") || !reader.number(2, minute) ||
        !reader.one_of(":") || !reader.number(2, second))
        return std::nullopt;
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const std::int64_t micros = ((hour * 60 + minute) * 60 + second) * micros_in_second;
    if (!reader.one_of(".")) return micros;

    const std::size_t digits = reader.digits_ahead();
    int fraction = 0;
    if (digits < 1 || digits > 6 || !reader.number(digits, fraction)) return std::nullopt;
    for (std::size_t i = digits; i < 6; ++i) fraction *= 10;
    return micros + fraction;
}

// Microseconds that the local time is ahead of UTC.
std::optional<std::int64_t> read_offset(Reader& reader) {
    if (reader.one_of("Zz")) return 0;
    const bool behind = reader.one_of("-");
    if (!behind && !reader.one_of("+")) return std::nullopt;
    int hours = 0, minutes = 0;
    if (!reader.number(2, hours) || !reader.one_of(":") || !reader.number(2, minutes))
        return std::nullopt;
    if (hours > 23 || minutes > 59) return std::nullopt;
    const std::int64_t micros = (hours * 60 + minutes) * 60 * micros_in_second;
    return behind ? -micros : micros;
}

}  // namespace

std::optional<Date> date_of(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
    if (day < 1 || day > length_of_month(year, month)) return std::nullopt;
    return date_at(days_of(year, month, day));
}

YearMonthDay civil(Date date) {
    const std::int64_t since = date.days + epoch;
    const std::int64_t cycle = floor_divide(since, days_in_400_years);
    const std::int64_t day_of_cycle = since - cycle * days_in_400_years;
    // The last day of 4, 100 and 400 years is a leap day or would be one: taking it out first makes
    // every year 365 days long.
    const std::int64_t year =
        (day_of_cycle - day_of_cycle / 1'460 + day_of_cycle / 36'524 - day_of_cycle / 146'096) /
        365;
    const std::int64_t day_of_year = day_of_cycle - (year * 365 + year / 4 - year / 100);
    std::size_t month = 11;
    while (days_before_month_from_march[month] > day_of_year) --month;
    return {static_cast<int>(cycle * 400 + year + (month >= 10 ? 1 : 0)),
            static_cast<int>((month + 2) % 12) + 1,
            static_cast<int>(day_of_year) - days_before_month_from_march[month] + 1};
}

Date operator+(Date date, int days) { return date_at(std::int64_t{date.days} + days); }

Date operator-(Date date, int days) { return date_at(std::int64_t{date.days} - days); }

int operator-(Date a, Date b) { return date_at(std::int64_t{a.days} - b.days).days; }

Date plus_months(Date date, int months) {
    const YearMonthDay from = civil(date);
    const std::int64_t count = std::int64_t{from.year} * 12 + (from.month - 1) + months;
    const std::int64_t year = floor_divide(count, 12);
    const int month = static_cast<int>(count - year * 12) + 1;
    const int longest = length_of_month(year, month);
    return date_at(days_of(year, month, from.day < longest ? from.day : longest));
}

Date last_of_month(Date date) {
    const YearMonthDay day = civil(date);
    return date + (length_of_month(day.year, day.month) - day.day);
}

int weekday(Date date) {
    // 1970-01-01 was a Thursday, three days after a Monday.
    const std::int64_t since_monday = std::int64_t{date.days} + 3;
    return static_cast<int>(since_monday - floor_divide(since_monday, 7) * 7) + 1;
}

std::string to_text(Date date) {
    const YearMonthDay day = civil(date);
    std::string text;
    if (day.year < 0) text.push_back('-');
    if (day.year > 9999) text.push_back('+');
    append_digits(text, day.year < 0 ? -day.year : day.year, 4);
    text.push_back('-');
    append_digits(text, day.month, 2);
    text.push_back('-');
    append_digits(text, day.day, 2);
    return text;
}

std::optional<Date> date_from(std::string_view text) {
    Reader reader(text);
    const auto date = read_date(reader);
    return reader.at_end() ? date : std::nullopt;
}

std::string to_text(Timestamp timestamp) {
    const std::int64_t days = floor_divide(timestamp.micros, micros_in_day);
    const std::int64_t of_day = timestamp.micros - days * micros_in_day;
    const std::int64_t seconds = of_day / micros_in_second;
    std::string text = to_text(date_at(days));
    text.push_back('T');
    append_digits(text, seconds / 3600, 2);
    text.push_back(':');
    append_digits(text, seconds / 60 % 60, 2);
    text.push_back(':');
    append_digits(text, seconds % 60, 2);
    if (const std::int64_t fraction = of_day % micros_in_second; fraction != 0) {
        text.push_back('.');
        append_digits(text, fraction, 6);
        while (text.back() == '0') text.pop_back();
    }
    text.push_back('Z');
    return text;
}

std::optional<Timestamp> timestamp_from(std::string_view text) {
    Reader reader(text);
    const auto date = read_date(reader);
    if (!date || !reader.one_of("Tt")) return std::nullopt;
    const auto of_day = read_time_of_day(reader);
    if (!of_day) return std::nullopt;
    const auto offset = read_offset(reader);
    if (!offset || !reader.at_end()) return std::nullopt;

    const std::int64_t micros = date->days * micros_in_day + *of_day - *offset;
    // An offset may carry the instant out of the years that UTC can be written in.
    const std::int64_t first = first_date.days * micros_in_day;
    const std::int64_t after_last = (last_date.days + std::int64_t{1}) * micros_in_day;
    if (micros < first || micros >= after_last) return std::nullopt;
    return Timestamp{micros};
}

}  // namespace kontor
