// VAT numbers that their owners publish, and the same with a digit mistyped.
#include "domain/parties/vat_numbers.h"

#include <catch2/catch.hpp>

using namespace kontor::parties;

namespace {

struct Case {
    std::string_view country;
    std::string_view text;   // as it stands on a letter
    std::string_view wrong;  // the same with one digit or letter mistyped
};

constexpr Case cases[] = {
    {"AT", "ATU 142 43 102", "ATU 143 43 102"},
    {"AT", "U15159209", "U15169209"},
    {"BE", "BE 0202.239.951", "BE 0202.239.961"},
    {"BE", "BE 444.503.092", "BE 444.503.093"},
    {"BG", "BG 131 272 009", "BG 131 172 009"},
    {"BG", "BG 7111042925", "BG 7111042926"},
    {"BG", "BG 200950556", "BG 200940556"},
    {"CH", "CHE-107.787.577 IVA", "CHE-107.787.578 IVA"},
    {"CY", "CY 10246672X", "CY 10246672F"},
    {"CY", "CY-10259033P", "CY-12259033P"},
    {"CZ", "CZ 25123891", "CZ 25123890"},
    {"CZ", "CZ 640903926", "CZ 640913926"},
    {"CZ", "CZ 8058012314", "CZ 8058018314"},
    {"DE", "DE 136,695 976", "DE136695977"},
    {"DE", "DE 118619592", "DE 118619593"},
    {"DK", "DK 13 58 56 28", "DK 13 58 56 27"},
    {"EE", "EE 100 931 558", "EE 100 941 558"},
    {"ES", "ES J99216582", "ES J99216583"},
    {"ES", "ES Q-2818015-F", "ES Q-2814015-F"},
    {"ES", "ES 54362315K", "ES 54362415K"},
    {"ES", "ES-x-2482300w", "ES-x-2322300w"},
    {"FI", "FI 20774740", "FI 20774741"},
    {"FR", "FR 40 303 265 045", "FR 41 303 265 045"},
    {"FR", "FR 23 334 175 221", "FR 23 334 175 222"},
    {"FR", "FR K7 399 859 412", "FR L7 399 859 412"},
    {"FR", "FR 16 000063601", "FR 17 000063601"},  // Monaco
    {"GB", "GB 980 7806 84", "GB 980 7806 85"},
    {"GB", "GD001", "GD500"},
    {"GB", "HA599", "HA499"},
    {"GR", "EL 094259216", "EL 094259217"},
    {"GR", "EL 94051189", "EL 94051188"},
    {"HR", "HR 33392005961", "HR 33392005962"},
    {"HU", "HU-12892312", "HU-12892313"},
    {"IE", "IE 6433435F", "IE 6433435E"},
    {"IE", "IE 6433435OA", "IE 6433435OB"},
    {"IE", "IE 8D79739I", "IE 8D79729I"},
    {"IT", "IT 00743110157", "IT 00743110158"},
    {"LT", "LT 119511515", "LT 119511516"},
    {"LT", "LT 100001919017", "LT 100001919018"},
    {"LT", "LT 100004801610", "LT 100004801611"},
    {"LU", "LU 150 274 42", "LU 150 274 43"},
    {"LV", "LV 4000 3521 600", "LV 4000 3521 601"},
    {"LV", "LV 161175-19997", "LV 161175-19998"},
    {"MT", "MT 1167-9112", "MT 1167-9113"},
    {"NL", "NL 004495445B01", "NL 004495446B01"},
    {"NL", "NL 002455799B11", "NL 002455799B12"},
    {"NO", "NO 995 525 828 MVA", "NO 995 525 829 MVA"},
    {"PL", "PL 8567346215", "PL 8567346216"},
    {"PT", "PT 501 964 843", "PT 501 964 842"},
    {"RO", "RO 185 472 90", "RO 185 472 91"},
    {"RO", "RO 1630615123457", "RO 1630615123458"},
    {"SE", "SE 556 644 662 001", "SE 556 644 663 001"},
    {"SI", "SI 5022 3054", "SI 5022 3055"},
    {"SK", "SK 202 274 96 19", "SK 202 274 96 18"},
};

std::string fault(std::string_view country, std::string_view text) {
    return fault_of_vat_number(country, vat_number_of(country, text));
}

bool of_person(std::string_view country, std::string_view text) {
    return is_vat_number_of_person(country, vat_number_of(country, text));
}

}  // namespace

TEST_CASE("published VAT numbers are sound, and a mistyped digit is found") {
    for (const Case& each : cases) {
        std::string text(each.text);
        std::erase(text, ',');
        INFO(text);
        CHECK(fault(each.country, text) == "");
        CHECK(fault(each.country, each.wrong) != "");
    }
}

TEST_CASE("a VAT number is kept in one form") {
    CHECK(vat_number_of("DE", "136 695 976") == "DE136695976");
    CHECK(vat_number_of("GR", "94051189") == "EL094051189");
    CHECK(vat_number_of("BE", "be 444.503.092") == "BE0444503092");
    CHECK(vat_number_of("GB", "XI 980 7806 84") == "XI980780684");
    CHECK(vat_number_of("CH", "CHE-107.787.577 MWST") == "CHE107787577");
    CHECK(vat_number_of("NO", "995525828") == "NO995525828MVA");
    CHECK(vat_number_of("US", "12-3456789") == "123456789");
    for (const Case& each : cases) {
        const std::string once = vat_number_of(each.country, each.text);
        CHECK(vat_number_of(each.country, once) == once);
    }
}

TEST_CASE("what is wrong with a VAT number is said in words") {
    CHECK(fault("DE", "DE136695977") == "has the check digit 7, which should be 6");
    CHECK(fault("DE", "DE13669597") == "has 8 characters, not 9");
    CHECK(fault("AT", "ATU1515B209") == "has B in place 6, where a digit stands");
    CHECK(fault("CZ", "CZ1234567") == "has 7 characters behind the prefix, not 8 to 10");
    CHECK(fault_of_vat_number("DE", "FR136695976") == "does not begin with DE");
    CHECK(fault("CY", "CY12259033P") == "begins with 12, which is not given");
    CHECK(fault("IT", "IT00687129980") == "names the office 998, which does not exist");
    CHECK(fault("LT", "LT100001509922") == "has no 1 before its check digit");
    CHECK(fault("DK", "DK13585627") == "has check digits that do not fit the rest");
    CHECK(fault("IE", "IE8?79739J") == "has ? in place 2, where a letter stands");
    CHECK(fault("US", "12?") == "has 3 characters, not 4 to 20");
    CHECK(fault("US", "12?45") == "has ? in place 3, where a digit or letter stands");
}

TEST_CASE("numbers that only persons have are told where a state has such") {
    CHECK(of_person("BG", "BG 7111042925"));
    CHECK_FALSE(of_person("BG", "BG 131 272 009"));
    CHECK(of_person("CZ", "CZ 8058012314"));
    CHECK_FALSE(of_person("CZ", "CZ 25123891"));
    CHECK(of_person("ES", "ES 54362315K"));
    CHECK(of_person("ES", "ES X2482300W"));
    CHECK_FALSE(of_person("ES", "ES J99216582"));
    CHECK(of_person("LV", "LV 161175-19997"));
    CHECK_FALSE(of_person("LV", "LV 4000 3521 600"));
    CHECK(of_person("NL", "NL 002455799B11"));
    CHECK_FALSE(of_person("NL", "NL 004495445B01"));
    CHECK(of_person("RO", "RO 1630615123457"));
    CHECK_FALSE(of_person("RO", "RO 185 472 90"));
    CHECK(of_person("SE", "SE 390 806 051 401"));
    CHECK_FALSE(of_person("SE", "SE 556 644 662 001"));
    CHECK_FALSE(of_person("PT", "PT 501 964 843"));
    CHECK_FALSE(of_person("DE", "DE 136695976"));
}
