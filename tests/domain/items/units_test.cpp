// Units of measure: how they are defined and told by each other, for all items and for one.
#include "domain/items/units.h"

#include "domain/items/item_units.h"
#include "tests/domain/items/stocked.h"

using namespace kontor;
using namespace kontor::items;
using namespace kontor::items::stocked;
using test::given;

namespace {

DefineUnitConversion define(std::string_view from, Quantity equals, std::int64_t per = 1) {
    return {acme, unit(from), equals, per};
}
DefineItemUnit define_of(std::string_view item, std::string_view from, Quantity equals,
                         std::int64_t per = 1) {
    return {acme, {std::string(item)}, unit(from), equals, per};
}
ItemUnitDefined defined_of(std::string_view item, std::string_view from, Quantity equals,
                           std::int64_t numerator, std::int64_t denominator) {
    return {acme, {std::string(item)}, unit(from), equals, 1, numerator, denominator};
}

// "12/1", or "none": so many of `to` for one of `from`.
std::string between(const test::Given& story, std::string_view from, std::string_view to,
                    std::string_view item = {}) {
    const auto ratio =
        item.empty()
            ? ratio_between(story.world(), acme, unit(from), unit(to))
            : ratio_between(story.world(), acme, ItemCode{std::string(item)}, unit(from), unit(to));
    if (!ratio) return "none";
    return std::to_string(ratio->numerator) + "/" + std::to_string(ratio->denominator);
}

}  // namespace

TEST_CASE("a unit is defined once, with the digits that its quantities may have") {
    auto story = given(stocked_company());
    const DefineUnit box{acme, unit("box"), "Box", 0, "XBX"};
    story.when(box).then(UnitDefined{acme, unit("box"), "Box", 0, "XBX"});
    story.happened(UnitDefined{acme, unit("box"), "Box", 0, "XBX"});
    CHECK(fits_unit(story.world(), acme, quantity("3", "box")));
    CHECK_FALSE(fits_unit(story.world(), acme, quantity("2.5", "box")));
    CHECK(fits_unit(story.world(), acme, quantity("2.5", "kg")));
}

TEST_CASE("what is wrong with a unit is said in a fixed order") {
    auto story = given(stocked_company());
    DefineUnit wrong{{"OTHER"}, unit("kg"), "Kilogram", 3, "kgm"};
    story.when(wrong).refused(companies::company_unknown, "company OTHER");
    wrong.company = acme;
    story.when(wrong).refused(unit_exists, "unit kg");
    wrong.unit = unit("t");
    for (const char* code : {"kgm", "K", "KGMX", "K-M"}) {
        wrong.rec20 = code;
        story.when(wrong).refused(unit_code_unfit, code);
    }
    wrong.rec20 = "TNE";
    story.when(wrong).accepted();
}

TEST_CASE("a unit changes in part") {
    auto story = given(stocked_company());
    story.when(ChangeUnit{acme, unit("box"), "Box", {}, "x"}).refused(unit_unknown, "unit box");
    story.when(ChangeUnit{acme, unit("kg"), {}, {}, "x"}).refused(unit_code_unfit);
    story.when(ChangeUnit{acme, unit("kg"), {}, {}, {}}).refused(unit_unchanged);
    story.when(ChangeUnit{acme, unit("kg"), "kg", 6, {}}).refused(unit_unchanged);
    story.when(ChangeUnit{acme, unit("kg"), {}, 3, "KGM"})
        .then(UnitChanged{acme, unit("kg"), "kg", 3, "KGM"});
    story.happened(UnitChanged{acme, unit("kg"), "kg", 3, "KGM"});
    CHECK_FALSE(fits_unit(story.world(), acme, quantity("0.0001", "kg")));
}

TEST_CASE("two units convert that lead to the same one") {
    auto story = given(stocked_company());
    CHECK(between(story, "gro", "pcs") == "144/1");
    CHECK(between(story, "pcs", "gro") == "1/144");
    CHECK(between(story, "dz", "dz") == "1/1");
    CHECK(between(story, "lb", "g") == "45359237/100000");
    CHECK(between(story, "lb", "pcs") == "none");
    story.happened(converts("CTN", quantity("6", "dz")));
    CHECK(between(story, "gro", "CTN") == "2/1");
}

TEST_CASE("what is wrong with a conversion is said in a fixed order") {
    auto story = given(stocked_company());
    story.when(define("box", quantity("0", "bag"))).refused(unit_unknown, "unit box");
    story.when(define("CTN", quantity("0", "bag"))).refused(unit_unknown, "unit bag");
    story.when(define("pcs", quantity("0", "gro"))).refused(conversion_not_positive, "0 gro");
    story.when(define("pcs", quantity("-1", "gro"))).refused(conversion_not_positive);
    story.when(define("pcs", quantity("1", "gro"))).refused(units_in_circle, "unit pcs, unit gro");
    story.when(define("pcs", quantity("1", "pcs"))).refused(units_in_circle);
    story.when(define("dz", quantity("12", "pcs"))).refused(conversion_unchanged, "unit dz");
    story.when(define("dz", quantity("24", "pcs"), 2)).refused(conversion_unchanged);
    story.when(define("dz", quantity("13", "pcs")))
        .then(UnitConversionDefined{acme, unit("dz"), quantity("13", "pcs"), 1});
}

TEST_CASE("a conversion that is withdrawn leads nowhere") {
    auto story = given(stocked_company());
    story.when(WithdrawUnitConversion{acme, unit("box")}).refused(unit_unknown);
    story.when(WithdrawUnitConversion{acme, unit("pcs")}).refused(conversion_unknown, "unit pcs");
    story.when(WithdrawUnitConversion{acme, unit("dz")})
        .then(UnitConversionWithdrawn{acme, unit("dz")});
    story.happened(UnitConversionWithdrawn{acme, unit("dz")});
    CHECK(between(story, "gro", "pcs") == "none");
    CHECK(between(story, "gro", "dz") == "12/1");
}

TEST_CASE("a supplier's carton is of one item") {
    auto story = given(stocked_company());
    CHECK(between(story, "CTN", "pcs", "mug") == "none");
    story.when(define_of("mug", "CTN", quantity("24", "pcs")))
        .then(defined_of("mug", "CTN", quantity("24", "pcs"), 24, 1));
    story.happened(defined_of("mug", "CTN", quantity("24", "pcs"), 24, 1));
    CHECK(between(story, "CTN", "pcs", "mug") == "24/1");
    CHECK(between(story, "CTN", "dz", "mug") == "2/1");
    CHECK(between(story, "CTN", "pcs", "oil") == "none");
    CHECK(between(story, "CTN", "pcs") == "none");
    CHECK(in_base_unit(story.world(), acme, {"mug"}, quantity("2.5", "CTN")) ==
          exact(quantity("60", "pcs")));
}

TEST_CASE("what a unit means of an item stands before what holds for all") {
    auto story = given(stocked_company());
    CHECK(between(story, "gro", "pcs", "mug") == "144/1");
    story.happened(defined_of("mug", "dz", quantity("10", "pcs"), 10, 1));
    CHECK(between(story, "dz", "pcs", "mug") == "10/1");
    // A gross is twelve dozen, and this item's dozen is nearer than pieces are.
    CHECK(between(story, "gro", "pcs", "mug") == "120/1");
    CHECK(between(story, "gro", "pcs") == "144/1");
}

TEST_CASE("an item's weight leads to all units of weight") {
    auto story = given(stocked_company());
    // A litre of oil is 0.92 kg: a kilogram is 1 / 0.92 = 25 / 23 litres.
    const auto link = link_of(quantity("1", "l"), 1);
    REQUIRE(link);
    story.when(define_of("oil", "kg", quantity("100", "l"), 92))
        .then(ItemUnitDefined{acme, {"oil"}, unit("kg"), quantity("100", "l"), 92, 25, 23});
    story.happened(ItemUnitDefined{acme, {"oil"}, unit("kg"), quantity("100", "l"), 92, 25, 23});
    CHECK(between(story, "g", "l", "oil") == "1/920");
    CHECK(between(story, "l", "g", "oil") == "920/1");
}

TEST_CASE("what is wrong with an item's unit is said in a fixed order") {
    auto story = given(stocked_company());
    story.when(define_of("cup", "box", quantity("0", "bag"))).refused(item_unknown, "item cup");
    story.when(define_of("mug", "box", quantity("0", "bag"))).refused(unit_unknown, "unit box");
    story.when(define_of("mug", "pcs", quantity("0", "bag"))).refused(unit_unknown, "unit bag");
    story.when(define_of("mug", "pcs", quantity("0", "kg"))).refused(unit_is_base, "unit pcs");
    story.when(define_of("mug", "CTN", quantity("0", "kg")))
        .refused(units_do_not_convert, "unit kg, unit pcs");
    story.when(define_of("mug", "CTN", quantity("2", "CTN"))).refused(units_do_not_convert);
    story.when(define_of("mug", "CTN", quantity("0", "dz")))
        .refused(conversion_not_positive, "0 dz");
    story.when(define_of("mug", "CTN", quantity("2", "dz")))
        .then(defined_of("mug", "CTN", quantity("2", "dz"), 24, 1));
    story.happened(defined_of("mug", "CTN", quantity("2", "dz"), 24, 1));
    story.when(define_of("mug", "CTN", quantity("24", "pcs")))
        .refused(conversion_unchanged, "unit CTN");
    // Told by itself it would be whatever it was before.
    story.when(define_of("mug", "CTN", quantity("2", "CTN"))).refused(units_do_not_convert);
}

TEST_CASE("an item's unit that is withdrawn means again what it does for all") {
    auto story = given(stocked_company(), defined_of("mug", "dz", quantity("10", "pcs"), 10, 1));
    story.when(WithdrawItemUnit{acme, {"cup"}, unit("dz")}).refused(item_unknown);
    story.when(WithdrawItemUnit{acme, {"mug"}, unit("CTN")}).refused(conversion_unknown);
    story.when(WithdrawItemUnit{acme, {"mug"}, unit("dz")})
        .then(ItemUnitWithdrawn{acme, {"mug"}, unit("dz")});
    story.happened(ItemUnitWithdrawn{acme, {"mug"}, unit("dz")});
    CHECK(between(story, "dz", "pcs", "mug") == "12/1");
}
