// The system's tz database, asked through Howard Hinnant's date library: g++ 12 has none.
#include "eventstore/zones.h"

#include <date/tz.h>
#include <chrono>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>

namespace kontor {
namespace {

// Looked up once each; the library's own look-up walks the database.
const date::time_zone* zone_named(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, const date::time_zone*, std::less<>> known;
    const std::lock_guard lock(mutex);
    if (const auto found = known.find(name); found != known.end()) return found->second;
    const date::time_zone* zone = nullptr;
    try {
        zone = date::locate_zone(std::string(name));
    } catch (const std::runtime_error&) {}
    known.emplace(name, zone);
    return zone;
}

// The library reads the transitions that a zone file lists, which end in 2037, and not the rule for
// all years after them. Such a rule goes by month and weekday, so a year is like the one up to 2037
// that begins on the same weekday and is as long: there are all fourteen kinds in 28 years.
constexpr int last_listed_year = 2037;
std::chrono::days years_back(std::chrono::sys_time<std::chrono::microseconds> utc) {
    const date::year year = date::year_month_day(date::floor<date::days>(utc)).year();
    if (static_cast<int>(year) <= last_listed_year) return std::chrono::days(0);
    const auto first_day = [](date::year of) { return date::sys_days(of / date::January / 1); };
    date::year alike{last_listed_year};
    while (alike.is_leap() != year.is_leap() ||
           date::weekday(first_day(alike)) != date::weekday(first_day(year)))
        alike -= date::years(1);
    return first_day(year) - first_day(alike);
}

}  // namespace

Date day_in_zone(Timestamp instant, std::string_view name) {
    const std::chrono::sys_time<std::chrono::microseconds> utc{
        std::chrono::microseconds(instant.micros)};
    const auto day = [](auto time) {
        return Date{static_cast<std::int32_t>(
            std::chrono::floor<std::chrono::days>(time).time_since_epoch().count())};
    };
    if (name == "UTC") return day(utc);
    const date::time_zone* zone = zone_named(name);
    if (!zone) return day(utc);
    const auto back = years_back(utc);
    return day(zone->to_local(utc - back) + back);
}

bool zone_known(std::string_view zone) { return zone_named(zone) != nullptr; }

}  // namespace kontor
