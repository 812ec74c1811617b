// Companies: founded once, in a currency with a smallest unit and a time zone that exists.
#include "domain/companies/companies.h"

#include "domain/companies/time_zones.h"
#include "tests/support/given.h"

#include <fstream>

using namespace kontor;
using namespace kontor::companies;
using test::given;

namespace {

CreateCompany create() {
    return {{"ACME"}, "Acme GmbH", test::currency("EUR"), "Europe/Berlin", 7, 2025, Chart::none};
}
CompanyCreated created() {
    return {{"ACME"}, "Acme GmbH", test::currency("EUR"), "Europe/Berlin", 7, 2025, Chart::none};
}

}  // namespace

TEST_CASE("a company is created with all that was said of it") {
    given().when(create()).then(created());
}

TEST_CASE("a company is created once") { given(created()).when(create()).refused(company_exists); }

TEST_CASE("books are kept in a currency with a smallest unit") {
    auto gold = create();
    gold.base_currency = test::currency("XAU");
    given().when(gold).refused(base_currency_unfit);
    auto nothing = create();
    nothing.base_currency = {};
    given().when(nothing).refused(base_currency_unfit);
}

TEST_CASE("a company lives in a time zone that exists") {
    for (const char* zone : {"Europe/Atlantis", "", "europe/berlin", "Factory", "+01:00"}) {
        auto lost = create();
        lost.time_zone = zone;
        given().when(lost).refused(time_zone_unknown);
    }
}

TEST_CASE("what is wrong with a company is said in a fixed order") {
    auto wrong = create();
    wrong.base_currency = test::currency("XAU");
    wrong.time_zone = "Europe/Atlantis";
    given(created()).when(wrong).refused(company_exists);
    given().when(wrong).refused(base_currency_unfit);
}

TEST_CASE("a company is renamed") {
    given(created())
        .when(RenameCompany{{"ACME"}, "Acme AG"})
        .then(CompanyRenamed{{"ACME"}, "Acme AG"});
    given().when(RenameCompany{{"ACME"}, "Acme AG"}).refused(company_unknown);
}

TEST_CASE("the time zone of an unknown company is UTC") {
    const auto story = given(created());
    CHECK(time_zone_of(story.world(), {"ACME"}) == "Europe/Berlin");
    CHECK(time_zone_of(story.world(), {"OTHER"}) == "UTC");
}

TEST_CASE("names of time zones are those of the IANA database, links too") {
    for (const char* zone : {"UTC", "Etc/UTC", "Asia/Riyadh", "America/Argentina/Buenos_Aires",
                             "Europe/Kyiv", "Europe/Kiev", "US/Pacific", "Africa/Abidjan", "Zulu"})
        CHECK(is_time_zone(zone));
    for (const char* zone : {"CET+1", "Berlin", "Europe/", "Europe/Berlin "})
        CHECK_FALSE(is_time_zone(zone));
}

TEST_CASE("each zone of the machine's list of countries is known") {
    std::ifstream table("/usr/share/zoneinfo/zone.tab");
    if (!table) return;  // the machine has no such list; the names above still hold
    std::string line;
    std::size_t zones = 0;
    while (std::getline(table, line)) {
        if (line.starts_with('#')) continue;
        const std::size_t from = line.find('\t', line.find('\t') + 1) + 1;
        const std::string zone = line.substr(from, line.find('\t', from) - from);
        INFO(zone);
        CHECK(is_time_zone(zone));
        ++zones;
    }
    CHECK(zones > 300);
}
