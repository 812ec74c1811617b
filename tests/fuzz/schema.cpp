// A stored schema that somebody altered, and messages read by it.
#include "eventstore/wire_schema.h"

#include "eventstore/wire.h"
#include "eventstore/wire_print.h"
#include "tests/fuzz/targets.h"
#include "tests/support/kitchen_sink.h"

#include <nlohmann/json.hpp>

namespace kontor::fuzz {
namespace {

// Messages that an altered schema may take for something else.
const std::vector<std::string>& samples() {
    static const std::vector<std::string> all = {
        to_wire(test::KitchenSink{}),
        to_wire(test::Label{"pump", {}}),
        to_wire(test::Node{"root", {{"leaf", {}, {}}, {"lower", {}, {}}}, {}}),
    };
    return all;
}

}  // namespace

void schema(std::string_view octets) {
    const Exactly binary(octets);
    const auto read = StoredSchema::read(binary.view());
    if (!read) return;
    for (const auto& [name, type] : read->types()) {
        holds(type->name == name, "a type is found by its own name");
        for (const std::string& sample : samples()) {
            const bool record = type->kind == Kind::record || type->kind == Kind::variant;
            const auto printed = record ? wire_to_json(*type, sample) : std::nullopt;
            if (printed) holds(nlohmann::json::accept(*printed), "what is printed is JSON");
        }
    }
    holds(schema_breaks(*read, *read).empty(), "a schema breaks nothing of itself");
}

}  // namespace kontor::fuzz
