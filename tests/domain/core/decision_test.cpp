// What a refusal says of where it stands and what it is about.
#include "domain/core/decision.h"

#include "domain/core/id.h"
#include "domain/core/money.h"

#include <catch2/catch.hpp>

using namespace kontor;

namespace {

constexpr Reason shelf_full{Refusal::conflict, "shelf_full", "No more fits on the shelf."};

struct CrateThing {
    static constexpr Thing thing{"crate", {}};
};
using CrateCode = Code<CrateThing>;
using CrateId = Id<CrateThing>;

}  // namespace

TEST_CASE("a reason says by what it is met, each thing by its name") {
    const Objection met = shelf_full.about(CrateCode{"C-7"}, CrateId{{1, 2}}, Date{20'000},
                                           Money{1'250, *currency_from("EUR")}, "row 3");
    CHECK(met.reason == &shelf_full);
    CHECK(met.about ==
          "crate C-7, crate 00000000-0000-0001-0000-000000000002, 2024-10-04, 12.50 EUR, row 3");
    CHECK(shelf_full.about(std::optional<CrateCode>()).about.empty());
    CHECK(shelf_full.about(std::optional(CrateCode{"C-8"})).about == "crate C-8");
    CHECK(shelf_full.about(Percent{101'500'000}, Rate{9'200'000'000}, true).about ==
          "101.5 %, 0.92, yes");
}

TEST_CASE("an objection within lists points into the command, from the inside out") {
    const Objection met = shelf_full.about(CrateCode{"C-7"}).at("crates", 2).at("shelves", 0);
    CHECK(met.pointer == "/shelves/0/crates/2");
    CHECK(met.text() == "/shelves/0/crates/2, crate C-7: No more fits on the shelf.");
    CHECK(Objection(shelf_full).at("crates", 0).text() == "/crates/0: No more fits on the shelf.");
    CHECK(shelf_full.about("row 3").text() == "row 3: No more fits on the shelf.");
    CHECK(Objection(shelf_full).text() == "No more fits on the shelf.");
}

TEST_CASE(
    "what is made of what is kept has no part in the command, and still says what it is about") {
    const Objection met = shelf_full.about("row 3").at("crates", 2).of_what_is_kept();
    CHECK(met.pointer.empty());
    CHECK(met.about == "row 3");
}

TEST_CASE("no objection is none") {
    CHECK_FALSE(Objection());
    CHECK(Objection(shelf_full));
    CHECK_FALSE(Decision<int>().refused());
    CHECK(Decision<int>(shelf_full).refused().reason == &shelf_full);
}
