// ISO 4217 list one against what is known of it from elsewhere.
#include "domain/core/money.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

namespace kontor {
namespace {

const CurrencyEntry* listed(std::string_view code) {
    for (const CurrencyEntry& entry : currencies())
        if (entry.code == code) return &entry;
    return nullptr;
}

int digits(std::string_view code) {
    const auto currency = currency_from(code);
    REQUIRE(currency);
    return minor_digits(*currency);
}

}  // namespace

TEST_CASE("the list is sorted, and no code, number or name stands twice") {
    std::set<std::string_view> codes, names;
    std::set<int> numbers;
    for (const CurrencyEntry& entry : currencies()) {
        INFO(entry.code);
        CHECK(entry.code.size() == 3);
        CHECK(std::ranges::all_of(entry.code, [](char c) { return c >= 'A' && c <= 'Z'; }));
        CHECK((codes.empty() || *codes.rbegin() < entry.code));
        CHECK(codes.insert(entry.code).second);
        CHECK(numbers.insert(entry.number).second);
        CHECK(entry.number >= 8);
        CHECK(entry.number <= 999);
        CHECK(!entry.name.empty());
        CHECK(names.insert(entry.name).second);
    }
}

TEST_CASE("currencies whose smallest unit is no hundredth are exactly these") {
    const std::map<int, std::set<std::string>> known = {
        {-1,
         {"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA",
          "XXX"}},
        {0,
         {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
          "VUV", "XAF", "XOF", "XPF"}},
        {3, {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}},
        {4, {"CLF", "UYW"}}};
    std::map<int, std::set<std::string>> found;
    for (const CurrencyEntry& entry : currencies())
        if (entry.minor_digits != 2) found[entry.minor_digits].emplace(entry.code);
    CHECK(found == known);
}

TEST_CASE("numeric codes are the standard's") {
    const std::map<std::string_view, int> known = {
        {"EUR", 978}, {"USD", 840}, {"GBP", 826}, {"CHF", 756}, {"JPY", 392}, {"CNY", 156},
        {"INR", 356}, {"AUD", 36},  {"CAD", 124}, {"BRL", 986}, {"MXN", 484}, {"SEK", 752},
        {"NOK", 578}, {"DKK", 208}, {"PLN", 985}, {"CZK", 203}, {"HUF", 348}, {"TRY", 949},
        {"ZAR", 710}, {"SAR", 682}, {"AED", 784}, {"KWD", 414}, {"KRW", 410}, {"RUB", 643},
        {"ALL", 8},   {"DZD", 12},  {"XAU", 959}, {"XTS", 963}, {"XXX", 999}, {"ZWG", 924},
        {"SLE", 925}, {"VED", 926}, {"UYW", 927}, {"VES", 928}, {"MRU", 929}, {"STN", 930}};
    for (const auto& [code, number] : known) {
        INFO(code);
        REQUIRE(listed(code));
        CHECK(listed(code)->number == number);
    }
}

TEST_CASE("funds are listed, replaced currencies are not, unless books are in them") {
    for (const char* fund : {"BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW"})
        CHECK(currency_from(fund));
    for (const char* gone : {"HRK", "DEM", "FRF", "ITL", "EEK", "LVL", "LTL", "SKK", "ZWL", "SLL",
                             "CUC", "VEF", "MRO", "STD", "BYR", "ANG"})
        CHECK_FALSE(currency_from(gone));
    CHECK(currency_from("BGN"));
}

TEST_CASE("a currency is found by its code in capitals and by nothing else") {
    for (const CurrencyEntry& entry : currencies()) {
        const auto currency = currency_from(entry.code);
        REQUIRE(currency);
        CHECK(currency->text() == entry.code);
        CHECK(currency->code[3] == '\0');
    }
    using namespace std::string_view_literals;
    for (const auto text : {""sv, "E"sv, "EU"sv, "EURO"sv, "eur"sv, "Eur"sv, " EUR"sv, "EUR "sv,
                            "EUR\0"sv, "\0\0\0"sv, "AAA"sv, "ZZZ"sv, "978"sv, "\xFF\xFF\xFF"sv})
        CHECK_FALSE(currency_from(text));
    CHECK(Currency{}.text().empty());
}

TEST_CASE("minor digits are none where the standard has none, or where there is no currency") {
    CHECK(digits("EUR") == 2);
    CHECK(digits("JPY") == 0);
    CHECK(digits("KWD") == 3);
    CHECK(digits("CLF") == 4);
    CHECK(digits("XAU") == 0);
    CHECK(minor_digits(Currency{}) == 0);
}

}  // namespace kontor
