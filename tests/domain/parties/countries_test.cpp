// Countries and languages by the codes of ISO.
#include "domain/parties/countries.h"

#include "domain/parties/languages.h"

#include <catch2/catch.hpp>

#include <string>

using namespace kontor::parties;

namespace {

std::size_t how_many(bool (*known)(std::string_view), char first, char last) {
    std::size_t count = 0;
    for (char one = first; one <= last; ++one)
        for (char two = first; two <= last; ++two) count += known(std::string{one, two}) ? 1u : 0u;
    return count;
}

}  // namespace

TEST_CASE("the 249 countries of ISO 3166-1 are known, and Kosovo") {
    CHECK(how_many(is_country, 'A', 'Z') == 250);
    for (const char* code : {"DE", "RU", "GB", "GR", "SS", "XK", "ZW", "AD"})
        CHECK(is_country(code));
    for (const char* code : {"EU", "UK", "EL", "YU", "XI", "de", "D", "DEU", "E ", " A", ""})
        CHECK_FALSE(is_country(code));
}

TEST_CASE("the languages of ISO 639-1 are known") {
    CHECK(how_many(is_language, 'a', 'z') == 184);
    for (const char* code : {"de", "ru", "en", "zh", "zu", "aa"}) CHECK(is_language(code));
    for (const char* code : {"DE", "xx", "d", "deu", "a ", ""}) CHECK_FALSE(is_language(code));
}
