// Russian numbers: the Bank of Russia's examples of keys, and the published numbers of known firms.
#include "domain/parties/russian_numbers.h"

#include <catch2/catch.hpp>

using namespace kontor::parties;

TEST_CASE("an INN has one check digit for an organisation and two for a person") {
    // Sberbank, Gazprom, Yandex; and the example of a person's number on the revenue's pages.
    for (const char* inn : {"7707083893", "7736050003", "7736207543", "500100732259"})
        CHECK(fault_of_inn(inn).empty());
    CHECK(fault_of_inn("7707083894") == "has the check digit 4, which should be 3");
    CHECK(fault_of_inn("500100732258") == "has the check digits 58, which should be 59");
    CHECK(fault_of_inn("770708389") == "has 9 characters, not 10 or 12");
    CHECK(fault_of_inn("77070838X3") == "has X in place 9, where a digit stands");
    CHECK(is_inn_of_person("500100732259"));
    CHECK_FALSE(is_inn_of_person("7707083893"));
}

TEST_CASE("a KPP has a form only") {
    CHECK(fault_of_kpp("773601001").empty());
    CHECK(fault_of_kpp("7736AB001").empty());
    CHECK(fault_of_kpp("77360100") == "has 8 characters, not 9");
    CHECK(fault_of_kpp("77360100A") == "has A in place 9, where a digit stands");
}

TEST_CASE("an OGRN has the rest by 11, an OGRNIP that by 13") {
    // Sberbank, Gazprom; the example of an entrepreneur's number.
    for (const char* ogrn : {"1027700132195", "1027700070518", "304500116000157"})
        CHECK(fault_of_ogrn(ogrn).empty());
    CHECK(fault_of_ogrn("1027700132196") == "has the check digit 6, which should be 5");
    CHECK(fault_of_ogrn("304500116000158") == "has the check digit 8, which should be 7");
    CHECK(fault_of_ogrn("10277001321") == "has 11 characters, not 13 or 15");
    CHECK(is_ogrn_of_person("304500116000157"));
    CHECK_FALSE(is_ogrn_of_person("1027700132195"));
}

TEST_CASE("a BIK names a participant of the Bank of Russia's settlements") {
    CHECK(fault_of_bik("044525225").empty());
    CHECK(fault_of_bik("004525988").empty());
    CHECK(fault_of_bik("34525225") == "has 8 characters, not 9");
    CHECK(fault_of_bik("054525225") == "begins with 05, not with 04 or 00 to 02");
    CHECK(fault_of_bik("144525225") == "begins with 14, not with 04 or 00 to 02");
}

TEST_CASE("the key of an account depends on its bank") {
    // Order 515, annex: a correspondent account, an account at an office of the Bank of Russia, a
    // customer's account.
    CHECK(fault_of_russian_account("30101810800000000746", "049805000").empty());
    CHECK(fault_of_russian_account("40102810100000010001", "040305000").empty());
    CHECK(fault_of_russian_account("40602810700000000025", "049805746").empty());
    // The correspondent account of Sberbank, found with the bank's own BIK; the treasury's.
    CHECK(fault_of_russian_account("30101810400000000225", "044525225").empty());
    CHECK(fault_of_russian_account("40102810545370000003", "004525988").empty());
    // Treasury accounts have no key.
    CHECK(fault_of_russian_account("03100643000000017300", "004525988").empty());
    CHECK(fault_of_russian_account("40602810800000000025", "049805746") ==
          "has the key 8, which should be 7 at the bank 049805746");
    CHECK(fault_of_russian_account("40602810700000000025", "049805747") ==
          "has the key 7, which should be 6 at the bank 049805747");
    CHECK(fault_of_russian_account("4060281070000000002", "049805746") ==
          "has 19 characters, not 20");
    CHECK(fault_of_russian_account("40602B10700000000025", "049805746") ==
          "has the key 7, which should be 4 at the bank 049805746");
    CHECK(fault_of_russian_account("40602Z10700000000025", "049805746") ==
          "has Z in place 6, where only A B C E H K M P T X are letters");
}
