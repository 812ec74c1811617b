// LEIs of entities that the Global LEI Foundation lists, and the form of EORI numbers.
#include "domain/parties/lei.h"

#include <catch2/catch.hpp>

using namespace kontor::parties;

TEST_CASE("an LEI has its two check digits") {
    // The foundation itself, Deutsche Bank, Apple.
    for (const char* lei : {"506700GE1G29325QX363", "7LTWFZYICNSX8D621K86", "HWUPKR0MPOU8FGXBT394"})
        CHECK(fault_of_lei(lei).empty());
    CHECK(fault_of_lei("506700GE1G29325QX364") == "has the check digits 64, which should be 63");
    CHECK(fault_of_lei("506700GE1G29325QX36") == "has 19 characters, not 20");
    CHECK(fault_of_lei("506700GE1G29325QX3G3") == "has G in place 19, where a digit stands");
}

TEST_CASE("an EORI number begins with a country and is no longer than 17") {
    for (const char* eori : {"DE1234567", "GB123456789000", "XI123456789000", "FR12345678901234",
                             "NL001234567", "PL123456789000000"})
        CHECK(fault_of_eori(eori).empty());
    CHECK(fault_of_eori("DE") == "has 2 characters, not 3 to 17");
    CHECK(fault_of_eori("DE1234567890123456") == "has 18 characters, not 3 to 17");
    CHECK(fault_of_eori("1E1234567") == "has 1 in place 1, where a letter stands");
    CHECK(fault_of_eori("QQ1234567") == "begins with QQ, which is no country");
    CHECK(fault_of_eori("DE123?4567") == "has ? in place 6, where a digit or letter stands");
}
