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
    return day(zone->to_local(utc));
}

bool zone_known(std::string_view zone) { return zone_named(zone) != nullptr; }

}  // namespace kontor
