// Likeness: what two writings of one firm have in common, and what two firms do not.
#include "domain/parties/likeness.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace kontor::parties;

namespace {

bool same(std::string_view one, std::string_view other) {
    return folded_name(one) == folded_name(other);
}
bool slip(std::string_view one, std::string_view other) {
    return is_slip(folded_name(one), folded_name(other));
}
Likely firm(std::string name, std::string country = "DE") {
    return {std::move(name), std::move(country), {}, {}, {}, {}};
}

}  // namespace

TEST_CASE("a name is folded to what tells one firm from another") {
    CHECK(folded_name("The Müller & Söhne G.m.b.H.") == U"mueller soehne");
    CHECK(same("Müller & Söhne GmbH", "MUELLER UND SOEHNE KG"));
    CHECK(same("Salix Gifts Ltd", "Gifts, Salix"));
    CHECK(same("Škoda Auto a.s.", "SKODA AUTO"));
    CHECK(same("ООО «Ёлка»", "елка"));
    CHECK(same("O'Neill’s Inc.", "ONeills"));
    CHECK_FALSE(same("Salix Gifts", "Salix Cards"));
    CHECK(folded_name("The Company Ltd") == U"company ltd the");
    CHECK(folded_name("").empty());
}

TEST_CASE("a slip is a letter or two, never a digit") {
    CHECK(slip("Brightwater Cafe", "Brigthwater Cafe"));
    CHECK(slip("Siemens", "Simens"));
    CHECK_FALSE(slip("Siemens", "Simmons"));
    CHECK_FALSE(slip("Sasa", "Sosa"));
    CHECK_FALSE(slip("Elm Street School 1", "Elm Street School 2"));
    CHECK_FALSE(slip("Brightwater Cafe", "Brightwater Bakery"));
}

TEST_CASE("the strongest sign of a pair counts") {
    std::vector<Likely> firms{firm("Salix Gifts"), firm("Salix Gifts GmbH"), firm("Salx Gifts"),
                              firm("Salix Gifts", "AT"), firm("Other")};
    CHECK(matches(firms) == std::vector<Match>{{0, 1, LikenessSign::name, {}},
                                               {0, 2, LikenessSign::similar_name, {}},
                                               {1, 2, LikenessSign::similar_name, {}}});
    firms[0].numbers = firms[4].numbers = firms[1].numbers = {"vat DE136695976"};
    firms[3].contacts = firms[2].contacts = firms[1].contacts = {"info@salix.example"};
    CHECK(matches(firms) ==
          std::vector<Match>{{0, 1, LikenessSign::number, "vat DE136695976"},
                             {0, 2, LikenessSign::similar_name, {}},
                             {0, 4, LikenessSign::number, "vat DE136695976"},
                             {1, 2, LikenessSign::similar_name, {}},
                             {1, 3, LikenessSign::contact, "info@salix.example"},
                             {1, 4, LikenessSign::number, "vat DE136695976"},
                             {2, 3, LikenessSign::contact, "info@salix.example"}});
}

TEST_CASE("branches with one number and other KPPs are two") {
    std::vector<Likely> branches{firm("North", "RU"), firm("South", "RU")};
    branches[0].numbers = branches[1].numbers = {"tax RU 7707083893"};
    CHECK(matches(branches).size() == 1);
    branches[0].branches = {"773601001"};
    CHECK(matches(branches).size() == 1);
    branches[1].branches = {"540602001"};
    CHECK(matches(branches).empty());
    branches[1].branches.push_back("773601001");
    CHECK(matches(branches).size() == 1);
    branches[0].behind = branches[1].behind = {"ONE-FIRM"};
    CHECK(matches(branches).empty());
}

TEST_CASE("thousands of entries by one name are no millions of pairs") {
    const std::vector<Likely> crowd(2'000, firm("Unknown"));
    const std::vector<Match> found = matches(crowd);
    CHECK(found.size() < 2'000u * 50u);
    std::vector<bool> seen(crowd.size());
    for (const Match& match : found) seen[match.one] = seen[match.other] = true;
    CHECK(std::ranges::count(seen, true) == 2'000);
}
