// The audit prints a message from its bytes alone; the API writes it from the value. One JSON.
#include "api/json.h"
#include "eventstore/wire.h"
#include "eventstore/wire_print.h"
#include "eventstore/wire_schema.h"
#include "tests/support/dice.h"
#include "tests/support/kitchen_sink.h"
#include "tests/support/random_values.h"

#include <catch2/catch.hpp>

using namespace kontor;
using namespace kontor::test;

TEST_CASE("a stored message prints as the API wrote it", "[json]") {
    const Type& live = type_of<KitchenSink>();
    const std::vector<const Type*> roots = {&live};
    const auto schema = StoredSchema::read(schema_binary(to_fbs("kitchen", roots)));
    REQUIRE(schema);
    Dice dice(12);
    for (int round = 0; round < 300; ++round) {
        const auto sink = random_value<KitchenSink>(dice);
        const std::string bytes = to_wire(sink);
        const std::string written = write_json(live, &sink);
        CHECK(wire_to_json(*schema->find("KitchenSink"), bytes) == written);
        CHECK(wire_to_json(live, bytes) == written);
    }
}
