// The business day of an instant in a time zone, also in years that no zone file lists.
#include "eventstore/zones.h"

#include <catch2/catch.hpp>

#include <string>

using namespace kontor;

namespace {

std::string day_at(const char* instant, const char* zone) {
    return to_text(day_in_zone(*timestamp_from(instant), zone));
}

}  // namespace

TEST_CASE("an instant is of the day that it is in the zone") {
    // FACTS: half past ten in the evening, UTC, is the next day in Riyadh.
    CHECK(day_at("2026-02-17T22:30:00Z", "Asia/Riyadh") == "2026-02-18");
    CHECK(day_at("2026-02-17T20:59:59Z", "Asia/Riyadh") == "2026-02-17");
    CHECK(day_at("2026-02-17T22:30:00Z", "UTC") == "2026-02-17");
    CHECK(day_at("2026-07-01T22:30:00Z", "Europe/Berlin") == "2026-07-02");  // UTC+2
    CHECK(day_at("2026-01-01T22:30:00Z", "Europe/Berlin") == "2026-01-01");  // UTC+1
}

TEST_CASE("summer time is kept after 2037, when zone files give a rule and no list") {
    // By the rule of the European Union: from the last Sunday of March to that of October.
    for (const char* year : {"2037", "2038", "2039", "2040", "2044", "2090", "2400"}) {
        INFO(year);
        const std::string y(year);
        CHECK(day_at((y + "-07-01T22:30:00Z").c_str(), "Europe/Berlin") == y + "-07-02");
        CHECK(day_at((y + "-01-15T22:30:00Z").c_str(), "Europe/Berlin") == y + "-01-15");
        CHECK(day_at((y + "-07-01T04:30:00Z").c_str(), "America/New_York") == y + "-07-01");
        CHECK(day_at((y + "-01-15T04:30:00Z").c_str(), "America/New_York") == y + "-01-14");
        CHECK(day_at((y + "-07-01T22:30:00Z").c_str(), "Asia/Riyadh") == y + "-07-02");
    }
    // The last Sunday of March 2038 is the 28th: summer time begins at 01:00 UTC.
    CHECK(day_at("2038-03-27T22:30:00Z", "Europe/Berlin") == "2038-03-27");
    CHECK(day_at("2038-03-28T22:30:00Z", "Europe/Berlin") == "2038-03-29");
    // The last Sunday of October 2040, a leap year, is the 28th.
    CHECK(day_at("2040-10-27T22:30:00Z", "Europe/Berlin") == "2040-10-28");
    CHECK(day_at("2040-10-28T22:30:00Z", "Europe/Berlin") == "2040-10-28");
}
