// Conversions of quantities as fractions: nothing is lost that nobody rounded.
#include "domain/items/unit_ratio.h"

#include "tests/domain/items/stocked.h"
#include "tests/support/dice.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;

namespace {

UnitRatio ratio(std::int64_t numerator, std::int64_t denominator) {
    return ratio_of(numerator, denominator).value();
}

}  // namespace

TEST_CASE("a ratio is in its lowest terms, and neither part is zero or less") {
    CHECK(ratio(24, 2) == UnitRatio{12, 1});
    CHECK(ratio(45'359'237, 100'000'000) == UnitRatio{45'359'237, 100'000'000});
    CHECK(inverse(ratio(3, 4)) == UnitRatio{4, 3});
    CHECK_FALSE(ratio_of(0, 1));
    CHECK_FALSE(ratio_of(1, 0));
    CHECK_FALSE(ratio_of(-1, 2));
    CHECK(ratio_of(most_ratio, 1));
    CHECK_FALSE(ratio_of(Wide{most_ratio} + 1, 1));
    CHECK(chained(ratio(2, 3), ratio(3, 4)) == ratio(1, 2));
    CHECK_FALSE(chained(ratio(most_ratio, 1), ratio(2, 1)));
}

TEST_CASE("a piece is a twelfth of a dozen, and comes back as a piece") {
    const UnitRatio dozens_for_a_piece = inverse(ratio(12, 1));
    const auto three = converted(exact(quantity("3", "pcs")), dozens_for_a_piece, unit("dz"));
    CHECK(whole(*three) == quantity("0.25", "dz"));
    const auto one = converted(exact(quantity("1", "pcs")), dozens_for_a_piece, unit("dz"));
    CHECK_FALSE(whole(*one));
    CHECK(rounded(*one, Rounding::half_up) == quantity("0.083333", "dz"));
    CHECK(whole(*converted(*one, ratio(12, 1), unit("pcs"))) == quantity("1", "pcs"));
    CHECK(whole(*sum(*sum(*one, *one), *one)) == quantity("0.25", "dz"));
}

TEST_CASE("so much for each of so many") {
    const ExactQuantity each{500'000, 3, unit("kg")};  // a sixth of a kilogram
    CHECK(whole(*times(each, exact(quantity("12", "pcs")))) == quantity("2", "kg"));
    CHECK_FALSE(times({most_ratio, 1, unit("kg")}, exact(quantity("2", "pcs"))));
}

TEST_CASE("what is too large is no quantity") {
    CHECK_FALSE(converted({most_ratio, 1, unit("kg")}, ratio(2, 1), unit("lb")));
    CHECK(rounded({-1, 2, unit("kg")}, Rounding::half_up) == Quantity{-1, unit("kg")});
}

TEST_CASE("whatever is converted there and back is what it was") {
    test::Dice dice(7);
    for (int n = 0; n < 1'000; ++n) {
        const Quantity was{dice.between(-1'000'000'000, 1'000'000'000), unit("pcs")};
        const UnitRatio by = ratio(dice.between(1, 100'000), dice.between(1, 100'000));
        const auto there = converted(exact(was), by, unit("dz"));
        REQUIRE(there);
        CHECK(whole(*converted(*there, inverse(by), unit("pcs"))) == was);
    }
}
