// Dimensions: how they and their values come and go.
#include "domain/ledger/dimensions.h"

#include "tests/domain/ledger/books.h"

using namespace kontor;
using namespace kontor::ledger;
using namespace kontor::ledger::books;
using test::given;

TEST_CASE("a dimension is defined once in a company") {
    const DefineDimension define{acme, {"colour"}, "Colour", ValueRule::any};
    const DimensionDefined defined{acme, {"colour"}, "Colour", ValueRule::any};
    given(open_books()).when(define).then(defined);
    given(open_books(), defined).when(define).refused(dimension_exists);
    given().when(define).refused(companies::company_unknown);
}

TEST_CASE("values are added to a known dimension, each once") {
    auto story = given(open_books());
    story.when(AddDimensionValues{acme, {"project"}, {{{"P3"}, "Three"}, {{"P4"}, "Four"}}})
        .then(DimensionValuesAdded{acme, {"project"}, {{{"P3"}, "Three"}, {{"P4"}, "Four"}}});
    story.when(AddDimensionValues{acme, {"colour"}, {{{"red"}, "Red"}}}).refused(dimension_unknown);
    story.when(AddDimensionValues{acme, {"project"}, {{{"P3"}, "Three"}, {{"P1"}, "One"}}})
        .refused(dimension_value_exists);
    story.when(AddDimensionValues{acme, {"project"}, {{{"P3"}, "Three"}, {{"P3"}, "3"}}})
        .refused(dimension_value_exists);
    // Values of one dimension are none of another.
    story.when(AddDimensionValues{acme, {"country"}, {{{"P1"}, "One"}}}).accepted();
}

TEST_CASE("a value is blocked and unblocked in turn") {
    const BlockDimensionValue block{acme, {"project"}, {"P1"}};
    const UnblockDimensionValue unblock{acme, {"project"}, {"P1"}};
    auto story = given(open_books());
    story.when(BlockDimensionValue{acme, {"project"}, {"P9"}}).refused(dimension_value_unknown);
    story.when(UnblockDimensionValue{acme, {"project"}, {"P9"}}).refused(dimension_value_unknown);
    story.when(unblock).refused(dimension_value_not_blocked);
    story.when(block).then(DimensionValueBlocked{acme, {"project"}, {"P1"}});
    story.happened(DimensionValueBlocked{acme, {"project"}, {"P1"}});
    story.when(block).refused(dimension_value_blocked);
    story.when(unblock).then(DimensionValueUnblocked{acme, {"project"}, {"P1"}});
    story.happened(DimensionValueUnblocked{acme, {"project"}, {"P1"}});
    story.when(block).accepted();
}

TEST_CASE("a named value of a dimension that takes any can be blocked") {
    given(open_books(), DimensionValuesAdded{acme, {"country"}, {{{"XX"}, "Nowhere"}}})
        .when(BlockDimensionValue{acme, {"country"}, {"XX"}})
        .then(DimensionValueBlocked{acme, {"country"}, {"XX"}});
}
