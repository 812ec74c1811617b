// Shapes, weights and the check digits that several registers share.
#include "domain/parties/check_digits.h"

#include <catch2/catch.hpp>

using namespace kontor::parties;

TEST_CASE("numbers lose what people group them by") {
    CHECK(compacted("de89 3704 0044\u00a00532.0130-00") == "DE89370400440532013000");
    CHECK(compacted("7710/140-679 (x)") == "7710140679X");
    CHECK(compacted("").empty());
}

TEST_CASE("a shape says which place is wrong") {
    CHECK(fault_of_shape("NWBK601613", "4!a6!n").empty());
    CHECK(fault_of_shape("NWBK60161", "4!a6!n") == "has 9 characters, not 10");
    CHECK(fault_of_shape("NWB1601613", "4!a6!n") == "has 1 in place 4, where a letter stands");
    CHECK(fault_of_shape("NWBK6016X3", "4!a6!n") == "has X in place 9, where a digit stands");
    CHECK(fault_of_shape("N-BK", "4!c") == "has - in place 2, where a digit or letter stands");
    CHECK(fault_of_shape("U1", "U1!n").empty());
    CHECK(fault_of_shape("V1", "U1!n") == "has V in place 1, where U stands");
    CHECK(length_of_shape("9!nB2!n") == 12);
}

TEST_CASE("check digits are those of the standards' examples") {
    CHECK(luhn_digit("7992739871") == 3);        // ISO/IEC 7812-1, the textbook's example
    CHECK(mod_11_10_digit("0794") == 5);         // ISO/IEC 7064, MOD 11,10
    CHECK(remainder_of("794", 97) == 794 % 97);  // ISO/IEC 7064, MOD 97-10: 794 gets 44
    CHECK(98 - remainder_of("79400", 97) == 44);
    CHECK(remainder_of("A", 97) == 10);
    CHECK(weighted_sum("123", {3, 2, 1}) == 10);
    CHECK(fault_of_check_digit("44", "44").empty());
    CHECK(fault_of_check_digit("43", "44") == "has the check digits 43, which should be 44");
    CHECK(fault_of_check_digit('7', 4) == "has the check digit 7, which should be 4");
}
