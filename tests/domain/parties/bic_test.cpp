// BICs as banks publish their own.
#include "domain/parties/bic.h"

#include <catch2/catch.hpp>

using namespace kontor::parties;

TEST_CASE("a BIC names a bank, its country and its place, or a branch too") {
    for (const char* bic :
         {"DEUTDEFF", "DEUTDEFF500", "NEDSZAJJXXX", "UNCRITMM", "SABRRUMM", "NLPRXKPR", "1234GB2L"})
        CHECK(fault_of_bic(bic).empty());
    CHECK(fault_of_bic("DEUTDEF") == "has 7 characters, not 8 or 11");
    CHECK(fault_of_bic("DEUTDEFF50") == "has 10 characters, not 8 or 11");
    CHECK(fault_of_bic("DEUTD1FF") == "has 1 in place 6, where a letter stands");
    CHECK(fault_of_bic("DEUTEUFF") == "names EU, which is no country");
    CHECK(fault_of_bic("DEUT-EFF") == "has - in place 5, where a letter stands");
}
